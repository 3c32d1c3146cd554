#!/usr/bin/env python3
"""Measures how right PlotWatch is on labelled pictures, and rewrites the tables of docs/accuracy.md.

  accuracy.py [health|growth|construction|compare|registration|all]… [--no-docs] [--keep FOLDER]
      Runs the program named by PLOTWATCH_BINARY on testimages/ and, where PLOTWATCH_DATA is set, on real pictures.
      What cannot be measured (no data, or a command that is not there) is said to be skipped, and its table stays as it is.
      --keep FOLDER leaves the sites that were run there.

Needs Python 3.11, Pillow and NumPy; `scripts/bench accuracy` sees to that.
Exit status: 0 every claim holds, 1 a claim is broken, 2 wrong usage or no program.
"""
import argparse
import bisect
import collections
import csv
import datetime
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy
from PIL import Image, ImageDraw

# What is claimed. name: (at most / at least, limit, unit, where the limit comes from)
CLAIMS = {
    "sound pictures refused": ("<=", 0.02, "share", "a camera loses less than one picture in fifty"),
    "faulty pictures taken for sound": ("<=", 0, "pictures", "a faulty picture is never measured"),
    "alignment, 95 %": ("<=", 1.0, "px", "below the size of a pixel"),
    "vegetation cover error, 95 %": ("<=", 0.05, "share", "the cover of a plot within 0.05"),
    "vegetation cover error on photographs, largest": ("<=", 0.05, "share", "the same on real seedlings"),
    "sick plot: days to its first card": ("<=", 10, "days", "a card within ten days of the onset"),
    "anomaly cards on healthy plots": ("<=", 0, "cards", "no false alarm"),
    "peak bloom date error, largest": ("<=", 7, "days", "one picture a week"),
    "plots in bloom whose bloom was missed": ("<=", 0, "plots", "blossom on 2 % of the plot or more"),
    "gcc against published figures, largest": ("<=", 0.0002, "gcc", "four digits of the published series"),
    "published channel means, largest error": ("<=", 0.00001, "DN", "all five published decimals"),
    "pictures in dense fog marked unusable": (">=", 2, "of 2", "as fog or otherwise: they must not count as sound"),
    "infrared picture recognised": (">=", 1, "of 1", "a real infrared picture, stored as a colour file"),
    "sharp photographs refused": ("<=", 0, "pictures", "seven phone pictures, in focus"),
    "flags where nothing is built (real pictures)": ("<=", 0, "flags", "nothing is built in these pictures"),
    "unauthorized works missed": ("<=", 0, "works", "each is flagged, on its plot, as unauthorized"),
    "days from first visible wall to confirmation": ("<=", 3, "days", "the longest of the unauthorized works"),
    "permitted works called unauthorized": ("<=", 0, "works", "a permit covers plot and date"),
    "false flags (rendered street)": ("<=", 0, "flags", "no flag but those of the works"),
    "obstructed pictures recognised (hand before the lens)": (">=", 1.0, "share", "three pictures at each cadence"),
    "blurred pictures recognised": (">=", 3, "of 3", "photographs out of focus or shaken"),
    "background, mean grey error, largest": ("<=", 5.0, "grey levels", "people and vehicles are gone"),
    "LEVIR: F1 above the better of two naive rules": (">=", 0.0, "F1", "pooled over all labelled pairs"),
    "wall seen from 20° and 30° aside recognised as the same": (">=", 2, "of 2", "a homography relates the views"),
    "different places taken for the same": ("<=", 0, "pairs", "their differences would mean nothing"),
}

ROOT = Path(__file__).resolve().parent.parent
TEST = ROOT / "testimages"
PAGE = ROOT / "docs" / "accuracy.md"
TOPICS = ("health", "growth", "construction", "compare", "registration")
SICK_PLOT, ONSET = "p2", datetime.date(2024, 6, 20)  # testimages/README.md
BAD_STATES = ("removed",)
BLOOM_SEEN = RIPE_SEEN = 0.02  # share of a plot that makes a season event worth a date
OVERLAP = 0.1  # intersection over union from which a flag means a work
SHOWN = 12  # flags told one by one

program = os.environ.get("PLOTWATCH_BINARY", "")
data = Path(os.environ["PLOTWATCH_DATA"]) if os.environ.get("PLOTWATCH_DATA") else None


# ---- what is measured, said, and written ----------------------------------------------------------------------------

class Ledger:
    """The claims checked, the tables made, and what was left out."""

    def __init__(self):
        self.checks, self.tables, self.skipped = [], {}, []

    def check(self, name, value, detail=""):
        sense, limit, unit, _ = CLAIMS[name]
        held = value is not None and (value <= limit if sense == "<=" else value >= limit)
        self.checks.append((name, value, held, detail))
        mark = "ok    " if held else "BROKEN"
        print(f"{mark} {name}: {figure(value)} {unit} (limit {sense} {figure(limit)}){' — ' + detail if detail else ''}")

    def table(self, name, *blocks):
        self.tables[name] = "\n\n".join(blocks)

    def skip(self, what, reason):
        self.skipped.append((what, reason))
        print(f"skipped {what}: {reason}")


def figure(value, digits=4):
    if value is None:
        return "not measured"
    if isinstance(value, float):
        text = f"{value:.{digits if abs(value) >= 0.001 else digits + 2}f}"
        return text.rstrip("0").rstrip(".") if value else "0"
    return str(value)


def fixed(value, digits):
    return "–" if value is None else f"{value:.{digits}f}"


def rows(head, body, right=()):
    """A Markdown table; `right` names the columns that hold figures."""
    line = "| " + " | ".join(head) + " |"
    rule = "| " + " | ".join("---:" if name in right else "---" for name in head) + " |"
    return "\n".join([line, rule] + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in body])


def share95(values):
    """The 95th percentile, nearest rank: a value that was really measured."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)] if ordered else None


def call(*arguments, accept=(0, 3)):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in accept:
        raise RuntimeError(f"plotwatch {arguments[0]}: status {done.returncode}: {last_words(done)}")
    return done.stdout


def last_words(done):
    said = [line for line in (done.stderr.strip() or done.stdout.strip()).splitlines() if line and "--help" not in line]
    return next((line for line in said if line.startswith("Error")), said[-1] if said else "no words")


class Village:
    """A site that was run: what the program says of it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        began = time.monotonic()
        call("run", self.folder, "--progress", "none")
        call("report", self.folder, "--out", self.folder / "report")
        self.seconds = time.monotonic() - began
        self.captures = {c["capture"]: c for c in self.read("captures")}
        self.readings = self.read("readings")
        self.flags = self.read("flags")
        self.advice = self.read("advice")

    def read(self, kind):
        return json.loads((self.folder / "report" / f"{kind}.json").read_text(encoding="utf-8"))[kind]


