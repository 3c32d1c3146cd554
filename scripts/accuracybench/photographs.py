"""Real pictures: scene health, colour, cover, and flags where nothing is built."""

import collections
import csv
import statistics

from .archives import BLURRED, CADENCES, GRIDS, HAND, VIDEOS, Duke, Grids, Published, Seedlings, Videos
from .ledger import fixed, rows, signed
from .sites import call, data, day, short, table_of

SHOWN = 12  # flags told one by one


def health_real(ledger, work):
    village = Duke.get(work)
    judged = {short(name): c["quality"] for name, c in village.captures.items() if c["camera"] == "forest"}
    marked = [name for name in Duke.dense_fog if judged.get(name) not in ("ok", None)]
    counts = collections.Counter(q for n, q in judged.items() if n not in Duke.dense_fog)
    body = [
        (
            "dukehw, dense fog (1 March with snow on the ground, 1 December)",
            2,
            len(marked),
            ", ".join(f"{n[12:17].replace('_', '-')}: {judged.get(n, 'not read')}" for n in sorted(Duke.dense_fog)),
        ),
        (
            "dukehw, other pictures (light mist on 1 November among them)",
            sum(counts.values()),
            counts["ok"],
            "; ".join(
                f"{n[12:17].replace('_', '-')}: {q}"
                for n, q in sorted(judged.items())
                if q != "ok" and n not in Duke.dense_fog
            )
            or "all ok",
        ),
    ]
    infrared = next(c["quality"] for c in Published.get(work).captures.values() if c["camera"] == "alligatorriver")
    body.append(("alligatorriver, infrared", 1, int(infrared == "infrared"), infrared))
    phone = {c["camera"].upper(): c["quality"] for c in Seedlings.get(work).captures.values()}
    body.append(
        (
            "seedlings, sharp phone pictures",
            len(phone),
            list(phone.values()).count("ok"),
            ", ".join(f"{v} × {q}" for q, v in collections.Counter(phone.values()).most_common()),
        )
    )
    village, found, total = Videos.get(work), 0, 0
    sound = {"dukehw": (sum(counts.values()), sum(counts.values()) - counts["ok"])}
    for film in VIDEOS:
        for cadence in CADENCES:
            camera = f"{film}-{cadence}"
            said = [
                (Videos.taken[n][1], c["quality"]) for n, c in sorted(village.captures.items()) if c["camera"] == camera
            ]
            hand = [q for n, q in said if film == "tree" and n in HAND]
            rest = collections.Counter(q for n, q in said if not (film == "tree" and n in HAND))
            sound[film] = sum(rest.values()), sum(rest.values()) - rest["ok"]
            body.append(
                (
                    camera,
                    sum(rest.values()),
                    rest["ok"],
                    ", ".join(f"{v} × {q}" for q, v in rest.most_common() if q != "ok") or "all ok",
                )
            )
            if film == "tree":
                found, total = found + hand.count("obstructed"), total + len(HAND)
                body.append((f"{camera}, hand before the lens", len(HAND), hand.count("obstructed"), ", ".join(hand)))
    blurred = {n: c["quality"] for n, c in village.captures.items() if c["camera"].startswith("blurred-")}
    body.append(
        (
            "blurred photographs",
            len(BLURRED),
            list(blurred.values()).count("blur"),
            ", ".join(f"{n.split('/')[0].removeprefix('blurred-')}: {q}" for n, q in sorted(blurred.items())),
        )
    )
    ledger.table(
        "HEALTH-REAL",
        rows(("pictures of", "pictures", "judged rightly", "judged"), body, ("pictures", "judged rightly")),
    )
    ledger.check(
        "pictures in dense fog marked unusable",
        len(marked),
        ", ".join(f"{n}: {judged.get(n)}" for n in sorted(Duke.dense_fog)),
    )
    ledger.check(
        "infrared picture recognised",
        int(infrared == "infrared"),
        f"alligatorriver_IR_2013_06_01_120032.jpg: {infrared}",
    )
    ledger.check(
        "sharp photographs refused",
        sum(q != "ok" for q in phone.values()),
        "; ".join(f"{n} {q}" for n, q in sorted(phone.items()) if q != "ok"),
    )
    ledger.check(
        "sound pictures of films and forest refused",
        sum(refused for _, refused in sound.values()) / sum(total for total, _ in sound.values()),
        ", ".join(f"{name} {refused} of {total}" for name, (total, refused) in sound.items() if refused),
    )
    ledger.check("obstructed pictures recognised (hand before the lens)", found / total, f"{found} of {total}")
    ledger.check(
        "blurred pictures recognised",
        list(blurred.values()).count("blur"),
        "; ".join(f"{short(n)} {q}" for n, q in blurred.items()),
    )


