"""The flock scene: a camera on a pole over a fenced pen of chickens under trees.

White, brown, black and speckled hens, none to sixty, spread in small groups, in the shade of
the trees, at the feeder, or huddled in a corner; some frames have hens outside the fence, one
has a farmer and no hen. Trees, fence, coop and grass stay the same for a seed; hens, light
and weather belong to the frame.

World axes: x east, y north, z up, metres. The camera looks north. Every hen has an object
index of its own, so that what is seen of it is counted in the index pass; how much of it
there would be without anything in front is drawn from its projected faces.
"""

import math
from datetime import datetime, timedelta

import numpy as np

import studio
import structures
import traffic

CAMERA_ID = "cam_flock"
LATITUDE, LONGITUDE = 28.84, 108.77
EYE = (0.5, 0.0, 6.5)
LOOK_AT = (0.0, 18.0, 0.0)
FOCAL = 27.0
WIDTH, HEIGHT = 960, 540
MIST = (5.0, 200.0)
PEN = ((-7.5, 10.0), (7.5, 27.0))
"""South-west and north-east corners of the fence: 255 m², 0.38 mu."""
FIRST_BIRD = 1000
"""Object index of the first hen; each has its own."""

COLOURS = {
    "white": ((0.88, 0.86, 0.79), (0.80, 0.78, 0.72)),
    "brown": ((0.55, 0.30, 0.15), (0.30, 0.17, 0.10)),
    "black": ((0.075, 0.07, 0.075), (0.05, 0.07, 0.07)),
    "speckled": ((0.46, 0.37, 0.25), (0.22, 0.17, 0.12)),
}

# birds inside, outside, colours, manner, hour, cloud, farmer
PLANS = [
    (0, 0, "mixed", "spread", 9.2, 0.10, False),
    (0, 0, "mixed", "spread", 11.4, 0.90, False),
    (12, 0, "white", "spread", 10.1, 0.40, False),
    (30, 0, "brown", "spread", 15.3, 0.10, False),
    (20, 0, "black", "spread", 9.6, 0.85, False),
    (60, 0, "mixed", "spread", 10.8, 0.30, False),
    (55, 0, "mixed", "feeder", 8.4, 0.60, False),
    (40, 0, "mixed", "huddle", 16.8, 0.92, False),
    (22, 4, "mixed", "spread", 14.2, 0.15, False),
    (10, 0, "mixed", "spread", 12.3, 0.88, False),
    (0, 0, "mixed", "spread", 16.2, 0.08, False),
    (45, 0, "mixed", "shade", 13.1, 0.05, False),
    (0, 0, "mixed", "spread", 10.4, 0.35, True),
    (16, 2, "white", "shade", 12.6, 0.20, False),
    (36, 0, "brown", "huddle", 9.0, 0.95, False),
    (0, 0, "mixed", "spread", 14.7, 0.55, False),
    (50, 0, "speckled", "spread", 15.9, 0.70, False),
    (26, 0, "black", "shade", 11.7, 0.30, False),
]


def frames(seed):
    """All frames in order of time, a day apart."""
    made = []
    for number, (inside, outside, colours, manner, hour, cloud, farmer) in enumerate(PLANS):
        rng = studio.random_for(seed, "flock-frame", number)
        hour = hour + float(rng.uniform(-0.6, 0.6))
        when = datetime(2024, 6, 3) + timedelta(days=number, seconds=int(hour * 3600))
        count = max(0, inside + int(rng.integers(-3, 4))) if inside else 0
        made.append({
            "name": f"{number:03d}",
            "camera": CAMERA_ID,
            "datetime": when.isoformat() + "+08:00",
            "state": {
                "seed": seed,
                "inside": min(count, 60),
                "outside": outside,
                "colours": colours,
                "manner": manner,
                "cloud": round(min(0.95, max(0.02, cloud + float(rng.uniform(-0.06, 0.06)))), 3),
                "farmer": farmer,
            },
        })
    return made


# --- the place --------------------------------------------------------------------------


