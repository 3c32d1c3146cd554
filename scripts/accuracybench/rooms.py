"""Rooms: who is there in real pictures, light that is nobody, and when the warning comes."""

import datetime
import json
import os
from pathlib import Path

import numpy as np
from PIL import Image

from .ledger import fixed, rows
from .sites import TEST, Site, data, table_of
from .village import Rendered

BEGIN = datetime.datetime(2024, 5, 1, 8)
LIMIT = 24  # hours
LIGHTS = ("gain", "gamma", "cast", "lamp", "sun", "curtain")


def _frames():
    folder = data / "indoor-room"
    truth = [(folder / "frames" / row["file"], row["person_present"]) for row in table_of(folder / "presence.csv")]
    return [(path, what) for path, what in truth if path.exists()]


def _whole(site, camera, picture):
    width, height = Image.open(picture).size
    site.plot(f"{camera}-room", camera, "room", f"polygon: [0,0, {width},0, {width},{height}, 0,{height}]")


def _noisy(level, rng):
    return Image.fromarray(np.clip(np.round(level + rng.normal(0, 1.5, level.shape)), 0, 255).astype(np.uint8))


def lit(picture, kind, number):
    """The picture in another light: arrays 0 to 255."""
    rng = np.random.default_rng([LIGHTS.index(kind), number])
    level = np.asarray(Image.open(picture).convert("RGB"), float)
    height, width, _ = level.shape
    y, x = np.mgrid[:height, :width]
    light = (level / 255) ** 2.2
    if kind == "gain":
        light = light * rng.choice([0.25, 0.5, 1.5])
    elif kind == "gamma":
        light = light ** rng.choice([0.65, 0.8, 1.3, 1.5])
    elif kind == "cast":
        light = light * np.array([[1.25, 1, 0.7], [0.75, 1, 1.25], [0.9, 1, 1.15]][number % 3])
    elif kind == "lamp":
        far = (x - rng.uniform(0, width)) ** 2 + (y - rng.uniform(0, 0.6 * height)) ** 2
        glow = np.exp(-far / (2 * (width * rng.uniform(0.1, 0.22)) ** 2))[..., None]
        light = light * (0.55 + glow * np.array([1.8, 1.3, 0.75]) * rng.uniform(0.5, 1.1))
    elif kind == "sun":
        a, b = rng.uniform(0.15, 0.85) * width, rng.uniform(0.15, 0.85) * height
        slant = x - a + rng.uniform(-0.8, 0.8) * (y - b)
        patch = (np.abs(slant) < width * rng.uniform(0.06, 0.15)) & (np.abs(y - b) < height * rng.uniform(0.1, 0.25))
        light = light * (0.6 + patch[..., None] * np.array([1.4, 1.3, 1.1]) * rng.uniform(0.5, 1.3))
    else:
        light = light * (0.2 + 1.1 * np.clip((x / width - 0.3) * 1.5, 0, 1)[..., None] * np.array([0.95, 1, 1.08]))
    return _noisy(np.clip(light, 0, 1) ** (1 / 2.2) * 255, rng)


def _presence(village, camera, taken, what):
    """(occupied told, occupied, empty wrong, empty) of a camera whose pictures are `what`."""
    said = {r["capture"]: r["activity"] for r in village.readings if r["camera"] == camera}
    told = sum((said.get(name) or 0) > 0 for name, present in zip(taken, what) if present == "1")
    wrong = sum((said.get(name) or 0) > 0 for name, present in zip(taken, what) if present == "0")
    return told, what.count("1"), wrong, what.count("0")