class Site:
    """A site file in the making, its archive filled with pictures under new names and times."""

    def __init__(self, folder, name, offset="+08:00", place=(28.84, 108.77, 520)):
        self.folder, self.archive = Path(folder), Path(folder) / "archive"
        self.archive.mkdir(parents=True)
        latitude, longitude, elevation = place
        self.head = [f"site: {name}", f"name: {name}", "language: en", f'timezone: "{offset}"',
                     f"location: {{latitude: {latitude}, longitude: {longitude}, elevation: {elevation}}}",
                     "archive: archive", "store: plotwatch.sqlite"]
        self.cameras, self.plots = ["cameras:"], ["plots:"]

    def camera(self, name, pictures, times=None, settings=()):
        """Copies `pictures` below the camera's folder; with `times` under a name that states each."""
        folder = self.archive / name
        folder.mkdir()
        taken = []
        for index, picture in enumerate(pictures):
            stem = picture.name if times is None else f"{name}_{times[index]:%Y_%m_%d_%H%M%S}{picture.suffix}"
            shutil.copyfile(picture, folder / stem)
            age_file(folder / stem)
            taken.append(f"{name}/{stem}")
        self.cameras += [f"  - id: {name}", f"    name: {name}", f'    files: "{name}/*"', "    timestamp: auto"]
        self.cameras += [f"    {line}" for line in settings]
        return taken

    def plot(self, name, camera, kind, shape, crop=None):
        self.plots += [f"  - id: {name}", f"    camera: {camera}", f"    kind: {kind}", f"    {shape}"]
        if crop:
            self.plots.append(f"    crop: {crop}")

    def halves(self, camera, picture, kind="building"):
        """Two plots that cover the picture."""
        width, height = Image.open(picture).size
        middle = width // 2
        for side, (left, right) in {"left": (0, middle), "right": (middle, width)}.items():
            self.plot(f"{camera}-{side}", camera, kind, f"polygon: [{left},0, {right},0, {right},{height}, {left},{height}]")

    def run(self):
        text = "\n".join(self.head + self.cameras + self.plots) + "\n"
        (self.folder / "site.yaml").write_text(text, encoding="utf-8")
        return Village(self.folder)


def age_file(path):
    """An hour old: a fresh file that is cut short would be taken for an upload under way."""
    moment = time.time() - 3600
    os.utime(path, (moment, moment))


def table_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def short(path):
    return Path(path).name


def day(text):
    return datetime.date.fromisoformat(text[:10])


# ---- the rendered village --------------------------------------------------------------------------------------------

class Rendered:
    """testimages/, run once and shared by the topics."""

    village = None

    @classmethod
    def get(cls, work):
        if cls.village is None:
            folder = work / "testimages"
            shutil.copytree(TEST / "archive", folder / "archive")
            for path in (folder / "archive").rglob("*.*"):
                age_file(path)
            shutil.copyfile(TEST / "site.yaml", folder / "site.yaml")
            cls.village = Village(folder)
        return cls.village


def health_rendered(ledger, work):
    village = Rendered.get(work)
    truth = table_of(TEST / "truth/captures.csv")
    said = collections.defaultdict(collections.Counter)
    wrong, refused, let_through = [], [], []
    for row in truth:
        capture = village.captures.get(row["file"])
        quality = capture["quality"] if capture else "not read"
        said[row["condition"]][quality] += 1
        if quality == row["condition"]:
            continue
        wrong.append((row, quality, capture))
        if row["condition"] == "ok":
            refused.append((row, quality))
        elif quality == "ok":
            let_through.append(row)
    order = ["ok"] + sorted(k for k in said if k != "ok")
    body = [(k, sum(said[k].values()), said[k][k], f"{said[k][k] / sum(said[k].values()):.2f}",
             ", ".join(f"{v} × {q}" for q, v in said[k].most_common() if q != k) or "–") for k in order]
    parts = [rows(("condition", "pictures", "recognised", "recall", "taken for"), body, ("pictures", "recognised", "recall"))]
    if wrong:
        parts.append("Every picture that was judged otherwise than it was made:")
        parts.append(rows(("picture", "made as", "judged", "note of the truth"),
                          [(short(r["file"]), r["condition"], q, r["note"].split(" cam_")[0]) for r, q, _ in wrong]))
    ledger.table("HEALTH", *parts)
    sound = sum(said["ok"].values())
    ledger.check("sound pictures refused", len(refused) / sound,
                 "; ".join(f"{short(r['file'])} {q}" for r, q in refused[:8]))
    ledger.check("faulty pictures taken for sound", len(let_through),
                 "; ".join(f"{short(r['file'])} ({r['condition']})" for r in let_through))


def corner_error(found, true, size):
    """How far apart the two shifts put a corner of the picture, the worst of the four; pixels."""
    def moved(shift, x, y):
        angle = math.radians(shift[2])
        return (shift[0] + math.cos(angle) * x - math.sin(angle) * y, shift[1] + math.sin(angle) * x + math.cos(angle) * y)

    corners = [(sx * size[0] / 2, sy * size[1] / 2) for sx in (-1, 1) for sy in (-1, 1)]
    return max(math.dist(moved(found, *corner), moved(true, *corner)) for corner in corners)


def alignment(ledger, work):
    village = Rendered.get(work)
    errors, unaligned = collections.defaultdict(list), collections.Counter()
    for row in table_of(TEST / "truth/captures.csv"):
        capture = village.captures.get(row["file"])
        if row["condition"] != "ok" or capture is None or capture["quality"] != "ok":
            continue
        if capture["shift"] is None:
            unaligned[row["camera"]] += 1
            continue
        found = [capture["shift"][k] for k in ("dx", "dy", "rotation")]
        true = [float(row[k]) for k in ("dx", "dy", "rotation")]
        errors[row["camera"]].append((corner_error(found, true, (capture["width"], capture["height"])), row["file"]))
    body = []
    for camera, values in sorted(errors.items()):
        size = [e for e, _ in values]
        worst, name = max(values)
        body.append((camera, len(size), unaligned[camera], fixed(statistics.median(size), 2), fixed(share95(size), 2),
                     fixed(worst, 2), short(name)))
    ledger.table("ALIGNMENT", rows(("camera", "pictures", "not aligned", "median, px", "95 %, px", "largest, px", "worst picture"),
                                   body, ("pictures", "not aligned", "median, px", "95 %, px", "largest, px")))
    every = [pair for values in errors.values() for pair in values]
    ledger.check("alignment, 95 %", share95([e for e, _ in every]),
                 "worst " + ", ".join(f"{short(n)} {e:.2f}" for e, n in sorted(every, reverse=True)[:3]))


