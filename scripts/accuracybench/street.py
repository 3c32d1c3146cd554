"""The works of the rendered street: flags against the truth, and `compare` on each stage."""

import json
import math
import re

import numpy
from PIL import Image, ImageDraw

from .ledger import fixed, rows
from .sites import TEST, call, day, table_of
from .village import Rendered

GONE = ("removed",)
OVERLAP = 0.1  # intersection over union from which a flag means a work


def in_picture(polygon, shift, size):
    """The polygon, given in the reference, where it lies in a picture displaced by `shift`."""
    angle, cx, cy = math.radians(shift[2]), size[0] / 2, size[1] / 2
    cosine, sine = math.cos(angle), math.sin(angle)
    return [
        (cx + shift[0] + cosine * (x - cx) - sine * (y - cy), cy + shift[1] + sine * (x - cx) + cosine * (y - cy))
        for x, y in polygon
    ]


def filled(polygon, size):
    picture = Image.new("L", size)
    if len(polygon) > 2:
        ImageDraw.Draw(picture).polygon([tuple(p) for p in polygon], fill=1)
    return numpy.array(picture, bool)


def construction_rendered(ledger, work):
    village = Rendered.get(work)
    works = json.loads((TEST / "truth/works.json").read_text(encoding="utf-8"))["works"]
    shifts = {
        r["file"]: [float(r[k]) for k in ("dx", "dy", "rotation")]
        for r in table_of(TEST / "truth/captures.csv")
        if r["dx"]
    }
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
        means = [
            f
            for f in flags
            if f["stage"] not in GONE
            and fit[f["id"], index] >= OVERLAP
            and f["plot"] == item["plot"]
            and f["confirmedAt"]
            and day(f["confirmedAt"]) >= began
        ]
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
        body.append(
            (
                item["id"],
                item["kind"],
                item["plot"],
                wanted,
                *(
                    ("not flagged",) + ("–",) * 7
                    if flag is None
                    else (
                        flag["id"] + (f" and {len(means) - 1} more" if len(means) > 1 else ""),
                        flag["status"],
                        flag["stage"],
                        item["stages"][-1]["stage"],
                        (day(flag["firstSeen"]) - began).days,
                        day(flag["confirmedAt"]),
                        wait,
                        fixed(fit[flag["id"], index], 2),
                    )
                ),
            )
        )
    false = [f for f in flags if f["id"] not in used]
    figures = ("first seen, days after the true start", "days after the first wall", "IoU")
    parts = [
        rows(
            (
                "work",
                "what",
                "plot",
                "should be",
                "flag",
                "status",
                "stage",
                "stage, true",
                figures[0],
                "confirmed",
                figures[1],
                figures[2],
            ),
            body,
            figures,
        )
    ]
    told = [
        (
            f["id"],
            f["plot"],
            f["status"],
            f["stage"],
            day(f["firstSeen"]),
            day(f["confirmedAt"]) if f["confirmedAt"] else "–",
            day(f["lastSeen"]),
            f["areaInPixels"],
            fixed(f["confidence"], 2),
        )
        for f in false
    ]
    gone = sum(f["stage"] in GONE for f in flags)
    parts.append(
        f"False flags: {len(false)}, of which {gone} said to be removed again. Flags of other kinds: {len(others)}."
    )
    if told:
        parts.append(
            rows(
                ("flag", "plot", "status", "stage", "first seen", "confirmed", "last seen", "area, px", "confidence"),
                told,
                ("area, px", "confidence"),
            )
        )
    ledger.table("CONSTRUCTION", *parts)
    ledger.check("unauthorized works missed", len(missed), "; ".join(missed))
    ledger.check(
        "days from first visible wall to confirmation",
        max(late)[0] if late and not missed else None,
        ", ".join(f"{n} {d:+d}" for d, n in late),
    )
    ledger.check("permitted works called unauthorized", len(wronged), "; ".join(wronged))
    ledger.check(
        "false flags (rendered street)",
        len(false),
        "; ".join(f"{t[0]} {t[1]} {t[2]}/{t[3]} {t[4]}…{t[6]} {t[7]} px" for t in told),
    )


def compare_rendered(ledger, work):
    """Each stage of each work: the picture before and the picture after, within the plot."""
    works = json.loads((TEST / "truth/works.json").read_text(encoding="utf-8"))["works"]
    outlines = dict(
        re.findall(
            r"  - id: (\S+)\n    camera: cam_market\n(?:    .*\n)*?    polygon: \[(.*?)\]",
            (TEST / "site.yaml").read_text(encoding="utf-8"),
        )
    )
    body, pooled = [], numpy.zeros(3)
    for item in works:
        outline = outlines[item["plot"]].replace(", ", " ")
        for stage in item["masks"]:
            out = work / f"{item['id']}-{stage['stage'].replace(' ', '-')}.png"
            try:
                told = json.loads(
                    call(
                        "compare",
                        TEST / "archive" / stage["before"],
                        TEST / "archive" / stage["after"],
                        "--mask",
                        out,
                        "--polygon",
                        outline,
                        "--json",
                    )
                )
            except (RuntimeError, ValueError) as reason:
                ledger.skip("compare on the works of the street", f"compare does not work here ({reason})")
                return
            found = numpy.array(Image.open(out).convert("L")) > 127
            true = numpy.array(Image.open(TEST / "truth" / stage["maskInFrameOfBefore"]).convert("L")) > 127
            hits = numpy.array([(found & true).sum(), (found & ~true).sum(), (~found & true).sum()], float)
            pooled += hits
            body.append(
                (item["id"], stage["stage"], int(true.sum()), *scores(hits), str(told.get("samePlace")).lower())
            )
    body.append(("all", "", "", *scores(pooled), ""))
    head = ("work", "stage", "true, px", "precision", "recall", "F1", "same place")
    ledger.table("COMPARE-WORKS", rows(head, body, ("true, px", "precision", "recall", "F1")))


def scores(hits):
    right, wrong, missed = hits
    return [
        fixed(value, 2)
        for value in (
            right / (right + wrong) if right + wrong else None,
            right / (right + missed) if right + missed else None,
            2 * right / (2 * right + wrong + missed) if right + wrong + missed else None,
        )
    ]
