#!/usr/bin/env python3
"""F1 of `plotwatch compare` over a folder with A/, B/ and label/ (LEVIR-CD's layout), beside two naive baselines.

    scripts/levir_f1.py FOLDER... [--plotwatch PATH] [--masks DIR]

Prints precision, recall and F1 of the change class for each pair and pooled over all pixels. Pairs without a label are
run and listed, not counted. Baselines: everything changed; grey difference above Otsu's threshold.
Needs pillow and numpy. Exit status: 0 done, 1 a comparison failed, 2 usage.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image


def grey(path):
    return np.asarray(Image.open(path).convert("L")).astype(int)


def otsu(levels):
    """The level above which the between-class variance of 0…255 is greatest."""
    counts = np.bincount(levels.ravel(), minlength=256).astype(float)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    above = below[-1] - below
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (sums[-1] * below - sums * below[-1]) ** 2 / (below * above)
    return int(np.nanargmax(np.where(np.isfinite(between), between, -1)))


def counts(found, truth):
    return np.array([(found & truth).sum(), (found & ~truth).sum(), (~found & truth).sum()], dtype=np.int64)


def scores(hits):
    right, wrong, missed = (int(n) for n in hits)
    precision = right / (right + wrong) if right + wrong else float("nan")
    recall = right / (right + missed) if right + missed else float("nan")
    f1 = 2 * right / (2 * right + wrong + missed) if right + wrong + missed else float("nan")
    return precision, recall, f1


def row(name, hits, extra=""):
    precision, recall, f1 = scores(hits)
    print(f"{name:36s} {precision:9.3f} {recall:9.3f} {f1:9.3f} {extra}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--plotwatch", default="plotwatch", help="the program")
    parser.add_argument("--masks", type=Path, help="keep the masks in this folder")
    arguments = parser.parse_args()
    keep = arguments.masks or Path(tempfile.mkdtemp())
    keep.mkdir(parents=True, exist_ok=True)
    every = np.zeros((3, 3), dtype=np.int64)
    failed = 0
    for folder in arguments.folders:
        pooled = np.zeros((3, 3), dtype=np.int64)
        print(f"{folder.name:36s} {'precision':>9s} {'recall':>9s} {'F1':>9s}  seconds")
        for before in sorted((folder / "A").iterdir()):
            after, label = folder / "B" / before.name, folder / "label" / before.name
            mask = keep / f"{folder.name}-{before.stem}.png"
            start = time.monotonic()
            run = subprocess.run(
                [arguments.plotwatch, "compare", before, after, "--mask", mask], capture_output=True, text=True)
            seconds = time.monotonic() - start
            if run.returncode != 0:
                print(f"{before.name}: exit {run.returncode}: {run.stderr.strip()}", file=sys.stderr)
                failed += 1
                continue
            if not label.exists():
                share = (grey(mask) > 127).mean()
                print(f"{before.stem:36s} {'no label':>29s} {seconds:8.2f}  {100 * share:.2f} % changed")
                continue
            truth = grey(label) > 127
            difference = np.abs(grey(before) - grey(after))
            hits = np.array([
                counts(grey(mask) > 127, truth),
                counts(np.ones_like(truth), truth),
                counts(difference > otsu(difference), truth),
            ])
            pooled += hits
            row(before.stem, hits[0], f"{seconds:7.2f}  {run.stdout.splitlines()[0] if run.stdout else ''}")
        for name, hits in zip(["pooled", "  everything changed", "  grey difference"], pooled):
            row(name, hits)
        print()
        every += pooled
    if len(arguments.folders) > 1:
        for name, hits in zip(["all folders", "  everything changed", "  grey difference"], every):
            row(name, hits)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