def growth_rendered(ledger, work):
    village = Rendered.get(work)
    kinds = plot_kinds(TEST / "site.yaml")
    measured = {(r["capture"], r["plot"]): r for r in village.readings}
    truth = [r for r in table_of(TEST / "truth/plots.csv")]
    errors = collections.defaultdict(list)
    missing = collections.Counter()
    for row in truth:
        reading = measured.get((row["file"], row["plot"]))
        for quantity in ("vegetationCover", "bloom", "ripeColour"):
            if row[quantity] == "":
                continue
            value = reading.get(quantity) if reading else None
            if value is None:
                missing[row["plot"]] += quantity == "vegetationCover"
            else:
                errors[quantity, row["plot"]].append((value - float(row[quantity]), row["file"], float(row[quantity]), value))
    plots = sorted({row["plot"] for row in truth}, key=lambda p: (p[0] != "p", p))

    def summary(quantity, names):
        body = []
        for plot in names:
            found = errors[quantity, plot]
            if not found:
                continue
            size = [abs(e[0]) for e in found]
            body.append((plot, kinds.get(plot, "–"), len(found), missing[plot], fixed(statistics.mean(size), 3),
                         f"{statistics.mean(e[0] for e in found):+.3f}", fixed(share95(size), 3), fixed(max(size), 3),
                         f"{sum(s <= 0.05 for s in size) / len(size):.2f}"))
        return rows(("plot", "kind", "pictures", "not measured", "mean abs", "bias", "95 %", "largest", "within 0.05"), body,
                    ("pictures", "not measured", "mean abs", "bias", "95 %", "largest", "within 0.05"))

    every = sorted((pair for plot in plots for pair in ((abs(e[0]), plot, *e) for e in errors["vegetationCover", plot])), reverse=True)
    worst = rows(("picture", "plot", "true", "measured", "error"),
                 [(short(name), plot, fixed(true, 3), fixed(value, 3), f"{error:+.3f}")
                  for _, plot, error, name, true, value in every[:3]], ("true", "measured", "error"))
    ledger.table("COVER", summary("vegetationCover", plots), "The three worst:", worst)
    growing = [e for e in every if kinds.get(e[1]) in ("orchard", "field")]
    ledger.check("vegetation cover error, 95 %", share95([e[0] for e in growing]),
                 "growing plots; worst " + ", ".join(f"{short(e[3])} {e[1]} {e[2]:+.3f}" for e in growing[:3]))
    crops = [p for p in plots if p.startswith("p")]
    ledger.table("COLOURS", "Blossom:", summary("bloom", crops), "Ripe colour:", summary("ripeColour", crops))
    season(ledger, village, truth, measured, crops)
    cards(ledger, village)


def plot_kinds(path):
    """Plot names and kinds of a site file of the shape this project writes."""
    kinds, name, inside = {}, None, False
    for line in path.read_text(encoding="utf-8").splitlines():
        inside = line.startswith("plots:") if re.match(r"\S", line) and not line.startswith("#") else inside
        if inside and (match := re.match(r"  - id: (\S+)", line)):
            name = match[1]
        elif inside and (match := re.match(r"    kind: (\S+)", line)):
            kinds[name] = match[1]
    return kinds


def season(ledger, village, truth, measured, crops):
    body, gaps, unseen = [], [], []
    for plot in crops:
        series = sorted((village.captures[r["file"]]["at"], r, measured.get((r["file"], plot)))
                        for r in truth if r["plot"] == plot and r["file"] in village.captures)
        usable = [(day(at), r, m) for at, r, m in series if m and m["bloom"] is not None]

        def peak(pairs):
            best = max(pairs, key=lambda p: p[1])
            return best if best[1] >= BLOOM_SEEN else None

        true, found = peak([(d, float(r["bloom"])) for d, r, _ in usable]), peak([(d, m["bloom"]) for d, _, m in usable])
        ripe, ripe_found = (onset([(d, v) for d, v in values]) for values in (
            [(d, float(r["ripeColour"])) for d, r, _ in usable], [(d, m["ripeColour"] or 0) for d, _, m in usable]))
        gap = abs((found[0] - true[0]).days) if true and found else None
        if true:
            (unseen if gap is None else gaps).append(plot if gap is None else (gap, plot))
        body.append((plot, *(f"{p[0]} ({p[1]:.2f})" if p else "none" for p in (true, found)), "–" if gap is None else gap,
                     ripe or "none", ripe_found or "none", "–" if not (ripe and ripe_found) else (ripe_found - ripe).days))
    ledger.table("SEASON", rows(("plot", "peak bloom, true", "measured", "days apart", "ripe colour from, true", "measured", "days late"),
                                body, ("days apart", "days late")))
    ledger.check("peak bloom date error, largest", max(gaps)[0] if gaps else None, ", ".join(f"{p} {g}" for g, p in sorted(gaps, reverse=True)))
    ledger.check("plots in bloom whose bloom was missed", len(unseen), ", ".join(unseen))


def onset(pairs):
    """The first day from which two pictures in a row show ripe colour."""
    for (date, value), (_, following) in zip(pairs, pairs[1:]):
        if value >= RIPE_SEEN and following >= RIPE_SEEN:
            return date
    return None


