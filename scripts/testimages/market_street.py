"""The market street: one fixed camera over a small township street for forty days.

Two unauthorized works go up (a brick building on b2, a blue steel shed on b5) beside a
permitted extension (b3); a wedding tent, a lorry, washing, drying mats, banners, market
days, people, traffic, rain and low light are there to be taken for works wrongly.

The scene looks north along +y from a pole at the origin.  `frames` gives the plan,
`build` makes the Blender scene of one frame alone, `truth` and `scene_truth` say what is
really there.
"""

import math
from datetime import datetime, timedelta, timezone

import numpy as np

import sites
import structures
import studio
import traffic
from structures import Shape, painted

CAMERA_ID = "cam_market"
LATITUDE, LONGITUDE = 30.2, 104.5
START = datetime(2024, 5, 1, tzinfo=timezone(timedelta(hours=8)))
DAYS = 40
SIZE = (1280, 720)
VIEW = {"location": (0.0, 0.0, 7.5), "look_at": (0.0, 22.0, 0.0), "focal_mm": 20.0}
MIST = (0.0, 300.0)
BRIGHTER = 1.45
SAMPLES = 4  # denoised, not to be told from 8 at this size, and half the time
INDEX = studio.INDEX

# Plot: ground rectangle and the height of the volume whose outline is the plot's polygon.
PLOTS = {
    "b1": {"low": (-13.0, 15.5), "high": (-7.8, 21.0), "height": 6.0},
    "b2": {"low": (7.0, 15.0), "high": (13.4, 21.0), "height": 6.0},
    "b3": {"low": (-9.7, 24.6), "high": (-5.0, 32.0), "height": 6.0},
    "b4": {"low": (-7.6, 10.0), "high": (-4.6, 16.6), "height": 1.6},
    "b5": {"low": (4.7, 24.4), "high": (8.8, 34.0), "height": 6.0},
    "b6": {"low": (4.8, 10.0), "high": (9.4, 13.4), "height": 0.6, "crop": "vegetables"},
}

WORKS = [
    {
        "id": "w2", "plot": "b2", "kind": "brick building", "permitted": False, "site": 2,
        "low": (8.2, 15.7), "high": (13.0, 20.5),
        "stages": [("materials", 8), ("foundation", 11), ("walls", 14), ("walls complete", 24), ("roof", 27), ("finished", 34)],
    },
    {
        "id": "w3", "plot": "b3", "kind": "extension", "permitted": True, "site": 3,
        "permit": {"number": "XCJS-2024-0017", "from": "2024-04-22", "to": "2025-04-21"},
        "low": (-9.4, 25.2), "high": (-5.4, 31.5),
        "stages": [("materials", 5), ("foundation", 6), ("walls", 9), ("walls complete", 16), ("roof", 20), ("finished", 27)],
    },
    {
        "id": "w5", "plot": "b5", "kind": "steel shed", "permitted": False, "site": 5,
        "low": (5.1, 25.0), "high": (8.5, 33.2),
        "stages": [("clearing", 17), ("columns", 19), ("walls", 20), ("roof", 22)],
    },
]  # fmt: skip

WEDDING_DAYS = (12, 13)
LORRY_FRAMES = ((5, 0), (6, 1))
BANNER_DAYS = range(5)
DUSK = (10, 1)
DAWN = (29, 0)
FOG = (16, 0)


# ---------------------------------------------------------------------------------------
# Plan


def weather(seed, day, slot):
    """Cloud, wetness, rain, haze and a name for one half day."""
    made = sites.weather(seed, day, slot)
    if (day, slot) == FOG:
        made = {"cloud": 0.95, "haze": 0.9, "wet": 0.3, "rain": False, "kind": "fog"}
    if (day, slot) == DUSK:
        made = {"cloud": 0.3, "haze": 0.2, "wet": 0.0, "rain": False, "kind": "dusk"}
    if (day, slot) == DAWN:
        made = {"cloud": 0.95, "haze": 0.35, "wet": 0.2, "rain": False, "kind": "dawn"}
    return made


