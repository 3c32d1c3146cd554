"""Riverside plots in the season of floods: one camera on a pole looks over a river at the far bank.

A house grows from its pit on r1 and a wall rises around a yard on r2, both without permit. On r3 a shed that is
permitted for a time stays past its end; on r4 an extension reaches beyond its permit. The river rises and falls
over the gravel of r7 where a lorry fetches sand; rice is cut, ploughed under and covered on r6; on r5 a wedding
tent, drying grain, washing and a heap of straw come and go: all there to be taken for works wrongly.

The scene looks north along +y. `frames` gives the plan, `build` makes the Blender scene of one frame alone,
`truth` and `scene_truth` say what is really there.
"""

import math
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

CAMERA_ID = "cam_river"
LATITUDE, LONGITUDE = 28.8, 108.8
START = datetime(2024, 7, 8, tzinfo=timezone(timedelta(hours=8)))
DAYS, HOURS = 40, (8, 16)
SIZE = (1280, 720)
VIEW = {"location": (0.0, -8.0, 16.0), "look_at": (0.0, 35.0, 0.0), "focal_mm": 26.0}
MIST = (0.0, 300.0)
BRIGHTER = 1.3
SAMPLES = 2
INDEX = studio.INDEX

PLOTS = {
    "r1": {"low": (-31.0, 38.5), "high": (-20.0, 49.0), "height": 4.6},
    "r2": {"low": (-18.0, 38.5), "high": (-6.6, 48.4), "height": 3.0},
    "r3": {"low": (-4.0, 38.5), "high": (5.6, 49.0), "height": 5.0},
    "r4": {"low": (8.6, 38.5), "high": (24.4, 49.0), "height": 7.0},
    "r5": {"low": (-17.0, 9.6), "high": (-5.0, 17.0), "height": 2.6},
    "r6": {"low": (3.5, 9.6), "high": (15.5, 17.2), "height": 0.8},
    "r7": {"low": (-14.0, 29.6), "high": (12.0, 35.6), "height": 0.6, "floor": -1.4},
}

WORKS = [
    {
        "id": "w1", "plot": "r1", "kind": "frame building", "permitted": False, "site": 1, "floor": 0.0, "spot": (-20.6, 46.0), "height": 3.4,
        "low": (-29.4, 40.2), "high": (-23.6, 47.4), "stages": [("clearing", 4), ("pit", 6), ("foundation", 10), ("columns", 15), ("roof", 21), ("infill", 26)],
    },
    {
        "id": "w2", "plot": "r2", "kind": "boundary wall", "permitted": False, "site": 2, "floor": 0.0, "spot": (-11.2, 41.4), "gate": ("s", -14.2, -11.4, 0.0, 4.0),
        "low": (-17.2, 39.2), "high": (-7.4, 47.6), "stages": [("foundation", 12), ("walls", 14), ("walls complete", 22)],
    },
    {
        "id": "w3", "plot": "r3", "kind": "steel shed", "permitted": False, "site": 3, "floor": 0.0, "height": 3.0,
        "low": (-2.8, 40.2), "high": (3.6, 47.4), "stages": [("clearing", 5), ("columns", 7), ("walls", 8), ("roof", 10)],
        "permit": {"number": "临建字第2024-006号", "from": "2024-07-01", "until": "2024-07-31", "exceeds": "time"},
    },
    {
        "id": "w4", "plot": "r4", "kind": "extension", "permitted": False, "site": 4, "floor": 0.0, "spot": (21.0, 39.8), "style": "block",
        "low": (17.2, 40.6), "high": (23.6, 46.6), "stages": [("materials", 8), ("foundation", 10), ("walls", 13), ("walls complete", 20), ("roof", 24), ("finished", 31)],
        "permit": {"number": "乡字第2024-031号", "from": "2024-06-15", "until": "2025-06-14", "low": (17.0, 40.4), "high": (20.0, 46.8), "height": 3.6, "exceeds": "area"},
    },
]  # fmt: skip