def cards(ledger, village):
    anomalies = sorted((c for c in village.advice if c["kind"] == "anomaly"), key=lambda c: c["at"])
    sick = [c for c in anomalies if c["plot"] == SICK_PLOT and day(c["at"]) >= ONSET]
    false = [c for c in anomalies if c not in sick]
    events = sorted((c for c in village.advice if c["kind"] == "event"), key=lambda c: (c["plot"], c["at"]))
    listed = [(c["plot"], day(c["at"]), c["kind"], c["title"]["en"], c["seen"]["en"].split(": ", 1)[-1],
               "right" if c in sick else "false" if c in false else "–") for c in anomalies + events]
    ledger.table("ADVICE", rows(("plot", "day", "kind", "card", "seen", "anomaly is"), listed))
    first = (day(sick[0]["at"]) - ONSET).days if sick else None
    ledger.check("sick plot: days to its first card", first, sick[0]["title"]["en"] if sick else "no anomaly card on the sick plot")
    ledger.check("anomaly cards on healthy plots", len(false), "; ".join(f"{c['plot']} {day(c['at'])} {c['title']['en']}" for c in false))


# ---- construction on the rendered street -----------------------------------------------------------------------------

def in_picture(polygon, shift, size):
    """The polygon, given in the reference, where it lies in a picture displaced by `shift`."""
    angle, cx, cy = math.radians(shift[2]), size[0] / 2, size[1] / 2
    cosine, sine = math.cos(angle), math.sin(angle)
    return [(cx + shift[0] + cosine * (x - cx) - sine * (y - cy), cy + shift[1] + sine * (x - cx) + cosine * (y - cy))
            for x, y in polygon]


def filled(polygon, size):
    picture = Image.new("L", size)
    if len(polygon) > 2:
        ImageDraw.Draw(picture).polygon([tuple(p) for p in polygon], fill=1)
    return numpy.array(picture, bool)


def construction_rendered(ledger, work):
    village = Rendered.get(work)
    works = json.loads((TEST / "truth/works.json").read_text(encoding="utf-8"))["works"]
    shifts = {r["file"]: [float(r[k]) for k in ("dx", "dy", "rotation")] for r in table_of(TEST / "truth/captures.csv") if r["dx"]}
    flags = [f for f in village.flags if f["kind"] == "construction"]
    others = [f for f in village.flags if f["kind"] != "construction"]
    fit = {}
    for index, item in enumerate(works):
        last = item["masks"][-1]
        mask = numpy.array(Image.open(TEST / "truth" / last["mask"]).convert("L")) > 127
        size = mask.shape[1], mask.shape[0]
        for flag in flags:
            shape = filled(in_picture(flag["polygon"], shifts[last["after"]], size), size)
            both, either = (shape & mask).sum(), (shape | mask).sum()
            fit[flag["id"], index] = float(both) / max(1, int(either))

    body, missed, late, wronged, used = [], [], [], [], set()
    for index, item in enumerate(works):
        began, wall = day(item["stages"][0]["date"]), day(item["firstVisibleWall"])
        means = [f for f in flags if f["stage"] not in BAD_STATES and fit[f["id"], index] >= OVERLAP and f["plot"] == item["plot"]
                 and f["confirmedAt"] and day(f["confirmedAt"]) >= began]
        means.sort(key=lambda f: -fit[f["id"], index])
        used.update(f["id"] for f in means)
        wanted = "permitted" if item["permitted"] else "unauthorized"
        flag = means[0] if means else None
        right = flag is not None and flag["status"] == wanted
        wait = (day(flag["confirmedAt"]) - wall).days if flag else None
        if item["permitted"]:
            wronged += [f"{f['id']} {f['status']}" for f in means if f["status"] == "unauthorized"]
        elif not right:
            missed.append(f"{item['id']} on {item['plot']}" + (f" (status {flag['status']})" if flag else ""))
        if wait is not None and not item["permitted"]:
            late.append((wait, item["id"]))
        body.append((item["id"], item["kind"], item["plot"], wanted,
                     *(("not flagged",) + ("–",) * 6 if flag is None else
                       (flag["id"] + (f" and {len(means) - 1} more" if len(means) > 1 else ""), flag["status"], flag["stage"],
                        (day(flag["firstSeen"]) - began).days, day(flag["confirmedAt"]), wait, fixed(fit[flag["id"], index], 2)))))
    false = [f for f in flags if f["id"] not in used]
    figures = ("first seen, days after the true start", "days after the first wall", "IoU")
    parts = [rows(("work", "what", "plot", "should be", "flag", "status", "stage", figures[0], "confirmed", figures[1], figures[2]), body, figures)]
    told = [(f["id"], f["plot"], f["status"], f["stage"], day(f["firstSeen"]), day(f["confirmedAt"]) if f["confirmedAt"] else "–",
             day(f["lastSeen"]), f["areaInPixels"], fixed(f["confidence"], 2)) for f in false]
    gone = sum(f["stage"] in BAD_STATES for f in flags)
    parts.append(f"False flags: {len(false)}, of which {gone} said to be removed again. Flags of other kinds: {len(others)}.")
    if told:
        parts.append(rows(("flag", "plot", "status", "stage", "first seen", "confirmed", "last seen", "area, px", "confidence"), told,
                          ("area, px", "confidence")))
    ledger.table("CONSTRUCTION", *parts)
    ledger.check("unauthorized works missed", len(missed), "; ".join(missed))
    ledger.check("days from first visible wall to confirmation", max(late)[0] if late and not missed else None,
                 ", ".join(f"{n} {d:+d}" for d, n in late))
    ledger.check("permitted works called unauthorized", len(wronged), "; ".join(wronged))
    ledger.check("false flags (rendered street)", len(false),
                 "; ".join(f"{t[0]} {t[1]} {t[2]}/{t[3]} {t[4]}…{t[6]} {t[7]} px" for t in told))


# ---- real pictures ---------------------------------------------------------------------------------------------------

class Published:
    """Two single pictures, one of them infrared, with the figures that PhenoCam publishes for them."""

    village = None

    @classmethod
    def get(cls, work):
        if cls.village is None:
            source = data / "phenocam-vegindex"
            site = Site(work / "vegindex", "published", "-05:00", (42.54, -72.17, 340))
            for file, mask in sorted({(r["file"], r["mask"].split(" ")[0]) for r in table_of(source / "expected.csv")}):
                camera = file.split("/")[0]
                site.camera(camera, [source / file])
                shutil.copyfile(source / mask, site.folder / short(mask))
                site.plot(f"{camera}-roi", camera, "orchard", f"mask: {short(mask)}")
            cls.village = site.run()
        return cls.village