def frames(seed):
    """The eighty frames: name, date and time, and everything that differs between them."""
    made = []
    for day in range(DAYS):
        for slot in (0, 1):
            rng = studio.random_for(seed, "clock", day, slot)
            minute = rng.integers(-9, 10)
            when = START + timedelta(days=day, hours=9 if slot == 0 else 15, minutes=30 + int(minute), seconds=int(rng.integers(60)))
            if (day, slot) == DUSK:
                when = when.replace(hour=19, minute=47)
            if (day, slot) == DAWN:
                when = when.replace(hour=6, minute=19)
            sky = weather(seed, day, slot)
            dim = (day, slot) in (DUSK, DAWN)
            market = day % 5 == 2
            dry = sky["wet"] == 0 and not dim
            crowd = (rng.integers(24, 34) if slot == 0 else rng.integers(10, 16)) if market else rng.integers(3, 11)
            if dim or sky["rain"]:
                crowd = min(crowd, rng.integers(1, 6))
            state = {
                "day": day,
                "slot": slot,
                "t": day + 0.5 * slot,
                "weather": sky,
                "market": market,
                "people": int(crowd),
                "parked": int(rng.integers(0, 4)),
                "moving": int(rng.integers(0, 4)) if not (market and slot == 0) else 0,
                "stalls": (int(rng.integers(7, 10)) if slot == 0 else int(rng.integers(2, 5))) if market and not dim else 0,
                "banners": day in BANNER_DAYS,
                "tent": day in WEDDING_DAYS,
                "lorry": (day, slot) in LORRY_FRAMES,
                "laundry": bool(dry and rng.random() < 0.7),
                "mats": int(rng.integers(1, 5)) if dry and rng.random() < 0.6 else 0,
            }
            made.append({"name": f"{2 * day + slot:03d}", "camera": CAMERA_ID, "datetime": when.isoformat(), "state": state})
    return made


def progress(work, t):
    """What of a work stands at time t (days since the first frame)."""
    at = dict(work["stages"])
    if work["kind"] == "steel shed":
        return {
            "cleared": t >= at["clearing"],
            "columns": t >= at["columns"],
            "wall": min(1.0, max(0.0, (t - at["walls"] + 0.5) / 2.0)),
            "roof": t >= at["roof"],
            "materials": at["clearing"] + 1 <= t < at["roof"],
        }
    wall = (t - at["walls"] + 0.8) / (at["walls complete"] - at["walls"] + 0.8)
    wall = min(1.0, max(0.0, wall)) if t >= at["walls"] else 0.0
    finished = t >= at["finished"]
    return {
        "materials": at["materials"] <= t < at["finished"],
        "amount": min(1.0, max(0.2, 1.15 - wall)),
        "foundation": t >= at["foundation"],
        "wall": wall,
        "formwork": at["roof"] - 2 <= t < at["roof"],
        "roof": t >= at["roof"],
        "finished": finished,
        "scaffold": at["walls"] + 3 <= t < at["finished"] - 1,
    }


def truth(frame):
    """What is really there in a frame, apart from what only the rendered passes can tell."""
    state = frame["state"]
    works = []
    for work in WORKS:
        stage = sites.stage_of(work, state["t"])
        if stage is not None:
            works.append({"id": work["id"], "plot": work["plot"], "stage": stage, "permitted": work["permitted"], "progress": progress(work, state["t"])})
    transients = [name for name in ("tent", "lorry", "laundry", "banners", "market") if state[name]]
    if state["mats"]:
        transients.append("mats")
    return {
        "weather": state["weather"]["kind"],
        "cloud": state["weather"]["cloud"],
        "haze": state["weather"]["haze"],
        "wet": state["weather"]["wet"],
        "rain": state["weather"]["rain"],
        "dim": (state["day"], state["slot"]) in (DUSK, DAWN),
        "day": state["day"],
        "works": works,
        "transients": transients,
        "vegetableGrowth": round(growth(state["t"]), 3),
    }


def scene_truth(seed):
    """What does not change between frames: camera, plots, works with their stages and dates."""

    def date(day):
        return (START + timedelta(days=day)).date().isoformat()

    works = []
    for work in WORKS:
        outline = [(x, y, 0.0) for x, y in sites.corners(work["low"], work["high"])]
        pixels = studio.project(outline, width=SIZE[0], height=SIZE[1], **VIEW)
        made = {
            "id": work["id"],
            "plot": work["plot"],
            "kind": work["kind"],
            "permitted": work["permitted"],
            "indexBase": 100 + 10 * work["site"],
            "footprint": [[round(float(v), 1) for v in p] for p in pixels],
            "stages": [{"stage": name, "day": day, "date": date(day)} for name, day in work["stages"]],
            "firstVisibleWall": date(dict(work["stages"])["walls"]),
        }
        if "permit" in work:
            made["permit"] = work["permit"]
        works.append(made)
    focal = VIEW["focal_mm"] / studio.SENSOR_WIDTH_MM * SIZE[0]
    return {
        "camera": {
            "id": CAMERA_ID, "size": list(SIZE), "rawSize": [960, 540], "latitude": LATITUDE, "longitude": LONGITUDE,
            "location": list(VIEW["location"]), "lookAt": list(VIEW["look_at"]), "focalPixels": round(focal, 2),
            "axes": "metres; x east, y north, z up", "mist": {"start": MIST[0], "depth": MIST[1]},
        },
        "seed": seed,
        "indexParts": {
            "0": "materials piled for the work", "1": "foundation or columns", "2": "walls", "3": "roof and formwork",
            "4": "windows and doors", "5": "scaffold",
        },
        "plots": [
            {
                "id": name, "polygon": sites.outline(plot, VIEW, SIZE), "volumeHeight": plot["height"],
                **{key: plot[key] for key in ("crop",) if key in plot},
                "ground": [[round(float(v), 1) for v in p] for p in studio.project([(x, y, 0.0) for x, y in sites.corners(plot["low"], plot["high"])], width=SIZE[0], height=SIZE[1], **VIEW)],
            }
            for name, plot in PLOTS.items()
        ],
        "works": works,
        "transients": {
            "tent": {"plot": "b1", "dates": [date(d) for d in WEDDING_DAYS]},
            "lorry": {"plot": "b4", "dates": [date(d) for d, _ in LORRY_FRAMES]},
            "banners": {"plot": None, "dates": [date(d) for d in BANNER_DAYS]},
            "market": {"plot": None, "dates": [date(d) for d in range(DAYS) if d % 5 == 2]},
        },
    }  # fmt: skip


