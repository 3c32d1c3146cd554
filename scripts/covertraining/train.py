"""Trains the plant model and writes models/plants.txt.

    train.py --raw FOLDER --cache FOLDER [--epochs N] [--cameras N] [--stage NAME --start WEIGHTS] [--steps N] [--seed N] [--out models/plants.txt]

FOLDER holds renders that are not of the committed test set: any number of folders `orchard*` of
orchard_variety, `close*` of orchard_close and `market*` of market_street, as render.py writes them. PLOTWATCH_DATA names the
photographs. Samples are kept in the cache, so that another training starts at once. With --stage a
network goes on from the weights --start as that stage of stages.py says. Some frames are kept out: how right the
network is on their plots is told at the end.
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
import judging  # noqa: E402
import pictures  # noqa: E402
import samples  # noqa: E402
import stages  # noqa: E402
import training  # noqa: E402
import vectors  # noqa: E402
import weights  # noqa: E402
from regions import ALL, NO_CROP, PLANT_OR_NOT, Regions, is_kept_out  # noqa: E402

HIDDEN = (96, 48)
SHOWN = 4
"""How often the few photographs and even colours are shown in an epoch."""

CAMERAS = 9
"""Cameras that every frame of an orchard is taken through."""


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
    return x, y, [samples.UNKNOWN] * len(x), 0


def jobs(raw, data, cameras=CAMERAS):
    """(name, what is known, function, argument) of everything there is to learn from; renders' arguments begin with the frame."""
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
    """All regions."""
    cache.mkdir(parents=True, exist_ok=True)
    todo = list(jobs(raw, data, cameras))
    with ProcessPoolExecutor(workers) as pool:
        missing = [(name, pool.submit(work, job)) for name, _, work, job in todo if not (cache / f"{name}.npz").exists()]
        for done, (name, result) in enumerate(missing, 1):
            x, y, crops, whole = result.result()
            np.savez(cache / f"{name}.npz", x=x, y=y, crops=np.array(crops, str), whole=whole)
            print(f"{done} of {len(missing)} {name}", file=sys.stderr)
    parts = []
    for name, level, work, job in todo:
        part = np.load(cache / f"{name}.npz")
        count = len(part["x"])
        if count == 0:
            continue
        folder, version, month, is_out = name.split("-")[0], 0, 0, False
        if work is render:
            prefix, _, version, _ = job
            taken = json.loads(Path(prefix).with_suffix(".json").read_text(encoding="utf-8"))["datetime"]
            month, is_out = int(taken[5:7]), is_kept_out(Path(prefix).parent.name, int(Path(prefix).name))
        same = [np.full(count, value) for value in (folder, version, month, is_out)]
        parts.append((part["x"], part["y"], np.full(count, level), part["crops"], np.arange(count) >= count - part["whole"], *same))
    x, *rest = (np.concatenate(column) for column in zip(*parts))
    return Regions(features.against_median(x), *rest)


CARD = """
Card: plant model. What share of a block of 2 x 2 pixels is ground, leaves of the crop, weeds, blossom, ripe fruit, judged with the plot it lies in.
Origin: PlotWatch, scripts/train-cover, {day}. Learnt from {renders} regions of rendered pictures of other seeds than the test set's
  (scripts/testimages: orchard_variety, orchard_close and market_street; each frame through several cameras) and {seedlings} regions of even colours and of
  photographs of seedlings with drawn masks (Lameski et al. 2017, non-commercial), {how}.
  None of these pictures is part of the project.
Licence: Apache-2.0 as far as the weights are ours; who needs weights free of non-commercial pictures trains without PLOTWATCH_DATA.
Quality: docs/accuracy.md, Growth. Training loss {loss:.3f}; {judged}.
Limits: to be written by who trains, after looking at pictures.
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", required=True, type=Path)
    parser.add_argument("--cache", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--cameras", type=int, default=CAMERAS)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--stage", choices=list(stages.STAGES))
    parser.add_argument("--steps", type=int, help="in place of the stage's own number")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    root = Path(__file__).resolve().parent.parent.parent
    parser.add_argument("--out", type=Path, default=root / "models/plants.txt")
    options = parser.parse_args()
    if (options.start is None) != (options.stage is None):
        parser.error("--start WEIGHTS and --stage NAME belong together: a stage goes on from weights")
    data = Path(os.environ["PLOTWATCH_DATA"]) if "PLOTWATCH_DATA" in os.environ else None
    found = gathered(options.raw, data, options.cache, options.jobs, options.cameras)
    regions, kept_out = found.only(~found.is_kept_out), found.only(found.is_kept_out)
    print(f"{len(regions)} regions, {len(kept_out)} kept out", file=sys.stderr)
    losses = []

    def report(step, loss):
        losses.append(loss[0])
        print(f"step {step} loss {loss[0]:.4f} cover of a region {loss[1]:.4f}", file=sys.stderr)

    rng = np.random.default_rng(options.seed)
    if options.stage:
        stage = stages.STAGES[options.stage]
        steps = options.steps or stage.steps
        batches = training.drawn(stage.odds(regions), steps, rng)
        net = training.train(weights.read(options.start), regions, batches, steps, rng, stage.pace, report=report)
        how = f"drawn at random for {steps} steps of stage {options.stage}, from weights of the stage before"
    else:
        net = training.begun(regions, HIDDEN, rng)
        shown = np.concatenate([np.arange(len(regions)), np.tile(np.flatnonzero(regions.known == PLANT_OR_NOT), SHOWN - 1)])
        batches, every = training.shuffled(regions, shown, options.epochs, rng)
        net = training.train(net, regions, batches, every * options.epochs, rng, training.Pace(), every=every, report=report)
        how = f"all shown {options.epochs} times"
    judged = judging.judged(net, kept_out)
    print(judged, file=sys.stderr)
    seedlings = int((regions.known == PLANT_OR_NOT).sum())
    card = CARD.format(day=date.today(), loss=losses[-1], judged=judged, how=how, renders=len(regions) - seedlings, seedlings=seedlings)
    weights.write(options.out, net, card)
    vectors.write(root / "Tests/DetectionTests/PlantVectors.swift", weights.read(options.out))


if __name__ == "__main__":
    main()
