"""Real fruit by the tile: ripe apples that are counted, green pears that are not claimed to be."""

import csv
import json
import math
import statistics

from . import sites
from .ledger import fixed, rows
from .sites import Site, call

SETS = {"apples": "apples-bbch81", "pears": "pears-640"}


def fruit_real(ledger, work):
    body = []
    for name, folder in SETS.items():
        told = measured(work, name, sites.data / folder)
        pairs = [(drawn, found) for drawn, found, _ in told if found is not None]
        shares = [share for _, _, share in told if share is not None]
        bearing = [(drawn, found) for drawn, found in pairs if drawn]
        relative = statistics.mean(abs(f - d) / d for d, f in bearing) if bearing else None
        likeness = correlation(pairs)
        body.append(
            (
                SETS[name],
                len(told),
                len(told) - len(pairs),
                sum(d for d, _, _ in told),
                fixed(sum(f for _, f in pairs), 0),
                fixed(likeness, 2),
                fixed(relative, 2),
                fixed(sum(abs(f - d) for d, f in pairs) / max(sum(d for d, _ in pairs), 1), 2),
                fixed(statistics.median(shares), 3) if shares else "–",
            )
        )
        if name == "apples":
            ledger.check("ripe apples: count against boxes, correlation", likeness, f"{len(pairs)} of {len(told)} tiles counted")
            ledger.check("ripe apples: mean relative error of a tile", relative, f"{len(bearing)} tiles with apples")
    head = (
        "tiles",
        "number",
        "not counted",
        "fruits drawn",
        "fruits counted",
        "r",
        "mean relative error",
        "error, share of all",
        "median ripe share",
    )
    ledger.table("FRUIT", rows(head, body, head[1:]))


def measured(work, name, folder):
    """For each tile: fruits drawn, fruits counted, ripe share; absent = `None`."""
    with open(folder / "counts.csv", newline="", encoding="utf-8") as file:
        counts = {row[2]: int(row[3]) for row in csv.reader(file) if row[3].isdigit()}
    site = Site(work / name, name)
    cameras = {}
    for number, tile in enumerate(sorted(counts)):
        camera = f"t{number:03d}"
        cameras[camera] = counts[tile]
        # Each tile is another place: a camera of its own.
        site.camera(camera, [folder / "images" / tile], [sites.datetime.datetime(2024, 9, 20, 12)])
        site.plot(camera, camera, "orchard", "polygon: [0,0, 640,0, 640,640, 0,640]")
    site.write()
    call("run", site.folder, "--progress", "none")
    told = {r["plot"]: r for r in json.loads(call("readings", site.folder, "--format", "json"))["readings"]}
    return [
        (drawn, told[camera]["count"] if camera in told else None, told[camera]["ripeColour"] if camera in told else None)
        for camera, drawn in cameras.items()
    ]


def correlation(pairs):
    if len(pairs) < 3:
        return None
    drawn, found = ([p[k] for p in pairs] for k in (0, 1))
    means = statistics.mean(drawn), statistics.mean(found)
    shared = sum((d - means[0]) * (f - means[1]) for d, f in pairs)
    spread = math.prod(sum((v - m) ** 2 for v in values) for values, m in zip((drawn, found), means))
    return shared / math.sqrt(spread) if spread else None
