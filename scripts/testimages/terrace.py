"""The terrace scene: a camera on a pole close to seven small plots, and what goes wrong on them in a year.

k1 kiwifruit on a trellis: a frost in the night to 3 April scorches the young leaves, they fall, new ones come by the
middle of May. k2 plum: water stands between the rows after the storm of 19 June, for a week. k3 citrus: wilts in the
drought of August, at noon more than in the morning, and recovers after rain. k4 yellow peach: thinned in May, pruned hard
on 1 August. k5 citrus: weeds are left to grow between the rows from the end of May, mown on 28 August. k6 citrus and k7
yellow peach are neighbours to which nothing happens (k7 is thinned as well).

World axes: x east, y north, z up, metres. The camera looks north. Every frame is built from the seed and its own date alone.
"""

import math
from datetime import datetime, timedelta

import numpy as np

import grove
import plants
import sites
import studio

CAMERA_ID = "cam_terrace"
LATITUDE, LONGITUDE = 28.84, 108.77
VIEW = ((0.0, -12.0, 13.0), (0.0, 30.0, 1.35), 32.0)
"""Where the camera is, what it looks at, focal length in millimetres."""
WIDTH, HEIGHT = 960, 540
MIST = (10.0, 700.0)
PLOTS = {
    "k1": dict(kind="kiwifruit", x=(-13.8, -5.4), y=(11.5, 25.0), z=0.0, spacing=(4.0, 3.1)),
    "k2": dict(kind="plum", x=(-4.2, 4.6), y=(11.5, 25.0), z=0.0, spacing=(4.6, 3.9)),
    "k5": dict(kind="citrus", x=(5.8, 14.3), y=(11.5, 25.0), z=0.0, spacing=(4.6, 3.4)),
    "k3": dict(kind="citrus", x=(-24.0, -12.6), y=(29.5, 43.5), z=2.47, far=4.99, spacing=(3.8, 3.6)),
    "k4": dict(kind="peach", x=(-11.6, -0.7), y=(29.5, 43.5), z=2.47, far=4.99, spacing=(3.9, 3.9)),
    "k6": dict(kind="citrus", x=(0.7, 11.6), y=(29.5, 43.5), z=2.47, far=4.99, spacing=(3.8, 3.6)),
    "k7": dict(kind="peach", x=(12.6, 24.0), y=(29.5, 43.5), z=2.47, far=4.99, spacing=(3.9, 3.9)),
}
CROWN_HEIGHT = {"citrus": 2.3, "plum": 2.7, "peach": 2.3, "kiwifruit": 2.1}
CROP_FILE = {"peach": "yellow-peach"}
VARIANTS = 3

FROST, STORM, THINNED, PRUNED = (datetime(2024, *d) for d in ((4, 3), (6, 19), (5, 16), (8, 1)))
DROUGHT, RAIN, UNMOWN, MOWN = (datetime(2024, *d) for d in ((8, 6), (8, 21), (5, 25), (8, 28)))
STATES = ("wilt", "scorch", "cut")

NOON = (
    "02-18", "03-05", "03-18", "04-01", "04-03", "04-06", "04-12", "04-28", "05-07", "05-19", "06-08", "06-17", "06-20", "06-22", "06-25", "07-16",
    "07-30", "08-02", "08-09", "08-12", "08-17", "08-23", "08-30", "09-20", "10-05", "11-08",
)  # fmt: skip
MORNING = ("04-03", "08-12", "08-17")
"""Days (month-day) with a picture about one o'clock, and those with another about eight."""


# --- time -------------------------------------------------------------------------------


def frames(seed):
    """All frames in order of time."""
    times = []
    for days, hour in ((NOON, 13.1), (MORNING, 8.1)):
        for day in days:
            rng = plants.generator(seed, "terrace-hour", day, hour)
            times.append(datetime.fromisoformat(f"{plants.YEAR}-{day}") + timedelta(seconds=int((hour + rng.uniform(-0.2, 0.2)) * 3600)))
    return [grove.frame(CAMERA_ID, number, when, sky(seed, when)) for number, when in enumerate(sorted(times))]


def sky(seed, when):
    """Weather of a moment: the scene's own where frost, storm and drought ask for it."""
    made = grove.sky(seed, when)
    dry = DROUGHT <= when < RAIN or FROST - timedelta(days=1) <= when < FROST + timedelta(days=1)
    if dry:
        made.update(weather="clear", cloud=0.06, rain=False, haze=min(made["haze"], 0.12))
    elif STORM <= when < STORM + timedelta(days=2) or RAIN <= when < RAIN + timedelta(days=1):
        made.update(weather="overcast", cloud=0.92, rain=True)
    return made


