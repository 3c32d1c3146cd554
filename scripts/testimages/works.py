"""Building works over time: what of each stands at a moment, its shapes, and what is said of it in the truth.

A work is a dictionary: id, plot, kind, permitted, site (number in the object index), floor, low, high and its
stages with the day each begins; `permit` when there is one (number, from, until, and the corners it covers).
"""

import math
from datetime import datetime, timedelta

import numpy as np

import sites
import structures
import studio
from structures import Shape, painted

INDEX = studio.INDEX

INDEX_PARTS = {
    "0": "materials piled for the work", "1": "foundation, columns or frame", "2": "walls", "3": "roof and formwork",
    "4": "windows and doors", "5": "scaffold", "6": "the pit and its spoil",
}  # fmt: skip


def moved(works, seed, most=3):
    """The works of a seed: seed 1 as written, in others each begins up to `most` days earlier or later."""
    if seed == 1:
        return works
    made = []
    for work in works:
        by = int(studio.random_for(seed, "begin", work["id"]).integers(-most, most + 1))
        made.append({**work, "stages": [(name, max(3, day + by)) for name, day in work["stages"]]})
    return made


def progress(work, t):
    """What of a work stands at time t (days since the first frame), in the words of `structures`."""
    at = dict(work["stages"])
    if work["kind"] in ("steel shed", "rooftop shed"):
        return {
            "cleared": t >= at.get("clearing", 0), "columns": t >= at["columns"], "roof": t >= at["roof"],
            "wall": min(1.0, max(0.0, (t - at["walls"] + 0.5) / 2.0)), "materials": at.get("clearing", at["columns"] - 2) + 1 <= t < at["roof"],
        }  # fmt: skip
    if work["kind"] == "frame building":
        return {
            "cleared": t >= at["clearing"], "pit": at["pit"] <= t < at["foundation"], "foundation": t >= at["foundation"],
            "spoil": at["pit"] <= t < at["columns"] + 2, "materials": at["foundation"] - 1 <= t, "amount": 0.7,
            "columns": min(1.0, max(0.0, (t - at["columns"] + 0.8) / 2.5)), "formwork": at["roof"] - 2 <= t < at["roof"], "roof": t >= at["roof"],
            "wall": min(1.0, max(0.0, (t - at.get("infill", math.inf) + 0.5) / 6.0)),
        }  # fmt: skip
    wall = (t - at["walls"] + 0.8) / (at["walls complete"] - at["walls"] + 0.8)
    wall = min(1.0, max(0.0, wall)) if t >= at["walls"] else 0.0
    roof, finished = at.get("roof", math.inf), at.get("finished", math.inf)
    return {
        "materials": at.get("materials", at["walls"] - 3) <= t < min(finished, at["walls complete"] + 4), "amount": min(1.0, max(0.2, 1.15 - wall)),
        "foundation": t >= at.get("foundation", at["walls"]), "wall": wall, "formwork": roof - 2 <= t < roof, "roof": t >= roof,
        "finished": t >= finished, "scaffold": work.get("scaffold", False) and at["walls"] + 3 <= t < finished, "style": work.get("style", "brick"),
    }  # fmt: skip


def raise_all(works, seed, state):
    """Every work as far as it has come; `spot` and `spot_floor` say where its materials lie."""
    t, wet = state["t"], state["weather"]["wet"]
    for work in works:
        now = progress(work, t)
        rng = studio.random_for(seed, "work", work["id"], state["day"], state["slot"])
        index = 100 + 10 * work["site"]
        if now["materials"] and work.get("spot"):
            with studio.raised(work.get("spot_floor", work["floor"])):
                structures.materials(work["id"], work["spot"], now.get("amount", 0.6), studio.random_for(seed, "work", work["id"]), wet, index)
        with studio.raised(work["floor"]):
            if work["kind"] in ("steel shed", "rooftop shed"):
                structures.steel_shed(work["id"], work["low"], work["high"], now, rng, wet, index, work.get("height", 3.3), work.get("colour", structures.BLUE))
            elif work["kind"] == "boundary wall":
                _wall(work, now, rng, wet, index)
            elif work["kind"] == "frame building":
                _frame(work, now, rng, wet, index)
            else:
                structures.brick_building(work["id"], work["low"], work["high"], now, rng, wet, index, work.get("height", 2.9))


