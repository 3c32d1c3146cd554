#!/usr/bin/env python3
"""Measures the speed of PlotWatch and of other tools on the same pictures, and writes the tables of docs/speed.md.

  speed.py [--only TABLE[,TABLE…]] [--frames N] [--captures N] [--repetitions N] [--plotwatch FILE] [--benchmarks FILE]
           [--install-peers] [--no-write]

Tables: growth construction archive kernels decoding stages (default: all).
Whole processes, each once a repetition in turn; medians; ratios are taken repetition by repetition. Figures are processor
time, which other programs on the machine disturb least; wall time is beside it.
What is not given is built: the program (or PLOTWATCH_BINARY) and Sources/Benchmarks, release mode. --install-peers puts vegindex,
OpenCV and PlantCV into virtual environments (from PyPI); without it those that are there take part, the others are said to be missing.
Pictures and environments lie in .build-bench/ and are kept.
Exit status: 0 measured, 1 something could not be run, 2 wrong usage.
"""
import argparse
import datetime
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
WORK = os.path.join(ROOT, ".build-bench")
PICTURES = os.path.join(WORK, "speed")
HD = os.path.join(PICTURES, "hd")
MODELS = os.environ.get("PLOTWATCH_MODELS") or os.path.join(ROOT, "models")
PAGE = os.path.join(ROOT, "docs", "speed.md")
HERE = os.path.join(ROOT, "scripts", "speedbench")
TESTIMAGE = os.path.join(ROOT, "testimages/archive/cam_orchard/2024/04/cam_orchard_2024_04_03_125710.jpg")
TABLES = ["growth", "construction", "archive", "kernels", "decoding", "stages"]
# Of pictures.py: 32 % of the frame.
OUTLINE = [410, 440, 1510, 440, 1640, 985, 290, 985]
# vegindex 0.10.2 needs numpy below 2, PlantCV a newer one.
ENVIRONMENTS = {
    "vegindex": ["vegindex==0.10.2", "numpy<2", "pandas<3", "opencv-python-headless<4.12"],
    "plantcv": ["plantcv==4.11.3"],
}
PEERS = [
    ("vegindex, generate_roi_timeseries", "vegindex", "vegindex"),
    ("OpenCV, typical script", "vegindex", "opencv"),
    ("OpenCV, tuned by hand", "vegindex", "opencv-tuned"),
    ("PlantCV, egi + Otsu + analyze", "plantcv", "plantcv"),
]


LIMIT = "C over libjpeg, these statistics alone"
COLOUR = "plotwatch run, `measures: colour`"
MEANS = "plotwatch run, `measures: means`"
OWN = {COLOUR: "colour", MEANS: "means"}
WORKS = "plotwatch run, `measures: construction`"
PLANTS = "plotwatch run, `measures: growth`"


class Failure(Exception):
    """What could not be run, and what it said."""


def say(text):
    print(text, file=sys.stderr, flush=True)


# Processes


class Taken:
    """What one whole process took."""

    def __init__(self, command, environment=None, allowed=(0,)):
        started = time.perf_counter()
        with open(os.path.join(WORK, "last-error"), "w+") as errors:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True, env={**os.environ, **(environment or {})}
            )
            self.output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            if process.returncode not in allowed:
                raise Failure(f"{' '.join(command[:3])} … ended with {process.returncode}: {errors.read()[-500:]}")
        self.wall = time.perf_counter() - started
        self.cpu = usage.ru_utime + usage.ru_stime
        # Linux counts in KiB.
        self.megabytes = usage.ru_maxrss / 1024


def median(values):
    return statistics.median(values)


def interleaved(variants, repetitions):
    """Every variant once a repetition: name -> list of Taken. A variant that fails is left out and said to be."""
    taken = {name: [] for name in variants}
    for repetition in range(repetitions):
        for name, run in variants.items():
            if taken[name] is None:
                continue
            try:
                taken[name].append(run())
            except Failure as failure:
                say(f"left out: {name}: {failure}")
                taken[name] = None
        say(f"repetition {repetition + 1} of {repetitions}")
    return {name: runs for name, runs in taken.items() if runs}


