"""The hillside hamlet: one camera on a pole looks up at houses on terraces, in autumn.

A house gets a second storey (v2), a yard a brick wall (v4), a steel shed goes up (v5): all
without permit. An old house is pulled down (v6). A rice field turns yellow, is cut, ploughed
and covered with film (v1); straw heaps grow (v3); a pile lies under a tarpaulin, then a lorry
stands for four days (v7): all there to be taken for works wrongly.

The scene looks north along +y, up the slope.  `frames` gives the plan, `build` makes the
Blender scene of one frame alone, `truth` and `scene_truth` say what is really there.
"""

import sys
from datetime import datetime, timedelta, timezone

import numpy as np

import fields
import sites
import structures
import studio
import traffic
import works
from structures import Shape, painted

CAMERA_ID = "cam_hamlet"
LATITUDE, LONGITUDE = 28.8, 108.8
START = datetime(2024, 9, 10, tzinfo=timezone(timedelta(hours=8)))
DAYS = 32
SIZE = (1280, 720)
VIEW = {"location": (0.0, -6.0, 17.0), "look_at": (0.0, 40.0, 4.0), "focal_mm": 24.0}
MIST = (0.0, 300.0)
BRIGHTER = 1.35
SAMPLES = 4
INDEX = studio.INDEX

TERRACES = ((-30.0, 25.0, 0.0), (25.0, 38.0, 2.5), (38.0, 54.0, 5.0), (54.0, 84.0, 8.0))
"""First and last north coordinate of each level piece of ground, and its height."""

PLOTS = {
    "v1": {"low": (-15.0, 11.0), "high": (-2.5, 23.0), "height": 0.8, "floor": 0.0},
    "v2": {"low": (3.6, 14.6), "high": (12.4, 22.4), "height": 7.2, "floor": 0.0},
    "v3": {"low": (-26.0, 26.5), "high": (-15.5, 36.5), "height": 5.0, "floor": 2.5},
    "v4": {"low": (12.6, 26.6), "high": (24.0, 36.0), "height": 3.0, "floor": 2.5},
    "v5": {"low": (-2.6, 40.4), "high": (5.6, 49.6), "height": 5.0, "floor": 5.0},
    "v6": {"low": (-28.4, 39.6), "high": (-17.6, 48.6), "height": 5.5, "floor": 5.0},
    "v7": {"low": (0.6, 55.6), "high": (11.0, 67.0), "height": 5.5, "floor": 8.0},
}

WORKS = [
    {
        "id": "w2", "plot": "v2", "kind": "second storey", "permitted": False, "site": 2, "floor": 3.62,
        "low": (4.4, 15.4), "high": (11.6, 21.6), "spot": (3.0, 13.4), "spot_floor": 0.0,
        "stages": [("materials", 4), ("walls", 7), ("walls complete", 13), ("roof", 16), ("finished", 22)],
    },
    {
        "id": "w4", "plot": "v4", "kind": "boundary wall", "permitted": False, "site": 4, "floor": 2.5,
        "low": (13.4, 27.2), "high": (23.2, 35.2), "spot": (18.5, 28.6), "gate": ("w", 29.6, 32.4, 0.0, 4.0),
        "stages": [("foundation", 9), ("walls", 11), ("walls complete", 17)],
    },
    {
        "id": "w5", "plot": "v5", "kind": "steel shed", "permitted": False, "site": 5, "floor": 5.0,
        "low": (-1.6, 41.4), "high": (4.6, 48.4),
        "stages": [("clearing", 12), ("columns", 14), ("walls", 15), ("roof", 17)],
    },
]  # fmt: skip

DEMOLITION = {"plot": "v6", "stages": [("roof off", 8), ("walls half", 10), ("rubble", 12), ("cleared", 18)]}
TARPAULIN_DAYS, LORRY_DAYS = range(6, 13), range(18, 22)
FIELD = {"harvest": 12, "plough": 20, "film": 26}
STRAW = 13


HOURS = (9, 15)
weather = sites.weather


