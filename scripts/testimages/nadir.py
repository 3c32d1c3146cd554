"""Pairs of pictures from a drone that looks straight down: what was built between two flights, and what only looks so.

Each pair is a place of its own. The second flight comes months later, at another hour, from another spot and height:
roofs lean the other way, shadows fall elsewhere, crops have changed, vehicles have gone. A third render of each changed
pair shows the later state from the first spot: from it comes the mask in the frame of the picture before.
"""

import math
from datetime import datetime, timedelta, timezone

import numpy as np

import fields
import sites
import structures
import studio
import traffic
import works
from structures import Shape, painted

CAMERA_ID = "drone"
LATITUDE, LONGITUDE = 28.8, 108.8
FOCAL = 24.0
SIZE = (960, 540)
MIST = (0.0, 300.0)
SAMPLES = 2
INDEX = studio.INDEX
CHINA = timezone(timedelta(hours=8))

PAIRS = (
    # name, what was built ("": nothing), metres aside, metres higher, first flight, second flight, cloud of each
    ("house", "brick building", (0.4, -0.3), 0.2, (2024, 4, 10, 11), (2024, 9, 2, 11), (0.1, 0.1)),
    ("shed", "steel shed", (5.0, 3.0), 3.0, (2024, 3, 3, 10), (2024, 7, 20, 15), (0.9, 0.0)),
    ("extension", "extension", (-4.0, 2.5), -2.0, (2024, 5, 5, 9), (2024, 11, 9, 14), (0.0, 0.6)),
    ("demolition", "demolition", (3.0, -4.0), 1.5, (2024, 6, 1, 12), (2024, 12, 4, 10), (0.2, 0.0)),
    ("parallax", "", (7.0, 5.0), 4.0, (2024, 4, 14, 11), (2024, 4, 20, 11), (0.1, 0.1)),
    ("season", "", (-3.0, 2.0), 1.0, (2024, 5, 1, 9), (2024, 12, 20, 15), (0.0, 0.95)),
)
HEIGHT = 44.0
WORK = {
    "brick building": {"low": (3.0, 2.0), "high": (10.0, 9.0), "floor": 0.0}, "steel shed": {"low": (2.0, 1.0), "high": (9.0, 11.0), "floor": 0.0},
    "extension": {"low": (-8.6, 3.0), "high": (-4.0, 8.6), "floor": 0.0},
}  # fmt: skip


def frames(seed):
    """Three frames a changed pair, two of the others: a before, b after, c after as seen from the first spot."""
    made = []
    for name, built, aside, higher, first, second, cloud in PAIRS:
        for part in "abc" if built else "ab":
            later = part != "a"
            year, month, day, hour = second if later else first
            when = datetime(year, month, day, hour, 12, 7, tzinfo=CHINA)
            spot = (aside[0], aside[1], HEIGHT + higher) if part == "b" else (0.0, 0.0, HEIGHT)
            state = {
                "pair": name, "part": part, "built": built, "later": later, "spot": list(spot), "tilt": 1.2 if part == "b" else 0.4,
                "cloud": cloud[later], "season": "summer" if month in (5, 6, 7, 8, 9) else "winter" if month in (11, 12, 1, 2) else "spring",
            }  # fmt: skip
            made.append({"name": f"{name}-{part}", "together": name, "camera": CAMERA_ID, "datetime": when.isoformat(), "seed": seed, "state": state})
    return made


def truth(frame):
    """What is really there."""
    state = frame["state"]
    return {"pair": state["pair"], "built": state["built"], "later": state["later"], "cloud": state["cloud"], "haze": 0.05}


def _view(state):
    """Straight down but for a degree or so, that up in the picture stays north."""
    x, y, z = state["spot"]
    return {"location": (x, y, z), "look_at": (x, y + z * math.tan(math.radians(state["tilt"])), 0.0), "focal_mm": FOCAL}


def _ground(seed, state):
    """Land, a road, yards and two fields."""
    rng = studio.random_for(seed, "place", state["pair"])
    green = {"spring": (0.38, 0.42, 0.22), "summer": (0.32, 0.42, 0.17), "winter": (0.47, 0.43, 0.28)}[state["season"]]
    land = structures.ground("land", green, tuple(0.85 * v for v in green), 0.0, 0.0, fine=3.0, coarse=0.12)
    concrete = structures.ground("concrete", (0.60, 0.59, 0.55), (0.50, 0.49, 0.45), 0.0, 0.0, fine=9.0, joints=(3.0, 4.0))
    earth = structures.ground("earth", (0.55, 0.46, 0.34), (0.45, 0.37, 0.26), 0.0, 0.0, fine=6.0)
    soil = structures.ground("soil", (0.38, 0.29, 0.20), (0.31, 0.24, 0.17), 0.0, 0.0, fine=10.0)
    structures.slab("land", (-200, -200), (200, 200), -0.02, land, INDEX["ground"])
    structures.slab("road", (-200, -4.0), (200, 0.0), 0.02, concrete, INDEX["road"])
    structures.slab("yard-0", (-18.5, 1.0), (-3.4, 12.4), 0.03, concrete, INDEX["ground"])
    structures.slab("yard-1", (1.0, 0.4), (11.5, 12.4), 0.03, earth, INDEX["ground"])
    low, high = (12.5, 1.5), (28.0, 14.0)
    if state["season"] == "summer":
        fields.rice(low, high, 8 if state["later"] else 0, {"harvest": 24, "plough": 40, "film": 60}, soil, seed)
    else:
        structures.slab("field", low, high, 0.05, soil, INDEX["soil"])
        fields.furrows("furrows", low, high, soil, rng)
        fields.tunnels("film", low, high, 4 if state["season"] == "spring" else 0)
    low, high = (-28.0, -16.0), (-6.0, -6.0)
    structures.slab("beds", low, high, 0.04, soil, INDEX["soil"])
    structures.vegetables("cabbage", low, high, 0.8, 0.9 if not state["later"] else 0.4, studio.random_for(seed, "cabbage"), studio.random_for(seed, "leaves"))
    for k, (low, high, count) in enumerate((((-40, 13), (12, 26), 9000), ((-5, -26), (40, -5), 12000))):
        structures.blades(f"grass-{k}", low, high, count, 0.35, studio.random_for(seed, "grass", k), INDEX["grass"], None, tuple(1.1 * v for v in green))


