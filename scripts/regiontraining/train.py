"""Trains the region model and writes models/regions.txt.

    train.py SET:RAW … --cache FOLDER [--epochs N] [--seed N] [--out models/regions.txt]

Samples are kept in the cache, so that another training starts at once. Each scene is left out once: what the
networks of the others say of it gives the figures of the card, the temperature, and the weights of a flag's confidence.
"""

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np  # noqa: E402

import samples  # noqa: E402
import truth  # noqa: E402
from truth import KINDS, ROOT  # noqa: E402

HIDDEN = (48,)
JITTER = 0.5
"""Standard deviations by which measures are moved: there are few regions, and many look alike."""
BATCH = 64
DECAY = 1e-3
WORKS = [KINDS.index(k) for k in ("structure", "soil", "material")]
RIGHT = 0.3
"""Share of a region's pixels that works have newly taken from which a flag of it is right."""
FOLLOWED = 3
"""A region that the job followed counts as often as so many of two pictures: it is what flags are made of."""
LEAST_LOOKS = 4
LEAST_BUILT = 0.58
"""Looks and score from which what the job follows is nearly a flag (persistence.sparseSamples and judgement.builtScore)."""
MISTAKEN = 0.95
"""judgement.mistakenShare."""
NAMED = 0.6
"""judgement.kindShare."""
LEAST_SHARE = 0.001
"""As FlagConfidence.leastShare has it."""


def gathered(source, cache, rng, step):
    folder, raw = (Path(part) for part in source.split(":"))
    name, found = str(raw.resolve()).strip("/").replace("/", "-"), []
    for part, gather in (("followed", lambda: samples.followed(folder, raw)), ("pairs", lambda: samples.pairs(folder, raw, rng, step))):
        kept = cache / f"{name}.{part}.json"
        if not kept.exists():
            kept.write_text(json.dumps(gather()), encoding="utf-8")
        found += json.loads(kept.read_text(encoding="utf-8"))
        print(kept.name, len(found), file=sys.stderr, flush=True)
    return {"scene": truth.Frames(raw).camera, "samples": found}


def street(cache, rng):
    folder = os.environ.get("PLOTWATCH_DATA")
    kept = cache / "street.json"
    if not kept.exists():
        found = samples.street(Path(folder) / "fixed-camera-opencv/vtest_frames", rng) if folder else []
        kept.write_text(json.dumps({"scene": "real street", "samples": found}), encoding="utf-8")
        print(kept.name, len(found), file=sys.stderr)
    return json.loads(kept.read_text(encoding="utf-8"))


def fitted(x, y, followed, epochs, seed):
    import fitting

    times = np.where(followed, FOLLOWED, 1)
    return fitting.fit(
        np.repeat(x, times, 0), np.repeat(y, times), HIDDEN, epochs, seed, batch=BATCH, decay=DECAY, classes=len(KINDS), jitter=JITTER,
    )


def logits(net, x):
    h = net.forward(x)[-2] @ net.weights[-1] + net.biases[-1]
    return h.astype(np.float64)


def softmax(h):
    e = np.exp(h - h.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def temperature(h, y):
    """The number by which logits are divided so that the loss of what was left out is least."""
    tried = np.exp(np.linspace(-0.5, 2.0, 126))
    return float(min(tried, key=lambda t: -np.log(softmax(h / t)[np.arange(len(y)), y] + 1e-12).mean()))


def logistic(x, y, ridge=0.1, rounds=60):
    """Weights of a logistic regression, the constant's first; Newton's method, small weights preferred."""
    a = np.column_stack([np.ones(len(x)), x])
    w = np.zeros(a.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-a @ w))
        penalty = ridge * np.eye(len(w))
        penalty[0, 0] = 1e-6
        w += np.linalg.solve((a.T * (p * (1 - p))) @ a + penalty, a.T @ (y - p) - penalty @ w)
    return w


