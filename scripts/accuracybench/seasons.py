"""Published PhenoCam series: their summaries made again, their season dates, and a season from a few pictures."""

import csv
import datetime

from .archives import Duke
from .ledger import rows
from .sites import call, data, table_of

REFERENCE = "season_reference.csv"  # beside this file; made by scripts/season_reference.R
SHOWN = 5  # differing cells told one by one
SHARES = (10, 25, 50)
# The rules that a published file of 2009 was made with differ from today's: its header names them.
SUMMARIES = (
    ("3day", ("--sun-above", "5")),
    ("3day", ()),
    ("1day", ("--blue-below", "90")),
    ("1day", ()),
)


def seasons_real(ledger, work):
    if not (data / "phenocam-vegindex").is_dir():
        ledger.skip("published PhenoCam series", "the folder has no phenocam-vegindex")
        return
    summaries(ledger)
    transitions(ledger)
    few_pictures(ledger, work)


def table(text):
    return list(csv.DictReader(line for line in text.splitlines() if line and not line.startswith("#")))


def published(name):
    return data / "phenocam-vegindex" / name.split("_")[0] / "ROI" / name


def differing(found, wanted):
    """Cells that differ, as text; a row that one of both lacks counts with all its cells."""
    ours, theirs = ({row["date"]: row for row in each} for each in (found, wanted))
    cells = []
    for date in sorted(ours.keys() | theirs.keys()):
        for column in wanted[0]:
            a, b = (each.get(date, {}).get(column, "no row") for each in (ours, theirs))
            if a != b:
                cells.append((date, column, a, b))
    return cells


def summaries(ledger):
    body, broken = [], 0
    for form, options in SUMMARIES:
        wanted = table(published(f"harvard_DB_0001_{form}.csv").read_text(encoding="utf-8"))
        text = call("phenocam", published("harvard_DB_0001_roistats.csv"), "--to", form, *options)
        cells = differing(table(text), wanted)
        if options:
            broken += len(cells)
        dates = sorted({date for date, *_ in cells})
        body.append(
            (
                f"harvard 2009, {form}",
                " ".join(options) or "today's rules",
                len(wanted),
                len(wanted) * len(wanted[0]),
                len(cells),
                f"{len(dates)} days, {dates[0]} … {dates[-1]}" if dates else "–",
            )
        )
        for date, column, a, b in cells[:SHOWN] if options else ():
            print(f"         {form} {date} {column}: {a}, published {b}")
    ledger.table(
        "SUMMARIES",
        rows(
            ("published file", "made with", "rows", "cells", "cells that differ", "on"),
            body,
            ("rows", "cells", "cells that differ"),
        ),
    )
    ledger.check("cells of published summaries that differ", broken, "with the rules that the files' headers name")


def transitions(ledger):
    wanted = table_of(__file__.rsplit("/", 1)[0] + "/" + REFERENCE)
    body, worst, missed = [], [], []
    for file, column in dict.fromkeys((row["file"], row["column"]) for row in wanted):
        step = "1" if "_1day" in file else "3"
        found = [r for r in table(call("phenocam", published(file))) if r["gcc_value"] == column]
        theirs = [r for r in wanted if (r["file"], r["column"]) == (file, column)]
        gaps, lacking = [], []
        for row in theirs:
            near = [
                apart
                for r in found
                if r["direction"] == row["direction"]
                for apart in [[days(r[f"transition_{s}"], row[f"day{s}"]) for s in SHARES]]
                if apart[2] <= 60
            ]
            if near:
                gaps += min(near, key=sum)
            else:
                lacking.append(f"{file} {column} {row['direction']} {row['day50']}")
        worst += [(gap, f"{file} {column}") for gap in gaps]
        missed += lacking
        extra = len(found) - (len(theirs) - len(lacking))
        body.append((file, step, column, len(theirs), len(lacking), extra, max(gaps, default="–")))
    ledger.table(
        "TRANSITIONS",
        rows(
            ("published file", "days a step", "series", "transitions", "not found", "besides", "largest, days"),
            body,
            ("transitions", "not found", "besides", "largest, days"),
        ),
    )
    top = max(worst, default=(None, ""))
    ledger.check("season dates against R, largest", top[0], top[1])
    ledger.check("season transitions of R that are not found", len(missed), "; ".join(missed))


def few_pictures(ledger, work):
    """Two pictures a month against the published curve of the same year, which holds some 70 a row."""
    wanted = [
        r
        for r in table_of(__file__.rsplit("/", 1)[0] + "/" + REFERENCE)
        if r["file"].startswith("dukehw") and r["day50"].startswith("2015")
    ]
    village = Duke.get(work)
    text = call("readings", village.folder, "--plot", "db1000", "--format", "phenocam-transitions")
    found = [r for r in table(text) if r["gcc_value"] == "gcc_90"]
    body, gaps = [], []
    for row in wanted:
        ours = next((r for r in found if r["direction"] == row["direction"]), None)
        for share in SHARES:
            gap = days(ours[f"transition_{share}"], row[f"day{share}"]) if ours else None
            gaps.append(gap)
            body.append(
                (
                    row["direction"],
                    f"{share} %",
                    row[f"day{share}"],
                    ours[f"transition_{share}"] if ours else "not found",
                    "–" if gap is None else gap,
                )
            )
    ledger.table(
        "SEASON-2015",
        rows(("direction", "of the amplitude", "published curve", "24 pictures", "days apart"), body, ("days apart",)),
    )
    ledger.check(
        "season of a forest from two pictures a month, largest",
        None if None in gaps else max(gaps),
        f"{len(found)} transitions found",
    )


def days(a, b):
    return abs((datetime.date.fromisoformat(a) - datetime.date.fromisoformat(b)).days)