TENT_DAYS, LORRY_DAYS, STRAW_DAYS = (26, 27, 28), range(30, 34), range(9, 40)
FIELD = {"harvest": 13, "plough": 19, "film": 30}
CREST = 16
FLOOD_DAYS = range(14, 21)
WATER_LOW, WATER_HIGH = -2.55, -0.75


def level(t):
    """Height of the river's surface (metres), the fields being at 0."""
    flood = math.exp(-(((t - CREST) / (1.6 if t < CREST else 3.2)) ** 2))
    return WATER_LOW + (WATER_HIGH - WATER_LOW) * flood + 0.12 * math.sin(t / 2.3)


def weather(seed, day, slot):
    """As everywhere, with rain before the crest of the flood."""
    if CREST - 2 <= day <= CREST:
        return {"cloud": 0.95, "haze": 0.3, "wet": 1.0, "rain": slot == 0, "kind": "rain" if slot == 0 else "after rain"}
    return sites.weather(f"{seed}-river", day, slot)


def plan(seed):
    """The works of a seed."""
    return works.moved(WORKS, seed)


def frames(seed):
    """The frames: name, date and time, and everything that differs between them."""

    def extras(rng, day, slot, sky):
        dry, tent = sky["wet"] == 0, day in TENT_DAYS
        return {
            "people": int(rng.integers(0, 6)), "tent": tent, "laundry": bool(dry and not tent and rng.random() < 0.6),
            "mats": int(rng.integers(2, 6)) if dry and not tent and rng.random() < 0.6 else 0, "straw": day in STRAW_DAYS and not tent,
            "lorry": day in LORRY_DAYS, "flood": day in FLOOD_DAYS, "vehicles": int(rng.integers(0, 3)),
        }  # fmt: skip

    return works.plan_frames(sys.modules[__name__], seed, works.daily, extras)


def truth(frame):
    """What is really there in a frame, apart from what only the rendered passes can tell."""
    state = frame["state"]
    passing = [name for name in ("tent", "lorry", "laundry", "mats", "straw", "flood") if state[name]]
    return {**works.frame_truth(frame, plan(frame["seed"]), None, passing), "waterLevel": round(level(state["t"]), 2)}


def scene_truth(seed):
    """What does not change between frames: camera, plots, works with their stages and dates."""
    passing = {
        "tent": ("r5", TENT_DAYS), "straw": ("r5", STRAW_DAYS), "lorry": ("r7", LORRY_DAYS), "flood": ("r7", FLOOD_DAYS), "harvest": ("r6", FIELD.values()),
    }  # fmt: skip
    return works.scene_truth(sys.modules[__name__], seed, plan(seed), None, passing)


# ---------------------------------------------------------------------------------------
# The place


def _river(seed, state):
    """The valley across the picture: banks, bed, gravel, water at its level."""
    t, wet = state["t"], state["weather"]["wet"]
    gravel = structures.ground("gravel", (0.58, 0.55, 0.49), (0.44, 0.42, 0.38), wet, 0.0, fine=9.0, coarse=0.25)
    bank = structures.ground("bank", (0.36, 0.40, 0.20), (0.45, 0.40, 0.27), wet * 0.6, 0.0, fine=5.0, coarse=0.2)
    rng = studio.random_for(seed, "valley")
    profile = ((17.4, 0.0), (18.6, -0.9), (20.6, -3.0), (24.0, -3.6), (28.0, -3.1), (30.0, -2.3), (33.0, -1.5), (35.4, -0.9), (36.0, 0.0))
    x = np.linspace(-120, 120, 161)
    for name, rows, kind in (("near-bank", profile[:3], bank), ("bed", profile[2:8], gravel), ("far-bank", profile[7:], structures.masonry("stone", (0.50, 0.47, 0.42), (0.42, 0.40, 0.36), (0.34, 0.32, 0.29), 0.7, 0.45, 0.03, 0.3, 0.9, wet))):
        fine = [(y0 + (y1 - y0) * k / 4, z0 + (z1 - z0) * k / 4) for (y0, z0), (y1, z1) in zip(rows[:-1], rows[1:]) for k in range(4)] + [rows[-1]]
        points = np.zeros((len(x), len(fine), 3))
        points[..., 0] = x[:, None]
        points[..., 1] = np.array([p[0] for p in fine])[None, :]
        points[..., 2] = np.array([p[1] for p in fine])[None, :]
        points[:, 1:-1, 2] += rng.uniform(-0.08, 0.08, (len(x), len(fine) - 2)) + 0.18 * np.sin(x / 6.0)[:, None]
        Shape().grid(points, (0.5, 0.5, 0.5)).emit(name, kind, INDEX["ground"])
    brown = min(1.0, max(0.0, (level(t) - WATER_LOW) / 0.9))
    colour = (1 - brown) * np.array((0.20, 0.30, 0.25)) + brown * np.array((0.48, 0.38, 0.26))
    structures.slab("river", (-120, 17.0), (120, 36.2), level(t), studio.water("water", colour), INDEX["water"], 0.05)
    structures.blades("reeds", (-60, 17.2), (60, 18.8), 5000, 0.8, studio.random_for(seed, "reeds"), INDEX["grass"], None, (0.34, 0.46, 0.18))


