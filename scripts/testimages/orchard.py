"""The orchard scene: a camera on a pole over three terraces with six plots, for one year.

p1, p2, p3 citrus, p4 plum, p5 yellow peach, p6 tea. Plot p2 falls ill from 20 June on: its
leaves turn yellow, a third of the trees first and most of them by the middle of July, and it
does not recover. Weeds are mown twice, tea is cut back once. A shed, a fence and a path
belong to the place; people come and go.

World axes: x east, y north, z up, metres. The camera looks north, so the midday sun is
behind it. Every frame is built from the seed and its own date alone.
"""

import math
from datetime import datetime, timedelta

import numpy as np

import grove
import plants
import sites
import studio

CAMERA_ID = "cam_orchard"
LATITUDE, LONGITUDE = 28.84, 108.77
EYE = (3.0, -2.5, 25.0)
LOOK_AT = (-0.5, 47.5, 25.0 - 50.0 * math.tan(math.radians(16.0)))
FOCAL = 25.0
WIDTH, HEIGHT = 1280, 720
MIST = (30.0, 900.0)
TERRACES = [(32.5, 46.3, 0.0), (47.8, 61.3, 2.5), (62.8, 78.5, 5.0)]
PLOTS = {
    "p1": dict(kind="citrus", x=(-27.0, -1.6), y=(48.6, 60.6), z=2.5, spacing=(3.5, 3.4)),
    "p2": dict(kind="citrus", x=(-18.5, -1.4), y=(33.6, 45.6), z=0.0, spacing=(3.4, 3.3)),
    "p3": dict(kind="citrus", x=(-34.0, -2.0), y=(63.6, 77.4), z=5.0, spacing=(3.6, 3.6)),
    "p4": dict(kind="plum", x=(1.6, 25.6), y=(48.6, 60.6), z=2.5, spacing=(3.9, 3.9)),
    "p5": dict(kind="peach", x=(1.8, 20.0), y=(33.6, 45.6), z=0.0, spacing=(4.0, 4.0)),
    "p6": dict(kind="tea", x=(2.4, 33.0), y=(63.8, 77.2), z=5.0, spacing=(1.9, 0.0)),
}
CROWN_HEIGHT = {"citrus": 2.3, "plum": 2.7, "peach": 2.3, "tea": 0.8}
CROP_FILE = {"peach": "yellow-peach"}
SICK_FROM = datetime(2024, 6, 20)
SICK_PLOT = "p2"
MOST_YELLOW = 0.85
"""Share of the leaves of an ill tree that are yellow when it is at its worst."""
PATH_Y = (28.6, 31.0)
SHED = dict(x=(28.6, 32.8), y=(52.6, 55.8), z=2.5)


# --- dates ------------------------------------------------------------------------------


def _dates():
    """Days with a noon picture: weekly, and every second day around the illness."""
    days = {datetime(2024, 1, 10) + timedelta(days=7 * k) for k in range(48)}
    days |= {datetime(2024, 6, 8) + timedelta(days=2 * k) for k in range(19)}
    return sorted(days)


def frames(seed):
    """All frames in order of time: name, datetime and weather, from the seed."""
    times = []
    for day in _dates():
        rng = plants.generator(seed, "orchard-hour", day.date())
        times.append(day + timedelta(seconds=int(rng.uniform(11.5, 13.5) * 3600)))
    for month, date, hour in ((3, 27, 8.05), (5, 15, 16.5), (8, 7, 8.02), (10, 23, 16.48)):
        times.append(datetime(2024, month, date) + timedelta(hours=hour, seconds=13))
    return [_frame(seed, n, when) for n, when in enumerate(sorted(times))]


def _frame(seed, number, when):
    """A frame of the orchard with the weather of its moment."""
    return grove.frame(CAMERA_ID, number, when, grove.sky(seed, when))


# --- ground -----------------------------------------------------------------------------


