"""The yard scene: a village lane photographed with a phone before and after it was swept.

Each place is a lane between two houses with its own walls, trees, ground and belongings. Of
each there is a picture with litter, one swept, and of every second place one taken later with
the litter still there. The one who takes them stands about where he stood before; hour, cloud
and white balance differ. Litter is plastic bags, bottles, cans, paper, boxes, rubble and fallen leaves.

World axes: x east, y north, z up, metres. The camera looks north.
"""

from datetime import datetime, timedelta

import numpy as np

import structures
import studio

CAMERA_ID = "phone"
LATITUDE, LONGITUDE = 28.84, 108.77
WIDTH, HEIGHT = 640, 480
FOCAL = 27.0
MIST = (2.0, 80.0)
PLACES = 10
LITTER = 100
"""Object index of litter."""

STYLES = ["whitetile", "plaster", "oldbrick", "creamtile", "pinktile"]


def frames(seed):
    """before, after (swept) and sometimes idle (not swept) of each place."""
    made = []
    for place in range(PLACES):
        rng = studio.random_for(seed, "yard", place)
        start = datetime(2024, 4, 2) + timedelta(days=int(place * 5), hours=float(rng.uniform(7.5, 10.5)))
        for step, kind in enumerate(["before", "after"] + (["idle"] if place % 2 else [])):
            when = start + timedelta(hours=0 if step == 0 else float(rng.uniform(1.0, 6.0)))
            made.append({
                "name": f"{place:02d}_{kind}", "together": place, "camera": CAMERA_ID, "datetime": when.replace(microsecond=0).isoformat() + "+08:00",
                "state": {"seed": seed, "place": place, "kind": kind, "cloud": round(float(rng.uniform(0.05, 0.9)), 2), "items": int(rng.integers(16, 48))},
            })  # fmt: skip
    return made


def view(frame):
    """Where the phone is held."""
    rng = studio.random_for(frame["state"]["seed"], "yard-hand", frame["name"])
    place = studio.random_for(frame["state"]["seed"], "yard-stand", frame["state"]["place"])
    x, high = place.uniform(-0.7, 0.7), place.uniform(1.45, 1.75)
    aim = place.uniform(-1.0, 1.0)
    location = (x + rng.normal(0, 0.12), -4.5 + rng.normal(0, 0.12), high + rng.normal(0, 0.04))
    return {"location": location, "look_at": (aim + rng.normal(0, 0.12), 5.0, 0.45 + rng.normal(0, 0.08)), "focal_mm": FOCAL, "roll_deg": float(rng.normal(0, 0.7))}


def litter(frame):
    """The litter of a place: the same things lie there in the first picture and where nothing was swept."""
    state = frame["state"]
    if state["kind"] == "after":
        return None
    first = next(f for f in frames(state["seed"]) if f["state"]["place"] == state["place"])
    rng = studio.random_for(state["seed"], "yard-litter", state["place"])
    shape = structures.Shape()
    colours = [(0.88, 0.88, 0.86), (0.75, 0.14, 0.12), (0.16, 0.32, 0.70), (0.85, 0.72, 0.15), (0.12, 0.12, 0.13), (0.25, 0.55, 0.30)]
    for _ in range(first["state"]["items"]):
        x, y = rng.uniform(-2.4, 2.4), -2.2 + 8.0 * rng.uniform() ** 1.3
        kind = rng.choice(["bag", "bottle", "paper", "can", "box", "stone", "leaves"], p=[0.26, 0.17, 0.2, 0.08, 0.08, 0.08, 0.13])
        colour = np.array(colours[int(rng.integers(len(colours)))])
        turn = rng.uniform(0, 6.28)
        piece = structures.Shape()
        if kind == "bag":
            wide = rng.uniform(0.08, 0.22)
            for _ in range(5):
                piece.ellipsoid((*rng.normal(0, wide * 0.4, 2), wide * 0.3), (wide * rng.uniform(0.4, 0.9), wide * rng.uniform(0.4, 0.9), wide * rng.uniform(0.2, 0.5)), np.clip(colour * rng.uniform(0.8, 1.1), 0, 1), 7, 4)
        elif kind == "bottle":
            piece.tube((0, 0, 0.035), (0.2, 0, 0.035), 0.035, (0.75, 0.85, 0.86))
            piece.tube((0.2, 0, 0.035), (0.26, 0, 0.035), 0.035, colour, 0.014)
        elif kind == "can":
            piece.tube((0, 0, 0.033), (0.12, 0, 0.033), 0.033, colour)
        elif kind == "box":
            a, b, c = rng.uniform(0.1, 0.3, 3)
            piece.box((0, 0, 0), (a, b, c * 0.7), (0.68, 0.52, 0.34))
        elif kind == "stone":
            for _ in range(4):
                piece.ellipsoid((*rng.normal(0, 0.1, 2), 0.03), (0.06, 0.05, 0.04), (0.55, 0.36, 0.28), 6, 4)
        else:
            many = 1 if kind == "paper" else 14
            size = rng.uniform(0.12, 0.3) if kind == "paper" else 0.07
            for _ in range(many):
                cx, cy = (0, 0) if many == 1 else rng.normal(0, 0.22, 2)
                lift = rng.uniform(0.005, 0.05, 4)
                tint = (0.9, 0.89, 0.85) if many == 1 else (0.55 * rng.uniform(0.7, 1.2), 0.38, 0.16)
                piece.add([(cx, cy, lift[0]), (cx + size, cy, lift[1]), (cx + size * 0.8, cy + size * 0.7, lift[2]), (cx, cy + size * 0.7, lift[3])], quads=[[0, 1, 2, 3]], color=tint)
        shape.place(piece, (x, y, 0.002), turn)
    return shape