def _ground(seed, state):
    """Both banks, roads, yards, the bridge."""
    t, wet = state["t"], state["weather"]["wet"]
    puddles = 0.45 if wet > 0.8 else 0.2 if wet > 0.4 else 0.0
    land = structures.ground("land", (0.40, 0.41, 0.23), (0.31, 0.37, 0.16), wet * 0.7, 0.0, fine=3.0, coarse=0.12)
    earth = structures.ground("earth", (0.55, 0.46, 0.34), (0.45, 0.37, 0.26), wet, puddles, fine=6.0)
    concrete = structures.ground("concrete", (0.60, 0.59, 0.55), (0.50, 0.49, 0.45), wet, puddles * 0.6, fine=9.0, joints=(3.0, 4.0))
    road = structures.ground("road", (0.52, 0.51, 0.48), (0.43, 0.42, 0.40), wet, puddles, fine=11.0, joints=(3.5, 5.0))
    soil = structures.ground("soil", (0.38, 0.29, 0.20), (0.31, 0.24, 0.17), wet, 0.0, fine=10.0)
    structures.slab("near", (-320, -60), (320, 17.4), -0.02, land, INDEX["ground"])
    house = plan(seed)[0]
    hole = tuple((house[k][0] + s * 0.5, house[k][1] + s * 0.5) for k, s in (("low", -1), ("high", 1)))
    now = works.progress(house, t)
    works.pit_ground("far", ((-320, 36.0), (320, 480)), hole, -0.03, land, INDEX["ground"], not now["pit"])
    works.pit_ground("yard-r1", ((-31.2, 38.4), (-19.6, 49.6)), hole, 0.03, earth if now["cleared"] else land, INDEX["soil" if now["cleared"] else "ground"], not now["pit"])
    structures.slab("river-road", (-140, 36.1), (140, 38.2), 0.02, road, INDEX["road"])
    structures.slab("yard-r2", (-18.4, 38.4), (-6.2, 52.0), 0.03, earth, INDEX["ground"])
    cleared = works.progress(plan(seed)[2], t)["cleared"]
    structures.slab("yard-r3", (-4.2, 38.4), (5.8, 49.4), 0.03 if cleared else 0.0, soil if cleared else land, INDEX["soil" if cleared else "ground"])
    structures.slab("yard-r4", (8.4, 38.4), (24.8, 49.6), 0.03, concrete, INDEX["ground"])
    structures.slab("yard-r5", (-17.4, 9.2), (-4.6, 17.2), 0.03, concrete, INDEX["ground"])
    structures.slab("lane", (-3.2, -20), (1.2, 17.3), 0.03, road, INDEX["road"])
    fields.rice(PLOTS["r6"]["low"], PLOTS["r6"]["high"], t, FIELD, soil, seed)
    bridge = Shape().box((26.0, 16.0, -0.1), (29.2, 37.0, 0.5), (0.62, 0.61, 0.58))
    for x in (26.0, 29.05):
        for y in np.arange(16.0, 37.1, 1.5):
            bridge.box((x, y, 0.5), (x + 0.15, y + 0.15, 1.35), (0.72, 0.71, 0.68))
        bridge.box((x, 16.0, 1.25), (x + 0.15, 37.0, 1.4), (0.74, 0.73, 0.70))
    for y in (20.5, 26.5, 32.0):
        bridge.box((26.3, y, -4.0), (28.9, y + 0.9, -0.1), (0.52, 0.51, 0.49))
    bridge.emit("bridge", painted("painted", wet=wet * 0.5), INDEX["road"])


