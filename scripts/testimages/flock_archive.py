"""Rendered flock frames to an archive of one camera, with its site file and truth table.

    python flock_archive.py --raw DIR --out DIR --seed N [--empties 4] [--nights 1] [--frames 0,3,5] [--lamp NIGHTS]

Every frame becomes one picture as the camera would have stored it; the frames without a hen are exposed
`--empties` times, on days of their own, so that false counts show; with `--nights` the huddle is seen in infrared as well. With `--lamp`
a folder of `flock_night` renders, `--lamp-empties` pictures of the empty pen and one of each other are added, at
ten, midnight, two and four, from the first night on; in every third empty one are moths. `truth/flock.csv` holds for each
picture how many hens can be seen (a quarter of them, at least 12 pixels of the raw render), how many
barely, how many are in the pen and outside; `truth/flock.json` every hen's box in the picture.
"""

import argparse
import csv
import json
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

import camera
import flock
import truth
from assemble import GENERATOR, LICENCE, write_manifest

NIGHT = "night"
"""Manner of an infrared picture: the huddle, under the camera's own lamps."""
LAMP_HOURS = (22, 24, 26, 28)
"""Hours since midnight of the evening at which the lamp's pictures are taken."""
LAMP_QUALITY = 20
LAMP_KNOWN = 6
"""Pictures of the empty pen before the first others."""
LEAST_SHARE, LEAST_PIXELS = 0.25, 12
"""A hen counts as seen from this share of it and this many pixels of the raw render on."""


def is_seen(bird):
    """Whether a person would count it."""
    return bird["visiblePixels"] >= LEAST_PIXELS and bird["visiblePixels"] >= LEAST_SHARE * bird["wholePixels"]


def picture_box(box, shift):
    """A raw box in the picture: x, y, width, height."""
    x, y, w, h = box
    corners = camera.raw_to_picture([(x, y), (x + w, y), (x + w, y + h), (x, y + h)], shift, (flock.WIDTH, flock.HEIGHT))
    low, high = corners.min(0), corners.max(0)
    return [round(float(v), 1) for v in (*low, *(high - low))]


def shots(records, empties, nights):
    """(record, when, repeat) of every picture, in order of time."""
    made, last = [], None
    for record in records:
        when = datetime.fromisoformat(record["datetime"])
        made.append((record, when, 0))
        last = when if last is None else max(last, when)
    bare = [r for r in records if not r["seen"]["birds"]]
    for repeat in range(1, empties):
        for record in bare:
            hour = datetime.fromisoformat(record["datetime"])
            day = (last + timedelta(days=1 + len(made) - len(records))).date()
            made.append((record, datetime.combine(day, hour.timetz()), repeat))
    huddle = next((r for r in records if r["state"]["manner"] == "huddle"), None)
    if nights and huddle:
        when = datetime.fromisoformat(huddle["datetime"])
        made += [(huddle, when.replace(hour=22, minute=41) + timedelta(days=night), NIGHT) for night in range(nights)]
    return sorted(made, key=lambda shot: shot[1])


