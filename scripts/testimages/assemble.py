"""Turns raw renders into the test set: a camera archive, its site file and its truth.

    python assemble.py --raw DIR --out testimages [--seed N] [--jobs N] [--cameras ID ...]

DIR holds a folder for each camera (see places.py) written by render.py; frames that are not
there yet are left out, so that a coarse set can be assembled first. The archive and truth
folders of the output are written anew each time. The same raws give the same bytes.
"""

import argparse
import csv
import hashlib
import json
import math
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw
from scipy.spatial import ConvexHull

import camera
import places
import studio
import truth
from camera import Shift
from places import Place

GREEN, CANOPY, BLOSSOM, RIPE, WEEDS, WATER = (2, 3, 4, 5, 16), (3, 4, 5, 16), (4,), (16,), (2,), (14,)

@dataclass
class Shot:
    """One file of the archive and how it comes about."""

    place: Place
    raw: str
    when: datetime
    condition: str = "ok"
    fault: str = None
    shift: Shift = field(default_factory=Shift)
    extinction: float = 0.0006
    rain: int = 0
    clock: datetime = None
    sensor: str = None
    damage: str = None
    note: str = ""
    dirt: tuple = None
    sun: tuple = None
    size: tuple = None
    quality: int = None
    tint: tuple = None
    overlay: str = None

    @property
    def path(self):
        """Path below the archive, by the time that the camera's clock shows."""
        return self.place.path(self.clock or self.when)


# --- plan -------------------------------------------------------------------------------


def read_frames(folder):
    """The rendered frames of a folder in order of time: their records with "at" as datetime."""
    frames = []
    for path in sorted(folder.glob("*.json")):
        if path.name.endswith(".truth.json") or not path.with_suffix(".png").exists():
            continue
        record = json.loads(path.read_text(encoding="utf-8"))
        record["at"] = datetime.fromisoformat(record["datetime"]).replace(tzinfo=None)
        frames.append(record)
    return sorted(frames, key=lambda record: record["at"])


def extinction(haze):
    """Extinction per metre of the scene's haze word 0..1."""
    return 0.00012 + 0.0032 * haze**1.3


def _plus(a, b):
    return Shift(round(a.dx + b.dx, 3), round(a.dy + b.dy, 3), round(a.rotation + b.rotation, 4), a.zoom * b.zoom)


def days(place, when):
    """Whole days since the place's first picture."""
    return (when - place.start).days if place.start else 0


def shift_of(seed, place, when):
    """Shift of a camera at a moment, its lasting nudge included."""
    shift = camera.daily_shift(seed, f"{place.camera}-{when.isoformat()}", when, place.calm)
    if place.nudge and days(place, when) >= place.nudge[0]:
        shift = _plus(shift, place.nudge[1])
    return shift


def plain_shot(seed, place, record):
    """The shot of a rendered frame at its own time."""
    rng = camera.generator(seed, "shot", place.camera, record["name"])
    shot = Shot(place, record["name"], record["at"], shift=shift_of(seed, place, record["at"]))
    shot.extinction = extinction(float(record.get("haze", 0.1)))
    shot.note = str(record.get("weather", ""))
    if record.get("rain"):
        shot.rain = int(rng.integers(12, 45))
        shot.note += ", drops on the glass"
    if shot.note.startswith("fog"):
        shot.condition, shot.fault = "fog", "fog"
    elif record["truth"].get("dim") and record["at"].hour > 12:
        shot.condition, shot.fault = "dark", "dark"
    day = days(place, record["at"])
    if place.turned and day == place.turned[0]:
        shot.condition, shot.note = "moved", "turned away for a day"
        shot.shift = _plus(shot.shift, Shift(-place.turned[1] * camera.WIDTH, 7.0, 0.4))
    if place.zoomed and place.zoomed[0] <= day <= place.zoomed[1]:
        shot.condition, shot.note = "moved", f"zoomed by {place.zoomed[2]:g}"
        shot.shift = _plus(shot.shift, Shift(zoom=place.zoomed[2]))
    if place.dusty and place.dusty[0] <= day <= place.dusty[1]:
        shot.dirt = (place.camera, (day + 1 - place.dusty[0]) / (place.dusty[1] + 1 - place.dusty[0]))
        shot.note += ", dust on the glass"
    if place.firmware and day >= place.firmware[0]:
        shot.size, shot.quality = place.firmware[1:]
        shot.note += ", other size and quality after an update"
    return as_set(shot)