def odds(share):
    share = np.clip(share, LEAST_SHARE, 1 - LEAST_SHARE)
    return np.log(share / (1 - share))


def reliability(p, y, edges=(0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0001)):
    lines = []
    for low, high in zip(edges, edges[1:]):
        here = (p >= low) & (p < high)
        if here.any():
            lines.append(f"{low:.2f}–{min(high, 1):.2f}: {here.sum()} said {p[here].mean():.2f} right {y[here].mean():.2f}")
    return "; ".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="+", metavar="SET:RAW")
    parser.add_argument("--cache", required=True, type=Path)
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "models/regions.txt")
    parser.add_argument("--step", type=int, default=1, help="every so many-th picture is compared with another")
    parser.add_argument("--gather", action="store_true", help="only the samples, into the cache")
    options = parser.parse_args()
    options.cache.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(options.seed)
    parts = [gathered(s, options.cache, rng, options.step) for s in options.sources] + [street(options.cache, rng)]
    if options.gather:
        return
    rows = [(p["scene"], n, *s) for n, p in enumerate(parts) for s in p["samples"]]
    scene, archive = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    x = np.array([r[2] for r in rows], np.float32)
    y = np.array([r[3] for r in rows])
    told = [r[4] for r in rows]
    followed = np.array([t is not None for t in told])
    known = y >= 0

    def left_out(parts):
        """What networks that learnt without a part say of it."""
        out = np.zeros((len(y), len(KINDS)))
        for left in sorted(set(parts)):
            learn = known & (parts != left)
            net = fitted(x[learn], y[learn], followed[learn], options.epochs, options.seed)
            out[parts == left] = logits(net, x[parts == left])
        return out

    out = left_out(scene)
    t = temperature(out[known], y[known])
    share = softmax(out / t)
    report(scene, y, share, followed, known)
    works, job = np.isin(y, WORKS), known & followed
    seeds = (softmax(left_out(archive) / t)[:, WORKS].sum(1) >= 0.5) == works
    print(f"another seed of a scene that was learnt from: works right {seeds[job].mean():.3f} of {job.sum()} followed")
    lines = confidence(told, share, scene)
    net = fitted(x[known], y[known], followed[known], options.epochs, options.seed)
    net.weights[-1] /= t
    net.biases[-1] /= t
    import regionvectors
    import weights as file

    best = share.argmax(1)
    rendered = known & (scene != "real street")
    card = CARD.format(
        day=date.today(), count=int(known.sum()), followed=int(job.sum()), scenes=len(set(scene)),
        archives=len(parts), seeds=seeds[job].mean(),
        right=(best == y)[rendered].mean(), works=((share[:, WORKS].sum(1) >= 0.5) == works)[rendered].mean(),
        followed_works=((share[:, WORKS].sum(1) >= 0.5) == works)[rendered & followed].mean(), t=t,
        kinds=", ".join(f"{k} {(y == n).sum()}" for n, k in enumerate(KINDS)),
    )  # fmt: skip
    file.write(options.out, net, card)
    pick = np.random.default_rng(0).choice(np.flatnonzero(known), 12, replace=False)
    regionvectors.write(ROOT / "Tests/DetectionTests/RegionVectors.swift", file.read(options.out), x[pick])
    print(lines)


def report(scene, y, share, followed, known):
    best, works = share.argmax(1), share[:, WORKS].sum(1)
    for left in sorted(set(scene)):
        here = known & (scene == left)
        job = here & followed
        print(f"{left}: {here.sum()} regions, kind right {(best == y)[here].mean():.2f}, works right "
              f"{((works >= 0.5) == np.isin(y, WORKS))[here].mean():.2f}; followed {job.sum()}, works right "
              f"{((works >= 0.5) == np.isin(y, WORKS))[job].mean():.2f}")
    for n, kind in enumerate(KINDS):
        mine = known & (y == n)
        said = known & (best == n)
        sure = said & (share.max(1) >= NAMED)
        print(f"  {kind}: {mine.sum()} found {(best == n)[mine].mean() if mine.any() else np.nan:.2f}, "
              f"of {said.sum()} said right {(y == n)[said].mean() if said.any() else np.nan:.2f}, "
              f"of {sure.sum()} surely {(y == n)[sure].mean() if sure.any() else np.nan:.2f}")


