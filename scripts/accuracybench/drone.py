"""`compare` on the rendered drone pairs: what was built between two flights, and what only looks so."""

import json

import numpy
from PIL import Image

from .ledger import fixed, rows
from .sites import TEST, call, table_of
from .street import scores

NADIR = TEST / "nadir"
LEVELS = (10, 20, 30, 40, 60)  # grey levels by which a pixel has changed, of the plain rule


def compare_drone(ledger, work):
    body, pooled, plain = [], numpy.zeros(3), {level: numpy.zeros(3) for level in LEVELS}
    false = []
    for row in table_of(NADIR / "truth/pairs.csv"):
        before, after = (NADIR / "archive" / f"{row['name']}-{word}.jpg" for word in ("before", "after"))
        out = work / f"drone-{row['name']}.png"
        try:
            told = json.loads(call("compare", before, after, "--mask", out, "--json"))
        except (RuntimeError, ValueError) as reason:
            ledger.skip("compare on the drone pairs", f"compare does not work here ({reason})")
            return
        true = numpy.array(Image.open(NADIR / "truth/masks" / f"{row['name']}.png")) > 127
        found = numpy.array(Image.open(out).convert("L")) > 127 if out.exists() else numpy.zeros_like(true)
        hits = hits_of(found, true)
        pooled += hits
        grey = [numpy.asarray(Image.open(path).convert("L"), numpy.int16) for path in (before, after)]
        for level in LEVELS:
            plain[level] += hits_of(numpy.abs(grey[0] - grey[1]) > level, true)
        if not true.any():
            false.append(found.mean())
        figures = scores(hits) if true.any() else ["–", "–", "–"]
        body.append((row["name"], row["built"] or "nothing", row["metresAside"], int(true.sum()), fixed(found.mean(), 3), *figures, str(told.get("samePlace")).lower()))
    body.append(("all", "", "", "", "", *scores(pooled), ""))
    best = max(plain, key=lambda level: f1(plain[level]))
    heads = ("pair", "built", "metres aside", "true, px", "changed share", "precision", "recall", "F1", "same place")
    ledger.table(
        "COMPARE-DRONE",
        rows(heads, body, heads[2:8]),
        f"The plain rule, grey difference above {best} (the best of {len(LEVELS)} levels, without alignment): "
        f"precision, recall and F1 {', '.join(scores(plain[best]))}.",
    )
    ledger.check("drone pairs: F1 above the best plain grey difference", f1(pooled) - f1(plain[best]), f"{f1(pooled):.2f} against {f1(plain[best]):.2f}")
    ledger.check("drone pairs: share said to be changed where nothing is built", max(false, default=None), "")


def hits_of(found, true):
    """Pixels that are right, too many and missed."""
    return numpy.array([(found & true).sum(), (found & ~true).sum(), (~found & true).sum()], float)


def f1(hits):
    """F1 of such counts."""
    return float(2 * hits[0] / max(1.0, 2 * hits[0] + hits[1] + hits[2]))