def _wall(work, now, rng, wet, index):
    """A brick wall around a yard with a gateway, two metres high in the end."""
    if now["foundation"]:
        strip = Shape()
        for (x0, y0), (x1, y1) in zip(sites.corners(work["low"], work["high"]), sites.corners(work["low"], work["high"])[1:] + [work["low"]]):
            strip.box((min(x0, x1) - 0.25, min(y0, y1) - 0.25, 0.0), (max(x0, x1) + 0.25, max(y0, y1) + 0.25, 0.12), (0.6, 0.6, 0.6))
        strip.emit(work["id"] + "-strip", structures.wall_material("concrete", wet), index + 1)
    if now["wall"] > 0:
        walls = Shape()
        structures.courses(walls, work["low"], work["high"], max(0.3, 2.0 * now["wall"]), [work["gate"]], rng, ragged=4 if now["wall"] < 1 else 0)
        raised = Shape().place(walls, (0, 0, 0.12))
        raised.emit(work["id"] + "-walls", structures.wall_material("brick", wet), index + 2)


PIT_DEPTH = 1.3


def pit_ground(name, outer, hole, z, material, index, filled):
    """Level ground with a rectangular hole; `filled` closes it again."""
    (a, b), (c, d) = outer
    (x0, y0), (x1, y1) = hole
    for k, (low, high) in enumerate((((a, b), (c, y0)), ((a, y1), (c, d)), ((a, y0), (x0, y1)), ((x1, y0), (c, y1)))):
        structures.slab(f"{name}-{k}", low, high, z, material, index, 0.4)
    if filled:
        structures.slab(f"{name}-fill", *hole, z, material, index, 0.4)


def _frame(work, now, rng, wet, index):
    """A concrete frame: pit, blinding and footings, columns with bars, slab on props, then infill walls."""
    (x0, y0), (x1, y1) = work["low"], work["high"]
    name, tall = work["id"], work.get("height", 3.3)
    earth = structures.ground("pit", (0.50, 0.36, 0.24), (0.42, 0.30, 0.20), wet, 0.3 if wet > 0.8 else 0.0, fine=7.0)
    if now["pit"]:
        Shape().box((x0 - 0.5, y0 - 0.5, -PIT_DEPTH - 0.2), (x1 + 0.5, y1 + 0.5, -PIT_DEPTH), (0.5, 0.5, 0.5)).emit(f"{name}-pit", earth, index + 6)
        sides = Shape()
        for low, high in (((x0 - 0.5, y0 - 0.5), (x1 + 0.5, y0 - 0.4)), ((x0 - 0.5, y1 + 0.4), (x1 + 0.5, y1 + 0.5)), ((x0 - 0.5, y0), (x0 - 0.4, y1)), ((x1 + 0.4, y0), (x1 + 0.5, y1))):
            sides.box((*low, -PIT_DEPTH), (*high, 0.02), (0.5, 0.5, 0.5))
        sides.emit(f"{name}-sides", earth, index + 6)
    if now["spoil"]:
        heaps, fixed = Shape(), np.random.default_rng(work["site"])
        for k in range(4):
            structures.heap(heaps, (x1 + 1.6, y0 + 0.8 + k * (y1 - y0) / 4), 1.5, 0.9, (0.50, 0.36, 0.24), fixed)
        heaps.emit(f"{name}-spoil", painted("heaps", 0.95, 0.12, wet), index + 6)
    if not now["foundation"]:
        return
    concrete = structures.wall_material("concrete", wet)
    Shape().box((x0 - 0.3, y0 - 0.3, -0.2), (x1 + 0.3, y1 + 0.3, 0.2), (0.6, 0.6, 0.6)).emit(f"{name}-slab", concrete, index + 1)
    posts = [(x, y) for x in np.linspace(x0 + 0.2, x1 - 0.2, 3) for y in np.linspace(y0 + 0.2, y1 - 0.2, 3)]
    shafts, bars = Shape(), Shape()
    reach = tall * now["columns"]
    for x, y in posts:
        if reach > 0:
            shafts.box((x - 0.18, y - 0.18, 0.2), (x + 0.18, y + 0.18, 0.2 + reach), (0.6, 0.6, 0.6))
        if not now["roof"]:
            for dx, dy in ((-0.1, -0.1), (0.1, -0.1), (-0.1, 0.1), (0.1, 0.1)):
                bars.tube((x + dx, y + dy, 0.2 + reach), (x + dx + rng.uniform(-0.05, 0.05), y + dy, 1.0 + reach), 0.02, (0.33, 0.22, 0.17), sides=4)
    shafts.emit(f"{name}-columns", concrete, index + 1)
    bars.emit(f"{name}-bars", painted("heaps", 0.95, 0.12, wet), index + 1)
    if now["wall"] > 0:
        walls = Shape()
        openings = [("s", x0 + 0.15 * (x1 - x0), x0 + 0.4 * (x1 - x0), 0.9, 2.3), ("s", x0 + 0.62 * (x1 - x0), x0 + 0.85 * (x1 - x0), 0.9, 2.3)]
        openings += [(side, y0 + 0.35 * (y1 - y0), y0 + 0.6 * (y1 - y0), 0.0, 2.4) for side in "we"]
        structures.courses(walls, work["low"], work["high"], max(0.3, (tall - 0.05) * now["wall"]), openings, rng, ragged=4 if now["wall"] < 1 else 0)
        Shape().place(walls, (0, 0, 0.2)).emit(f"{name}-walls", structures.wall_material("block", wet), index + 2)
    deck = Shape()
    if now["formwork"]:
        for x in np.arange(x0 - 0.2, x1, 0.95):
            deck.box((x, y0 - 0.3, tall + 0.2), (x + 0.9, y1 + 0.3, tall + 0.27), np.array((0.66, 0.48, 0.28)) * rng.uniform(0.85, 1.1))
        for x in np.arange(x0, x1, 1.2):
            for y in (y0 - 0.1, y1 + 0.1):
                deck.tube((x, y, 0.2), (x, y, tall + 0.2), 0.05, (0.58, 0.50, 0.30), sides=6)
        deck.emit(f"{name}-boards", painted("heaps", 0.95, 0.12, wet), index + 3)
    if now["roof"]:
        Shape().box((x0 - 0.4, y0 - 0.4, tall + 0.2), (x1 + 0.4, y1 + 0.4, tall + 0.45), (0.6, 0.6, 0.6)).emit(f"{name}-roof", concrete, index + 3)


