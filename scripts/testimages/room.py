"""A room of somebody who lives alone, seen from a corner below the ceiling.

Somebody stands still, sits, lies, walks; a lamp is on or off, a strong one shines into the lens, the curtain is open or
drawn, a cat lies about, the chair is moved: what says that somebody is there and what does not. No face is made.
"""

import math
from datetime import datetime, timedelta, timezone

import numpy as np

import sites
import structures
import studio
import traffic
from structures import Shape, painted

CAMERA_ID = "cam_room"
LATITUDE, LONGITUDE = 28.8, 108.8
START = datetime(2024, 10, 14, 6, 30, tzinfo=timezone(timedelta(hours=8)))
SIZE = (640, 360)
VIEW = {"location": (0.35, 0.35, 2.55), "look_at": (3.2, 2.9, 0.45), "focal_mm": 17.0}
MIST = (0.0, 50.0)
SAMPLES = 5
INDEX = studio.INDEX
PERSON, CAT = sites.PERSON_IDS, INDEX["furniture"]

# (hours after the first picture, who: "", stand, stand still, sit, lie, walk; what else)
PLAN = (
    (0.0, "", ()), (1.0, "lie", ()), (2.0, "sit", ("curtain open",)), (3.0, "stand", ("curtain open",)), (3.1, "stand", ("curtain open",)),
    (3.2, "stand", ("curtain open",)), (4.0, "walk", ("curtain open",)), (5.0, "", ("curtain open",)), (6.0, "", ("curtain open", "cat")),
    (7.0, "", ("curtain open", "sun")), (8.0, "", ("curtain open", "cat moved")), (9.0, "sit", ("curtain open", "sun")), (10.0, "", ("chair moved", "curtain open")),
    (11.0, "", ("lamp",)), (12.0, "sit", ("lamp",)), (13.0, "stand", ("lamp",)), (14.0, "", ("lamp", "strong lamp")), (15.0, "lie", ("lamp",)),
    (16.0, "lie", ()), (17.0, "", ("strong lamp",)), (18.0, "", ("lamp",)), (19.0, "", ()),
)  # fmt: skip


def frames(seed):
    """One frame for each line of the plan."""
    made = []
    for number, (hours, who, what) in enumerate(PLAN):
        when = START + timedelta(hours=hours, seconds=int(studio.random_for(seed, "clock", number).integers(60)))
        state = {"who": who, "what": list(what), "number": number}
        made.append({"name": f"{number:03d}", "camera": CAMERA_ID, "datetime": when.isoformat(), "seed": seed, "state": state})
    return made


def truth(frame):
    """What is really there."""
    state = frame["state"]
    return {"posture": state["who"] or None, "transients": state["what"], "haze": 0.0, "weather": ", ".join(w for w in (state["who"] or "nobody", *state["what"]) if w)}


def scene_truth(seed):
    """The camera and the room's outline: all of the picture."""
    return {
        "camera": {"id": CAMERA_ID, "size": list(SIZE), "rawSize": list(SIZE), "location": list(VIEW["location"]), "lookAt": list(VIEW["look_at"]), "mist": {"start": MIST[0], "depth": MIST[1]}},
        "seed": seed, "plots": [{"id": "q1", "polygon": [[0, 0], [SIZE[0], 0], [SIZE[0], SIZE[1]], [0, SIZE[1]]]}],
    }  # fmt: skip


def _lamp(name, kind, energy, spot, color, size=0.3):
    import bpy

    data = bpy.data.lights.new(name, kind)
    data.energy, data.color = energy, color
    if kind == "AREA":
        data.size = size
    else:
        data.shadow_soft_size = size
    made = bpy.data.objects.new(name, data)
    made.location = spot
    bpy.context.scene.collection.objects.link(made)
    return made