def tree_places(seed):
    """(x, y, height, spread) of the trees of the pen."""
    rng = studio.random_for(seed, "flock-trees")
    places = []
    for x in (-5.0, -0.2, 4.8):
        for y in (14.0, 19.5, 25.0):
            if rng.uniform() < 0.78:
                places.append((x + rng.normal(0, 0.7), y + rng.normal(0, 0.6), rng.uniform(4.2, 5.2), rng.uniform(1.15, 1.5)))
    return places


def corners(seed):
    """The feeder, the coop and the corner that a cold flock crowds into."""
    side = 1 if studio.random_for(seed, "flock-side").uniform() < 0.5 else -1
    return {"feeder": (-side * 3.0, 16.6), "coop": (side * 5.6, 25.3), "huddle": (side * 5.2, 22.2)}


def worn(x, y, seed):
    """0 where grass grows well, 1 where the ground is scratched bare."""
    spots = corners(seed)
    wear = np.exp(-((x - spots["feeder"][0]) ** 2 + (y - spots["feeder"][1]) ** 2) / 5.0)
    wear += np.exp(-((x - spots["huddle"][0]) ** 2 + (y - spots["huddle"][1]) ** 2) / 9.0)
    wave = 0.5 + 0.5 * np.sin(x * 0.9 + seed) * np.sin(y * 0.7 + 2.0 * seed)
    return np.clip(wear + 0.7 * wave, 0, 1)


def _build_ground(seed):
    rng = studio.random_for(seed, "flock-ground")
    xs, ys = np.arange(-45, 45.1, 0.25), np.concatenate([np.arange(4, 34, 0.25), np.geomspace(34, 400, 60)])
    gx, gy = np.meshgrid(xs, ys)
    relief = 0.05 * np.sin(gx * 1.7 + 2) * np.sin(gy * 1.3) + rng.normal(0, 0.012, gx.shape)
    far = np.clip((gy - 36) / 120, 0, 1)
    z = relief - 0.05 + far * (16 + 9 * np.sin(gx * 0.05 + 1) + rng.normal(0, 1.2, gx.shape))
    verts = np.stack([gx, gy, z], -1).reshape(-1, 3)
    columns = len(xs)
    corner = (np.arange(len(ys) - 1)[:, None] * columns + np.arange(columns - 1)[None]).ravel()
    faces = np.stack([corner, corner + 1, corner + columns + 1, corner + columns], 1)
    centre = verts[faces].mean(axis=1)
    tone = np.exp(rng.normal(0, 0.07, (len(centre), 1))) * (0.85 + 0.3 * np.sin(centre[:, :1] * 0.8) * np.sin(centre[:, 1:2] * 0.55))
    soil = np.array([0.165, 0.118, 0.075]) * tone
    wood = np.array([0.045, 0.070, 0.030]) * tone
    colour = np.where(centre[:, 1:2] > 38, wood, soil)
    studio.mesh("soil", verts, faces, studio.vertex_color_material("ground", roughness=0.95), colour, studio.INDEX["soil"], smooth=True)
    rng = studio.random_for(seed, "flock-grass")
    spots = corners(seed)

    def sparse(x, y):
        clear = np.hypot(x - spots["coop"][0], y - spots["coop"][1]) > 1.3
        return clear & (rng.uniform(0, 1, len(x)) > worn(x, y, seed) * 0.93)

    def tall(x, y):
        side = np.sign(spots["feeder"][0])
        return (np.hypot(x - side * 5.0, (y - 22.0) * 0.7) < 2.6) & (rng.uniform(0, 1, len(x)) > 0.25)

    structures.blades("grass", (-14, 6), (14, 34), 230_000, 0.11, rng, studio.INDEX["grass"], sparse)
    structures.blades("tall-grass", (-9, 9), (9, 28), 60_000, 0.40, rng, studio.INDEX["grass"], tall, color=(0.42, 0.50, 0.18))
    for n in range(60):
        x, y = rng.uniform(-34, 34), rng.uniform(32, 60)
        if n < 22:
            structures.tree(f"wood{n}", (x, y), rng.uniform(5, 8), rng.uniform(2, 3.2), rng, leaves=1500, size=0.6)


