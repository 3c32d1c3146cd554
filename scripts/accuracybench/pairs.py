"""Real pictures: two of one place, and the background of many."""

import json
import re
import subprocess
import sys

import numpy
from PIL import Image

from .archives import CADENCES, moments
from .ledger import fixed, rows
from .sites import ROOT, Site, call, data, last_words, program, short


def compare_real(ledger, work):
    backgrounds(ledger, work)
    script = ROOT / "scripts" / "levir_f1.py"
    if not script.exists():
        ledger.skip("LEVIR pairs", "scripts/levir_f1.py is not there")
        return
    folders = [data / "levir-crops", data / "levir-tiles"]
    done = subprocess.run(
        [sys.executable, script, *folders, "--plotwatch", program, "--masks", work / "levir"],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        ledger.skip("LEVIR pairs", f"levir_f1.py: status {done.returncode}: {last_words(done)}")
        return
    pairs, pooled, folder, group = [], {}, "", ""
    for line in done.stdout.splitlines():
        name, figures = line[:36].rstrip(), line[36:].split()
        if figures[:1] == ["precision"]:
            folder = name
        elif name in ("pooled", "all folders"):
            group = folder if name == "pooled" else name
            pooled[group] = {"compare": figures[:3]}
        elif name.startswith("  ") and len(figures) >= 3:
            pooled[group][name.strip()] = figures[:3]
        elif len(figures) >= 3 and re.match(r"nan|[\d.]+$", figures[2]):
            pairs.append((folder, name, *figures[:3]))
    body = [(group, rule, *figures) for group, rules in pooled.items() for rule, figures in rules.items()]
    head = ("precision", "recall", "F1")
    worst = sorted((p for p in pairs if p[4] != "nan"), key=lambda p: float(p[4]))[:3]
    ledger.table(
        "LEVIR",
        rows(("pairs", "rule", *head), body, head),
        "The three worst pairs:",
        rows(("set", "pair", *head), worst, head),
    )
    last = {rule: float(figures[2]) for rule, figures in pooled.get("all folders", {}).items()}
    if last:
        naive = max(v for k, v in last.items() if k != "compare")
        ledger.check(
            "LEVIR: F1 above the better of two naive rules",
            last["compare"] - naive,
            f"{last['compare']:.3f} against {naive:.3f}",
        )


def backgrounds(ledger, work):
    """`composite` against the scene without its people: the published background, or what the masks call background."""
    source = data / "background"
    scenes = sorted(p.name for p in source.iterdir() if (p / "input").is_dir())
    site = Site(work / "backgrounds", "backgrounds")
    for scene in scenes:
        pictures = sorted((source / scene / "input").iterdir())
        site.camera(scene.lower(), pictures, moments(len(pictures), CADENCES["10min"]))
        site.halves(scene.lower(), pictures[0], "yard")
    village = site.run()
    body, worst = [], []
    for scene in scenes:
        out = village.folder / f"{scene}.png"
        try:
            call("composite", village.folder, "--camera", scene.lower(), "--out", out)
            if not out.exists():
                raise RuntimeError("no picture was written")
        except RuntimeError as reason:
            ledger.skip(f"background {scene}", f"composite does not work here ({reason})")
            continue
        true, known, origin = true_background(source / scene)
        found = numpy.array(Image.open(out).convert("L"), float)
        if found.shape != true.shape:
            ledger.skip(f"background {scene}", f"the composite is {found.shape[::-1]}, the pictures {true.shape[::-1]}")
            continue
        error = numpy.abs(found - true)[known]
        mean = float(error.mean())
        median_error = float(numpy.abs(median_picture(source / scene) - true)[known].mean())
        worst.append((mean, scene))
        body.append(
            (
                scene,
                len(list((source / scene / "input").iterdir())),
                origin,
                f"{known.mean():.2f}",
                fixed(mean, 2),
                f"{(error > 20).mean() * 100:.2f} %",
                fixed(median_error, 2),
            )
        )
    if body:
        ledger.table(
            "BACKGROUND",
            rows(
                ("scene", "pictures", "truth", "share known", "mean grey error", "off by more than 20", "plain median"),
                body,
                ("pictures", "share known", "mean grey error", "off by more than 20", "plain median"),
            ),
        )
        ledger.check("background, mean grey error, largest", max(worst)[0], max(worst)[1])


def grey_stack(folder):
    return numpy.stack([numpy.array(Image.open(p).convert("L")) for p in sorted(folder.iterdir())])


def median_picture(scene):
    return numpy.median(grey_stack(scene / "input"), axis=0)


def true_background(scene):
    """Grey picture, which of its pixels are known, and where it comes from."""
    drawn = scene / "GT_background.png"
    if drawn.exists():
        true = numpy.array(Image.open(drawn).convert("L"), float)
        return true, numpy.ones(true.shape, bool), "published"
    pictures, masks = grey_stack(scene / "input"), grey_stack(scene / "groundtruth")
    seen = numpy.ma.masked_array(pictures.astype(numpy.float32), masks != 0)
    return (
        numpy.ma.median(seen, axis=0).filled(0).astype(float),
        (masks == 0).any(axis=0),
        "median where the masks say background",
    )


def registration_real(ledger, work):
    source = data / "registration-graf"
    width, height = Image.open(source / "img1.png").size
    corners = numpy.array([[0, 0, 1], [width, 0, 1], [width, height, 1], [0, height, 1]], float).T
    body = []
    for other in range(2, 7):
        try:
            told = json.loads(call("compare", source / "img1.png", source / f"img{other}.png", "--json"))
        except (RuntimeError, ValueError) as reason:
            ledger.skip("registration of graf", f"compare does not work here ({reason})")
            return
        found = told.get("alignment") or {}
        matrix = found.get("matrix")
        error = None
        if matrix is not None:
            true = numpy.loadtxt(source / f"H1to{other}p")
            error = corner_distance(numpy.array(matrix, float), true, corners)
        body.append(
            (
                f"1 – {other}",
                f"{other * 10}°",
                told.get("samePlace"),
                found.get("model", "–"),
                found.get("inliers", "–"),
                fixed(found.get("errorInPixels"), 2),
                fixed(error, 1),
            )
        )
    if all(row[-1] == "–" for row in body):
        ledger.skip("corner errors of graf", "compare gives no matrix")
    seen = [row for row in body if row[0] in ("1 – 2", "1 – 3") and row[2] is True]
    ledger.check(
        "wall seen from 20° and 30° aside recognised as the same", len(seen), ", ".join(f"{r[0]} {r[2]}" for r in body)
    )
    strangers, fooled = strange_pairs(), []
    for before, after in strangers:
        told = json.loads(call("compare", before, after, "--json"))
        if told.get("samePlace") is True:
            fooled.append(f"{short(before)} and {short(after)}")
    ledger.check("different places taken for the same", len(fooled), f"of {len(strangers)}; " + "; ".join(fooled))
    body.append((f"{len(strangers)} pairs of different places", "–", f"{len(fooled)} × true", "–", "–", "–", "–"))
    body = [
        tuple("unknown" if c is None else str(c).lower() if isinstance(c, bool) else c for c in row) for row in body
    ]
    ledger.table(
        "REGISTRATION",
        rows(
            ("views", "angle", "same place", "model", "inliers", "own error, px", "corner error, px"),
            body,
            ("inliers", "own error, px", "corner error, px"),
        ),
    )


def strange_pairs():
    """Pictures of different places, next to each other in a ring."""
    places = [
        data / "registration-graf/img1.png",
        data / "fixed-camera-opencv/vtest_frames/0000.jpg",
        data / "fixed-camera-opencv/tree_frames/0000.jpg",
        sorted((data / "cdnet/highway/input").iterdir())[0],
        sorted((data / "cdnet/canoe/input").iterdir())[0],
        sorted((data / "cdnet/badminton/input").iterdir())[0],
        sorted((data / "phenocam-dukehw-2015/images").iterdir())[12],
        data / "phenocam-vegindex/harvard/2009/06/harvard_2009_06_30_120138.jpg",
    ]
    return list(zip(places, places[1:] + places[:1]))


def corner_distance(matrix, true, corners):
    """The largest distance between where the two matrices put a corner; pixels of the second picture."""

    def put(m):
        moved = m @ corners
        return moved[:2] / moved[2]

    return float(numpy.linalg.norm(put(matrix) - put(true), axis=0).max())