class Seedlings:
    """Phone pictures of seedlings on soil, each as a camera of its own."""

    village = None

    @classmethod
    def get(cls, work):
        if cls.village is None:
            source = data / "canopy-cover"
            site = Site(work / "seedlings", "seedlings")
            for row in table_of(source / "expected.csv"):
                camera, width, height = cls.camera(row), row["width"], row["height"]
                moment = datetime.datetime.strptime(row["exif_datetime"], "%Y:%m:%d %H:%M:%S")
                site.camera(camera, [source / "images" / row["file"]], [moment])
                site.plot(f"{camera}-bed", camera, "field", f"polygon: [0,0, {width},0, {width},{height}, 0,{height}]")
            cls.village = site.run()
        return cls.village

    @staticmethod
    def camera(row):
        return Path(row["file"]).stem.lower().replace("_", "-")


class Duke:
    """One forest camera over a year: its two PhenoCam masks as plots, and as a building site."""

    village = None
    dense_fog = {"dukehw_2015_03_01_120107.jpg", "dukehw_2015_12_01_120107.jpg"}  # the first with snow on the ground

    @classmethod
    def get(cls, work):
        if cls.village is None:
            source = data / "phenocam-dukehw-2015"
            site = Site(work / "dukehw", "dukehw", "-05:00", (35.9736, -79.1004, 400))
            pictures = sorted((source / "images").glob("*.jpg"))
            site.camera("forest", pictures)
            for plot, mask in (("db1000", "dukehw_DB_1000_01.tif"), ("xroi", "example_DB_0001_01.tif")):
                shutil.copyfile(source / "ROI" / mask, site.folder / mask)
                site.plot(plot, "forest", "orchard", f"mask: {mask}")
            site.camera("asbuilding", pictures)
            width, height = Image.open(pictures[0]).size
            site.plot("building", "asbuilding", "building",
                      f"polygon: [0,{height // 5}, {width},{height // 5}, {width},{height}, 0,{height}]")
            cls.village = site.run()
        return cls.village


def growth_real(ledger, work):
    village = Duke.get(work)
    readings = {(short(r["capture"]), r["plot"]): r for r in village.readings}
    expected = table_of(data / "phenocam-dukehw-2015/expected.csv")
    body, worst = [], []
    for plot, column in (("db1000", "db1000_gcc"), ("xroi", "xroi_gcc")):
        errors, absent = [], 0
        for row in expected:
            value = (readings.get((row["file"], plot)) or {}).get("gcc")
            if value is None:
                absent += 1
            else:
                errors.append((abs(value - float(row[column])), row["file"]))
        worst += errors
        body.append((f"dukehw, {plot}", len(errors), absent, fixed(statistics.mean(e for e, _ in errors), 6) if errors else "–",
                     fixed(max(errors)[0], 6) if errors else "–", max(errors)[1] if errors else "–"))
        if absent:
            ledger.skip(f"gcc of {absent} pictures of dukehw, {plot}", "the program gave no reading for them")
    ledger.table("GCC", rows(("camera, mask", "pictures", "no reading", "mean error", "largest error", "worst picture"), body,
                             ("pictures", "no reading", "mean error", "largest error")))
    top = max(worst) if worst else (None, "")
    ledger.check("gcc against published figures, largest", top[0] if top[0] is None else round(top[0], 6), top[1])
    published(ledger, work)
    seedlings(ledger, work)


def published(ledger, work):
    """The channel means that PhenoCam publishes for two single pictures."""
    rows_by_file = collections.defaultdict(list)
    for row in table_of(data / "phenocam-vegindex/expected.csv"):
        rows_by_file[row["file"]].append(row)
    village = Published.get(work)
    body, worst = [], []
    for file, wanted in rows_by_file.items():
        camera = file.split("/")[0]
        text = call("readings", village.folder, "--plot", f"{camera}-roi", "--format", "phenocam-roistats")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        found = next(csv.DictReader(lines), {}) if lines else {}
        json_row = next((r for r in village.readings if r["camera"] == camera), {})
        for row in wanted:
            name = {"ir_mean": "r_mean"}.get(row["quantity"], row["quantity"])
            text_value = found.get(name) or json_row.get(name)
            value = float(text_value) if text_value not in (None, "", "NA") else None
            error = abs(value - float(row["published_value"])) if value is not None else None
            quality = next(c["quality"] for c in village.captures.values() if c["camera"] == camera)
            if error is None:
                ledger.skip(f"{camera} {row['quantity']}", f"the program gave no figure; the picture was judged {quality}")
            else:
                worst.append((round(error, 7), f"{camera} {row['quantity']}"))
            body.append((camera, row["quantity"], row["published_value"], fixed(value, 5), "–" if error is None else fixed(error, 5), quality))
    ledger.table("PUBLISHED", rows(("camera", "quantity", "published", "measured", "error", "quality"), body, ("published", "measured", "error")))
    ledger.check("published channel means, largest error", max(worst)[0] if worst else None, max(worst)[1] if worst else "")


def seedlings(ledger, work):
    expected = table_of(data / "canopy-cover/expected.csv")
    village = Seedlings.get(work)
    body, errors = [], []
    for row in expected:
        camera = Seedlings.camera(row)
        reading = next((r for r in village.readings if r["camera"] == camera), {})
        value, true = reading.get("vegetationCover"), float(row["cover_vegetation_mask(>127)"])
        quality = next(c["quality"] for c in village.captures.values() if c["camera"] == camera)
        if value is not None:
            errors.append((abs(value - true), row["file"]))
        body.append((row["file"], fixed(true, 3), row["ref_exg_gt_0.1_cover"][:5], fixed(value, 3),
                     "–" if value is None else f"{value - true:+.3f}", quality))
    ledger.table("SEEDLINGS", rows(("picture", "true cover", "ExG > 0.1", "measured", "error", "quality"), body,
                                   ("true cover", "ExG > 0.1", "measured", "error")))
    ledger.check("vegetation cover error on photographs, largest", max(errors)[0] if errors else None,
                 f"{max(errors)[1]}; {len(errors)} of {len(expected)} were measured" if errors else "no reading")


# name: (hours of the day at which a picture is taken)
CADENCES = {
    "10min": [8 + minute / 60 for minute in range(0, 9 * 60, 10)],
    "2h": [8, 10, 12, 14, 16],
    "twice": [9.5, 15.5],
}
VIDEOS = ("vtest", "tree", "highway", "canoe", "badminton")
HAND = {"0056.jpg", "0060.jpg", "0064.jpg"}
BLURRED = ("licenseplate_motion.jpg", "text_defocus.jpg", "text_motion.jpg")


