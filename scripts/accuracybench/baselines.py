"""What plain rules get on the rendered village: if they did well, it would be too easy to tell anything.

The rules are those that a script of a few lines would use. They get what is needed to be fair: only the sound pictures
(told by the truth), only the inside of each plot, and the level of each is the one that does best here.
"""

import datetime
import json
from collections import defaultdict
from dataclasses import dataclass

import numpy
from PIL import Image

from .ledger import fixed, rows
from .orchard import plot_kinds
from .sites import TEST, day, table_of
from .works import filled

SMALL = (320, 180)
LEVELS = (10, 15, 20, 25, 30, 40, 50, 60)  # grey levels by which a pixel has changed
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3)  # share of a plot that has changed, from which an alarm is given
MEMORY = 10  # pictures in the running median
EXG = (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2)


def outlines():
    """Plot: polygon in reference pixels, by the shape of site file that this project writes."""
    found, plot = {}, None
    for line in (TEST / "site.yaml").read_text(encoding="utf-8").splitlines():
        word = line.strip()
        if word.startswith("- id: "):
            plot = word[6:]
        elif word.startswith("polygon: ["):
            numbers = [float(n) for n in word[10:-1].split(",")]
            found[plot] = list(zip(numbers[::2], numbers[1::2]))
    return found


def sound(camera):
    return [r for r in table_of(TEST / "truth/captures.csv") if r["camera"] == camera and r["condition"] == "ok"]


def baselines(ledger, work):
    shapes, kinds = outlines(), plot_kinds(TEST / "site.yaml")
    ledger.table("BASELINES", *works_baseline(shapes, kinds), *cover_baseline(shapes, kinds))


# --- works ------------------------------------------------------------------------------


def works_baseline(shapes, kinds):
    """Grey difference with the first picture, with the picture before, and with a running median."""
    captures = sorted(sound("cam_market"), key=lambda r: r["at"])
    plots = {p: shapes[p] for p in shapes if p in {"b1", "b2", "b3", "b4", "b5", "b6"}}
    masks = {p: filled([(x / 4, y / 4) for x, y in outline], SMALL) for p, outline in plots.items()}
    grey = []
    for row in captures:
        with Image.open(TEST / "archive" / row["file"]) as picture:
            grey.append(numpy.asarray(picture.convert("L").resize(SMALL, Image.BOX), numpy.int16))
    grey = numpy.stack(grey)
    medians = numpy.stack([numpy.median(grey[max(0, i - MEMORY) : i], axis=0) if i else grey[0] for i in range(len(grey))])
    against = {
        "grey difference with the first picture": grey[:1].repeat(len(grey), 0),
        "grey difference with the picture before": numpy.concatenate([grey[:1], grey[:-1]]),
        f"grey difference with the median of {MEMORY} pictures": medians,
    }
    days = [day(r["at"]) for r in captures]
    works = json.loads((TEST / "truth/works.json").read_text(encoding="utf-8"))["works"]
    begun = {w["plot"]: day(w["stages"][0]["date"]) for w in works}
    wall = {w["plot"]: day(w["firstVisibleWall"]) for w in works}
    body = []
    for name, other in against.items():
        tried = [tried_works(level, share, numpy.abs(grey - other) > level, masks, days, begun, wall) for level in LEVELS for share in SHARES]
        keenest = min(tried, key=lambda t: (-t.found, t.false_days, t.wait))
        quiet = min((t for t in tried if t.false_alarms <= 1), key=lambda t: (-t.found, t.false_days, t.wait), default=None)
        for wish, best in (("finds most works", keenest), ("at most one false alarm", quiet)):
            told = ("–",) * 5 if best is None else best.row(len(wall))
            body.append((name, wish, *told))
    heads = ("rule", "level chosen so that it", "level", "works found", "days after the first wall, longest", "false alarms", "plot-days with one")
    return [
        f"Works, from the {len(captures)} sound pictures of the street alone. An alarm is a change in two pictures in a row; it finds a work if it begins "
        "between the first material and ten days after the first wall. It is false on a plot on which no work has begun. "
        f"The level (grey levels, share of the plot) is the best of {len(LEVELS) * len(SHARES)}.",
        rows(heads, body, heads[3:]),
    ]


