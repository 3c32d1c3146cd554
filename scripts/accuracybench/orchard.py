"""The rendered orchard: cover, blossom, ripe colour, season dates, advice."""

import collections
import datetime
import re
import statistics
import sys

from .ledger import fixed, rows, share95, signed
from .sites import ROOT, TEST, day, short, table_of
from .village import Rendered

sys.path.insert(0, str(ROOT / "scripts/testimages"))
import plants  # noqa: E402

# The plot that is made sick, and from when.
SICK_PLOT, ONSET = "p2", datetime.date(2024, 6, 20)  # testimages/README.md
# The tea that is cut back, and when.
CUT_PLOT, CUT_DAY = "p6", datetime.date(2024, 5, 15)  # testimages/README.md
BLOOM_SEEN = RIPE_SEEN = 0.02  # share of a plot that makes a season event worth a date


def growth_rendered(ledger, work):
    village = Rendered.get(work)
    kinds = plots_of(TEST / "site.yaml", "kind")
    measured = {(r["capture"], r["plot"]): r for r in village.readings}
    truth = [r for r in table_of(TEST / "truth/plots.csv")]
    errors = collections.defaultdict(list)
    missing = collections.Counter()
    for row in truth:
        reading = measured.get((row["file"], row["plot"]))
        for quantity in ("vegetationCover", "canopyCover", "bloom", "ripeColour"):
            if row[quantity] == "":
                continue
            value = reading.get(quantity) if reading else None
            if value is None:
                missing[row["plot"], quantity] += 1
            else:
                errors[quantity, row["plot"]].append(
                    (value - float(row[quantity]), row["file"], float(row[quantity]), value)
                )
    plots = sorted({row["plot"] for row in truth}, key=lambda p: (p[0] != "p", p))

    def summary(quantity, names):
        body = []
        for plot in names:
            found = errors[quantity, plot]
            if not found:
                continue
            size = [abs(e[0]) for e in found]
            body.append(
                (
                    plot,
                    kinds.get(plot, "–"),
                    len(found),
                    missing[plot, quantity],
                    fixed(statistics.mean(size), 3),
                    signed(statistics.mean(e[0] for e in found)),
                    fixed(share95(size), 3),
                    fixed(max(size), 3),
                    f"{sum(s <= 0.05 for s in size) / len(size):.2f}",
                )
            )
        return rows(
            ("plot", "kind", "pictures", "not measured", "mean abs", "bias", "95 %", "largest", "within 0.05"),
            body,
            ("pictures", "not measured", "mean abs", "bias", "95 %", "largest", "within 0.05"),
        )

    every = sorted(
        (pair for plot in plots for pair in ((abs(e[0]), plot, *e) for e in errors["vegetationCover", plot])),
        reverse=True,
    )
    worst = rows(
        ("picture", "plot", "true", "measured", "error"),
        [
            (short(name), plot, fixed(true, 3), fixed(value, 3), signed(error))
            for _, plot, error, name, true, value in every[:3]
        ],
        ("true", "measured", "error"),
    )
    crops = [p for p in plots if p.startswith("p")]
    canopy = "The crop's own canopy, without the grass below it:", summary("canopyCover", crops)
    ledger.table("COVER", summary("vegetationCover", plots), "The three worst:", worst, *canopy)
    told = [abs(e[0]) for p in crops for e in errors["canopyCover", p]]
    ledger.check(
        "canopy cover, mean error",
        statistics.mean(told) if told else None,
        ", ".join(f"{p} {statistics.mean(abs(e[0]) for e in errors['canopyCover', p]):.3f}" for p in crops if errors["canopyCover", p]),
    )
    means = {p: statistics.mean(abs(e[0]) for e in errors["vegetationCover", p]) for p in plots if errors["vegetationCover", p]}
    ledger.check(
        "vegetation cover, mean error of the worst plot",
        max(means.values()),
        ", ".join(f"{p} {m:.3f}" for p, m in sorted(means.items(), key=lambda item: -item[1])[:3]),
    )
    growing = [e for e in every if kinds.get(e[1]) in ("orchard", "field")]
    ledger.check(
        "vegetation cover error, 95 %",
        share95([e[0] for e in growing]),
        "growing plots; worst " + ", ".join(f"{short(e[3])} {e[1]} {e[2]:+.3f}" for e in growing[:3]),
    )
    ledger.table("COLOURS", "Blossom:", summary("bloom", crops), "Ripe colour:", summary("ripeColour", crops))
    season(ledger, village, truth, measured, crops)
    cards(ledger, village)


def plots_of(path, told):
    """Plot names and what is told of them (`kind`, `crop`) in a site file of the shape this project writes."""
    values, name, inside = {}, None, False
    for line in path.read_text(encoding="utf-8").splitlines():
        inside = line.startswith("plots:") if re.match(r"\S", line) and not line.startswith("#") else inside
        if inside and (match := re.match(r"  - id: (\S+)", line)):
            name = match[1]
        elif inside and (match := re.match(rf"    {told}: (\S+)", line)):
            values[name] = match[1]
    return values


def full_bloom(crop):
    """The day on which the scene's plants of a crop bear most blossom."""
    seasons = getattr(plants, {"yellow-peach": "peach"}.get(crop, crop))
    first = datetime.date(plants.YEAR, 1, 1)
    return max((first + datetime.timedelta(n) for n in range(366)), key=lambda d: seasons((d - first).days).bloom)


