"""What the orchard scenes share: uneven ground, trees placed in rows, the wood and the hills behind, farmers.

The ground of a scene is a function height(x, y, salt) in metres.
"""

import math
from datetime import datetime

import numpy as np

import plants
import sites
import studio

RIPE_FRUIT = 16
"""Object index of ripe fruit, beside the studio's own numbers (green fruit is `fruit`)."""


def noise(x, y, scale, salt):
    """Smooth value noise in 0..1 over the plane, repeatable for a salt."""
    u, v = np.asarray(x) / scale, np.asarray(y) / scale
    i, j = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    f, g = u - i, v - j
    f, g = f * f * (3 - 2 * f), g * g * (3 - 2 * g)

    def at(a, b):
        h = (a * 374761393 + b * 668265263 + salt * 2147483647) & 0xFFFFFFFF
        h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
        return ((h ^ (h >> 16)) & 0xFFFF) / 65535.0

    near = at(i, j) * (1 - f) + at(i + 1, j) * f
    far = at(i, j + 1) * (1 - f) + at(i + 1, j + 1) * f
    return near * (1 - g) + far * g


def grid(xs, ys, salt, height):
    """Vertices and faces of the ground over the grid xs × ys."""
    gx, gy = np.meshgrid(xs, ys)
    verts = np.stack([gx, gy, height(gx, gy, salt)], -1).reshape(-1, 3)
    columns = len(xs)
    corner = (np.arange(len(ys) - 1)[:, None] * columns + np.arange(columns - 1)[None]).ravel()
    return verts, np.stack([corner, corner + 1, corner + columns + 1, corner + columns], 1)


def hills(seed, material, salt, height, start=84.0):
    """Wooded ridges from `start` to the horizon: a bumpy surface in the colours of mixed forest."""
    ys = start + np.concatenate([np.arange(0, 120, 3.0), np.geomspace(120, 1200, 150)])
    verts, faces = grid(np.arange(-760, 760.1, 5.0), ys, salt, height)
    far = np.clip((verts[:, 1] - start) / 60, 0, 1)
    rng = plants.generator(seed, "hills")
    verts[:, 2] += far * (5.0 * noise(verts[:, 0], verts[:, 1], 11, salt + 9) + rng.normal(0, 1.0, len(verts)))
    centre = verts[faces].mean(axis=1)
    tone = noise(centre[:, 0], centre[:, 1], 16, salt + 10)[:, None]
    kind = noise(centre[:, 0], centre[:, 1], 90, salt + 11)[:, None]
    colour = np.array([0.040, 0.066, 0.028]) * (0.55 + 0.8 * tone)
    colour = np.where(kind > 0.62, np.array([0.085, 0.090, 0.045]) * (0.6 + 0.7 * tone), colour)
    colour *= np.exp(rng.normal(0, 0.25, (len(centre), 1)))
    studio.mesh("hills", verts, faces, material, colour, studio.INDEX["grass"], smooth=True)


def organs(name, tree, season, move, trouble=plants.WELL):
    """Objects of one tree at the origin, to be placed or copied."""
    material = studio.vertex_color_material("plant", roughness=0.75)
    made = []
    bark = np.array(plants.COLOURS["bark"]) * np.linspace(0.8, 1.3, len(tree.wood[1]))[:, None]
    stay = plants.uncut(tree, trouble.cut)
    parts = [("wood", (tree.wood[0], tree.wood[1][stay], bark[stay]), "trunk")]
    parts.append(("leaves", plants.leaves(tree, season, move, trouble), "crop_leaf"))
    parts.append(("blossom", plants.blossoms(tree, season), "blossom"))
    green, ripe = plants.fruits(tree, season)
    parts += [("fruit", green, "fruit"), ("ripe", ripe, RIPE_FRUIT)]
    for label, part, index in parts:
        if part is None or len(part[1]) == 0:
            continue
        number = index if isinstance(index, int) else studio.INDEX[index]
        made.append(studio.mesh(f"{name}-{label}", part[0], part[1], material, part[2], number))
    return made


def place(organs, name, x, y, z, turn, size, first):
    """Put a tree at a place: the organs themselves the first time, then copies."""
    for organ in organs:
        if first:
            organ.location, organ.rotation_euler, organ.scale = (x, y, z), (0, 0, turn), (size,) * 3
        else:
            studio.instance(organ, f"{name}-{organ.name}", (x, y, z), turn, size)