def moments(count, hours):
    first = datetime.datetime(2024, 5, 6)
    return [first + datetime.timedelta(days=index // len(hours), hours=hours[index % len(hours)]) for index in range(count)]


class Videos:
    """Short films of real scenes, retold as archives of still pictures at three cadences."""

    village, taken = None, {}

    @classmethod
    def get(cls, work):
        if cls.village is None:
            site = Site(work / "videos", "videos")
            for film in VIDEOS:
                fixed_camera = data / "fixed-camera-opencv" / f"{film}_frames"
                folder = fixed_camera if fixed_camera.is_dir() else data / "cdnet" / film / "input"
                pictures = sorted(folder.glob("*.jpg"))
                for cadence, hours in CADENCES.items():
                    camera = f"{film}-{cadence}"
                    names = site.camera(camera, pictures, moments(len(pictures), hours))
                    cls.taken.update(zip(names, ((camera, p.name) for p in pictures)))
                    site.halves(camera, pictures[0])
            for name in BLURRED:
                picture = data / "fixed-camera-opencv" / name
                camera = "blurred-" + picture.stem.replace("_", "-")
                site.camera(camera, [picture], [datetime.datetime(2024, 5, 6, 10)])
                site.halves(camera, picture)
            cls.village = site.run()
        return cls.village


def health_real(ledger, work):
    village = Duke.get(work)
    judged = {short(name): c["quality"] for name, c in village.captures.items() if c["camera"] == "forest"}
    marked = [name for name in Duke.dense_fog if judged.get(name) not in ("ok", None)]
    counts = collections.Counter(q for n, q in judged.items() if n not in Duke.dense_fog)
    body = [("dukehw, dense fog (1 March with snow on the ground, 1 December)", 2, len(marked),
             ", ".join(f"{n[12:17].replace('_', '-')}: {judged.get(n, 'not read')}" for n in sorted(Duke.dense_fog))),
            ("dukehw, other pictures (light mist on 1 November among them)", sum(counts.values()), counts["ok"],
             "; ".join(f"{n[12:17].replace('_', '-')}: {q}" for n, q in sorted(judged.items())
                       if q != "ok" and n not in Duke.dense_fog) or "all ok")]
    infrared = next(c["quality"] for c in Published.get(work).captures.values() if c["camera"] == "alligatorriver")
    body.append(("alligatorriver, infrared", 1, int(infrared == "infrared"), infrared))
    phone = {short(n): c["quality"] for n, c in sorted(Seedlings.get(work).captures.items())}
    body.append(("seedlings, sharp phone pictures", len(phone), list(phone.values()).count("ok"),
                 ", ".join(f"{v} × {q}" for q, v in collections.Counter(phone.values()).most_common())))
    village, found, total = Videos.get(work), 0, 0
    for film in VIDEOS:
        for cadence in CADENCES:
            camera = f"{film}-{cadence}"
            said = [(Videos.taken[n][1], c["quality"]) for n, c in sorted(village.captures.items()) if c["camera"] == camera]
            hand = [q for n, q in said if film == "tree" and n in HAND]
            rest = collections.Counter(q for n, q in said if not (film == "tree" and n in HAND))
            body.append((camera, sum(rest.values()), rest["ok"], ", ".join(f"{v} × {q}" for q, v in rest.most_common() if q != "ok") or "all ok"))
            if film == "tree":
                found, total = found + hand.count("obstructed"), total + len(HAND)
                body.append((f"{camera}, hand before the lens", len(HAND), hand.count("obstructed"), ", ".join(hand)))
    blurred = {n: c["quality"] for n, c in village.captures.items() if c["camera"].startswith("blurred-")}
    body.append(("blurred photographs", len(BLURRED), list(blurred.values()).count("blur"),
                 ", ".join(f"{n.split('/')[0].removeprefix('blurred-')}: {q}" for n, q in sorted(blurred.items()))))
    ledger.table("HEALTH-REAL", rows(("pictures of", "pictures", "judged rightly", "judged"), body, ("pictures", "judged rightly")))
    ledger.check("pictures in dense fog marked unusable", len(marked), ", ".join(f"{n}: {judged.get(n)}" for n in sorted(Duke.dense_fog)))
    ledger.check("infrared picture recognised", int(infrared == "infrared"), f"alligatorriver_IR_2013_06_01_120032.jpg: {infrared}")
    ledger.check("sharp photographs refused", sum(q != "ok" for q in phone.values()),
                 "; ".join(f"{n[9:]} {q}" for n, q in phone.items() if q != "ok"))
    ledger.check("obstructed pictures recognised (hand before the lens)", found / total, f"{found} of {total}")
    ledger.check("blurred pictures recognised", list(blurred.values()).count("blur"), "; ".join(f"{short(n)} {q}" for n, q in blurred.items()))


def construction_real(ledger, work):
    body, every = [], []
    for village, cameras in ((Duke.get(work), ["forest", "asbuilding"]),
                             (Videos.get(work), [f"{f}-{c}" for f in VIDEOS for c in CADENCES])):
        for camera in cameras:
            days = [day(c["at"]) for c in village.captures.values() if c["camera"] == camera and c["at"]]
            usable = sum(c["camera"] == camera and c["quality"] == "ok" for c in village.captures.values())
            flags = [f for f in village.flags if f["camera"] == camera and f["kind"] == "construction"]
            every += flags
            body.append((camera, len(days), usable, (max(days) - min(days)).days + 1, len(flags),
                         ", ".join(f"{v} × {k}" for k, v in collections.Counter(f"{f['status']}/{f['stage']}" for f in flags).most_common()) or "–"))
    ledger.table("NOTHING-BUILT", rows(("camera", "pictures", "usable", "days", "flags", "of which"), body, ("pictures", "usable", "days", "flags")))
    ledger.check("flags where nothing is built (real pictures)", len(every),
                 "; ".join(f"{k} {v}" for k, v in collections.Counter(f["camera"] for f in every).most_common()))
    for flag in every[:SHOWN]:
        print(f"         {flag['plot']} {flag['status']}/{flag['stage']} box {flag['box']} {day(flag['firstSeen'])}…{day(flag['lastSeen'])}")


def backgrounds(ledger, work):
    """`composite` against the scene without its people: the published background, or what the masks call background."""
    source = data / "background"
    scenes = sorted(p.name for p in source.iterdir() if (p / "input").is_dir())
    site = Site(work / "backgrounds", "backgrounds")
    for scene in scenes:
        pictures = sorted((source / scene / "input").iterdir())
        site.camera(scene.lower(), pictures, moments(len(pictures), CADENCES["10min"]))
        site.halves(scene.lower(), pictures[0], "yard")
    village = site.run()
    body, worst = [], []
    for scene in scenes:
        out = village.folder / f"{scene}.png"
        try:
            call("composite", village.folder, "--camera", scene.lower(), "--out", out)
            if not out.exists():
                raise RuntimeError("no picture was written")
        except RuntimeError as reason:
            ledger.skip(f"background {scene}", f"composite does not work here ({reason})")
            continue
        true, known, origin = true_background(source / scene)
        found = numpy.array(Image.open(out).convert("L"), float)
        if found.shape != true.shape:
            ledger.skip(f"background {scene}", f"the composite is {found.shape[::-1]}, the pictures {true.shape[::-1]}")
            continue
        error = numpy.abs(found - true)[known]
        mean = float(error.mean())
        median_error = float(numpy.abs(median_picture(source / scene) - true)[known].mean())
        worst.append((mean, scene))
        body.append((scene, len(list((source / scene / "input").iterdir())), origin, f"{known.mean():.2f}", fixed(mean, 2),
                     f"{(error > 20).mean() * 100:.2f} %", fixed(median_error, 2)))
    if body:
        ledger.table("BACKGROUND", rows(("scene", "pictures", "truth", "share known", "mean grey error", "off by more than 20", "plain median"),
                                        body, ("pictures", "share known", "mean grey error", "off by more than 20", "plain median")))
        ledger.check("background, mean grey error, largest", max(worst)[0], max(worst)[1])


def grey_stack(folder):
    return numpy.stack([numpy.array(Image.open(p).convert("L")) for p in sorted(folder.iterdir())])


def median_picture(scene):
    return numpy.median(grey_stack(scene / "input"), axis=0)


def true_background(scene):
    """Grey picture, which of its pixels are known, and where it comes from."""
    drawn = scene / "GT_background.png"
    if drawn.exists():
        true = numpy.array(Image.open(drawn).convert("L"), float)
        return true, numpy.ones(true.shape, bool), "published"
    pictures, masks = grey_stack(scene / "input"), grey_stack(scene / "groundtruth")
    seen = numpy.ma.masked_array(pictures.astype(numpy.float32), masks != 0)
    return numpy.ma.median(seen, axis=0).filled(0).astype(float), (masks == 0).any(axis=0), "median where the masks say background"


# ---- two pictures of one place -----------------------------------------------------------------------------------------

def compare_rendered(ledger, work):
    """Each stage of each work: the picture before and the picture after, within the plot."""
    works = json.loads((TEST / "truth/works.json").read_text(encoding="utf-8"))["works"]
    outlines = dict(re.findall(r"  - id: (\S+)\n    camera: cam_market\n(?:    .*\n)*?    polygon: \[(.*?)\]",
                               (TEST / "site.yaml").read_text(encoding="utf-8")))
    body, pooled = [], numpy.zeros(3)
    for item in works:
        outline = outlines[item["plot"]].replace(", ", " ")
        for stage in item["masks"]:
            out = work / f"{item['id']}-{stage['stage'].replace(' ', '-')}.png"
            try:
                told = json.loads(call("compare", TEST / "archive" / stage["before"], TEST / "archive" / stage["after"], "--mask", out,
                                       "--polygon", outline, "--json"))
            except (RuntimeError, ValueError) as reason:
                ledger.skip("compare on the works of the street", f"compare does not work here ({reason})")
                return
            found = numpy.array(Image.open(out).convert("L")) > 127
            true = numpy.array(Image.open(TEST / "truth" / stage["maskInFrameOfBefore"]).convert("L")) > 127
            hits = numpy.array([(found & true).sum(), (found & ~true).sum(), (~found & true).sum()], float)
            pooled += hits
            body.append((item["id"], stage["stage"], int(true.sum()), *scores(hits), str(told.get("samePlace")).lower()))
    body.append(("all", "", "", *scores(pooled), ""))
    head = ("work", "stage", "true, px", "precision", "recall", "F1", "same place")
    ledger.table("COMPARE-WORKS", rows(head, body, ("true, px", "precision", "recall", "F1")))


def scores(hits):
    right, wrong, missed = hits
    return [fixed(value, 2) for value in (right / (right + wrong) if right + wrong else None,
                                          right / (right + missed) if right + missed else None,
                                          2 * right / (2 * right + wrong + missed) if right + wrong + missed else None)]


def compare_real(ledger, work):
    backgrounds(ledger, work)
    script = ROOT / "scripts" / "levir_f1.py"
    if not script.exists():
        ledger.skip("LEVIR pairs", "scripts/levir_f1.py is not there")
        return
    folders = [data / "levir-crops", data / "levir-tiles"]
    done = subprocess.run([sys.executable, script, *folders, "--plotwatch", program, "--masks", work / "levir"],
                          capture_output=True, text=True)
    if done.returncode:
        ledger.skip("LEVIR pairs", f"levir_f1.py: status {done.returncode}: {last_words(done)}")
        return
    pairs, pooled, folder, group = [], {}, "", ""
    for line in done.stdout.splitlines():
        name, figures = line[:36].rstrip(), line[36:].split()
        if figures[:1] == ["precision"]:
            folder = name
        elif name in ("pooled", "all folders"):
            group = folder if name == "pooled" else name
            pooled[group] = {"compare": figures[:3]}
        elif name.startswith("  ") and len(figures) >= 3:
            pooled[group][name.strip()] = figures[:3]
        elif len(figures) >= 3 and re.match(r"nan|[\d.]+$", figures[2]):
            pairs.append((folder, name, *figures[:3]))
    body = [(group, rule, *figures) for group, rules in pooled.items() for rule, figures in rules.items()]
    head = ("precision", "recall", "F1")
    worst = sorted((p for p in pairs if p[4] != "nan"), key=lambda p: float(p[4]))[:3]
    ledger.table("LEVIR", rows(("pairs", "rule", *head), body, head), "The three worst pairs:",
                 rows(("set", "pair", *head), worst, head))
    last = {rule: float(figures[2]) for rule, figures in pooled.get("all folders", {}).items()}
    if last:
        naive = max(v for k, v in last.items() if k != "compare")
        ledger.check("LEVIR: F1 above the better of two naive rules", last["compare"] - naive, f"{last['compare']:.3f} against {naive:.3f}")


def registration_real(ledger, work):
    source = data / "registration-graf"
    width, height = Image.open(source / "img1.png").size
    corners = numpy.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], float).T
    body = []
    for other in range(2, 7):
        try:
            told = json.loads(call("compare", source / "img1.png", source / f"img{other}.png", "--json"))
        except (RuntimeError, ValueError) as reason:
            ledger.skip("registration of graf", f"compare does not work here ({reason})")
            return
        found = told.get("alignment") or {}
        matrix = next((found[k] for k in ("matrix", "homography", "transform") if found.get(k)), None)
        error = None
        if matrix is not None:
            true = numpy.loadtxt(source / f"H1to{other}p")
            mine = numpy.array(matrix, float).reshape(-1, 3)
            mine = numpy.vstack([mine, [0, 0, 1]]) if len(mine) == 2 else mine
            error = min(corner_distance(m, true, corners) for m in (mine, numpy.linalg.inv(mine)))
        body.append((f"1 – {other}", f"{other * 10}°", told.get("samePlace"), found.get("model", "–"), found.get("inliers", "–"),
                     fixed(found.get("errorInPixels"), 2), fixed(error, 1)))
    if all(row[-1] == "–" for row in body):
        ledger.skip("corner errors of graf", "compare gives no matrix")
    seen = [row for row in body if row[0] in ("1 – 2", "1 – 3") and row[2] is True]
    ledger.check("wall seen from 20° and 30° aside recognised as the same", len(seen), ", ".join(f"{r[0]} {r[2]}" for r in body))
    strangers, fooled = strange_pairs(), []
    for before, after in strangers:
        told = json.loads(call("compare", before, after, "--json"))
        if told.get("samePlace") is True:
            fooled.append(f"{short(before)} and {short(after)}")
    ledger.check("different places taken for the same", len(fooled), f"of {len(strangers)}; " + "; ".join(fooled))
    body.append((f"{len(strangers)} pairs of different places", "–", f"{len(fooled)} × true", "–", "–", "–", "–"))
    body = [tuple("unknown" if c is None else str(c).lower() if isinstance(c, bool) else c for c in row) for row in body]
    ledger.table("REGISTRATION", rows(("views", "angle", "same place", "model", "inliers", "own error, px", "corner error, px"), body,
                                      ("inliers", "own error, px", "corner error, px")))


