"""Fruit on a plain ground or belt, seen from above, with exact truth.

    python trays.py --out DIR [--seed N] [--frames ::4 | 0,3]

Writes DIR/archive/NAME.jpg and DIR/truth/trays.json, and DIR/MANIFEST.csv. A tray needs no other. No Blender: each
fruit is an ellipsoid of revolution whose outline, colour and spots are known in closed form, so
every ray is solved exactly (4 rays a pixel) through a pinhole camera that looks down within 1.5°.
Light is a lamp from one side, wide enough for soft shadows, and a dim sky; it falls off along
the tray. There are no reflections between fruit, no stalks and no leaves; of the stalk's end there is a green
button. Needs numpy, Pillow, scipy.
"""

import argparse
import hashlib
import json
import math
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

import phone
from assemble import write_manifest
from render import chosen, spread

GENERATOR = 1
WIDTH, HEIGHT = 1440, 1080
OVER = 2
GROUNDS = {"grey card": (0.50, 0.51, 0.52), "white paper": (0.80, 0.80, 0.78), "blue belt": (0.10, 0.22, 0.42), "green belt": (0.10, 0.30, 0.20), "black belt": (0.045, 0.045, 0.05), "wood": (0.42, 0.31, 0.20)}
KINDS = {"orange": ((0.86, 0.36, 0.035), (0.16, 0.29, 0.05)), "tangor": ((0.90, 0.45, 0.06), (0.28, 0.38, 0.08)), "tomato": ((0.62, 0.05, 0.03), (0.42, 0.40, 0.10))}
"""Linear albedo of the ripe and the unripe peel."""
# ground, kind, marker, focal length for 35 mm film, camera height mm, manner, ripe share, spots a fruit
PLANS = [
    ("grey card", "tangor", "square", 28, 760, "apart", 0.93, 2.0),
    ("blue belt", "tangor", "coin", 35, 900, "touching", 0.88, 2.5),
    ("white paper", "orange", "square", 26, 700, "touching", 0.90, 1.6),
    ("black belt", "orange", "none", 50, 1250, "rows", 0.95, 1.6),
    ("green belt", "tangor", "square", 40, 1000, "touching", 0.80, 3.0),
    ("wood", "orange", "coin", 28, 740, "apart", 0.75, 2.2),
    ("grey card", "tomato", "square", 30, 780, "rows", 0.90, 1.0),
    ("blue belt", "tangor", "none", 60, 1500, "touching", 0.97, 2.0),
]
MARKER_MM = {"square": 40.0, "coin": 25.0}


def frames():
    """The trays by name, as render.py chooses among them."""
    return [{"name": f"{number:02d}", "number": number} for number in range(len(PLANS))]


def generator(seed, *names):
    key = hashlib.sha256("/".join(map(str, (seed,) + names)).encode()).digest()
    return np.random.default_rng(int.from_bytes(key[:8], "little"))


def srgb(light):
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


def hue(colour):
    """Degrees of the colour circle."""
    r, g, b = (srgb(colour)[..., k] for k in range(3))
    high, low = np.maximum(np.maximum(r, g), b), np.minimum(np.minimum(r, g), b)
    span = np.maximum(high - low, 1e-9)
    return np.where(high == r, ((g - b) / span * 60) % 360, np.where(high == g, 120 + (b - r) / span * 60, 240 + (r - g) / span * 60))


