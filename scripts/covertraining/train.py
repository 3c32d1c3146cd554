"""Trains the plant model and writes models/plants.txt.

    train.py --raw FOLDER --cache FOLDER [--epochs N] [--cameras N] [--start WEIGHTS] [--seed N] [--out models/plants.txt]

FOLDER holds renders that are not of the committed test set: any number of folders `orchard*` of
orchard_variety, `close*` of orchard_close and `market*` of market_street, as render.py writes them. PLOTWATCH_DATA names the
photographs. Samples are kept in the cache, so that another training starts at once. With --start a
network goes on from those weights and settles: one epoch (--epochs 1) in which the cover of whole regions counts more.
"""

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402

import features  # noqa: E402
import pictures  # noqa: E402
import samples  # noqa: E402
import training  # noqa: E402
import vectors  # noqa: E402
import weights  # noqa: E402

HIDDEN = (96, 48)
SHOWN = 4
"""How often the few photographs and even colours are shown in an epoch."""

CAMERAS = 9
"""Cameras that every frame of an orchard is taken through."""

PLANT_OR_NOT, NO_CROP, ALL = range(3)
"""What is known of a sample's classes; see training."""


def render(job):
    prefix, mist, version, count = job
    return samples.of_render(Path(prefix), mist, version, count)


def seedling(job):
    folder, wanted = job
    parts = [samples.of_seedlings(rgb, mask, part, count, samples.generator(name, part))
             for name, rgb, mask in pictures.seedlings(folder) if name == wanted
             for part, count in ((1, 64), (2, 32), (3, 24), (5, 16), (8, 8))]
    return joined(parts)


def flat(version):
    return uncropped(*samples.of_flat(version, 30, 4))


def joined(parts):
    return uncropped(np.concatenate([p[0] for p in parts]), np.concatenate([p[1] for p in parts]))


def uncropped(x, y):
    return x, y, [samples.UNKNOWN] * len(x)


def jobs(raw, data, cameras=CAMERAS):
    """(name, what is known, function, argument) of everything there is to learn from."""
    for folder in sorted(raw.iterdir()):
        kind = "orchard" if folder.name.startswith(("orchard", "close")) else "market" if folder.name.startswith("market") else None
        truth = next(folder.glob("*.truth.json"), None) if kind else None
        if truth is None:
            continue
        mist = json.loads(truth.read_text(encoding="utf-8"))["camera"]["mist"]
        versions, step, count = (cameras, 1, 40) if kind == "orchard" else (2, 2, 30)
        for prefix, depth, version in samples.render_jobs(folder, (mist["start"], mist["depth"]), versions, step):
            # A street's trees and weeds have one index.
            yield f"{folder.name}-{prefix.name}-{version}", ALL if kind == "orchard" else NO_CROP, render, (str(prefix), depth, version, count)
    for version in range(4):
        yield f"flat-{version}", PLANT_OR_NOT, flat, version
    if data is None:
        print("PLOTWATCH_DATA is not set: no photographs", file=sys.stderr)
        return
    for name in sorted(p.name for p in (data / "canopy-cover/images").glob("*.JPG")):
        yield f"seedlings-{name}", PLANT_OR_NOT, seedling, (data / "canopy-cover", name)


def gathered(raw, data, cache, workers, cameras):
    """All samples: x (regions, n, features), y (regions, n, classes), and of the regions what is known, crops, which are an orchard as rendered."""
    cache.mkdir(parents=True, exist_ok=True)
    todo = list(jobs(raw, data, cameras))
    with ProcessPoolExecutor(workers) as pool:
        missing = [(name, pool.submit(work, job)) for name, _, work, job in todo if not (cache / f"{name}.npz").exists()]
        for done, (name, result) in enumerate(missing, 1):
            x, y, crops = result.result()
            np.savez(cache / f"{name}.npz", x=x, y=y, crops=np.array(crops, str))
            print(f"{done} of {len(missing)} {name}", file=sys.stderr)
    xs, ys, known, crops, plain = [], [], [], [], []
    for name, level, _, _ in todo:
        part = np.load(cache / f"{name}.npz")
        if len(part["x"]):
            xs.append(part["x"])
            ys.append(part["y"])
            known += [level] * len(part["x"])
            crops += part["crops"].tolist()
            plain += [level == ALL and int(name.rsplit("-", 1)[1]) in samples.AS_RENDERED] * len(part["x"])
    return features.against_median(np.concatenate(xs)), np.concatenate(ys), np.array(known), np.array(crops), np.array(plain)


CARD = """
Card: plant model. What share of a block of 2 x 2 pixels is ground, leaves of the crop, weeds, blossom, ripe fruit, judged with the plot it lies in.
Origin: PlotWatch, scripts/train-cover, {day}. Learnt from {renders} regions of rendered pictures of other seeds than the test set's
  (scripts/testimages: orchard_variety, orchard_close and market_street; each frame through several cameras) and {seedlings} regions of even colours and of
  photographs of seedlings with drawn masks (Lameski et al. 2017, non-commercial). None of these pictures is part of the project.
Licence: Apache-2.0 as far as the weights are ours; who needs weights free of non-commercial pictures trains without PLOTWATCH_DATA.
Quality: docs/accuracy.md, Growth. Training loss {loss:.3f}.
Limits: to be written by who trains, after looking at pictures.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", required=True, type=Path)
    parser.add_argument("--cache", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--cameras", type=int, default=CAMERAS)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    root = Path(__file__).resolve().parent.parent.parent
    parser.add_argument("--out", type=Path, default=root / "models/plants.txt")
    options = parser.parse_args()
    data = Path(os.environ["PLOTWATCH_DATA"]) if "PLOTWATCH_DATA" in os.environ else None
    x, y, known, crops, plain = gathered(options.raw, data, options.cache, options.jobs, options.cameras)
    print(f"{len(x)} regions", file=sys.stderr)
    losses = []

    def report(epoch, loss, _):
        losses.append(loss[0])
        print(f"epoch {epoch} loss {loss[0]:.4f} cover of a region {loss[1]:.4f}", file=sys.stderr)

    real = np.flatnonzero(known == PLANT_OR_NOT)
    counts = {"renders": len(known) - len(real), "seedlings": len(real)}
    shown = np.concatenate([np.arange(len(x)), np.tile(real, SHOWN - 1)])
    settling = {}
    if options.start:
        # What cameras show, twice: other colours are there to be known, not to be counted as often.
        shown = np.concatenate([shown, np.flatnonzero(plain)])
        settling = {"start": weights.read(options.start), "rate": training.SETTLING_RATE, "weight": training.SETTLED}
    net = training.train(x[shown], y[shown], known[shown], crops[shown], HIDDEN, options.epochs, options.seed, report=report, **settling)
    card = CARD.format(day=date.today(), loss=losses[-1], **counts)
    weights.write(options.out, net, card)
    vectors.write(root / "Tests/DetectionTests/PlantVectors.swift", weights.read(options.out))


if __name__ == "__main__":
    main()
