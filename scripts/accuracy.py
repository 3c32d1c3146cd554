#!/usr/bin/env python3
"""Measures how right PlotWatch is on labelled pictures, and rewrites the tables of docs/accuracy.md and the data card.

  accuracy.py [health|growth|construction|compare|registration|village|fruit|cleanup|baselines|all]… [--no-docs] [--keep FOLDER]
      Runs the program named by PLOTWATCH_BINARY on testimages/ and, where PLOTWATCH_DATA is set, on real pictures.
      What cannot be measured (no data, or a command that is not there) is said to be skipped, and its table stays as it is.
      --keep FOLDER leaves the sites that were run there.

Needs Python 3.11, Pillow and NumPy; `scripts/bench accuracy` sees to that.
Exit status: 0 every claim holds, 1 a claim is broken, 2 wrong usage or no program.
"""

import argparse
import collections
import datetime
import os
import re
import sys
import tempfile
import time
from pathlib import Path

from accuracybench.baselines import baselines
from accuracybench.cleanup import cleanup_rendered
from accuracybench.drone import compare_drone
from accuracybench.flocks import flock_nights, flock_rendered, pelicans_real
from accuracybench.fruit import fruit_real
from accuracybench.ledger import CLAIMS, Ledger, figure, rows
from accuracybench.light import light
from accuracybench.nudged import nudged_street
from accuracybench.orchard import growth_rendered
from accuracybench.pairs import compare_real, registration_real
from accuracybench.photographs import construction_real, growth_real, health_real
from accuracybench.rooms import rooms_real, rooms_rendered
from accuracybench.seasons import seasons_real
from accuracybench.sites import ROOT, call, data, program
from accuracybench.street import compare_rendered, construction_rendered
from accuracybench.trays import fruit_rendered
from accuracybench.village import alignment, health_rendered

PAGES = tuple(ROOT / "docs" / name for name in ("accuracy.md", "data-card.md", "data-card.zh-CN.md"))
TOPICS = ("health", "growth", "construction", "compare", "registration", "village", "fruit", "cleanup", "baselines")
RENDERED = {
    "health": (health_rendered, alignment),
    "growth": (growth_rendered, light),
    "construction": (construction_rendered, nudged_street),
    "compare": (compare_rendered, compare_drone),
    "village": (flock_rendered, flock_nights, rooms_rendered),
    "fruit": (fruit_rendered,),
    "cleanup": (cleanup_rendered,),
    "baselines": (baselines,),
}
REAL = {
    "health": (health_real,),
    "growth": (growth_real, seasons_real, fruit_real),
    "construction": (construction_real,),
    "compare": (compare_real,),
    "registration": (registration_real,),
    "village": (rooms_real, pelicans_real),
}


def rewrite(ledger):
    version = call("--version").strip()
    stamp = f"*{datetime.date.today().isoformat()}, plotwatch {version}*"
    pages = {page: page.read_text(encoding="utf-8") for page in PAGES}
    for name, content in ledger.tables.items():
        marked = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- /{re.escape(name)} -->)", re.S)
        if not any(marked.search(text) for text in pages.values()):
            sys.exit(f"no page of {', '.join(page.name for page in PAGES)} has markers for {name}")
        told = re.sub(r"(?<![\w.])/[\w.-]+/\S*", "…", content)  # a reason may name a folder of this machine
        pages = {page: marked.sub(lambda m: f"{m[1]}{told}\n\n{stamp}\n{m[2]}", text) for page, text in pages.items()}
    for page, text in pages.items():
        page.write_text(text, encoding="utf-8")


def claims_table(ledger):
    body = []
    for name, value, held, _ in ledger.checks:
        pictures, sense, limit, unit, why = CLAIMS[name]
        bound = f"{'at most' if sense == '<=' else 'at least'} {figure(limit)} {unit}"
        body.append((name, pictures, bound, figure(value), "holds" if held else "**broken**", why))
    parts = [rows(("claim", "pictures", "limit", "measured", "", "the limit stands for"), body, ("measured",))]
    if ledger.skipped:
        reasons = collections.defaultdict(list)
        for what, reason in ledger.skipped:
            reasons[reason].append(what)
        parts.append("Not measured: " + "; ".join(f"{', '.join(names)} ({reason})" for reason, names in reasons.items()) + ".")
    return parts


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*", default=["all"])
    parser.add_argument("--no-docs", action="store_true")
    parser.add_argument("--keep")
    arguments = parser.parse_args()
    unknown = [t for t in arguments.topics if t not in TOPICS + ("all",)]
    if unknown:
        parser.error(f"no topic {unknown[0]}; there are {', '.join(TOPICS)} and all")
    if not program or not os.access(program, os.X_OK):
        print("PLOTWATCH_BINARY names no program; run scripts/bench accuracy", file=sys.stderr)
        return 2
    topics = TOPICS if "all" in arguments.topics else [t for t in TOPICS if t in arguments.topics]
    ledger = Ledger()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(arguments.keep or temporary).resolve()
        for topic in topics:
            print(f"== {topic}")
            steps = list(RENDERED.get(topic, ()))
            if data is None and topic in REAL:
                ledger.skip(f"{topic} on real pictures", "PLOTWATCH_DATA is not set")
            elif data is not None:
                steps += REAL.get(topic, ())
            for step in steps:
                step(ledger, work)
    whole = tuple(topics) == TOPICS and data is not None
    if whole:
        ledger.table("CLAIMS", *claims_table(ledger))
    if not arguments.no_docs:
        rewrite(ledger)
    broken = [name for name, _, held, _ in ledger.checks if not held]
    print(
        f"{len(ledger.checks) - len(broken)} claims hold, {len(broken)} broken, {len(ledger.skipped)} skipped; "
        f"{time.monotonic() - began:.0f} s"
    )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