def growth(t):
    """Size of the vegetables, 0..1, at day t."""
    return 1 / (1 + math.exp(-(t - 14) / 5.5))


# ---------------------------------------------------------------------------------------
# The street


def _ground(seed, state):
    """Road, pavements, yards, plots and the land around."""
    wet = state["weather"]["wet"]
    puddles = 0.45 if wet > 0.8 else 0.2 if wet > 0.4 else 0.0
    land = structures.ground("land", (0.42, 0.40, 0.25), (0.33, 0.38, 0.18), wet * 0.7, 0.0, fine=3.0, coarse=0.12)
    earth = structures.ground("earth", (0.56, 0.47, 0.34), (0.46, 0.38, 0.27), wet, puddles, fine=6.0)
    concrete = structures.ground("concrete", (0.60, 0.59, 0.55), (0.50, 0.49, 0.45), wet, puddles * 0.6, fine=9.0, joints=(3.0, 4.0))
    road = structures.ground("road", (0.50, 0.50, 0.48), (0.41, 0.41, 0.40), wet, puddles, fine=11.0, joints=(3.5, 5.0))
    paving = structures.masonry("paving", (0.60, 0.50, 0.46), (0.54, 0.47, 0.43), (0.40, 0.37, 0.33), 0.4, 0.2, 0.02, 0.25, 0.85, wet)
    soil = structures.ground("soil", (0.38, 0.29, 0.20), (0.31, 0.24, 0.17), wet, 0.0, fine=10.0)
    structures.slab("land", (-320, -30), (320, 480), -0.04, land, INDEX["ground"])
    structures.slab("cross-road", (-70, -8), (70, 8.9), 0.0, road, INDEX["road"])
    structures.slab("street", (-3.5, 8.9), (3.5, 135), 0.0, road, INDEX["road"])
    for side, a, b in (("left", -4.4, -3.5), ("right", 3.5, 4.4)):
        flat = studio.mesh("pavement-" + side, [[a, 9.3, 0.121], [b, 9.3, 0.121], [b, 135, 0.121], [a, 135, 0.121]], np.array([[0, 1, 2, 3]]), concrete, index=INDEX["road"])
        flat.pass_index = INDEX["road"]
        structures.slab("kerb-" + side, (a, 9.3), (b, 135), 0.12, paving, INDEX["road"])
    structures.slab("yard-b1", (-13.5, 9.3), (-4.42, 21.0), 0.03, concrete, INDEX["ground"])
    structures.slab("yard-b3", (-9.8, 21.4), (-4.42, 33.4), 0.02, earth, INDEX["ground"])
    structures.slab("plot-b2", (4.42, 14.3), (14.6, 22.4), 0.02, earth, INDEX["ground"])
    cleared = progress(WORKS[2], state["t"])["cleared"]
    structures.slab("plot-b5", (4.42, 23.4), (10.4, 35.0), 0.03 if cleared else 0.0, soil if cleared else land, INDEX["soil"] if cleared else INDEX["ground"])
    structures.slab("yard-h", (10.4, 23.0), (11.2, 35.0), 0.05, concrete, INDEX["ground"])
    structures.slab("far-left", (-5.0, 34.0), (-4.4, 135), 0.1, concrete, INDEX["ground"])
    structures.slab("far-right", (4.4, 35.4), (5.2, 135), 0.1, concrete, INDEX["ground"])
    bed = PLOTS["b6"]
    structures.slab("bed-edge", (bed["low"][0] - 0.4, bed["low"][1] - 0.5), (bed["high"][0] + 0.5, bed["high"][1] + 0.4), 0.02, earth, INDEX["ground"])
    rng = studio.random_for(seed, "ridges")
    ridges = Shape()
    x = np.linspace(bed["low"][0], bed["high"][0], 26)
    y = np.linspace(bed["low"][1], bed["high"][1], 45)
    points = np.zeros((26, 45, 3))
    points[..., 0], points[..., 1] = x[:, None], y[None, :]
    points[..., 2] = 0.09 + 0.05 * np.cos((y - bed["low"][1] - 0.35) / 0.55 * 2 * math.pi)[None, :] + rng.uniform(-0.015, 0.015, (26, 45))
    ridges.grid(points, (0.5, 0.5, 0.5))
    ridges.emit("ridges", soil, INDEX["soil"])


