"""The rendered village: run once, its scene health and alignment."""

import collections
import math
import shutil
import statistics

from .ledger import fixed, rows, share95
from .sites import TEST, Village, age_file, short, table_of


class Rendered:
    """testimages/, run once and shared by the topics."""

    village = None

    @classmethod
    def get(cls, work):
        if cls.village is None:
            cls.village = cls.copy(TEST, work / "testimages")
        return cls.village

    @staticmethod
    def copy(source, folder):
        """Another rendered place, run in a copy of its archive."""
        shutil.copytree(source / "archive", folder / "archive")
        for path in (folder / "archive").rglob("*.*"):
            age_file(path)
        shutil.copyfile(source / "site.yaml", folder / "site.yaml")
        village = Village(folder)
        village.cameras = " and ".join(sorted({c["camera"] for c in village.captures.values()}))
        return village


def health_rendered(ledger, work):
    village = Rendered.get(work)
    truth = table_of(TEST / "truth/captures.csv")
    said = collections.defaultdict(collections.Counter)
    wrong, refused, let_through = [], [], []
    for row in truth:
        capture = village.captures.get(row["file"])
        quality = capture["quality"] if capture else "not read"
        said[row["condition"]][quality] += 1
        if quality == row["condition"]:
            continue
        wrong.append((row, quality, capture))
        if row["condition"] == "ok":
            refused.append((row, quality))
        elif quality == "ok":
            let_through.append(row)
    order = ["ok"] + sorted(k for k in said if k != "ok")
    body = [
        (
            k,
            sum(said[k].values()),
            said[k][k],
            f"{said[k][k] / sum(said[k].values()):.2f}",
            ", ".join(f"{v} × {q}" for q, v in said[k].most_common() if q != k) or "–",
        )
        for k in order
    ]
    parts = [
        rows(("condition", "pictures", "recognised", "recall", "taken for"), body, ("pictures", "recognised", "recall"))
    ]
    if wrong:
        parts.append("Every picture that was judged otherwise than it was made:")
        parts.append(
            rows(
                ("picture", "made as", "judged", "note of the truth"),
                [(short(r["file"]), r["condition"], q, r["note"].split(" cam_")[0]) for r, q, _ in wrong],
            )
        )
    ledger.table("HEALTH", *parts)
    sound = sum(said["ok"].values())
    ledger.check(
        "sound pictures refused", len(refused) / sound, "; ".join(f"{short(r['file'])} {q}" for r, q in refused[:8])
    )
    ledger.check(
        "faulty pictures taken for sound",
        len(let_through),
        "; ".join(f"{short(r['file'])} ({r['condition']})" for r in let_through),
    )


def corner_error(found, true, size):
    """How far apart the two shifts put a corner of the picture, the worst of the four; pixels."""

    def moved(shift, x, y):
        angle = math.radians(shift[2])
        return (
            shift[0] + math.cos(angle) * x - math.sin(angle) * y,
            shift[1] + math.sin(angle) * x + math.cos(angle) * y,
        )

    corners = [(sx * size[0] / 2, sy * size[1] / 2) for sx in (-1, 1) for sy in (-1, 1)]
    return max(math.dist(moved(found, *corner), moved(true, *corner)) for corner in corners)


def alignment(ledger, work):
    village = Rendered.get(work)
    errors, unaligned = collections.defaultdict(list), collections.Counter()
    for row in table_of(TEST / "truth/captures.csv"):
        capture = village.captures.get(row["file"])
        if row["condition"] != "ok" or capture is None or capture["quality"] != "ok":
            continue
        if capture["shift"] is None:
            unaligned[row["camera"]] += 1
            continue
        found = [capture["shift"][k] for k in ("dx", "dy", "rotation")]
        true = [float(row[k]) for k in ("dx", "dy", "rotation")]
        errors[row["camera"]].append((corner_error(found, true, (capture["width"], capture["height"])), row["file"]))
    body = []
    for camera, values in sorted(errors.items()):
        size = [e for e, _ in values]
        worst, name = max(values)
        body.append(
            (
                camera,
                len(size),
                unaligned[camera],
                fixed(statistics.median(size), 2),
                fixed(share95(size), 2),
                fixed(worst, 2),
                short(name),
            )
        )
    ledger.table(
        "ALIGNMENT",
        rows(
            ("camera", "pictures", "not aligned", "median, px", "95 %, px", "largest, px", "worst picture"),
            body,
            ("pictures", "not aligned", "median, px", "95 %, px", "largest, px"),
        ),
    )
    every = [pair for values in errors.values() for pair in values]
    ledger.check(
        "alignment, 95 %",
        share95([e for e, _ in every]),
        "worst " + ", ".join(f"{short(n)} {e:.2f}" for e, n in sorted(every, reverse=True)[:3]),
    )
