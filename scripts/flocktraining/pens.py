"""Rendered pens as a camera stores them and the program aligns them, with their truth."""

import json
import sys
from datetime import datetime
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "testimages"))

import io  # noqa: E402

import camera  # noqa: E402
import flock  # noqa: E402

LEAST_SHARE, LEAST_PIXELS = 0.25, 12


class Pen:
    """One seed's camera: its aligned pictures and what is true of them."""

    def __init__(self, folder, versions=1, seed=0):
        self.pictures, self.records = [], []
        prefixes = sorted(str(p)[: -len(".json")] for p in Path(folder).glob("[0-9][0-9][0-9].json"))
        for prefix in prefixes:
            record = json.loads(Path(prefix + ".json").read_text(encoding="utf-8"))
            raw = camera.read_raw(prefix, flock.MIST)
            # Renders of half size become pictures of half size.
            camera.WIDTH, camera.HEIGHT = self.size = raw.index.shape[1] * 4 // 3, raw.index.shape[0] * 4 // 3
            for version in range(versions):
                name = f"{folder}-{record['name']}-{version}"
                when = datetime.fromisoformat(record["datetime"]).replace(tzinfo=None)
                self.pictures.append(photographed(raw, seed, name, when, camera.generator(seed, "flock", name)))
                self.records.append((record, raw.index))
        first = self.records[0][0]["seen"]
        self.outline = camera.raw_to_picture(first["pen"], raw_is=(flock.WIDTH, flock.HEIGHT))
        points = [(p["pixel"], p["metres"]) for p in first["ground"]]
        self.pixels = camera.raw_to_picture([p for p, _ in points], raw_is=(flock.WIDTH, flock.HEIGHT))
        self.metres = np.array([m for _, m in points], float)

    def index(self, k):
        """The index pass in the aligned frame."""
        camera.WIDTH, camera.HEIGHT = self.size
        return camera.warp(self.records[k][1], camera.Shift(), smooth=False)

    def seen(self, k):
        """Numbers of the hens that a person would count."""
        birds = self.records[k][0]["seen"]["birds"]
        return [n for n, b in enumerate(birds) if b["visiblePixels"] >= LEAST_PIXELS and b["visiblePixels"] >= LEAST_SHARE * b["wholePixels"]]

    def inside(self, k, n):
        return self.records[k][0]["seen"]["birds"][n]["inside"]

    def pixels_per_metre(self, y, x):
        """Along the row, at the middle of the pen."""
        h = homography(self.pixels, self.metres)
        def at(px, py):
            u = h @ np.array([px, py, 1.0])
            return u[:2] / u[2]
        d = at(x + 0.5, y) - at(x - 0.5, y)
        return 1 / max(np.hypot(*d), 1e-6)


def photographed(raw, seed, name, when, rng):
    """A raw render as the camera stores it and the program aligns it, a fraction of a pixel off."""
    shift = camera.daily_shift(seed, name, when)
    picture = camera.expose(raw, shift, seed, name, extinction=float(rng.uniform(0.0004, 0.003)))
    stored = np.asarray(Image.open(io.BytesIO(camera.jpeg(picture, int(rng.integers(65, 93))))).convert("RGB"))
    off = camera.Shift(shift.dx + rng.normal(0, 0.15), shift.dy + rng.normal(0, 0.15), shift.rotation + rng.normal(0, 0.005))
    return aligned(stored, off)


def aligned(picture, shift):
    """A picture brought back by its shift, bilinear."""
    height, width = picture.shape[:2]
    angle = np.radians(shift.rotation)
    c, s = np.cos(angle), np.sin(angle)
    cx, cy = width / 2, height / 2
    # Frame (x, y) is seen at centre + R (p - centre) + d.
    a, b, d, e = c, -s, s, c
    return np.asarray(Image.fromarray(picture).transform(
        (width, height), Image.Transform.AFFINE,
        (a, b, cx - a * cx - b * cy + shift.dx, d, e, cy - d * cx - e * cy + shift.dy), Image.Resampling.BILINEAR))


def homography(pixels, metres):
    """From pixels to metres, least squares."""
    rows = []
    for (x, y), (u, v) in zip(pixels, metres):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, -u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, -v])
    return np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3)
