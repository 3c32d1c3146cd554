"""Rendered lanes to photographs of a phone, before and after they were swept, with their truth.

    python yard_archive.py --raw DIR --out DIR [--seed N]

Writes OUT/archive/PLACE_KIND.jpg with the time in EXIF, OUT/truth/yards.json and OUT/MANIFEST.csv.
"""

import argparse
import json
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import Image

import phone
import studio
from assemble import write_manifest

GENERATOR = 1


def photograph(raw, record, seed):
    """White balance, exposure, noise, JPEG, EXIF."""
    rng = studio.random_for(seed, "yard-phone", record["name"])
    light = (np.asarray(Image.open(raw).convert("RGB"), float) / 255) ** 2.2
    light = light * np.exp(rng.normal(0, 0.04, 3)) * (0.42 / max(0.05, light.mean() ** 0.8))**0.5
    light = light + rng.normal(0, 1, light.shape) * np.sqrt(0.00002 + 0.00012 * light)
    picture = Image.fromarray((np.clip(light, 0, 1) ** (1 / 2.2) * 255 + 0.5).astype(np.uint8))
    return phone.jpeg(picture, 86, taken=datetime.fromisoformat(record["datetime"]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    raw, out = Path(options.raw), Path(options.out)
    (out / "archive").mkdir(parents=True, exist_ok=True)
    (out / "truth").mkdir(exist_ok=True)
    pictures = []
    for path in sorted(raw.glob("??_*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        (out / "archive" / f"{record['name']}.jpg").write_bytes(photograph(path.with_suffix(".png"), record, options.seed))
        pictures.append({"file": f"{record['name']}.jpg", "at": record["datetime"], "place": record["truth"]["place"], "kind": record["truth"]["kind"], "littered": record["truth"]["littered"]})
    (out / "truth" / "yards.json").write_text(json.dumps({"seed": options.seed, "pictures": pictures}, indent=1) + "\n", encoding="utf-8")
    write_manifest(out, options.seed, GENERATOR)
    print(len(pictures), "pictures of yards")


if __name__ == "__main__":
    main()
