"""Streets without hens: other light, shadows and things than a pen's, of which none is an animal."""

import json
from datetime import datetime
from pathlib import Path

import numpy as np

import penfeatures
import pens
import pensamples
from pens import camera

GROUND = (250, 720)
"""Rows that show ground."""
LENGTHS = ((6, 12), (14, 30))
"""Root of an animal's area at the first and the last row, drawn for each picture."""
STEP = 3
"""Every so many frames are looked at, against those around them."""


def sampled(folder, seed):
    """(x, y) of some pictures of a street; every label is 0."""
    prefixes = sorted(str(p)[: -len(".json")] for p in Path(folder).glob("[0-9][0-9][0-9].json"))
    truth = json.loads(next(Path(folder).glob("*.truth.json")).read_text(encoding="utf-8"))["camera"].get("mist")
    mist = (truth["start"], truth["depth"]) if truth else (30.0, 900.0)
    rng = camera.generator(seed, "street", str(folder))
    taken = {}

    def picture(k):
        if k not in taken:
            raw = camera.read_raw(prefixes[k], mist)
            camera.WIDTH, camera.HEIGHT = raw.index.shape[1] * 4 // 3, raw.index.shape[0] * 4 // 3
            record = json.loads(Path(prefixes[k] + ".json").read_text(encoding="utf-8"))
            when = datetime.fromisoformat(record["datetime"]).replace(tzinfo=None)
            taken[k] = pens.photographed(raw, seed, f"{folder}-{k}", when, rng)[GROUND[0] : GROUND[1]]
        return taken[k]

    xs = []
    for k in range(0, len(prefixes), STEP):
        near = [j for j in range(max(0, k - 9), min(len(prefixes), k + 10)) if j != k]
        others = rng.permutation(near)[: int(rng.integers(5, 12))]
        median, spread = pensamples.empty_pen([picture(j) for j in others])
        ends = [rng.uniform(*span) for span in LENGTHS]
        found, worth = penfeatures.features(picture(k), median, spread, np.linspace(*ends, GROUND[1] - GROUND[0]))
        at = np.flatnonzero(worth)
        xs.append(found.reshape(-1, penfeatures.COUNT)[at[rng.permutation(len(at))[: pensamples.OTHERS]]])
    x = np.concatenate(xs)
    return x, np.zeros(len(x), np.int8)
