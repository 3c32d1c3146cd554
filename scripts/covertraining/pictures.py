"""Pictures to learn from: raw renders through many cameras, and photographs with drawn masks."""

import csv
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter, ImageOps
from scipy import ndimage

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "testimages"))
import camera  # noqa: E402

GROUND, LEAF, WEED, BLOSSOM, RIPE = range(5)
CLASSES = ("ground", "leaf", "weed", "blossom", "ripe")
OF_INDEX = {3: LEAF, 5: LEAF, 2: WEED, 4: BLOSSOM, 16: RIPE}
FAR = 110.0
"""Metres beyond which a render is scenery: forest painted on hills is not learnt."""


def classes(index):
    """Class of every pixel of an object-index picture."""
    table = np.zeros(int(index.max()) + 1, np.uint8)
    for number, kind in OF_INDEX.items():
        if number < len(table):
            table[number] = kind
    return table[index]


def shares(kinds, size):
    """Shares of the classes in each of (height, width) blocks of the class picture."""
    planes = [Image.fromarray((kinds == k).astype(np.float32)).resize(size[::-1], Image.Resampling.BOX) for k in range(len(CLASSES))]
    return np.stack([np.asarray(p) for p in planes], -1).astype(np.float32)


def photographed(prefix, mist, rng):
    """A raw render as some camera would have taken it: (rgb, class of every pixel, weight of every pixel)."""
    raw = camera.read_raw(prefix, mist)
    shift = camera.Shift(*rng.normal(0, 1.0, 2), rng.normal(0, 0.1))
    frame = camera.view(raw, shift)
    light = camera.haze(frame, float(np.exp(rng.uniform(np.log(0.0001), np.log(0.0022)))))
    if rng.uniform() < 0.10:
        light = camera.drops(light, rng, int(rng.integers(8, 35)))
    soft = rng.uniform(-0.5, 1.1)
    if soft > 0.25:
        light = np.stack([ndimage.gaussian_filter(light[..., k], soft) for k in range(3)], -1)
    gain = camera.meter(light) ** 0.85 * float(np.exp(rng.normal(0, 0.22)))
    balance = camera.white_balance(light, rng, rng.uniform(0, 0.4)) * np.exp(rng.normal(0, 0.03, 3)).astype(np.float32)
    light = camera.vignette(camera.colourful(light * gain * balance, rng.uniform(0.85, 1.5)), rng.uniform(0, 0.3))
    light = camera.noise(light, rng, float(np.exp(rng.normal(0, 0.5))) * max(gain, 0.5) ** 0.5)
    coded = camera.to_srgb(camera.shoulder(light)) ** float(np.exp(rng.normal(0, 0.08)))
    picture = Image.fromarray((coded * 255 + 0.5).astype(np.uint8))
    picture = picture.filter(ImageFilter.UnsharpMask(radius=rng.uniform(0.8, 1.8), percent=int(rng.uniform(0, 90)), threshold=2))
    kinds, weight = classes(frame.index), ((frame.index > 0) & (frame.distance < FAR)).astype(np.float32)
    if rng.uniform() < 0.4:
        scale = float(np.exp(rng.uniform(np.log(0.5), np.log(1.4))))
        size = (int(camera.WIDTH * scale), int(camera.HEIGHT * scale))
        picture = picture.resize(size, Image.Resampling.BICUBIC if scale > 1 else Image.Resampling.LANCZOS)
        kinds = np.asarray(Image.fromarray(kinds).resize(size, Image.Resampling.NEAREST))
        weight = np.asarray(Image.fromarray(weight).resize(size, Image.Resampling.NEAREST))
    return compressed(picture, rng), kinds, weight


def compressed(picture, rng):
    """A picture as it comes back from a JPEG of some quality."""
    import io

    out = io.BytesIO()
    picture.save(out, "JPEG", quality=int(rng.uniform(60, 95)), subsampling=str(rng.choice(["4:2:0", "4:2:0", "4:2:0", "4:2:2", "4:4:4"])))
    return np.asarray(Image.open(out).convert("RGB"))


def seedlings(folder):
    """Photographs of seedlings on soil: (name, rgb, plant 0 or 1 of every pixel)."""
    with open(folder / "expected.csv", newline="") as file:
        for row in csv.DictReader(file):
            picture = ImageOps.exif_transpose(Image.open(folder / "images" / row["file"])).convert("RGB")
            mask = np.asarray(Image.open(folder / "vegetation_masks" / row["file"].replace("JPG", "png")).convert("L")) > 127
            yield row["file"], np.asarray(picture), mask