def growth_real(ledger, work):
    village = Duke.get(work)
    readings = {(short(r["capture"]), r["plot"]): r for r in village.readings}
    expected = table_of(data / "phenocam-dukehw-2015/expected.csv")
    body, worst = [], []
    for plot, column in (("db1000", "db1000_gcc"), ("xroi", "xroi_gcc")):
        errors, absent = [], 0
        for row in expected:
            value = (readings.get((row["file"], plot)) or {}).get("gcc")
            if value is None:
                absent += 1
            else:
                errors.append((abs(value - float(row[column])), row["file"]))
        worst += errors
        body.append(
            (
                f"dukehw, {plot}",
                len(errors),
                absent,
                fixed(statistics.mean(e for e, _ in errors), 6) if errors else "–",
                fixed(max(errors)[0], 6) if errors else "–",
                max(errors)[1] if errors else "–",
            )
        )
        if absent:
            ledger.skip(f"gcc of {absent} pictures of dukehw, {plot}", "the program gave no reading for them")
    ledger.table(
        "GCC",
        rows(
            ("camera, mask", "pictures", "no reading", "mean error", "largest error", "worst picture"),
            body,
            ("pictures", "no reading", "mean error", "largest error"),
        ),
    )
    top = max(worst) if worst else (None, "")
    ledger.check("gcc against published figures, largest", top[0] if top[0] is None else round(top[0], 6), top[1])
    published(ledger, work)
    seedlings(ledger, work)


def published(ledger, work):
    """The channel means that PhenoCam publishes for two single pictures."""
    rows_by_file = collections.defaultdict(list)
    for row in table_of(data / "phenocam-vegindex/expected.csv"):
        rows_by_file[row["file"]].append(row)
    village = Published.get(work)
    body, worst = [], []
    for file, wanted in rows_by_file.items():
        camera = file.split("/")[0]
        text = call("readings", village.folder, "--plot", f"{camera}-roi", "--format", "phenocam-roistats")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        found = next(csv.DictReader(lines), {}) if lines else {}
        json_row = next((r for r in village.readings if r["camera"] == camera), {})
        for row in wanted:
            name = {"ir_mean": "r_mean"}.get(row["quantity"], row["quantity"])
            text_value = found.get(name) or json_row.get(name)
            value = float(text_value) if text_value not in (None, "", "NA") else None
            error = abs(value - float(row["published_value"])) if value is not None else None
            quality = next(c["quality"] for c in village.captures.values() if c["camera"] == camera)
            if error is None:
                ledger.skip(
                    f"{camera} {row['quantity']}", f"the program gave no figure; the picture was judged {quality}"
                )
            else:
                worst.append((round(error, 7), f"{camera} {row['quantity']}"))
            body.append(
                (
                    camera,
                    row["quantity"],
                    row["published_value"],
                    fixed(value, 5),
                    "–" if error is None else fixed(error, 5),
                    quality,
                )
            )
    ledger.table(
        "PUBLISHED",
        rows(
            ("camera", "quantity", "published", "measured", "error", "quality"),
            body,
            ("published", "measured", "error"),
        ),
    )
    ledger.check(
        "published channel means, largest error", max(worst)[0] if worst else None, max(worst)[1] if worst else ""
    )