def _houses(seed, wet):
    """The rows of existing houses."""
    plan = [
        ("la", (-22.5, 10.5), (-13.7, 21.2), 2, "whitetile", "+x", "flat", False),
        ("lb", (-17.2, 23.6), (-9.9, 33.0), 2, "plaster", "+x", "tile", False),
        ("lc", (-13.5, 36.0), (-5.0, 45.8), 3, "pinktile", "+x", "flat", True),
        ("ld", (-13.0, 46.2), (-5.1, 54.6), 2, "creamtile", "+x", "flat", True),
        ("le", (-14.0, 55.0), (-5.0, 66.0), 3, "whitetile", "+x", "tile", True),
        ("lf", (-13.0, 67.0), (-5.2, 80.0), 2, "plaster", "+x", "tile", True),
        ("lg", (-13.0, 82.0), (-5.2, 96.0), 3, "creamtile", "+x", "flat", True),
        ("rg", (15.2, 12.0), (24.0, 22.0), 3, "creamtile", "-x", "flat", False),
        ("rh", (11.3, 24.2), (19.5, 34.2), 2, "whitetile", "-x", "tile", False),
        ("rj", (5.3, 36.6), (13.5, 46.5), 2, "oldbrick", "-x", "tile", True),
        ("rk", (5.2, 47.2), (13.0, 57.0), 3, "whitetile", "-x", "flat", True),
        ("rl", (5.3, 57.6), (13.4, 69.0), 2, "pinktile", "-x", "flat", True),
        ("rm", (5.2, 70.0), (13.0, 84.0), 3, "plaster", "-x", "flat", True),
        ("rn", (5.2, 86.0), (13.0, 99.0), 2, "oldbrick", "-x", "tile", True),
        ("far1", (-30.0, 38.0), (-18.0, 50.0), 3, "plaster", "+x", "tile", False),
        ("far2", (19.0, 42.0), (30.0, 54.0), 3, "creamtile", "-x", "flat", False),
        ("far3", (-40.0, 18.0), (-28.0, 32.0), 2, "oldbrick", "+x", "tile", False),
        ("far4", (30.0, 26.0), (42.0, 38.0), 2, "whitetile", "-x", "tile", False),
        ("far5", (-6.0, 140.0), (9.0, 150.0), 3, "whitetile", "+x", "flat", False),
    ]
    for name, low, high, storeys, style, front, roof, shop in plan:
        structures.house(name, low, high, storeys, style, front, studio.random_for(seed, "house", name), roof, shop, wet)