def since(when, begin):
    """Days from a beginning, with fraction; negative before."""
    return (when - begin).total_seconds() / 86400


def rise(age, days):
    """0 to 1 over so many days of age."""
    return min(max(age / days, 0.0), 1.0)


def wilting(when):
    """How far the leaves of k3 hang: more from day to day of drought, and little in the morning."""
    if when >= RAIN:
        return 0.0
    return rise(since(when, DROUGHT), 9.0) * (0.9 if when.hour >= 11 else 0.3)


def scorched(when):
    """(share of k1's leaves burnt or lost to frost, burnt ones still hanging, lost ones)."""
    age = since(when, FROST)
    if age < 0.5:
        return 0.0, 0.0, 0.0
    lost = 0.85 * rise(age - 4, 9.0) - 0.80 * rise(age - 14, 28.0)
    return (0.85, 0.85, lost) if age < 14 else (lost, 0.0, lost)


def pruned(when):
    """Share of k4's twigs that are cut and not grown again."""
    age = since(when, PRUNED)
    return 0.0 if age < 0 else 0.58 - 0.12 * rise(age, 90.0)


def standing_water(when):
    """Level of the water on k2 in metres, None where there is none; the ground there lies 12 cm lower and is uneven by 8 cm."""
    age = since(when, STORM)
    return -0.05 - 0.014 * age if 0 <= age < 7 else None


def trouble(name, when):
    """What the trees of a plot suffer."""
    share, burnt, lost = scorched(when)
    return {
        "k1": plants.Trouble(scorch=burnt, fallen=lost), "k3": plants.Trouble(wilt=wilting(when)), "k4": plants.Trouble(cut=pruned(when)),
    }.get(name, plants.WELL)  # fmt: skip


def season(name, when, days=0.0):
    """The season of a plot, so many days ahead of the calendar: peaches are thinned, young leaves come after the frost."""
    kind = PLOTS[name]["kind"]
    made = plants.CALENDAR[kind](plants.day_of_year(when) + days)
    if kind == "peach" and when >= THINNED:
        made.fruit *= 0.5
    if name == "k1" and when > FROST:
        made.flush = max(made.flush, 0.7 * (1 - rise(since(when, FROST) - 20, 40.0)))
    return made


def growth(name, when):
    """Weeds on a plot (None: around the plots); nobody mows k5 between the end of May and the end of August."""
    day = plants.day_of_year(when)
    plain = plants.weeds(day)
    if name != "k5" or not UNMOWN <= when < MOWN:
        return plain
    rank = rise(since(when, UNMOWN), 45.0)
    return plants.Weeds(max(plain.green, 0.92), 1.0 + 1.3 * rank, 1.0)


# --- ground -----------------------------------------------------------------------------