def _build_place(seed):
    rng = studio.random_for(seed, "flock-place")
    for n, (x, y, height, spread) in enumerate(tree_places(seed)):
        structures.tree(f"tree{n}", (x, y), height, spread, studio.random_for(seed, "flock-tree", n), leaves=3600, size=0.17)
    shape = structures.Shape()
    (x0, y0), (x1, y1) = PEN
    wood, wire = (0.45, 0.39, 0.32), (0.42, 0.44, 0.44)
    path = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    for (ax, ay), (bx, by) in zip(path, path[1:]):
        count = int(math.hypot(bx - ax, by - ay) / 2.4) + 1
        for k in range(count + 1):
            x, y = ax + (bx - ax) * k / count, ay + (by - ay) * k / count
            shape.tube((x, y, -0.1), (x + rng.normal(0, 0.03), y, 1.45 + rng.normal(0, 0.04)), 0.045, np.array(wood) * rng.uniform(0.8, 1.2), sides=6)
        for height in (0.18, 0.5, 0.85, 1.25):
            shape.tube((ax, ay, height), (bx, by, height), 0.008, wire, sides=4)
    cx, cy = corners(seed)["coop"]
    shape.box((cx - 0.9, cy - 0.6, 0.3), (cx + 0.9, cy + 0.6, 1.3), (0.52, 0.43, 0.33))
    shape.box((cx - 0.25, cy - 0.63, 0.35), (cx + 0.2, cy - 0.6, 0.9), (0.10, 0.08, 0.07))
    for dx in (-0.8, 0.8):
        shape.box((cx + dx - 0.06, cy - 0.5, 0.0), (cx + dx + 0.06, cy + 0.5, 0.3), (0.35, 0.3, 0.25))
    shape.grid(np.array([[(cx - 1.1, cy - 0.85, 1.22), (cx + 1.1, cy - 0.85, 1.22)], [(cx - 1.1, cy + 0.8, 1.62), (cx + 1.1, cy + 0.8, 1.62)]]), (0.36, 0.38, 0.42))
    fx, fy = corners(seed)["feeder"]
    shape.tube((fx, fy, 0.0), (fx, fy, 0.07), 0.24, (0.72, 0.16, 0.12), sides=14)
    shape.tube((fx, fy, 0.07), (fx, fy, 0.42), 0.13, (0.80, 0.78, 0.72), 0.10, sides=14)
    shape.ellipsoid((fx + 1.3, fy - 0.8, 0.10), (0.22, 0.16, 0.12), (0.52, 0.50, 0.47))
    shape.ellipsoid((-fx * 0.6, fy + 3.4, 0.08), (0.17, 0.22, 0.11), (0.60, 0.58, 0.54))
    shape.emit("place", structures.painted("place", 0.85, 0.4), studio.INDEX["building"])


# --- hens -------------------------------------------------------------------------------