def ground_height(x, y, salt=0):
    """Height of the ground: three terraces with banks between, a slope and hills behind."""
    x, y = np.asarray(x, float), np.asarray(y, float)
    edge = 0.35 * np.sin(x * 0.09 + 1.0)
    z = np.where(y < 32, (y - 30) * 0.10, 0.0)
    z = np.where(y < 30, -0.2 + (y - 30) * 0.16, z)
    for bottom, top, low in ((46.3, 47.8, 0.0), (61.3, 62.8, 2.5)):
        rise = np.clip((y + edge - bottom) / (top - bottom), 0, 1)
        z = np.where(y + edge > bottom, low + 2.5 * rise, z)
    beyond = np.maximum(y - 79.0, 0)
    hills = 34 * (grove.noise(x + 400, y, 240, salt + 5) - 0.35) + 12 * grove.noise(x, y, 70, salt + 6)
    z = z + beyond * 0.088 + np.clip(beyond / 260, 0, 1) * hills
    relief = 0.16 * (grove.noise(x, y, 2.2, salt + 7) - 0.5)
    return z + np.where(y < 80, relief, 0)


def _ground_rows():
    """North coordinates of the ground grid: fine where the walls of the terraces stand."""
    rows = [np.arange(20, 84.1, 0.4)]
    rows += [np.arange(bottom, bottom + 2.4, 0.1) for bottom in (45.6, 60.6)]
    return np.unique(np.concatenate(rows).round(2))


def _in_plot(x, y, margin=0.0):
    """Name index (1 to 6, 0 outside) of the plot that a ground point lies in."""
    where = np.zeros(np.shape(x), int)
    for number, plot in enumerate(PLOTS.values(), 1):
        inside = (x > plot["x"][0] - margin) & (x < plot["x"][1] + margin)
        inside &= (y > plot["y"][0] - margin) & (y < plot["y"][1] + margin)
        where = np.where(inside, number, where)
    return where


def _build_ground(seed, wet):
    """Soil of the orchard with path and banks, and the wooded hills behind."""
    material = studio.vertex_color_material("ground", roughness=0.95)
    salt = seed % 1000
    verts, faces = grove.grid(np.arange(-70, 70.1, 0.35), _ground_rows(), salt, ground_height)
    centre = verts[faces].mean(axis=1)
    x, y = centre[:, 0], centre[:, 1]
    colour, fine = grove.soil_colours(seed, verts, faces, salt, wet)
    on_path = (y > PATH_Y[0] + 0.3 * np.sin(x * 0.2)) & (y < PATH_Y[1] + 0.3 * np.sin(x * 0.2))
    gravel = np.array([0.235, 0.212, 0.175]) * (0.8 + 0.35 * grove.noise(x, y * 1.7, 2.3, salt + 3)[:, None]) * fine**0.35
    gravel = gravel * (0.75 if wet else 1.0)
    studio.mesh("soil", verts, faces[~on_path], material, colour[~on_path], studio.INDEX["soil"], smooth=True)
    studio.mesh("path", verts, faces[on_path], material, gravel[on_path], studio.INDEX["road"], smooth=True)
    grove.hills(seed, material, salt, ground_height)


# --- plants -----------------------------------------------------------------------------


def sickness(seed, when):
    """(yellow, thinned) shares 0..1 of every tree of the sick plot.

    A corner with a third of the trees starts on 20 June and yellows by 10 % a day; the
    others follow over three weeks; a last few stay half green. Leaves fall later.
    """
    places = grove.tree_places(seed, SICK_PLOT, PLOTS[SICK_PLOT])
    rng = plants.generator(seed, "sick-order")
    reach = [math.hypot(x - places[0][0], (y - places[0][1]) * 1.2) + rng.normal(0, 1.3) for x, y, _, _ in places]
    order = np.argsort(np.argsort(reach))
    share = order / max(len(places) - 1, 1)
    start = np.where(share < 0.34, 0.0, 2.0 + (share - 0.34) * 30.0)
    age = (when - SICK_FROM).total_seconds() / 86400 - start
    yellow = np.clip(age / 10.0, 0, 1) * np.where(share > 0.9, 0.5, 1.0) * MOST_YELLOW
    thinned = np.clip((age - 5.0) / 18.0, 0, 1) * 0.70
    # Fallen leaves are not replaced, but some of the yellow ones are after autumn.
    eased = 1 - 0.35 * plants.ramp(plants.day_of_year(when), (9, 15), (11, 10))
    return yellow * eased, thinned


