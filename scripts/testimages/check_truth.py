"""Holds the committed test pictures against their lists.

    python check_truth.py [FOLDER]…      every set in them, that is with a MANIFEST.csv; by default those of testimages/

MANIFEST.csv: columns, hashes, sizes, licence, and that all that lies in archive/ and truth/ is listed. truth/CAMERA.json:
the schema; that each picture is there in its size; that boxes and masks lie in their picture, masks have the area that is
told, and numbers refer to what exists; that tables and document say the same. The lists of drone pairs, trays and yards: that
they and the pictures are of one mind.
Exit status: 0 all right, 1 something is wrong (told line by line), 2 jsonschema is missing, or there is no set.
"""

import csv
import hashlib
import json
import re
import sys
from pathlib import Path

import runlength

try:
    import jsonschema
except ImportError:
    print("jsonschema is missing: apt-get install python3-jsonschema", file=sys.stderr)
    sys.exit(2)

ROOT = Path(__file__).resolve().parents[2] / "testimages"
COLUMNS = ["path", "sha256", "bytes", "what", "seed", "generator", "licence"]
LISTED = ("archive", "truth", "pairs")
BROKEN = ("truncated", "corrupt")
MOST_BYTES = 60_000_000
"""Of the committed pictures with their truth, so that the repository stays small; databases/ holds stores of old versions."""


def manifest_faults(folder):
    """What is wrong with a folder's MANIFEST.csv."""
    with open(folder / "MANIFEST.csv", newline="", encoding="utf-8") as file:
        table = csv.DictReader(file)
        if table.fieldnames != COLUMNS:
            yield f"columns are {table.fieldnames}, not {COLUMNS}"
            return
        lines = list(table)
    listed = [row["path"] for row in lines]
    found = [p for kind in LISTED for p in (folder / kind).rglob("*")] + list(folder.glob("*.sqlite"))
    there = sorted(p.relative_to(folder).as_posix() for p in found if p.is_file())
    yield from (f"{path}: lies there and is not listed" for path in sorted(set(there) - set(listed)))
    yield from (f"{path}: listed twice" for path in sorted({p for p in listed if listed.count(p) > 1}))
    for row in lines:
        path = folder / row["path"]
        if not path.is_file():
            yield f"{row['path']}: listed and not there"
            continue
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != row["sha256"] or str(len(data)) != row["bytes"]:
            yield f"{row['path']}: not the bytes that are listed"
        if row["licence"] != "CC0-1.0" or not row["seed"].isdigit() or not row["generator"].isdigit():
            yield f"{row['path']}: seed, generator or licence is not told"