def _walls_and_poles(seed, wet):
    """Low boundary walls, poles with wires, bins, lamp posts."""
    low = Shape()
    for a, b in (
        ((5.2, 22.6), (14.6, 22.84)), ((10.42, 14.05), (14.8, 14.29)), ((9.2, 35.1), (11.2, 35.34)),
        ((-13.4, 21.08), (-5.6, 21.32)), ((-9.8, 33.5), (-5.2, 33.74)),
    ):  # fmt: skip
        low.box((*a, -0.1), (*b, 0.85), (0.6, 0.5, 0.4))
    low.emit("low-walls", structures.wall_material("oldbrick", wet), INDEX["building"])
    thin = Shape()
    spots = [(-4.05, -6.0), (-4.05, 23.2), (-4.0, 47.0), (-4.0, 72.0), (-4.0, 98.0)]
    gray = (0.58, 0.57, 0.54)
    for x, y in spots:
        thin.tube((x, y, 0), (x, y, 8.2), 0.15, gray, 0.10, sides=10)
        thin.box((x - 0.8, y - 0.05, 7.6), (x + 0.8, y + 0.05, 7.7), (0.4, 0.38, 0.36))
    for (x0, y0), (x1, y1) in zip(spots[:-1], spots[1:]):
        for dx in (-0.7, 0.0, 0.7):
            steps = [np.array((x0 + dx + (x1 - x0) * t, y0 + (y1 - y0) * t, 7.75 - 1.6 * t * (1 - t))) for t in np.linspace(0, 1, 9)]
            for p, q in zip(steps[:-1], steps[1:]):
                thin.tube(p, q, 0.018, (0.08, 0.08, 0.08), sides=4)
    for x, y in ((4.1, 35.2), (4.1, 60.0)):
        thin.tube((x, y, 0.1), (x, y, 6.5), 0.07, (0.5, 0.52, 0.55), 0.05, sides=8)
        thin.tube((x, y, 6.4), (x - 1.3, y, 6.8), 0.035, (0.5, 0.52, 0.55), sides=6)
        thin.ellipsoid((x - 1.35, y, 6.76), (0.3, 0.12, 0.06), (0.75, 0.76, 0.76), 8, 4)
    for x, y, color in ((-4.7, 35.0, (0.10, 0.35, 0.20)), (-4.75, 35.8, (0.15, 0.2, 0.4)), (4.75, 36.0, (0.1, 0.35, 0.2))):
        thin.box((x - 0.22, y - 0.25, 0.1), (x + 0.22, y + 0.25, 1.0), color)
        thin.box((x - 0.25, y - 0.28, 1.0), (x + 0.25, y + 0.28, 1.08), np.array(color) * 0.7)
    thin.emit("poles", painted("painted", wet=wet * 0.5), INDEX["furniture"])


