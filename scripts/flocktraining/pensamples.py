"""Pixels to learn from: their features, and whether they are an animal."""

import numpy as np

import penfeatures
import pens

AREA = 0.058
"""m² of a hen from the side, as models/flock.yaml has it."""
ANIMALS, OTHERS = 2500, 12000
"""Pixels taken of a picture."""


def region_of(pen):
    """The rows and columns about the pen, as the program cuts them out."""
    low, high = pen.outline.min(0), pen.outline.max(0)
    width, height = pen.size
    x0, x1 = max(0, int(low[0])), min(width, int(np.ceil(high[0])))
    y0, y1 = max(0, int(low[1])), min(height, int(np.ceil(high[1])))
    margin = max(8, (x1 - x0) // 10)
    return max(0, y0 - margin), min(height, y1 + margin), max(0, x0 - margin), min(width, x1 + margin)


def lengths_of(pen, y0, y1, x):
    """Root of a hen's area in pixels, row by row; beyond the horizon that of the nearest row that has one."""
    found = np.array([pen.pixels_per_metre(y + 0.5, x) for y in range(y0, y1)]) * AREA**0.5
    return np.clip(found, 3, 120)


def empty_pen(images):
    """The median of looks in the light of the first, the lower of two middle ones, and how much it varies."""
    looks = np.array([penfeatures.in_light_of(i, images[0]) for i in images])
    median = np.sort(looks, 0)[(len(looks) - 1) // 2]
    return median, penfeatures.spread_of(looks, median)


def of_picture(pen, k, others):
    """Features, labels (1 animal, 0 not), of pixels of picture `k` against the pen that the pictures `others` give."""
    y0, y1, x0, x1 = region_of(pen)
    cut = [pen.pictures[j][y0:y1, x0:x1] for j in others]
    median, spread = empty_pen(cut)
    found, worth = penfeatures.features(pen.pictures[k][y0:y1, x0:x1], median, spread, lengths_of(pen, y0, y1, (x0 + x1) / 2))
    return found, worth, pen.index(k)[y0:y1, x0:x1]


def sampled(pen, k, rng):
    """(x, y) of one picture."""
    rest = [j for j in range(len(pen.pictures)) if pen.records[j][0]["name"] != pen.records[k][0]["name"]]
    others = rng.permutation(rest)[: int(rng.integers(5, 16))]
    found, worth, index = of_picture(pen, k, others)
    seen = 1000 + np.array(pen.seen(k), int)
    animal = np.isin(index, seen)
    other = worth & (index < 1000)
    xs, ys = [], []
    for mask, label, count in ((animal & worth, 1, ANIMALS), (other, 0, OTHERS)):
        at = np.flatnonzero(mask)
        at = at[rng.permutation(len(at))[:count]]
        xs.append(found.reshape(-1, penfeatures.COUNT)[at])
        ys.append(np.full(len(at), label, np.int8))
    return np.concatenate(xs), np.concatenate(ys)