def frames(seed):
    """The frames, one or two a day: name, date and time, and everything that differs between them."""

    def extras(rng, day, slot, sky):
        return {
            "people": int(rng.integers(0, 5)), "laundry": bool(sky["wet"] == 0 and rng.random() < 0.6),
            "mats": int(rng.integers(1, 4)) if sky["wet"] == 0 and rng.random() < 0.5 else 0,
            "tarpaulin": day in TARPAULIN_DAYS, "lorry": day in LORRY_DAYS,
        }  # fmt: skip

    return works.plan_frames(sys.modules[__name__], seed, lambda day: (0, 1) if day % 2 == 0 else (0,), extras)


def truth(frame):
    """What is really there in a frame, apart from what only the rendered passes can tell."""
    state = frame["state"]
    return works.frame_truth(frame, WORKS, DEMOLITION, [name for name in ("tarpaulin", "lorry", "laundry", "mats") if state[name]])


def scene_truth(seed):
    """What does not change between frames: camera, plots, works with their stages and dates."""
    passing = {
        "tarpaulin": ("v7", TARPAULIN_DAYS), "lorry": ("v7", LORRY_DAYS), "straw": ("v3", (STRAW,)), "harvest": ("v1", FIELD.values()),
    }  # fmt: skip
    return works.scene_truth(sys.modules[__name__], seed, WORKS, DEMOLITION, passing)


# ---------------------------------------------------------------------------------------
# The hamlet


def _ground(seed, state):
    """Terraces with stone banks, yards, a path and the field."""
    wet = state["weather"]["wet"]
    land = structures.ground("land", (0.40, 0.39, 0.24), (0.32, 0.36, 0.17), wet * 0.7, 0.0, fine=3.0, coarse=0.12)
    earth = structures.ground("earth", (0.55, 0.46, 0.34), (0.45, 0.37, 0.26), wet, 0.3 if wet > 0.8 else 0.0, fine=6.0)
    concrete = structures.ground("concrete", (0.60, 0.59, 0.55), (0.50, 0.49, 0.45), wet, 0.25 if wet > 0.8 else 0.0, fine=9.0, joints=(3.0, 4.0))
    stone = structures.masonry("stone", (0.50, 0.47, 0.42), (0.42, 0.40, 0.36), (0.34, 0.32, 0.29), 0.7, 0.45, 0.03, 0.3, 0.9, wet)
    soil = structures.ground("soil", (0.38, 0.29, 0.20), (0.31, 0.24, 0.17), wet, 0.0, fine=10.0)
    for k, (y0, y1, z) in enumerate(TERRACES):
        structures.slab(f"terrace-{k}", (-320, y0), (320, y1 if k < 3 else 420), z - 0.04, land, INDEX["ground"], 0.5)
        if k:
            below = TERRACES[k - 1][2]
            Shape().box((-320, y0 - 0.5, below - 0.2), (320, y0 + 0.05, z - 0.02), (0.5, 0.5, 0.5)).emit(f"bank-{k}", stone, INDEX["ground"])
    structures.slab("path", (-1.6, -30), (1.2, 25), 0.0, concrete, INDEX["road"])
    structures.slab("yard-v2", (2.6, 12.6), (14.5, 24.4), 0.02, concrete, INDEX["ground"])
    for name, low, high, z, kind in (
        ("yard-v3", (-26.5, 25.6), (-13.0, 37.4), 2.52, earth), ("yard-b", (-12.6, 25.6), (-2.0, 37.4), 2.52, concrete),
        ("yard-v4", (12.0, 25.6), (24.6, 37.4), 2.52, earth), ("yard-v6", (-29.0, 38.8), (-17.0, 52.0), 5.02, earth),
        ("yard-c", (8.0, 38.8), (20.0, 52.0), 5.02, concrete), ("yard-v7", (0.2, 54.8), (11.6, 68.0), 8.02, concrete),
    ):  # fmt: skip
        structures.slab(name, low, high, z, kind, INDEX["ground"])
    cleared = works.progress(WORKS[2], state["t"])["cleared"]
    structures.slab("yard-v5", (-2.8, 40.0), (5.8, 50.0), 5.03 if cleared else 4.97, soil if cleared else land, INDEX["soil"] if cleared else INDEX["ground"])
    fields.rice(PLOTS["v1"]["low"], PLOTS["v1"]["high"], state["t"], FIELD, soil, seed)