# What is measured


class Bench:
    def __init__(self, options):
        self.options = options
        self.plotwatch = options.plotwatch
        self.benchmarks = options.benchmarks
        self.peers = []

    def prepare(self):
        os.makedirs(WORK, exist_ok=True)
        if self.options.install_peers:
            for name, packages in ENVIRONMENTS.items():
                install(name, packages)
        able = [it for it in (sys.executable, python("vegindex")) if has_pillow(it)]
        if not able:
            raise Failure("the pictures are made with numpy and Pillow: install them, or run once with --install-peers")
        captures = self.options.captures if "archive" in self.options.only else 0
        command = [able[0], os.path.join(HERE, "pictures.py"), TESTIMAGE, PICTURES]
        subprocess.run([*command, str(self.options.frames), str(captures)], check=True)
        for name in ENVIRONMENTS:
            if os.path.exists(python(name)):
                found = json.loads(Taken([python(name), os.path.join(HERE, "peers.py"), "versions"]).output)
                self.peers.append(", ".join(f"{package} {version}" for package, version in found.items()))
            else:
                say(f"not installed, so not measured: {name} (--install-peers)")
        needs_program = {"growth", "construction", "archive", "stages"} & set(self.options.only)
        if needs_program and not self.plotwatch:
            self.plotwatch = build(["--product", "plotwatch"], "plotwatch")
        if {"kernels", "decoding", "stages"} & set(self.options.only) and not self.benchmarks:
            package = ["--package-path", os.path.join(ROOT, "Sources/Benchmarks"), "--scratch-path", os.path.join(WORK, "swift")]
            self.benchmarks = build([*package, "--product", "benchmarks"], "benchmarks")

    def peer(self, environment, name):
        return lambda: Taken([python(environment), os.path.join(HERE, "peers.py"), name, HD])

    def run(self, site, jobs=1):
        """`plotwatch run`; 3 and 4 are ends that say something about the pictures."""
        command = [self.plotwatch, "run", site, "--jobs", str(jobs), "--progress", "none", "--json"]
        return Taken(command, {"PLOTWATCH_MODELS": MODELS}, allowed=(0, 3, 4))

    def fresh_run(self, jobs=1, measures="all"):
        site = site_file(f"hd-site-{measures}", HD, "orchard/2*/**/*.jpg", f"mask: {HD}/mask.png", measures)
        return self.run(site, jobs)

    def limit(self):
        """The C program on the same pictures; `None` without a compiler or libjpeg's header."""
        program = os.path.join(WORK, "limit")
        command = ["cc", "-O3", "-o", program, os.path.join(HERE, "limit.c"), "-ljpeg", "-lm"]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            say(f"left out: {LIMIT}: {getattr(error, 'stderr', None) or error}")
            return None
        return lambda: Taken([program, os.path.join(HD, "spans.txt"), *captures_below(os.path.join(HD, "orchard"))])

    def passes(self, peers):
        variants = {name: self.peer(environment, peer) for name, environment, peer in peers if os.path.exists(python(environment))}
        variants["plotwatch run"] = self.fresh_run
        return variants

    def growth(self):
        frames = self.options.frames
        own = {name: lambda measures=measures: self.fresh_run(measures=measures) for name, measures in OWN.items()}
        own["plotwatch run, --jobs 2"] = lambda: self.fresh_run(2)
        limit = self.limit()
        taken = interleaved(self.passes(PEERS) | own | ({LIMIT: limit} if limit else {}), self.options.repetitions)
        rows = pass_rows(taken, frames, "vegindex, generate_roi_timeseries")
        return rows + ["", self.agreement(taken), *ratios(taken, COLOUR, [LIMIT, "OpenCV, tuned by hand"])]

    def readings(self, measures):
        command = [self.plotwatch, "readings", os.path.join(WORK, f"hd-site-{measures}"), "--json"]
        readings = json.loads(Taken(command, {"PLOTWATCH_MODELS": MODELS}).output)["readings"]
        return [reading["gcc"] for reading in sorted(readings, key=lambda reading: reading["at"])]

    def agreement(self, taken):
        """Whether the tools measured the same thing: gcc of every frame."""
        ours, parts = self.readings("all"), []
        for name, runs in taken.items():
            if name.startswith("plotwatch") and name not in OWN:
                continue
            theirs = self.readings(OWN[name]) if name in OWN else json.loads(runs[0].output)
            if len(theirs) != len(ours):
                parts.append(f"{name}: {len(theirs)} values, ours {len(ours)}")
                continue
            parts.append(f"{name} {max(abs(a - b) for a, b in zip(ours, theirs)):.1e}")
        return "Greatest difference of a frame's gcc from `plotwatch run`'s: " + "; ".join(parts) + "."

    def construction(self):
        peers = [("OpenCV MOG2, opening, regions", "vegindex", "mog2")]
        own = {
            WORKS: lambda: self.fresh_run(measures="construction"), PLANTS: lambda: self.fresh_run(measures="growth")
        }
        taken = interleaved(self.passes(peers) | own, self.options.repetitions)
        rows = pass_rows(taken, self.options.frames, "OpenCV MOG2, opening, regions")
        return rows + ratios(taken, "plotwatch run", [PLANTS, WORKS])

    def archive(self):
        few, many = 500, self.options.captures
        names = captures_below(os.path.join(PICTURES, "small"))[:many]
        rows = [
            "| captures | first run, s of wall | captures/s (wall) | captures/s (processor) | peak memory, MB | "
            "nothing new, ms (processor) | nothing new, ms (wall) |"
        ]
        rows.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for count in sorted({min(few, many), many}):
            folder = linked(f"small-{count}", names[:count])
            site = site_file(f"small-{count}-site", folder, "**/*.jpg", f"polygon: {[round(v / 3, 1) for v in OUTLINE]}")
            first = self.run(site)
            again = [self.run(site) for _ in range(5)]
            rows.append(
                f"| {count:,} | {first.wall:.1f} | {count / first.wall:.0f} | {count / first.cpu:.0f} | {first.megabytes:.0f} | "
                f"{1e3 * median([it.cpu for it in again]):.0f} | {1e3 * median([it.wall for it in again]):.0f} |")
            say(rows[-1])
        starts = [Taken([self.plotwatch, "--version"]) for _ in range(9)]
        cpu, wall = (1e3 * median(times) for times in ([it.cpu for it in starts], [it.wall for it in starts]))
        return rows + ["", f"Start-up alone (`plotwatch --version`): {cpu:.0f} ms of processor time, {wall:.0f} ms of wall time."]

    def kernels(self):
        found = json.loads(Taken([self.benchmarks, "kernels"]).output)
        sets = list(dict.fromkeys(row["set"] for row in found))
        rows = ["| kernel | pixels | " + " | ".join(f"{name}, ns a pixel" for name in sets) + " | fastest against reference |"]
        rows.append("| --- | ---: | " + "---: | " * len(sets) + "---: |")
        for kernel, pixels in sorted({(row["kernel"], row["pixels"]) for row in found}):
            times = {
                row["set"]: row["nanosecondsPerPixel"]["median"]
                for row in found if (row["kernel"], row["pixels"]) == (kernel, pixels)
            }
            ratio = times["reference"] / min(times.values())
            rows.append(f"| {kernel} | {pixels:,} | " + " | ".join(f"{times[name]:.3f}" for name in sets) + f" | {ratio:.1f} × |")
        return rows

    def decoding(self):
        found = json.loads(Taken([self.benchmarks, "decoding", os.path.join(PICTURES, "formats")]).output)
        modes = list(dict.fromkeys(row["mode"] for row in found))
        rows = ["| file (ms a picture) | size | kB | " + " | ".join(modes) + " |", "| --- | --- | ---: |" + " ---: |" * len(modes)]
        for name in dict.fromkeys(row["file"] for row in found):
            its = {row["mode"]: row for row in found if row["file"] == name}
            one = its[modes[0]]
            cells = [f"{its[mode]['milliseconds']['median']:.1f}" if mode in its else "" for mode in modes]
            rows.append(f"| {name} | {one['width']} × {one['height']} | {one['sizeInBytes'] / 1e3:.0f} | " + " | ".join(cells) + " |")
        return rows

    def stages(self):
        points = " ".join(f"{x},{y}" for x, y in zip(OUTLINE[::2], OUTLINE[1::2]))
        folder = os.path.join(HD, "orchard", "2024")
        found = json.loads(Taken([self.benchmarks, "stages", folder, MODELS, points]).output)
        whole = 1e3 * median([self.fresh_run().cpu for _ in range(self.options.repetitions)]) / self.options.frames
        known = sum(row["milliseconds"]["median"] * row["share"] for row in found)
        rows = ["| stage | ms a capture | share |", "| --- | ---: | ---: |"]
        for row in sorted(found, key=lambda row: -row["milliseconds"]["median"] * row["share"]):
            time_of = row["milliseconds"]["median"] * row["share"]
            rows.append(f"| {row['stage']} | {time_of:.2f} | {100 * time_of / whole:.0f} % |")
        rows.append(f"| all else: state, store, judging, start | {whole - known:.2f} | {100 * (whole - known) / whole:.0f} % |")
        rows.append(f"| **`plotwatch run`, whole process** | **{whole:.2f}** | **100 %** |")
        return rows