def ground_height(x, y, salt=0):
    """Height of the ground: a slope up to a level terrace, a wall, a sloping terrace, hills behind."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    edge = 0.3 * np.sin(x * 0.11 + 0.6)
    z = np.where(y < 8.5, (y - 8.5) * 0.14, 0.0)
    for bottom, top, low, high in ((26.6, 27.8, 0.0, 2.2), (46.0, 47.4, 5.4, 7.0)):
        z = np.where(y + edge > bottom, low + (high - low) * np.clip((y + edge - bottom) / (top - bottom), 0, 1), z)
        z = np.where((y + edge > 27.8) & (y + edge <= 46.0), 2.2 + 0.18 * (y - 28.0), z)
    (x0, x1), (y0, y1) = PLOTS["k2"]["x"], PLOTS["k2"]["y"]
    inside = np.minimum(np.minimum(x - x0, x1 - x), np.minimum(y - y0, y1 - y))
    z = z - 0.12 * np.clip(inside / 1.2, 0, 1)
    beyond = np.maximum(y - 50.0, 0)
    hills = 30 * (grove.noise(x + 400, y, 220, salt + 5) - 0.3) + 10 * grove.noise(x, y, 70, salt + 6)
    z = z + beyond * 0.12 + np.clip(beyond / 240, 0, 1) * hills
    return z + np.where(y < 50, 0.16 * (grove.noise(x, y, 2.2, salt + 7) - 0.5), 0)


def _build_ground(seed, wet):
    """Soil and walls of the terraces, and the wooded hills behind."""
    material = studio.vertex_color_material("ground", roughness=0.95)
    salt = seed % 1000
    rows = np.unique(np.concatenate([np.arange(2, 30, 0.16), np.arange(30, 60.1, 0.35), np.arange(26, 28.6, 0.1), np.arange(45.4, 48, 0.1)]).round(2))
    verts, faces = grove.grid(np.arange(-48, 48.1, 0.16), rows, salt, ground_height)
    colour, _ = grove.soil_colours(seed, verts, faces, salt, wet)
    studio.mesh("soil", verts, faces, material, colour, studio.INDEX["soil"], smooth=True)
    grove.hills(seed, material, salt, ground_height, 54.0)


def _build_water(when):
    """A level sheet over k2: it shows where the ground is lower."""
    level = standing_water(when)
    if level is None:
        return
    (x0, x1), (y0, y1) = PLOTS["k2"]["x"], PLOTS["k2"]["y"]
    studio.mesh("puddles", [(x, y, level) for x, y in sites.corners((x0, y0), (x1, y1))], np.array([(0, 1, 2, 3)]), studio.water("muddy", (0.36, 0.33, 0.27)), None, studio.INDEX["water"])


# --- plants -----------------------------------------------------------------------------


def _build_trees(seed, when, wind):
    """Trees and vines: a few variants of each plot, with dates a little apart."""
    variants = {}
    for name, plot in PLOTS.items():
        kind = plot["kind"]
        for number, (x, y, turn, size) in enumerate(grove.tree_places(seed, name, plot)):
            key = (name, (number * 7 + number // 5) % VARIANTS)
            fresh = key not in variants
            if fresh:
                tree = plants.grow(kind, plants.generator(seed, "tree", kind, key[1]))
                move = plants.sway(plants.generator(seed, "sway", when.isoformat(), *key), tree, wind)
                variants[key] = grove.organs(f"{name}v{key[1]}", tree, season(name, when, (key[1] - 1) * 1.8), move, trouble(name, when))
            if kind == "kiwifruit":  # vines keep to their wires
                turn, size = math.pi * (number % 2), 1.0
            z = float(ground_height(x, y, seed % 1000)) if kind != "kiwifruit" else plot["z"]
            grove.place(variants[key], f"{name}-{number}", x, y, z, turn, size, fresh)


def _build_trellis():
    """Concrete posts with cross beams and wires over k1."""
    (x0, x1), (y0, y1) = PLOTS["k1"]["x"], PLOTS["k1"]["y"]
    concrete = studio.material("post", (0.56, 0.55, 0.52), noise=0.5, noise_scale=4.0)
    parts = []
    across = np.linspace(x0 + 0.2, x1 - 0.2, 4)
    for y in np.linspace(y0 + 0.2, y1 - 0.2, 6):
        parts += [grove.box((x - 0.05, x + 0.05), (y - 0.05, y + 0.05), (-0.3, 1.82)) for x in across]
        parts.append(grove.box((x0, x1), (y - 0.03, y + 0.03), (1.74, 1.80)))
    for x in np.arange(x0 + 0.2, x1, 0.75):
        parts.append(plants.tube([(x, y0, 1.81), (x, (y0 + y1) / 2, 1.78), (x, y1, 1.81)], [0.006] * 3, 4))
    studio.mesh("trellis", *plants.join(parts), concrete, index=studio.INDEX["furniture"])


def _build_weeds(seed, when):
    """Weeds and grass over the ground in view: on the plots thinner and cut, on k5 as they like."""
    rng = plants.generator(seed, "weeds")
    count, salt = 260_000, seed % 1000
    y = 2 + 46 * rng.uniform(0, 1, count) ** 0.85
    x = rng.uniform(-1, 1, count) * (0.75 * (y + 14) + 4)
    patch = 0.6 * grove.noise(x, y, 4.5, salt + 20) + 0.4 * grove.noise(x, y, 1.3, salt + 21)
    luck = rng.uniform(0, 1, count)
    where = np.zeros(count, int)
    for number, plot in enumerate(PLOTS.values(), 1):
        where[(x > plot["x"][0]) & (x < plot["x"][1]) & (y > plot["y"][0]) & (y < plot["y"][1])] = number
    names = [None, *PLOTS]
    material = studio.vertex_color_material("plant", roughness=0.75)
    for label, chosen in (("plain", names.index("k5")), ("wild", None)):
        inside = where == names.index("k5") if chosen is None else where != chosen
        density = np.where(where == 0, 1.0, np.where(where == names.index("k2"), 0.22, 0.5) if chosen is not None else 0.55 + 0.45 * rise(since(when, UNMOWN), 30.0) * (when < MOWN))
        keep = inside & (luck < density * (0.35 + 0.9 * patch))
        position = np.stack([x[keep], y[keep], ground_height(x[keep], y[keep], salt)], 1)
        sward = plants.sow(plants.generator(seed, "sward", label), position, np.clip(patch[keep] * 1.3 - 0.15, 0, 1))
        sward.scale *= 0.62 if label == "plain" else 0.8  # nearer than in the orchard: finer leaves
        state = growth("k5" if label == "wild" else None, when)
        for part, made in zip(("green", "straw"), plants.blades(sward, state, 0.26)):
            if made:
                green = part == "green"
                studio.mesh(f"{label}-{part}", *made[:2], material, made[2], studio.INDEX["grass" if green else "ground"])


# --- the scene --------------------------------------------------------------------------


def people(seed, when):
    """Where farmers stand in a frame: none in most."""
    rng = plants.generator(seed, "people", when.isoformat())
    spots = []
    for _ in range(int(rng.choice([0, 1, 2], p=[0.66, 0.22, 0.12]))):
        plot = PLOTS[str(rng.choice(list(PLOTS)))]
        spots.append((rng.uniform(*plot["x"]), plot["y"][0] + rng.uniform(-1.2, 0.0)))
    return spots


def build(frame, seed):
    """Build the scene of one frame, without any frame before it."""
    when, state = grove.moment(frame), frame["state"]
    studio.new_scene(960, 540, 6)
    light = studio.sun_and_sky(when, LATITUDE, LONGITUDE, state["cloud"])
    light["exposure"] *= 1.35  # foliage is darker than a street
    studio.expose(light["exposure"])
    studio.mist(*MIST)
    _build_ground(seed, state["rain"] or standing_water(when) is not None)
    _build_water(when)
    grove.wood(seed, when, ground_height, 50.0, 700)
    _build_trees(seed, when, state["wind"])
    _build_trellis()
    _build_weeds(seed, when)
    rng = plants.generator(seed, "people-looks", when.isoformat())
    for number, (x, y) in enumerate(people(seed, when)):
        grove.farmer(number, rng, x, y, float(ground_height(x, y, seed % 1000)))
    if 0 <= since(when, FROST) < 0.4:
        studio.snow(0.22)  # rime, until the sun is on it
    studio.camera(*VIEW)
    return light


finish = sites.finish


def truth(frame):
    """What is known of a frame before it is rendered; cover, water and weeds come from the index pass later."""
    when, state = grove.moment(frame), frame["state"]
    plots = grove.plot_states({name: season(name, when) for name in PLOTS})
    for name, told in plots.items():
        told.update(wilt=0.0, scorch=0.0, cut=0.0)
    plots["k1"]["scorch"], plots["k3"]["wilt"], plots["k4"]["cut"] = (round(v, 3) for v in (scorched(when)[0], wilting(when), pruned(when)))
    return {**{key: state[key] for key in ("weather", "haze", "rain", "cloud")}, "plots": plots, "peoplePlaced": len(people(state["seed"], when))}


def scene_truth(seed):
    """What is true of the whole series: camera, plots, events."""
    def event(plot, what, begin, end=None):
        return {"plot": plot, "what": what, "from": begin.date().isoformat(), "until": end.date().isoformat() if end else None}

    return {
        "camera": {
            "id": CAMERA_ID, "size": [WIDTH, HEIGHT], "rawSize": [960, 540], "latitude": LATITUDE, "longitude": LONGITUDE,
            "location": list(VIEW[0]), "lookAt": list(VIEW[1]), "focalPixels": round(VIEW[2] / studio.SENSOR_WIDTH_MM * WIDTH, 2),
            "axes": "metres; x east, y north, z up", "mist": {"start": MIST[0], "depth": MIST[1]},
        },
        "seed": seed,
        "plots": [
            {"id": name, "crop": CROP_FILE.get(plot["kind"], plot["kind"]), "polygon": grove.outline(plot, CROWN_HEIGHT[plot["kind"]], VIEW, (WIDTH, HEIGHT))}
            for name, plot in PLOTS.items()
        ],
        "events": [
            event("k1", "frost scorch", FROST, datetime(2024, 5, 15)), event("k2", "standing water", STORM, STORM + timedelta(days=7)),
            event("k3", "wilting in drought", DROUGHT, RAIN), event("k4", "fruit thinned", THINNED), event("k7", "fruit thinned", THINNED),
            event("k4", "pruned", PRUNED), event("k5", "weeds between the rows", UNMOWN, MOWN),
        ] + [event(None, "weeds mown, not on k5", datetime(2024, *day)) for day in plants.MOWN],
        "index": {**studio.INDEX, "ripe_fruit": grove.RIPE_FRUIT},
    }  # fmt: skip