def confidence(told, share, scene):
    """Prints what a flag's confidence is worth on scenes left out; returns the lines of models/construction.yaml.

    Of what the job made a flag of, or nearly: flags alone are too seldom wrong to learn from.
    """
    use = np.array([bool(t) and t["looks"] >= LEAST_LOOKS and (t["status"] in ("confirmed", "removed") or t["built"] >= LEAST_BUILT) for t in told])
    right = np.array([t["works"] >= RIGHT for t, u in zip(told, use) if u], float)
    built = np.array([t["built"] for t, u in zip(told, use) if u])
    flagged = np.array([t["status"] == "confirmed" for t, u in zip(told, use) if u])
    works, place = odds(share[use][:, WORKS].sum(1)), scene[use]
    said = np.zeros(len(right))
    for left in sorted(set(place)):
        here = place == left
        w = logistic(works[~here][:, None], right[~here])
        said[here] = 1 / (1 + np.exp(-(w[0] + w[1] * works[here])))
    print(f"flags and nearly flags: {len(right)}, right {right.mean():.3f}; Brier {((said - right) ** 2).mean():.4f}, "
          f"of the plain share {((right.mean() - right) ** 2).mean():.4f}")
    print(f"  right before wrong: by the model {auc(said, right > 0):.2f}, by the rules' score {auc(built, right > 0):.2f}")
    print(f"  all: {reliability(said, right)}\n  flags: {reliability(said[flagged], right[flagged])}")
    stopped = said_nobody(share, use)
    print(f"  at {MISTAKEN} for nobody's work stopped: {stopped[right > 0].sum()} of {int(right.sum())} looks at works, "
          f"{stopped[right == 0].sum()} of {int((1 - right).sum())} at others")
    w = logistic(works[:, None], right)
    return f"confidence:\n  offset: {w[0]:.3f}\n  works: {w[1]:.3f}\n  plain: {right.mean():.2f}"


def said_nobody(share, use):
    return 1 - share[use][:, WORKS].sum(1) >= MISTAKEN


def auc(p, right):
    """How often something right is given more than something wrong."""
    rank = p.argsort().argsort()
    n = right.sum()
    return (rank[right].sum() - n * (n - 1) / 2) / max(1, n * (len(p) - n))


CARD = """
Card: region model. What a changed region of a picture is: structure, soil, material, vegetation, vehicle, person, sheet (tarpaulin, tent, awning, mat),
  water, shadow (what was there before in another light, wet or under snow), thing (crates, washing, straw), gone (a place that something left).
Origin: PlotWatch, scripts/train-regions, {day}. Learnt from {count} regions that the program found between pictures of {archives} archives of {scenes} scenes, {followed} of them
  as the job followed them ({kinds}): renders of scripts/testimages, labelled by their object index, and people before the median of
  OpenCV's sample film vtest (Apache-2.0). Nobody else's weights; no picture is part of this file.
Licence: Apache-2.0.
Quality: each scene left out once: the likeliest kind right for {right:.2f} of the rendered regions, works or not for {works:.2f}, of those followed by the job for
  {followed_works:.2f}; for {seeds:.2f} where other seeds of the scene were learnt from. Temperature {t:.2f} on what was left out. docs/accuracy.md, Construction, has what flags make of it.
Limits: rendered villages by daylight, looks across the ground. The committed test set's scenes are among those learnt from (there are no others), so only
  the figures here are of places not seen. No real building site was ever seen.
"""


if __name__ == "__main__":
    main()
