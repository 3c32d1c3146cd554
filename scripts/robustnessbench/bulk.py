"""A million files, ten years of a hundred cameras: what listing them and a run that finds nothing new cost."""
import os
import shutil
import sqlite3
import tempfile
import time

from . import village
from .measure import Measured

BEGIN = 1_400_000_000
QUANTITIES = '{"gcc":{"value":{"_0":0.37}},"rcc":{"value":{"_0":0.39}},"vegetationCover":{"value":{"_0":0.5}}}'
# Of the processor for each file, and of memory, above which a run counts as not bounded; see docs/robustness.md for what is needed.
MOST_MICROSECONDS = 400
MOST_MEGABYTES = {"files": 200, "cameras": 300}


def known(store, captures, plot):
    """Rows as a run would have left them, of pictures that nobody has the time to measure; each with a reading of `plot`."""
    db = sqlite3.connect(store)
    db.executemany(
        "INSERT OR IGNORE INTO capture (camera, path, at, timeSource, sizeInBytes, sha256, width, height, quality, measures)"
        " VALUES (?, ?, ?, 'name', 99, 'ab', 160, 120, 'ok', '{}')", captures)
    db.execute(
        "INSERT OR IGNORE INTO reading (capture, plot, at, statistics, quantities)"
        f" SELECT id, {plot}, at, NULL, ? FROM capture WHERE at IS NOT NULL", (QUANTITIES,))
    db.commit()
    db.close()


def links(folder, names, body):
    """Many names of few files, as a file may not have more than some 65 000."""
    os.makedirs(folder, exist_ok=True)
    for number, name in enumerate(names):
        path = os.path.join(folder, name)
        if number % 30_000 == 0:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            village.write(path, body)
            source = path
        else:
            try:
                os.link(source, path)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                os.link(source, path)


class Bulk:
    def __init__(self, program, models):
        self.program, self.models = program, models
        self.rows, self.wrong = [], []

    def measure(self, kind, what, folder, text, captures, plot):
        village.write(os.path.join(folder, "site.yaml"), text.encode())
        # The tables, without a single picture.
        first = Measured(self.program, self.models, ["run", folder, "--until", "2000-01-01", "--progress", "none"])
        known(os.path.join(folder, "plotwatch.sqlite"), captures, plot)
        second = Measured(self.program, self.models, ["run", folder, "--json", "--progress", "none"])
        if second.status != 0 or '"capturesNew":0' not in second.out:
            self.wrong.append(f"{what}: status {second.status}: {second.out[-300:]}")
        for step, found in (("listing, nothing stored", first), ("second run, nothing new", second)):
            self.rows.append(
                [what, step, f"{found.processor:.1f} s", f"{found.wall:.1f} s", f"{found.megabytes:.0f} MB"])
            most = 5 + MOST_MICROSECONDS * len(captures) / 1e6
            if found.processor > most or found.megabytes > MOST_MEGABYTES[kind]:
                self.wrong.append(f"{what}, {step}: {found.processor:.1f} s of {most:.0f}, {found.megabytes:.0f} MB")

    def one_folder(self, files):
        def stamp(n):
            return time.strftime("%Y_%m_%d_%H%M%S", time.gmtime(BEGIN + 300 * n))
        folder = tempfile.mkdtemp(prefix="plotwatch-many-")
        try:
            names = [f"east_{stamp(n)}.png" for n in range(files)]
            links(os.path.join(folder, "archive", "east"), names, village.png([bytes(3 * 16)] * 16))
            self.measure("files", f"{files:,} files in one folder", folder, village.site(rest=(
                "plots:\n  - {id: p, camera: east, kind: field, crop: rice, polygon: [0,0, 15,0, 15,15]}\n")), [
                    ("east", f"east/{name}", BEGIN - 28_800 + 300 * n) for n, name in enumerate(names)], "'p'")
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def many_cameras(self, cameras, years):
        folder = tempfile.mkdtemp(prefix="plotwatch-many-")
        try:
            found = []
            for camera in (f"cam{c:03}" for c in range(cameras)):
                for day in range(365 * years):
                    at = BEGIN + 86_400 * day
                    name = time.strftime(f"{camera}/%Y/%m/{camera}_%Y_%m_%d_120000.png", time.gmtime(at))
                    found.append((camera, name, at - at % 86_400 + 4 * 3600))
            links(os.path.join(folder, "archive"), [path for _, path, _ in found], village.png([bytes(3 * 16)] * 16))
            text = village.site(
                "".join(f'  - {{id: cam{c:03}, files: "cam{c:03}/**/*.png"}}\n' for c in range(cameras)),
                "plots:\n" + "".join(
                    f"  - {{id: p-cam{c:03}, camera: cam{c:03}, kind: field, crop: rice, polygon: [0,0, 15,0, 15,15]}}\n"
                    for c in range(cameras)))
            self.measure(
                "cameras", f"{cameras} cameras, {years} years, one picture a day ({len(found):,})", folder, text, found,
                "'p-' || camera")
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def rows(program, models, files, cameras, years):
    bulk = Bulk(program, models)
    bulk.one_folder(files)
    bulk.many_cameras(cameras, years)
    return bulk.rows, bulk.wrong