def demolish(name, plan, low, high, floor, seed, state, style="oldbrick"):
    """An old house: whole, without its roof, half down, a heap of rubble, gone.

    `plan` has the stages "roof off", "walls half", "rubble" and "cleared".
    """
    t, wet = state["t"], state["weather"]["wet"]
    stage = sites.stage_of(plan, t)
    rng = studio.random_for(seed, "demolition")
    with studio.raised(floor):
        if stage is None:
            structures.house(name, low, high, 1, style, "+x", studio.random_for(seed, "house", name), "tile", False, wet)
            return
        if stage == "cleared":
            return
        walls = Shape()
        height = {"roof off": 3.3, "walls half": 1.7, "rubble": 0.45}[stage]
        structures.courses(walls, low, high, height, [("s", low[0] + 2.6, low[0] + 4.0, 0.9, 2.2)], rng, ragged=10)
        walls.emit(f"{name}-walls", structures.wall_material(style, wet), INDEX["building"])
        rubble = Shape()
        for _ in range({"roof off": 5, "walls half": 14, "rubble": 26}[stage]):
            spot = (rng.uniform(low[0], high[0]), rng.uniform(low[1] - 1.0, high[1]))
            structures.heap(rubble, spot, rng.uniform(0.6, 1.4), rng.uniform(0.3, 0.9), rng.uniform(0.9, 1.1) * np.array((0.52, 0.40, 0.33)), rng)
        rubble.emit(f"{name}-rubble", painted("heaps", 0.95, 0.12, wet), INDEX["material_pile"])


# ---------------------------------------------------------------------------------------
# Truth


def frame_truth(frame, works, demolition, transients):
    """What is really there in a frame, apart from what only the rendered passes can tell."""
    state = frame["state"]
    begun = [(work, sites.stage_of(work, state["t"])) for work in works]
    sky = state["weather"]
    return {
        "weather": sky["kind"], "cloud": sky["cloud"], "haze": sky["haze"], "wet": sky["wet"], "rain": sky["rain"], "dim": False, "day": state["day"],
        "works": [
            {"id": w["id"], "plot": w["plot"], "stage": stage, "permitted": w["permitted"], "progress": progress(w, state["t"])}
            for w, stage in begun
            if stage is not None
        ],
        "demolition": sites.stage_of(demolition, state["t"]) if demolition else None, "transients": transients,
    }  # fmt: skip