def as_set(shot):
    """The shot as its camera was set on its day: colours, exposure, clock."""
    place, day = shot.place, days(shot.place, shot.when)
    if place.tinted and place.tinted[0] <= day <= place.tinted[1]:
        shot.tint = place.tinted[2]
        shot.note += ", colour and exposure set anew"
    if place.overlay and day >= place.overlay[0]:
        shot.overlay = place.overlay[1]
        shot.note += ", clock in another corner"
    return shot


def sun_on_lens(record, view):
    """(column, strength) of the glare where a low sun stands before a camera, or None."""
    light, cloud = record.get("light", {}), record["truth"].get("cloud", 1.0)
    bearing = light.get("sunAzimuth", 0.0) - view.get("heading", 0.0)
    bearing = (bearing + 180.0) % 360.0 - 180.0
    if abs(bearing) > 60 or not 2 < light.get("sunElevation", 90.0) < 35 or cloud > 0.4:
        return None
    column = camera.WIDTH / 2 + math.tan(math.radians(bearing)) * view["focalPixels"] * camera.WIDTH / view["size"][0]
    return round(column, 1), round(0.5 * (1 - cloud) * math.cos(math.radians(bearing)), 3)


def fault_shots(seed, place, records, sound):
    """Faulty captures beside the sound ones, each from the nearest rendered frame."""

    def near(when, night=False):
        # A night is made from a picture without cast shadows where there is one within days.
        def far(record):
            days = abs((record["at"] - when).total_seconds()) / 86400
            return days + (4.0 if night and record["truth"].get("cloud", 0) < 0.7 else 0.0)

        return min(records, key=far)

    shots = []
    for fault in place.faults:
        when = datetime.fromisoformat(fault.at)
        raw = near(when, fault.condition in ("infrared", "dark"))["name"]
        shots.append(as_set(Shot(place, raw, when, fault.condition, fault.sensor, shift_of(seed, place, when), damage=fault.file, note=fault.note)))
    if place.wrong_clock:
        clock, real = place.wrong_clock
        when = datetime.fromisoformat(real)
        shots.append(Shot(place, near(when)["name"], when, "wrongClock", None, shift_of(seed, place, when), clock=datetime.fromisoformat(clock),
                          note=f"clock wrong; really taken {real}"))
    usable = [s for s in sound if s.condition == "ok" and not s.rain]
    twin = usable[int(len(usable) * 0.62)]
    copy = Shot(**{**twin.__dict__, "condition": "duplicate", "note": f"the same bytes as {twin.path}", "damage": "copy"})
    copy.clock = twin.when + timedelta(seconds=1)
    shots.append(copy)
    if place.sticks:
        stuck = usable[int(len(usable) * 0.80)]
        for minutes in (10, 20):
            later = stuck.when + timedelta(minutes=minutes)
            shots.append(Shot(**{**stuck.__dict__, "when": later, "condition": "frozen", "sensor": stuck.sensor or stuck.path,
                                 "note": f"the picture of {stuck.path}, only the clock runs on"}))
    return shots


def reference_shot(sound):
    """The shot that polygons are drawn on: sound, dry, clear; it is given no shift."""
    good = [s for s in sound if s.condition == "ok" and not s.rain and 10 <= s.when.hour <= 15 and s.note.startswith(("clear", "broken", "nobody"))]
    # An orchard is drawn when its trees are in leaf and its ground is still open.
    spring = [s for s in good if not s.place.grown or s.when.month >= 4]
    best = (spring or good or [s for s in sound if s.condition == "ok"])[0]
    best.shift = Shift()
    return best


def plan(seed, place, records, view):
    """All shots of a camera and the reference among them; `view` is the camera of the scene's truth."""
    earlier = [{**r, "at": r["at"] - timedelta(days=day)} for day in range(place.quiet_days, 0, -1) for r in records if r["truth"]["posture"] is None]
    records = earlier + records
    sound = [plain_shot(seed, place, record) for record in records]
    if view.get("heading"):
        for shot, record in zip(sound, records):
            shot.sun = sun_on_lens(record, view)
            shot.note += ", against the sun" if shot.sun else ""
    reference = reference_shot(sound)
    if place is places.ORCHARD:
        for shot in sound:
            if shot.when.month == 9 and shot.condition == "ok" and not shot.rain:
                shot.fault, shot.note = "spider", shot.note + ", spider's thread before the lens"
    return sound + fault_shots(seed, place, records, sound), reference