@dataclass
class Tried:
    """What one rule gives at one level."""

    level: str
    found: int
    wait: int
    false_alarms: int
    false_days: int

    def row(self, works):
        return self.level, f"{self.found} of {works}", self.wait if self.found else "–", self.false_alarms, self.false_days


def tried_works(level, share, changed, masks, days, begun, wall):
    found, waits, false_alarms, false_days = 0, [], 0, set()
    for plot, mask in masks.items():
        alarm = changed[:, mask].mean(axis=1) > share
        alarm[1:] &= alarm[:-1].copy()
        alarm[0] = False
        starts = [i for i in range(1, len(days)) if alarm[i] and not alarm[i - 1]]
        quiet = [i for i in range(len(days)) if plot not in begun or days[i] < begun[plot]]
        false_alarms += len(set(starts) & set(quiet))
        false_days |= {(plot, days[i]) for i in quiet if alarm[i]}
        if plot in begun:
            right = [days[i] for i in starts if begun[plot] <= days[i] <= wall[plot] + datetime.timedelta(days=10)]
            if right:
                found += 1
                waits.append((right[0] - wall[plot]).days)
    return Tried(f"{level}, {share:g}", found, max(waits, default=0), false_alarms, len(false_days))


# --- cover ------------------------------------------------------------------------------


def cover_baseline(shapes, kinds):
    """ExG = 2g − r − b of the chromatic coordinates above a level; and Otsu's level a picture."""
    truth = defaultdict(dict)
    for row in table_of(TEST / "truth/plots.csv"):
        truth[row["file"]][row["plot"]] = float(row["vegetationCover"])
    growing = [p for p in shapes if kinds.get(p) in ("orchard", "field")]
    errors = defaultdict(list)
    for file, plots in truth.items():
        wanted = [p for p in growing if p in plots]
        if not wanted:
            continue
        with Image.open(TEST / "archive" / file) as picture:
            size = picture.size
            rgb = numpy.asarray(picture.convert("RGB"), numpy.float32)
        total = rgb.sum(axis=2)
        green = 3 * rgb[..., 1] / numpy.maximum(total, 1) - 1
        for plot in wanted:
            inside = green[filled(shapes[plot], size)]
            for level in EXG:
                errors[f"ExG > {level:g}"].append(abs(float((inside > level).mean()) - plots[plot]))
            errors["ExG above Otsu's level of the plot"].append(abs(float((inside > otsu(inside)).mean()) - plots[plot]))
    body = []
    fixed_levels = [n for n in errors if n.startswith("ExG >")]
    shown = {"ExG > 0.1", min(fixed_levels, key=lambda n: numpy.mean(errors[n])), "ExG above Otsu's level of the plot"}
    for name in sorted(shown):
        found = numpy.array(errors[name])
        body.append((name, len(found), fixed(found.mean(), 3), fixed(numpy.quantile(found, 0.95), 3), fixed(found.max(), 3)))
    heads = ("rule", "plot pictures", "mean abs error", "95 %", "largest")
    return [
        "Vegetation cover of the plots where something grows. The second level of ExG is the best of eight on these pictures.",
        rows(heads, body, heads[1:]),
    ]


def otsu(values):
    """The level that parts the values into the two classes that are farthest apart; 256 bins."""
    counts, edges = numpy.histogram(values, 256)
    centres = (edges[:-1] + edges[1:]) / 2
    below = numpy.cumsum(counts)
    above = below[-1] - below
    sums = numpy.cumsum(counts * centres)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(edges[1:][numpy.nanargmax(between)])
