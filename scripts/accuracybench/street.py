"""The works of the rendered street: flags against the truth, and `compare` on each stage."""

import json
import os
import re
from pathlib import Path

import numpy
from PIL import Image

from .ledger import fixed, rows
from .sites import TEST, call
from .village import Rendered
from .works import Scene, confidence_table, figures, scenes_table, stages_table, works_table

COMMITTED = ("hamlet", "river", "town")  # further scenes below testimages/
SCENES = os.environ.get("PLOTWATCH_SCENES", "")  # folders like testimages/ with other seeds and places, parted by ":"


def construction_rendered(ledger, work):
    scenes = [Scene("street", TEST / "truth", Rendered.get(work).all_flags())]
    unseen = [TEST / name for name in COMMITTED if (TEST / name).exists()] + [Path(folder) for folder in SCENES.split(":") if folder]
    for index, folder in enumerate(unseen):
        village = Rendered.copy(folder, work / f"scene{index}")
        scenes.append(Scene(f"{village.cameras}, {index + 1}", folder / "truth", village.all_flags()))
    if not SCENES:
        ledger.skip("works of other seeds", "PLOTWATCH_SCENES names none")
    street = scenes[0]
    ledger.table("CONSTRUCTION", *works_table(street))
    if unseen:
        told = [part for s in scenes[1:] for part in (f"Scene {s.name}:", *works_table(s))]
        ledger.table("SCENES", scenes_table(scenes), *told)
        ledger.table("STAGES", *stages_table(scenes))
        ledger.table("CONFIDENCE", confidence_table(scenes))
        print(confidence_table(scenes))
    print(scenes_table(scenes))
    print("\n\n".join(stages_table(scenes)))
    wanted = [w for w in street.works if not w.truth["permitted"]]
    missed = [f"{w.truth['id']} on {w.truth['plot']}" for w in wanted if not w.is_right]
    late = [(w.wait, w.truth["id"]) for w in wanted if w.flag]
    ledger.check("unauthorized works missed", len(missed), "; ".join(missed))
    ledger.check(
        "days from first visible wall to confirmation",
        max(late)[0] if late and not missed else None,
        ", ".join(f"{n} {d:+d}" for d, n in late),
    )
    ledger.check("permitted works called unauthorized", len(street.wronged), "")
    ledger.check(
        "false flags (rendered street)",
        len(street.false),
        "; ".join(f"{f['id']} {f['plot']} {f['status']}/{f['stage']} {f['areaInPixels']} px" for f in street.false),
    )
    if unseen:
        pooled = figures(scenes)
        ledger.check("works of all rendered scenes: recall", pooled["recall"])
        ledger.check("works of all rendered scenes: precision", pooled["precision"])
        ledger.check("works of all rendered scenes: days from the first wall", pooled["wait"])
        ledger.check("works of all rendered scenes: first seen, days off", pooled["first"])
        ledger.check("works of all rendered scenes: IoU of the outline", pooled["overlap"])
        ledger.check("works of all rendered scenes: permitted called unauthorized", pooled["wronged"])


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