# --- pictures ---------------------------------------------------------------------------


def make_file(job):
    """Writes the file of one shot."""
    shot, prefix, mist, out, seed = job
    target = Path(out) / "archive" / shot.path
    if shot.damage in ("garbage", "empty"):
        camera.write(target, camera.garbage(seed) if shot.damage == "garbage" else b"")
        return
    original = Shot(**{**shot.__dict__, "clock": None}) if shot.damage == "copy" else shot
    camera.use(shot.place.size)
    raw = camera.read_raw(prefix, mist)
    picture = camera.expose(raw, shot.shift, seed, shot.sensor or original.path, shot.extinction, shot.rain, shot.fault, shot.dirt, shot.sun, shot.tint)
    if shot.size:
        picture = picture.resize(shot.size, Image.Resampling.BICUBIC)
    picture = camera.clock(picture, (original.clock or original.when).strftime("%d-%m-%Y %H:%M:%S" if shot.overlay else "%Y-%m-%d %a %H:%M:%S"), shot.overlay)
    data = camera.jpeg(picture, shot.quality or shot.place.jpeg_quality)
    data = {"truncate": camera.truncate, "half": camera.half_written}.get(shot.damage, lambda d: d)(data)
    camera.write(target, data)


# --- truth ------------------------------------------------------------------------------


def polygon_mask(polygon):
    """Pixels of the picture inside a polygon."""
    image = Image.new("1", (camera.WIDTH, camera.HEIGHT), 0)
    ImageDraw.Draw(image).polygon([tuple(p) for p in polygon], fill=1)
    return np.asarray(image)


def to_picture(polygon, size=(1280, 720)):
    """A scene's polygon (uncropped picture of a size) in whole pixels of the reference picture."""
    points = camera.raw_to_picture(polygon, raw_is=size)
    return [[int(round(min(max(x, 0), camera.WIDTH - 1))), int(round(min(max(y, 0), camera.HEIGHT - 1)))] for x, y in points]


def cut(polygon, line):
    """A convex polygon without what lies left of a directed line."""
    (ax, ay), (bx, by) = line
    side = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x, y in polygon]
    kept = []
    for (p, s), (q, t) in zip(zip(polygon, side), zip(polygon[1:] + polygon[:1], side[1:] + side[:1])):
        if s >= 0:
            kept.append(list(p))
        if (s >= 0) != (t >= 0):
            kept.append([round(p[k] + (q[k] - p[k]) * s / (s - t)) for k in (0, 1)])
    return kept


def plot_outline(place, plot, size):
    """A plot's polygon in the reference picture, kept clear of its neighbours."""
    polygon = to_picture(plot["polygon"], size)
    for line in place.cuts.get(plot["id"], []):
        polygon = cut(polygon, line)
    return polygon


def index_picture(prefix, shift=Shift(), suffix=".index.png"):
    """The object index of a raw frame in the frame of a picture with the given shift."""
    plane = np.asarray(Image.open(str(prefix) + suffix)).astype(np.int32)
    return camera.warp(plane, shift, smooth=False)


def shares(index, mask):
    """Cover figures of a plot: shares of its pixels."""
    inside = index[mask]
    return {name: float(np.isin(inside, kinds).mean()) for name, kinds in
            (("vegetationCover", GREEN), ("canopyCover", CANOPY), ("bloom", BLOSSOM), ("ripeColour", RIPE), ("weedCover", WEEDS), ("standingWater", WATER))}


READINGS = ("vegetationCover", "canopyCover", "bloom", "ripeColour", "sickShare")


def plot_readings(shots, folder, records, plots):
    """What grows on the plots of a camera in its sound pictures, seen in the frame of the reference; None where it isn't told."""
    by_name = {record["name"]: record for record in records}
    masks = {name: polygon_mask(polygon) for name, polygon in plots.items()}
    for shot in shots:
        if shot.condition != "ok":
            continue
        index = index_picture(folder / shot.raw)
        known = by_name[shot.raw]["truth"].get("plots", {})
        for name, mask in masks.items():
            figures = shares(index, mask)
            if shot.place.grown:
                figures.update(known[name])
            else:
                figures = {"vegetationCover": figures["vegetationCover"]}
            yield {"file": shot.path, "plot": name, **{k: round(figures[k], 4) if k in figures else None for k in (*READINGS, *shot.place.states)}}


