"""The camera: what a cheap fixed camera does to a clean rendered picture.

Takes a raw render (8-bit sRGB), its object index and its mist pass, and returns the picture
that would have landed on disk: shaken, hazed, metered, noisy, with a clock burnt in. Only
numpy, scipy and Pillow; nothing is rendered again, and the same seed gives the same bytes.

Geometry. The reference picture is the raw picture enlarged by `ENLARGE` and cropped to
1280 x 720 around its centre, so that a shifted picture still has content at its edges. A
shift says where content went: displaced by (dx, dy) pixels right and down, turned by
`rotation` degrees clockwise and enlarged by `zoom` about the picture's centre.
"""

import io
import math
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from scipy import ndimage

WIDTH, HEIGHT = 1280, 720
MARGIN = 1.02
"""How much larger than the picture the enlarged raw picture is."""


def use(size):
    """From now on pictures are (width, height): a camera has one size of sensor."""
    global WIDTH, HEIGHT, _RADIUS
    WIDTH, HEIGHT = size
    _RADIUS = None


@dataclass
class Shift:
    """Displacement of content against the reference picture."""

    dx: float = 0.0
    dy: float = 0.0
    rotation: float = 0.0
    zoom: float = 1.0


@dataclass
class Raw:
    """A rendered frame in linear light with its truth passes."""

    light: np.ndarray
    index: np.ndarray
    distance: np.ndarray


def generator(seed, *names):
    """A random generator for a named step."""
    return np.random.default_rng([seed] + [zlib.crc32(str(name).encode()) for name in names])


# --- reading ----------------------------------------------------------------------------


def to_linear(value):
    """8-bit sRGB to linear light."""
    value = value.astype(np.float32) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def to_srgb(value):
    """Linear light to sRGB, both 0..1."""
    value = np.clip(value, 0, 1)
    return np.where(value <= 0.0031308, value * 12.92, 1.055 * value ** (1 / 2.4) - 0.055)


def read_raw(prefix, mist=(30.0, 900.0)):
    """Read `<prefix>.png` and its passes; `mist` is (start, depth) in metres of the scene."""
    prefix = str(prefix)
    light = to_linear(np.asarray(Image.open(prefix + ".png").convert("RGB")))
    index = np.asarray(Image.open(prefix + ".index.png")).astype(np.uint16)
    far = np.asarray(Image.open(prefix + ".mist.png")).astype(np.float32) / 65535
    return Raw(light, index, mist[0] + mist[1] * far)


# --- geometry ---------------------------------------------------------------------------


def raw_to_picture(points, shift=Shift(), raw_is=(WIDTH, HEIGHT)):
    """Points of the uncropped picture (size `raw_is`) in a picture with the given shift."""
    points = np.asarray(points, float).reshape(-1, 2)
    centre = np.array([WIDTH / 2, HEIGHT / 2])
    enlarge = WIDTH / raw_is[0] * MARGIN * shift.zoom
    away = (points - np.array(raw_is) / 2) * enlarge
    angle = math.radians(shift.rotation)
    cos, sin = math.cos(angle), math.sin(angle)
    turned = np.stack([cos * away[:, 0] - sin * away[:, 1], sin * away[:, 0] + cos * away[:, 1]], 1)
    return centre + turned + [shift.dx, shift.dy]


def _coefficients(shift, size):
    """Pillow's affine coefficients from picture to raw coordinates (pixel edges at integers)."""
    angle = math.radians(shift.rotation)
    cos, sin = math.cos(angle), math.sin(angle)
    scale = size[0] / WIDTH / MARGIN / shift.zoom
    a, b, d, e = scale * cos, scale * sin, -scale * sin, scale * cos
    cx, cy = WIDTH / 2 + shift.dx, HEIGHT / 2 + shift.dy
    return (a, b, size[0] / 2 - a * cx - b * cy, d, e, size[1] / 2 - d * cx - e * cy)


def warp(plane, shift, smooth=True):
    """A raw plane (2-D) as seen in the picture; content outside the raw picture is mirrored."""
    pad = 0
    reach = max(abs(shift.dx), abs(shift.dy)) + abs(shift.rotation) * 12
    if reach > 6:
        pad = int(reach * plane.shape[1] / WIDTH) + 8
        plane = np.pad(plane, pad, mode="reflect")
    a, b, c, d, e, f = _coefficients(shift, (plane.shape[1] - 2 * pad, plane.shape[0] - 2 * pad))
    image = Image.fromarray(plane.astype(np.float32 if smooth else np.int32))
    how = Image.Resampling.BICUBIC if smooth else Image.Resampling.NEAREST
    return np.asarray(image.transform((WIDTH, HEIGHT), Image.Transform.AFFINE, (a, b, c + pad, d, e, f + pad), how))