def seedlings(ledger, work):
    expected = table_of(data / "canopy-cover/expected.csv")
    village = Seedlings.get(work)
    body, errors = [], []
    for row in expected:
        camera = Seedlings.camera(row)
        reading = next((r for r in village.readings if r["camera"] == camera), {})
        value, true = reading.get("vegetationCover"), float(row["cover_vegetation_mask(>127)"])
        quality = next(c["quality"] for c in village.captures.values() if c["camera"] == camera)
        if value is not None:
            errors.append((abs(value - true), row["file"]))
        body.append(
            (
                row["file"],
                fixed(true, 3),
                row["ref_exg_gt_0.1_cover"][:5],
                fixed(value, 3),
                "–" if value is None else signed(value - true),
                quality,
            )
        )
    ledger.table(
        "SEEDLINGS",
        rows(
            ("picture", "true cover", "ExG > 0.1", "measured", "error", "quality"),
            body,
            ("true cover", "ExG > 0.1", "measured", "error"),
        ),
    )
    ledger.check(
        "vegetation cover error on photographs, largest",
        max(errors)[0] if errors else None,
        f"{max(errors)[1]}; {len(errors)} of {len(expected)} were measured" if errors else "no reading",
    )


def construction_real(ledger, work):
    body, every = [], []
    films = [f"{f}-{c}" for f in VIDEOS for c in CADENCES]
    for village, cameras in ((Duke.get(work), ["forest", "asbuilding"]), (Videos.get(work), films)):
        every += nothing_built(village, cameras, village.flags, body)
    head = ("camera", "pictures", "usable", "days", "flags", "of which")
    ledger.table("NOTHING-BUILT", rows(head, body, head[1:5]))
    name = "flags where nothing is built (real pictures)"
    ledger.check(name, len(every), by_camera(every))
    told(every)
    # Withdrawn ones count here: somebody was told for days.
    village, body = Grids.get(work), []
    flags = village.all_flags()
    plots = {f"{f}-{c}": f"{GRIDS[c][0]} × {GRIDS[c][1]}" for f in VIDEOS for c in GRIDS} | {"forest-monthly": "5 × 4"}
    every = nothing_built(village, list(plots), flags, body)
    body = [(camera, plots[camera], *rest) for camera, *rest in body]
    worst = max(body, key=lambda line: line[5])
    last = f"Worst: {worst[0]}, {worst[5]} flags." if worst[5] else "No camera has a flag."
    ledger.table("GRIDS", rows((head[0], "plots", *head[1:]), body, head[1:5]), last)
    standing = [f for f in every if not f.get("withdrawn") and f["stage"] != "removed"]
    ledger.check("flags where nothing is built, small plots", len(standing), by_camera(standing))
    ledger.check("flags raised where nothing is built, small plots", len(every), by_camera(every))
    told(every)


def nothing_built(village, cameras, all_flags, body):
    """The construction flags of these cameras; a line for each is added to `body`."""
    every = []
    for camera in cameras:
        days = [day(c["at"]) for c in village.captures.values() if c["camera"] == camera and c["at"]]
        usable = sum(c["camera"] == camera and c["quality"] == "ok" for c in village.captures.values())
        flags = [f for f in all_flags if f["camera"] == camera and f["kind"] == "construction"]
        every += flags
        kinds = collections.Counter(f"{f['status']}/{f['stage']}" for f in flags).most_common()
        which = ", ".join(f"{v} × {k}" for k, v in kinds) or "–"
        body.append((camera, len(days), usable, (max(days) - min(days)).days + 1, len(flags), which))
    return every


def by_camera(flags):
    return "; ".join(f"{k} {v}" for k, v in collections.Counter(f["camera"] for f in flags).most_common())


def told(flags):
    for flag in flags[:SHOWN]:
        seen = f"{day(flag['firstSeen'])}…{day(flag['lastSeen'])}"
        print(f"         {flag['plot']} {flag['status']}/{flag['stage']} box {flag['box']} {seen}")