def hull(mask):
    """Convex outline of the pixels of a mask, or None."""
    rows, columns = np.nonzero(mask)
    if len(rows) < 20:
        return None
    points = np.stack([columns, rows], 1)
    return points[ConvexHull(points).vertices].tolist()


def work_truth(work, shots, folder, size, out):
    """One work: dates, outline, when it shows, and masks for some dates.

    A mask `…png` is in the frame of the reference picture, `….before.png` in that of the
    picture before. 255 is what belongs to the work and is seen in the picture after.
    """
    camera.use(shots[0].place.size)
    base = work["indexBase"]
    sound = sorted((s for s in shots if s.condition == "ok" and not s.sensor), key=lambda s: s.when)
    seen = {}
    for shot in sound:
        index = index_picture(folder / shot.raw)
        seen[shot.path] = ((index >= base) & (index < base + 10), (index >= base + 2) & (index < base + 4))
    begun = [s for s in sound if seen[s.path][0].sum() > 30]
    walls = [s for s in sound if seen[s.path][1].sum() > 60]
    made = {
        "id": work["id"], "plot": work["plot"], "kind": work["kind"], "permitted": work["permitted"],
        "stages": [{"stage": s["stage"], "date": s["date"]} for s in work["stages"]],
        "firstVisibleWall": work["firstVisibleWall"],
        "firstVisible": begun[0].path if begun else None,
        "firstPictureWithWall": walls[0].path if walls else None,
        "footprint": to_picture(work["footprint"], size),
        "finalPolygon": hull(seen[begun[-1].path][0]) if begun else None,
        "visiblePixels": {s.path: int(seen[s.path][0].sum()) for s in begun},
        "masks": [],
    }
    if "permit" in work and place_permits(work, size):
        made["permit"], made["exceeds"] = place_permits(work, size), work["exceeds"]
    before = [s for s in sound if not begun or s.when < begun[0].when]
    if not before:
        return made
    for stage in work["stages"]:
        day = datetime.fromisoformat(stage["date"]) + timedelta(hours=12)
        after = next((s for s in begun if s.when >= day), None)
        if after is None:
            continue
        name = f"{work['id']}_{after.when:%Y-%m-%d}"
        mask = seen[after.path][0]
        earlier = [s for s in before if s.when.hour == after.when.hour] or before
        plane = np.asarray(Image.open(str(folder / after.raw) + ".index.png")).astype(np.int32)
        moved = camera.warp(((plane >= base) & (plane < base + 10)).astype(np.int32), earlier[-1].shift, smooth=False)
        for picture, ending in ((mask, ".png"), (moved > 0, ".before.png")):
            target = out / "truth" / "masks" / (name + ending)
            target.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray((picture * 255).astype(np.uint8)).save(target, optimize=True)
        made["masks"].append({"stage": stage["stage"], "before": earlier[-1].path, "after": after.path, "mask": f"masks/{name}.png",
                              "maskInFrameOfBefore": f"masks/{name}.before.png", "pixels": int(mask.sum())})
    return made


def place_permits(work, size):
    """A work's permit with its outline in the reference picture; None where the place lists it itself."""
    if "exceeds" not in work:
        return None
    permit = dict(work["permit"])
    if "polygon" in permit:
        permit["polygon"] = to_picture(permit["polygon"], size)
    return permit


def sky_polygon(index):
    """A polygon over the sky: under it the ridge or the roofs, with a few pixels kept clear."""
    sky = index == 0
    depth = np.where(sky.all(axis=0), camera.HEIGHT, np.argmin(sky, axis=0))
    steps = np.linspace(0, camera.WIDTH, 17).astype(int)
    line = []
    for left, right in zip(steps[:-1], steps[1:]):
        low = max(int(depth[max(left - 8, 0) : right + 8].min()) - 6, 0)
        line += [(right - 1 if right == camera.WIDTH else right, low), (left, low)]
    ordered = [(x, y) for x, y in sorted(line, key=lambda p: -p[0])]
    return [0, 0, camera.WIDTH - 1, 0] + [v for p in _smooth(ordered) for v in p]


def _smooth(points):
    """One point a column: the upper of two at the same place."""
    best = {}
    for x, y in points:
        best[x] = min(y, best.get(x, y))
    return sorted(best.items(), key=lambda p: -p[0])


