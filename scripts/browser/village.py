"""A small village with a store, and ten thousand flags put into it."""

import json
import shutil
import sqlite3
import struct
import subprocess
import zlib
from pathlib import Path

SITE = """# kept: the first line
site: browser
name: 测试村
language: zh
timezone: Asia/Shanghai
archive: archive
cameras:
  - id: cam
    name: 街口
    files: "**/*.jpg"
    ground: [{pixel: [100,400], metres: [0,20]}, {pixel: [1100,300], metres: [25,26]}, {pixel: [1100,600], metres: [14,6]}, {pixel: [100,650], metres: [0,5]}]
plots:
  - {id: b1, camera: cam, kind: building, household: h01, polygon: [700,300, 1100,300, 1100,600, 700,600]}  # kept
  - {id: y1, camera: cam, kind: yard, polygon: [100,400, 400,400, 400,650, 100,650]}
households:
  - {id: h01, name: 冉家}
"""
FLAGS = 10_000
PICTURED = 140
WIDTH, HEIGHT = 1280, 720


def mask_png(box):
    """8-bit grey, 255 in the box."""
    x, y, w, h = box
    rows = b""
    for row in range(HEIGHT):
        inside = y <= row < y + h
        rows += b"\0" + (b"\0" * x + b"\xff" * w + b"\0" * (WIDTH - x - w) if inside else b"\0" * WIDTH)

    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def flag(number, start):
    x, y = 200 + number * 37 % 700, 150 + number * 53 % 350
    box = [x, y, 160, 110]
    seen = start + number * 60
    # Dates as the store holds them: seconds since 2001-01-01 UTC.
    moment = seen - 978_307_200
    return {
        "id": f"cam-{number}", "plot": "b1", "neighbours": [], "camera": "cam", "household": "h01",
        "kind": "construction", "stage": "walls", "status": "unauthorized", "firstSeen": moment,
        "lastSeen": moment + 86_400, "confirmedAt": moment + 3600, "box": box,
        "polygon": [[x, y], [x + 160, y], [x + 160, y + 110], [x, y + 110]], "areaInPixels": 17_600,
        "confidence": 0.5 + number % 50 / 100, "evidence": {"before": "b", "after": "a", "mask": "m"},
        "explanation": {"zh": f"第{number}条：像是有墙体", "en": f"no. {number}: looks like walls"},
        "stages": [{"stage": "walls", "at": moment}],
    }, seen, box


def build(folder, program, pictures):
    folder = Path(folder)
    archive = folder / "archive"
    archive.mkdir()
    chosen = sorted(Path(pictures).rglob("*.jpg"))[:6]
    for picture in chosen:
        shutil.copy(picture, archive / picture.name)
    (folder / "site.yaml").write_text(SITE, encoding="utf-8")
    subprocess.run([program, "run", str(folder)], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    store = sqlite3.connect(folder / "plotwatch.sqlite")
    times = [row[0] for row in store.execute("SELECT at FROM capture WHERE quality = 'ok' ORDER BY at")]
    assert times, "no picture of the test set could be used"
    start = times[0]
    store.execute("DELETE FROM flag")
    before, after = chosen[0].read_bytes(), chosen[-1].read_bytes()
    for number in range(1, FLAGS + 1):
        body, seen, box = flag(number, start)
        store.execute(
            "INSERT INTO flag (id, plot, firstSeen, body) VALUES (?, ?, ?, ?)",
            (body["id"], body["plot"], seen, json.dumps(body)))
        if number > FLAGS - PICTURED:
            for part, data in (("before", before), ("after", after), ("mask", mask_png(box))):
                store.execute(
                    "INSERT OR REPLACE INTO picture (camera, name, bytes) VALUES ('cam', ?, ?)",
                    (f"evidence/{number}/{part}", data))
    store.commit()
    store.close()
    return folder


def standing(folder, flag_id):
    """The verdict that stands on a flag, with its detail, read past the server."""
    store = sqlite3.connect(Path(folder) / "plotwatch.sqlite")
    row = store.execute(
        "SELECT journal.body, journal.by FROM standingDecision AS s JOIN journal ON journal.number = s.id "
        "WHERE s.flag = ?", (flag_id,)).fetchone()
    store.close()
    if row is None:
        return None
    body = json.loads(row[0])
    return body["verdict"], body.get("reason") or body.get("permit"), row[1]


def case(folder, number):
    """Stage and grid member of a case, read past the server."""
    store = sqlite3.connect(Path(folder) / "plotwatch.sqlite")
    stage, member = "found", None
    for (body,) in store.execute("SELECT body FROM journal WHERE kind = 'case' AND subject = ? ORDER BY number", (number,)):
        event = json.loads(body)
        stage, member = event.get("stage") or stage, event.get("assignee") or member
    store.close()
    return stage, member