def pass_rows(taken, frames, against):
    """One row a tool. Ratios are taken repetition by repetition."""
    short = against.split(",")[0].split(" opening")[0]
    rows = [f"| tool | frames/s (processor) | frames/s (wall) | ms a frame, least to greatest | × {short} | peak memory, MB |"]
    rows.append("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, runs in taken.items():
        cpu, wall = [run.cpu for run in runs], [run.wall for run in runs]
        ratio = "–"
        # With two workers processor time says nothing about speed.
        if against in taken and "--jobs 2" not in name:
            ratio = f"{median([a.cpu / b.cpu for a, b in zip(taken[against], runs)]):.2f}"
        rows.append(
            f"| {name} | {frames / median(cpu):.1f} | {frames / median(wall):.1f} | "
            f"{1e3 * min(cpu) / frames:.1f} to {1e3 * max(cpu) / frames:.1f} | {ratio} | {median([run.megabytes for run in runs]):.0f} |")
    return rows


def ratios(taken, name, others):
    """Sentences of processor time against others, repetition by repetition."""
    found = []
    for other in others:
        if name in taken and other in taken:
            each = [a.cpu / b.cpu for a, b in zip(taken[name], taken[other])]
            found.append(
                f"\nProcessor time of {name} against {other}: {median(each):.2f} ({min(each):.2f} to {max(each):.2f}).")
    return found


# Places


def python(environment):
    return os.path.join(WORK, environment, "bin", "python")


def has_pillow(interpreter):
    if not os.path.exists(interpreter):
        return False
    return subprocess.run([interpreter, "-c", "import numpy, PIL"], stderr=subprocess.DEVNULL).returncode == 0


def install(name, packages):
    if not os.path.exists(python(name)):
        subprocess.run([sys.executable, "-m", "venv", os.path.join(WORK, name)], check=True)
    if subprocess.run([python(name), "-m", "pip", "install", "-q", *packages]).returncode != 0:
        say(f"could not be installed, so not measured: {name}")
        shutil.rmtree(os.path.join(WORK, name))


def build(arguments, product):
    say(f"building {product}")
    command = ["swift", "build", "-c", "release", *arguments]
    # The plan of a package does not notice files that came to a package it depends on.
    plan = os.path.join(WORK, "swift", "release.yaml")
    if os.path.exists(plan):
        os.remove(plan)
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
    shown = subprocess.run([*command, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return os.path.join(shown.stdout.strip(), product)


def site_file(name, archive, files, shape, measures="all"):
    """A folder with a site file and no store."""
    folder = os.path.join(WORK, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with open(os.path.join(folder, "site.yaml"), "w") as file:
        file.write(
            "site: bench\nname: bench\nlanguage: en\ntimezone: Asia/Shanghai\n"
            "location: {latitude: 28.84, longitude: 108.77, elevation: 520}\n"
            f"archive: {archive}\nstore: plotwatch.sqlite\n"
            f'cameras:\n  - {{id: cam, name: cam, files: "{files}", timestamp: auto, measures: {measures}}}\n'
            f"plots:\n  - {{id: plot, camera: cam, kind: field, {shape}}}\n")
    return folder


def captures_below(folder):
    return sorted(os.path.join(base, name) for base, _, names in os.walk(folder) for name in names if name.endswith(".jpg"))


def linked(name, files):
    """A folder of hard links: an archive of its own without a copy."""
    folder = os.path.join(WORK, name)
    shutil.rmtree(folder, ignore_errors=True)
    for file in files:
        path = os.path.join(folder, os.path.relpath(file, os.path.join(PICTURES, "small")))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.link(file, path)
    return folder


# The page


def block(bench):
    model = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    version = ""
    if bench.plotwatch:
        version = subprocess.run([bench.plotwatch, "--version"], capture_output=True, text=True).stdout.strip()
    commit = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    sizes = [os.path.getsize(path) for path in captures_below(os.path.join(HD, "orchard"))]
    return [
        f"- machine: {model}, {os.cpu_count()} processors, {platform.system()} {platform.release()}; load before {bench.load:.1f}",
        f"- date: {datetime.date.today()}; PlotWatch {version}{f', commit {commit}' if commit else ''}",
        f"- others: Python {platform.python_version()}; {'; '.join(bench.peers) or 'none installed'}",
        f"- pictures: {len(sizes)} JPEGs of 1920 × 1080, 4:2:0, quality 85, {sum(sizes) / len(sizes) / 1e3:.0f} kB on average; "
        "plot of 32 % of the frame; 3 channels of 8 bits",
        f"- harness: `scripts/bench speed`, {bench.options.repetitions} interleaved repetitions",
    ]


def write(tables):
    """Replaces what stands between the markers of each table; the text round them is a person's."""
    text = open(PAGE, encoding="utf-8").read()
    for name, rows in tables.items():
        pattern = re.compile(rf"(<!-- {name}:begin -->\n).*?(<!-- {name}:end -->)", re.DOTALL)
        text, count = pattern.subn(lambda found: found[1] + "\n".join(rows) + "\n" + found[2], text)
        if count != 1:
            raise Failure(f"{PAGE} needs the markers of {name} once, has them {count} times")
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--only", type=lambda text: text.split(","), default=TABLES)
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--captures", type=int, default=10_000)
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--plotwatch", default=os.environ.get("PLOTWATCH_BINARY"))
    parser.add_argument("--benchmarks")
    parser.add_argument("--install-peers", action="store_true")
    parser.add_argument("--no-write", action="store_true")
    options = parser.parse_args()
    if unknown := set(options.only) - set(TABLES):
        parser.error(f"unknown table: {', '.join(sorted(unknown))}; there are {', '.join(TABLES)}")
    if min(options.frames, options.captures, options.repetitions) < 1:
        parser.error("counts are at least 1")
    bench = Bench(options)
    bench.load = os.getloadavg()[0]
    try:
        bench.prepare()
        tables = {}
        for name in options.only:
            say(f"== {name}")
            tables[name] = getattr(bench, name)()
            print("\n".join(tables[name]) + "\n", flush=True)
        tables["machine"] = block(bench)
        print("\n".join(tables["machine"]))
        if not options.no_write:
            write(tables)
    except (Failure, subprocess.CalledProcessError, OSError) as failure:
        say(str(failure))
        return 1
    return 0


sys.exit(main())