def _light(state, hour):
    """Daylight through the window, as strong as hour and curtain let it; the ceiling lamp; the strong one; a night light."""
    day = max(0.0, math.sin(math.pi * (hour - 6.0) / 12.5)) if 6.0 <= hour <= 18.5 else 0.0
    through = 1.0 if "curtain open" in state["what"] else 0.12
    window = _lamp("window", "AREA", 4.0 + 260.0 * day * through, (4.9, 2.6, 1.5), (0.92, 0.97, 1.0), 1.4)
    window.rotation_euler = (0.0, math.pi / 2, 0.0)
    _lamp("sky", "POINT", 1.0 + 26.0 * day * (0.35 + 0.65 * through), (2.4, 2.2, 2.3), (0.95, 0.98, 1.0), 1.0)
    if "lamp" in state["what"]:
        _lamp("ceiling", "POINT", 60.0, (2.6, 2.4, 2.45), (1.0, 0.82, 0.6), 0.15)
    if "strong lamp" in state["what"]:
        _lamp("strong", "POINT", 170.0, (1.7, 3.9, 1.35), (1.0, 0.95, 0.85), 0.05)
    if "sun" in state["what"]:
        import bpy

        data = bpy.data.lights.new("beam", "SPOT")
        data.energy, data.color, data.spot_size, data.spot_blend, data.shadow_soft_size = 2600.0, (1.0, 0.93, 0.8), 0.42, 0.05, 0.02
        beam = bpy.data.objects.new("beam", data)
        beam.location, beam.rotation_euler = (4.85, 2.6, 2.3), (0.0, math.radians(42), math.radians(5 + 8 * (hour - 12)))
        bpy.context.scene.collection.objects.link(beam)
    level = 0.10 * day + 0.62 * day * through + (0.5 if "lamp" in state["what"] else 0.0) + (0.6 if "strong lamp" in state["what"] else 0.0) + 0.03
    return min(6.0, 1.1 / level**0.75)


def _room(state):
    """Walls, floor, window with its curtain, bed, table, chair, sofa, cupboard."""
    wall = structures.ground("wall", (0.80, 0.78, 0.72), (0.77, 0.75, 0.69), 0.0, 0.0, fine=0.8, coarse=0.2)
    floor = structures.masonry("floor", (0.66, 0.60, 0.52), (0.63, 0.57, 0.50), (0.46, 0.43, 0.39), 0.6, 0.6, 0.01, 0.12, 0.5, 0.0, 0.0)
    structures.slab("floor", (-0.2, -0.2), (5.4, 5.0), 0.0, floor, INDEX["ground"])
    sides = Shape().box((5.0, -0.2, 0.0), (5.2, 5.0, 2.8), (0.8, 0.8, 0.8)).box((-0.2, 4.6, 0.0), (5.2, 4.8, 2.8), (0.8, 0.8, 0.8))
    sides.box((-0.4, -0.4, 2.8), (5.4, 5.0, 2.9), (0.8, 0.8, 0.8)).box((-0.4, -0.2, 0.0), (-0.2, 5.0, 2.8), (0.8, 0.8, 0.8)).box((-0.2, -0.4, 0.0), (5.2, -0.2, 2.8), (0.8, 0.8, 0.8))
    sides.emit("walls", wall, INDEX["building"])
    things = Shape()
    glass = (0.62, 0.74, 0.86) if "curtain open" in state["what"] else (0.16, 0.18, 0.22)
    things.box((4.94, 1.9, 0.95), (4.99, 3.3, 2.1), (0.86, 0.86, 0.84)).box((4.93, 1.97, 1.02), (4.98, 2.57, 2.03), glass).box((4.93, 2.63, 1.02), (4.98, 3.23, 2.03), glass)
    folds = ((1.72, 1.95), (3.25, 3.5)) if "curtain open" in state["what"] else ((1.75, 2.6), (2.6, 3.45))
    for a, b in folds:
        u = np.linspace(a, b, 24)
        points = np.zeros((24, 2, 3))
        points[..., 1], points[:, 0, 2], points[:, 1, 2] = u[:, None], 0.5, 2.25
        points[..., 0] = 4.86 + 0.04 * np.sin(np.arange(24) * 1.3)[:, None]
        things.grid(points, (0.55, 0.35, 0.30))
    things.box((3.1, 0.1, 0.0), (4.9, 1.3, 0.28), (0.42, 0.30, 0.20)).box((3.12, 0.12, 0.28), (4.88, 1.28, 0.48), (0.78, 0.78, 0.80))
    things.box((4.4, 0.2, 0.48), (4.85, 1.2, 0.58), (0.88, 0.87, 0.82)).box((4.88, 0.1, 0.0), (4.95, 1.3, 0.95), (0.40, 0.28, 0.18))
    things.box((3.12, 0.12, 0.481), (4.1, 1.28, 0.53), (0.30, 0.42, 0.55))
    things.box((1.0, 3.75, 0.0), (2.6, 4.5, 0.38), (0.36, 0.30, 0.26)).box((1.0, 4.3, 0.38), (2.6, 4.55, 0.85), (0.40, 0.33, 0.28)).box((1.0, 3.75, 0.38), (1.15, 4.5, 0.6), (0.40, 0.33, 0.28))
    things.box((3.0, 2.3, 0.68), (4.0, 3.1, 0.72), (0.55, 0.40, 0.26))
    for x, y in ((3.05, 2.35), (3.9, 2.35), (3.05, 3.0), (3.9, 3.0)):
        things.box((x, y, 0.0), (x + 0.06, y + 0.06, 0.68), (0.48, 0.34, 0.22))
    things.tube((3.4, 2.7, 0.72), (3.4, 2.7, 0.86), 0.05, (0.85, 0.85, 0.88), sides=12).box((3.6, 2.5, 0.72), (3.8, 2.75, 0.76), (0.65, 0.2, 0.18))
    things.box((4.1, 3.9, 0.0), (4.95, 4.55, 1.9), (0.50, 0.38, 0.27)).box((4.09, 4.2, 0.1), (4.1, 4.22, 1.8), (0.25, 0.18, 0.12))
    things.box((2.9, 4.35, 0.0), (3.8, 4.58, 0.5), (0.30, 0.26, 0.24)).box((2.95, 4.42, 0.52), (3.75, 4.48, 1.02), (0.05, 0.05, 0.06))
    things.tube((1.7, 4.15, 0.38), (1.7, 4.15, 0.385), 0.01, (0.5, 0.5, 0.5))
    things.emit("things", painted("painted"), INDEX["furniture"])
    chair, seat = Shape(), (0.46, 0.34, 0.24)
    chair.box((-0.2, -0.2, 0.42), (0.2, 0.2, 0.46), seat).box((-0.2, 0.16, 0.46), (0.2, 0.2, 0.9), seat)
    for x in (-0.19, 0.15):
        for y in (-0.19, 0.15):
            chair.box((x, y, 0.0), (x + 0.04, y + 0.04, 0.42), seat)
    spot, turn = ((2.3, 1.5), 2.2) if "chair moved" in state["what"] else ((3.45, 3.5), 0.0)
    Shape().place(chair, (*spot, 0.0), turn).emit("chair", painted("painted"), INDEX["furniture"])


