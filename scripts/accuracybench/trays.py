"""Fruit on rendered trays: diameters, colour, spots and classes against the truth they were rendered with."""

import json
import math
import os
from pathlib import Path

from .ledger import rows, share95
from .sites import TEST, call

TABLES = {"tangor": "danling-qingjian", "orange": "gbt21488-navel", "tomato": "generic"}
NEAR = 25
"""Pixels between a fruit and its truth."""
SPOT_NEAR = 8
FACING = 0.3
"""Cosine of the slant up to which a spot counts as visible (73°)."""
COUNTED = 2.0
"""Millimetres from which a spot must be found."""


def trays_folder():
    """The committed trays, or others of an unseen seed: `scripts/testimages/trays.py --seed N --out FOLDER`."""
    return Path(os.environ.get("PLOTWATCH_TRAYS") or TEST / "fruit")


def class_of(table, diameter, colour, spots, smallest=1.0):
    """The class by the table's own figures, worked out anew from the truth."""
    spots = [s for s in spots if s["millimetres"] >= smallest]
    areas = [s["areaInSquareMillimetres"] for s in spots]
    for entry in table["classes"]:
        asks = [
            entry["diameterFrom"] is None or entry["diameterFrom"] <= diameter <= entry["diameterUntil"],
            entry["colourShare"] is None or colour >= entry["colourShare"],
            entry["spotCount"] is None or len(spots) <= entry["spotCount"],
            entry["spotDiameter"] is None or all(s["millimetres"] <= entry["spotDiameter"] for s in spots),
            entry["blemishTotal"] is None or sum(areas) <= entry["blemishTotal"],
            entry["blemishLargest"] is None or max(areas, default=0) <= entry["blemishLargest"],
        ]
        if all(asks):
            return entry["class"]
    return None


def fruit_rendered(ledger, work):
    folder = trays_folder()
    tables = {t["table"]: t for t in json.loads(call("grade", "--tables", "--json"))["tables"]}
    errors, shares, body = [], [], []
    missed = ghosts = agreed = judged = found_spots = real_spots = false_spots = 0
    for tray in json.loads((folder / "truth" / "trays.json").read_text(encoding="utf-8"))["trays"]:
        marker = tray["marker"]
        scale = ["--marker", f"{marker['shape']}:{marker['millimetres']:g}"] if marker else ["--pixels-per-mm", tray["pixelsPerMillimetreAtFruit"]]
        table = TABLES[tray["kind"]]
        picture = json.loads(call("grade", folder / "archive" / tray["file"], *scale, "--table", table, "--json"))["pictures"][0]
        left, own, right, lost = list(picture["fruit"]), [], 0, 0
        for fruit in tray["fruit"]:
            match = min(left, key=lambda g: math.hypot(g["x"] - fruit["x"], g["y"] - fruit["y"]), default=None)
            if match is None or math.hypot(match["x"] - fruit["x"], match["y"] - fruit["y"]) > NEAR or match["diameter"] is None:
                lost += 1
                continue
            left.remove(match)
            own.append(abs(match["diameter"] / fruit["diameter"] - 1))
            if match["colourShare"] is not None:
                shares.append(abs(match["colourShare"] - fruit["colourShare"]))
            seen = [s for s in fruit["spots"] if s["facing"] >= FACING]
            for spot in (s for s in seen if s["millimetres"] >= COUNTED):
                real_spots += 1
                found_spots += any(math.hypot(g["x"] - spot["x"], g["y"] - spot["y"]) < SPOT_NEAR for g in match["spots"])
            false_spots += sum(all(math.hypot(g["x"] - s["x"], g["y"] - s["y"]) >= SPOT_NEAR for s in fruit["spots"]) for g in match["spots"])
            right += class_of(tables[table], fruit["diameter"], fruit["colourShare"], seen) == match["class"]
        errors += own
        missed, ghosts, agreed, judged = missed + lost, ghosts + len(left), agreed + right, judged + len(own)
        scale_by = marker["shape"] if marker else "pixels per mm"
        body.append((tray["ground"], tray["kind"], tray["manner"], scale_by, len(tray["fruit"]), lost + len(left), f"{sum(own) / max(1, len(own)):.2%}", f"{max(own, default=0):.2%}", f"{right} of {len(own)}"))
    total = judged + missed
    ledger.check("fruit: mean diameter error", sum(errors) / len(errors) if errors else None, f"{len(errors)} fruits; 95 % below {share95(errors):.2%}, worst {max(errors):.2%}")
    ledger.check("fruit: missed or made up", missed + ghosts, f"of {total}")
    ledger.check("fruit: class as by truth", agreed / judged if judged else None, f"{agreed} of {judged}")
    ledger.check("fruit: spots of 2 mm and more found", found_spots / real_spots if real_spots else None, f"{found_spots} of {real_spots}")
    ledger.check("fruit: spots where there is none", false_spots, f"on {judged} fruits")
    body.sort(key=lambda row: -float(row[6].rstrip("%")))
    ledger.table(
        "TRAYS",
        rows(("ground", "fruit", "manner", "scale by", "fruits", "missed or made up", "mean error", "worst", "class right"), body, ("fruits", "missed or made up", "mean error", "worst")),
        f"{len(errors)} fruits: 95 % of diameters within {share95(errors):.2%}; colour share off by {sum(shares) / max(1, len(shares)):.3f} on average, {max(shares, default=0):.3f} at most; "
        f"{found_spots} of {real_spots} spots of 2 mm and more found, {false_spots} claimed where there is none. Worst first.",
    )
