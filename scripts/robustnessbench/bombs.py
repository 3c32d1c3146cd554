"""Small files that ask for much: each must end in words, within bounds of time and memory."""
import dataclasses
import os
import shutil
import struct
import tempfile
import typing
import zlib

from . import village
from .measure import Measured

# Of the processor, and of memory above which a bomb counts as gone off; the release build needs a thirtieth of it, but a debug build and
# a slow machine must pass too.
MOST_SECONDS = 60
MOST_MEGABYTES = 500


@dataclasses.dataclass
class Bomb:
    name: str
    what: str
    # The exit statuses that are right.
    statuses: tuple
    # Below the archive.
    files: dict = dataclasses.field(default_factory=dict)
    site: str = ""
    # What else is done to the folder.
    prepare: typing.Callable = None
    # Instead of a run: the command, and a file for it.
    words: tuple = ()
    argument: bytes = b""


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


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def bits(text):
    text += "1" * (-len(text) % 8)
    packed = bytes(int(text[i:i + 8], 2) for i in range(0, len(text), 8))
    return packed.replace(b"\xff", b"\xff\0")


def many_scans(width, height, count, extra=b""):
    """A grey progressive JPEG without a fault, each coefficient refined bit by bit in a scan of its own, most of them a few bytes."""
    blocks = (width + 7) // 8 * ((height + 7) // 8)
    head = b"\xff\xd8" + extra + segment(0xDB, b"\0" + bytes([1] * 64)) + segment(
        0xC2, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    # One code of one bit each: "no difference", and "nothing more in 16384 blocks and as many as 14 bits say".
    head += segment(0xC4, b"\x00\x01" + bytes(15) + b"\x00") + segment(0xC4, b"\x10\x01" + bytes(15) + b"\xe0")

    def scan(low, high, former, bit, data):
        return segment(0xDA, b"\x01\x01\x00" + bytes([low, high, former << 4 | bit])) + data
    runs, left = "", blocks
    while left >= 16_384:
        run = min(left, 32_767)
        runs += "0" + format(run - 16_384, "014b")
        left -= run
    scans = [scan(0, 0, 0, 0, bits("0" * blocks))]
    for bit in range(13, -1, -1):
        scans += [scan(k, k, 0 if bit == 13 else bit + 1, bit, bits(runs)) for k in range(1, 64)]
    return head + b"".join(scans[:count]) + b"\xff\xd9"


def exif_bomb():
    """Directories that lead to each other and to themselves, with entries that say they are four thousand million numbers long."""
    entries = b"".join(struct.pack("<HHII", tag, 5, 0xFFFF_FFFF, 8) for tag in range(1, 5200))
    entries += struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x8825, 4, 1, 8)
    body = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 5201) + entries + struct.pack("<I", 8)
    return segment(0xE1, b"Exif\0\0" + body[:65_000])


def overlapping_zip(entries, size):
    """A directory that names one and the same body again and again."""
    body = bytes(size)
    head = struct.pack("<HHHIIIIHH", 20, 1 << 11, 0, 0x0021_0000, zlib.crc32(body), size, size, 1, 0)
    local = struct.pack("<I", 0x0403_4B50) + head + b"a" + body
    central = (struct.pack("<IH", 0x0201_4B50, 20) + head + bytes(10) + struct.pack("<I", 0) + b"a") * entries
    return local + central + struct.pack("<IIHHIIH", 0x0605_4B50, 0, entries, entries, len(central), len(local), 0)


def deflated_zip(megabytes):
    body = text_bomb(megabytes)[2:-4]
    size = megabytes << 20
    head = struct.pack("<HHHIIIIHH", 20, 1 << 11, 8, 0x0021_0000, 0, len(body), size, 1, 0)
    local = struct.pack("<I", 0x0403_4B50) + head + b"a" + body
    central = struct.pack("<IH", 0x0201_4B50, 20) + head + bytes(10) + struct.pack("<I", 0) + b"a"
    return local + central + struct.pack("<IIHHIIH", 0x0605_4B50, 0, 1, 1, len(central), len(local), 0)


def long_path(folder):
    """Folders within folders until no system call takes the path any more."""
    at = os.open(os.path.join(folder, "archive", "east"), os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=at)
        inner = os.open("d" * 250, os.O_RDONLY | os.O_DIRECTORY, dir_fd=at)
        os.close(at)
        at = inner
    os.close(at)