def view(raw, shift):
    """The raw frame as the camera's optics deliver it: light, index and distance at 1280 x 720."""
    light = np.stack([warp(raw.light[..., k], shift) for k in range(3)], -1)
    return Raw(np.maximum(light, 0), warp(raw.index, shift, smooth=False), warp(raw.distance, shift))


# --- air and glass ----------------------------------------------------------------------


def cloud(frame, rng):
    """Shadows of single clouds lie on about half of the land, with soft edges: there the sky alone gives light, a little blue.

    The shadows that things cast stay as they are, though under a cloud there would be none.
    """
    aside = (np.arange(WIDTH, dtype=np.float32) - WIDTH / 2) / WIDTH * frame.distance
    field = np.zeros_like(frame.distance)
    for length in (23.0, 37.0, 61.0):
        turn, start = rng.uniform(0, 2 * math.pi, 2)
        field += np.sin((math.cos(turn) * aside + math.sin(turn) * frame.distance) * 2 * math.pi / length + start)
    land = frame.index > 0
    shade = 1 / (1 + np.exp(-4 * (field - np.median(field[land])))) * land
    return Raw(frame.light * (1 - shade[..., None] * np.array([0.62, 0.58, 0.50], np.float32)), frame.index, frame.distance)


def haze(frame, extinction, tone=(0.93, 0.98, 1.06)):
    """Add airlight by distance; `extinction` per metre (0.0005 clear day, 0.03 thick fog)."""
    through = np.exp(-extinction * frame.distance)[..., None]
    sky = frame.index == 0
    bright = float(np.median(frame.light[sky])) if sky.sum() > 500 else float(np.percentile(frame.light, 97))
    air = np.array(tone, np.float32) * min(max(bright, 0.25), 0.85) * 0.9
    return frame.light * through + air * (1 - through)


def drops(light, rng, count):
    """Rain drops on the glass: small lenses that show the scene upside down and out of focus."""
    soft = np.stack([ndimage.gaussian_filter(light[..., k], 3.0) for k in range(3)], -1)
    out = light.copy()
    for _ in range(count):
        radius = float(np.clip(rng.lognormal(2.2, 0.55), 4, 30))
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, HEIGHT)
        x0, x1 = int(max(x - radius, 0)), int(min(x + radius + 1, WIDTH))
        y0, y1 = int(max(y - radius * 1.2, 0)), int(min(y + radius * 1.2 + 1, HEIGHT))
        if x1 - x0 < 3 or y1 - y0 < 3:
            continue
        gy, gx = np.mgrid[y0:y1, x0:x1]
        u, v = (gx - x) / radius, (gy - y) / (radius * 1.15)
        away = np.sqrt(u * u + v * v)
        cover = np.clip((1.02 - away) * radius / 2.5, 0, 1)[..., None] * 0.85
        sx = np.clip(x - u * radius * 4, 0, WIDTH - 1).astype(int)
        sy = np.clip(y - v * radius * 4, 0, HEIGHT - 1).astype(int)
        lens = soft[sy, sx] * (1.05 - 0.45 * away[..., None] ** 3)
        out[y0:y1, x0:x1] = out[y0:y1, x0:x1] * (1 - cover) + lens * cover
    return out


