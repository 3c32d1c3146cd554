"""Flocks: hens counted in the rendered pen."""

import shutil

from .ledger import fixed, rows
from .sites import TEST, Village, age_file, short, table_of

LEAST = 10
"""Hens from which an error in per cent means something."""


def flock_rendered(ledger, work):
    folder = work / "flock"
    shutil.copytree(TEST / "flock", folder)
    for path in (folder / "archive").rglob("*.jpg"):
        age_file(path)
    village = Village(folder)
    truth = {short(row["file"]): row for row in table_of(folder / "truth" / "flock.csv")}
    counted = [(truth[short(r["capture"])], r) for r in village.readings if r["count"] is not None]
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