def scene_truth(scene, seed, works, demolition, transients):
    """What does not change between frames; `scene` is the scene's module, `transients` days by name and plot."""
    view, size = scene.VIEW, scene.SIZE

    def date(day):
        return (scene.START + timedelta(days=day)).date().isoformat()

    def pixels(low, high, z):
        spots = studio.project([(x, y, z) for x, y in sites.corners(low, high)], width=size[0], height=size[1], **view)
        return [[round(float(v), 1) for v in p] for p in spots]

    listed = []
    for w in works:
        made = {
            "id": w["id"], "plot": w["plot"], "kind": w["kind"], "permitted": w["permitted"], "indexBase": 100 + 10 * w["site"],
            "footprint": pixels(w["low"], w["high"], w["floor"]),
            "stages": [{"stage": name, "day": day, "date": date(day)} for name, day in w["stages"]],
        }  # fmt: skip
        begin = dict(w["stages"])
        made["firstVisibleWall"] = date(begin["walls"] if "walls" in begin else begin["columns"])
        if "permit" in w:
            permit = w["permit"]
            made["permit"] = {k: permit[k] for k in ("number", "from", "until")}
            if "low" in permit:
                made["permit"]["polygon"] = sites.outline({**permit, "floor": w["floor"]}, view, size)
            made["exceeds"] = permit.get("exceeds")
        listed.append(made)
    focal = view["focal_mm"] / studio.SENSOR_WIDTH_MM * size[0]
    return {
        "camera": {
            "id": scene.CAMERA_ID, "size": list(size), "rawSize": [960, 540], "latitude": scene.LATITUDE, "longitude": scene.LONGITUDE,
            "location": list(view["location"]), "lookAt": list(view["look_at"]), "focalPixels": round(focal, 2),
            "axes": "metres; x right, y ahead, z up", "heading": getattr(scene, "HEADING", 0.0), "mist": {"start": scene.MIST[0], "depth": scene.MIST[1]},
        },
        "seed": seed, "indexParts": INDEX_PARTS,
        "plots": [
            {
                "id": name, "polygon": sites.outline(plot, view, size), "volumeHeight": plot["height"],
                "ground": pixels(plot["low"], plot["high"], plot.get("floor", 0.0)),
            }
            for name, plot in scene.PLOTS.items()
        ],
        "works": listed,
        "demolition": {"plot": demolition["plot"], "stages": [{"stage": n, "date": date(d)} for n, d in demolition["stages"]]} if demolition else None,
        "transients": {name: {"plot": plot, "dates": [date(d) for d in days]} for name, (plot, days) in transients.items()},
    }  # fmt: skip


def daily(day):
    """A picture a day, every third in the afternoon, every tenth day both: 44 in forty days."""
    return (0, 1) if day % 10 == 1 else (1,) if day % 3 == 2 else (0,)


def begin(scene, frame, factor=1.0):
    """An empty scene with its camera, the light of the frame's hour and the exposure; returns what `build` returns."""
    studio.new_scene(960, 540, scene.SAMPLES)
    studio.mist(*scene.MIST)
    studio.camera(**scene.VIEW)
    when, cloud = datetime.fromisoformat(frame["datetime"]), frame["state"]["weather"]["cloud"]
    light = studio.sun_and_sky(when, scene.LATITUDE, scene.LONGITUDE, cloud, getattr(scene, "HEADING", 0.0))
    light["exposure"] *= scene.BRIGHTER * factor
    studio.expose(light["exposure"])
    return light


def plan_frames(scene, seed, slots, extras):
    """The pictures of each day's `slots` (0 morning, 1 afternoon): name, date, weather and what `extras` adds to the state."""
    made = []
    for day in range(scene.DAYS):
        for slot in slots(day):
            rng = studio.random_for(seed, "clock", day, slot)
            when = scene.START + timedelta(days=day, hours=scene.HOURS[slot], minutes=20 + int(rng.integers(-9, 10)), seconds=int(rng.integers(60)))
            sky = scene.weather(seed, day, slot)
            state = {"day": day, "slot": slot, "t": day + 0.5 * slot, "weather": sky, **extras(rng, day, slot, sky)}
            made.append({"name": f"{2 * day + slot:03d}", "camera": scene.CAMERA_ID, "datetime": when.isoformat(), "seed": seed, "state": state})
    return made
