"""What flags say of works whose truth is known: found or not, when, where, how far."""

import collections
import dataclasses
import datetime
import json
import math
import statistics

import numpy
from PIL import Image, ImageDraw

from .ledger import fixed, rows
from .sites import day, table_of

OVERLAP = 0.1  # intersection over union from which a flag means a work
# The generator's words for stages, in the program's.
STAGES = {
    "materials": "material",
    "clearing": "clearing",
    "pit": "foundation",
    "foundation": "foundation",
    "infill": "roof",
    "columns": "walls",
    "infill": "walls",
    "walls": "walls",
    "walls complete": "walls",
    "roof": "roof",
    "finished": "finished",
}

ORDER = ("none", "unknown", "clearing", "material", "foundation", "walls", "roof", "finished", "removed")


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


@dataclasses.dataclass
class Work:
    """A work and the flags that mean it, best outline first."""

    truth: dict
    flags: list
    overlap: float | None
    confusion: collections.Counter  # (true stage, stage of the flag) by days

    @property
    def flag(self):
        return self.flags[0] if self.flags else None

    @property
    def wanted(self):
        return "permitted" if self.truth["permitted"] else "unauthorized"

    @property
    def is_right(self):
        return self.flag is not None and self.flag["status"] == self.wanted

    @property
    def began(self):
        return day(self.truth["stages"][0]["date"])

    @property
    def wait(self):
        """Days from the first wall, or the first column where there is none, to the confirmation."""
        stages = {STAGES[s["stage"]]: s["date"] for s in reversed(self.truth["stages"])}
        wall = self.truth["firstVisibleWall"] or stages.get("walls") or self.truth["stages"][-1]["date"]
        return (day(self.flag["confirmedAt"]) - day(wall)).days if self.flag else None

    @property
    def late(self):
        """Days from its beginning to the first seen of the flag."""
        return (day(self.flag["firstSeen"]) - self.began).days if self.flag else None


class Scene:
    """The works of one scene against its flags.

    A flag means a work if it is on its plot, is not said to be removed or withdrawn, was confirmed after the work began,
    and overlaps what is visible of the finished work. Of the others, those withdrawn with a reason are counted by themselves;
    the rest is false.
    """

    def __init__(self, name, truth, flags):
        self.name = name
        works = json.loads((truth / "works.json").read_text(encoding="utf-8"))["works"]
        captures = {r["file"]: r for r in table_of(truth / "captures.csv")}
        self.flags = [f for f in flags if f["kind"] == "construction"]
        self.others = len(flags) - len(self.flags)
        self.works, used = [], set()
        for item in works:
            last = item["masks"][-1]
            mask = numpy.array(Image.open(truth / last["mask"]).convert("L")) > 127
            size = mask.shape[1], mask.shape[0]
            shift = [float(captures[last["after"]][k]) for k in ("dx", "dy", "rotation")]
            means = []
            for flag in self.flags:
                shape = filled(in_picture(flag["polygon"], shift, size), size)
                overlap = float((shape & mask).sum()) / max(1, int((shape | mask).sum()))
                if (
                    overlap >= OVERLAP
                    and flag["stage"] != "removed"
                    and not flag.get("withdrawn")
                    and flag["plot"] == item["plot"]
                    and day(flag["confirmedAt"]) >= day(item["stages"][0]["date"])
                ):
                    means.append((overlap, flag))
            means.sort(key=lambda pair: -pair[0])
            used.update(f["id"] for _, f in means)
            found = [f for _, f in means]
            self.works.append(
                Work(
                    item,
                    found,
                    means[0][0] if means else None,
                    confusion(item, found[0], captures) if found else collections.Counter(),
                )
            )
        others = [f for f in self.flags if f["id"] not in used]
        self.withdrawn = [f for f in others if f.get("withdrawn")]
        self.false = [f for f in others if not f.get("withdrawn")]

    @property
    def wronged(self):
        """Permitted works that are called unauthorized."""
        return [w for w in self.works if w.truth["permitted"] and any(f["status"] == "unauthorized" for f in w.flags)]


def confusion(item, flag, captures):
    """Days of each pair of true stage and stage told, from the confirmation to the last picture."""
    last = max(day(r["at"]) for r in captures.values() if r["at"])
    true = [(day(s["date"]), STAGES[s["stage"]]) for s in item["stages"]]
    told = [(day(s["at"]), s["stage"]) for s in flag["stages"]]
    pairs, today = collections.Counter(), day(flag["confirmedAt"])
    while today <= last:
        # A frame gets its roof before its walls: the furthest that was reached counts.
        reached = [[stage for since, stage in stages if since <= today] for stages in (true, told)]
        pairs[tuple(max(stages, key=ORDER.index, default="none") for stages in reached)] += 1
        today += datetime.timedelta(days=1)
    return pairs


