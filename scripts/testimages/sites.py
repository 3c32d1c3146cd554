"""What the scenes with building sites share: weather, outlines of plots, truth of a frame."""

import numpy as np

import studio
from studio import INDEX

PERSON_IDS, VEHICLE_IDS = 1000, 1400
"""Object index of the first person and the first vehicle of a frame; `finish` makes them plain again."""


def weather(seed, day, slot):
    """Cloud, wetness, rain, haze and a name for one half day."""
    kinds = ["clear", "hazy", "broken", "overcast", "rain"]
    rng = studio.random_for(seed, "weather", day)
    kind = kinds[int(rng.choice(5, p=[0.36, 0.16, 0.16, 0.16, 0.16]))]
    now = studio.random_for(seed, "weather", day, slot)
    if kind == "clear":
        made = {"cloud": now.uniform(0, 0.1), "haze": now.uniform(0.02, 0.15), "wet": 0.0, "rain": False}
    elif kind == "hazy":
        made = {"cloud": now.uniform(0.25, 0.5), "haze": now.uniform(0.35, 0.6), "wet": 0.0, "rain": False}
    elif kind == "broken":
        made = {"cloud": now.uniform(0.15, 0.7), "haze": now.uniform(0.05, 0.2), "wet": 0.0, "rain": False}
    elif kind == "overcast":
        made = {"cloud": now.uniform(0.85, 1.0), "haze": now.uniform(0.15, 0.35), "wet": 0.0, "rain": False}
    elif slot == 0:
        made = {"cloud": now.uniform(0.9, 1.0), "haze": now.uniform(0.25, 0.5), "wet": 1.0, "rain": bool(now.random() < 0.6)}
    else:
        made = {"cloud": now.uniform(0.2, 0.8), "haze": now.uniform(0.1, 0.25), "wet": 0.45, "rain": False}
    made["kind"] = "after rain" if kind == "rain" and not made["rain"] else kind
    return {k: round(v, 3) if isinstance(v, float) else v for k, v in made.items()}


def stage_of(work, t):
    """The name of the stage reached at time t (days), or None before the first."""
    reached = [name for name, day in work["stages"] if t >= day]
    return reached[-1] if reached else None


def outline(plot, view, size):
    """The outline of a plot's volume in a picture of a size (width, height), clipped to it."""
    (x0, y0), (x1, y1), floor = plot["low"], plot["high"], plot.get("floor", 0.0)
    top = floor + plot["height"]
    corners = [(x, y, z) for x in (x0, x1) for y in (y0, y1) for z in (floor, top)]
    spots = studio.project(corners, width=size[0], height=size[1], **view)
    polygon = _clip(_hull(spots.tolist()), size[0] - 1, size[1] - 1)
    return [[round(float(x), 1), round(float(y), 1)] for x, y in polygon]


def _hull(points):
    """Convex hull, by the monotone chain."""
    points = sorted(map(tuple, points))

    def half(run):
        kept = []
        for p in run:
            while len(kept) > 1 and (kept[-1][0] - kept[-2][0]) * (p[1] - kept[-2][1]) <= (kept[-1][1] - kept[-2][1]) * (p[0] - kept[-2][0]):
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return half(points) + half(reversed(points))


def _clip(polygon, right, bottom):
    """A convex polygon cut to the picture."""
    for axis, limit, keep_less in ((0, 0, False), (0, right, True), (1, 0, False), (1, bottom, True)):
        sign = 1 if keep_less else -1
        out = []
        for a, b in zip(polygon, polygon[1:] + polygon[:1]):
            a_in, b_in = sign * a[axis] <= sign * limit, sign * b[axis] <= sign * limit
            if a_in:
                out.append(a)
            if a_in != b_in:
                t = (limit - a[axis]) / (b[axis] - a[axis])
                out.append(tuple(a[i] + t * (b[i] - a[i]) for i in (0, 1)))
        polygon = out
    return polygon


def corners(low, high):
    (x0, y0), (x1, y1) = low, high
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def finish(frame, index):
    """Turns the numbered people and vehicles of a rendered index into classes and boxes.

    Returns the index picture with plain classes and what the passes tell: visible pixels of
    each work by part, and the boxes (raw pixels) of people and vehicles with their visible
    pixels.
    """
    seen = {"works": {}, "people": [], "vehicles": []}
    values, counts = np.unique(index, return_counts=True)
    for value, count in zip(values.tolist(), counts.tolist()):
        if 100 <= value < PERSON_IDS:
            site, part = divmod(value - 100, 10)
            seen["works"].setdefault(f"w{site}", {})[str(part)] = count
        elif value >= PERSON_IDS:
            rows, columns = np.nonzero(index == value)
            box = [int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1]
            kind = "people" if value < VEHICLE_IDS else "vehicles"
            seen[kind].append({"box": box, "pixels": count})
    plain = index.copy()
    plain[(index >= PERSON_IDS) & (index < VEHICLE_IDS)] = INDEX["person"]
    plain[index >= VEHICLE_IDS] = INDEX["vehicle"]
    seen["peopleVisible"] = sum(1 for p in seen["people"] if p["pixels"] >= 12)
    return plain, seen