# --- the site file ----------------------------------------------------------------------


def flat(polygon):
    """A polygon as the flat list of the site file."""
    values = np.asarray(polygon).ravel().tolist()
    return "[" + ", ".join(f"{values[i]},{values[i + 1]}" for i in range(0, len(values), 2)) + "]"


def _camera_lines(place, reference, sky, ground):
    lines = [f"  - id: {place.camera}", f"    name: {place.name}", f'    files: "{place.camera}/**/*.jpg"', "    timestamp: auto",
             f"    reference: {reference}", "    ignore:", f"      - {flat(camera.CLOCK_AREA)}    # clock"]
    if sum(sky[1::2]) > 0:
        lines.append(f"      - {flat(sky)}    # sky")
    if ground:
        lines.append("    ground:")
        lines += [f"      - {{pixel: [{x:.1f}, {y:.1f}], metres: [{mx:g}, {my:g}]}}" for (x, y), (mx, my) in ground]
    return lines


def site_file(parts):
    """The text of site.yaml from {place: dict(reference, sky, ground, plots)}."""
    lines = ["# Rendered test village; see README.md. Made by scripts/testimages/assemble.py.", "site: sample", "name: 示例村", "language: zh",
             "timezone: Asia/Shanghai", "location: {latitude: 28.84, longitude: 108.77, elevation: 520}", "archive: archive",
             "store: plotwatch.sqlite", "cameras:"]
    for place, part in parts.items():
        lines += _camera_lines(place, part["reference"], part["sky"], part["ground"])
    lines.append("plots:")
    households = []
    for place, part in parts.items():
        for number, plot in enumerate(part["plots"]):
            household = f"h{place.first_household + number:02d}"
            households.append(household)
            kind, crop = place.kinds.get(plot["id"], (place.usual_kind, None))
            lines += [f"  - id: {plot['id']}", f"    camera: {place.camera}", f"    kind: {kind}"]
            crop = crop or plot.get("crop")
            if crop:
                lines.append(f"    crop: {crop}")
            lines += [f"    household: {household}", f"    polygon: {flat(plot['polygon'])}"]
    permits = [(*permit, None) for place in parts for permit in place.permits]
    permits += [permit for part in parts.values() for permit in part["permits"]]
    if permits:
        lines.append("permits:")
    for plot, number, begin, end, polygon in permits:
        drawn = f", polygon: {flat(polygon)}" if polygon else ""
        lines.append(f"  - {{plot: {plot}, number: {number}, from: {begin}, until: {end}{drawn}}}")
    lines.append("households:")
    for household in households:
        number = int(household[1:])
        village, group = ("示例村", (number - 1) // 3 + 1)
        lines.append(f"  - {{id: {household}, name: {number}号户, village: {village}, group: {group}}}")
    return "\n".join(lines) + "\n"


# --- all of it --------------------------------------------------------------------------


GENERATOR = "2"
"""Counts up when the same seed gives other pictures."""
LICENCE = "CC0-1.0"


def write_manifest(out, seed, generator=GENERATOR):
    """MANIFEST.csv with every file's hash, size and kind, and how it came about."""
    kinds = {"archive": "picture", "truth": "truth"}
    with open(out / "MANIFEST.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["path", "sha256", "bytes", "what", "seed", "generator", "licence"])
        owned = [p for folder in kinds for p in (out / folder).rglob("*") if p.is_file()] + [out / name for name in ("site.yaml", "README.md", "truth.schema.json")]
        for path in sorted(p for p in owned if p.exists()):
            data = path.read_bytes()
            name = path.relative_to(out).as_posix()
            table.writerow([name, hashlib.sha256(data).hexdigest(), len(data), kinds.get(name.split("/")[0], "site" if name.endswith("yaml") else "schema" if name.endswith("json") else "text"), seed, generator, LICENCE])


def ground_points(place, scene):
    """(pixel, metres) of known points of level ground in the reference picture; `None` where there are none."""
    if not place.ground:
        return None
    view = scene["camera"]
    world = [(x, y, 0.0) for x, y in place.ground]
    width, height = view["size"]
    focal = view["focalPixels"] * studio.SENSOR_WIDTH_MM / width
    pixels = camera.raw_to_picture(studio.project(world, view["location"], view["lookAt"], focal, width, height), raw_is=(width, height))
    inside = [((x, y), metres) for (x, y), metres in zip(pixels.tolist(), place.ground) if 0 <= x < camera.WIDTH and 0 <= y < camera.HEIGHT]
    return inside


def capture_rows(table, shots):
    """Rows of captures.csv in order of time."""
    for shot in sorted(shots, key=lambda s: (s.when, s.path)):
        lost = shot.damage in ("garbage", "empty")
        table.writerow([shot.path, shot.place.camera, shot.when.isoformat() + "+08:00", shot.condition]
                       + (["", "", ""] if lost else [f"{shot.shift.dx:.3f}", f"{shot.shift.dy:.3f}", f"{shot.shift.rotation:.4f}"]) + [shot.note])


def assemble(raw, out, seed, jobs, chosen=places.COMMITTED, pictures=True):
    """Write archive, truth, site file and manifest from the raws that are there; without `pictures` the archive stays."""
    for name in ("archive", "truth") if pictures else ("truth",):
        shutil.rmtree(out / name, ignore_errors=True)
    (out / "truth").mkdir(parents=True)
    parts, every, told = {}, [], []
    with open(out / "truth" / "plots.csv", "w", newline="", encoding="utf-8") as file:
        plots_table = csv.writer(file, lineterminator="\n")
        columns = (*READINGS, *(state for place in chosen for state in place.states))
        plots_table.writerow(["file", "plot", *columns])
        for place in chosen:
            folder = raw / place.folder
            records = read_frames(folder)
            if len(records) < 2:
                continue
            scene = json.loads((folder / f"{place.module}.truth.json").read_text(encoding="utf-8"))
            mist = (scene["camera"]["mist"]["start"], scene["camera"]["mist"]["depth"])
            camera.use(place.size)
            size = scene["camera"]["size"]
            shots, reference = plan(seed, place, records, scene["camera"])
            plots = [{**plot, "polygon": plot_outline(place, plot, size)} for plot in scene["plots"]]
            granted = [(work["plot"], place_permits(work, size)) for work in scene.get("works", []) if "permit" in work]
            parts[place] = {"reference": reference.path, "sky": sky_polygon(index_picture(folder / reference.raw)), "plots": plots,
                          "ground": ground_points(place, scene),
                          "permits": [(plot, p["number"], p["from"], p["until"], p.get("polygon")) for plot, p in granted if p]}
            readings = [] if place.usual_kind == "room" else list(plot_readings(shots, folder, records, {p["id"]: p["polygon"] for p in plots}))
            for row in readings:
                plots_table.writerow([row["file"], row["plot"]] + ["" if row.get(k) is None else f"{row[k]:.4f}" for k in columns])
            every += shots
            works = [work_truth(work, shots, folder, size, out) for work in scene.get("works", [])]
            told += works
            info = {"description": f"rendered: {place.name}", "seed": seed, "generator": GENERATOR, "licence": LICENCE}
            truth.write(out / "truth" / f"{place.camera}.json", truth.document(
                place, {**scene, "outlines": plots}, shots, records, readings, works, lambda s, f=folder: index_picture(f / s.raw, s.shift), info))
            tasks = [(shot, str(folder / shot.raw), mist, str(out), seed) for shot in shots if pictures]
            with ProcessPoolExecutor(jobs) as pool:
                list(pool.map(make_file, tasks, chunksize=4))
    with open(out / "truth" / "captures.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["file", "camera", "at", "condition", "dx", "dy", "rotation", "note"])
        capture_rows(table, every)
    (out / "truth" / "works.json").write_text(json.dumps({"works": told}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "site.yaml").write_text(site_file(parts), encoding="utf-8")
    write_manifest(out, seed)
    size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    print(f"{len(every)} pictures, {size / 1e6:.1f} MB in {out}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raw", required=True, type=Path, help="folder with the raws of all scenes")
    parser.add_argument("--out", required=True, type=Path, help="folder of the test set")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cameras", nargs="+", choices=[p.camera for p in places.ALL], help="those of the committed set when not given")
    parser.add_argument("--truth-only", action="store_true", help="leave the pictures that are there")
    options = parser.parse_args()
    chosen = [p for p in places.ALL if p.camera in options.cameras] if options.cameras else places.COMMITTED
    assemble(options.raw, options.out, options.seed, options.jobs, chosen, not options.truth_only)


if __name__ == "__main__":
    main()