def wood(seed, when, height, start=81.5, count=1100):
    """The edge of the wood behind the terraces from `start` on, evergreen and deciduous mixed."""
    day = plants.day_of_year(when)
    material = studio.vertex_color_material("plant", roughness=0.75)
    kinds = []
    for label, season, shade in (
        ("evergreen", plants.Season(leaf=0.9, flush=plants.citrus(day).flush * 0.5), 0.80),
        ("bamboo", plants.Season(leaf=0.95, flush=0.25), 0.95),
        ("deciduous", plants.plum(day), 0.85),
    ):
        tree = plants.grow("plum" if label == "deciduous" else "citrus", plants.generator(seed, "wood", label))
        verts, faces, colour = plants.leaves(tree, season)
        stem = np.repeat(np.array([plants.COLOURS["bark"]]), len(tree.wood[1]), axis=0)
        parts = [studio.mesh(f"{label}-stem", *tree.wood, material, stem, studio.INDEX["trunk"])]
        if len(faces):
            parts.append(studio.mesh(f"{label}-crown", verts, faces, material, colour * shade, studio.INDEX["grass"]))
        kinds.append(parts)
    rng = plants.generator(seed, "wood-places")
    first = [True, True, True]
    for number in range(count):
        y = start + rng.uniform(0, 1) ** 1.15 * 260
        x = rng.uniform(-1, 1) * (0.72 * y + 8)
        kind = int(rng.choice(3, p=[0.45, 0.25, 0.30]))
        wide = rng.uniform(1.5, 2.9)
        tall = wide * (1.7 if kind == 1 else rng.uniform(1.0, 1.35))
        z = float(height(x, y, seed % 1000)) - 0.4
        for part in kinds[kind]:
            if first[kind]:
                part.location, part.scale = (x, y, z), (wide, wide, tall)
            else:
                studio.instance(part, f"wood-{number}-{part.name}", (x, y, z), rng.uniform(0, 6.28), (wide, wide, tall))
        first[kind] = False


def box(x, y, z):
    """Vertices and quads of a box given as three (low, high) pairs."""
    verts = np.array([(a, b, c) for c in z for b in y for a in x], float)
    faces = np.array([(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)])
    return verts, faces


def farmer(number, rng, x, y, z):
    """The farmer of a number, about 1.65 m: legs, jacket, arms, head and a straw hat; upright or stooping."""
    facing = rng.uniform(0, 6.28)
    stoop = rng.uniform(0.0, 0.9) if rng.uniform() < 0.5 else rng.uniform(0.0, 0.12)
    size = rng.uniform(0.93, 1.05)
    forward = np.array([math.cos(facing), math.sin(facing), 0.0])
    side = np.array([-forward[1], forward[0], 0.0])
    hip = np.array([0, 0, 0.86])
    spine = forward * math.sin(stoop) + np.array([0, 0, math.cos(stoop)])
    shoulder = hip + spine * 0.52
    head = shoulder + spine * 0.24 + forward * 0.03
    step = rng.uniform(0.05, 0.25)
    legs = [
        plants.tube([sign * side * 0.1 + forward * sign * step, hip * 0.5 + sign * side * 0.1 + forward * 0.06, hip + sign * side * 0.08],
                    [0.06, 0.075, 0.10], 7) for sign in (-1, 1)
    ]
    torso = plants.tube([hip - spine * 0.05, hip + spine * 0.2, shoulder - spine * 0.05, shoulder + spine * 0.04], [0.15, 0.17, 0.19, 0.07], 9)
    arms = []
    for sign in (-1, 1):
        joint = shoulder + sign * side * 0.2 - spine * 0.04
        elbow = joint + np.array([0, 0, -0.26]) + sign * side * 0.06
        hand = elbow + np.array([0, 0, -0.16]) + forward * rng.uniform(0.05, 0.25)
        arms.append(plants.tube([joint, elbow, hand], [0.06, 0.05, 0.035], 6))
    skull = (plants.BALL[0] * [0.09, 0.09, 0.115] + head, plants.BALL[1])
    rim = plants.tube([head + spine * 0.04, head + spine * 0.08, head + spine * 0.17], [0.25, 0.20, 0.02], 10)
    cloth = [(0.16, 0.20, 0.34), (0.42, 0.13, 0.13), (0.30, 0.33, 0.28), (0.60, 0.58, 0.54), (0.20, 0.36, 0.40)]
    jacket, trousers = cloth[rng.integers(len(cloth))], (0.15, 0.15, 0.18)
    pieces = [(plants.join(legs), trousers), (plants.join([torso] + arms), jacket), (skull, (0.55, 0.38, 0.28))]
    if rng.uniform() < 0.7:
        pieces.append((rim, (0.78, 0.66, 0.40)))
    for k, ((verts, faces), colour) in enumerate(pieces):
        shade = studio.material("person-%d-%d-%d" % tuple(int(c * 100) for c in colour), colour)
        made = studio.mesh(f"person{number}-{k}", verts * size, faces, shade, index=sites.PERSON_IDS + number, smooth=True)
        made.location = (x, y, z)


