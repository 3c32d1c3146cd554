"""Rendered drone flights to pairs of pictures with the mask of what was built or pulled down between them.

    python nadir_archive.py --raw DIR --out DIR --seed N

archive/NAME-before.jpg and NAME-after.jpg, truth/masks/NAME.png (255 where something was built or pulled down, in the
frame of the picture before) and truth/pairs.csv: name, what was built, both dates, how far the second flight stood aside.
"""

import argparse
import csv
import json
import math
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import Image

import camera
import nadir
from assemble import index_picture, write_manifest

QUALITY = 88


def is_work(index):
    """Where works, or what is pulled down later, are seen."""
    return (index >= 100) & (index < 200)


def assemble(raw, out, seed):
    """Writes pictures, masks and table; returns how many pairs."""
    camera.use(nadir.SIZE)
    rows = []
    for number, (name, built, aside, higher, *_) in enumerate(nadir.PAIRS):
        if not (Path(raw) / f"{name}-b.json").exists():
            continue
        told = {}
        for part, word in (("a", "before"), ("b", "after")):
            prefix = Path(raw) / f"{name}-{part}"
            told[word] = datetime.fromisoformat(json.loads(Path(f"{prefix}.json").read_text(encoding="utf-8"))["datetime"])
            turn = camera.Shift(rotation=0.0 if part == "a" else 1.5 - 0.6 * number)
            picture = camera.expose(camera.read_raw(prefix, nadir.MIST), turn, seed, f"{name}-{part}", 0.0003)
            camera.write(Path(out) / "archive" / f"{name}-{word}.jpg", camera.jpeg(picture, QUALITY))
        mask = np.zeros((camera.HEIGHT, camera.WIDTH), bool)
        if built:
            mask = is_work(index_picture(Path(raw) / f"{name}-c")) | is_work(index_picture(Path(raw) / f"{name}-a"))
        target = Path(out) / "truth/masks" / f"{name}.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray((mask * 255).astype(np.uint8)).save(target, optimize=True)
        rows.append([name, built, told["before"].isoformat(), told["after"].isoformat(), f"{math.hypot(*aside):.1f}", higher, int(mask.sum())])
    with open(Path(out) / "truth/pairs.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["name", "built", "before", "after", "metresAside", "metresHigher", "pixels"])
        table.writerows(rows)
    return len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", required=True)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(assemble(options.raw, options.out, options.seed), "pairs")
    write_manifest(options.out, options.seed)


if __name__ == "__main__":
    main()
