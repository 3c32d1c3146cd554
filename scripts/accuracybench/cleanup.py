"""Pairs before and after a clean-up: honest ones, idle ones, other places, copies and doctored copies."""

import concurrent.futures
import io
import json
import os
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

from .ledger import rows
from .sites import TEST, call

SITE = """site: points
name: points
language: en
timezone: Asia/Shanghai
archive: archive
cameras:
  - {id: c, files: "c/*.jpg", timestamp: auto}
plots:
  - {id: p, camera: c, kind: yard, household: h01, polygon: [0,0, 9,0, 9,9]}
households:
  - {id: h01, name: one}
  - {id: h02, name: two}
"""


def yards_folder():
    """The committed lanes, or others of an unseen seed: render.py yard, then yard_archive.py."""
    return Path(os.environ.get("PLOTWATCH_YARDS") or TEST / "yards")


def painted_over(image):
    """Litter hidden as a person would: bright or colourful patches of the ground smeared with what lies around."""
    work = np.asarray(image).astype(float)
    smooth = np.asarray(image.filter(ImageFilter.MedianFilter(31))).astype(float)
    ground = np.zeros(work.shape[:2], bool)
    ground[int(0.45 * work.shape[0]):] = True
    odd = ground & (np.abs(work - smooth).max(-1) > 40)
    odd = np.asarray(Image.fromarray((odd * 255).astype(np.uint8)).filter(ImageFilter.MaxFilter(9))) > 0
    work[odd] = smooth[odd]
    return Image.fromarray(work.astype(np.uint8))


def cropped(image, left=0.06, top=0.05, right=0.96, bottom=0.93):
    w, h = image.size
    return image.crop((int(left * w), int(top * h), int(right * w), int(bottom * h)))