def _turned(shape, angle):
    """A shape tipped about the x axis, as a standing person who lies down."""
    c, s = math.cos(angle), math.sin(angle)
    shape.verts = [v @ np.array([[1, 0, 0], [0, c, s], [0, -s, c]]) for v in shape.verts]
    return shape


def _life(seed, state):
    """Whoever is there, and the cat."""
    rng = studio.random_for(seed, "somebody")
    sway = studio.random_for(seed, "sway", state["number"])
    who = state["who"]
    if who:
        body, spot, turn = traffic.person(rng), (2.1, 2.6, 0.0), 0.9
        if who == "sit":
            body, spot, turn = traffic.sitting(Shape(), rng, 0.0, 0.42, helmet=False), (1.8, 4.1, 0.0), math.pi
        elif who == "lie":
            body, spot, turn = _turned(traffic.person(rng), -math.pi / 2), (3.15, 0.7, 0.66), -math.pi / 2
        elif who == "walk":
            spot, turn = (3.6, 1.7, 0.0), -0.6
        spot = (spot[0] + sway.normal(0, 0.012), spot[1] + sway.normal(0, 0.012), spot[2])
        Shape().place(body, spot, turn + sway.normal(0, 0.03)).emit("somebody", structures.cloth(), PERSON, smooth=True)
    if "cat" in state["what"] or "cat moved" in state["what"]:
        cat, fur = Shape(), (0.62, 0.42, 0.22)
        cat.ellipsoid((0, 0, 0.13), (0.12, 0.24, 0.13), fur, 10, 6).ellipsoid((0, 0.27, 0.22), (0.08, 0.08, 0.08), fur, 9, 6)
        cat.tube((0.05, -0.22, 0.1), (0.16, -0.42, 0.06), 0.025, fur, 0.02).tube((-0.04, 0.29, 0.28), (-0.05, 0.29, 0.34), 0.025, fur, 0.004).tube((0.04, 0.29, 0.28), (0.05, 0.29, 0.34), 0.025, fur, 0.004)
        spot = (2.6, 2.1, 0.0) if "cat" in state["what"] else (1.9, 4.0, 0.38)
        Shape().place(cat, spot, 0.7).emit("cat", structures.cloth(), CAT, smooth=True)


def build(frame, seed):
    """Makes the Blender scene of one frame; nothing of other frames is needed."""
    state = frame["state"]
    studio.new_scene(*SIZE, SAMPLES)
    studio.mist(*MIST)
    studio.camera(**VIEW)
    when = datetime.fromisoformat(frame["datetime"])
    exposure = _light(state, when.hour + when.minute / 60)
    studio.dark_world()
    studio.expose(exposure)
    _room(state)
    _life(seed, state)
    return {"exposure": exposure}


def finish(frame, index):
    """Plain classes, and the box of whoever is seen."""
    return sites.finish(frame, index)
