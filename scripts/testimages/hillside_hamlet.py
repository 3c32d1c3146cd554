"""The hillside hamlet: one camera on a pole looks up at houses on terraces, in autumn.

A house gets a second storey (v2), a yard a brick wall (v4), a steel shed goes up (v5): all
without permit. An old house is pulled down (v6). A rice field turns yellow, is cut, ploughed
and covered with film (v1); straw heaps grow (v3); a pile lies under a tarpaulin, then a lorry
stands for four days (v7): all there to be taken for works wrongly.

The scene looks north along +y, up the slope.  `frames` gives the plan, `build` makes the
Blender scene of one frame alone, `truth` and `scene_truth` say what is really there.
"""

import math
from datetime import datetime, timedelta, timezone

import numpy as np

import sites
import structures
import studio
import traffic
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
        "low": (4.4, 15.4), "high": (11.6, 21.6),
        "stages": [("materials", 4), ("walls", 7), ("walls complete", 13), ("roof", 16), ("finished", 22)],
    },
    {
        "id": "w4", "plot": "v4", "kind": "boundary wall", "permitted": False, "site": 4, "floor": 2.5,
        "low": (13.4, 27.2), "high": (23.2, 35.2),
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
HARVEST, PLOUGH, FILM, STRAW = 12, 20, 26, 13


def frames(seed):
    """The frames, one or two a day: name, date and time, and everything that differs between them."""
    made = []
    for day in range(DAYS):
        for slot in (0, 1) if day % 2 == 0 else (0,):
            rng = studio.random_for(seed, "clock", day, slot)
            when = START + timedelta(days=day, hours=9 if slot == 0 else 15, minutes=20 + int(rng.integers(-9, 10)), seconds=int(rng.integers(60)))
            sky = sites.weather(seed, day, slot)
            state = {
                "day": day, "slot": slot, "t": day + 0.5 * slot, "weather": sky,
                "people": int(rng.integers(0, 5)), "laundry": bool(sky["wet"] == 0 and rng.random() < 0.6),
                "mats": int(rng.integers(1, 4)) if sky["wet"] == 0 and rng.random() < 0.5 else 0,
                "tarpaulin": day in TARPAULIN_DAYS, "lorry": day in LORRY_DAYS,
            }  # fmt: skip
            made.append({"name": f"{2 * day + slot:03d}", "camera": CAMERA_ID, "datetime": when.isoformat(), "state": state})
    return made


def built(work, t):
    """What of a work stands at time t, in the words of `structures`."""
    at = dict(work["stages"])
    if work["kind"] == "steel shed":
        return {
            "cleared": t >= at["clearing"], "columns": t >= at["columns"], "roof": t >= at["roof"],
            "wall": min(1.0, max(0.0, (t - at["walls"] + 0.5) / 2.0)), "materials": at["clearing"] + 1 <= t < at["roof"],
        }  # fmt: skip
    wall = (t - at["walls"] + 0.8) / (at["walls complete"] - at["walls"] + 0.8)
    wall = min(1.0, max(0.0, wall)) if t >= at["walls"] else 0.0
    roof, finished = at.get("roof", math.inf), at.get("finished", math.inf)
    return {
        "materials": at.get("materials", at["walls"] - 3) <= t < min(finished, at["walls complete"] + 4), "amount": min(1.0, max(0.2, 1.15 - wall)),
        "foundation": t >= at.get("foundation", at["walls"]), "wall": wall, "formwork": roof - 2 <= t < roof, "roof": t >= roof,
        "finished": t >= finished, "scaffold": False, "style": "brick",
    }  # fmt: skip


def truth(frame):
    """What is really there in a frame, apart from what only the rendered passes can tell."""
    state = frame["state"]
    works = [
        {"id": w["id"], "plot": w["plot"], "stage": sites.stage_of(w, state["t"]), "permitted": w["permitted"], "progress": built(w, state["t"])}
        for w in WORKS
        if sites.stage_of(w, state["t"]) is not None
    ]
    sky = state["weather"]
    return {
        "weather": sky["kind"], "cloud": sky["cloud"], "haze": sky["haze"], "wet": sky["wet"], "rain": sky["rain"], "dim": False,
        "day": state["day"], "works": works, "demolition": sites.stage_of(DEMOLITION, state["t"]),
        "transients": [name for name in ("tarpaulin", "lorry", "laundry", "mats") if state[name]],
    }  # fmt: skip


def scene_truth(seed):
    """What does not change between frames: camera, plots, works with their stages and dates."""

    def date(day):
        return (START + timedelta(days=day)).date().isoformat()

    def pixels(low, high, z):
        return [[round(float(v), 1) for v in p] for p in studio.project([(x, y, z) for x, y in sites.corners(low, high)], width=SIZE[0], height=SIZE[1], **VIEW)]

    works = [
        {
            "id": w["id"], "plot": w["plot"], "kind": w["kind"], "permitted": w["permitted"], "indexBase": 100 + 10 * w["site"],
            "footprint": pixels(w["low"], w["high"], w["floor"]),
            "stages": [{"stage": name, "day": day, "date": date(day)} for name, day in w["stages"]],
            "firstVisibleWall": date(dict(w["stages"])["walls"]),
        }
        for w in WORKS
    ]  # fmt: skip
    focal = VIEW["focal_mm"] / studio.SENSOR_WIDTH_MM * SIZE[0]
    return {
        "camera": {
            "id": CAMERA_ID, "size": list(SIZE), "rawSize": [960, 540], "latitude": LATITUDE, "longitude": LONGITUDE,
            "location": list(VIEW["location"]), "lookAt": list(VIEW["look_at"]), "focalPixels": round(focal, 2),
            "axes": "metres; x east, y north, z up", "mist": {"start": MIST[0], "depth": MIST[1]},
        },
        "seed": seed,
        "plots": [
            {
                "id": name, "polygon": sites.outline(plot, VIEW, SIZE), "volumeHeight": plot["height"],
                "ground": pixels(plot["low"], plot["high"], plot["floor"]),
            }
            for name, plot in PLOTS.items()
        ],
        "works": works,
        "demolition": {"plot": "v6", "stages": [{"stage": n, "date": date(d)} for n, d in DEMOLITION["stages"]]},
        "transients": {
            "tarpaulin": {"plot": "v7", "dates": [date(d) for d in TARPAULIN_DAYS]}, "lorry": {"plot": "v7", "dates": [date(d) for d in LORRY_DAYS]},
            "straw": {"plot": "v3", "dates": [date(STRAW)]}, "harvest": {"plot": "v1", "dates": [date(d) for d in (HARVEST, PLOUGH, FILM)]},
        },
    }  # fmt: skip


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
    cleared = built(WORKS[2], state["t"])["cleared"]
    structures.slab("yard-v5", (-2.8, 40.0), (5.8, 50.0), 5.03 if cleared else 4.97, soil if cleared else land, INDEX["soil"] if cleared else INDEX["ground"])
    _field(seed, state, soil)


def _field(seed, state, soil):
    """Rice that ripens, stubble, ploughed earth, then rows under film."""
    low, high = PLOTS["v1"]["low"], PLOTS["v1"]["high"]
    t = state["t"]
    structures.slab("field", low, high, 0.05, soil, INDEX["soil"])
    rng = studio.random_for(seed, "rice")
    ripe = min(1.0, max(0.0, (t + 4) / 14))
    color = tuple((1 - ripe) * np.array((0.42, 0.50, 0.16)) + ripe * np.array((0.66, 0.55, 0.24)))
    if t < HARVEST:
        structures.blades("rice", low, high, 30000, 0.75, rng, INDEX["crop_leaf"], None, color)
    elif t < PLOUGH:
        structures.blades("stubble", low, high, 16000, 0.14, rng, INDEX["ground"], None, (0.62, 0.54, 0.32))
    else:
        rows = Shape()
        x, y = np.linspace(low[0], high[0], 30), np.linspace(low[1], high[1], 80)
        points = np.zeros((30, 80, 3))
        points[..., 0], points[..., 1] = x[:, None], y[None, :]
        points[..., 2] = 0.12 + 0.08 * np.cos((y - low[1]) / 0.9 * 2 * math.pi)[None, :] + rng.uniform(-0.03, 0.03, (30, 80))
        rows.grid(points, (0.5, 0.5, 0.5)).emit("furrows", soil, INDEX["soil"])
    if t >= FILM:
        film = Shape()
        for row in np.arange(low[1] + 1.0, high[1] - 1.0, 1.8)[: int(2 + 2 * (t - FILM))]:
            turn = np.linspace(0, math.pi, 9)
            points = np.zeros((9, 14, 3))
            points[..., 0] = np.linspace(low[0] + 0.5, high[0] - 0.5, 14)[None, :]
            points[..., 1] = row + 0.55 * np.cos(turn)[:, None]
            points[..., 2] = 0.1 + 0.5 * np.sin(turn)[:, None]
            film.grid(points[::-1], (0.82, 0.84, 0.85))
        film.emit("film", structures.cloth(), INDEX["tarpaulin"])


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
    _demolished(seed, state)


def _demolished(seed, state):
    """The old house of v6: whole, without roof, half down, a heap of rubble, gone."""
    t, wet = state["t"], state["weather"]["wet"]
    low, high = (-26.6, 42.0), (-19.0, 47.8)
    stage = sites.stage_of(DEMOLITION, t)
    rng = studio.random_for(seed, "demolition")
    with studio.raised(5.0):
        if stage is None:
            structures.house("v6", low, high, 1, "oldbrick", "+x", studio.random_for(seed, "house", "v6"), "tile", False, wet)
            return
        if stage == "cleared":
            return
        walls = Shape()
        height = {"roof off": 3.3, "walls half": 1.7, "rubble": 0.45}[stage]
        structures.courses(walls, low, high, height, [("s", -24.0, -22.6, 0.9, 2.2)], rng, ragged=10)
        walls.emit("v6-walls", structures.wall_material("oldbrick", wet), INDEX["building"])
        rubble = Shape()
        for _ in range({"roof off": 5, "walls half": 14, "rubble": 26}[stage]):
            spot = (rng.uniform(low[0], high[0]), rng.uniform(low[1] - 1.0, high[1]))
            structures.heap(rubble, spot, rng.uniform(0.6, 1.4), rng.uniform(0.3, 0.9), rng.uniform(0.9, 1.1) * np.array((0.52, 0.40, 0.33)), rng)
        rubble.emit("v6-rubble", painted("heaps", 0.95, 0.12, wet), INDEX["material_pile"])


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
    if built(WORKS[2], t)["cleared"]:
        keep = lambda x, y: (x < -2.3) | (x > 5.4) | (y > 49.4)
    else:
        keep = None
    with studio.raised(5.0):
        structures.blades("wild-v5", (-2.8, 40.2), (5.8, 50.0), 14000, 0.6, studio.random_for(seed, "wild"), INDEX["grass"], keep, (0.36, 0.44, 0.17))


# ---------------------------------------------------------------------------------------
# Works and what passes


def _works(seed, state):
    """The works as far as they have come."""
    t, wet = state["t"], state["weather"]["wet"]
    for work, spot in zip(WORKS, ((3.0, 13.4), (18.5, 28.6), None)):
        now = built(work, t)
        rng = studio.random_for(seed, "work", work["id"], state["day"], state["slot"])
        fixed = studio.random_for(seed, "work", work["id"])
        index = 100 + 10 * work["site"]
        if now["materials"] and spot:
            with studio.raised(0.0 if work["plot"] == "v2" else 2.5):
                structures.materials(work["id"], spot, now["amount"], fixed, wet, index)
        with studio.raised(work["floor"]):
            if work["kind"] == "steel shed":
                structures.steel_shed(work["id"], work["low"], work["high"], now, rng, wet, index)
            elif work["kind"] == "boundary wall":
                _wall(work, now, rng, wet, index)
            else:
                structures.brick_building(work["id"], work["low"], work["high"], now, rng, wet, index, 2.9)


def _wall(work, now, rng, wet, index):
    """A brick wall around a yard with a gateway, two metres high in the end."""
    if now["foundation"]:
        strip = Shape()
        for (x0, y0), (x1, y1) in zip(sites.corners(work["low"], work["high"]), sites.corners(work["low"], work["high"])[1:] + [work["low"]]):
            strip.box((min(x0, x1) - 0.25, min(y0, y1) - 0.25, 0.0), (max(x0, x1) + 0.25, max(y0, y1) + 0.25, 0.12), (0.6, 0.6, 0.6))
        strip.emit(work["id"] + "-strip", structures.wall_material("concrete", wet), index + 1)
    if now["wall"] > 0:
        walls = Shape()
        structures.courses(walls, work["low"], work["high"], max(0.3, 2.0 * now["wall"]), [("w", 29.6, 32.4, 0.0, 4.0)], rng, ragged=4 if now["wall"] < 1 else 0)
        raised = Shape().place(walls, (0, 0, 0.12))
        raised.emit(work["id"] + "-walls", structures.wall_material("brick", wet), index + 2)


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
    studio.new_scene(960, 540, SAMPLES)
    studio.mist(*MIST)
    studio.camera(**VIEW)
    light = studio.sun_and_sky(datetime.fromisoformat(frame["datetime"]), LATITUDE, LONGITUDE, state["weather"]["cloud"])
    light["exposure"] *= BRIGHTER
    studio.expose(light["exposure"])
    _ground(seed, state)
    structures.hills()
    _houses(seed, state)
    _green(seed, state)
    _works(seed, state)
    _transients(seed, state)
    return light


finish = sites.finish