def _drawn(paint, blur):
    """A soft mask 0..1 from a drawing function, drawn at half size."""
    mask = Image.new("L", (WIDTH // 2, HEIGHT // 2), 0)
    paint(ImageDraw.Draw(mask))
    mask = mask.filter(ImageFilter.GaussianBlur(blur / 2)).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    return np.asarray(mask, np.float32)[..., None] / 255


def spider(light, rng):
    """A spider's thread before the lens: a few bright, blurred, sagging lines."""
    def paint(draw):
        for _ in range(int(rng.integers(2, 5))):
            a, b = rng.uniform(0, HEIGHT / 2, 2)
            sag = rng.uniform(4, 40)
            points = [(t * WIDTH / 2, a + (b - a) * t + sag * 4 * t * (1 - t)) for t in np.linspace(0, 1, 24)]
            draw.line(points, fill=int(rng.uniform(110, 200)), width=int(rng.integers(1, 4)))
    mask = _drawn(paint, 3.0)
    return light * (1 - 0.45 * mask) + 0.55 * float(light.mean() * 2.2) * mask


def dust(light, rng, amount):
    """Specks on the glass, out of focus: the same places for the same generator, darker with `amount` 0..1."""
    def paint(draw):
        for _ in range(60):
            x, y, r = rng.uniform(0, WIDTH / 2), rng.uniform(0, HEIGHT / 2), rng.uniform(1.5, 9.0)
            draw.ellipse([x - r, y - r * rng.uniform(0.7, 1.3), x + r, y + r], fill=int(rng.uniform(60, 200)))
    mask = _drawn(paint, 5.0) * amount
    return light * (1 - 0.5 * mask) + 0.10 * float(light.mean()) * mask


def glare(light, x, strength):
    """Veil of a low sun above the picture at column `x` (pixels): strongest at the upper edge there."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    away = ((columns - x) / (0.55 * WIDTH)) ** 2 + (rows / (0.7 * HEIGHT)) ** 2
    veil = strength * np.exp(-away)[..., None] * np.array((1.0, 0.95, 0.84), np.float32)
    return light + veil * float(np.percentile(light, 95))


def obstruct(light, rng, what):
    """Something right before the lens, out of focus, over most of the picture: leaf or hand."""
    w, h = WIDTH // 2, HEIGHT // 2

    def leaf(draw):
        tip = (rng.uniform(0.75, 0.95) * w, rng.uniform(0.05, 0.3) * h)
        draw.polygon([(-0.1 * w, 0.15 * h), (0.35 * w, -0.15 * h), tip, (0.75 * w, 0.8 * h), (0.2 * w, 1.15 * h), (-0.1 * w, 1.1 * h)], fill=255)

    def hand(draw):
        draw.ellipse([0.30 * w, 0.32 * h, 1.15 * w, 1.5 * h], fill=255)
        for k in range(4):
            x = (0.34 + 0.17 * k) * w
            draw.rounded_rectangle([x, (-0.1 + 0.05 * abs(k - 1)) * h, x + 0.135 * w, 0.8 * h], 30, fill=255)

    mask = _drawn(leaf if what == "leaf" else hand, 34)
    colour = np.array((0.050, 0.095, 0.028) if what == "leaf" else (0.26, 0.14, 0.09), np.float32)
    shade = 0.6 + 0.8 * ndimage.zoom(rng.uniform(0, 1, (4, 6)).astype(np.float32), (HEIGHT / 4, WIDTH / 6), order=1)[..., None]
    return light * (1 - mask) + colour * shade * 0.55 * mask


def infrared(frame, rng):
    """The grey night picture under the camera's own lamps: leaves bright, far things lost."""
    grey = frame.light @ np.array([0.45, 0.40, 0.15], np.float32)
    plant = (frame.index >= 2) & (frame.index <= 5)
    even = grey / (ndimage.gaussian_filter(grey, 40) + 0.03)
    even = even * 0.25 * np.where(plant, 1.9, 1.0) * (frame.index > 0)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    beam = np.exp(-(((x - WIDTH / 2) / (WIDTH * 0.42)) ** 2) - ((y - HEIGHT * 0.55) / (HEIGHT * 0.55)) ** 2)
    lit = even * beam * np.clip((38.0 / np.maximum(frame.distance, 5.0)) ** 1.6, 0, 1.6)
    return np.repeat(lit[..., None], 3, axis=2).astype(np.float32)


def lamplit(frame):
    """What an infrared sensor makes of a scene that was rendered under the camera's own lamp: plants reflect most."""
    grey = frame.light @ np.array([0.45, 0.40, 0.15], np.float32)
    plant = (frame.index >= 2) & (frame.index <= 5)
    lit = grey * np.where(plant, 1.9, 1.0)
    return np.repeat(lit[..., None], 3, axis=2).astype(np.float32)


NIGHT = ("infrared", "insects")
"""Faults that are nights under the camera's own lamps, painted on a picture by day."""
LAMP = ("lamp", "lamp-insects")
"""Faults of a night that was rendered as one, without and with moths."""


def insects(light, rng):
    """Moths in the camera's lamps: bright bodies and the trails of their flight, out of focus."""
    def paint(draw):
        for _ in range(int(rng.integers(3, 7))):
            x, y, size = rng.uniform(0, WIDTH / 2), rng.uniform(0, HEIGHT / 2), rng.uniform(1.5, 9.0)
            turn, bend = rng.uniform(0, 2 * math.pi), rng.normal(0, 0.25)
            trail = [(x, y)]
            for _ in range(int(rng.integers(2, 14))):
                x, y, turn = x + 2.2 * size * math.cos(turn), y + 2.2 * size * math.sin(turn), turn + bend
                trail.append((x, y))
            draw.line(trail, fill=int(rng.uniform(70, 160)), width=max(1, int(size)))
            draw.ellipse([x - size, y - size, x + size, y + size], fill=255)
    return light + 0.6 * _drawn(paint, 3.5)


def insect(light, rng):
    """An insect on the glass by day, near the lower edge: a dark blurred body with legs."""
    x, y, size = rng.uniform(0.2, 0.8) * WIDTH / 2, 0.975 * HEIGHT / 2, 0.03 * WIDTH / 2
    def paint(draw):
        draw.ellipse([x - size, y - 0.55 * size, x + size, y + 0.55 * size], fill=255)
        for k in range(6):
            foot = (x + (k % 3 - 1) * 1.3 * size, y + (1 if k < 3 else -1) * 1.5 * size)
            draw.line([(x + (k % 3 - 1) * 0.5 * size, y), foot], fill=200, width=2)
    mask = _drawn(paint, 4.0)
    return light * (1 - 0.9 * mask) + 0.04 * float(light.mean()) * mask


# --- sensor -----------------------------------------------------------------------------


def meter(light, target=0.40):
    """Exposure gain of an averaging meter that cares less for the sky at the top."""
    weight = np.clip(np.arange(HEIGHT) / (HEIGHT * 0.3), 0.25, 1)[:, None]
    level = (to_srgb(np.clip(light, 0, 1)).mean(axis=2) * weight).sum() / (weight.sum() * WIDTH)
    return float(np.clip((target / max(level, 1e-4)) ** 1.75, 0.45, 5.0))


def white_balance(light, rng, strength=0.10):
    """Gains of a half-hearted grey-world balance with drift; green is left alone."""
    mean = light.reshape(-1, 3).mean(axis=0) + 1e-5
    drift = rng.normal(0, 0.010, 2)
    return np.array([(mean[1] / mean[0]) ** strength * (1 + drift[0]), 1.0, (mean[1] / mean[2]) ** strength * (1 + drift[1])], np.float32)


def shoulder(light):
    """Roll off highlights so that sky and concrete keep some drawing."""
    knee = 0.72
    over = np.maximum(light - knee, 0)
    return np.where(light > knee, knee + (1 - knee) * (1 - np.exp(-over / (1 - knee) * 0.8)), light)


def colourful(light, strength=1.28):
    """The colour matrix of such cameras makes colours stronger than they are."""
    grey = light @ np.array([0.30, 0.59, 0.11], np.float32)
    return np.maximum(grey[..., None] + (light - grey[..., None]) * strength, 0)


_RADIUS = None


def vignette(light, depth=0.20):
    """Darker corners."""
    global _RADIUS
    if _RADIUS is None:
        y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
        _RADIUS = (((x - WIDTH / 2) / (WIDTH / 2)) ** 2 + ((y - HEIGHT / 2) / (WIDTH / 2)) ** 2)[..., None] / 1.32
    return light * (1 - depth * _RADIUS**1.4)


def noise(light, rng, level):
    """Shot and read noise, a little correlated as after demosaicing."""
    grain = rng.standard_normal(light.shape, dtype=np.float32)
    grain = ndimage.uniform_filter(grain, (2, 2, 1)) * 1.7
    common = grain.mean(axis=2, keepdims=True)
    return light + (0.6 * grain + 0.7 * common) * np.sqrt(np.maximum(light, 0) * 2.2e-4 + 1.2e-6) * level


def develop(light, rng, gain, level=1.0, balance=None):
    """Light on the sensor to 8-bit sRGB."""
    light = light * gain
    if balance is not None:
        light = colourful(light * balance)
    light = noise(vignette(light), rng, level * math.sqrt(max(gain, 0.5)))
    coded = (to_srgb(shoulder(light)) * 255 + 0.5).astype(np.uint8)
    picture = Image.fromarray(coded)
    return picture.filter(ImageFilter.UnsharpMask(radius=1.3, percent=45, threshold=2))


def clock(picture, text, words=None):
    """Burn the clock into the top left corner, white with a black outline; with `words` into the lower right, them above it."""
    picture = picture.copy()
    pen, corner = ImageDraw.Draw(picture), (16, 10)
    font = ImageFont.load_default(size=26 if words is None else 22)
    if words is not None:
        text = f"{words}\n{text}"
        corner = (WIDTH - 16 - pen.multiline_textbbox((0, 0), text, font=font)[2], HEIGHT - 66)
    pen.text(corner, text, font=font, fill=(255, 255, 255), stroke_width=2, stroke_fill=(0, 0, 0), align="right")
    return picture


CLOCK_AREA = [0, 0, 420, 0, 420, 48, 0, 48]
"""Polygon that holds the burnt-in clock."""


def jpeg(picture, quality=80):
    """Baseline JPEG bytes with halved colour resolution."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, subsampling="4:2:0")
    return out.getvalue()


# --- one picture ------------------------------------------------------------------------


def expose(raw, shift, seed, name, extinction=0.0006, rain=0, fault=None, dirt=None, sun=None, tint=None):
    """One picture without clock. `name` seeds everything random; `fault` is a quality word, one of `LAMP`,
    `spider`, `insect` or `cloud`; None is a sound picture. `dirt` is (name of the glass, amount), `sun` the column and strength of a glare,
    `tint` gains of red, green and blue that were set by hand."""
    rng = generator(seed, "camera", name)
    frame = view(raw, shift)
    if fault in NIGHT:
        light = infrared(frame, rng)
        if fault == "insects":
            light = insects(light, rng)
        return develop(light, rng, 1.0, level=5.0).convert("L").convert("RGB")
    if fault in LAMP:
        light = lamplit(frame)
        if fault == "lamp-insects":
            light = insects(light, rng)
        return develop(light, rng, meter(light) ** 0.85, level=2.0).convert("L").convert("RGB")
    if fault == "cloud":
        frame = cloud(frame, rng)
    light = haze(frame, {"fog": 0.032}.get(fault, extinction), (1.0, 1.0, 1.0) if fault == "fog" else (0.93, 0.98, 1.06))
    if rain:
        light = drops(light, rng, rain)
    if sun:
        light = glare(light, *sun)
    if dirt:
        light = dust(light, generator(seed, "dust", dirt[0]), dirt[1])
    if fault == "spider":
        light = spider(light, rng)
    if fault == "insect":
        light = insect(light, rng)
    if fault in ("leaf", "hand"):
        light = obstruct(light, rng, fault)
    if fault == "blur":
        light = np.stack([ndimage.gaussian_filter(light[..., k], 7.0) for k in range(3)], -1)
    gain = meter(light) ** 0.85 * float(np.exp(rng.normal(0, 0.035)))
    level = 1.0
    if fault == "dark":
        gain, level = gain * 0.012, 14.0
    if fault == "overexposed":
        gain *= 14.0
    balance = white_balance(light, rng)
    return develop(light, rng, gain, level, balance if tint is None else balance * np.array(tint, np.float32))


def daily_shift(seed, name, when, shake=0.45, warmth=1.1):
    """Shake of the mount and its slow bending with season and hour."""
    rng = generator(seed, "shake", name)
    season = -math.cos(2 * math.pi * (when.timetuple().tm_yday - 20) / 365)
    hour = math.sin(2 * math.pi * (when.hour + when.minute / 60 - 9) / 24)
    return Shift(
        round(warmth * (0.55 * season + 0.35 * hour) + float(rng.normal(0, shake)), 3),
        round(warmth * (-0.8 * season + 0.25 * hour) + float(rng.normal(0, shake)), 3),
        round(0.02 * season + float(rng.normal(0, 0.02)), 4),
    )


# --- damaged files ----------------------------------------------------------------------


def truncate(data, share=0.55):
    """A file that ends early."""
    return data[: int(len(data) * share)]


def half_written(data, share=0.6):
    """A file whose room was reserved but not filled: zeros to the end."""
    kept = int(len(data) * share)
    return data[:kept] + bytes(len(data) - kept)


def garbage(seed, length=40_000):
    """Bytes that are no picture."""
    return generator(seed, "garbage").integers(0, 256, length, dtype=np.uint8).tobytes()


def write(path, data):
    """Write bytes, making folders on the way."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
