"""The edge of a town in winter, seen from a high pole that looks east: low sun, long shadows, snow for four days.

A brick building goes up on open land (t1) and a blue shed on a flat roof (t6), both without permit; a second
storey (t5) and a concrete frame (t8) are permitted; an old house is pulled down (t4). Lorries stand for days on
t3, with straw, a tarpaulin and later a wedding tent; film tunnels are laid over the beds of t2, which is ploughed
before; a house is only scaffolded and painted (t7): all there to be taken for works wrongly.

The scene looks along +y, which is east here. `frames` gives the plan, `build` makes the Blender scene of one frame
alone, `truth` and `scene_truth` say what is really there.
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

CAMERA_ID = "cam_town"
LATITUDE, LONGITUDE = 28.8, 108.8
START = datetime(2024, 12, 2, tzinfo=timezone(timedelta(hours=8)))
DAYS, HOURS = 40, (9, 15)
HEADING = 90.0
SIZE = (1280, 720)
VIEW = {"location": (0.0, -10.0, 24.0), "look_at": (0.0, 37.0, 0.0), "focal_mm": 25.0}
MIST = (0.0, 300.0)
BRIGHTER = 1.25
SAMPLES = 2
INDEX = studio.INDEX

PLOTS = {
    "t1": {"low": (-25.0, 13.5), "high": (-13.0, 26.5), "height": 4.2},
    "t2": {"low": (-10.0, 13.0), "high": (2.0, 26.5), "height": 0.7},
    "t3": {"low": (6.5, 13.0), "high": (19.5, 26.5), "height": 3.2},
    "t4": {"low": (-35.0, 38.0), "high": (-23.0, 49.5), "height": 6.0},
    "t5": {"low": (-18.6, 38.4), "high": (-7.0, 49.0), "height": 7.4},
    "t6": {"low": (5.4, 38.4), "high": (16.6, 49.0), "height": 10.4},
    "t7": {"low": (20.0, 38.4), "high": (31.6, 49.0), "height": 8.6},
    "t8": {"low": (-36.0, 58.0), "high": (-23.0, 70.0), "height": 4.6},
}

WORKS = [
    {
        "id": "w1", "plot": "t1", "kind": "brick building", "permitted": False, "site": 1, "floor": 0.0, "spot": (-17.2, 15.6), "scaffold": True,
        "low": (-23.4, 16.0), "high": (-17.8, 22.6), "stages": [("materials", 5), ("foundation", 8), ("walls", 11), ("walls complete", 20), ("roof", 23), ("finished", 32)],
    },
    {
        "id": "w5", "plot": "t5", "kind": "second storey", "permitted": True, "site": 5, "floor": 3.62, "spot": (-10.0, 38.6), "spot_floor": 0.0, "style": "block",
        "low": (-17.6, 40.4), "high": (-9.4, 48.2), "stages": [("materials", 7), ("walls", 10), ("walls complete", 18), ("roof", 21), ("finished", 28)],
        "permit": {"number": "乡字第2024-044号", "from": "2024-11-20", "until": "2025-11-19"},
    },
    {
        "id": "w6", "plot": "t6", "kind": "rooftop shed", "permitted": False, "site": 6, "floor": 6.95, "height": 2.3,
        "low": (7.2, 41.0), "high": (14.6, 47.6), "stages": [("columns", 13), ("walls", 14), ("roof", 16)],
    },
    {
        "id": "w8", "plot": "t8", "kind": "frame building", "permitted": True, "site": 8, "floor": 0.0, "spot": (-24.6, 60.0), "height": 3.6,
        "low": (-34.2, 60.0), "high": (-27.4, 67.4), "stages": [("clearing", 6), ("pit", 8), ("foundation", 12), ("columns", 18), ("roof", 25), ("infill", 30)],
        "permit": {"number": "乡字第2024-038号", "from": "2024-10-08", "until": "2025-10-07"},
    },
]  # fmt: skip

DEMOLITION = {"plot": "t4", "stages": [("roof off", 14), ("walls half", 16), ("rubble", 18), ("cleared", 26)]}
TENT_DAYS, LORRY_DAYS, SCAFFOLD_DAYS = (31, 32, 33), (*range(6, 11), *range(19, 23)), range(9, 30)
TARPAULIN_DAYS, STRAW_DAYS = range(12, 18), range(0, 30)
SNOW = {24: 0.55, 25: 1.0, 26: 0.75, 27: 0.4}
PLOUGH, FILM = 9, 16


def weather(seed, day, slot):
    """As everywhere, but that it snows instead of raining on the snow days."""
    if day in SNOW:
        falls = day == 25 and slot == 0
        return {"cloud": 0.95 if SNOW[day] > 0.5 else 0.2, "haze": 0.45 if falls else 0.2, "wet": 0.3, "rain": False, "kind": "snow"}
    return sites.weather(f"{seed}-town", day, slot)


def plan(seed):
    """The works of a seed."""
    return works.moved(WORKS, seed)


def frames(seed):
    """The frames: name, date and time, and everything that differs between them."""

    def extras(rng, day, slot, sky):
        dry = sky["wet"] == 0
        return {
            "people": int(rng.integers(0, 8)), "vehicles": int(rng.integers(1, 6)), "tent": day in TENT_DAYS, "snow": SNOW.get(day, 0.0),
            "laundry": bool(dry and rng.random() < 0.6), "mats": int(rng.integers(1, 4)) if dry and day not in TENT_DAYS and rng.random() < 0.4 else 0,
            "lorry": day in LORRY_DAYS, "tarpaulin": day in TARPAULIN_DAYS, "straw": day in STRAW_DAYS, "scaffold": day in SCAFFOLD_DAYS,
        }  # fmt: skip

    return works.plan_frames(sys.modules[__name__], seed, works.daily, extras)


def truth(frame):
    """What is really there in a frame, apart from what only the rendered passes can tell."""
    state = frame["state"]
    passing = [name for name in ("tent", "lorry", "laundry", "mats", "tarpaulin", "straw", "scaffold", "snow") if state[name]]
    return works.frame_truth(frame, plan(frame["seed"]), DEMOLITION, passing)


def scene_truth(seed):
    """What does not change between frames: camera, plots, works with their stages and dates."""
    passing = {
        "tent": ("t3", TENT_DAYS), "lorry": ("t3", LORRY_DAYS), "tarpaulin": ("t3", TARPAULIN_DAYS), "straw": ("t3", STRAW_DAYS),
        "scaffold": ("t7", SCAFFOLD_DAYS), "field": ("t2", (PLOUGH, FILM)), "snow": (None, SNOW),
    }  # fmt: skip
    return works.scene_truth(sys.modules[__name__], seed, plan(seed), DEMOLITION, passing)


# ---------------------------------------------------------------------------------------
# The place


def _ground(seed, state):
    """Open land, the ring road and the street into the town, yards and beds."""
    t, wet = state["t"], state["weather"]["wet"]
    puddles = 0.45 if wet > 0.8 else 0.2 if wet > 0.4 else 0.0
    land = structures.ground("land", (0.45, 0.42, 0.27), (0.36, 0.37, 0.20), wet * 0.7, 0.0, fine=3.0, coarse=0.12)
    earth = structures.ground("earth", (0.55, 0.46, 0.34), (0.45, 0.37, 0.26), wet, puddles, fine=6.0)
    concrete = structures.ground("concrete", (0.60, 0.59, 0.55), (0.50, 0.49, 0.45), wet, puddles * 0.6, fine=9.0, joints=(3.0, 4.0))
    road = structures.ground("road", (0.40, 0.40, 0.40), (0.33, 0.33, 0.34), wet, puddles, fine=11.0)
    paving = structures.masonry("paving", (0.60, 0.50, 0.46), (0.54, 0.47, 0.43), (0.40, 0.37, 0.33), 0.4, 0.2, 0.02, 0.25, 0.85, wet)
    soil = structures.ground("soil", (0.38, 0.29, 0.20), (0.31, 0.24, 0.17), wet, 0.0, fine=10.0)
    frame = plan(seed)[3]
    hole = tuple((frame[k][0] + s * 0.5, frame[k][1] + s * 0.5) for k, s in (("low", -1), ("high", 1)))
    now = works.progress(frame, t)
    works.pit_ground("land", ((-320, -60), (320, 480)), hole, -0.04, land, INDEX["ground"], not now["pit"])
    works.pit_ground("yard-t8", ((-37.0, 57.4), (-22.0, 71.0)), hole, 0.02, earth, INDEX["ground"], not now["pit"])
    structures.slab("ring-road", (-160, 29.0), (160, 35.6), 0.0, road, INDEX["road"])
    structures.slab("street", (-3.2, 35.6), (3.2, 150), 0.0, road, INDEX["road"])
    for k, (low, high) in enumerate((((-160, 28.0), (160, 29.0)), ((-160, 35.6), (-3.2, 36.8)), ((3.2, 35.6), (160, 36.8)), ((-4.4, 36.8), (-3.2, 150)), ((3.2, 36.8), (4.4, 150)))):
        structures.slab(f"pavement-{k}", low, high, 0.12, paving, INDEX["road"])
    lines = Shape()
    for x in np.arange(-80, 80, 6.0):
        lines.box((x, 32.2, -0.1), (x + 3.0, 32.36, 0.012), (0.85, 0.85, 0.82))
    for k in range(6):
        lines.box((-2.9 + k, 36.9, -0.1), (-2.4 + k, 39.4, 0.012), (0.85, 0.85, 0.82))
    lines.emit("lines", painted("painted", wet=wet * 0.5), INDEX["road"])
    structures.slab("yard-t1", (-25.4, 13.0), (-12.4, 27.0), 0.02, earth, INDEX["ground"])
    structures.slab("yard-t3", (6.0, 12.4), (20.0, 27.2), 0.03, concrete, INDEX["ground"])
    for name, low, high in (("t4", (-36, 37), (-22.4, 50.4)), ("t5", (-19.4, 37), (-5.0, 50)), ("t6", (4.6, 37), (17.6, 50)), ("t7", (19, 37), (33, 50))):
        structures.slab("yard-" + name, low, high, 0.03, earth if name == "t4" else concrete, INDEX["ground"])
    structures.slab("beds", *(PLOTS["t2"][k] for k in ("low", "high")), 0.05, soil, INDEX["soil"])
    if t < PLOUGH:
        rows = (PLOTS["t2"]["low"], PLOTS["t2"]["high"])
        structures.vegetables("cabbage", *rows, 0.75, 1.0 - 0.09 * t, studio.random_for(seed, "cabbage"), studio.random_for(seed, "leaves"))
    else:
        fields.furrows("furrows", PLOTS["t2"]["low"], PLOTS["t2"]["high"], soil, studio.random_for(seed, "furrows"))
    if t >= FILM:
        fields.tunnels("film", PLOTS["t2"]["low"], PLOTS["t2"]["high"], 1 + 1.5 * (t - FILM))


def _houses(seed, state):
    """The houses of the first row, the town behind, the scaffolded one and the one that goes."""
    t, wet = state["t"], state["weather"]["wet"]
    fixed = [
        ("t5", (-18.0, 40.0), (-9.0, 48.6), 1, "plaster", "+x", "flat"), ("t6", (6.4, 40.2), (15.4, 48.4), 2, "whitetile", "-x", "bare"),
        ("t7", (21.4, 40.2), (30.2, 48.4), 2, "creamtile" if t >= SCAFFOLD_DAYS[-1] else "plaster", "-x", "tile"),
    ]  # fmt: skip
    styles = ["whitetile", "creamtile", "pinktile", "plaster", "whitetile"]
    rng = studio.random_for(seed, "town")
    for row, y in enumerate((56.0, 74.0, 92.0, 112.0)):
        for k, x in enumerate(np.arange(-78, 76, 12.5)):
            if abs(x + 4.5) < 9 or (row == 0 and -50 < x < -21):
                continue
            wide, deep, tall = rng.uniform(8.0, 11.0), rng.uniform(8, 11), int(rng.integers(2, 6 if row > 0 else 4))
            low = (x + rng.uniform(-0.6, 0.6), y + rng.uniform(0, 3))
            fixed.append((f"town{row}-{k}", low, (low[0] + wide, low[1] + deep), tall, styles[int(rng.integers(5))], "+x" if x < 0 else "-x", "flat" if rng.random() < 0.7 else "tile"))
    for k, (x, y) in enumerate(((-52, 40), (37, 40), (51, 41), (-66, 41))):
        fixed.append((f"side{k}", (x, y), (x + 9.4, y + 9), 2 + k % 2, styles[k], "+x", "tile"))
    for name, low, high, storeys, style, front, roof in fixed:
        rng = studio.random_for(seed, "house", name)
        if roof == "bare":  # a roof without clutter, on which there is room for a shed
            structures.house(name, low, high, storeys, style, front, rng, "none", False, wet)
            cover = Shape()
            structures.flat_roof(cover, low, high, 3.3 * storeys + 0.3, rng, clutter=False)
            cover.emit(name + "-roof", painted("painted", wet=wet * 0.5), INDEX["building"])
        else:
            structures.house(name, low, high, storeys, style, front, rng, roof, False, wet)
    works.demolish("t4", DEMOLITION, (-33.6, 40.4), (-25.0, 47.0), 0.0, seed, state)
    if state["scaffold"]:
        poles = Shape()
        structures.scaffold(poles, (21.4, 40.2), (30.2, 48.4), 6.6, studio.random_for(seed, "scaffold"))
        poles.emit("scaffold", painted("heaps", 0.95, 0.12, wet), INDEX["furniture"])


def _green(seed, state):
    """Street trees, many of them bare in winter, evergreens, dry grass."""
    spots = [(-5.6, 52.5), (5.6, 52.5), (-5.6, 66), (5.6, 66), (-5.6, 82), (5.6, 82), (18.4, 36.6), (-20.6, 36.6), (-38, 37), (34, 36.5), (46, 36.6), (-50, 36.6), (-28, 24), (24, 24), (4.2, 20), (34, 53)]
    for k, spot in enumerate(spots):
        rng = studio.random_for(seed, "tree", k)
        bare = k % 3 == 2
        leaf = (0.34, 0.28, 0.15) if bare else np.array((0.21, 0.31, 0.14)) * rng.uniform(0.85, 1.15)
        structures.tree(f"t{k}", spot, rng.uniform(4.5, 7.0), rng.uniform(1.6, 2.6), rng, leaf, 260 if bare else 2600, 0.26)
    for k, (low, high, count, height) in enumerate((
        ((-70, 6), (-26, 27.6), 9000, 0.4), ((-12.3, 8), (-10.2, 27.6), 1000, 0.3), ((2.2, 8), (5.8, 27.6), 1800, 0.3), ((20.4, 8), (70, 27.6), 9000, 0.4),
        ((-22.2, 38), (-19.6, 56), 900, 0.3), ((-40, 51), (-20, 57), 2500, 0.4),
    )):  # fmt: skip
        structures.blades(f"grass-{k}", low, high, count, height, studio.random_for(seed, "grass", k), INDEX["grass"], None, (0.46, 0.45, 0.22))
    for work, low, high in ((plan(seed)[0], (-25.2, 13.2), (-12.6, 26.8)), (plan(seed)[3], (-36.8, 57.6), (-22.2, 70.8))):
        begun = state["t"] >= work["stages"][0][1]
        (x0, y0), (x1, y1) = work["low"], work["high"]
        keep = (lambda x, y, a=x0, b=y0, c=x1, d=y1: (x < a - 0.8) | (y > d + 1.5)) if begun else None
        structures.blades(f"wild-{work['id']}", low, high, 9000, 0.4, studio.random_for(seed, "wild", work["id"]), INDEX["grass"], keep, (0.44, 0.44, 0.20))


def _passing(seed, state):
    """Tent, lorries, tarpaulin, straw, mats, washing, people and traffic."""
    paint = painted("painted", wet=state["weather"]["wet"] * 0.5)
    gloss = painted("gloss", 0.3, 0.08)
    rng = studio.random_for(seed, "transients", state["day"], state["slot"])
    if state["tent"]:
        Shape().place(traffic.wedding_tent(8.4, 6.4), (13.0, 21.6, 0.03)).emit("tent", structures.cloth(), INDEX["tarpaulin"])
    if state["lorry"]:
        for k, (x, turn) in enumerate(((9.0, 0.06), (12.4, -0.04))[: 1 + (state["day"] > 12)]):
            Shape().place(traffic.lorry(studio.random_for(seed, "lorry", k)), (x, 22.4, 0.03), turn).emit(f"lorry-{k}", paint, sites.VEHICLE_IDS + k)
    if state["tarpaulin"]:
        pile = Shape()
        structures.heap(pile, (16.6, 17.4), 1.8, 1.3, (0.16, 0.34, 0.62), studio.random_for(seed, "pile"))
        pile.emit("tarpaulin", structures.cloth(), INDEX["tarpaulin"])
    if state["straw"]:
        straw, fixed = Shape(), studio.random_for(seed, "straw")
        for k in range(3):
            structures.heap(straw, (8.2 + 2.0 * k, 15.0), 1.2, 1.8, (0.66, 0.57, 0.36), fixed)
        straw.emit("straw", painted("heaps", 0.95, 0.12), INDEX["furniture"])
    if state["mats"]:
        Shape().place(traffic.drying_mats(rng, state["mats"]), (13.6, 14.0, 0.035)).emit("mats", paint, INDEX["tarpaulin"])
    if state["laundry"]:
        for k, x in enumerate((-7.6, 18.4)):
            Shape().place(traffic.laundry(rng, 4.2), (x, 40.0 if k == 0 else 20.5, 0.03)).emit(f"laundry-{k}", structures.cloth(), INDEX["furniture"])
    for n in range(state["vehicles"]):
        kind = rng.random()
        made = traffic.car(rng) if kind < 0.6 else traffic.lorry(rng) if kind < 0.75 else traffic.tricycle(rng)
        right = rng.random() < 0.5
        Shape().place(made, (rng.uniform(-45, 45), 30.6 if right else 34.0, 0.0), math.pi / 2 if right else -math.pi / 2).emit(f"vehicle-{n}", gloss, sites.VEHICLE_IDS + 4 + n)
    building = [w for w in plan(seed) if w["floor"] < 1 and 0 <= state["t"] - w["stages"][0][1] < 24]
    zones = [((-60, 35.8), (60, 36.6)), ((-60, 28.1), (60, 28.9)), ((-4.2, 38), (-3.4, 70)), ((-9.0, 13.4), (1.0, 26.0)), ((7.0, 13.4), (19.0, 16.0))]
    for n in range(state["people"] + (len(building) if state["weather"]["kind"] not in ("rain", "snow") else 0)):
        worker = n >= state["people"]
        low, high = zones[int(rng.integers(len(zones)))]
        x, y = rng.uniform(low[0], high[0]), rng.uniform(low[1], high[1])
        if worker:
            low, high = (building[n - state["people"]][k] for k in ("low", "high"))
            x, y = rng.uniform(low[0], high[0]), low[1] - rng.uniform(0.6, 1.5)
        made = Shape().place(traffic.person(rng, "worker" if worker else None), (x, y, 0.1), rng.uniform(0, 6.28))
        made.emit(f"person-{n}", structures.cloth(), sites.PERSON_IDS + n, smooth=True)


def build(frame, seed):
    """Makes the Blender scene of one frame; nothing of other frames is needed."""
    state = frame["state"]
    light = works.begin(sys.modules[__name__], frame, 0.75 if state["snow"] else 1.0)
    _ground(seed, state)
    structures.hills()
    _houses(seed, state)
    _green(seed, state)
    works.raise_all(plan(seed), seed, state)
    _passing(seed, state)
    studio.snow(state["snow"])
    return light


finish = sites.finish
