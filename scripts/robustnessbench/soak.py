"""Months of nights: pictures arrive, half arrive, fail and are copied twice; now and then the run is killed."""
import calendar
import os
import random
import sqlite3
import time

from . import contents, trials, village

BEGIN = calendar.timegm((2024, 4, 30, 16, 0, 0))  # midnight of 1 May in Shanghai
DAY = 86_400


def stamp(day, hour):
    return time.strftime("%Y_%m_%d_", time.gmtime(BEGIN + 28_800 + day * DAY)) + f"{hour:02}0000"


def nights(bench, count, seed):
    """(what was done, faults in words) after `count` nights by a clock of their own."""
    chance = random.Random(seed)
    scene = village.Scene("east")
    site = trials.Village(bench, files={})
    os.makedirs(os.path.join(site.archive, "east"))
    village.write(os.path.join(site.folder, "site.yaml"), village.SITE.replace(
        '  - {id: west, files: "west/**/*.png"}\n', "").replace(
        "  - {id: p2, camera: west, kind: field, crop: tomato, household: h01, polygon: [10,60, 150,60, 150,110, 10,110]}\n", "").encode())
    faults, waiting = [], {}
    did = {"pictures": 0, "half": 0, "empty or garbage": 0, "copied twice": 0, "killed": 0}
    kinds = {}
    for day in range(count):
        now = BEGIN + day * DAY + 20 * 3600
        for path, body in waiting.items():
            village.write(path, body, now - 3600)
        waiting = {}
        for hour in (10, 15):
            path = os.path.join(site.archive, "east", f"east_{stamp(day, hour)}.png")
            body = scene.picture(2 * day + hour, (60, 40, 40, 30) if day >= count // 2 else None)
            drawn = chance.random()
            did["pictures"] += 1
            if drawn < 0.05 and day + 1 < count:
                did["half"] += 1
                waiting[path] = body
                village.write(path, body[:len(body) // 2], now - 60)
                kinds[path] = "ok"
            elif drawn < 0.1:
                did["empty or garbage"] += 1
                village.write(path, chance.choice([b"", b"<html>404</html>", bytes(3000)]), now - 7 * 3600)
                kinds[path] = "corrupt"
            else:
                village.write(path, body, now - 7 * 3600)
                kinds[path] = "ok"
                if drawn > 0.97:
                    did["copied twice"] += 1
                    twin = path.replace("0000.png", "0100.png")
                    village.write(twin, body, now - 7 * 3600)
                    kinds[twin] = "frozen"
        offset = now - int(time.time())
        if chance.random() < 0.05:
            did["killed"] += 1
            site.run(clock=offset, kill_at=chance.randint(1, 400))
        status, err = site.run(clock=offset)
        if status not in (0, 3):
            faults.append(f"night {day}: status {status}: {err[-200:]}")
    found = dict(sqlite3.connect(site.store).execute("SELECT path, quality FROM capture").fetchall())
    contents.dump(site.store)
    expected = {os.path.relpath(path, site.archive): kind for path, kind in kinds.items()}
    for path in sorted(set(found) | set(expected)):
        kind, other = expected.get(path), found.get(path)
        # Which of two equal pictures is the copy, is said of the second or of both.
        if kind != other and not (kind in ("ok", "frozen") and other in ("ok", "frozen", "duplicate")):
            faults.append(f"{path}: {other}, not {kind}")
    flags = sqlite3.connect(site.store).execute("SELECT count(*) FROM flag").fetchone()[0]
    if flags != 1:
        faults.append(f"{flags} flags, not the one building")
    site.remove()
    return did, faults
