"""Site files, the program that is run on them, and what it says."""

import csv
import datetime
import json
import os
import shutil
import subprocess
import time
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
TEST = ROOT / "testimages"
program = os.environ.get("PLOTWATCH_BINARY", "")
data = Path(os.environ["PLOTWATCH_DATA"]) if os.environ.get("PLOTWATCH_DATA") else None


def call(*arguments, accept=(0, 3)):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in accept:
        raise RuntimeError(f"plotwatch {arguments[0]}: status {done.returncode}: {last_words(done)}")
    return done.stdout


def last_words(done):
    said = [line for line in (done.stderr.strip() or done.stdout.strip()).splitlines() if line and "--help" not in line]
    return next((line for line in said if line.startswith("Error")), said[-1] if said else "no words")


class Village:
    """A site that was run: what the program says of it."""

    def __init__(self, folder):
        self.folder = Path(folder)
        began = time.monotonic()
        call("run", self.folder, "--progress", "none")
        call("report", self.folder, "--out", self.folder / "report")
        self.seconds = time.monotonic() - began
        self.captures = {c["capture"]: c for c in self.read("captures")}
        self.readings = self.read("readings")
        self.flags = self.read("flags")
        self.advice = self.read("advice")

    def all_flags(self):
        """Also those that lists leave out: withdrawn ones."""
        return json.loads(call("flags", self.folder, "--all", "--json"))["flags"]

    def read(self, kind):
        return json.loads((self.folder / "report" / f"{kind}.json").read_text(encoding="utf-8"))[kind]


class Site:
    """A site file in the making, its archive filled with pictures under new names and times."""

    def __init__(self, folder, name, offset="+08:00", place=(28.84, 108.77, 520)):
        self.folder, self.archive = Path(folder), Path(folder) / "archive"
        self.archive.mkdir(parents=True)
        latitude, longitude, elevation = place
        self.head = [
            f"site: {name}",
            f"name: {name}",
            "language: en",
            f'timezone: "{offset}"',
            f"location: {{latitude: {latitude}, longitude: {longitude}, elevation: {elevation}}}",
            "archive: archive",
            "store: plotwatch.sqlite",
        ]
        self.cameras, self.plots = ["cameras:"], ["plots:"]

    def camera(self, name, pictures, times=None, settings=()):
        """Copies `pictures` below the camera's folder; with `times` under a name that states each."""
        folder = self.archive / name
        folder.mkdir()
        taken = []
        for index, picture in enumerate(pictures):
            stem = picture.name if times is None else f"{name}_{times[index]:%Y_%m_%d_%H%M%S}{picture.suffix}"
            shutil.copyfile(picture, folder / stem)
            age_file(folder / stem)
            taken.append(f"{name}/{stem}")
        self.cameras += [f"  - id: {name}", f"    name: {name}", f'    files: "{name}/*"', "    timestamp: auto"]
        self.cameras += [f"    {line}" for line in settings]
        return taken

    def plot(self, name, camera, kind, shape, crop=None):
        self.plots += [f"  - id: {name}", f"    camera: {camera}", f"    kind: {kind}", f"    {shape}"]
        if crop:
            self.plots.append(f"    crop: {crop}")

    def halves(self, camera, picture, kind="building"):
        """Two plots that cover the picture."""
        width, height = Image.open(picture).size
        middle = width // 2
        for side, (left, right) in {"left": (0, middle), "right": (middle, width)}.items():
            self.plot(
                f"{camera}-{side}", camera, kind, f"polygon: [{left},0, {right},0, {right},{height}, {left},{height}]"
            )

    def grid(self, camera, picture, columns, rows, kind="building"):
        """So many plots of one size that cover the picture."""
        width, height = Image.open(picture).size
        for row in range(rows):
            top, bottom = height * row // rows, height * (row + 1) // rows
            for column in range(columns):
                left, right = width * column // columns, width * (column + 1) // columns
                shape = f"polygon: [{left},{top}, {right},{top}, {right},{bottom}, {left},{bottom}]"
                self.plot(f"{camera}-{row}{column}", camera, kind, shape)

    def write(self):
        text = "\n".join(self.head + self.cameras + self.plots) + "\n"
        (self.folder / "site.yaml").write_text(text, encoding="utf-8")

    def run(self):
        self.write()
        return Village(self.folder)


def age_file(path):
    """An hour old: a fresh file that is cut short would be taken for an upload under way."""
    moment = time.time() - 3600
    os.utime(path, (moment, moment))


def table_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def short(path):
    return Path(path).name


def day(text):
    return datetime.date.fromisoformat(text[:10])
