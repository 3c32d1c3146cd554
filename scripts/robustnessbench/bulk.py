"""Archives that are too much: bombs, a million files, ten years of a hundred cameras. What is measured is time and memory."""
import os
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import time
import zlib

from . import village


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def flat_png(width, height, extra=b""):
    """A picture of one colour: small as a file, large in memory."""
    pack = zlib.compressobj(9)
    row = bytes(1 + width)
    body = b"".join(pack.compress(row) for _ in range(height)) + pack.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def text_bomb(megabytes):
    pack = zlib.compressobj(9)
    block = bytes(1 << 20)
    return b"".join(pack.compress(block) for _ in range(megabytes)) + pack.flush()


def site(**replaced):
    text = village.SITE.split("cameras:")[0] + "cameras:\n" + replaced.get(
        "cameras", '  - {id: east, files: "east/**/*.png"}\n') + replaced.get("rest", "")
    return text


class Measured:
    def __init__(self, program, models, words):
        environment = dict(os.environ, PLOTWATCH_MODELS=models, SWIFT_BACKTRACE="enable=no")
        with tempfile.TemporaryFile() as out:
            began = time.monotonic()
            process = subprocess.Popen([program, *words], env=environment, stdout=out, stderr=subprocess.STDOUT)
            _, status, usage = os.wait4(process.pid, 0)
            self.wall = time.monotonic() - began
            out.seek(0)
            self.out = out.read().decode(errors="replace")
        self.status = os.waitstatus_to_exitcode(status)
        process.returncode = self.status
        self.processor = usage.ru_utime + usage.ru_stime
        self.megabytes = usage.ru_maxrss / 1024


# (name, what, files below the archive, site file or None for the plain one, statuses that are right)
def bombs():
    good = village.Scene("east").picture(0)
    deep = "/".join(["d"] * 200)
    yield "pixels", "a 10 900 × 10 900 PNG of 120 kB (118.8 Mpx, just allowed)", {"east/a_2024_05_01_100000.png": flat_png(10_900, 10_900)}, None, (0, 3)
    yield "more pixels", "a 30 000 × 30 000 PNG (900 Mpx)", {"east/a_2024_05_01_100000.png": flat_png(30_000, 300).replace(
        struct.pack(">II", 30_000, 300), struct.pack(">II", 30_000, 30_000))}, None, (3,)
    yield "chunks", "a PNG whose colour profile and text unpack to 1 GB each", {"east/a_2024_05_01_100000.png": flat_png(
        160, 120, chunk(b"iCCP", b"p\0\0" + text_bomb(1000)) + chunk(b"zTXt", b"t\0\0" + text_bomb(1000)))}, None, (0, 3)
    yield "many chunks", "a PNG with 400 000 empty chunks", {"east/a_2024_05_01_100000.png": flat_png(
        160, 120, chunk(b"tEXt", b"a\0b") * 400_000)}, None, (0, 3)
    yield "depth", "200 folders in one another", {f"east/{deep}/a_2024_05_01_100000.png": good, "east/b_2024_05_01_100000.png": good}, None, (0, 3)
    yield "names", "255 bytes, digits only, 500 of them", {
        f"east/{str(n) * 300}"[:5 + 251] + ".png": b"" for n in range(500, 1000)}, None, (3,)
    yield "aliases", "a site file of YAML aliases that stand for 10⁹ values", {}, "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi")), (2,)
    yield "nesting", "a site file of 100 000 brackets", {}, "site: " + "[" * 100_000, (2,)
    yield "faults", "a site file with 100 000 wrong plots", {}, site(rest="plots:\n" + "  - {id: ä, camera: x}\n" * 100_000), (2,)
    yield "globs", "a camera of `{a,b}` forty times over", {"east/a_2024_05_01_100000.png": good}, site(
        cameras='  - {id: east, files: "' + "{a,b}" * 40 + '*.png"}\n'), (0, 2)
    yield "stars", "a camera of `*a*a*a…` on names of a", {f"east/{'a' * 240}{n}": b"x" for n in range(100)}, site(
        cameras='  - {id: east, files: "east/' + "*a" * 60 + 'b"}\n'), (0, 2)


def bomb_rows(program, models):
    rows, wrong = [], []
    for name, what, files, text, statuses in bombs():
        folder = tempfile.mkdtemp(prefix="plotwatch-bomb-")
        try:
            os.makedirs(os.path.join(folder, "archive"))
            village.build(folder, files, text or site())
            found = Measured(program, models, ["run", folder, "--jobs", "1", "--progress", "none"])
            if found.status not in statuses:
                wrong.append(f"{name}: status {found.status}: {found.out[:300]}")
            rows.append([what, str(found.status), f"{found.processor:.1f} s", f"{found.megabytes:.0f} MB"])
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return rows, wrong


def known(store, captures):
    """Rows as a run would have left them, of pictures that nobody has the time to measure."""
    db = sqlite3.connect(store)
    db.executemany(
        "INSERT OR IGNORE INTO capture (camera, path, at, timeSource, sizeInBytes, sha256, width, height, quality, measures)"
        " VALUES (?, ?, ?, 'name', 99, 'ab', 160, 120, 'ok', '{}')", captures)
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


def many_rows(program, models, files, cameras, years):
    """(what, listing and second run of it)."""
    body = village.png([bytes(3 * 16)] * 16)
    rows, wrong = [], []

    def measure(what, folder, text, captures):
        village.write(os.path.join(folder, "site.yaml"), text.encode())
        # The tables, without a single picture.
        first = Measured(program, models, ["run", folder, "--until", "2000-01-01", "--progress", "none"])
        known(os.path.join(folder, "plotwatch.sqlite"), captures)
        second = Measured(program, models, ["run", folder, "--json", "--progress", "none"])
        if second.status != 0 or '"capturesNew":0' not in second.out:
            wrong.append(f"{what}: status {second.status}: {second.out[-300:]}")
        rows.append([what, "listing, nothing stored", f"{first.processor:.1f} s", f"{first.wall:.1f} s", f"{first.megabytes:.0f} MB"])
        rows.append([what, "second run", f"{second.processor:.1f} s", f"{second.wall:.1f} s", f"{second.megabytes:.0f} MB"])

    folder = tempfile.mkdtemp(prefix="plotwatch-many-")
    try:
        def stamp(n):
            return time.strftime("%Y_%m_%d_%H%M%S", time.gmtime(1_400_000_000 + 300 * n))
        names = [f"east_{stamp(n)}.png" for n in range(files)]
        links(os.path.join(folder, "archive", "east"), names, body)
        measure(f"{files:,} files in one folder", folder, site(), (
            ("east", f"east/{name}", 1_400_000_000 - 28_800 + 300 * n) for n, name in enumerate(names)))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    folder = tempfile.mkdtemp(prefix="plotwatch-many-")
    try:
        days = [time.gmtime(1_400_000_000 + 86_400 * d) for d in range(365 * years)]
        paths = [(f"cam{c:03}", f"cam{c:03}/" + time.strftime(f"%Y/%m/cam{c:03}_%Y_%m_%d_120000.png", day))
                 for c in range(cameras) for day in days]
        links(os.path.join(folder, "archive"), [path for _, path in paths], body)
        text = site(cameras="".join(f'  - {{id: cam{c:03}, files: "cam{c:03}/**/*.png"}}\n' for c in range(cameras)))
        measure(f"{cameras} cameras, {years} years, one picture a day ({len(paths):,})", folder, text, (
            (camera, path, 1_400_000_000) for camera, path in paths))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return rows, wrong