def build(frame, seed):
    """Builds one picture's scene; returns the light."""
    state = frame["state"]
    studio.new_scene(WIDTH, HEIGHT, samples=10)
    studio.mist(*MIST)
    when = datetime.fromisoformat(frame["datetime"]).replace(tzinfo=None)
    light = studio.sun_and_sky(when, LATITUDE, LONGITUDE, state["cloud"])
    rng = studio.random_for(seed, "yard-place", state["place"])
    tone = rng.uniform(0.8, 1.15)
    paved = rng.uniform() < 0.6
    land = structures.ground("land", (0.40, 0.37, 0.24), (0.32, 0.34, 0.18))
    lane = (structures.ground("lane", tuple(tone * np.array((0.58, 0.57, 0.54))), tuple(tone * np.array((0.48, 0.47, 0.43))), fine=9.0, joints=(2.5, 3.0)) if paved
            else structures.ground("lane", tuple(tone * np.array((0.52, 0.43, 0.32))), tuple(tone * np.array((0.43, 0.35, 0.25))), fine=6.0))  # fmt: skip
    structures.slab("land", (-120, -20), (120, 160), -0.05, land, studio.INDEX["ground"])
    structures.slab("lane", (-2.8, -10), (2.8, 60), 0.0, lane, studio.INDEX["road"])
    for side in (-1, 1):
        for k in range(2):
            near = rng.uniform(3.0, 3.9)
            y0 = -3.0 + 11 * k + rng.uniform(0, 2.5)
            x = sorted((side * near, side * (near + 7)))
            style = STYLES[int(rng.integers(len(STYLES)))]
            structures.house(f"h{side}{k}", (x[0], y0), (x[1], y0 + rng.uniform(6, 8)), int(rng.integers(1, 3)), style, "-x" if side > 0 else "+x", rng, "tile" if rng.uniform() < 0.6 else "flat", False, 0.0)
    for k in range(5):
        spot = (rng.choice([-1, 1]) * rng.uniform(3.0, 8.0), rng.uniform(9, 26))
        structures.tree(f"t{k}", spot, rng.uniform(3.5, 6.5), rng.uniform(1.4, 2.6), rng, leaves=1800, size=0.24)
    things = structures.Shape()
    for _ in range(int(rng.integers(4, 9))):
        x, y = rng.choice([-1, 1]) * rng.uniform(2.35, 2.75), rng.uniform(-1.5, 9)
        kind = rng.integers(3)
        if kind == 0:
            things.tube((x, y, 0), (x, y, rng.uniform(0.25, 0.5)), 0.14, (0.55, 0.32, 0.22), 0.19, sides=12)
            things.ellipsoid((x, y, 0.62), (0.22, 0.22, 0.24), (0.16, 0.34, 0.12), 9, 6)
        elif kind == 1:
            things.box((x - 0.16, y - 0.6, 0.36), (x + 0.16, y + 0.6, 0.42), (0.5, 0.36, 0.22))
            for d in (-0.5, 0.5):
                things.box((x - 0.12, y + d - 0.03, 0), (x + 0.12, y + d + 0.03, 0.36), (0.4, 0.28, 0.18))
        else:
            for r in range(3):
                for c in range(4 - r):
                    things.tube((x - 0.3, y + c * 0.16 + r * 0.08, 0.08 + 0.14 * r), (x + 0.3, y + c * 0.16 + r * 0.08, 0.08 + 0.14 * r), 0.075, (0.46, 0.33, 0.21))
    things.emit("things", structures.painted("things", 0.8, 0.3), studio.INDEX["furniture"])
    structures.blades("verge-l", (-3.1, -5), (-2.7, 20), 900, 0.16, rng, studio.INDEX["grass"])
    structures.blades("verge-r", (2.7, -5), (3.1, 20), 900, 0.16, rng, studio.INDEX["grass"])
    structures.hills()
    rubbish = litter(frame)
    if rubbish is not None:
        rubbish.emit("litter", structures.painted("litter", 0.6, 0.1), LITTER)
    studio.camera(**view(frame))
    return light


def truth(frame):
    """What the picture holds."""
    state = frame["state"]
    return {"place": state["place"], "kind": state["kind"], "littered": state["kind"] != "after", "haze": 0.0, "wet": False, "rain": False, "weather": "clear"}
