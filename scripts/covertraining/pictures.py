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


LEAF_ALBEDO = np.array([0.060, 0.115, 0.033], np.float32)
"""Green leaves of the renders; colours here are linear red, green, blue."""
AUTUMN = np.array([[0.30, 0.25, 0.06], [0.36, 0.22, 0.04], [0.26, 0.14, 0.045], [0.17, 0.105, 0.05], [0.26, 0.065, 0.04], [0.15, 0.15, 0.05],
                   [0.13, 0.075, 0.065]], np.float32)
"""Leaves that are not green: yellow, gold, orange, brown, red, olive, purple."""
PAINTED = (8, 9, 12, 13)
"""Object indices of what people make: of any colour."""


def dyed(raw, rng):
    """A raw render with its leaves, ground and things in other colours, as autumn, soils and paints have them.

    Light and shade stay: a pixel's light is multiplied by the new colour over the old one. Leaves turn by tree and
    by leaf, through a smooth and a fine random field.
    """
    factor = np.ones_like(raw.light)
    leaves, plain = raw.index == 3, (raw.index == 1) | (raw.index == 15) | (raw.index == 7)
    mean = raw.light[leaves].mean(0) if leaves.sum() > 2000 else None
    if mean is not None and mean[0] < 0.8 * mean[1]:
        factor[leaves] *= np.exp(rng.normal(0, [0.15, 0.06, 0.15]))
        if rng.uniform() < 0.4:
            size = raw.index.shape
            coarse = Image.fromarray(rng.normal(0, 1, (size[0] // 40, size[1] // 40)).astype(np.float32))
            turned = rng.uniform(0, 1.3) + 0.35 * np.asarray(coarse.resize(size[::-1], Image.Resampling.BICUBIC)) + rng.normal(0, 0.25, size)
            first, second = AUTUMN[rng.integers(0, len(AUTUMN), 2)]
            share = rng.uniform(0, 1)
            colour = (first * share + second * (1 - share)) * np.exp(rng.normal(0, 0.15, 3))
            turned = np.clip(turned, 0, 1)[leaves][:, None]
            factor[leaves] *= 1 - turned + turned * colour / LEAF_ALBEDO
    if rng.uniform() < 0.5:
        # Soil is of many colours, but not green.
        soil = np.exp(rng.normal(0, [0.2, 0.1, 0.2]))
        soil[1] = min(soil[1], np.sqrt(soil[0] * soil[2]))
        factor[plain] *= soil * np.exp(rng.normal(0, 0.25))
    for kind in PAINTED:
        factor[raw.index == kind] *= np.exp(rng.normal(0, 0.35, 3))
    raw.light = np.clip(raw.light * factor, 0, 1).astype(np.float32)
    return raw


def wooded(raw):
    """A raw render of an orchard in which the trees of the wood behind it, rendered with the index of grass, are leaves."""
    crop = raw.index == 3
    if crop.sum() > 2000:
        raw.index[(raw.index == 2) & (raw.distance > np.quantile(raw.distance[crop], 0.999) + 4)] = 3
    return raw


def photographed(prefix, mist, rng, recoloured=False):
    """A raw render as some camera would have taken it: (rgb, class of every pixel, weight of every pixel)."""
    raw = wooded(camera.read_raw(prefix, mist))
    if recoloured:
        raw = dyed(raw, rng)
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
