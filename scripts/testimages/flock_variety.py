"""Flocks for training: another place, view, ground and breed for each seed.

A seed is one camera's series of eight pictures: two of the empty pen, the others with flocks of every
colour and manner, now and then with a thing that somebody left lying. With `--size half` the camera looks at a
part of the pen, so that a hen has its pixels at a quarter of the cost. Nothing of the test set is used but the way
it is built.
"""

import math
from datetime import datetime, timedelta

import numpy as np

import flock
import structures
import studio

COUNT = 8
MANNERS = ("spread", "spread", "feeder", "huddle", "shade", "shade")
BREEDS = ("white", "brown", "black", "speckled", "mixed", "mixed")
SOILS = ((1.0, 1.0, 1.0), (1.5, 0.95, 0.7), (1.3, 1.5, 1.8), (0.55, 0.6, 0.7), (1.6, 1.65, 1.6))
"""Factors of brown, red, grey, dark and pale ground."""

_COLOURS = dict(flock.COLOURS)
_HEN = flock.hen


def frames(seed):
    """All frames in order of time, a day apart."""
    made = []
    for number in range(COUNT):
        rng = studio.random_for(seed, "variety-frame", number)
        when = datetime(2024, 6, 3) + timedelta(days=number, seconds=int(rng.uniform(7.5, 17.8) * 3600))
        inside = 0 if number % 4 == 0 else int(rng.integers(3, 61))
        made.append({
            "name": f"{number:03d}",
            "camera": flock.CAMERA_ID,
            "datetime": when.isoformat() + "+08:00",
            "state": {
                "seed": seed, "inside": inside, "outside": int(rng.integers(0, 4)) if inside else 0,
                "colours": str(rng.choice(BREEDS)), "manner": str(rng.choice(MANNERS)),
                "cloud": round(float(rng.uniform(0.02, 0.95)), 3), "farmer": bool(rng.uniform() < (0.1 if inside else 0.3)),
                "things": int(rng.integers(0, 4)) if rng.uniform() < 0.35 else 0,
            },
        })
    return made


def _place(seed):
    """Sets the flock's scene to the place of a seed; returns the factors of soil and grass and how dense and high grass is."""
    rng = studio.random_for(seed, "variety-place")
    flock.EYE = (rng.uniform(-6, 6), rng.uniform(-5, 4.5), rng.uniform(3.6, 10))
    flock.LOOK_AT = (rng.uniform(-1, 1), rng.uniform(16.5, 19), 0.0)
    near = 10 - flock.EYE[1]
    flock.FOCAL = float(np.clip(rng.uniform(0.9, 1.25) * 36 * math.hypot(near + 4, flock.EYE[2]) / 17, 17, 40))
    if studio.picture_divisor > 1:
        spots = list(flock.corners(seed).values()) + [(rng.uniform(-5, 5), rng.uniform(13, 23)) for _ in range(3)]
        x, y = spots[int(rng.integers(len(spots)))]
        flock.LOOK_AT = (0.75 * x, 0.75 * y + 4.5, 0.0)
        flock.FOCAL *= 0.85 * studio.picture_divisor
    for kind, colours in _COLOURS.items():
        flock.COLOURS[kind] = tuple(tuple(np.clip(np.array(c) * np.exp(rng.normal(0, 0.16) + rng.normal(0, 0.06, 3)), 0, 1)) for c in colours)
    soil = np.array(SOILS[int(rng.integers(len(SOILS)))]) * np.exp(rng.normal(0, 0.08, 3))
    grass = np.exp(rng.normal(0, 0.22) + rng.normal(0, 0.12, 3))
    return soil, grass, float(rng.uniform(0.15, 1.6)), float(rng.uniform(0.6, 1.6)), float(rng.uniform(0.85, 1.2))


def _things(frame):
    """Buckets, sacks and boards that were not there before."""
    rng = studio.random_for(frame["state"]["seed"], "variety-things", frame["name"])
    shape = structures.Shape()
    for _ in range(frame["state"]["things"]):
        x, y = rng.uniform(-6, 6), rng.uniform(11, 25)
        colour = rng.uniform(0.05, 0.9, 3)
        kind = rng.integers(3)
        if kind == 0:
            shape.tube((x, y, 0), (x, y, 0.32), 0.13, colour, 0.17, sides=12)
        elif kind == 1:
            shape.ellipsoid((x, y, 0.14), (rng.uniform(0.2, 0.35), rng.uniform(0.3, 0.5), 0.17), colour)
        else:
            shape.box((x - 0.6, y - 0.12, 0), (x + 0.6, y + 0.12, 0.05), colour)
    if frame["state"]["things"]:
        shape.emit("things", structures.painted("things", 0.85, 0.2), studio.INDEX["furniture"])


def build(frame, seed):
    """Builds the scene of one frame; returns the light."""
    soil, grass, dense, high, big = _place(seed)
    mesh, blades = studio.mesh, structures.blades

    def dyed(name, verts, faces, material, colors=None, *rest, **more):
        factors = {"soil": soil, "grass": grass, "tall-grass": grass}.get(name)
        if factors is not None:
            colors = np.clip(np.asarray(colors) * factors, 0, 1)
        return mesh(name, verts, faces, material, colors, *rest, **more)

    def sown(name, low, high_corner, count, height, *rest, **more):
        return blades(name, low, high_corner, int(count * min(dense, 1.15)), height * high, *rest, **more)

    def sized(rng, colour):
        return structures.Shape().place(_HEN(rng, colour), (0, 0, 0), 0.0, big)

    studio.mesh, structures.blades, flock.hen = dyed, sown, sized
    try:
        light = flock.build(frame, seed)
        _things(frame)
        return light
    finally:
        studio.mesh, structures.blades, flock.hen = mesh, blades, _HEN


def truth(frame):
    """What the frame holds, without what is seen of it."""
    return flock.truth(frame)


def finish(frame, index):
    """The index picture and every hen with its box and visibility."""
    seed = frame["state"]["seed"]
    big = _place(seed)[-1]
    flock.hen = lambda rng, colour: structures.Shape().place(_HEN(rng, colour), (0, 0, 0), 0.0, big)
    try:
        return flock.finish(frame, index)
    finally:
        flock.hen = _HEN
