"""Plain rules on what is no season and no building site: hens, a room, drone pairs, swept lanes.

As in `baselines`, each rule gets the level that does best on these very pictures.
"""

import json

import numpy
from PIL import Image, ImageFilter

from .drone import NADIR, f1, hits_of
from .ledger import fixed
from .sites import TEST, table_of
from .works import filled

LEVELS = (8, 12, 16, 20, 25, 30, 40, 50, 60, 80)  # grey levels by which a pixel has changed
HENS = (6, 9, 12, 16, 20, 25, 30, 40, 50, 65, 80, 100)  # pixels of a hen
SHARES = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1)  # share of the picture


def grey(path, size):
    with Image.open(path) as picture:
        return numpy.asarray(picture.convert("L").resize(size, Image.BOX), numpy.int16)


def hens():
    """The area that differs from the median of all pictures of the pen, by that of a hen."""
    folder, size = TEST / "flock", (640, 360)
    truth = [r for r in table_of(folder / "truth/flock.csv") if r["manner"] != "night"]
    told = json.loads((folder / "truth/cam_flock.json").read_text(encoding="utf-8"))
    inside = filled([(x * size[0] / 1280, y * size[1] / 720) for x, y in told["plots"][0]["polygon"]], size)
    stack = numpy.stack([grey(folder / r["file"], size) for r in truth])
    away = numpy.abs(stack - numpy.median(stack, axis=0)) * inside
    true = numpy.array([int(r["seen"]) for r in truth])
    many = true >= 10
    tried = []
    for level in LEVELS:
        area = (away > level).sum(axis=(1, 2))
        for hen in HENS:
            count = numpy.round(area / hen)
            error = float(numpy.mean(numpy.abs(count[many] - true[many]) / true[many]))
            tried.append((error, f"{level}, {hen} px", int((count[true == 0] > 0).sum())))
    error, level, false = min(tried)
    return (
        "flock", "area that differs from the median picture, by a hen's", level, f"{len(truth)} pictures",
        f"mean count error {error:.0%} from ten hens on; {false} of {(true == 0).sum()} empty pens with hens",
    )  # fmt: skip


def room():
    """Somebody is there where enough of the picture differs from the median of all."""
    folder, size = TEST / "room", (320, 180)
    told = json.loads((folder / "truth/cam_room.json").read_text(encoding="utf-8"))
    images = [i for i in told["images"] if i["condition"] == "ok"]
    there = {a["image_id"] for a in told["annotations"] if a["category_id"] == 1}
    true = numpy.array([i["id"] in there for i in images])
    stack = numpy.stack([grey(folder / "archive" / i["file_name"], size) for i in images])
    away = numpy.abs(stack - numpy.median(stack, axis=0))
    tried = []
    for level in LEVELS:
        changed = (away > level).mean(axis=(1, 2))
        for share in SHARES:
            said = changed > share
            tried.append((int((said & ~true).sum() + (~said & true).sum()), f"{level}, {share:g}", int((~said & true).sum()), int((said & ~true).sum())))
    _, level, missed, false = min(tried)
    return (
        "room", "share that differs from the median picture", level, f"{len(true)} pictures",
        f"{missed} of {true.sum()} with somebody missed, {false} of {(~true).sum()} without taken for somebody",
    )  # fmt: skip


def drone():
    """Pixels that differ between the flights."""
    tried = {level: numpy.zeros(3) for level in LEVELS}
    pairs = table_of(NADIR / "truth/pairs.csv")
    for row in pairs:
        before, after = (numpy.asarray(Image.open(NADIR / "archive" / f"{row['name']}-{word}.jpg").convert("L"), numpy.int16) for word in ("before", "after"))
        true = numpy.array(Image.open(NADIR / "truth/masks" / f"{row['name']}.png")) > 127
        for level in LEVELS:
            tried[level] += hits_of(numpy.abs(before - after) > level, true)
    best = max(tried, key=lambda level: f1(tried[level]))
    return "nadir", "grey difference, pixel by pixel", str(best), f"{len(pairs)} pairs", f"F1 {fixed(f1(tried[best]), 2)}"


def lanes():
    """Swept where the lower half of the picture has grown calmer: less difference from its own median filter."""
    folder = TEST / "yards"
    pictures = json.loads((folder / "truth/yards.json").read_text(encoding="utf-8"))["pictures"]
    rough = {}
    for one in pictures:
        with Image.open(folder / "archive" / one["file"]) as picture:
            small = picture.convert("L").resize((320, 240), Image.BOX)
        rest = numpy.asarray(small, numpy.int16) - numpy.asarray(small.filter(ImageFilter.MedianFilter(7)), numpy.int16)
        rough[one["place"], one["kind"]] = float((numpy.abs(rest[120:]) > 15).mean())
    pairs = [(rough[place, kind] / max(rough[place, "before"], 1e-6), kind == "after") for place, kind in rough if kind != "before"]
    tried = []
    for limit in (0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0):
        missed, false = sum(swept and not r < limit for r, swept in pairs), sum(r < limit and not swept for r, swept in pairs)
        tried.append((missed + false, f"{limit:g}", missed, false))
    _, level, missed, false = min(tried)
    swept = sum(s for _, s in pairs)
    return (
        "yards", "rough pixels below, after by before", level, f"{len(pairs)} pairs",
        f"{missed} of {swept} swept lanes missed, {false} of {len(pairs) - swept} unswept taken for swept",
    )  # fmt: skip


def others():
    """Heads and rows of the table."""
    return ("scene", "rule", "level", "of", "found"), [hens(), room(), drone(), lanes()]