def sick_share(seed, when):
    """Share of the sick plot's canopy that is yellow or fallen."""
    yellow, thinned = sickness(seed, when)
    return float(np.mean(1 - (1 - np.clip(yellow / MOST_YELLOW, 0, 1)) * (1 - thinned)))


VARIANTS = 3


def _build_trees(seed, when, wind):
    """All fruit trees: a few variants a kind with dates a little apart, the sick ones singly."""
    day = plants.day_of_year(when)
    variants = {}
    yellow, thinned = sickness(seed, when)
    for name, plot in PLOTS.items():
        kind = plot["kind"]
        if kind == "tea":
            continue
        for number, (x, y, turn, size) in enumerate(grove.tree_places(seed, name, plot)):
            z = float(ground_height(x, y, seed % 1000))
            variant = (number * 7 + number // 5) % VARIANTS
            ill = name == SICK_PLOT and yellow[number] > 0
            key = (kind, variant, number if ill else None)
            fresh = key not in variants
            if fresh:
                tree = plants.grow(kind, plants.generator(seed, "tree", kind, variant))
                season = plants.CALENDAR[kind](day + (variant - 1) * 1.8)
                rng = plants.generator(seed, "sway", when.isoformat(), kind, variant)
                move = plants.sway(rng, tree, wind)
                trouble = plants.Trouble(yellow=float(yellow[number]), fallen=float(thinned[number])) if ill else plants.WELL
                variants[key] = grove.organs(f"{kind}{variant}{'s%d' % number if ill else ''}", tree, season, move, trouble)
            grove.place(variants[key], f"{name}-{number}", x, y, z, turn, size, fresh)


def _build_tea(seed, when):
    """The tea plot: hedges that run away from the camera, three variants copied."""
    plot = PLOTS["p6"]
    season = plants.tea(plants.day_of_year(when))
    material = studio.vertex_color_material("plant", roughness=0.75)
    (x0, x1), (y0, y1) = plot["x"], plot["y"]
    length = y1 - y0 - 0.4
    hedges = []
    for variant in range(3):
        leaf, twig = plants.tea_row(plants.generator(seed, "tea", variant), length, season)
        hedges.append([
            studio.mesh(f"tea{variant}-twigs", *twig[:2], material, twig[2], studio.INDEX["trunk"]),
            studio.mesh(f"tea{variant}-leaves", *leaf[:2], material, leaf[2], studio.INDEX["crop_leaf"]),
        ])
    rows = int((x1 - x0) / plot["spacing"][0])
    used = set()
    for number in range(rows):
        rng = plants.generator(seed, "tea-row", number)
        x = x0 + (number + 0.5) * (x1 - x0) / rows + rng.normal(0, 0.05)
        y = y0 + 0.2 + rng.uniform(-0.2, 0.2)
        z = float(ground_height(x, y + length / 2, seed % 1000))
        variant = (number * 5 + number // 3) % 3
        grove.place(hedges[variant], f"tea-{number}", x, y, z, math.pi / 2 + rng.normal(0, 0.006), 1.0, variant not in used)
        used.add(variant)


def _build_weeds(seed, when):
    """Weeds and grass over all the ground in view, thinner where the soil is tended."""
    rng = plants.generator(seed, "weeds")
    count = 270_000
    y = np.sqrt(rng.uniform(26.5**2, 84.0**2, count))
    x = rng.uniform(-1, 1, count) * (0.78 * y + 6)
    salt = seed % 1000
    patch = 0.6 * grove.noise(x, y, 4.5, salt + 20) + 0.4 * grove.noise(x, y, 1.3, salt + 21)
    where = _in_plot(x, y)
    density = np.choose(where, [1.0, 0.55, 0.60, 0.75, 0.70, 0.55, 0.22])
    keep = rng.uniform(0, 1, count) < density * (0.35 + 0.9 * patch)
    on_path = (y > PATH_Y[0]) & (y < PATH_Y[1])
    worn = rng.uniform(0, 1, count) < 0.05 + 0.35 * np.abs((y - sum(PATH_Y) / 2) < 0.2)
    in_shed = (x > SHED["x"][0]) & (x < SHED["x"][1]) & (y > SHED["y"][0]) & (y < SHED["y"][1])
    keep &= ~in_shed & (~on_path | worn)
    x, y, patch = x[keep], y[keep], np.clip(patch[keep] * 1.3 - 0.15, 0, 1)
    position = np.stack([x, y, ground_height(x, y, salt)], 1)
    sward = plants.sow(rng, position, patch)
    green, straw = plants.blades(sward, plants.weeds(plants.day_of_year(when)))
    material = studio.vertex_color_material("plant", roughness=0.75)
    if green:
        studio.mesh("weeds", *green[:2], material, green[2], studio.INDEX["grass"])
    if straw:
        studio.mesh("straw", *straw[:2], material, straw[2], studio.INDEX["ground"])


# --- things and people ------------------------------------------------------------------


def _build_shed(seed):
    """A brick tool shed with a tiled roof, a door and a window; it stands all year."""
    index = studio.INDEX["building"]
    (x0, x1), (y0, y1) = SHED["x"], SHED["y"]
    base = float(ground_height((x0 + x1) / 2, (y0 + y1) / 2, seed % 1000)) - 0.2
    wall = studio.material("shed-wall", (0.62, 0.50, 0.43), noise=0.6, noise_scale=2.5, color2=(0.48, 0.42, 0.37))
    roof = studio.material("shed-roof", (0.30, 0.29, 0.30), noise=0.7, noise_scale=4.0, color2=(0.42, 0.38, 0.35))
    dark = studio.material("shed-door", (0.24, 0.19, 0.15), noise=0.4)
    studio.mesh("shed", *grove.box((x0, x1), (y0, y1), (base, base + 2.5)), wall, index=index)
    middle, top = (y0 + y1) / 2, base + 3.4
    verts = np.array([
        (x0 - 0.4, y0 - 0.5, base + 2.35), (x1 + 0.4, y0 - 0.5, base + 2.35),
        (x1 + 0.4, middle, top), (x0 - 0.4, middle, top),
        (x0 - 0.4, y1 + 0.5, base + 2.35), (x1 + 0.4, y1 + 0.5, base + 2.35),
    ])
    studio.mesh("shed-roof", verts, np.array([(0, 1, 2, 3), (3, 2, 5, 4)]), roof, index=index)
    studio.mesh("shed-gables", [(x0, y0, base + 2.5), (x0, y1, base + 2.5), (x0, middle, top - 0.1),
                                (x1, y0, base + 2.5), (x1, y1, base + 2.5), (x1, middle, top - 0.1)],
                [(0, 1, 2), (3, 4, 5)], wall, index=index)
    studio.mesh("shed-door", *grove.box((x0 + 0.6, x0 + 1.5), (y0 - 0.04, y0), (base + 0.2, base + 2.1)), dark, index=index)
    studio.mesh("shed-window", *grove.box((x0 + 2.3, x0 + 3.3), (y0 - 0.03, y0), (base + 1.2, base + 2.0)), dark, index=index)


def _build_fence(seed):
    """Posts and two rails between path and orchard."""
    wood = studio.material("fence", (0.45, 0.39, 0.32), noise=0.5, noise_scale=3.0)
    rng = plants.generator(seed, "fence")
    parts, last = [], None
    for x in np.arange(-27, 30, 2.5):
        y = 32.1 + 0.15 * math.sin(x)
        z = float(ground_height(x, y, seed % 1000))
        lean = rng.normal(0, 0.03)
        parts.append(grove.box((x - 0.05, x + 0.05), (y - 0.05, y + 0.05), (z - 0.2, z + 1.05 + lean)))
        if last is not None:
            for height in (0.45, 0.92):
                parts.append(plants.tube([(last[0], last[1], last[2] + height), (x, y, z + height + lean)], [0.03, 0.028], 4))
        last = (x, y, z)
    verts, faces = plants.join(parts)
    studio.mesh("fence", verts, faces, wood, index=studio.INDEX["building"])


def people(seed, frame):
    """Where people stand in a frame: none in most, one to three at work or on the path."""
    rng = plants.generator(seed, "people", grove.moment(frame).isoformat())
    count = int(rng.choice([0, 1, 2, 3], p=[0.62, 0.20, 0.12, 0.06]))
    found = []
    for _ in range(count):
        if rng.uniform() < 0.35:
            found.append((rng.uniform(-17, 19), rng.uniform(29.2, 30.6)))
            continue
        plot = PLOTS[str(rng.choice(list(PLOTS)))]
        (x0, x1), (y0, y1) = plot["x"], plot["y"]
        gap = y0 + (y1 - y0) * rng.integers(0, 4) / 4
        found.append((rng.uniform(x0, x1), gap + rng.normal(0, 0.2)))
    return found


def _build_people(seed, frame):
    rng = plants.generator(seed, "people-looks", grove.moment(frame).isoformat())
    for number, (x, y) in enumerate(people(seed, frame)):
        grove.farmer(number, rng, x, y, float(ground_height(x, y, seed % 1000)))


# --- the scene --------------------------------------------------------------------------


def build(frame, seed, width=960, height=540, samples=8):
    """Build the scene of one frame, without any frame before it."""
    when, state = grove.moment(frame), frame["state"]
    studio.new_scene(width, height, samples)
    light = studio.sun_and_sky(when, LATITUDE, LONGITUDE, state["cloud"])
    # Foliage is darker than a street: the raw picture is exposed for it.
    scene = studio.bpy.context.scene
    scene["exposure"] = scene["exposure"] * 1.35
    studio.mist(*MIST)
    _build_ground(seed, state["rain"])
    grove.wood(seed, when, ground_height)
    _build_trees(seed, when, state["wind"])
    _build_tea(seed, when)
    _build_weeds(seed, when)
    _build_shed(seed)
    _build_fence(seed)
    _build_people(seed, frame)
    studio.camera(EYE, LOOK_AT, FOCAL)
    return light


finish = sites.finish


def truth(frame):
    """What is known of a frame before it is rendered; cover comes from the index pass later."""
    when, state = grove.moment(frame), frame["state"]
    seed = state["seed"]
    plots = grove.plot_states({name: plants.CALENDAR[plot["kind"]](plants.day_of_year(when)) for name, plot in PLOTS.items()})
    for name, told in plots.items():
        told["sickShare"] = round(sick_share(seed, when), 4) if name == SICK_PLOT else 0.0
    weather = {key: state[key] for key in ("weather", "haze", "rain", "cloud")}
    return {**weather, "plots": plots, "peoplePlaced": len(people(seed, frame))}


def scene_truth(seed):
    """What is true of the whole series: camera, plots, events."""
    return {
        "camera": {
            "id": CAMERA_ID, "size": [WIDTH, HEIGHT], "rawSize": [960, 540], "latitude": LATITUDE, "longitude": LONGITUDE,
            "location": list(EYE), "lookAt": list(LOOK_AT), "focalPixels": round(FOCAL / 36.0 * WIDTH, 2),
            "axes": "metres; x east, y north, z up", "mist": {"start": MIST[0], "depth": MIST[1]},
        },
        "seed": seed,
        "plots": [{"id": name, "crop": CROP_FILE.get(plot["kind"], plot["kind"]), "polygon": grove.outline(plot, CROWN_HEIGHT[plot["kind"]], (EYE, LOOK_AT, FOCAL), (WIDTH, HEIGHT))} for name, plot in PLOTS.items()],
        "events": [
            {"plot": SICK_PLOT, "what": "yellowing and leaf fall", "from": "2024-06-20"},
            {"plot": "p6", "what": "cut back", "from": "2024-05-15"},
        ] + [{"plot": None, "what": "weeds mown", "from": f"2024-{m:02d}-{d:02d}"} for m, d in plants.MOWN],
        "index": {**studio.INDEX, "ripe_fruit": grove.RIPE_FRUIT},
    }