def _houses(seed, state):
    """The houses that are there, the one that is pulled down among them."""
    wet = state["weather"]["wet"]
    plan = [
        ("v2", (4.0, 15.0), (12.0, 22.0), 0.0, 1, "plaster", "-x", "flat"), ("b0", (-24.0, 8.0), (-16.5, 19.0), 0.0, 2, "whitetile", "+x", "tile"),
        ("e0", (23.0, 8.0), (32.0, 16.0), 0.0, 2, "creamtile", "-x", "tile"), ("v3", (-25.4, 31.0), (-18.0, 36.6), 2.5, 1, "oldbrick", "+x", "tile"),
        ("b1", (-11.6, 29.0), (-3.4, 36.4), 2.5, 2, "whitetile", "+x", "tile"), ("v4", (15.0, 30.4), (22.0, 34.4), 2.5, 1, "plaster", "-x", "tile"),
        ("c2", (9.4, 42.0), (18.6, 50.0), 5.0, 2, "creamtile", "-x", "flat"), ("a2", (-13.0, 43.0), (-5.0, 50.0), 5.0, 2, "plaster", "+x", "tile"),
        ("f2", (25.0, 41.0), (34.0, 49.0), 5.0, 2, "pinktile", "-x", "tile"), ("v7", (3.0, 60.4), (10.4, 66.4), 8.0, 1, "oldbrick", "-x", "tile"),
        ("b3", (-11.0, 58.0), (-2.0, 66.0), 8.0, 2, "plaster", "+x", "tile"), ("a3", (-27.0, 57.0), (-18.0, 65.0), 8.0, 2, "whitetile", "+x", "flat"),
        ("f3", (27.0, 58.0), (37.0, 66.0), 8.0, 1, "oldbrick", "-x", "tile"),
    ]  # fmt: skip
    for name, low, high, z, storeys, style, front, roof in plan:
        with studio.raised(z):
            structures.house(name, low, high, storeys, style, front, studio.random_for(seed, "house", name), roof, False, wet)
    works.demolish("v6", DEMOLITION, (-26.6, 42.0), (-19.0, 47.8), 5.0, seed, state)


def _green(seed, state):
    """Trees between the houses, grass on the terraces, weeds where the shed will stand."""
    t = state["t"]
    for k in range(46):
        rng = studio.random_for(seed, "tree", k)
        level = int(rng.integers(0, 4))
        y0, y1, z = TERRACES[level]
        x, y = rng.uniform(-42, 42), rng.uniform(max(y0, 8) + 1, y1 - 1)
        clear = any(p["low"][0] - 2.5 < x < p["high"][0] + 2.5 and p["low"][1] - 6 < y < p["high"][1] + 2 for p in PLOTS.values())
        if clear or (abs(x) < 34 and level < 3 and rng.random() < 0.35) or (abs(x) < 3 and y < 25):
            continue
        leaf = np.array((0.24, 0.33, 0.13)) * rng.uniform(0.8, 1.25)
        with studio.raised(z):
            structures.tree(f"t{k}", (x, y), rng.uniform(3.5, 8.0), rng.uniform(1.6, 3.4), rng, leaf, 2400, 0.3)
    for k in range(70):
        rng = studio.random_for(seed, "far-tree", k)
        with studio.raised(8.0):
            structures.tree(f"far{k}", (rng.uniform(-90, 90), rng.uniform(70, 140)), rng.uniform(6, 10), rng.uniform(3, 5), rng, (0.20, 0.29, 0.12), 900, 0.7)
    for k, (low, high, z, count, height) in enumerate((
        ((-14, 23.3), (-2.4, 24.8), 0, 1500, 0.3), ((-34, 20.0), (-16, 24.8), 0, 3000, 0.35), ((14.8, 19.6), (34, 24.8), 0, 3000, 0.35),
        ((-2.0, 26.0), (11.6, 37.0), 2.5, 7000, 0.35), ((-40, 26.0), (-27, 37.0), 2.5, 3000, 0.4), ((25, 26.0), (40, 37.0), 2.5, 3000, 0.4),
        ((-4.0, 50.4), (8.0, 53.4), 5.0, 2500, 0.4), ((-16.8, 38.6), (-13.4, 53), 5.0, 1500, 0.4), ((20.4, 38.6), (25, 53), 5.0, 1500, 0.4),
        ((-40, 55), (7.6, 57.5), 8.0, 5000, 0.5), ((-2, 57), (0, 80), 8.0, 2000, 0.5), ((12, 55), (40, 80), 8.0, 8000, 0.5),
    )):  # fmt: skip
        with studio.raised(z):
            structures.blades(f"grass-{k}", low, high, count, height, studio.random_for(seed, "grass", k), INDEX["grass"])
    if works.progress(WORKS[2], t)["cleared"]:
        keep = lambda x, y: (x < -2.3) | (x > 5.4) | (y > 49.4)
    else:
        keep = None
    with studio.raised(5.0):
        structures.blades("wild-v5", (-2.8, 40.2), (5.8, 50.0), 14000, 0.6, studio.random_for(seed, "wild"), INDEX["grass"], keep, (0.36, 0.44, 0.17))