def _clutter(seed, state):
    """Pots, baskets, stools, firewood and buckets along the houses: some move from day to day."""
    made = Shape()
    zones = [((-13.5, 11.5), (-13.0, 15.2)), ((-13.4, 20.3), (-9.0, 20.9)), ((-5.0, 36.5), (-4.5, 66.0)), ((4.5, 37.0), (5.2, 66.0)), ((10.6, 25.0), (11.1, 34.0)), ((-9.7, 24.0), (-9.5, 24.8)), ((13.8, 15.0), (14.9, 21.5))]
    for k, (low, high) in enumerate(zones):
        fixed = studio.random_for(seed, "clutter", k)
        for n in range(12):
            moved = studio.random_for(seed, "clutter", k, n, state["day"] // int(fixed.integers(2, 15)))
            x, y = moved.uniform(low[0], high[0]), moved.uniform(low[1], high[1])
            kind = int(fixed.integers(5))
            z = 0.12 if abs(x) < 5.3 else 0.04
            if moved.random() < 0.25:
                continue
            if kind == 0:  # potted plant
                made.tube((x, y, z), (x, y, z + 0.3), 0.13, (0.52, 0.28, 0.2), 0.18, sides=10)
                for _ in range(9):
                    d = moved.normal(0, 0.13, 2)
                    made.ellipsoid((x + d[0], y + d[1], z + moved.uniform(0.35, 0.75)), (0.1, 0.1, 0.07), (0.2, moved.uniform(0.32, 0.45), 0.14), 6, 4)
            elif kind == 1:  # bucket or basin
                made.tube((x, y, z), (x, y, z + 0.28), 0.14, np.clip(moved.uniform(0.1, 0.9, 3), 0, 1), 0.18, sides=10)
            elif kind == 2:  # stool
                made.box((x - 0.15, y - 0.15, z + 0.02), (x + 0.15, y + 0.15, z + 0.42), [(0.2, 0.4, 0.65), (0.7, 0.15, 0.15), (0.55, 0.42, 0.28)][int(fixed.integers(3))])
            elif kind == 3:  # sacks
                for i in range(3):
                    made.ellipsoid((x + 0.1 * i, y + 0.3 * i, z + 0.2), (0.22, 0.2, 0.22), (0.75, 0.73, 0.66), 8, 5)
            else:  # crates
                for i in range(int(moved.integers(1, 4))):
                    made.box((x - 0.2, y - 0.28, z + 0.3 * i), (x + 0.2, y + 0.28, z + 0.29 + 0.3 * i), [(0.15, 0.35, 0.6), (0.6, 0.5, 0.32), (0.65, 0.2, 0.15)][int(fixed.integers(3))])
    for i in range(60):  # stacked firewood beside the house behind b1
        made.tube((-13.6 + 0.02 * (i % 3), 9.9 + 0.12 * (i % 12), 0.1 + 0.12 * (i // 12)), (-12.9, 9.9 + 0.12 * (i % 12), 0.1 + 0.12 * (i // 12)), 0.055, (0.45, 0.34, 0.24), sides=6)
    made.emit("clutter", painted("painted", wet=state["weather"]["wet"] * 0.5), INDEX["furniture"])


def _green(seed, state):
    """Trees, grass at the edges, weeds on open plots, the vegetable bed."""
    t = state["t"]
    trees = [
        ("t1", (-4.75, 34.4), 5.2, 2.0), ("t2", (4.75, 47.0), 5.6, 2.2), ("t3", (-4.7, 54.8), 5.4, 2.1), ("t4", (4.7, 70.0), 5.8, 2.3),
        ("t5", (13.6, 23.2), 5.0, 1.9), ("t6", (-15.2, 22.4), 6.2, 2.6), ("t7", (-25.0, 33.0), 8.0, 3.6), ("t8", (25.0, 38.0), 8.0, 3.6),
        ("t9", (22.0, 24.5), 6.5, 2.8), ("t10", (-22.0, 46.0), 8.0, 3.4), ("t11", (16.0, 50.0), 7.5, 3.2), ("t12", (-10.0, 108.0), 9.0, 5.0),
        ("t13", (12.0, 112.0), 9.0, 5.0), ("t14", (-20.0, 92.0), 9.0, 4.5), ("t15", (21.0, 88.0), 9.0, 4.5),
    ]  # fmt: skip
    for name, spot, height, spread in trees:
        rng = studio.random_for(seed, "tree", name)
        leaf = np.array((0.22, 0.34, 0.13)) * rng.uniform(0.85, 1.2)
        far = spot[1] > 40
        structures.tree(name, spot, height, spread, rng, leaf, 2600 if far else 5200, 0.42 if far else 0.24)
    edges = [
        ("e1", (4.4, 13.6), (14.5, 14.4), 700, 0.22), ("e2", (4.5, 21.4), (14.5, 22.55), 1300, 0.28),
        ("e3", (-9.8, 21.4), (-4.5, 22.1), 500, 0.22), ("e4", (10.0, 8.95), (26.0, 10.2), 2200, 0.25),
        ("e5", (-26.0, 8.95), (-4.5, 9.35), 1200, 0.2), ("e6", (-9.7, 32.2), (-4.6, 33.4), 700, 0.25), ("e7", (4.45, 8.95), (10.0, 9.5), 700, 0.2),
        ("e8", (9.9, 10.2), (15.0, 13.8), 2600, 0.3), ("e9", (-30, 22.0), (-17.5, 36.0), 2600, 0.4),
    ]  # fmt: skip
    for name, low, high, count, height in edges:
        structures.blades("grass-" + name, low, high, count, height * (0.85 + 0.008 * t), studio.random_for(seed, "grass", name), INDEX["grass"])
    # b2: weeds, trodden away once bricks come and gone where the building stands.
    w2 = WORKS[0]
    stage = sites.stage_of(w2, t)
    y0, (x1, y1) = w2["low"][1], w2["high"]
    if stage is None:
        keep = None
    elif stage == "materials":
        keep = lambda x, y: (x < 7.6) | (x > 12.4) | (y > 19.8)
    else:
        keep = lambda x, y: (y > y1 + 0.6) | ((x > x1 + 0.5) & (y > y0))
    structures.blades("weeds-b2", (4.6, 14.6), (14.4, 22.2), 5200, 0.24 * (0.8 + 0.012 * t), studio.random_for(seed, "weeds-b2"), INDEX["grass"], keep)
    # b5: wild grass until it is cleared; a fringe stays.
    if progress(WORKS[2], t)["cleared"]:
        keep = lambda x, y: (x > 9.4) | (y > 34.4) | (y < 23.8)
    else:
        keep = None
    structures.blades("wild-b5", (4.5, 23.5), (10.3, 34.9), 26000, 0.5 * (0.8 + 0.015 * t), studio.random_for(seed, "wild-b5"), INDEX["grass"], keep, (0.34, 0.47, 0.17))
    bed = PLOTS["b6"]
    left = 1.0 if t < 27 else 1.0 - 0.05 * (t - 27)
    structures.vegetables("vegetables", bed["low"], bed["high"], growth(t), left, studio.random_for(seed, "vegetables"), studio.random_for(seed, "leaves"))


# ---------------------------------------------------------------------------------------
# Works and what passes


def _works(seed, state):
    """The works as far as they have come."""
    t, wet = state["t"], state["weather"]["wet"]
    for work in WORKS:
        now = progress(work, t)
        rng = studio.random_for(seed, "work", work["id"], state["day"], state["slot"])
        fixed = studio.random_for(seed, "work", work["id"])
        index = 100 + 10 * work["site"]
        if work["kind"] == "steel shed":
            structures.steel_shed(work["id"], work["low"], work["high"], now, rng, wet, index)
            if now["materials"]:
                stack = Shape()
                for i in range(5):
                    stack.box((9.0 + 0.14 * i, 25.5, 0.05), (9.1 + 0.14 * i, 30.5, 0.2), (0.42, 0.16, 0.12))
                stack.box((8.95, 31.0, 0.05), (9.95, 33.6, 0.35), (0.12, 0.36, 0.66))
                stack.emit("w5-stack", painted("painted"), index)
            continue
        if now["materials"]:
            before = t < dict(work["stages"])["foundation"]
            spot = ((8.6, 17.0) if before else (4.9, 16.9)) if work["plot"] == "b2" else (-7.4, 22.9)
            structures.materials(work["id"], spot, now["amount"], fixed, wet, index)
        now["style"] = "brick" if work["plot"] == "b2" else "block"
        structures.brick_building(work["id"], work["low"], work["high"], now, rng, wet, index, 3.0 if work["plot"] == "b2" else 2.8)


def _transients(seed, state):
    """Tent, lorry, washing, mats, banners and stalls."""
    day, slot = state["day"], state["slot"]
    paint = painted("painted", wet=state["weather"]["wet"] * 0.5)
    rng = studio.random_for(seed, "transients", day, slot)
    if state["tent"]:
        Shape().place(traffic.wedding_tent(4.9, 5.0), (-10.4, 18.2, 0.03)).emit("tent", structures.cloth(), INDEX["tarpaulin"])
    if state["lorry"]:
        # The same lorry on the same spot on two days.
        Shape().place(traffic.lorry(studio.random_for(seed, "lorry")), (-6.05, 13.6, 0.03), 0.04).emit("lorry", paint, sites.VEHICLE_IDS)
    if state["laundry"]:
        Shape().place(traffic.laundry(rng, 3.6), (-12.9, 16.2, 0.03)).emit("laundry-b1", structures.cloth(), INDEX["furniture"])
        if not state["lorry"]:
            Shape().place(traffic.laundry(rng, 3.0), (-7.4, 10.6, 0.03)).emit("laundry-b4", structures.cloth(), INDEX["furniture"])
    if state["mats"]:
        if not state["lorry"]:
            Shape().place(traffic.drying_mats(rng, state["mats"]), (-6.9, 11.6, 0.035), 0.0, 0.72).emit("mats-b4", paint, INDEX["tarpaulin"])
        if not state["tent"] and state["mats"] > 2:
            Shape().place(traffic.drying_mats(rng, 2), (-11.6, 16.5, 0.035)).emit("mats-b1", paint, INDEX["tarpaulin"])
    if state["banners"]:
        fixed = studio.random_for(seed, "banners")
        hung = Shape()
        for y, z in ((25.0, 5.0), (34.0, 5.2), (46.0, 5.3)):
            hung.place(traffic.banners(fixed, -4.4, 4.4, 0.0, z), (0, y, 0))
        hung.emit("banners", structures.cloth(), INDEX["tarpaulin"])
    spots = [(side * 2.55, y) for y in (20.0, 23.2, 26.5, 30.0, 33.5, 37.5, 41.0, 45.0) for side in (-1, 1)]
    if state["stalls"]:
        order = rng.permutation(len(spots))[: state["stalls"]]
        for n, k in enumerate(order):
            x, y = spots[k]
            turn = math.pi / 2 if x < 0 else -math.pi / 2
            Shape().place(traffic.stall(rng), (x, y + rng.uniform(-0.3, 0.3), 0), -turn).emit(f"stall-{n}", structures.cloth(), INDEX["tarpaulin"])


def _crowd(seed, state):
    """People and vehicles, each with its own number in the index for `finish`."""
    day, slot, sky = state["day"], state["slot"], state["weather"]
    paint = painted("painted", wet=sky["wet"] * 0.5)
    gloss = painted("gloss", 0.3, 0.08)
    rng = studio.random_for(seed, "crowd", day, slot)
    taken = []
    count = 0

    def stand(shape, x, y, turn, z=0.0):
        nonlocal count
        Shape().place(shape, (x, y, z), turn).emit(f"person-{count}", structures.cloth(), sites.PERSON_IDS + count, smooth=True)
        count += 1

    vehicles = 0

    def drive(shape, x, y, turn, shine=True):
        nonlocal vehicles
        vehicles += 1
        Shape().place(shape, (x, y, 0.0), turn).emit(f"vehicle-{vehicles}", gloss if shine else paint, sites.VEHICLE_IDS + vehicles)

    busy = state["stalls"] > 0
    if not busy:
        places = [(-2.55, 38.5), (2.6, 37.5), (-2.5, 49.5), (2.6, 44.0), (2.55, 55.0), (-2.6, 60.0), (2.6, 64.0)]
        for k in rng.permutation(len(places))[: state["parked"]]:
            x, y = places[k]
            drive(traffic.car(rng), x, y, 0.0 if x > 0 else math.pi)
            taken.append((x, y, 3.0))
    lanes = []
    for _ in range(state["moving"]):
        up = rng.random() < 0.5
        y = rng.uniform(12, 60)
        if any(abs(y - other) < 7 for other in lanes):
            continue
        lanes.append(y)
        kind = rng.random()
        made = traffic.car(rng) if kind < 0.45 else traffic.scooter(rng) if kind < 0.75 else traffic.tricycle(rng) if kind < 0.92 else traffic.lorry(rng)
        x = (1.3 if up else -1.3) + rng.uniform(-0.2, 0.2)
        drive(made, x, y, (0.0 if up else math.pi) + rng.normal(0, 0.03))
        taken.append((x, y, 3.2))
    for _ in range(int(rng.integers(0, 5))):
        side = rng.choice([-1, 1])
        y = rng.uniform(36, 60)
        drive(traffic.scooter(rng, ridden=False), side * 3.9, y, rng.uniform(1.1, 2.0) * side)
    if busy:
        for _ in range(int(rng.integers(1, 4))):
            x, y = rng.uniform(-1.0, 1.0), rng.uniform(14, 50)
            drive(traffic.tricycle(rng), x, y, rng.choice([0.0, math.pi]))
            taken.append((x, y, 1.6))
    placed = 0
    tries = 0
    while placed < state["people"] and tries < 500:
        tries += 1
        near = rng.random()
        y = 10.0 + 48 * near**1.4 if not busy else rng.uniform(16, 50)
        x = rng.uniform(-1.9, 1.9) if busy else rng.choice([-1, 1]) * rng.uniform(2.2, 4.2)
        if rng.random() < 0.1:
            x, y = rng.uniform(-9, -5), rng.uniform(11, 20)
            if state["tent"] or state["lorry"]:
                continue
        if any(math.hypot(x - a, y - b) < r for a, b, r in taken):
            continue
        taken.append((x, y, 0.55))
        turn = rng.choice([0.0, math.pi]) + rng.normal(0, 0.4)
        raised = 0.12 if abs(x) > 3.5 and abs(x) < 4.4 else 0.03 if abs(x) >= 4.4 else 0.0
        stand(traffic.person(rng, umbrella=sky["rain"] and rng.random() < 0.7), x, y, turn, raised)
        placed += 1
    if state["tent"]:
        for _ in range(int(rng.integers(5, 10))):
            stand(traffic.person(rng), rng.uniform(-12.6, -8.0), rng.uniform(15.2, 20.6), rng.uniform(0, 6.28), 0.03)
    if sky["kind"] in ("dusk", "dawn", "rain"):
        return
    # Workers at the works that go on that day, a farmer in the bed.
    t = state["t"]
    for work, last in ((WORKS[0], 34), (WORKS[1], 27), (WORKS[2], 23)):
        first = work["stages"][1][1]
        if first <= t < last and rng.random() < 0.75:
            (x0, y0), (x1, y1) = work["low"], work["high"]
            for _ in range(int(rng.integers(1, 4))):
                street = x0 - rng.uniform(0.7, 1.8) if x0 > 0 else x1 + rng.uniform(0.4, 0.9)
                x, y = (street, rng.uniform(y0, y1)) if rng.random() < 0.6 else (rng.uniform(x0, x1), y0 - rng.uniform(0.5, 1.2))
                stand(traffic.person(rng, "worker"), x, y, rng.uniform(0, 6.28), 0.03)
    if rng.random() < 0.2:
        stand(traffic.person(rng), rng.uniform(5.0, 9.0), rng.uniform(10.2, 13.2), rng.uniform(0, 6.28), 0.05)


def build(frame, seed):
    """Makes the Blender scene of one frame; nothing of other frames is needed."""
    state = frame["state"]
    studio.new_scene(960, 540, SAMPLES)
    studio.mist(*MIST)
    studio.camera(**VIEW)
    when = datetime.fromisoformat(frame["datetime"])
    light = studio.sun_and_sky(when, LATITUDE, LONGITUDE, state["weather"]["cloud"])
    # The street is darker than the mid grey that the studio exposes for.
    light["exposure"] *= BRIGHTER
    studio.expose(light["exposure"])
    _ground(seed, state)
    structures.hills()
    _houses(seed, state["weather"]["wet"])
    _walls_and_poles(seed, state["weather"]["wet"])
    _clutter(seed, state)
    _green(seed, state)
    _works(seed, state)
    _transients(seed, state)
    _crowd(seed, state)
    return light


finish = sites.finish
