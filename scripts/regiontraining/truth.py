"""What is at every pixel of a rendered frame, from its object index, and what a changed region therefore is."""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path += [str(ROOT / "scripts/testimages"), str(ROOT / "scripts/covertraining"), str(ROOT / "scripts/flocktraining")]

import camera  # noqa: E402
from studio import INDEX  # noqa: E402

KINDS = ("structure", "soil", "material", "vegetation", "vehicle", "person", "sheet", "water", "shadow", "thing", "gone")
"""As `RegionLikelihood.Kind` has them, in its order."""
BASE = "base"
"""What was there from the beginning: ground, roads, houses, the sky."""
LEAST_CHANGED = 0.25
"""Share of a region's pixels that must show another object than before; with less of it, light changed."""
LEAST_PURE = 0.55
"""Share of the changed pixels that one kind must have; a mixture teaches nothing."""
PARTS = {0: "material", 6: "soil"}
"""Parts of works that are no structure: heaps of bricks and sand; pits and what was dug out."""

_NAMES = {
    "grass": "vegetation", "crop_leaf": "vegetation", "blossom": "vegetation", "fruit": "vegetation",
    "furniture": "thing", "person": "person", "vehicle": "vehicle", "tarpaulin": "sheet", "material_pile": "material",
    "water": "water", "soil": "soil",
}  # fmt: skip


def kinds_of(index):
    """The kind of each pixel, as numbers into KINDS; len(KINDS) where it is of the base."""
    table = np.full(max(int(index.max()) + 1, 16), len(KINDS), np.uint8)
    for name, kind in _NAMES.items():
        table[INDEX[name]] = KINDS.index(kind)
    for value in range(100, len(table)):
        table[value] = KINDS.index(PARTS.get((value - 100) % 10, "structure"))
    return table[index]


def label(mask, before, now, index_before, index_now):
    """What the region is, as a number into KINDS; None where it is a mixture.

    `mask` says which pixels; `before` and `now` are kinds, `index_…` objects.
    """
    size = int(mask.sum())
    if size == 0:
        return None
    was, is_now = before[mask], now[mask]
    changed = index_before[mask] != index_now[mask]
    if changed.sum() < LEAST_CHANGED * size:
        plants = KINDS.index("vegetation")
        return plants if (is_now == plants).mean() > LEAST_PURE else KINDS.index("shadow")
    was, is_now, object_before = was[changed], is_now[changed], index_before[mask][changed]
    told = is_now.copy()
    bare = is_now == len(KINDS)
    was_plants = was == KINDS.index("vegetation")
    told[bare & was_plants] = KINDS.index("soil")
    told[bare & ~was_plants & (was < len(KINDS))] = KINDS.index("gone")
    told[bare & (was == len(KINDS))] = KINDS.index("shadow")
    # A house pulled down left as a lorry does.
    told[bare & (object_before == INDEX["building"])] = KINDS.index("gone")
    counts = np.bincount(told, minlength=len(KINDS))
    best = int(counts.argmax())
    return best if counts[best] >= LEAST_PURE * len(told) else None


class Frames:
    """The renders of a camera, each with the object index as one of its pictures shows it."""

    def __init__(self, folder):
        self.files = sorted(folder.glob("[0-9][0-9][0-9].json"))
        self.records = [json.loads(f.read_text(encoding="utf-8")) for f in self.files]
        self.camera = self.records[0]["camera"]
        self.by_time = {r["datetime"]: f.with_suffix("") for r, f in zip(self.records, self.files)}

    def index(self, at, shift, size, to):
        """The index of the frame of a moment, displaced as a picture of `size` was, reduced to `to`."""
        raw = np.asarray(Image.open(f"{self.by_time[at]}.index.png")).astype(np.uint16)
        camera.use(size)
        seen = camera.warp(raw, shift, smooth=False).astype(np.uint16)
        rows = (np.arange(to[1]) + 0.5) * seen.shape[0] / to[1]
        columns = (np.arange(to[0]) + 0.5) * seen.shape[1] / to[0]
        return seen[np.ix_(rows.astype(int), columns.astype(int))]


def polygon_mask(points, size):
    """The pixels within an outline [x, y, x, y, …]."""
    picture = Image.new("L", size)
    if len(points) >= 6:
        ImageDraw.Draw(picture).polygon([tuple(points[k : k + 2]) for k in range(0, len(points), 2)], fill=1)
    return np.asarray(picture) > 0
