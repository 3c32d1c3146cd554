#!/usr/bin/env python3
"""Breaks the program on purpose, and writes what was tried into docs/robustness.md.

  robustness.py faults [--short] [--only NAME,…] [--trials N] [--seed N] [--no-docs]
  robustness.py bombs|bulk|soak|reach [--short] [--no-docs]
  robustness.py fuzz [--short] [--seconds N] [--only TARGET,…] [--seed N] [--no-docs]

PLOTWATCH_BINARY names the program. Exit status: 0 all promises held, 1 one was broken, 2 wrong usage.
"""
import argparse
import datetime
import os
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
NIGHTS = 182
# Seconds for each target in the continuous integration.
SHORT_FUZZING = 60
PAGE = os.path.join(ROOT, "docs", "robustness.md")
sys.path.insert(0, HERE)

from robustnessbench import bombs, bulk, fuzz, page, reach, soak, trials  # noqa: E402


def say(text):
    print(text, file=sys.stderr, flush=True)


def faults(options):
    rows, broken = [], 0
    with tempfile.TemporaryDirectory(prefix="plotwatch-faults-", ignore_cleanup_errors=True) as work:
        bench = trials.Bench(options.program, options.models, work)
        say(f"undisturbed: {bench.seconds:.2f} s, {bench.changes} changes to the store's files, {bench.written} bytes")
        for name, function, long, short, needs_root, promise, how in trials.TRIALS:
            if options.only and name not in options.only:
                continue
            if needs_root and os.geteuid() != 0:
                say(f"{name}: skipped, only root may mount")
                continue
            count = options.trials or (short if options.short else long)
            began, wrong = time.monotonic(), 0
            for number in range(count):
                told = trials.trial(bench, function, options.seed * 100_000 + number)
                if told:
                    wrong += 1
                    say(f"BROKEN {name}: {told}")
            broken += wrong
            rows.append([promise, how, f"`{name}`", str(count), str(short), str(wrong)])
            say(f"{name}: {count} trials, {wrong} broken, {time.monotonic() - began:.0f} s")
    if not options.short and not options.no_docs:
        head = ["promise", "broken by", "trial", "times", "in CI", "lost, doubled or wrong afterwards"]
        text = page.table(head, rows) + f"\nMeasured {datetime.date.today()}, seed {options.seed}.\n"
        page.replace(PAGE, "faults", text)
    return 1 if broken else 0


def finish(options, suite, head, rows, wrong):
    text = page.table(head, rows) + f"\nMeasured {datetime.date.today()} with the {options.build} build.\n"
    say(text)
    for told in wrong:
        say(f"BROKEN {told}")
    if not options.short and not options.no_docs:
        page.replace(PAGE, suite, text)
    return 1 if wrong else 0


def small_files(options):
    rows, wrong = bombs.rows(options.program, options.models)
    return finish(options, "bombs", ["what", "exit status", "processor time", "peak memory"], rows, wrong)


def touched(options):
    rows, wrong = reach.rows(options.program, options.models)
    return finish(options, "reach", ["promise", "tried by", "looked at", "broken"], rows, wrong)


def many(options):
    size = (20_000, 5, 2) if options.short else (1_000_000, 100, 10)
    rows, wrong = bulk.rows(options.program, options.models, *size)
    return finish(options, "bulk", ["archive", "step", "processor time", "wall time", "peak memory"], rows, wrong)


def months(options):
    with tempfile.TemporaryDirectory(prefix="plotwatch-soak-", ignore_cleanup_errors=True) as work:
        bench = trials.Bench(options.program, options.models, work)
        did, wrong = soak.nights(bench, NIGHTS, options.seed)
    rows = [[str(NIGHTS), *(str(value) for value in did.values()), str(len(wrong))]]
    return finish(options, "soak", ["nights", *did, "lost, doubled or wrong"], rows, wrong)


def strangers(options):
    seconds = options.seconds or (SHORT_FUZZING if options.short else 60)
    outcomes = fuzz.fuzz(
        ROOT, seconds, options.only, options.seed, os.cpu_count(), os.environ.get("PLOTWATCH_FUZZ"), options.short)
    head = ["target", "reads", "seconds", "inputs", "edges reached", "crashes, hangs, broken promises"]
    rows = [[f"`{o.target}`", fuzz.READS[o.target], str(o.seconds), f"{o.inputs:,}", f"{o.edges:,}", "1" if o.fault else "0"]
            for o in outcomes]
    options.build = "release"
    return finish(options, "fuzz", head, rows, [f"{o.target}: {o.fault}" for o in outcomes if o.fault])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("suite", choices=["faults", "bombs", "bulk", "soak", "reach", "fuzz"])
    parser.add_argument("--short", action="store_true", help="a few of each, nothing written")
    parser.add_argument("--only", type=lambda text: text.split(","))
    parser.add_argument("--seconds", type=int, help="for each fuzz target")
    parser.add_argument("--trials", type=int, help="of each, instead of the usual number")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-docs", action="store_true")
    options = parser.parse_args()
    options.program = os.environ.get("PLOTWATCH_BINARY") or os.path.join(ROOT, ".build", "debug", "plotwatch")
    options.models = os.environ.get("PLOTWATCH_MODELS") or os.path.join(ROOT, "models")
    options.build = "debug" if "debug" in options.program else "release"
    if options.suite != "fuzz" and not os.access(options.program, os.X_OK):
        say(f"{options.program} cannot be run: build it, or set PLOTWATCH_BINARY")
        return 2
    suites = {
        "faults": faults, "bombs": small_files, "bulk": many, "soak": months, "reach": touched, "fuzz": strangers}
    return suites[options.suite](options)


if __name__ == "__main__":
    sys.exit(main())