def season(ledger, village, truth, measured, crops):
    """Dates that the cards tell against those of the truth; the series' own highest picture beside them."""
    told = {(c["plot"], c["rule"].split("/")[-1]): c for c in reversed(village.advice) if c["kind"] == "event"}
    grown = plots_of(TEST / "site.yaml", "crop")
    body, bloom_gaps, colour_gaps, unseen = [], [], [], []
    for plot in crops:
        series = sorted(
            (village.captures[r["file"]]["at"], r, measured.get((r["file"], plot)))
            for r in truth
            if r["plot"] == plot and r["file"] in village.captures
        )
        usable = [(day(at), r, m) for at, r, m in series if m and m["bloom"] is not None]

        def peak(pairs):
            best = max(pairs, key=lambda p: p[1])
            return best if best[1] >= BLOOM_SEEN else None

        # A picture a week does not tell the day: of two that show nearly as much blossom, the day lies between them.
        most = peak([(d, float(r["bloom"])) for d, r, _ in usable])
        true = full_bloom(grown[plot]) if most else None
        highest = peak([(d, m["bloom"]) for d, _, m in usable])
        ripe = onset([(d, float(r["ripeColour"])) for d, r, _ in usable])
        bloom_card, colour_card = (date_told(told.get((plot, rule))) for rule in ("bloomPeak", "colouringStart"))
        gap, late = (
            (found - right).days if right and found else None
            for right, found in ((true, bloom_card), (ripe, colour_card))
        )
        if true and gap is None:
            unseen.append(plot)
        bloom_gaps += [(abs(gap), plot)] if gap is not None else []
        colour_gaps += [(abs(late), plot)] if late is not None else []
        body.append(
            (
                plot,
                true or "none",
                *(f"{p[0]} ({p[1]:.2f})" if p else "none" for p in (most, highest)),
                bloom_card or "none",
                "–" if gap is None else gap,
                ripe or "none",
                colour_card or "none",
                "–" if late is None else late,
            )
        )
    ledger.table(
        "SEASON",
        rows(
            (
                "plot",
                "peak bloom, true",
                "picture with most",
                "highest measured",
                "on the card",
                "days late",
                "ripe colour from, true",
                "on the card",
                "days late",
            ),
            body,
            ("days late",),
        ),
    )
    for name, gaps in (("peak bloom date error, largest", bloom_gaps), ("colouring start error, largest", colour_gaps)):
        ledger.check(name, max(gaps)[0] if gaps else None, ", ".join(f"{p} {g}" for g, p in sorted(gaps, reverse=True)))
    ledger.check("plots in bloom whose bloom was missed", len(unseen), ", ".join(unseen))


def date_told(card):
    """The date in the card's words: `peak bloom about 6 March`, `seen since about 16 October`."""
    found = re.search(r"(?:about|since) (\d+ [A-Z][a-z]+)", card["seen"]["en"]) if card else None
    if not found:
        return None
    return datetime.datetime.strptime(f"{found[1]} {card['at'][:4]}", "%d %B %Y").date()


def onset(pairs):
    """The first day from which two pictures in a row show ripe colour."""
    for (date, value), (_, following) in zip(pairs, pairs[1:]):
        if value >= RIPE_SEEN and following >= RIPE_SEEN:
            return date
    return None


def cards(ledger, village):
    anomalies = sorted((c for c in village.advice if c["kind"] == "anomaly"), key=lambda c: c["at"])
    sick = [c for c in anomalies if c["plot"] == SICK_PLOT and day(c["at"]) >= ONSET]
    false = [c for c in anomalies if c not in sick]
    events = sorted((c for c in village.advice if c["kind"] == "event"), key=lambda c: (c["plot"], c["at"]))
    listed = [
        (
            c["plot"],
            day(c["at"]),
            c["kind"],
            c["title"]["en"],
            c["seen"]["en"].split(": ", 1)[-1],
            "right" if c in sick else "false" if c in false else "–",
        )
        for c in anomalies + events
    ]
    ledger.table("ADVICE", rows(("plot", "day", "kind", "card", "seen", "anomaly is"), listed))
    first = (day(sick[0]["at"]) - ONSET).days if sick else None
    ledger.check(
        "sick plot: days to its first card",
        first,
        sick[0]["title"]["en"] if sick else "no anomaly card on the sick plot",
    )
    cuts = [c for c in events if c["rule"].endswith("/pruned")]
    right = [c for c in cuts if c["plot"] == CUT_PLOT and 0 <= (day(c["at"]) - CUT_DAY).days <= 14]
    ledger.check("tea that was cut back and not recognised", 1 - min(len(right), 1), f"{CUT_PLOT} on {CUT_DAY}")
    ledger.check(
        "cards of pruning where nothing was cut",
        len(cuts) - len(right),
        "; ".join(f"{c['plot']} {day(c['at'])}" for c in cuts if c not in right),
    )
    ledger.check(
        "anomaly cards on healthy plots",
        len(false),
        "; ".join(f"{c['plot']} {day(c['at'])} {c['title']['en']}" for c in false),
    )
