"""What a pixel of a pen shows against the empty pen, as `Detection/Livestock/PenFeatures.swift` computes it."""

import numpy as np

LIFT = 8.0
"""Grey levels added before the logarithm."""
SCALES = (0.3, 0.8, 2.0)
"""Radii of the windows in lengths of an animal: the root of its area."""
LEAST = (1, 2, 4)
LIGHT_RADIUS = 5.0
"""Of the window whose median is the light of the place, in lengths of an animal."""
PASSING = 24
"""Grey levels at which a look's distance from the empty pen is cut off."""
GATES = (0.10, 0.045, 0.03)
"""Level, warmth and tint from which a pixel is looked at."""
COUNT = 44


def parts(image):
    """Level, warmth and tint of a picture: natural logarithms."""
    r, g, b = (np.log(image[..., k].astype(np.float32) + LIFT) for k in range(3))
    return np.stack([(r + g + b) / 3, r - b, g - (r + b) / 2])


def in_light_of(image, other):
    """A picture with the light of another: the median of the channels' ratios."""
    out = np.empty_like(image)
    for k in range(3):
        ratio = np.log(other[..., k].astype(np.float32) + LIFT) - np.log(image[..., k].astype(np.float32) + LIFT)
        gain = np.exp(np.round(np.median(ratio) * 64) / 64)
        out[..., k] = np.clip(np.round((image[..., k] + LIFT) * gain - LIFT), 0, 255)
    return out


def spread_of(looks, median):
    """How much a place varies by itself, in grey levels."""
    total = np.zeros(median.shape, np.int64)
    for look in looks:
        total += np.minimum(np.abs(look.astype(np.int16) - median), PASSING)
    return (total.max(-1) // len(looks)).astype(np.uint8)


class Windows:
    """Means over windows whose radius changes from row to row."""

    def __init__(self, radii, shape):
        height, width = shape
        y, x = np.arange(height), np.arange(width)
        self.top, self.bottom = np.maximum(y - radii, 0), np.minimum(y + radii + 1, height)
        self.left = np.maximum(x[None] - radii[:, None], 0)
        self.right = np.minimum(x[None] + radii[:, None] + 1, width)
        self.area = ((self.bottom - self.top)[:, None] * (self.right - self.left)).astype(np.float32)

    def mean(self, plane):
        total = np.zeros((plane.shape[0] + 1, plane.shape[1] + 1))
        total[1:, 1:] = plane.astype(np.float64).cumsum(0).cumsum(1)
        top, bottom = self.top[:, None], self.bottom[:, None]
        return ((total[bottom, self.right] - total[top, self.right] - total[bottom, self.left] + total[top, self.left]) / self.area).astype(np.float32)


def local_median(plane, radius):
    """The median around every pixel, at a quarter of the size and with some seven samples a side."""
    height, width = plane.shape
    rows, columns = max(1, height // 4), max(1, width // 4)
    small = plane[: rows * 4, : columns * 4].reshape(rows, 4, columns, 4).mean((1, 3))
    reach = 3
    step = max(1, int(radius / 4 / reach))
    padded = np.pad(small, reach * step, mode="edge")
    stack = [padded[reach * step + j * step :, reach * step + i * step :][:rows, :columns]
             for j in range(-reach, reach + 1) for i in range(-reach, reach + 1)]
    medians = np.median(np.array(stack, np.float32), axis=0)
    y, x = np.minimum(np.arange(height) // 4, rows - 1), np.minimum(np.arange(width) // 4, columns - 1)
    return Windows(np.full(height, 4), plane.shape).mean(medians[y][:, x])


def middle_of(values):
    """The median; of an even number the lower of the two in the middle."""
    values = np.sort(np.asarray(values).ravel())
    return values[(len(values) - 1) // 2]


def sparse_median(plane):
    """The median of every fourth pixel of every fourth row."""
    return float(middle_of(plane[::4, ::4]))


def features(image, pen, spread, lengths):
    """(height, width, COUNT) and which pixels are worth a look.

    `lengths` is the root of an animal's area in pixels for each row.
    """
    shape = image.shape[:2]
    seen, empty = parts(image), parts(pen)
    one = Windows(np.ones(shape[0], int), shape)
    windows = [Windows(np.maximum(np.round(s * lengths).astype(int), least), shape) for s, least in zip(SCALES, LEAST)]
    radius = LIGHT_RADIUS * float(middle_of(lengths))
    rest, light = [], []
    for v, b in zip(seen, empty):
        d = v - b
        m = local_median(d, radius)
        rest.append(one.mean(d - m))
        light.append(m)
    out = list(rest)
    for w in windows:
        out += [w.mean(r) for r in rest]
    for w in windows[1:]:
        out.append(w.mean(np.abs(rest[0])))
    for w in windows:
        mv, mb = w.mean(seen[0]), w.mean(empty[0])
        vv = np.maximum(w.mean(seen[0] ** 2) - mv**2, 0)
        bb = np.maximum(w.mean(empty[0] ** 2) - mb**2, 0)
        if w is windows[2]:
            out.append((w.mean(seen[0] * empty[0]) - mv * mb) / np.sqrt(vv * bb + 1e-6))
            continue
        out += [np.sqrt(vv), np.sqrt(bb), (w.mean(seen[0] * empty[0]) - mv * mb) / np.sqrt(vv * bb + 1e-6)]
    for part, wider in ((seen, (1, 2)), (empty, (1, 2))):
        out += [one.mean(part[0]) - windows[k].mean(part[0]) for k in wider]
        out += [one.mean(part[k]) - windows[2].mean(part[k]) for k in (1, 2)]
    middle = [sparse_median(v) for v in (seen[0], empty[0])]
    out += [one.mean(seen[0]) - middle[0], one.mean(seen[1]), one.mean(seen[2])]
    out += [one.mean(empty[0]) - middle[1], one.mean(empty[1]), one.mean(empty[2])]
    whole = [sparse_median(m) for m in light]
    out += [m - w for m, w in zip(light, whole)]
    out.append(one.mean(spread.astype(np.float32)) / np.exp(one.mean(empty[0])))
    out += [np.log(image.min(-1).astype(np.float32) + LIFT), np.log(pen.min(-1).astype(np.float32) + LIFT)]
    out.append(np.broadcast_to(np.log(lengths)[:, None].astype(np.float32), shape))
    out += whole_planes(whole, shape)
    worth = (np.abs(rest[0]) > GATES[0]) | (np.abs(rest[1]) > GATES[1]) | (np.abs(rest[2]) > GATES[2])
    return np.stack(out, -1).astype(np.float32), worth


def whole_planes(whole, shape):
    """The picture's own light against the empty pen's: warmth and tint."""
    return [np.broadcast_to(np.float32(v), shape) for v in whole[1:]]
