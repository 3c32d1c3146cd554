"""Flocks: hens counted in the rendered pen, pelicans in a photograph from the air."""

import datetime
import os
import shutil
from pathlib import Path

from .ledger import fixed, rows
from .sites import TEST, Site, Village, age_file, data, short, table_of

LEAST = 10
"""Hens from which an error in per cent means something."""


def flock_rendered(ledger, work):
    folder = work / "flock"
    # The committed pen, or one of an unseen seed: render --set flock.
    source = Path(os.environ.get("PLOTWATCH_FLOCK") or TEST / "flock")
    # Without a store of an earlier run: its readings would be kept.
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.sqlite*"))
    for path in (folder / "archive").rglob("*.jpg"):
        age_file(path)
    village = Village(folder)
    truth = {short(row["file"]): row for row in table_of(folder / "truth" / "flock.csv")}
    counted = [(truth[short(r["capture"])], r) for r in village.readings if r["count"] is not None]
    counted = [(row, r) for row, r in counted if row["manner"] != "night"]
    body, errors, false = [], [], 0
    for row, reading in sorted(counted, key=lambda pair: pair[0]["at"]):
        seen, count = int(row["seen"]), reading["count"]
        if seen == 0:
            false += count > 0
            continue
        error = abs(count - seen) / seen
        if seen >= LEAST:
            errors.append(error)
        low, high = reading["countRange"]
        body.append((row["at"][5:16].replace("T", " "), row["manner"], row["colours"], seen, f"{count:.0f}", f"{low:.0f}–{high:.0f}", f"{error:.0%}", fixed(reading.get("spread"), 2)))
    bare = sum(int(row["seen"]) == 0 for row, _ in counted)
    mean = sum(errors) / len(errors) if errors else None
    ledger.check("flock: mean count error from ten hens on", mean, f"{len(errors)} pictures")
    ledger.check("flock: counts in an empty pen", false, f"of {bare} pictures")
    body.sort(key=lambda row: -float(row[6].rstrip("%")))
    ledger.table(
        "FLOCKS",
        rows(("picture", "manner", "colour", "seen", "counted", "range", "error", "spread"), body, ("seen", "counted", "error", "spread")),
        f"{bare} pictures without a hen, {false} of them with a count. Worst first.",
    )


def flock_nights(ledger, work):
    """The rendered pen under the camera's infrared lamp: who was not brought in."""
    folder = work / "flock-night"
    # The committed nights, or those of an unseen seed: flock_archive.py --lamp.
    source = Path(os.environ.get("PLOTWATCH_FLOCK_NIGHT") or TEST / "flock-night")
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("*.sqlite*"))
    for path in (folder / "archive").rglob("*.jpg"):
        age_file(path)
    village = Village(folder)
    said = {short(r["capture"]): r for r in village.readings}
    body, bare, false, told, out = [], 0, 0, 0, 0
    for row in table_of(folder / "truth" / "flock.csv"):
        reading = said.get(short(row["file"]))
        if row["manner"] != "night" or reading is None or reading["count"] is None:
            continue
        found = reading["count"] + (reading.get("outside") or 0)
        if int(row["seen"]) == 0:
            bare += 1
            false += found > 0
            continue
        out += 1
        told += found > 0
        low, high = reading["countRange"]
        body.append((row["at"][5:16].replace("T", " "), row["colours"], row["seen"], f"{reading['count']:.0f}", f"{low:.0f}–{high:.0f}", fixed(reading.get("spread"), 2)))
    ledger.check("flock: counts in an empty pen by night", false if bare else None, f"of {bare} pictures")
    ledger.check("flock: nights with hens out that are told", told / out if out else None, f"{told} of {out} pictures")
    ledger.table(
        "FLOCK-NIGHTS",
        rows(("picture", "colour", "seen", "counted, at least", "range", "spread"), body, ("seen", "counted, at least", "spread")),
        f"{bare} pictures without a hen, moths in some of them, {false} with a count.",
    )


def pelicans_real(ledger, work):
    folder = data / "overhead-birds-trees"
    picture = folder / "awpe_pigeon_lake_2020_dji_0005.jpg"
    if not picture.exists():
        return
    truth = table_of(folder / "awpe_points.csv")
    # The two parts that were looked through; the birds of the rest are not marked.
    parts = {"upper right": (600, 0, 1058, 560), "lower left": (0, 690, 690, 997)}
    site = Site(work / "pelicans", "pelicans")
    site.camera("air", [picture], [datetime.datetime(2020, 7, 1, 12)])
    for name, (x0, y0, x1, y1) in parts.items():
        site.plot(name.replace(" ", "-"), "air", "poultry", f"polygon: [{x0},{y0}, {x1},{y0}, {x1},{y1}, {x0},{y1}]")
    village = site.run()
    body = []
    for name in parts:
        true = sum(row["region"].startswith(name.replace(" ", "_")) for row in truth)
        reading = next((r for r in village.readings if r["plot"] == name.replace(" ", "-")), None)
        count = reading and reading["count"]
        low, high = (reading and reading["countRange"]) or (None, None)
        body.append((name, true, fixed(count, 0), "–" if low is None else f"{low:.0f}–{high:.0f}"))
        if name == "upper right":
            ledger.check("flock: pelicans, count less 39", None if count is None else abs(count - true), f"of {true}")
    ledger.table("PELICANS", rows(("part", "marked", "counted", "range"), body, ("marked", "counted")))