def rooms_real(ledger, work):
    frames = _frames()
    paths, what = [path for path, _ in frames], [present for _, present in frames]
    site = Site(work / "rooms", "rooms")
    seconds = [BEGIN + datetime.timedelta(seconds=k) for k in range(len(paths))]
    hours = [BEGIN + datetime.timedelta(hours=k) for k in range(len(paths))]
    taken = {"seconds": site.camera("seconds", paths, seconds), "hours": site.camera("hours", paths, hours)}
    for camera in taken:
        _whole(site, camera, paths[0])
    # Nobody from a known hour on, every picture with noise of its own; and nobody at all in changing light.
    made, rng = work / "rooms-made", np.random.default_rng(1)
    made.mkdir()
    empty, occupied = ([p for p, present in frames if present == w] for w in ("0", "1"))
    quiet = [empty[0]] + occupied[:10] + [empty[k % len(empty)] for k in range(50)]
    for k, path in enumerate(quiet):
        _noisy(np.asarray(Image.open(path).convert("RGB"), float), rng).save(made / f"quiet{k:03d}.jpg", quality=92)
    lights = [(kind, k) for kind in LIGHTS for k in range(8)]
    for n, (kind, k) in enumerate(lights):
        lit(empty[(n + k) % len(empty)], kind, k).save(made / f"light{n:03d}.jpg", quality=92)
    site.camera("quiet", sorted(made.glob("quiet*")), hours[: len(quiet)])
    lit_names = site.camera("light", [empty[0]] + sorted(made.glob("light*")), hours[: len(lights) + 1])
    for camera in ("quiet", "light"):
        _whole(site, camera, paths[0])
    village = site.run()
    body = []
    for camera, names in taken.items():
        told, there, wrong, nobody = _presence(village, camera, names, what)
        body.append((f"real room, one picture {'a second' if camera == 'seconds' else 'an hour'}", there, told, nobody, wrong))
        ledger.check(f"room: occupied pictures told (one {camera[:-1]})", told, f"of {there}")
        ledger.check(f"room: empty pictures wrong (one {camera[:-1]})", wrong, f"of {nobody}")
    said = {r["capture"]: r["activity"] for r in village.readings if r["camera"] == "light"}
    for kind in LIGHTS:
        names = [name for name, (k, _) in zip(lit_names[1:], lights) if k == kind]
        body.append((f"the empty room in other light: {kind}", 0, 0, len(names), sum((said.get(n) or 0) > 0 for n in names)))
    ledger.check("room: light taken for somebody", sum((said.get(n) or 0) > 0 for n in lit_names[1:]), f"of {len(lights)}")
    warned = [f for f in village.flags if f["kind"] == "activity"]
    ledger.check("room: warnings while somebody is there", sum(f["camera"] in taken for f in warned))
    came = [f for f in warned if f["camera"] == "quiet"]
    # The last of the ten is seen at hour 10 of the series.
    late = None
    if len(came) == 1:
        late = (datetime.datetime.fromisoformat(came[0]["confirmedAt"]).replace(tzinfo=None) - hours[10]).total_seconds() / 3600 - LIMIT
    ledger.check("room: hours from the limit to the warning", late)
    ledger.table(
        "ROOMS",
        rows(("pictures", "occupied", "told", "empty", "wrong"), body, ("occupied", "told", "empty", "wrong")),
        f"Warning of {LIMIT} h without activity, one picture an hour: {len(came)} raised, "
        f"{'–' if late is None else f'{late:.1f} h'} after the limit; {sum(f['camera'] in taken for f in warned)} while people came and went.",
    )


def rooms_rendered(ledger, work):
    """The rendered room: who is told to be there, picture by picture."""
    # The committed room, or one of an unseen seed: render --set room.
    folder = Path(os.environ.get("PLOTWATCH_ROOM") or TEST / "room")
    village = Rendered.copy(folder, work / "room")
    told = json.loads((folder / "truth/cam_room.json").read_text(encoding="utf-8"))
    there = {a["image_id"] for a in told["annotations"] if a["category_id"] == 1}
    said = {r["capture"]: r["activity"] for r in village.readings}
    body, right, wrong = [], 0, 0
    sound = [i for i in told["images"] if i["condition"] == "ok"]
    for image in sound:
        activity = said.get(image["file_name"])
        somebody = (activity or 0) > 0
        right += somebody and image["id"] in there
        wrong += somebody and image["id"] not in there
        body.append((image["date_captured"][11:16], image["note"], "yes" if image["id"] in there else "no", fixed(activity, 2)))
    occupied = sum(i["id"] in there for i in sound)
    ledger.check("room (rendered): occupied pictures told", right / occupied, f"{right} of {occupied}")
    ledger.check("room (rendered): empty pictures wrong", wrong, f"of {len(sound) - occupied}")
    ledger.table(
        "ROOMS-RENDERED",
        rows(("time", "what", "somebody there", "activity told"), body, ("activity told",)),
        f"Told in {right} of {occupied} pictures with somebody, wrongly in {wrong} of {len(sound) - occupied} without.",
    )