class Fruit:
    """An ellipsoid of revolution that lies on the ground, with peel and spots in its own frame (axis = z)."""

    def __init__(self, rng, kind, x, y, diameter, ripe, spots):
        self.radius = diameter / 2
        self.ratio = rng.uniform(0.86, 0.99) if kind != "orange" else rng.uniform(0.95, 1.0)
        axis = rng.normal(size=3)
        axis /= np.linalg.norm(axis)
        other = np.cross(axis, [0.3, 0.5, 0.8])
        other /= np.linalg.norm(other)
        self.turn = np.stack([other, np.cross(axis, other), axis])  # world to own frame
        self.half = np.array([self.radius, self.radius, self.radius * self.ratio])
        shape = self.turn.T @ np.diag(self.half**2) @ self.turn
        self.lift = math.sqrt(shape[2, 2])
        self.centre = np.array([x, y, self.lift])
        self.kind = kind
        self.ripe_peel, self.raw_peel = (np.array(c) * rng.uniform(0.92, 1.06) for c in KINDS[kind])
        self.ripe = float(np.clip(rng.normal(ripe, 0.09), 0.35, 1.0)) if rng.uniform() < 0.75 else 1.0
        self.waves = [(rng.normal(size=3) * rng.uniform(2, 5), rng.uniform(0, 6.28), rng.uniform(0.06, 0.16)) for _ in range(6)]
        self.fine = [(rng.normal(size=3) * rng.uniform(9, 30), rng.uniform(0, 6.28)) for _ in range(10)]
        self.spots = []
        for _ in range(rng.poisson(spots)):
            for _ in range(20):
                point = rng.normal(size=3)
                point /= np.linalg.norm(point)
                size = float(np.clip(rng.lognormal(0.75, 0.55), 0.9, 9.0))
                apart = all(math.acos(np.clip(point @ p, -1, 1)) * self.radius > size / 2 + s / 2 + 3.0 for p, s, _ in self.spots)
                if apart and abs(point[2]) < 0.93:
                    tone = np.array((0.14, 0.075, 0.035)) if rng.uniform() < 0.7 else np.array((0.035, 0.03, 0.026))
                    self.spots.append((point, size, tone * rng.uniform(0.8, 1.25)))
                    break

    def peel(self, own):
        """(albedo, ripe?) at points of the unit sphere that stand for the skin."""
        level = own[..., 2] * 0.9
        for wave, phase, depth in self.waves:
            level = level + depth * np.sin(own @ wave + phase)
        limit = 2.0 if self.ripe >= 1 else 0.95 * (2 * self.ripe - 1) + 0.02
        mix = np.clip((level - limit) / 0.10 + 0.5, 0, 1)[..., None]
        colour = self.ripe_peel * (1 - mix) + self.raw_peel * mix
        ripe = hue(colour) < 60
        tone = 1.0
        for wave, phase in self.fine:
            tone = tone + 0.008 * np.sin(own @ wave + phase)
        colour = colour * np.asarray(tone)[..., None]
        colour = np.where((own[..., 2] > math.cos(2.6 / self.radius))[..., None], np.array((0.13, 0.20, 0.05)), colour)
        for point, size, tone in self.spots:
            inside = np.arccos(np.clip(own @ point, -1, 1)) * self.radius < size / 2
            colour = np.where(inside[..., None], tone, colour)
        return colour, ripe

    def meet(self, eye, rays):
        """Distance along each ray to the skin (infinite where it misses)."""
        o = (self.turn @ (eye - self.centre)) / self.half
        d = rays @ self.turn.T / self.half
        a, b, c = (d * d).sum(-1), (d * o).sum(-1), o @ o - 1
        root = b * b - a * c
        return np.where(root > 0, (-b - np.sqrt(np.maximum(root, 0))) / a, np.inf)

    def shades(self, points, direction):
        """Which points have the fruit between them and a far light."""
        o = (points - self.centre) @ self.turn.T / self.half
        d = (self.turn @ direction) / self.half
        a, b, c = d @ d, o @ d, (o * o).sum(-1) - 1
        return (b * b - a * c > 0) & (b < 0) & (c > 0)


