"""Contact sheets of a set with its truth drawn in, for a person to look at.

    python contact.py FOLDER --out SHEET.png [--every N | --random N --seed S] [--columns 4]

FOLDER holds archive/ and truth/CAMERA.json (or pairs.csv, trays.json, yards.json). Drawn into each picture: plots (yellow, where the
truth's shift puts them), masks of works (red), boxes of people (green), vehicles (blue) and hens (white; grey: hardly seen).
"""

import argparse
import csv
import json
import math
import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFile

import runlength

ImageFile.LOAD_TRUNCATED_IMAGES = True
COLOURS = {1: (60, 255, 60), 2: (70, 140, 255), 4: (255, 255, 255)}


def in_picture(polygon, image, size):
    """A polygon of the reference in a picture with the shift that the truth tells; `size` is the reference's."""
    shift, scale = image["shift"], image["width"] / size[0]
    angle, zoom = math.radians(shift["rotation"]), shift.get("zoom", 1.0)
    away = np.asarray(polygon, float) - np.array(size) / 2
    turned = np.stack([math.cos(angle) * away[:, 0] - math.sin(angle) * away[:, 1], math.sin(angle) * away[:, 0] + math.cos(angle) * away[:, 1]], 1)
    return [tuple(p) for p in (turned * zoom + np.array(size) / 2 + [shift["dx"], shift["dy"]]) * scale]


def drawn(folder, told, image):
    """A picture with its truth, or None where there is none to open."""
    try:
        picture = Image.open(folder / "archive" / image["file_name"]).convert("RGB")
    except OSError:
        return None
    found = [a for a in told["annotations"] if a["image_id"] == image["id"]]
    for one in found:
        if "segmentation" in one:
            height, width = one["segmentation"]["size"]
            runs = runlength.unpacked(one["segmentation"]["counts"])
            mask = np.repeat(np.arange(len(runs)) % 2, runs).reshape(width, height).T.astype(bool)
            level = np.asarray(picture).copy()
            level[mask] = (0.55 * level[mask] + 0.45 * np.array([255, 0, 0])).astype(np.uint8)
            picture = Image.fromarray(level)
    pen = ImageDraw.Draw(picture)
    first = told["images"][0]
    if image["shift"]:
        for plot in told["plots"]:
            pen.polygon(in_picture(plot["polygon"], image, (first["width"], first["height"])), outline=(255, 220, 0), width=2)
    for one in found:
        x, y, w, h = one["bbox"]
        if one["category_id"] in COLOURS:
            hidden = one.get("visibility", 1.0) < 0.25
            pen.rectangle([x, y, x + w, y + h], outline=(150, 150, 150) if hidden else COLOURS[one["category_id"]], width=2)
        else:
            pen.text((x, max(0, y - 12)), f"{one['work']} {one['stage']}", fill=(255, 60, 60))
    pen.text((8, image["height"] - 16), f"{image['date_captured'][:16]} {image['condition']} {image.get('note', '')} {' '.join(image['transients'])}", fill=(255, 255, 0))
    return picture


def pairs(folder):
    """Before, after, and before with the mask, of each pair."""
    with open(folder / "truth/pairs.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            before, after = (Image.open(folder / "archive" / f"{row['name']}-{word}.jpg").convert("RGB") for word in ("before", "after"))
            level, mask = np.asarray(before).copy(), np.asarray(Image.open(folder / "truth/masks" / f"{row['name']}.png")) > 127
            level[mask] = (0.55 * level[mask] + 0.45 * np.array([255, 0, 0])).astype(np.uint8)
            yield from (before, after, Image.fromarray(level))


def trays(folder):
    """Each tray with its fruit (green, as large as the truth says), their spots (red) and the marker (blue)."""
    for tray in json.loads((folder / "truth/trays.json").read_text(encoding="utf-8"))["trays"]:
        picture = Image.open(folder / "archive" / tray["file"]).convert("RGB")
        pen = ImageDraw.Draw(picture)
        scale = tray["pixelsPerMillimetreAtFruit"]

        def ring(x, y, radius, colour):
            pen.ellipse([x - radius, y - radius, x + radius, y + radius], outline=colour, width=3)

        for one in tray["fruit"]:
            ring(one["x"], one["y"], one["diameter"] / 2 * scale, (60, 255, 60))
            for spot in one["spots"]:
                ring(spot["x"], spot["y"], spot["millimetres"] / 2 * scale + 5, (255, 0, 0))
        if tray["marker"]:
            ring(*tray["marker"]["centre"], tray["marker"]["millimetres"] / 2 * scale, (70, 140, 255))
        yield picture


def yards(folder):
    """Each lane with what is said of it."""
    for one in json.loads((folder / "truth/yards.json").read_text(encoding="utf-8"))["pictures"]:
        picture = Image.open(folder / "archive" / one["file"]).convert("RGB")
        said = f"{one['place']} {one['kind']}: {'littered' if one['littered'] else 'swept'}"
        ImageDraw.Draw(picture).text((10, 10), said, fill=(255, 255, 0), font_size=32)
        yield picture


LISTS = {"pairs.csv": pairs, "trays.json": trays, "yards.json": yards}
"""Sets without a camera on a pole, by their list."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", required=True)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--random", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--columns", type=int, default=4)
    options = parser.parse_args()
    listed = next((draw for name, draw in LISTS.items() if (options.folder / "truth" / name).exists()), None)
    if listed:
        pictures = list(listed(options.folder))
        options.columns = 3 if listed is pairs else options.columns
    else:
        shown = []
        for path in sorted((options.folder / "truth").glob("cam_*.json")):
            told = json.loads(path.read_text(encoding="utf-8"))
            shown += [(told, image) for image in told["images"]]
        shown = random.Random(options.seed).sample(shown, options.random) if options.random else shown[:: options.every]
        pictures = [p for p in (drawn(options.folder, *one) for one in shown) if p]
    width = 1920 // options.columns
    height = width * 9 // 16
    sheet = Image.new("RGB", (width * options.columns, height * -(-len(pictures) // options.columns)))
    for k, picture in enumerate(pictures):
        sheet.paste(picture.resize((width, height)), (k % options.columns * width, k // options.columns * height))
    sheet.save(options.out)


if __name__ == "__main__":
    main()