def soil_colours(seed, verts, faces, salt, wet):
    """Colour of each face of the ground, dry stone walls where it is steep, and the fine grain of it."""
    centre = verts[faces].mean(axis=1)
    x, y = centre[:, 0], centre[:, 1]
    tone = 0.65 * noise(x, y, 5, salt) + 0.35 * noise(x, y, 0.9, salt + 1)
    fine = np.exp(0.22 * (plants.generator(seed, "soil").normal(size=(len(x), 1))))
    colour = np.array([0.150, 0.103, 0.066]) * (0.65 + 0.75 * tone[:, None]) * fine
    corner = verts[faces]
    steep = np.ptp(corner[:, :, 2], axis=1) > 0.6 * np.ptp(corner[:, :, 1], axis=1)
    joint = noise(x, centre[:, 2] * 1.8, 0.55, salt + 2) * 0.6 + noise(x, centre[:, 2], 3.0, salt + 4) * 0.4
    stone = np.array([0.165, 0.150, 0.125]) * (0.35 + 1.0 * joint[:, None]) * fine
    return np.where(steep[:, None], stone, colour) * (0.72 if wet else 1.0), fine


def sky(seed, when):
    """Weather of a moment; the sky of this country is often covered and hazy."""
    rng = plants.generator(seed, "orchard-weather", when.isoformat())
    kind = rng.choice(["clear", "broken", "overcast"], p=[0.36, 0.30, 0.34])
    cloud = {"clear": 0.06, "broken": 0.38, "overcast": 0.88}[str(kind)] + float(rng.uniform(-0.05, 0.08))
    haze = float(rng.gamma(2.0, 0.035)) + (0.05 if kind == "overcast" else 0.0)
    return {
        "seed": seed,
        "weather": str(kind),
        "cloud": round(cloud, 3),
        "haze": round(min(haze, 0.32), 3),
        "wind": round(float(rng.uniform(0.008, 0.05)), 3),
        "rain": bool(kind == "overcast" and rng.uniform() < 0.3),
    }


def frame(camera_id, number, when, state):
    """One frame as render.py wants it."""
    return {"name": f"{number:03d}", "camera": camera_id, "datetime": when.isoformat() + "+08:00", "state": state}


def moment(frame):
    """The frame's local date and hour, without zone."""
    return datetime.fromisoformat(frame["datetime"]).replace(tzinfo=None)


def tree_places(seed, name, plot):
    """(x, y, turn, size) of every tree of a plot, in loose rows."""
    rng = plants.generator(seed, "places", name)
    (x0, x1), (y0, y1) = plot["x"], plot["y"]
    columns = int((x1 - x0 - 1.6) / plot["spacing"][0]) + 1
    rows = int((y1 - y0 - 1.6) / plot["spacing"][1]) + 1
    places = []
    for row in range(rows):
        for column in range(columns):
            x = x0 + (column + 0.5) * (x1 - x0) / columns + rng.normal(0, 0.18)
            y = y0 + (row + 0.5) * (y1 - y0) / rows + rng.normal(0, 0.18)
            places.append((x, y, rng.uniform(0, 6.28), rng.uniform(0.86, 1.10)))
    return places


def outline(plot, crown, view, size):
    """A plot's outline in a picture of a size: its ground in front, its crowns (metres high) behind."""
    (x0, x1), (y0, y1) = plot["x"], plot["y"]
    low, high = plot["z"] + 0.2, plot.get("far", plot["z"]) + crown * 0.85
    corners = [(x0, y0, low), (x1, y0, low), (x1, y1, high), (x0, y1, high)]
    return [[round(float(px)), round(float(py))] for px, py in studio.project(corners, *view, *size)]


def plot_states(seasons):
    """What the seasons of plots say, for the truth."""
    return {
        name: {"leafState": round(s.leaf, 4), "flushState": round(s.flush, 4), "bloomState": round(s.bloom, 4)} for name, s in seasons.items()
    }