def strange_pairs():
    """Pictures of different places, next to each other in a ring."""
    places = [data / "registration-graf/img1.png", data / "fixed-camera-opencv/vtest_frames/0000.jpg",
              data / "fixed-camera-opencv/tree_frames/0000.jpg", sorted((data / "cdnet/highway/input").iterdir())[0],
              sorted((data / "cdnet/canoe/input").iterdir())[0], sorted((data / "cdnet/badminton/input").iterdir())[0],
              sorted((data / "phenocam-dukehw-2015/images").iterdir())[12], data / "phenocam-vegindex/harvard/2009/06/harvard_2009_06_30_120138.jpg"]
    return list(zip(places, places[1:] + places[:1]))


def corner_distance(matrix, true, corners):
    """The largest distance between where the two matrices put a corner; pixels of the second picture."""
    def put(m):
        moved = m @ corners
        return moved[:2] / moved[2]
    return float(numpy.linalg.norm(put(matrix) - put(true), axis=0).max())


# ---- the page --------------------------------------------------------------------------------------------------------

def rewrite(ledger):
    text = PAGE.read_text(encoding="utf-8")
    version = call("--version").strip()
    stamp = f"*{datetime.date.today().isoformat()}, plotwatch {version}*"
    for name, content in ledger.tables.items():
        marked = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /{re.escape(name)} -->)", re.S)
        if not marked.search(text):
            sys.exit(f"{PAGE.relative_to(ROOT)} has no markers for {name}")
        text = marked.sub(lambda m: f"{m[1]}{content}\n\n{stamp}\n{m[2]}", text)
    PAGE.write_text(text, encoding="utf-8")