def works_table(scene):
    figures = ("first seen, days after the true start", "days after the first wall", "IoU")
    head = ("work", "what", "plot", "should be", "flag", "status", "stage", "stage, true", figures[0], "confirmed")
    body = []
    for work in scene.works:
        item, flag = work.truth, work.flag
        told = ("not flagged",) + ("–",) * 7
        if flag:
            more = f" and {len(work.flags) - 1} more" if len(work.flags) > 1 else ""
            told = (flag["id"] + more, flag["status"], flag["stage"], item["stages"][-1]["stage"], work.late)
            told += (day(flag["confirmedAt"]), work.wait, fixed(work.overlap, 2))
        body.append((item["id"], item["kind"], item["plot"], work.wanted, *told))
    parts = [rows(head + figures[1:], body, figures)]
    gone = sum(f["stage"] == "removed" for f in scene.flags)
    parts.append(
        f"False flags: {len(scene.false)}; withdrawn with a reason: {len(scene.withdrawn)}; "
        f"said to be removed again: {gone}. Flags of other kinds: {scene.others}."
    )
    if scene.false or scene.withdrawn:
        parts.append(
            rows(
                ("flag", "plot", "status", "stage", "first seen", "confirmed", "last seen", "area, px", "confidence"),
                [
                    (f["id"], f["plot"], f["status"], f["stage"], day(f["firstSeen"]), day(f["confirmedAt"]))
                    + (day(f["lastSeen"]), f["areaInPixels"], fixed(f["confidence"], 2))
                    for f in scene.false + scene.withdrawn
                ],
                ("area, px", "confidence"),
            )
        )
    return parts


CONFIDENCES = (0.0, 0.6, 0.7, 0.8, 0.9)  # lower bounds of the bins


def confidence_table(scenes):
    """How often a flag of so much confidence means a work; withdrawn ones count as wrong, as somebody was told."""
    body = []
    for low, high in zip(CONFIDENCES, (*CONFIDENCES[1:], None)):
        told = [
            (flag, any(flag["id"] == f["id"] for w in scene.works for f in w.flags))
            for scene in scenes
            for flag in scene.flags
            if flag["confidence"] >= low and (high is None or flag["confidence"] < high)
        ]
        hits = sum(right for _, right in told)
        mean = statistics.mean(flag["confidence"] for flag, _ in told) if told else None
        band = f"{low:.1f} to {high:.1f}" if high else f"{low:.1f} and more"
        body.append((band, len(told), hits, fixed(mean, 2), fixed(hits / len(told), 2) if told else "–"))
    head = ("confidence", "flags", "mean a work", "confidence, mean", "share that means a work")
    return rows(head, body, head[1:])


def figures(scenes):
    """Recall, precision, longest wait, largest error of the first day, mean IoU, permitted works called unauthorized."""
    works = [w for s in scenes for w in s.works]
    found = [w for w in works if w.is_right]
    false = sum(len(s.false) for s in scenes)
    hits = sum(len(w.flags) for w in works)
    return {
        "works": len(works),
        "recall": len(found) / len(works) if works else None,
        "precision": hits / (hits + false) if hits + false else None,
        "wait": max((w.wait for w in found), default=None),
        "first": max((abs(w.late) for w in found), default=None),
        "overlap": statistics.mean(w.overlap for w in found) if found else None,
        "wronged": sum(len(s.wronged) for s in scenes),
    }


def scenes_table(scenes):
    body = []
    for name, of in [(s.name, [s]) for s in scenes] + ([("all", scenes)] if len(scenes) > 1 else []):
        f = figures(of)
        body.append(
            (name, f["works"], fixed(f["recall"], 2), fixed(f["precision"], 2), "–" if f["wait"] is None else f["wait"])
            + ("–" if f["first"] is None else f["first"], fixed(f["overlap"], 2), f["wronged"])
            + (sum(len(s.withdrawn) for s in of),)
        )
    head = ("scene", "works", "recall", "precision", "days after the first wall, longest")
    head += ("first seen, days off, largest", "IoU, mean", "permitted called unauthorized", "withdrawn")
    return rows(head, body, head[1:])


def stages_table(scenes):
    pairs = sum((w.confusion for s in scenes for w in s.works), collections.Counter())
    true = [s for s in ORDER if any(p[0] == s for p in pairs)]
    told = [s for s in ORDER if any(p[1] == s for p in pairs)]
    body = [(t, *(pairs[t, s] or "–" for s in told)) for t in true]
    agree = sum(n for (t, s), n in pairs.items() if t == s)
    return [
        rows(("true stage, days", *(f"told {s}" for s in told)), body, [f"told {s}" for s in told]),
        f"{agree} of {sum(pairs.values())} days told right.",
    ]