def lamp_shots(records, empties):
    """(record, when, fault) of the pictures under the lamp, in order of time: the first show the empty pen."""
    if not records:
        return []
    bare = [r for r in records if not r["seen"]["birds"]]
    flocks = [r for r in records if r["seen"]["birds"]]
    queue = [(bare[k % len(bare)], "lamp-insects" if k % 3 == 2 else "lamp") for k in range(empties)]
    for number, record in enumerate(flocks):
        queue.insert(LAMP_KNOWN + 2 * number, (record, "lamp"))
    first = datetime.fromisoformat(records[0]["datetime"]).replace(hour=0, minute=0)
    times = [first + timedelta(days=k // len(LAMP_HOURS), hours=LAMP_HOURS[k % len(LAMP_HOURS)], minutes=7) for k in range(len(queue))]
    return [(record, when, fault) for (record, fault), when in zip(queue, times)]


def points(values):
    """Raw points in the reference picture, as YAML."""
    return camera.raw_to_picture(values, raw_is=(flock.WIDTH, flock.HEIGHT)).round(1).tolist()


def read_records(raw):
    """What is told of the frames of a folder, each with its prefix."""
    return [json.loads(p.read_text()) | {"prefix": str(p)[: -len(".json")]} for p in sorted(Path(raw).glob("[0-9][0-9][0-9].json"))]


def assemble(raw, out, seed, empties, nights, chosen, lamp=None, lamp_empties=20):
    """Writes archive, site file and truth."""
    raw, out = Path(raw), Path(out)
    records = read_records(raw)
    if chosen:
        records = [r for r in records if int(r["name"]) in chosen]
    rows, boxes, shifts, told = [], {}, {}, {}
    taken = shots(records, empties, nights) + (lamp_shots(read_records(lamp), lamp_empties) if lamp else [])
    for record, when, repeat in sorted(taken, key=lambda shot: shot[1]):
        is_night = repeat in (NIGHT, *camera.LAMP)
        name = f"{record['name']}-{repeat}" + (f"-{when:%d%H}" if repeat in camera.LAMP else "")
        shift = camera.daily_shift(seed, flock.CAMERA_ID + name, when.replace(tzinfo=None))
        frame = camera.read_raw(record["prefix"], flock.MIST)
        path = f"archive/{flock.CAMERA_ID}/{flock.CAMERA_ID}_{when:%Y_%m_%d_%H%M%S}.jpg"
        picture = camera.expose(frame, shift, seed, name, extinction=0.0008, fault="infrared" if repeat == NIGHT else repeat if is_night else None)
        picture = camera.clock(picture, f"{when:%Y-%m-%d %H:%M:%S}")
        # Noise is most of a night's picture: more of it would only be more bytes.
        camera.write(out / path, camera.jpeg(picture, LAMP_QUALITY) if repeat in camera.LAMP else camera.jpeg(picture))
        birds = record["seen"]["birds"]
        seen = [b for b in birds if is_seen(b)]
        rows.append({
            "file": path, "at": when.isoformat(), "seen": sum(b["inside"] for b in seen), "outside": sum(not b["inside"] for b in seen),
            "barely": sum(b["visiblePixels"] > 0 and not is_seen(b) for b in birds), "present": len(birds),
            "manner": NIGHT if is_night else record["state"]["manner"] if birds else "empty", "colours": record["state"]["colours"], "farmer": int(record["state"]["farmer"]),
        })
        shifts[path], told[path] = shift, record
        boxes[path] = [{"colour": b["colour"], "inside": b["inside"], "seen": is_seen(b), "box": picture_box(b["box"], shift),
                        "visible": round(b["visiblePixels"] / max(b["wholePixels"], 1), 2)} for b in birds if b["box"]]
    (out / "truth").mkdir(parents=True, exist_ok=True)
    with open(out / "truth/flock.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    (out / "truth/flock.json").write_text(json.dumps(boxes, indent=1) + "\n", encoding="utf-8")
    info = {"description": "rendered: hens in a pen below trees", "seed": seed, "generator": GENERATOR, "licence": LICENCE}
    truth.write(out / "truth" / f"{flock.CAMERA_ID}.json", truth.flock_document(flock, rows, boxes, shifts, told, points(records[0]["seen"]["pen"]), info))
    pen = ", ".join(f"{x},{y}" for x, y in points(records[0]["seen"]["pen"]))
    ground = ", ".join(
        f"{{pixel: [{x},{y}], metres: [{m[0]},{m[1]}]}}"
        for (x, y), m in zip(points([g["pixel"] for g in records[0]["seen"]["ground"]]), [g["metres"] for g in records[0]["seen"]["ground"]]))
    first = Path(rows[0]["file"]).relative_to("archive")
    (out / "site.yaml").write_text(f"""site: flock
name: 林下养鸡示例
language: zh
timezone: Asia/Shanghai
location: {{latitude: {flock.LATITUDE}, longitude: {flock.LONGITUDE}, elevation: 520}}
archive: archive
store: plotwatch.sqlite
cameras:
  - id: {flock.CAMERA_ID}
    name: 林下鸡场
    files: "{flock.CAMERA_ID}/*.jpg"
    timestamp: auto
    reference: {first}
    ignore: [[0,0, 480,0, 480,40, 0,40]]
    ground: [{ground}]
plots:
  - id: f1
    camera: {flock.CAMERA_ID}
    kind: poultry
    household: h01
    polygon: [{pen}]
households:
  - {{id: h01, name: 示例户, village: 示例村, group: 1}}
""", encoding="utf-8")
    return len(rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--empties", type=int, default=4)
    parser.add_argument("--nights", type=int, default=0)
    parser.add_argument("--frames", default="")
    parser.add_argument("--lamp", default="", help="renders of flock_night")
    parser.add_argument("--lamp-empties", type=int, default=20)
    options = parser.parse_args()
    chosen = {int(v) for v in options.frames.split(",")} if options.frames else None
    print(assemble(options.raw, options.out, options.seed, options.empties, options.nights, chosen, options.lamp, options.lamp_empties), "pictures")
    write_manifest(Path(options.out), options.seed)


if __name__ == "__main__":
    main()