def claims_table(ledger):
    body = [(name, f"{'at most' if CLAIMS[name][0] == '<=' else 'at least'} {figure(CLAIMS[name][1])} {CLAIMS[name][2]}",
             figure(value), "holds" if held else "**broken**") for name, value, held, _ in ledger.checks]
    parts = [rows(("claim", "limit", "measured", ""), body, ("measured",))]
    if ledger.skipped:
        parts.append("Not measured: " + "; ".join(f"{what} ({reason})" for what, reason in ledger.skipped) + ".")
    return parts


RENDERED = {"health": (health_rendered, alignment), "growth": (growth_rendered,), "construction": (construction_rendered,),
            "compare": (compare_rendered,)}
REAL = {"health": (health_real,), "growth": (growth_real,), "construction": (construction_real,),
        "compare": (compare_real,), "registration": (registration_real,)}


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1].splitlines()[0].strip())
    parser.add_argument("topics", nargs="*", default=["all"])
    parser.add_argument("--no-docs", action="store_true")
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    unknown = [t for t in arguments.topics if t not in TOPICS + ("all",)]
    if unknown:
        parser.error(f"no topic {unknown[0]}; there are {', '.join(TOPICS)} and all")
    if not program or not os.access(program, os.X_OK):
        print("PLOTWATCH_BINARY names no program; run scripts/bench accuracy", file=sys.stderr)
        return 2
    topics = TOPICS if "all" in arguments.topics else [t for t in TOPICS if t in arguments.topics]
    ledger = Ledger()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(arguments.keep or temporary).resolve()
        for topic in topics:
            print(f"== {topic}")
            steps = [(step, None) for step in RENDERED.get(topic, ())]
            if data is None:
                ledger.skip(f"{topic} on real pictures", "PLOTWATCH_DATA is not set")
            else:
                steps += [(step, data) for step in REAL.get(topic, ())]
            for step, _ in steps:
                step(ledger, work)
    whole = tuple(topics) == TOPICS and data is not None
    if whole:
        ledger.table("CLAIMS", *claims_table(ledger))
    if not arguments.no_docs:
        rewrite(ledger)
    broken = [name for name, _, held, _ in ledger.checks if not held]
    print(f"{len(ledger.checks) - len(broken)} claims hold, {len(broken)} broken, {len(ledger.skipped)} skipped; "
          f"{time.monotonic() - began:.0f} s")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
