"""A field through harvest, ploughing and plastic film: what changes most in a village and is no building."""

import math

import numpy as np

import structures
import studio
from structures import Shape

INDEX = studio.INDEX


def furrows(name, low, high, soil, rng):
    """Ploughed ridges."""
    x, y = np.linspace(low[0], high[0], 30), np.linspace(low[1], high[1], 80)
    points = np.zeros((30, 80, 3))
    points[..., 0], points[..., 1] = x[:, None], y[None, :]
    points[..., 2] = 0.12 + 0.08 * np.cos((y - low[1]) / 0.9 * 2 * math.pi)[None, :] + rng.uniform(-0.03, 0.03, (30, 80))
    Shape().grid(points, (0.5, 0.5, 0.5)).emit(name, soil, INDEX["soil"])


def tunnels(name, low, high, rows, height=0.5):
    """Low tunnels of white film over so many rows."""
    film = Shape()
    for row in np.arange(low[1] + 1.0, high[1] - 1.0, 1.8)[: max(0, int(rows))]:
        turn = np.linspace(0, math.pi, 9)
        points = np.zeros((9, 14, 3))
        points[..., 0] = np.linspace(low[0] + 0.5, high[0] - 0.5, 14)[None, :]
        points[..., 1] = row + 0.55 * np.cos(turn)[:, None]
        points[..., 2] = 0.1 + height * np.sin(turn)[:, None]
        film.grid(points[::-1], (0.82, 0.84, 0.85))
    film.emit(name, structures.cloth(), INDEX["tarpaulin"])


def rice(low, high, t, days, soil, seed):
    """Rice that ripens, stubble, ploughed earth, then rows under film; `days` has harvest, plough and film."""
    structures.slab("field", low, high, 0.05, soil, INDEX["soil"])
    rng = studio.random_for(seed, "rice")
    ripe = min(1.0, max(0.0, (t + 16 - days["harvest"]) / 14))
    color = tuple((1 - ripe) * np.array((0.42, 0.50, 0.16)) + ripe * np.array((0.66, 0.55, 0.24)))
    if t < days["harvest"]:
        structures.blades("rice", low, high, 30000, 0.75, rng, INDEX["crop_leaf"], None, color)
    elif t < days["plough"]:
        structures.blades("stubble", low, high, 16000, 0.14, rng, INDEX["ground"], None, (0.62, 0.54, 0.32))
    else:
        furrows("furrows", low, high, soil, rng)
    if t >= days["film"]:
        tunnels("film", low, high, 2 + 2 * (t - days["film"]))