def _houses(seed, wet):
    """Houses on both banks, village and hamlet behind."""
    fixed = [
        ("r2", (-16.0, 48.8), (-8.4, 56.0), 2, "creamtile", "+x", "tile"), ("r4", (9.4, 40.6), (17.0, 47.6), 2, "whitetile", "-x", "tile"),
        ("n1", (-27.0, 8.0), (-18.4, 16.6), 2, "pinktile", "+x", "flat"), ("n2", (20.5, 6.0), (30.0, 15.4), 2, "plaster", "-x", "tile"),
    ]  # fmt: skip
    styles = ["whitetile", "creamtile", "pinktile", "plaster", "oldbrick"]
    rng = studio.random_for(seed, "village")
    for k, (x, y) in enumerate(((-52, 42), (-42, 54), (-30, 58), (-2, 57), (10, 56), (22, 55), (35, 44), (48, 50), (-20, 74), (0, 76), (18, 72), (38, 68), (-44, 78), (58, 72))):
        wide, deep = rng.uniform(7.5, 10), rng.uniform(7, 10)
        x, y = x + rng.uniform(-1.5, 1.5), y + rng.uniform(0, 3)
        fixed.append((f"far{k}", (x, y), (x + wide, y + deep), int(rng.integers(1, 4)), styles[int(rng.integers(5))], "+x" if x < 0 else "-x", "tile" if rng.random() < 0.6 else "flat"))
    for name, low, high, storeys, style, front, roof in fixed:
        structures.house(name, low, high, storeys, style, front, studio.random_for(seed, "house", name), roof, False, wet)


def _green(seed, state):
    """Trees on the banks and among the houses, grass, weeds where building begins."""
    t = state["t"]
    near = [(-34, 14), (32, 17.5), (17.6, 16.0), (-33, 46), (6.8, 48.6), (25.6, 47.5), (-5.0, 51), (34, 40), (-19.2, 52), (7, 64), (-27, 70), (31, 60), (-36, 38.6), (40, 39)]
    for k, spot in enumerate(near):
        rng = studio.random_for(seed, "tree", k)
        structures.tree(f"t{k}", spot, rng.uniform(4.5, 8.5), rng.uniform(1.8, 3.4), rng, np.array((0.22, 0.34, 0.13)) * rng.uniform(0.85, 1.2), 3000, 0.3)
    for k in range(60):
        rng = studio.random_for(seed, "far-tree", k)
        structures.tree(f"far{k}", (rng.uniform(-110, 110), rng.uniform(84, 170)), rng.uniform(6, 10), rng.uniform(3, 5), rng, (0.20, 0.30, 0.12), 900, 0.7)
    for k, (low, high, count, height) in enumerate((
        ((-60, 4), (-28, 17.4), 5000, 0.4), ((16, 9), (60, 17.4), 6000, 0.4), ((1.4, 7), (3.4, 17.4), 900, 0.3), ((-60, 49.6), (60, 56), 9000, 0.4),
        ((-60, 38.4), (-31.4, 49.6), 5000, 0.5), ((25, 38.4), (60, 49.6), 5000, 0.45), ((-19.5, 38.5), (-18.5, 52), 700, 0.3), ((5.9, 38.5), (8.3, 49.5), 1500, 0.35),
    )):  # fmt: skip
        structures.blades(f"grass-{k}", low, high, count, height, studio.random_for(seed, "grass", k), INDEX["grass"])
    for work, name in ((plan(seed)[0], "r1"), (plan(seed)[2], "r3")):
        low, high = PLOTS[name]["low"], PLOTS[name]["high"]
        edge = (lambda x, y: (x < low[0] + 0.9) | (y > high[1] - 0.9)) if works.progress(work, t)["cleared"] else None
        structures.blades(f"wild-{name}", low, high, 14000, 0.55 * (0.9 + 0.008 * t), studio.random_for(seed, "wild", name), INDEX["grass"], edge, (0.35, 0.46, 0.17))