# ---------------------------------------------------------------------------------------
# What passes


def _transients(seed, state):
    """Straw, the tarpaulin, the lorry, washing and mats."""
    t = state["t"]
    paint = painted("painted", wet=state["weather"]["wet"] * 0.5)
    rng = studio.random_for(seed, "transients", state["day"], state["slot"])
    if t >= STRAW:
        straw, fixed = Shape(), studio.random_for(seed, "straw")
        for k in range(min(5, 1 + int((t - STRAW) / 2))):
            structures.heap(straw, (-23.6 + 1.9 * (k % 3), 27.6 + 1.8 * (k // 3)), 1.1, 1.7, (0.70, 0.60, 0.36), fixed)
        with studio.raised(2.5):
            straw.emit("straw", painted("heaps", 0.95, 0.12), INDEX["furniture"])
    if state["tarpaulin"]:
        pile, fixed = Shape(), studio.random_for(seed, "pile")
        structures.heap(pile, (4.4, 57.6), 1.5, 1.2, (0.16, 0.34, 0.62), fixed)
        with studio.raised(8.0):
            pile.emit("tarpaulin", structures.cloth(), INDEX["tarpaulin"])
    if state["lorry"]:
        with studio.raised(8.0):
            Shape().place(traffic.lorry(studio.random_for(seed, "lorry")), (6.0, 57.8, 0.03), 1.45).emit("lorry", paint, sites.VEHICLE_IDS)
    if state["laundry"]:
        with studio.raised(2.5):
            Shape().place(traffic.laundry(rng, 3.6), (-14.4, 27.6, 0.03)).emit("laundry", structures.cloth(), INDEX["furniture"])
    if state["mats"]:
        with studio.raised(0.0):
            Shape().place(traffic.drying_mats(rng, state["mats"]), (6.6, 12.9, 0.05)).emit("mats", paint, INDEX["tarpaulin"])
    zones = ((1.4, 8, 24, 0.0), (-12.5, 26, 28, 2.5), (24.2, 26, 36, 2.5), (-4.4, 39, 52, 5.0), (8.2, 39, 52, 5.0), (22.0, 55, 66, 8.0))
    for n in range(state["people"]):
        x, y0, y1, z = zones[int(rng.integers(len(zones)))]
        made = Shape().place(traffic.person(rng), (x + rng.uniform(-0.6, 0.6), rng.uniform(y0, y1), z + 0.03), rng.uniform(0, 6.28))
        made.emit(f"person-{n}", structures.cloth(), sites.PERSON_IDS + n, smooth=True)


def build(frame, seed):
    """Makes the Blender scene of one frame; nothing of other frames is needed."""
    state = frame["state"]
    light = works.begin(sys.modules[__name__], frame)
    _ground(seed, state)
    structures.hills()
    _houses(seed, state)
    _green(seed, state)
    works.raise_all(WORKS, seed, state)
    _transients(seed, state)
    return light


finish = sites.finish
