"""Builds the fuzz targets of Sources/Fuzzing with libFuzzer and the address sanitizer, and runs each for a while."""
import concurrent.futures
import dataclasses
import glob
import os
import platform
import re
import shutil
import subprocess

# What one input may take; an honest one takes a thousandth of both.
MOST_SECONDS = 10
MOST_MEGABYTES = 2048

READS = {
    "jpeg": "JPEG, whole and half, grey, colour, planes, a part against the whole",
    "eighth": "JPEG at an eighth and a quarter (only the first coefficients)",
    "png": "PNG, whole and a quarter, a part against the whole",
    "tiff": "TIFF, the same",
    "exif": "EXIF in a good JPEG",
    "names": "name patterns, path patterns, times in names, sidecars",
    "site": "site file (YAML)",
    "crops": "crop files, alone and as an extension",
    "models": "parameter files, weights of the plant model",
    "phenocam": "PhenoCam: statistics, summaries, lists of regions, and what is made of them",
    "weather": "weather CSV",
    "zip": "ZIP and evidence, as `verify` reads it",
    "rules": "holidays, deadlines, points, grades (YAML)",
    "replies": "what vendors' robots answer (JSON)",
}


# How many inputs a short run tries of each target: as many as a small machine tries in about a minute. Not the same ones in
# every run: libFuzzer also learns from addresses that the program compares.
SHORT_INPUTS = {
    "jpeg": 250_000, "eighth": 300_000, "png": 900_000, "tiff": 350_000, "exif": 1_000_000, "names": 100_000, "site": 75_000,
    "crops": 90_000, "models": 170_000, "phenocam": 14_000, "weather": 450_000, "zip": 1_500_000, "rules": 80_000,
    "replies": 3_500_000,
}


@dataclasses.dataclass
class Outcome:
    target: str
    seconds: int = 0
    inputs: int = 0
    edges: int = 0
    # What broke it, in libFuzzer's words, and where the input lies.
    fault: str = ""


def runtime():
    """libFuzzer without a main function, as the compiler in use brings it."""
    swift = os.path.realpath(shutil.which("swift"))
    clang = os.path.join(os.path.dirname(swift), "clang")
    folder = subprocess.run([clang, "-print-resource-dir"], capture_output=True, text=True, check=True).stdout.strip()
    name = f"libclang_rt.fuzzer_no_main-{platform.machine()}.a"
    found = glob.glob(os.path.join(folder, "**", name), recursive=True)
    if not found:
        raise SystemExit(f"{name} is not in {folder}: this toolchain has no libFuzzer")
    return found[0]


def build(root, scratch):
    """The path of the program; optimised, as it is run a million times."""
    words = ["swift", "build", "-c", "release", "--package-path", os.path.join(root, "Sources", "Fuzzing"), "--scratch-path",
             scratch]
    # Instrumented, but linked by hand: the driver would add a main function of its own.
    flags = ["--sanitize", "address", "-Xswiftc", "-Xfrontend", "-Xswiftc", "-sanitize=fuzzer", "-Xcc", "-fsanitize=fuzzer-no-link",
             "-Xlinker", runtime(), "-Xlinker", "-lstdc++"]
    done = subprocess.run(words + flags, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit("\n".join((done.stdout + done.stderr).splitlines()[-40:]))
    return os.path.join(scratch, "release", "fuzz")


def one(program, name, longest, seeds, corpus, findings, seconds, seed, inputs):
    os.makedirs(corpus, exist_ok=True)
    os.makedirs(findings, exist_ok=True)
    words = [
        program, name, f"-max_total_time={seconds}", f"-max_len={longest}", f"-timeout={MOST_SECONDS}",
        f"-rss_limit_mb={MOST_MEGABYTES}", f"-artifact_prefix={findings}/{name}-", f"-seed={seed}",
        "-print_final_stats=1", "-detect_leaks=0", f"-runs={inputs}"]
    # An empty dictionary is an error.
    if os.path.getsize(seeds + ".dict") > 0:
        words.append(f"-dict={seeds}.dict")
    words += [corpus, seeds]
    environment = dict(os.environ, SWIFT_BACKTRACE="enable=no", SWIFT_DETERMINISTIC_HASHING="1", LC_ALL="C.UTF-8")
    done = subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace")
    outcome = Outcome(name)
    told = done.stderr
    edges = re.findall(r"cov: (\d+)", told)
    outcome.edges = int(edges[-1]) if edges else 0
    inputs = re.search(r"stat::number_of_executed_units: (\d+)", told)
    outcome.inputs = int(inputs.group(1)) if inputs else 0
    took = re.search(r"Done \d+ runs in (\d+) second", told)
    outcome.seconds = int(took.group(1)) if took else 0
    if done.returncode != 0:
        lines = [line for line in told.splitlines() if re.search(r"ERROR|Fatal|SUMMARY|Test unit|error:", line)]
        outcome.fault = f"status {done.returncode}: " + " | ".join(lines)[:600]
    return outcome


def fuzz(root, seconds, only, seed, crowd, program=None, short=False):
    """Outcomes in the order of the targets, of which `crowd` run at a time."""
    scratch = os.path.join(root, ".build-fuzz")
    program = program or build(root, scratch)
    seeds, corpus = os.path.join(scratch, "seeds"), os.path.join(scratch, "corpus")
    shutil.rmtree(seeds, ignore_errors=True)
    told = subprocess.run([program, "seeds", seeds], check=True, capture_output=True, text=True).stdout
    targets = [line.split() for line in told.splitlines()]
    unknown = set(only or []) - {name for name, _ in targets}
    if unknown:
        raise SystemExit(f"no such target: {', '.join(sorted(unknown))}")
    with concurrent.futures.ThreadPoolExecutor(max_workers=crowd) as pool:
        work = [
            pool.submit(
                one, program, name, longest, os.path.join(seeds, name), os.path.join(corpus, name),
                os.path.join(scratch, "findings"), seconds, seed, SHORT_INPUTS.get(name, -1) if short else -1)
            for name, longest in targets if not only or name in only]
        return [done.result() for done in work]