DOCTORED = {
    "encoded anew": lambda p: p,
    "lightened": lambda p: ImageEnhance.Color(ImageEnhance.Brightness(p).enhance(1.25)).enhance(1.3),
    "cropped": cropped,
    "mirrored": ImageOps.mirror,
    "mirrored and cropped": lambda p: cropped(ImageOps.mirror(p), 0.1, 0.08, 0.97, 1.0),
    "reduced": lambda p: p.resize((p.width * 3 // 5, p.height * 3 // 5)),
    "turned by 2°": lambda p: cropped(p.rotate(2, Image.BICUBIC), 0.05, 0.05, 0.95, 0.95),
    "painted over": painted_over,
    "painted over and cropped": lambda p: cropped(painted_over(p)),
}


def save(picture, path, when):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = when
    exif[0x0132] = when
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=78, exif=exif.tobytes())
    path.write_bytes(out.getvalue())
    return path


def later(entry, minutes=90):
    hour, minute, second = (int(v) for v in entry["at"][11:19].split(":"))
    total = min(hour * 60 + minute + minutes, 23 * 60 + 50)
    return f"{entry['at'][:10].replace('-', ':')} {total // 60:02d}:{total % 60:02d}:{second:02d}"


def judged(before, after):
    return json.loads(call("compare", before, after, "--purpose", "cleanup", "--json"))["pairs"][0]


def judged_all(pairs):
    """Each (before, after), as many at a time as there are cores."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda pair: judged(*pair), pairs))


def why(pair):
    return ", ".join(c["check"] for c in pair["checks"] if c["holds"] is False)


def cleanup_rendered(ledger, work):
    folder = yards_folder()
    entries = json.loads((folder / "truth" / "yards.json").read_text(encoding="utf-8"))["pictures"]
    by = {(e["place"], e["kind"]): e for e in entries}
    places = sorted(p for p, kind in by if kind == "before" and (p, "after") in by)
    path = lambda place, kind: folder / "archive" / by[place, kind]["file"]
    work = work / "cleanup"
    work.mkdir(parents=True, exist_ok=True)
    body, numbers = [], {}

    def tell(name, pairs, wanted):
        right = [wanted(p) for p in pairs]
        numbers[name] = (sum(right), len(right))
        figures = [p[k] for p in pairs for k in ["agreeingShare"] if p[k] is not None]
        copies = [p["copiedShare"] for p in pairs if p["copiedShare"] is not None]
        span = lambda values: f"{min(values):.2f}–{max(values):.2f}" if values else "–"
        wrong = sorted({why(p) or p["verdict"] for p, ok in zip(pairs, right) if not ok})
        body.append((name, len(pairs), sum(right), span(figures), span(copies), "; ".join(wrong)))

    honest = judged_all((path(p, "before"), path(p, "after")) for p in places)
    tell("swept", honest, lambda p: p["verdict"] == "proposed")
    idle = judged_all((path(p, "before"), path(p, "idle")) for p in places if (p, "idle") in by)
    tell("not swept", idle, lambda p: p["verdict"] != "proposed")
    backward = judged_all((path(p, "after"), path(p, "before")) for p in places)
    tell("the wrong way round", backward, lambda p: p["verdict"] == "refused")
    others = [(p, q) for p in places for q in places if p != q and (p + q) % 3 == 0]
    made = []
    for p, q in others:
        moved = save(Image.open(path(q, "after")).convert("RGB"), work / f"other_{p}_{q}.jpg", later(by[p, "before"]))
        made.append((path(p, "before"), moved))
    tell("another place", judged_all(made), lambda p: p["verdict"] == "refused" and any(c["check"] == "place" and c["holds"] is False for c in p["checks"]))
    copies = []
    for name, change in DOCTORED.items():
        made = []
        for p in places:
            copy = save(change(Image.open(path(p, "before")).convert("RGB")), work / f"copy_{p}_{len(copies)}.jpg", later(by[p, "before"]))
            copies.append(copy)
            made.append((path(p, "before"), copy))
        tell("before, " + name, judged_all(made), lambda p: any(c["check"] == "reuse" and c["holds"] is False for c in p["checks"]))

    site = work / "site"
    (site / "archive" / "c").mkdir(parents=True, exist_ok=True)
    (site / "site.yaml").write_text(SITE, encoding="utf-8")
    some = places[:4]

    def submit(household, pairs):
        listed = "".join(f"{household},{a},{b}\n" for a, b in pairs)
        (work / "pairs.csv").write_text("household,before,after\n" + listed, encoding="utf-8")
        return json.loads(call("points", site, "--pairs", work / "pairs.csv", "--by", "bench", "--json"))["pairs"]

    first = submit("h01", [(path(p, "before"), path(p, "after")) for p in some])
    tell("swept, handed in", first, lambda p: p["verdict"] == "proposed")
    again = []
    for number, change in enumerate(DOCTORED.values()):
        for p in some:
            again.append([
                save(change(Image.open(path(p, kind)).convert("RGB")), work / f"again_{number}_{p}_{kind}.jpg", later(by[p, "before"], 0 if kind == "before" else 120))
                for kind in ("before", "after")
            ])
    again = submit("h02", again)
    tell("handed in again, changed", again, lambda p: any(c["check"] == "reuse" and c["holds"] is False for c in p["checks"]))
    fresh = submit("h02", [(path(p, "before"), path(p, "after")) for p in places[4:]])
    tell("swept elsewhere, after those", fresh, lambda p: p["verdict"] == "proposed")

    def rest(names):
        return sum(numbers[n][1] - numbers[n][0] for n in names), sum(numbers[n][1] for n in names)

    copied = [n for n in numbers if n.startswith("before, ")] + ["handed in again, changed"]
    swept = honest + first + fresh
    refused = sum(p["verdict"] == "refused" for p in swept)
    unclear = sum(p["verdict"] == "unclear" for p in swept)
    ledger.check("clean-up: honest pairs refused", refused, f"of {len(swept)}; {unclear} left to a person")
    wrong, of = rest(copied)
    ledger.check("clean-up: copies not found", wrong, f"of {of}")
    wrong, of = rest(["another place"])
    ledger.check("clean-up: other places taken for the same", wrong, f"of {of}")
    wrong, of = rest(["not swept", "the wrong way round"])
    ledger.check("clean-up: points for nothing swept", wrong, f"of {of}")
    ledger.table("CLEANUP", rows(("pairs", "number", "judged right", "agreeing", "copied", "otherwise"), body, ("number", "judged right", "agreeing", "copied")))
