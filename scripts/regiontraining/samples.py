"""Changed regions of rendered scenes with what they are: what the program itself finds, told by the renders' truth."""

import csv
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

import truth
from truth import camera

WORKING_COLUMNS = 480
"""Columns of the pictures that are compared, as the program reduces them."""
PAIRS = 1
"""Earlier pictures that each picture is compared with."""
LEGS = 12
"""Parts in which the job is run over an archive; after each, what is being followed is read."""
AROUND = 5
"""Frames of which the commonest object counts at each pixel, as the program looks at medians."""

BINARY = os.environ.get("PLOTWATCH_BINARY", "plotwatch")


def _captures(folder, frames):
    with (folder / "truth/captures.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["camera"] == frames.camera and r["condition"] == "ok"]
    return sorted((r for r in rows if r["at"] in frames.by_time), key=lambda r: r["at"])


def _shift(row):
    return camera.Shift(float(row["dx"]), float(row["dy"]), float(row["rotation"]))


def _plotwatch(*words):
    return subprocess.run([BINARY, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def pairs(folder, raw, rng, step=1):
    """(measures, label, None) of the changed regions between pictures of a set, of every `step`-th with another."""
    frames = truth.Frames(raw)
    rows = _captures(folder, frames)
    found = []
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        sizes = []
        for k, row in enumerate(rows):
            picture = Image.open(folder / "archive" / row["file"]).convert("RGB")
            sizes.append(picture.size)
            rows_of = round(picture.height * WORKING_COLUMNS / picture.width)
            picture.resize((WORKING_COLUMNS, rows_of), Image.Resampling.BOX).save(work / f"{k}.png")
        for k in range(0, len(rows), step):
            for other in rng.permutation(len(rows))[:PAIRS]:
                if other == k or sizes[other] != sizes[k]:
                    continue
                _plotwatch("compare", work / f"{k}.png", work / f"{other}.png", "--measures", work / "found.json")
                told = work / "found.json"
                if not told.exists():
                    continue
                regions = json.loads(told.read_text(encoding="utf-8"))
                told.unlink()
                to = Image.open(work / f"{k}.png").size
                seen = [frames.index(rows[n]["at"], _shift(rows[k]), sizes[k], to) for n in (k, other)]
                kinds = [truth.kinds_of(s) for s in seen]
                for region in regions:
                    mask = truth.polygon_mask(region["polygon"], to)
                    kind = truth.label(mask, *kinds, *seen)
                    if kind is not None:
                        found.append((region["measures"], kind, None))
    return found


def _mask(region):
    runs, total = region["runs"], region["width"] * region["height"]
    flat = np.repeat(np.arange(len(runs)) % 2, runs)[:total]
    return flat.reshape(region["height"], region["width"]).astype(bool)


def _commonest(frames, rows, reference, size, to):
    stack = np.stack([frames.index(r["at"], reference, size, to) for r in rows])
    best, votes = stack[0], np.zeros(stack.shape[1:], int)
    for layer in stack:
        count = (stack == layer).sum(0)
        best, votes = np.where(count >= votes, layer, best), np.maximum(count, votes)
    return best


def followed(folder, raw):
    """(measures, label or -1, what the job thought) of what the job followed in the archive of a set, each at some moment."""
    frames = truth.Frames(raw)
    rows = _captures(folder, frames)
    bodies = {}
    with tempfile.TemporaryDirectory() as work:
        site = Path(work) / "site"
        site.mkdir()
        (site / "archive").symlink_to((folder / "archive").resolve())
        for name in folder.glob("*.tif"), folder.glob("*.png"):
            for file in name:
                shutil.copyfile(file, site / file.name)
        text = (folder / "site.yaml").read_text(encoding="utf-8")
        (site / "site.yaml").write_text(text, encoding="utf-8")
        for leg in range(1, LEGS + 1):
            until = rows[-1]["at"] if leg == LEGS else rows[len(rows) * leg // LEGS]["at"]
            done = _plotwatch("run", site, "--camera", frames.camera, "--until", until, "--progress", "none")
            if done.returncode not in (0, 3):
                raise SystemExit(f"{folder}: {done.stderr}")
            store = sqlite3.connect(site / "plotwatch.sqlite")
            # What is followed now, and what the job said of it on the way.
            for (body,) in store.execute("SELECT body FROM cameraState WHERE name = 'construction'"):
                for candidate in json.loads(body)["candidates"]:
                    bodies[candidate["number"], candidate["after"]] = candidate
            for (body,) in store.execute("SELECT body FROM finding WHERE name LIKE 'construction/%'"):
                candidate = json.loads(body)
                bodies[candidate["number"], candidate["after"]] = candidate
            store.close()
    paths = [r["file"] for r in rows]
    reference = next((r for r in rows if f"reference: {r['file']}" in text), rows[0])
    size = Image.open(folder / "archive" / reference["file"]).size
    found = []
    for candidate in bodies.values():
        measures = candidate["judgement"].get("measures")
        if not measures or candidate["after"] not in paths or candidate.get("before") not in paths:
            continue
        mask = _mask(candidate["region"])
        to = mask.shape[1], mask.shape[0]
        after, before = paths.index(candidate["after"]), paths.index(candidate["before"])
        seen = [
            _commonest(frames, rows[max(0, n - AROUND + 1) : n + 1], _shift(reference), size, to) for n in (before, after)
        ]
        kind = truth.label(mask, truth.kinds_of(seen[0]), truth.kinds_of(seen[1]), *seen)
        works = (seen[1][mask] >= 100) & (seen[1][mask] != seen[0][mask])
        told = {
            "built": candidate.get("built", candidate["judgement"]["structureScore"]), "looks": candidate["looks"],
            "status": candidate["status"], "works": float(works.mean()), "number": candidate["number"],
            "plot": candidate["plots"][0]["plot"] if candidate["plots"] else "", "after": candidate["after"],
            "score": candidate["judgement"]["structureScore"], "kind": candidate["judgement"]["kind"],
        }  # fmt: skip
        found.append((measures, -1 if kind is None else kind, told))
    return found


def street(folder, rng):
    """(measures, label, None) of people in a real street, each frame against the median of all: OpenCV's sample film."""
    files = sorted(folder.glob("*.jpg"))
    found = []
    if not files:
        return found
    reduced = []
    for file in files:
        picture = Image.open(file).convert("RGB")
        rows = round(picture.height * WORKING_COLUMNS / picture.width)
        reduced.append(np.asarray(picture.resize((WORKING_COLUMNS, rows), Image.Resampling.BOX)))
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        Image.fromarray(np.median(np.stack(reduced), axis=0).astype(np.uint8)).save(work / "empty.png")
        for k, picture in enumerate(reduced):
            Image.fromarray(picture).save(work / f"{k}.png")
            _plotwatch("compare", work / "empty.png", work / f"{k}.png", "--measures", work / "found.json")
            told = work / "found.json"
            if told.exists():
                found += [(r["measures"], truth.KINDS.index("person"), None) for r in json.loads(told.read_text())]
                told.unlink()
    return found