def jpeg_size(data):
    """(width, height) of a JPEG by its frame header, or None."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 9 < len(data) and data[at] == 0xFF:
        if data[at + 1] in (0xC0, 0xC1, 0xC2):
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


def mask_fault(one, image):
    """What is wrong with the mask of an annotation, or None."""
    height, width = one["segmentation"]["size"]
    if (width, height) != (image["width"], image["height"]):
        return "mask has another size than its picture"
    runs = runlength.unpacked(one["segmentation"]["counts"])
    if min(runs) < 0 or sum(runs) != width * height:
        return "mask does not fill its picture"
    if sum(runs[1::2]) != one["area"]:
        return f"mask has {sum(runs[1::2])} pixels, not {one['area']}"
    return None


def document_faults(folder, path, schema):
    """What is wrong with the truth of one camera."""
    told = json.loads(path.read_text(encoding="utf-8"))
    wrong = sorted(schema.iter_errors(told), key=lambda e: list(map(str, e.absolute_path)))
    if wrong:
        yield from (f"at {'/'.join(map(str, e.absolute_path)) or 'top'}: {e.message[:160]}" for e in wrong[:20])
        return
    images = {image["id"]: image for image in told["images"]}
    plots, works = {p["id"] for p in told["plots"]}, {w["id"] for w in told["works"]}
    kinds = {c["id"] for c in told["categories"]}
    if len(images) != len(told["images"]) or len({a["id"] for a in told["annotations"]}) != len(told["annotations"]):
        yield "a number is used twice"
    for image in images.values():
        file = folder / "archive" / image["file_name"]
        if not file.is_file():
            yield f"{image['file_name']}: no such picture"
        elif image["condition"] not in BROKEN and jpeg_size(file.read_bytes()) != (image["width"], image["height"]):
            yield f"{image['file_name']}: is not {image['width']} x {image['height']}"
    for one in told["annotations"]:
        image = images.get(one["image_id"])
        if image is None or one["category_id"] not in kinds or one.get("work", next(iter(works), None)) not in works | {None}:
            yield f"annotation {one['id']}: refers to nothing"
            continue
        x, y, w, h = one["bbox"]
        if min(w, h) <= 0 or x + w > image["width"] + 0.1 or y + h > image["height"] + 0.1:
            yield f"annotation {one['id']}: box outside its picture"
        fault = mask_fault(one, image) if "segmentation" in one else None
        if fault:
            yield f"annotation {one['id']}: {fault}"
    for row in told["readings"]:
        if row["image_id"] not in images or row["plot"] not in plots:
            yield f"reading {row}: refers to nothing"
    for event in told.get("events", []):
        if event["plot"] not in plots | {None}:
            yield f"event {event['what']}: there is no plot {event['plot']}"
        if event.get("until") and event["until"] < event["from"]:
            yield f"event {event['what']}: ends before it begins"
    for work in told["works"]:
        if work["plot"] not in plots:
            yield f"work {work['id']}: there is no plot {work['plot']}"
        days = [s["date"] for s in work["stages"]]
        if days != sorted(days):
            yield f"work {work['id']}: its stages are not in order"
        for mask in work.get("masks", []):
            if not (folder / "truth" / mask["mask"]).is_file():
                yield f"work {work['id']}: {mask['mask']} is not there"
    yield from table_faults(folder, told)


def table_faults(folder, told):
    """Where captures.csv says something else than the document."""
    table = folder / "truth" / "captures.csv"
    if not table.exists():
        return
    with open(table, newline="", encoding="utf-8") as file:
        rows = {r["file"]: r for r in csv.DictReader(file) if r["camera"] == told["camera"]["id"]}
    said = {image["file_name"]: image for image in told["images"]}
    yield from (f"{name}: in one of table and document only" for name in sorted(set(rows) ^ set(said)))
    for name in sorted(set(rows) & set(said)):
        row, image = rows[name], said[name]
        shift = [f"{image['shift'][k]:.3f}" for k in ("dx", "dy")] if image["shift"] else ["", ""]
        if (row["condition"], row["at"], [row["dx"], row["dy"]]) != (image["condition"], image["date_captured"], shift):
            yield f"{name}: table and document differ"


def list_faults(folder):
    """What is wrong with the lists of pictures that no camera took from a pole: drone pairs, trays, yards."""
    pairs, trays, yards = (folder / "truth" / name for name in ("pairs.csv", "trays.json", "yards.json"))
    there = {p.name for p in (folder / "archive").rglob("*.jpg")}
    told = set()
    if pairs.exists():
        with open(pairs, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                told |= {f"{row['name']}-{word}.jpg" for word in ("before", "after")}
                if not (folder / "truth" / "masks" / f"{row['name']}.png").is_file():
                    yield f"pairs.csv: {row['name']} has no mask"
                if row["before"] >= row["after"] or bool(row["built"]) != (int(row["pixels"]) > 0):
                    yield f"pairs.csv: {row['name']}: dates or pixels don't fit what was built"
    if trays.exists():
        for tray in json.loads(trays.read_text(encoding="utf-8"))["trays"]:
            told.add(tray["file"])
            for k, one in enumerate(tray["fruit"]):
                spots = sum(s["millimetres"] > one["diameter"] for s in one["spots"])
                if not (0 <= one["colourShare"] <= 1 and 0 < one["ratio"] <= 1 and one["diameter"] > 0) or spots:
                    yield f"trays.json: {tray['file']}: fruit {k} can't be"
    if yards.exists():
        for one in json.loads(yards.read_text(encoding="utf-8"))["pictures"]:
            told.add(one["file"])
            if one["littered"] != (one["kind"] != "after"):
                yield f"yards.json: {one['file']} is {one['kind']} and yet littered is {one['littered']}"
    if told:
        yield from (f"{name}: picture or line is missing" for name in sorted(told ^ there))


def main():
    places = [Path(a) for a in sys.argv[1:]] or [ROOT]
    folders = [p.parent for place in places for p in sorted(place.rglob("MANIFEST.csv"))]
    if not folders:
        print(f"no MANIFEST.csv in {', '.join(map(str, places))}: name a folder that scripts/testimages/render has made", file=sys.stderr)
        return 2
    with open(ROOT / "truth.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    count = documents = 0
    size = sum(p.stat().st_size for p in ROOT.rglob("*") if p.is_file() and p.relative_to(ROOT).parts[0] != "databases")
    if places == [ROOT] and size > MOST_BYTES:
        count += 1
        print(f"testimages: {size / 1e6:.1f} MB, more than {MOST_BYTES / 1e6:.0f}", file=sys.stderr)
    for folder in folders:
        for fault in manifest_faults(folder):
            count += 1
            print(f"{folder.name}/MANIFEST.csv: {fault}", file=sys.stderr)
        for fault in list_faults(folder):
            count += 1
            print(f"{folder.name}/truth/{fault}", file=sys.stderr)
        cameras = re.findall(r"^  - id: (\S+)\n    name:.*\n    files:", (folder / "site.yaml").read_text(encoding="utf-8"), re.M) if (folder / "site.yaml").exists() else []
        for camera in cameras:
            path = folder / "truth" / f"{camera}.json"
            documents += 1
            faults = document_faults(folder, path, jsonschema.Draft202012Validator(schema)) if path.exists() else ["is not there"]
            for fault in faults:
                count += 1
                print(f"{folder.name}/truth/{camera}.json: {fault}", file=sys.stderr)
    print(f"{len(folders)} manifests, {documents} cameras, {count} faults")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