def arrange(rng, manner, reach, kind, marker):
    """(x, y, diameter) of the fruit of a tray; touching ones lie against each other, on the ground, none on the marker."""
    mean, spread = {"orange": (80, 6), "tangor": (80, 7), "tomato": (66, 5)}[kind]
    wide, high = reach
    placed = []

    def gap(x, y, d):  # between the equators of two spheres on one plane
        return min((math.hypot(x - a, y - b) - math.sqrt(4 * (d / 2) * (e / 2)) for a, b, e in placed), default=99)

    count, tries = (11 if manner == "apart" else 14), 0
    while len(placed) < count and tries < 6000:
        tries += 1
        d = float(np.clip(rng.normal(mean, spread), mean - 17, mean + 16))
        room_x, room_y = wide / 2 - d * 0.62, high / 2 - d * 0.62
        if manner == "rows":
            k = len(placed)
            x, y = -room_x + (k % 5 + 0.5) * 2 * room_x / 5 + rng.normal(0, 3), -room_y + (k // 5 + 0.5) * 2 * room_y / 3 + rng.normal(0, 3)
        elif manner == "touching" and placed and rng.uniform() < 0.65:
            a, b, e = placed[int(rng.integers(len(placed)))]
            turn, away = rng.uniform(0, 6.28), math.sqrt(d * e) + 0.15
            x, y = a + away * math.cos(turn), b + away * math.sin(turn)
        else:
            x, y = rng.uniform(-room_x, room_x), rng.uniform(-room_y, room_y)
        clear = gap(x, y, d)
        ok = clear > (0.05 if manner == "touching" else 9)
        corner = x > wide / 2 - 95 and y > high / 2 - 95
        # A fruit reaches farther over the ground than it is wide, seen from the tray's middle; 29 mm is half the square's diagonal.
        hides = marker != "none" and math.hypot(1.06 * x - wide / 2 + 45, 1.06 * y - high / 2 + 45) < 0.53 * d + 29
        if ok and abs(x) <= room_x and abs(y) <= room_y and not corner and not hides:
            placed.append((x, y, d))
    return placed


def render(seed, number):
    """The picture (linear light) and the truth of one tray."""
    ground_name, kind, marker, focal35, high, manner, ripe, spots = PLANS[number % len(PLANS)]
    rng = generator(seed, "tray", number)
    high *= rng.uniform(0.95, 1.08)
    focal = focal35 / 43.2666 * math.hypot(WIDTH, HEIGHT)  # film of 36 x 24 mm, by the diagonal
    reach = (WIDTH / focal * high * 0.93, HEIGHT / focal * high * 0.93)
    fruit = [Fruit(rng, kind, x, y, d, ripe, spots) for x, y, d in arrange(rng, manner, reach, kind, marker)]
    lean = np.radians(rng.normal(0, 0.5, 2)).clip(-0.026, 0.026)
    forward = np.array([lean[0], lean[1], -1.0])
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, [0, 1.0, 0])
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    eye = np.array([0.0, 0.0, high])

    w, h = WIDTH * OVER, HEIGHT * OVER
    xs, ys = (np.arange(w) + 0.5) / OVER - WIDTH / 2, (np.arange(h) + 0.5) / OVER - HEIGHT / 2
    rays = forward * focal + xs[None, :, None] * right - ys[:, None, None] * up

    def pixel(point):
        away = point - eye
        depth = away @ forward
        return [WIDTH / 2 + focal * (away @ right) / depth, HEIGHT / 2 - focal * (away @ up) / depth]

    # light: a wide lamp from the side and above, a sky, falling off along the tray
    azimuth, tilt = rng.uniform(0, 6.28), math.radians(rng.uniform(38, 70))
    lamp = np.array([math.cos(azimuth) * math.cos(tilt), math.sin(azimuth) * math.cos(tilt), math.sin(tilt)])
    beams = []
    for _ in range(14):
        beam = lamp + rng.normal(0, 0.13, 3)
        beams.append(beam / np.linalg.norm(beam))
    slope = rng.normal(0, 0.16, 2) / (reach[0] / 2)
    tint = np.exp(rng.normal(0, 0.05, 3))
    power, sky = 2.2, 0.55

    # ground, at a quarter of the rays: its shadows are soft
    coarse = rays[2::4, 2::4]
    floor = eye + coarse * (-eye[2] / coarse[..., 2])[..., None]
    seen = np.zeros(floor.shape[:2])
    for beam in beams:
        dark = np.zeros(floor.shape[:2], bool)
        for f in fruit:
            dark |= f.shades(floor, beam)
        seen += ~dark
    seen /= len(beams)
    occluded = np.ones(floor.shape[:2])
    for f in fruit:  # the sky that a ball hides from the ground beside it
        away = np.linalg.norm(floor[..., :2] - f.centre[:2], axis=-1)
        occluded *= 1 - 0.62 * np.clip(1.25 - away / (1.9 * f.radius), 0, 1) ** 1.5
    fall = 1 + floor[..., 0] * slope[0] + floor[..., 1] * slope[1]
    light = (power * lamp[2] * seen + sky * occluded) * fall
    light = ndimage.zoom(light, 4, order=1)[:h, :w]
    grain = ndimage.gaussian_filter(rng.normal(0, 1, (h // 2, w // 2)), 1.2)
    grain = ndimage.zoom(grain / grain.std(), 2, order=1)
    texture = np.exp(0.035 * grain)
    floor = eye + rays * (-eye[2] / rays[..., 2])[..., None]
    if ground_name == "wood":
        texture = texture * (1 + 0.06 * np.sin(floor[..., 1] * 0.35 + 1.5 * np.sin(floor[..., 0] * 0.012)))
    if ground_name == "black belt":
        texture = texture * (1 + 0.10 * np.sin(floor[..., 0] * 0.9))
    picture = np.array(GROUNDS[ground_name]) * (light * texture)[..., None]

    truth = {"file": f"tray_{number:02d}.jpg", "ground": ground_name, "kind": kind, "manner": manner, "marker": None, "cameraHeight": round(high, 2), "focalLength35": focal35}
    if marker != "none":
        spot, turn, size = np.array([reach[0] / 2 - 45, reach[1] / 2 - 45]), rng.uniform(0, 1.5), MARKER_MM[marker]
        local = (floor[..., :2] - spot) @ np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
        if marker == "square":
            picture[np.abs(local).max(-1) < 34] = 0
            card = np.abs(local).max(-1) < 34
            picture[card] = (np.where((np.abs(local).max(-1) < size / 2)[..., None], 0.03, 0.82) * light[..., None])[card]
        else:
            away = np.hypot(local[..., 0], local[..., 1])
            metal = 0.50 + 0.10 * np.sin(local[..., 0] * 1.3) * np.sin(local[..., 1] * 1.1) - 0.18 * (np.abs(away - 11.3) < 0.5)
            coin = away < size / 2
            picture[coin] = (np.array((0.95, 0.97, 1.0)) * (metal * light)[..., None])[coin]
        truth["marker"] = {"shape": marker, "millimetres": size, "centre": pixel(np.array([*spot, 0.0]))}

    truth["fruit"] = []
    depth = np.full((h, w), np.inf)
    owner = np.full((h, w), -1)
    colours = np.zeros((h, w), bool)
    for number_of, f in enumerate(fruit):
        cx, cy = pixel(f.centre)
        half = focal * f.radius / (high - 2 * f.lift) * 1.25 + 4
        x0, x1, y0, y1 = (int(max(0, v)) for v in ((cx - half) * OVER, (cx + half) * OVER, (cy - half) * OVER, (cy + half) * OVER))
        part = rays[y0:y1, x0:x1]
        t = f.meet(eye, part)
        hit = np.isfinite(t) & (t < depth[y0:y1, x0:x1])
        points = eye + part * np.where(hit, t, 0)[..., None]
        own = (points - f.centre) @ f.turn.T / f.half
        own /= np.maximum(np.linalg.norm(own, axis=-1, keepdims=True), 1e-9)
        normal = (own / f.half) @ f.turn
        normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
        albedo, is_ripe = f.peel(own)
        dimple = np.zeros(normal.shape)
        for wave, phase in f.fine[:6]:
            dimple += 0.012 * np.cos(own @ (wave * 3) + phase)[..., None] * (wave / np.linalg.norm(wave))
        bent = normal + dimple
        bent /= np.linalg.norm(bent, axis=-1, keepdims=True)
        near = [g for g in fruit if g is not f and np.linalg.norm(g.centre - f.centre) < 4 * f.radius]
        direct = np.zeros(t.shape)
        for beam in beams:
            dark = np.zeros(t.shape, bool)
            for g in near:
                dark |= g.shades(points, beam)
            direct += np.where(dark, 0, np.maximum(bent @ beam, 0))
        direct /= len(beams)
        skylight = sky * (0.55 + 0.45 * bent[..., 2])
        for g in near:
            away = np.linalg.norm(points[..., :2] - g.centre[:2], axis=-1)
            skylight = skylight * (1 - 0.45 * np.clip(1.25 - away / (1.6 * g.radius), 0, 1))
        back = -part / np.linalg.norm(part, axis=-1, keepdims=True)
        middle = back + lamp
        middle /= np.linalg.norm(middle, axis=-1, keepdims=True)
        shine = 0.18 * np.maximum((bent * middle).sum(-1), 0) ** 55 * (direct > 0.2)
        local = (power * direct + skylight) * (1 + points[..., 0] * slope[0] + points[..., 1] * slope[1])
        value = albedo * local[..., None] + (shine * power)[..., None]
        view = picture[y0:y1, x0:x1]
        view[hit] = value[hit]
        depth[y0:y1, x0:x1][hit] = t[hit]
        owner[y0:y1, x0:x1][hit] = number_of
        colours[y0:y1, x0:x1][hit] = is_ripe[hit]
    for number_of, f in enumerate(fruit):
        mine = owner == number_of
        spots_seen = []
        for point, size, _ in f.spots:
            skin = (point * f.half) @ f.turn + f.centre
            outward = (point / f.half) @ f.turn
            outward /= np.linalg.norm(outward)
            back = (eye - skin) / np.linalg.norm(eye - skin)
            x, y = pixel(skin)
            ix, iy = int(np.clip(x * OVER, 0, w - 1)), int(np.clip(y * OVER, 0, h - 1))
            facing = float(outward @ back)
            if facing > 0.1 and owner[iy, ix] == number_of:
                spots_seen.append({"x": round(x, 1), "y": round(y, 1), "millimetres": round(size, 2), "areaInSquareMillimetres": round(math.pi * size * size / 4, 2), "facing": round(facing, 3)})
        x, y = pixel(f.centre)
        truth["fruit"].append({"x": round(x, 1), "y": round(y, 1), "diameter": round(2 * f.radius, 2), "ratio": round(f.ratio, 3), "colourShare": round(float(colours[mine].mean()), 4), "visiblePixels": int(mine.sum() / OVER**2), "spots": spots_seen})
    truth["pixelsPerMillimetreAtFruit"] = round(focal / (high - float(np.mean([f.lift for f in fruit]))), 5)
    picture = picture.reshape(HEIGHT, OVER, WIDTH, OVER, 3).mean((1, 3)) * tint
    return picture, truth


def develop(picture, rng):
    """Lens blur, exposure, noise, the 8 bits of a phone."""
    picture = ndimage.gaussian_filter(picture, (0.55, 0.55, 0))
    picture = picture * (0.80 / np.percentile(picture.max(-1), 98))
    picture = picture + rng.normal(0, 1, picture.shape) * np.sqrt(0.00002 + 0.00010 * picture.clip(0))
    picture = np.where(picture > 0.75, 0.75 + 0.25 * np.tanh((picture - 0.75) / 0.25), picture)
    return Image.fromarray((srgb(picture) * 255 + 0.5).astype(np.uint8))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--frames", default="", help='"0,3" or a slice "::4"; all when not given')
    parser.add_argument("--every", type=int, help="every so many-th tray alone, at least two")
    options = parser.parse_args()
    out = Path(options.out)
    (out / "archive").mkdir(parents=True, exist_ok=True)
    (out / "truth").mkdir(exist_ok=True)
    trays = []
    wanted = chosen(frames(), options.frames)
    for number in (frame["number"] for frame in (spread(wanted, options.every) if options.every else wanted)):
        picture, truth = render(options.seed, number)
        data = phone.jpeg(develop(picture, generator(options.seed, "noise", number)), 88, focal35=truth["focalLength35"])
        (out / "archive" / truth["file"]).write_bytes(data)
        trays.append(truth)
        print(truth["file"], len(truth["fruit"]), len(data), flush=True)
    (out / "truth" / "trays.json").write_text(json.dumps({"seed": options.seed, "trays": trays}, indent=1) + "\n", encoding="utf-8")
    write_manifest(out, options.seed, GENERATOR)


if __name__ == "__main__":
    main()
