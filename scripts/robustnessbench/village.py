"""A tiny village to break: a site file and an archive of pictures, made without any library."""
import array
import os
import random
import struct
import zlib

WIDTH, HEIGHT = 160, 120
# Long ago, so that nothing passes for an upload in progress.
WRITTEN = 1_717_000_000

SITE = """\
site: trial
name: 试验村
language: en
timezone: Asia/Shanghai
location: {latitude: 28.84, longitude: 108.77, elevation: 520}
archive: archive
store: plotwatch.sqlite
cameras:
  - {id: east, files: "east/**/*.png"}
  - {id: west, files: "west/**/*.png"}
plots:
  - {id: p1, camera: east, kind: orchard, crop: citrus, household: h01, polygon: [5,5, 75,5, 75,35, 5,35]}
  - {id: b1, camera: east, kind: building, household: h02, polygon: [40,36, 140,36, 140,116, 40,116]}
  - {id: p2, camera: west, kind: field, crop: tomato, household: h01, polygon: [10,60, 150,60, 150,110, 10,110]}
households:
  - {id: h01, name: 冉家}
"""

# The same with the reference pictures named that a run would choose by itself.
SITE_WITH_REFERENCES = SITE.replace(
    "{id: east,", "{id: east, reference: east/2024/05/east_2024_05_01_100000.png,").replace(
    "{id: west,", "{id: west, reference: west/2024/05/west_2024_05_01_100000.png,")


def site(cameras='  - {id: east, files: "east/**/*.png"}\n', rest=""):
    """A site file with other cameras, and what follows them."""
    return SITE.split("cameras:")[0] + "cameras:\n" + cameras + rest


def png(rows):
    """Rows of RGB bytes as a PNG file."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    raw = b"".join(b"\0" + bytes(row) for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw, 1)) + chunk(b"IEND", b"")


class Scene:
    """Textured ground that never changes; what stands on it, the light and the sensor's noise do."""

    def __init__(self, seed):
        chance = random.Random(seed)
        octaves = [(13, 0.45), (5, 0.35), (2, 0.2)]
        grids = [[[chance.random() for _ in range(WIDTH // p + 3)] for _ in range(HEIGHT // p + 3)] for p, _ in octaves]
        plants = [[chance.random() for _ in range(WIDTH // 29 + 3)] for _ in range(HEIGHT // 29 + 3)]
        self.ground = []
        for y in range(HEIGHT):
            for x in range(WIDTH):
                level = sum(w * self._level(grids[k], x, y, p) for k, (p, w) in enumerate(octaves))
                colour = (70, 120, 45) if self._level(plants, x, y, 29) > 0.58 else (165, 135, 100)
                self.ground.append(tuple(c * (0.4 + level) for c in colour))

    @staticmethod
    def _level(grid, x, y, period):
        i, j, u, v = x // period, y // period, x % period / period, y % period / period
        top = grid[j][i] * (1 - u) + grid[j][i + 1] * u
        bottom = grid[j + 1][i] * (1 - u) + grid[j + 1][i + 1] * u
        return top * (1 - v) + bottom * v

    def picture(self, number, roof=None):
        """The capture of this number, as a PNG file; `roof` is (x, y, width, height)."""
        exposure = [1, 0.9, 1.05, 0.85][number % 4]
        noise = random.Random(number).randbytes(3 * WIDTH * HEIGHT)
        rows, i = [], 0
        for y in range(HEIGHT):
            row = array.array("B")
            for x in range(WIDTH):
                colour = self.ground[y * WIDTH + x]
                if roof and roof[0] <= x < roof[0] + roof[2] and roof[1] <= y < roof[1] + roof[3]:
                    colour = (60, 90, 190) if (x - roof[0]) % 6 else (40, 60, 120)
                for c in colour:
                    row.append(min(255, max(0, int(c * exposure) + noise[i] % 5 - 2)))
                    i += 1
            rows.append(row.tobytes())
        return png(rows)


def name(camera, number):
    """Two pictures a day from 1 May 2024 on."""
    day = number // 2
    return f"{camera}/2024/{5 + day // 28:02}/{camera}_2024_{5 + day // 28:02}_{1 + day % 28:02}_{10 if number % 2 == 0 else 15}0000.png"


def pictures(east=28, west=8):
    """Path below the archive → bytes. A roof stands in the east from the seventh day on."""
    found = {}
    for camera, count in (("east", east), ("west", west)):
        scene = Scene(camera)
        for number in range(count):
            roof = (60, 40, 40, 30) if camera == "east" and number >= 12 else None
            found[name(camera, number)] = scene.picture(number, roof)
    return found


def write(path, body, modified=WRITTEN):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(body)
    os.utime(path, (modified, modified))


def build(folder, files, site=SITE):
    for path, body in files.items():
        write(os.path.join(folder, "archive", path), body)
    write(os.path.join(folder, "site.yaml"), site.encode())