def _passing(seed, state):
    """Tent, drying mats, washing, straw, the lorry on the gravel, people and vehicles."""
    t = state["t"]
    paint = painted("painted", wet=state["weather"]["wet"] * 0.5)
    rng = studio.random_for(seed, "transients", state["day"], state["slot"])
    if state["tent"]:
        Shape().place(traffic.wedding_tent(8.4, 5.2), (-11.0, 13.2, 0.03)).emit("tent", structures.cloth(), INDEX["tarpaulin"])
    if state["mats"]:
        Shape().place(traffic.drying_mats(rng, state["mats"]), (-15.6, 10.6, 0.035)).emit("mats", paint, INDEX["tarpaulin"])
    if state["laundry"]:
        Shape().place(traffic.laundry(rng, 4.6), (-6.0, 11.2, 0.03)).emit("laundry", structures.cloth(), INDEX["furniture"])
    if state["straw"]:
        straw, fixed = Shape(), studio.random_for(seed, "straw")
        for k in range(min(4, 1 + int((t - STRAW_DAYS[0]) / 3))):
            structures.heap(straw, (-9.6 + 1.9 * (k % 2), 13.0 + 1.9 * (k // 2)), 1.1, 1.6, (0.70, 0.60, 0.36), fixed)
        straw.emit("straw", painted("heaps", 0.95, 0.12), INDEX["furniture"])
    if state["lorry"]:
        with studio.raised(-1.65):
            Shape().place(traffic.lorry(studio.random_for(seed, "lorry"), load=False), (-3.0, 33.2, 0.03), 1.4).emit("lorry", paint, sites.VEHICLE_IDS)
    gloss = painted("gloss", 0.3, 0.08)
    for n in range(state["vehicles"]):
        made = traffic.car(rng) if rng.random() < 0.5 else traffic.tricycle(rng)
        Shape().place(made, (rng.uniform(-34, 34), 37.1 + rng.uniform(-0.3, 0.3), 0.03), math.pi / 2).emit(f"vehicle-{n}", gloss, sites.VEHICLE_IDS + 1 + n)
    zones = [((-2.6, 8.0), (0.6, 17.0)), ((-30, 36.4), (24, 38.0)), ((-16.5, 10.0), (-6.0, 16.5)), ((9.0, 38.8), (16.0, 40.2))]
    building = [w for w in plan(seed) if 0 <= t - w["stages"][0][1] < 22]
    count = 0
    for n in range(state["people"] + (len(building) if state["weather"]["wet"] < 0.8 else 0)):
        worker = n >= state["people"]
        if worker:
            low, high = building[n - state["people"]]["low"], building[n - state["people"]]["high"]
            x, y = rng.uniform(low[0], high[0]), low[1] - rng.uniform(0.5, 1.4)
        else:
            low, high = zones[int(rng.integers(len(zones)))]
            x, y = rng.uniform(low[0], high[0]), rng.uniform(low[1], high[1])
        made = Shape().place(traffic.person(rng, "worker" if worker else None), (x, y, 0.03), rng.uniform(0, 6.28))
        made.emit(f"person-{count}", structures.cloth(), sites.PERSON_IDS + count, smooth=True)
        count += 1


def build(frame, seed):
    """Makes the Blender scene of one frame; nothing of other frames is needed."""
    state = frame["state"]
    light = works.begin(sys.modules[__name__], frame)
    _ground(seed, state)
    _river(seed, state)
    structures.hills()
    _houses(seed, state["weather"]["wet"])
    _green(seed, state)
    works.raise_all(plan(seed), seed, state)
    _passing(seed, state)
    return light


finish = sites.finish
