"""Trains the pen model and writes models/flock.txt.

    train.py --raw FOLDER --cache FOLDER [--epochs N] [--seed N] [--out models/flock.txt]

FOLDER holds renders that are not of the committed test set: any number of folders `flock*` of flock_variety or
flock, as render.py writes them, and `market*` of market_street. Samples are kept in the cache, so that another
training starts at once.
"""

import argparse
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402

HIDDEN = (32, 16)
ROOT = Path(__file__).resolve().parent.parent.parent

CARD = """
Card: pen model. Whether a pixel that differs from the empty pen is an animal.
Origin: PlotWatch, scripts/train-flock, {day}. Learnt from {count} pixels ({share:.0%} of them animals) of {pictures} rendered pictures of {places} places
  of other seeds than the test set's (scripts/testimages: flock_variety, flock and market_street). No photograph was used, nobody else's weights either.
Licence: Apache-2.0.
Quality: docs/accuracy.md, Flocks. Training loss {loss:.4f}.
Limits: hens by daylight, from some 5 pixels of length on, before a ground that was seen without them at some time. Real flocks were never seen.
"""


def gather(folder, cache):
    """Samples one folder into a file; in a process of its own, as the size of pictures is kept by the camera's module."""
    import pens
    import pensamples
    import streets

    if folder.name.startswith("market"):
        x, y = streets.sampled(folder, 1)
        pictures = 0
    else:
        pen, rng = pens.Pen(folder), np.random.default_rng(sum(folder.name.encode()))
        parts = [pensamples.sampled(pen, k, rng) for k in range(len(pen.pictures))]
        x, y = (np.concatenate(part) for part in zip(*parts))
        pictures = len(pen.pictures)
    np.savez(cache / f"{folder.name}.npz", x=x.astype(np.float16), y=y, pictures=pictures)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", required=True, type=Path)
    parser.add_argument("--cache", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "models/flock.txt")
    parser.add_argument("--gather", help="only this folder, into the cache")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    if options.gather:
        gather(options.raw / options.gather, options.cache)
        return
    names = sorted(p.name for p in options.raw.iterdir() if p.name.startswith(("flock", "market")))
    for name in names:
        if not (options.cache / f"{name}.npz").exists():
            subprocess.run([sys.executable, __file__, "--raw", options.raw, "--cache", options.cache, "--gather", name], check=True)
            print(name, file=sys.stderr)
    import fitting
    import penvectors
    import weights

    parts = [np.load(options.cache / f"{name}.npz") for name in names]
    x, y = np.concatenate([p["x"] for p in parts]), np.concatenate([p["y"] for p in parts]).astype(int)
    losses = []

    def report(epoch, loss):
        losses.append(loss)
        print(f"epoch {epoch} loss {loss:.4f}", file=sys.stderr)

    net = fitting.fit(x, y, HIDDEN, options.epochs, options.seed, report=report)
    card = CARD.format(day=date.today(), count=len(y), share=y.mean(), pictures=sum(int(p["pictures"]) for p in parts), places=len(names), loss=losses[-1])
    weights.write(options.out, net, card)
    penvectors.write(ROOT / "Tests/DetectionTests/PenVectors.swift", weights.read(options.out))


if __name__ == "__main__":
    main()