def _buildings(seed, state):
    """Old houses of the place, and what has been built, added or pulled down."""
    rng = studio.random_for(seed, "houses", state["pair"])
    styles = ("whitetile", "creamtile", "plaster", "oldbrick", "pinktile")
    for k, (x, y) in enumerate(((-17.0, 2.4), (-31.0, 3.0), (-2.0, -15.5), (12.0, -16.0), (-24.0, 15.5), (-8.0, 15.0), (20.0, 17.0), (25.0, -16.0))):
        wide, deep = rng.uniform(7.4, 8.4), rng.uniform(6.0, 8.0)
        roof, storeys = "tile" if rng.random() < 0.55 else "flat", int(rng.integers(1, 4))
        structures.house(f"h{k}", (x, y), (x + wide, y + deep), storeys, styles[int(rng.integers(5))], "+x", studio.random_for(seed, "house", state["pair"], k), roof)
    kind = state["built"]
    if kind == "demolition":
        if not state["later"]:
            structures.house("old", (2.6, 2.0), (9.6, 9.0), 1, "oldbrick", "-x", studio.random_for(seed, "old"), "tile", False, 0.0, 110)
    elif kind and state["later"]:
        stages = [("clearing", 0), ("materials", 0), ("foundation", 1), ("columns", 1), ("walls", 2), ("walls complete", 5), ("roof", 6), ("finished", 7)]
        done = {"id": "w1", "kind": kind, "site": 1, "stages": stages, **WORK[kind]}
        works.raise_all([done], seed, {"t": 30.0, "day": 30, "slot": 0, "weather": {"wet": 0.0}})


def _passing(seed, state):
    """Vehicles, people, drying mats, trees: the trees stay, the rest comes and goes."""
    for k in range(22):
        rng = studio.random_for(seed, "tree", state["pair"], k)
        x, y = rng.uniform(-36, 36), rng.choice([rng.uniform(12.8, 22), rng.uniform(-22, -4.8)])
        bare = k % 3 == 0 and state["season"] == "winter"
        leaf = (0.36, 0.30, 0.16) if bare else np.array((0.22, 0.33, 0.13)) * rng.uniform(0.85, 1.2)
        structures.tree(f"t{k}", (x, y), rng.uniform(3.5, 6.5), rng.uniform(1.4, 2.6), rng, leaf, 260 if bare else 2200, 0.28)
    rng = studio.random_for(seed, "passing", state["pair"], state["later"])
    gloss = painted("gloss", 0.3, 0.08)
    for n in range(int(rng.integers(1, 5))):
        made = traffic.car(rng) if rng.random() < 0.7 else traffic.lorry(rng)
        Shape().place(made, (rng.uniform(-30, 30), rng.uniform(-3.2, -0.8), 0.03), math.pi / 2).emit(f"vehicle-{n}", gloss, sites.VEHICLE_IDS + n)
    if rng.random() < 0.6:
        Shape().place(traffic.drying_mats(rng, 4), (-7.5, 9.6, 0.04)).emit("mats", painted("painted"), INDEX["tarpaulin"])
    for n in range(int(rng.integers(0, 5))):
        made = Shape().place(traffic.person(rng), (rng.uniform(-18, 11), rng.uniform(-4, 1.6), 0.04), rng.uniform(0, 6.28))
        made.emit(f"person-{n}", structures.cloth(), sites.PERSON_IDS + n, smooth=True)


def build(frame, seed):
    """Makes the Blender scene of one frame; nothing of other frames is needed."""
    state = frame["state"]
    studio.new_scene(960, 540, 1 if state["part"] == "c" else SAMPLES)
    studio.mist(*MIST)
    studio.camera(**_view(state))
    light = studio.sun_and_sky(datetime.fromisoformat(frame["datetime"]), LATITUDE, LONGITUDE, state["cloud"])
    _ground(seed, state)
    _buildings(seed, state)
    _passing(seed, state)
    return light


finish = sites.finish
