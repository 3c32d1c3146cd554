"""Orchards for training: the orchard's scene with another place, view, soil and light in each frame.

The frames are no series. Each has its own seed, so trees, weeds, ground, crops and colours
differ from those of the test set and from each other, as villages do. Nothing of the test set is
used but the way it is built.
"""

import math
from datetime import datetime, timedelta

import numpy as np

import grove
import orchard
import plants
import sites
import studio

COUNT = 28
TREES = ("citrus", "plum", "peach")
EVENTS = {(3, 5): 2, (3, 18): 2, (4, 24): 3, (7, 12): 2, (10, 18): 3, (11, 3): 3}
"""Days (month, day) about which more frames are taken: bloom, illness, ripe fruit, autumn leaves."""
SEASON = (0, 365)
"""Days of the year over which the other frames are spread."""
HOURS = (8.5, 16.5)
SPACING = (0.85, 1.45)
"""Distances between trees, as multiples of those of the test set."""

_PLAIN = {name: dict(plot) for name, plot in orchard.PLOTS.items()}
_COLOURS = {kind: dict(parts) if isinstance(parts, dict) else parts for kind, parts in plants.COLOURS.items()}


def frames(seed):
    """All frames in order of time."""
    rng = plants.generator(seed, "variety")
    days = [plants.day_of_year(day) + rng.normal(0, 4) for day, count in EVENTS.items() for _ in range(count)]
    rest = COUNT - len(days)
    days += list(SEASON[0] + (np.arange(rest) + rng.uniform(0, 1, rest)) * (SEASON[1] - SEASON[0]) / rest)
    made = []
    for number, day in enumerate(sorted(days)):
        when = datetime(plants.YEAR, 1, 1) + timedelta(days=int(day) % 365, seconds=int(rng.uniform(*HOURS) * 3600))
        frame = orchard._frame(seed, number, when)
        frame["state"]["seed"] = seed * 1000 + number
        made.append(frame)
    return made


def _vary(seed):
    """Set the orchard module to the place of one frame; returns the colour factors of its soil."""
    rng = plants.generator(seed, "place")
    far = rng.uniform(0.55, 1.15)
    orchard.EYE = (rng.uniform(-9, 9), 36 - 38 * far, 6 + 19 * far * rng.uniform(0.7, 1.2))
    tilt = math.radians(rng.uniform(13, 19) if far > 0.8 else rng.uniform(16, 24))
    away = 45 - orchard.EYE[1]
    orchard.LOOK_AT = (rng.uniform(-5, 5), 45, orchard.EYE[2] - away * math.tan(tilt))
    orchard.FOCAL = rng.uniform(21, 34)
    for name, plot in orchard.PLOTS.items():
        plot.update(_PLAIN[name])
        if plot["kind"] != "tea":
            plot["kind"] = str(rng.choice(TREES))
            plot["spacing"] = tuple(float(s) * rng.uniform(*SPACING) for s in plot["spacing"])
    for kind, parts in _COLOURS.items():
        tint = np.exp(rng.normal(0, 0.12, 3) * [1.0, 0.5, 1.0])
        if isinstance(parts, dict):
            plants.COLOURS[kind] = {part: tuple(np.array(c) * tint) for part, c in parts.items()}
        else:
            plants.COLOURS[kind] = tuple(np.array(parts) * tint)
    kinds = ((1.0, 1.0, 1.0), (1.35, 1.0, 0.85), (1.25, 1.45, 1.8), (0.6, 0.62, 0.7), (1.5, 1.55, 1.5))
    soil = np.array(kinds[int(rng.integers(len(kinds)))]) * np.exp(rng.normal(0, 0.08, 3))
    return soil, float(rng.uniform(0.0, 1.25))


def build(frame, seed):
    """Build one frame's orchard; `seed` names the series, the frame holds its own."""
    own = frame["state"]["seed"]
    soil, weeds = _vary(own)
    mesh, cover = studio.mesh, plants.weeds

    def dyed(name, verts, faces, material, colors=None, index=0, **more):
        if name == "soil":
            colors = np.asarray(colors) * soil
        return mesh(name, verts, faces, material, colors, index, **more)

    def sown(day):
        state = cover(day)
        return plants.Weeds(state.green, state.height, min(state.standing * weeds, 1.0))

    studio.mesh, plants.weeds = dyed, sown
    try:
        return orchard.build(frame, own)
    finally:
        studio.mesh, plants.weeds = mesh, cover


finish = sites.finish


def truth(frame):
    """What is known of a frame before it is rendered, with the plots' outlines: each frame has its own."""
    _vary(frame["state"]["seed"])
    plots = orchard.scene_truth(frame["state"]["seed"])["plots"]
    return {**orchard.truth(frame), "outlines": {plot["id"]: plot["polygon"] for plot in plots}, "crops": {plot["id"]: plot["crop"] for plot in plots}}


def scene_truth(seed):
    """What the frames share: how the mist pass and the object index are to be read."""
    return {"camera": {"mist": {"start": orchard.MIST[0], "depth": orchard.MIST[1]}}, "seed": seed,
            "index": {**studio.INDEX, "ripe_fruit": grove.RIPE_FRUIT}}