def bird_places(seed, frame):
    """(x, y, inside) of every hen, apart from each other by at least a hen's width."""
    state = frame["state"]
    rng = studio.random_for(seed, "flock-places", frame["name"])
    spots = corners(seed)
    (x0, y0), (x1, y1) = PEN
    trees = tree_places(seed)
    groups = [(rng.uniform(x0 + 0.8, x1 - 0.8), rng.uniform(y0 + 0.8, y1 - 0.8)) for _ in range(max(3, state["inside"] // 4))]
    near = {"spread": 0.34, "shade": 0.32, "feeder": 0.27, "huddle": 0.22}[state["manner"]]
    places = []

    def free(x, y):
        if math.hypot(x - spots["coop"][0], y - spots["coop"][1]) < 1.25 or math.hypot(x - spots["feeder"][0], y - spots["feeder"][1]) < 0.34:
            return False
        if any(math.hypot(x - t[0], y - t[1]) < 0.25 for t in trees):
            return False
        return all(math.hypot(x - p[0], y - p[1]) > near for p in places)

    tries = 0
    while len(places) < state["inside"] and tries < 20_000:
        tries += 1
        if state["manner"] == "huddle" and rng.uniform() < 0.93:
            wide = 0.13 * math.sqrt(state["inside"])
            x, y = np.array(spots["huddle"]) + rng.normal(0, wide, 2)
        elif state["manner"] == "feeder" and rng.uniform() < 0.6:
            x, y = np.array(spots["feeder"]) + rng.normal(0, 0.8, 2)
        elif state["manner"] == "shade" and trees and rng.uniform() < 0.75:
            tree = trees[int(rng.integers(len(trees)))]
            x, y = tree[0] + rng.normal(0, 1.0), tree[1] + rng.normal(-0.2, 0.9)
        elif rng.uniform() < 0.7:
            group = groups[int(rng.integers(len(groups)))]
            x, y = np.array(group) + rng.normal(0, 0.8, 2)
        else:
            x, y = rng.uniform(x0, x1), rng.uniform(y0, y1)
        if x0 + 0.4 < x < x1 - 0.4 and y0 + 0.4 < y < y1 - 0.4 and free(x, y):
            places.append((float(x), float(y), True))
    tries = 0
    while sum(not p[2] for p in places) < state["outside"] and tries < 1000:
        tries += 1
        x, y = rng.uniform(x0 - 1.5, x1 + 1.5), rng.uniform(y0 - 0.5, y1 + 3)
        if not (x0 - 0.6 < x < x1 + 0.6 and y0 - 0.6 < y < y1 + 0.6) and free(x, y):
            places.append((float(x), float(y), False))
    return places


def hen(rng, colour):
    """One hen facing north: walking, pecking or sitting; about 0.4 m long."""
    base, dark = (np.array(c) for c in COLOURS[colour])
    base = np.clip(base * rng.uniform(0.85, 1.12), 0, 1)
    shape = structures.Shape()
    pose = rng.choice(["walk", "peck", "sit"], p=[0.45, 0.35, 0.20])
    high = {"walk": 0.25, "peck": 0.24, "sit": 0.12}[str(pose)]
    shape.ellipsoid((0, 0, high), (0.095, 0.165, 0.105), base, 10, 7)
    shape.ellipsoid((0, -0.13, high + 0.06), (0.06, 0.12, 0.07), base * 0.95, 8, 5)
    shape.tube((0, -0.16, high + 0.05), (0, -0.30, high + 0.19), 0.055, dark, 0.03, sides=7)
    head = np.array([0, 0.24, high + 0.17]) if pose != "peck" else np.array([0, 0.27, 0.07])
    if pose == "sit":
        head = np.array([0, 0.17, high + 0.15])
    shape.tube((0, 0.10, high + 0.04), head, 0.055, base * 0.97, 0.03, sides=7)
    shape.ellipsoid(head, (0.033, 0.042, 0.035), base, 7, 5)
    shape.ellipsoid(head + (0, 0.01, 0.04), (0.008, 0.032, 0.022), (0.72, 0.10, 0.08), 6, 4)
    shape.tube(head + (0, 0.03, 0), head + (0, 0.075, -0.008), 0.012, (0.80, 0.62, 0.25), 0.002, sides=5)
    if colour == "speckled":
        for _ in range(18):
            a, b = rng.uniform(0, 6.28), rng.uniform(0.2, 1.2)
            spot = np.array([0.096 * math.cos(a) * math.sin(b), 0.166 * math.sin(a) * math.sin(b), high + 0.106 * math.cos(b)])
            shape.ellipsoid(spot, (0.018, 0.03, 0.014), dark * rng.uniform(0.7, 1.3), 5, 4)
    if pose != "sit":
        for side in (-1, 1):
            shape.tube((side * 0.04, 0, 0), (side * 0.045, 0.01, high - 0.06), 0.011, (0.78, 0.60, 0.25), sides=5)
    placed = structures.Shape()
    return placed.place(shape, (0, 0, 0), 0.0, float(rng.uniform(0.92, 1.12)))


def _bird_shapes(seed, frame):
    """(shape in the world, colour, x, y, inside) of every hen of a frame."""
    birds = []
    for number, (x, y, inside) in enumerate(bird_places(seed, frame)):
        rng = studio.random_for(seed, "flock-hen", frame["name"], number)
        colour = frame["state"]["colours"]
        if colour == "mixed":
            colour = str(rng.choice(["white", "brown", "black", "speckled"], p=[0.25, 0.40, 0.20, 0.15]))
        shape = structures.Shape().place(hen(rng, colour), (x, y, 0.0), float(rng.uniform(0, 6.28)))
        birds.append((shape, colour, x, y, inside))
    return birds


def build(frame, seed):
    """Builds the scene of one frame; returns the light."""
    studio.new_scene(WIDTH, HEIGHT, samples=8)
    studio.mist(*MIST)
    when = datetime.fromisoformat(frame["datetime"]).replace(tzinfo=None)
    light = studio.sun_and_sky(when, LATITUDE, LONGITUDE, frame["state"]["cloud"])
    _build_ground(seed)
    _build_place(seed)
    material = structures.painted("hen", 0.8, 0.1)
    for number, (shape, *_) in enumerate(_bird_shapes(seed, frame)):
        shape.emit(f"hen{number}", material, FIRST_BIRD + number, smooth=True)
    if frame["state"]["farmer"]:
        rng = studio.random_for(seed, "flock-farmer")
        figure = structures.Shape().place(traffic.person(rng), (rng.uniform(-4, 4), rng.uniform(14, 20), 0), rng.uniform(0, 6.28))
        figure.emit("farmer", material, studio.INDEX["person"], smooth=True)
    studio.camera(EYE, LOOK_AT, FOCAL)
    return light


# --- truth ------------------------------------------------------------------------------


def project(points):
    """World points in the raw picture."""
    return studio.project(points, EYE, LOOK_AT, FOCAL, WIDTH, HEIGHT)


def whole_pixels(shape, size):
    """Pixels that a hen would cover with nothing in front of it."""
    from PIL import Image, ImageDraw

    scale = size[0] / WIDTH
    points = project(np.concatenate(shape.verts)) * scale
    picture = Image.new("1", size)
    draw = ImageDraw.Draw(picture)
    for group in shape.quads + shape.tris:
        for face in group:
            draw.polygon([tuple(points[v]) for v in face], fill=1)
    return int(np.asarray(picture).sum())


def pen_outline():
    """The fence's foot in the raw picture, pixels."""
    (x0, y0), (x1, y1) = PEN
    return project([(x0, y0, 0), (x1, y0, 0), (x1, y1, 0), (x0, y1, 0)]).round(1).tolist()


def ground_points():
    """Pixels of the raw picture with their metres."""
    metres = [(-6, 11), (6, 11), (6, 26), (-6, 26), (0, 18)]
    return [{"pixel": p, "metres": list(m)} for p, m in zip(project([(x, y, 0) for x, y in metres]).round(2).tolist(), metres)]


def truth(frame):
    """What the frame holds, without what is seen of it."""
    state = frame["state"]
    return {"haze": 0.02, "wet": False, "rain": False, "weather": "overcast" if state["cloud"] > 0.8 else "clear",
            "penSquareMetres": (PEN[1][0] - PEN[0][0]) * (PEN[1][1] - PEN[0][1])}


def finish(frame, index):
    """The index picture with the hens as one class, and every hen with its box and visibility."""
    birds = []
    for number, (shape, colour, x, y, inside) in enumerate(_bird_shapes(frame["state"]["seed"], frame)):
        ys, xs = np.nonzero(index == FIRST_BIRD + number)
        box = [int(xs.min()), int(ys.min()), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1] if len(xs) else None
        birds.append({
            "colour": colour, "metres": [round(x, 2), round(y, 2)], "inside": inside, "box": box,
            "visiblePixels": len(xs), "wholePixels": whole_pixels(shape, (index.shape[1], index.shape[0])),
        })
    return index, {"birds": birds, "pen": pen_outline(), "ground": ground_points()}
