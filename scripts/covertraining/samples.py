"""Samples to learn from, as arrays: features of blocks, shares of their classes, and the region each belongs to."""

import colorsys
import json
import zlib
from pathlib import Path

import numpy as np

import features
import pictures

REGION = (36, 120)
"""Least and greatest side of a region in blocks; a plot of a village camera is of this size."""
PER_REGION = 256
AS_RENDERED = (0, 2, 4)
"""Versions of a frame that keep its colours; all others show other leaves, soils and paints."""
UNKNOWN = ""
"""The crop of a region of which none is known."""
PER_PLOT = 4
"""Regions drawn from the whole of each plot."""
SEEN = 1200
"""Blocks of a plot that must be in the picture."""
FLAT = 260
"""Side of a made-up even picture in pixels."""


def generator(*names):
    return np.random.default_rng([zlib.crc32(str(name).encode()) for name in names])


def regions(found, share, weight, count, rng, is_whole=False):
    """`count` regions of one picture: (count, PER_REGION, features), (count, PER_REGION, classes).

    Where the whole picture is one plot, its regions are of all sizes.
    """
    rows, columns = weight.shape
    xs, ys = [], []
    for _ in range(count * 20):
        if len(xs) == count:
            break
        if is_whole:
            part = np.exp(rng.uniform(np.log(REGION[0] / min(rows, columns)), 0.2))
            high, wide = (int(min(part * side, side)) for side in (rows, columns))
        else:
            high, wide = (int(min(rng.integers(*REGION), side)) for side in (rows, columns))
        y, x = int(rng.integers(0, rows - high + 1)), int(rng.integers(0, columns - wide + 1))
        usable = np.argwhere(weight[y : y + high, x : x + wide] > 0.99)
        if len(usable) < 0.8 * high * wide:
            continue
        at = usable[rng.integers(0, len(usable), PER_REGION)] + [y, x]
        xs.append(found[at[:, 0], at[:, 1]])
        ys.append(share[at[:, 0], at[:, 1]])
    return np.array(xs, np.float32).reshape(-1, PER_REGION, features.COUNT), np.array(ys, np.float32).reshape(-1, PER_REGION, len(pictures.CLASSES))


def of_render(prefix, mist, version, count):
    """Regions of one raw render through one camera, the crop of each where it is known, and how many, the last, are of whole plots.

    Most versions are recoloured.
    """
    rng = generator(prefix.parent.name, prefix.name, version)
    rgb, kinds, weight = pictures.photographed(prefix, mist, rng, recoloured=version not in AS_RENDERED)
    found = features.features(rgb)
    size = found.shape[:2]
    padded = [np.pad(p, ((0, p.shape[0] % 2), (0, p.shape[1] % 2)), mode="edge") for p in (kinds, weight)]
    blocks = np.stack([padded[1][y::2, x::2] for y in (0, 1) for x in (0, 1)]).min(0)
    share = pictures.shares(padded[0], size)
    x, y = regions(found, share, blocks, count, rng)
    whole_x, whole_y, crops = plots(outlines(prefix), found, share, blocks, rng)
    return np.concatenate([x, *whole_x]), np.concatenate([y, *whole_y]), [UNKNOWN] * len(x) + crops, len(crops)


def outlines(prefix):
    """(outline in a picture of the camera's size, crop) of a render's plots, as its truth or the scene's tells them."""
    told = json.loads(prefix.with_suffix(".json").read_text(encoding="utf-8")).get("truth", {})
    if "outlines" in told:
        drawn = [(outline, told.get("crops", {}).get(name, UNKNOWN)) for name, outline in sorted(told["outlines"].items())]
    else:
        scene = json.loads(next(prefix.parent.glob("*.truth.json")).read_text(encoding="utf-8"))
        drawn = [(plot["polygon"], plot.get("crop", UNKNOWN)) for plot in scene.get("plots", [])]
    return [(np.array(outline, float) / [pictures.camera.WIDTH, pictures.camera.HEIGHT], crop) for outline, crop in drawn]


def plots(drawn, found, share, weight, rng):
    """Regions that are plots, as the program looks at them, and their crops."""
    from PIL import Image, ImageDraw

    rows, columns = weight.shape
    xs, ys, crops = [], [], []
    for outline, crop in drawn:
        mask = Image.new("L", (columns, rows), 0)
        ImageDraw.Draw(mask).polygon([(x * columns, y * rows) for x, y in outline], fill=1)
        usable = np.argwhere((np.asarray(mask) > 0) & (weight > 0.99))
        if len(usable) < SEEN:
            continue
        for _ in range(PER_PLOT):
            at = usable[rng.integers(0, len(usable), PER_REGION)]
            xs.append(found[at[:, 0], at[:, 1]][None])
            ys.append(share[at[:, 0], at[:, 1]][None])
            crops.append(crop)
    return xs, ys, crops


def of_seedlings(rgb, mask, version, count, rng):
    """Regions of one photograph at half, a third… of its size; what is plant is a leaf."""
    from PIL import Image

    size = (rgb.shape[1] // version, rgb.shape[0] // version)
    small = np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX)) if version > 1 else rgb
    found = features.features(small)
    plant = np.asarray(Image.fromarray(mask.astype(np.float32)).resize(found.shape[1::-1], Image.Resampling.BOX))
    share = np.zeros((*plant.shape, len(pictures.CLASSES)), np.float32)
    share[..., pictures.LEAF], share[..., pictures.GROUND] = plant, 1 - plant
    return regions(found, share, np.ones(plant.shape, np.float32), count, rng, is_whole=True)


def of_flat(version, pictures_made, count):
    """Regions of made-up even areas: leaf green without any leaf to see is plant; soil, wall, paint and sky are not."""
    rng, parts = generator("flat", version), []
    for _ in range(pictures_made):
        plant = rng.uniform() < 0.5
        hue = rng.uniform(75, 140) if plant else rng.choice([rng.uniform(0, 42), rng.uniform(185, 345)])
        depth = rng.uniform(0.3, 0.8) if plant else rng.uniform(0.0, 0.65)
        colour = np.array(colorsys.hsv_to_rgb(hue / 360, depth, rng.uniform(0.2, 0.75 if plant else 0.95))) * 255
        light = np.linspace(1, rng.uniform(0.7, 1.3), FLAT)[:, None] * np.where(np.arange(FLAT) < rng.integers(0, FLAT), rng.uniform(0.5, 1), 1)
        grain = rng.normal(0, rng.uniform(0, 6), (FLAT, FLAT, 1)) + rng.normal(0, rng.uniform(0, 3), (FLAT, FLAT, 3))
        rgb = np.clip(colour * light[..., None] + grain, 0, 255).astype(np.uint8)
        share = np.zeros((FLAT // 2, FLAT // 2, len(pictures.CLASSES)), np.float32)
        share[..., pictures.LEAF if plant else pictures.GROUND] = 1
        parts.append(regions(features.features(rgb), share, np.ones(share.shape[:2], np.float32), count, rng))
    return np.concatenate([x for x, _ in parts]), np.concatenate([y for _, y in parts])


def render_jobs(folder, mist, versions, step):
    """(prefix, mist, version) of the finished frames of a folder."""
    for path in sorted(Path(folder).glob("*.index.png"))[::step]:
        prefix = path.with_name(path.name.removesuffix(".index.png"))
        if prefix.with_suffix(".json").exists():
            for version in range(versions):
                yield prefix, mist, version