def bombs():
    good = village.Scene("east").picture(0)
    deep = "/".join(["d"] * 200)
    name = "east/a_2024_05_01_100000"
    east = '  - {id: east, files: "east/**/*.{png,jpg}"}\n'
    jpeg = village.site(cameras=east)
    yield Bomb("pixels", "a 10 900 × 10 900 PNG of 120 kB (118.8 Mpx, just allowed)", (0, 3), {name + ".png": flat_png(10_900, 10_900)})
    yield Bomb("more pixels", "a 30 000 × 30 000 PNG (900 Mpx)", (3,), {name + ".png": flat_png(30_000, 300).replace(
        struct.pack(">II", 30_000, 300), struct.pack(">II", 30_000, 30_000))})
    yield Bomb("scans", "a 4 000 × 4 000 JPEG of 100 scans, 35 kB (just allowed)", (0, 3), {
        name + ".jpg": many_scans(4000, 4000, 100)}, jpeg)
    yield Bomb("more scans", "the same with 883 scans, 59 kB", (3,), {name + ".jpg": many_scans(4000, 4000, 883)}, jpeg)
    yield Bomb("exif", "EXIF directories in a circle, 5 201 entries of 34 GB each", (0, 3), {
        name + ".jpg": many_scans(64, 64, 1, exif_bomb())}, jpeg)
    yield Bomb("chunks", "a PNG whose colour profile and text unpack to 1 GB each", (0, 3), {name + ".png": flat_png(
        160, 120, chunk(b"iCCP", b"p\0\0" + text_bomb(1000)) + chunk(b"zTXt", b"t\0\0" + text_bomb(1000)))})
    yield Bomb("chunk length", "a PNG of 67 bytes whose text says it has 2 GB", (3,), {name + ".png": flat_png(13, 9)[:33] + struct.pack(
        ">I", 0x7A54_5874) + b"zTXtIDAT" + bytes([1] * 22)})
    yield Bomb("many chunks", "a PNG with 400 000 empty chunks", (0, 3), {name + ".png": flat_png(
        160, 120, chunk(b"tEXt", b"a\0b") * 400_000)})
    yield Bomb("depth", "200 folders in one another", (0, 3), {
        f"east/{deep}/a_2024_05_01_100000.png": good, "east/b_2024_05_01_100000.png": good})
    yield Bomb("path", "20 folders of 250 characters in one another: a path that no system call takes", (0, 3), {
        "east/b_2024_05_01_100000.png": good}, prepare=long_path)
    yield Bomb("names", "255 bytes, digits only, 500 of them", (3,), {
        f"east/{str(n) * 300}"[:5 + 251] + ".png": b"" for n in range(500, 1000)})
    yield Bomb("aliases", "a site file of YAML aliases that stand for 10⁹ values", (2,), {}, "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{c}: &{c} [{','.join(['*' + p] * 9)}]\n" for p, c in zip("abcdefgh", "bcdefghi")))
    yield Bomb("nesting", "a site file of 100 000 brackets", (2,), {}, "site: " + "[" * 100_000)
    yield Bomb("faults", "a site file with 100 000 wrong plots", (2,), {}, village.site(
        rest="plots:\n" + "  - {id: ä, camera: x}\n" * 100_000))
    yield Bomb("globs", "a camera of `{a,b}` forty times over", (0, 2), {name + ".png": good}, village.site(
        cameras='  - {id: east, files: "' + "{a,b}" * 40 + '*.png"}\n'))
    yield Bomb("stars", "a camera of `*a*a*a…` on names of a", (0, 2), {f"east/{'a' * 240}{n}": b"x" for n in range(100)}, village.site(
        cameras='  - {id: east, files: "east/' + "*a" * 60 + 'b"}\n'))
    yield Bomb("zip", "`verify` of a ZIP whose 9 999 entries are the same megabyte", (1,), words=("verify",), argument=overlapping_zip(
        9_999, 1 << 20))
    yield Bomb("deflate", "`verify` of a ZIP of 1 MB that unpacks to 1 GB", (1,), words=("verify",), argument=deflated_zip(1000))


def rows(program, models):
    table, wrong = [], []
    for bomb in bombs():
        folder = tempfile.mkdtemp(prefix="plotwatch-bomb-")
        try:
            os.makedirs(os.path.join(folder, "archive"))
            village.build(folder, bomb.files, bomb.site or village.site())
            if bomb.prepare:
                bomb.prepare(folder)
            words = ["run", folder, "--jobs", "1", "--progress", "none"]
            if bomb.words:
                village.write(os.path.join(folder, "argument"), bomb.argument)
                words = [*bomb.words, os.path.join(folder, "argument")]
            found = Measured(program, models, words)
            if found.status not in bomb.statuses:
                wrong.append(f"{bomb.name}: status {found.status}: {found.out[:300]}")
            if found.processor > MOST_SECONDS or found.megabytes > MOST_MEGABYTES:
                wrong.append(f"{bomb.name}: {found.processor:.1f} s, {found.megabytes:.0f} MB")
            table.append([bomb.what, str(found.status), f"{found.processor:.1f} s", f"{found.megabytes:.0f} MB"])
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return table, wrong
