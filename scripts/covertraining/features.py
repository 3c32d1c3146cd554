"""What the plant model looks at: the plain statement of the features that the program computes.

A picture is read in blocks of 2 x 2 pixels, the resolution of colour in a JPEG. Each block has eight
whole-number values; their means over squares of blocks around it, on the scales of a leaf, a crown and
a few crowns, tell colour from light and leaf from lawn. Whole numbers, so that sums are exact.
"""

import numpy as np

RADII = (1, 4, 12)
"""Radii of the squares in blocks: 3, 9 and 25 blocks wide. Where the picture ends, the square does."""

COUNT = 29

LOG = np.rint(256 * (np.log2(np.arange(1021) / 4 + 8) - 3)).astype(np.int32)
"""256 log2(1 + v / 8) of a value v in quarters of a grey level: eight levels of floor, so that noise in the dark is small."""


def blocks(rgb):
    """Values of the blocks of an 8-bit picture: (rows / 2, columns / 2, 8); an odd last row or column counts twice."""
    rgb = np.asarray(rgb)
    rgb = np.pad(rgb, ((0, rgb.shape[0] % 2), (0, rgb.shape[1] % 2), (0, 0)), mode="edge").astype(np.int32)
    corners = [rgb[y::2, x::2] for y in (0, 1) for x in (0, 1)]
    sums = corners[0] + corners[1] + corners[2] + corners[3]
    r, g, b = sums[..., 0], sums[..., 1], sums[..., 2]
    lights = [77 * c[..., 0] + 150 * c[..., 1] + 29 * c[..., 2] for c in corners]
    light = lights[0] + lights[1] + lights[2] + lights[3]
    level = LOG[light >> 8]
    red, blue = _ratio(2048 * (g - r), r + g + b + 64), _ratio(2048 * (g - b), r + g + b + 64)
    away = sum(np.abs(4 * v - light) for v in lights)
    spread = _ratio(away, light + 8192, 1024)
    least = LOG[np.minimum(np.minimum(r, g), b)] - level
    return np.stack([level, red, blue, spread, level * level, red * red, blue * blue, least], -1).astype(np.int32)


def _ratio(above, below, scale=1):
    """Quotient in single precision, without its fraction."""
    return (above.astype(np.float32) / below.astype(np.float32) * np.float32(scale)).astype(np.int32)


def box(values, radius):
    """Means over squares of 2 radius + 1 blocks, cut off at the border."""
    out, count = values.astype(np.int64), np.ones(1, np.float32)
    for axis in (0, 1):
        n = out.shape[axis]
        total = np.concatenate([np.zeros_like(np.take(out, [0], axis)), np.cumsum(out, axis)], axis)
        high = np.minimum(np.arange(n) + radius + 1, n)
        low = np.maximum(np.arange(n) - radius, 0)
        out = np.take(total, high, axis) - np.take(total, low, axis)
        shape = [1] * out.ndim
        shape[axis] = n
        count = count * (high - low).reshape(shape).astype(np.float32)
    return out.astype(np.float32) * (np.float32(1) / count)


def features(rgb):
    """All features of every block: (rows / 2, columns / 2, COUNT), in the units of the blocks' values.

    The first, the block's level, is still to be taken against the plot's median; see against_median.
    """
    base = blocks(rgb)
    level, red, blue, spread, _, _, _, least = np.moveaxis(base.astype(np.float32), -1, 0)
    out = [level, red, blue, spread, least]
    for radius in RADII:
        mean = box(base, radius)
        deviation = [np.sqrt(np.maximum(mean[..., 4 + k] - mean[..., k] * mean[..., k], 0)) for k in range(3)]
        out += [level - mean[..., 0], mean[..., 1], mean[..., 2], mean[..., 3], mean[..., 7], *deviation]
    return np.stack(out, -1).astype(np.float32)


def against_median(found):
    """Features of a plot's blocks (…, n, COUNT) as the model takes them: with their level against the plot's median."""
    level = np.sort(found[..., 0], axis=-1)
    out = found.copy()
    out[..., 0] -= level[..., (level.shape[-1] - 1) // 2, None]
    return out
