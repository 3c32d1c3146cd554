"""Truth of one camera as one JSON document: COCO's images, categories and annotations, and what COCO has no place for.

Its schema is testimages/truth.schema.json. Boxes and masks are in the pixels of their own picture; outlines of plots
and works in those of the reference picture.
"""

import json

import numpy as np

import camera
import runlength

CATEGORIES = (
    {"id": 1, "name": "person", "supercategory": "passing"}, {"id": 2, "name": "vehicle", "supercategory": "passing"},
    {"id": 3, "name": "work", "supercategory": "structure"}, {"id": 4, "name": "hen", "supercategory": "animal"},
)  # fmt: skip
LICENCE = {"id": 1, "name": "CC0-1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}
LEAST_PIXELS = 12
"""Of a raw render that something must show to be listed."""


def rle(mask):
    """COCO's compressed run lengths of a mask, column by column, as pycocotools writes and reads them."""
    flat = np.concatenate([[0], mask.T.ravel().astype(np.int8), [1 - int(mask.T.ravel()[-1])]])
    edges = np.flatnonzero(np.diff(flat))
    counts = np.diff(np.concatenate([[0], edges])).tolist()
    return {"size": list(mask.shape), "counts": runlength.packed(counts)}


def _box(corners, size):
    """COCO's x, y, width, height of some points, cut to the picture; None where nothing is left."""
    low, high = np.maximum(corners.min(0), 0), np.minimum(corners.max(0), size)
    return None if (high - low).min() < 1 else [round(float(v), 1) for v in (*low, *(high - low))]


def _passing(shot, record, scale, size):
    """Boxes of the people and vehicles that show."""
    for category, kind in ((1, "people"), (2, "vehicles")):
        for seen in record.get("seen", {}).get(kind, []):
            if seen["pixels"] < LEAST_PIXELS:
                continue
            x0, y0, x1, y1 = seen["box"]
            corners = camera.raw_to_picture([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], shot.shift, tuple(record["rawSize"])) * scale
            box = _box(corners, size)
            if box:
                yield {"category_id": category, "bbox": box, "area": round(box[2] * box[3], 1), "iscrowd": 0}


def _sun(light):
    """Where the sun stood, by what the scene told of its light; None where there is none."""
    return {"elevation": light["sunElevation"], "azimuth": light["sunAzimuth"]} if "sunElevation" in light else None


def _works(shot, index, scene, record):
    """Mask and box of each work that shows."""
    stages = {w["id"]: w["stage"] for w in record["truth"].get("works", [])}
    for work in scene.get("works", []):
        base = work["indexBase"]
        mask = (index >= base) & (index < base + 10)
        if mask.sum() < LEAST_PIXELS:
            continue
        rows, columns = np.nonzero(mask)
        box = [int(columns.min()), int(rows.min()), int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1]
        yield {
            "category_id": 3, "bbox": box, "area": int(mask.sum()), "iscrowd": 0, "segmentation": rle(mask),
            "work": work["id"], "stage": stages.get(work["id"]),
        }  # fmt: skip


def document(place, scene, shots, records, readings, works, index_of, info):
    """The document of a camera. `index_of(shot)` gives the object index in the frame of a shot's own picture."""
    camera.use(place.size)
    by_name = {record["name"]: {**record, "rawSize": scene["camera"]["rawSize"]} for record in records}
    images, annotations, measured, number = [], [], [], {}
    for image, shot in enumerate(sorted(shots, key=lambda s: (s.when, s.path)), 1):
        number[shot.path] = image
        lost, record = shot.damage in ("garbage", "empty"), by_name[shot.raw]
        size = shot.size or place.size
        said, light = record["truth"], record.get("light", {})
        images.append({
            "id": image, "file_name": shot.path, "width": size[0], "height": size[1], "license": 1, "date_captured": shot.when.isoformat() + "+08:00",
            "condition": shot.condition, "note": shot.note,
            "shift": None if lost else {"dx": shot.shift.dx, "dy": shot.shift.dy, "rotation": shot.shift.rotation, "zoom": shot.shift.zoom},
            "weather": said.get("weather") if "cloud" in said else None, "cloud": said.get("cloud"), "transients": said.get("transients", []),
            "sun": None if shot.fault in camera.NIGHT else _sun(light),
        })  # fmt: skip
        if shot.condition != "ok" or shot.fault in (*camera.NIGHT, "dark"):
            continue
        scale = size[0] / place.size[0]
        found = list(_passing(shot, record, scale, size))
        if scale == 1:  # masks are not enlarged: where an update changed the size there are boxes alone
            found += _works(shot, index_of(shot), scene, record)
        annotations += [{"id": len(annotations) + k, "image_id": image, **one} for k, one in enumerate(found, 1)]
    for row in readings:
        measured.append({"image_id": number[row["file"]], **{k: v for k, v in row.items() if k != "file"}})
    view = {k: scene["camera"][k] for k in ("latitude", "longitude", "location", "lookAt", "heading") if k in scene["camera"]}
    return {
        "version": 1, "info": info, "licenses": [LICENCE], "camera": {"id": place.camera, **view},
        "images": images, "categories": list(CATEGORIES), "annotations": annotations,
        "plots": [{k: p[k] for k in ("id", "crop", "polygon") if k in p} for p in scene["outlines"]], "readings": measured, "works": works,
        "demolition": scene.get("demolition"), "passing": scene.get("transients", {}), **({"events": scene["events"]} if "events" in scene else {}),
    }  # fmt: skip


def flock_document(flock, rows, boxes, shifts, told, pen, info):
    """The document of a pen's camera: a box for each hen that shows at all, with the share of it that is seen."""
    images, annotations, counts = [], [], []
    for number, row in enumerate(rows, 1):
        shift, night = shifts[row["file"]], row["manner"] == "night"
        light = {} if night else told[row["file"]]["light"]
        images.append({
            "id": number, "file_name": row["file"].removeprefix("archive/"), "width": camera.WIDTH, "height": camera.HEIGHT, "license": 1,
            "date_captured": row["at"], "condition": "infrared" if night else "ok", "note": row["manner"],
            "shift": {"dx": shift.dx, "dy": shift.dy, "rotation": shift.rotation}, "transients": ["farmer"] if row["farmer"] else [],
            "cloud": None if night else told[row["file"]]["state"]["cloud"], "sun": _sun(light),
        })  # fmt: skip
        counts.append({"image_id": number, "plot": "f1", "count": row["seen"]})
        for bird in boxes[row["file"]]:
            x, y, w, h = bird["box"]
            box = _box(np.array([(x, y), (x + w, y + h)]), (camera.WIDTH, camera.HEIGHT))
            if box:
                annotations.append({
                    "id": len(annotations) + 1, "image_id": number, "category_id": 4, "bbox": box, "area": round(box[2] * box[3], 1), "iscrowd": 0,
                    "visibility": min(1.0, bird["visible"]), "inside": bird["inside"], "colour": bird["colour"],
                })  # fmt: skip
    return {
        "version": 1, "info": info, "licenses": [LICENCE],
        "camera": {"id": flock.CAMERA_ID, "latitude": flock.LATITUDE, "longitude": flock.LONGITUDE, "location": list(flock.EYE), "lookAt": list(flock.LOOK_AT)},
        "images": images, "categories": list(CATEGORIES), "annotations": annotations, "plots": [{"id": "f1", "polygon": pen}], "readings": counts,
        "works": [],
    }  # fmt: skip


def write(path, made):
    """Writes CAMERA.json of a truth folder: one entry a line in the long lists, so that a difference can be read."""
    schema = "../truth.schema.json" if (path.parent.parent / "truth.schema.json").exists() else "../../truth.schema.json"
    parts = [f'"$schema": "{schema}"']
    for key, value in made.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            body = ",\n".join("  " + json.dumps(v, ensure_ascii=False) for v in value)
            parts.append(f"{json.dumps(key)}: [\n{body}\n]")
        else:
            parts.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
