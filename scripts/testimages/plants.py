"""Plants for the rendered test set: trees, tea hedges, weeds, and their year.

Everything here is plain numpy: positions, faces and colours, no renderer. A tree is grown
once from a random generator; leaves, blossoms and fruits get a rank once, and a date shows
those whose rank is below the share of that date. So growth is smooth from picture to
picture and any picture can be made without the ones before it.

Colours are linear reflectances. Leaves reflect little (about 0.06, 0.11, 0.04), which gives
the green chromatic coordinate that field cameras report: 0.40 to 0.45 for a summer canopy,
0.33 to 0.36 for bare wood and soil.
"""

import math
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np

YEAR = 2024


def generator(seed, *names):
    """A random generator of its own for each named thing, so that no thing shifts another."""
    return np.random.default_rng([seed] + [zlib.crc32(str(name).encode()) for name in names])


def day_of_year(when):
    """Days since New Year with the hour as fraction; `when` is a datetime or a (month, day)."""
    if isinstance(when, tuple):
        when = datetime(YEAR, *when)
    return (when - datetime(when.year, 1, 1)).total_seconds() / 86400.0


def ramp(day, begin, end):
    """Smooth rise from 0 at `begin` to 1 at `end`, each a (month, day)."""
    low, high = day_of_year(begin), day_of_year(end)
    t = min(max((day - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


def pulse(day, peak, before, after):
    """1 at `peak`, falling like a bell over `before` and `after` days."""
    t = day - day_of_year(peak)
    width = before if t < 0 else after
    return math.exp(-((t / width) ** 2))


# --- the year ---------------------------------------------------------------------------


@dataclass
class Season:
    """What a kind of plant shows on one day; every share is 0 to 1."""

    leaf: float = 1.0
    flush: float = 0.0
    autumn: float = 0.0
    bloom: float = 0.0
    fruit: float = 0.0
    fruit_size: float = 0.0
    ripe: float = 0.0


def citrus(day):
    """Evergreen: three flushes, white blossom late in April, orange fruit from October."""
    flush = max(
        0.45 * pulse(day, (4, 10), 14, 26),
        0.30 * pulse(day, (7, 8), 9, 20),
        0.28 * pulse(day, (9, 2), 9, 22),
    )
    return Season(
        leaf=0.86 + 0.14 * ramp(day, (3, 15), (5, 5)) - 0.08 * ramp(day, (11, 1), (12, 30)),
        flush=flush,
        bloom=pulse(day, (4, 25), 7, 8),
        fruit=ramp(day, (5, 28), (6, 20)) * (1 - ramp(day, (11, 26), (12, 9))),
        fruit_size=0.25 + 0.75 * ramp(day, (6, 1), (10, 1)),
        ripe=ramp(day, (9, 28), (11, 6)),
    )


def plum(day):
    """Bare in winter, white bloom early in March, red fruit late in June, bare again."""
    return Season(
        leaf=ramp(day, (3, 10), (4, 16)) * (1 - ramp(day, (11, 1), (11, 28))),
        flush=1 - ramp(day, (4, 5), (5, 20)),
        autumn=ramp(day, (10, 12), (11, 10)),
        bloom=pulse(day, (3, 4), 6, 7),
        fruit=ramp(day, (4, 20), (5, 10)) * (1 - ramp(day, (7, 1), (7, 9))),
        fruit_size=0.25 + 0.75 * ramp(day, (4, 25), (6, 20)),
        ripe=ramp(day, (6, 8), (6, 28)),
    )


def peach(day):
    """Bare in winter, pink bloom in the middle of March, yellow fruit in July."""
    return Season(
        leaf=ramp(day, (3, 19), (4, 26)) * (1 - ramp(day, (10, 25), (11, 22))),
        flush=1 - ramp(day, (4, 15), (5, 28)),
        autumn=ramp(day, (10, 5), (11, 5)),
        bloom=pulse(day, (3, 17), 7, 7),
        fruit=ramp(day, (5, 1), (5, 20)) * (1 - ramp(day, (7, 19), (7, 28))),
        fruit_size=0.25 + 0.75 * ramp(day, (5, 5), (7, 12)),
        ripe=ramp(day, (6, 28), (7, 16)),
    )


def kiwifruit(day):
    """Bare vines in winter, leaves from the middle of March, cream blossom early in May, brown fruit until October."""
    return Season(
        leaf=ramp(day, (3, 14), (4, 20)) * (1 - ramp(day, (11, 5), (11, 28))),
        flush=1 - ramp(day, (4, 14), (5, 25)),
        autumn=ramp(day, (10, 20), (11, 15)),
        bloom=pulse(day, (5, 6), 5, 6),
        fruit=ramp(day, (5, 25), (6, 10)) * (1 - ramp(day, (10, 9), (10, 13))),
        fruit_size=0.25 + 0.75 * ramp(day, (5, 28), (8, 15)),
        ripe=ramp(day, (8, 20), (9, 30)),
    )


def tea(day):
    """Evergreen hedge: bright flush late in March, cut back on 15 May, grown again by July."""
    grown = 1.0
    if day >= day_of_year((5, 15)) + 0.25:
        grown = 0.30 + 0.70 * ramp(day, (5, 18), (7, 15))
    return Season(
        leaf=grown,
        flush=max(
            0.75 * pulse(day, (3, 31), 12, 22),
            0.65 * pulse(day, (6, 12), 14, 20),
            0.35 * pulse(day, (8, 25), 14, 25),
        ),
    )


CALENDAR = {"citrus": citrus, "plum": plum, "peach": peach, "kiwifruit": kiwifruit, "tea": tea}


@dataclass
class Weeds:
    """State of the growth on the ground: share that is green, height and share standing."""

    green: float
    height: float
    standing: float


MOWN = ((5, 25), (8, 12))


def weeds(day):
    """Green from April to October, straw in winter, mown twice."""
    green = 0.10 + 0.82 * ramp(day, (3, 4), (4, 22)) - 0.76 * ramp(day, (10, 12), (11, 28))
    height = 0.55 + 0.45 * ramp(day, (3, 20), (5, 15)) - 0.35 * ramp(day, (10, 20), (11, 30))
    standing = 0.75 + 0.25 * ramp(day, (3, 20), (5, 1)) - 0.2 * ramp(day, (11, 1), (12, 1))
    for cut in MOWN:
        since = day - day_of_year(cut) - 0.3
        if since >= 0:
            back = min(since / 32.0, 1.0)
            height *= 0.25 + 0.75 * back
            standing *= 0.42 + 0.58 * back
    return Weeds(green, height, standing)


@dataclass(frozen=True)
class Trouble:
    """What a tree suffers on a day; every share is 0 to 1.

    yellow and fallen: leaves by illness. wilt: how far leaves hang and roll. scorch: leaves burnt by frost, those that
    `fallen` takes first. cut: twigs pruned away, upper ones first; only for days without blossom and fruit.
    """

    yellow: float = 0.0
    fallen: float = 0.0
    wilt: float = 0.0
    scorch: float = 0.0
    cut: float = 0.0


WELL = Trouble()

# --- leaves as kites --------------------------------------------------------------------


def unit(vectors):
    """Vectors scaled to length one."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def kites(base, along, normal, length, width):
    """One four-point leaf per row, from `base` in direction `along`, widest before the middle.

    Returns vertices (4n, 3) and faces (n, 4).
    """
    along = unit(along)
    across = unit(np.cross(along, normal))
    length = np.asarray(length).reshape(-1, 1)
    width = np.asarray(width).reshape(-1, 1)
    middle = base + along * length * 0.42
    corners = np.stack(
        [base, middle + across * width / 2, base + along * length, middle - across * width / 2],
        axis=1,
    )
    return corners.reshape(-1, 3), np.arange(len(base) * 4).reshape(-1, 4)


def tube(points, radii, sides=5):
    """A tapering tube through `points`; vertices and quad faces."""
    points = np.asarray(points, float)
    verts, faces = [], []
    for i, (point, radius) in enumerate(zip(points, radii)):
        ahead = points[min(i + 1, len(points) - 1)] - points[max(i - 1, 0)]
        ahead = ahead / (np.linalg.norm(ahead) + 1e-9)
        side = np.cross(ahead, [0.31, 0.95, 0.05])
        side /= np.linalg.norm(side) + 1e-9
        up = np.cross(ahead, side)
        for k in range(sides):
            angle = 2 * math.pi * k / sides
            verts.append(point + radius * (math.cos(angle) * side + math.sin(angle) * up))
        if i:
            for k in range(sides):
                a, b = (i - 1) * sides + k, (i - 1) * sides + (k + 1) % sides
                faces.append((a, b, b + sides, a + sides))
    return np.array(verts), np.array(faces)


def join(parts):
    """Several (verts, faces) pairs of quads as one."""
    verts, faces, offset = [], [], 0
    for v, f in parts:
        verts.append(v)
        faces.append(np.asarray(f) + offset)
        offset += len(v)
    return np.concatenate(verts), np.concatenate(faces)


def ball():
    """A small round solid of 24 quads (a cube subdivided once and pressed onto the sphere)."""
    verts, faces = [], []
    grid = np.array([-1.0, 0.0, 1.0])
    for axis in range(3):
        for sign in (-1, 1):
            start = len(verts)
            for u in grid:
                for v in grid:
                    p = np.zeros(3)
                    p[axis], p[(axis + 1) % 3], p[(axis + 2) % 3] = sign, u, v * sign
                    verts.append(p / np.linalg.norm(p))
            for i in range(2):
                for j in range(2):
                    a = start + i * 3 + j
                    faces.append((a, a + 3, a + 4, a + 1))
    return np.array(verts), np.array(faces)


BALL = ball()


# --- trees ------------------------------------------------------------------------------


@dataclass
class Habit:
    """How a kind of tree is built: sizes in metres, numbers per tree."""

    crown: tuple
    crown_base: float
    tips: int
    leaves: int
    leaf: tuple
    spread: float
    blossoms: int
    blossom: float
    fruits: int
    fruit: float
    open_centre: bool


HABITS = {
    "citrus": Habit((1.45, 1.45, 1.30), 0.45, 95, 6200, (0.17, 0.085), 0.21, 1500, 0.06, 190, 0.098, False),
    "plum": Habit((1.60, 1.60, 1.35), 0.95, 80, 4300, (0.16, 0.080), 0.25, 5200, 0.065, 90, 0.060, True),
    "kiwifruit": Habit((2.00, 1.60, 0.20), 1.75, 84, 3400, (0.19, 0.165), 0.30, 420, 0.060, 150, 0.058, False),
    "peach": Habit((1.70, 1.70, 1.15), 0.85, 80, 4300, (0.20, 0.065), 0.25, 3600, 0.075, 70, 0.085, True),
}

COLOURS = {
    "citrus": dict(leaf=(0.050, 0.098, 0.030), flush=(0.105, 0.190, 0.040), autumn=(0.30, 0.25, 0.06),
                   blossom=(0.78, 0.77, 0.68), green=(0.085, 0.150, 0.040), ripe=(0.72, 0.25, 0.025)),
    "plum": dict(leaf=(0.066, 0.122, 0.038), flush=(0.110, 0.185, 0.050), autumn=(0.24, 0.185, 0.05),
                 blossom=(0.78, 0.77, 0.74), green=(0.130, 0.190, 0.060), ripe=(0.30, 0.045, 0.06)),
    "peach": dict(leaf=(0.062, 0.128, 0.034), flush=(0.100, 0.180, 0.045), autumn=(0.22, 0.135, 0.05),
                  blossom=(0.66, 0.30, 0.40), green=(0.130, 0.180, 0.060), ripe=(0.66, 0.34, 0.06)),
    "kiwifruit": dict(leaf=(0.058, 0.115, 0.034), flush=(0.110, 0.180, 0.048), autumn=(0.27, 0.215, 0.07),
                      blossom=(0.76, 0.74, 0.60), green=(0.135, 0.135, 0.060), ripe=(0.190, 0.125, 0.060)),
    "tea": dict(leaf=(0.045, 0.090, 0.026), flush=(0.120, 0.215, 0.040)),
    "weeds": dict(green=(0.075, 0.138, 0.036), straw=(0.265, 0.205, 0.120)),
    "bark": (0.085, 0.066, 0.052),
    "sick": (0.30, 0.265, 0.065),
    "dead": (0.20, 0.125, 0.06),
    "wilted": (0.105, 0.112, 0.062),
    "scorched": (0.100, 0.060, 0.034),
}


@dataclass
class Tree:
    """A grown tree: every organ it can ever show, each with a rank."""

    kind: str
    wood: tuple
    leaf_base: np.ndarray
    leaf_along: np.ndarray
    leaf_normal: np.ndarray
    leaf_scale: np.ndarray
    leaf_tip: np.ndarray
    leaf_rank: np.ndarray
    leaf_tint: np.ndarray
    leaf_flush: np.ndarray
    leaf_fate: np.ndarray
    blossom_base: np.ndarray
    blossom_normal: np.ndarray
    blossom_rank: np.ndarray
    fruit_base: np.ndarray
    fruit_rank: np.ndarray
    fruit_ripe: np.ndarray
    tips: np.ndarray = field(default=None)


def _tips(rng, habit):
    """Ends of the twigs: spread over the crown, more of them near its surface."""
    direction = unit(rng.normal(size=(habit.tips, 3)))
    direction[:, 2] = np.abs(direction[:, 2]) * 1.25 - 0.42
    direction = unit(direction)
    radius = rng.uniform(0.45, 1.0, habit.tips) ** 0.55
    if habit.open_centre:
        direction[:, :2] *= 1.15
        radius = rng.uniform(0.40, 1.05, habit.tips) ** 0.6
    lobes = 1 + 0.16 * np.sin(3 * np.arctan2(direction[:, 1], direction[:, 0]) + rng.uniform(0, 6.3))
    offset = direction * (radius * lobes)[:, None] * np.array(habit.crown)
    centre = np.array([0, 0, habit.crown_base + habit.crown[2] * 0.72])
    tips = centre + offset
    tips[:, 2] = np.maximum(tips[:, 2], habit.crown_base * 0.8 + 0.05)
    return tips


def _wood(rng, habit, tips):
    """Trunk, a few limbs and a twig to every tip."""
    fork = np.array([0, 0, max(0.35, habit.crown_base * 0.75)])
    parts = [tube([[0, 0, -0.15], fork * 0.6 + rng.normal(0, 0.03, 3), fork], [0.105, 0.085, 0.075], 7)]
    limbs = []
    count = 5 if habit.open_centre else 6
    start = rng.uniform(0, 6.28)
    for k in range(count):
        angle = start + 2 * math.pi * k / count + rng.normal(0, 0.2)
        reach = np.array([math.cos(angle) * habit.crown[0], math.sin(angle) * habit.crown[1], habit.crown[2] * 1.1])
        end = fork + reach * rng.uniform(0.45, 0.6)
        middle = fork + reach * 0.25 + rng.normal(0, 0.06, 3)
        parts.append(tube([fork, middle, end], [0.06, 0.045, 0.028]))
        limbs.append((middle, end))
    for tip in tips:
        nodes = [p for limb in limbs for p in limb]
        near = min(nodes, key=lambda p: np.linalg.norm(p - tip))
        bend = (near + tip) / 2 + rng.normal(0, 0.08, 3)
        parts.append(tube([near, bend, tip], [0.022, 0.015, 0.007], 4))
    return join(parts)


def _along_twigs(rng, tips, count, spread, centre):
    """Points scattered about the outer twigs, and the index of the tip each belongs to."""
    which = rng.integers(0, len(tips), count)
    inward = rng.uniform(0, 0.38, (count, 1)) ** 1.3
    points = tips[which] + (centre - tips[which]) * inward + rng.normal(0, spread, (count, 3))
    points[:, 2] = np.maximum(points[:, 2], 0.25)
    return points, which


def _vine(rng, habit):
    """Tips and wood of a vine on a flat trellis: a trunk, two leaders along the wire, canes to both sides."""
    tips = np.stack([rng.uniform(-1, 1, habit.tips) * habit.crown[0], rng.uniform(-1, 1, habit.tips) * habit.crown[1],
                     habit.crown_base + rng.normal(0.10, 0.07, habit.tips)], 1)
    top = habit.crown_base
    parts = [tube([[0, 0, -0.15], [0.04, 0.03, top * 0.5], [0, 0, top]], [0.07, 0.055, 0.05], 7)]
    for sign in (-1, 1):
        parts.append(tube([[0, 0, top], [0.03, sign * habit.crown[1] * 0.5, top + 0.04], [0, sign * habit.crown[1], top + 0.02]], [0.045, 0.035, 0.025]))
    for tip in tips:
        foot = np.array([0, tip[1] * 0.9, top + 0.02])
        parts.append(tube([foot, (foot + tip) / 2 + rng.normal(0, 0.06, 3), tip], [0.016, 0.011, 0.006], 4))
    return tips, join(parts)


def grow(kind, rng):
    """Grow one tree of a kind."""
    if kind == "kiwifruit":
        return _grow_vine(rng)
    habit = HABITS[kind]
    tips = _tips(rng, habit)
    centre = np.array([0, 0, habit.crown_base + habit.crown[2] * 0.6])
    base, which = _along_twigs(rng, tips, habit.leaves, habit.spread, centre)
    outward = unit(base - centre)
    along = unit(outward + rng.normal(0, 0.7, base.shape) + np.array([0, 0, -0.25 if kind != "citrus" else 0.1]))
    normal = unit(outward * 0.7 + rng.normal(0, 0.45, base.shape) + np.array([0, 0, 0.75]))
    depth = np.linalg.norm((base - centre) / np.array(habit.crown), axis=1)
    flower, flower_tip = _along_twigs(rng, tips, habit.blossoms, habit.spread * (0.95 if habit.open_centre else 1.0), centre)
    fruit, _ = _along_twigs(rng, tips, habit.fruits, habit.spread * 0.9, centre)
    outside = tips[rng.integers(0, len(tips), habit.fruits)]
    outside = outside + unit(outside - centre) * 0.16 + rng.normal(0, 0.13, outside.shape)
    fruit = np.where(rng.uniform(0, 1, (habit.fruits, 1)) < 0.7, outside, fruit)
    fruit[:, 2] = np.maximum(fruit[:, 2], 0.3)
    return Tree(
        kind=kind,
        wood=_wood(rng, habit, tips),
        leaf_base=base,
        leaf_along=along,
        leaf_normal=normal,
        leaf_scale=rng.uniform(0.7, 1.25, len(base)),
        leaf_tip=which,
        leaf_rank=(rng.uniform(0, 1, len(base)) * 0.65 + rng.uniform(0, 1, len(tips))[which] * 0.35),
        leaf_tint=np.exp(rng.normal(0, 0.17, (len(base), 1)) + rng.normal(0, 0.05, (len(base), 3))),
        leaf_flush=np.clip(1.15 - depth + rng.normal(0, 0.22, len(base)), 0, 1),
        leaf_fate=rng.uniform(0, 1, (len(base), 2)),
        blossom_base=flower,
        blossom_normal=unit(unit(flower - centre) + rng.normal(0, 0.5, flower.shape)),
        blossom_rank=(rng.uniform(0, 1, len(flower)) * 0.6 + rng.uniform(0, 1, len(tips))[flower_tip] * 0.4),
        fruit_base=fruit,
        fruit_rank=rng.uniform(0, 1, len(fruit)),
        fruit_ripe=rng.uniform(0, 1, len(fruit)),
        tips=tips,
    )


def _grow_vine(rng):
    """A kiwifruit vine: leaves lie over the trellis, blossom and fruit hang below it."""
    habit = HABITS["kiwifruit"]
    tips, wood = _vine(rng, habit)
    count = habit.leaves

    def about(number, low, high):
        which = rng.integers(0, len(tips), number)
        away = rng.normal(0, habit.spread, (number, 3)) * [1, 1, 0]
        return tips[which] + away + np.stack([np.zeros(number)] * 2 + [rng.uniform(low, high, number)], 1), which

    base, which = about(count, -0.16, 0.14)
    along = unit(rng.normal(0, 1, (count, 3)) * [1, 1, 0.2] + [0, 0, -0.15])
    flower, flower_tip = about(habit.blossoms, -0.20, 0.13)
    fruit, _ = about(habit.fruits, -0.42, -0.12)
    return Tree(
        kind="kiwifruit", wood=wood, leaf_base=base, leaf_along=along, leaf_normal=unit(rng.normal(0, 0.35, (count, 3)) + [0, 0, 1.0]),
        leaf_scale=rng.uniform(0.65, 1.2, count), leaf_tip=which,
        leaf_rank=rng.uniform(0, 1, count) * 0.65 + rng.uniform(0, 1, len(tips))[which] * 0.35,
        leaf_tint=np.exp(rng.normal(0, 0.17, (count, 1)) + rng.normal(0, 0.05, (count, 3))),
        leaf_flush=np.clip(rng.uniform(0, 1, count), 0, 1), leaf_fate=rng.uniform(0, 1, (count, 2)),
        blossom_base=flower, blossom_normal=unit(rng.normal(0, 0.5, flower.shape) + [0, 0, 0.6]),
        blossom_rank=rng.uniform(0, 1, len(flower)) * 0.6 + rng.uniform(0, 1, len(tips))[flower_tip] * 0.4,
        fruit_base=fruit, fruit_rank=rng.uniform(0, 1, habit.fruits), fruit_ripe=rng.uniform(0, 1, habit.fruits), tips=tips,
    )  # fmt: skip


def kept_tips(tree, cut):
    """Which twigs are left when a share of them is cut, the upper ones first but not evenly."""
    order = tree.tips[:, 2] + 0.3 * np.sin(tree.tips @ np.array([12.9, 78.2, 37.7]))
    return np.argsort(np.argsort(order)) < round((1 - cut) * len(order))


def uncut(tree, cut):
    """Faces of the wood that are left; the twigs come last in it, one after the other."""
    stay = np.ones(len(tree.wood[1]), bool)
    if cut:
        each = 8  # faces of a twig: four sides, two lengths
        stay[len(stay) - each * len(tree.tips) :] = np.repeat(kept_tips(tree, cut), each)
    return stay


def leaves(tree, season, sway=None, trouble=WELL):
    """Leaf mesh of a tree on a day: (verts, faces, colours).

    `sway` moves the leaves of each twig (wind).
    """
    colours = COLOURS[tree.kind]
    shown = (tree.leaf_rank < season.leaf) & (tree.leaf_fate[:, 1] >= trouble.fallen)
    if trouble.cut:
        shown &= kept_tips(tree, trouble.cut)[tree.leaf_tip]
    base = tree.leaf_base[shown]
    if sway is not None:
        base = base + sway[tree.leaf_tip[shown]]
    young = tree.leaf_flush[shown] < season.flush
    # Leaves unfold: those whose rank was passed only just now are still small.
    unfolded = np.clip((season.leaf - tree.leaf_rank[shown]) * 4 + 0.35, 0.35, 1.0)
    size = tree.leaf_scale[shown] * unfolded * np.where(young, 0.85, 1.0)
    habit, along, fate = HABITS[tree.kind], tree.leaf_along[shown], tree.leaf_fate[shown]
    slack = trouble.wilt * (0.6 + 0.4 * fate[:, 0])
    burnt = fate[:, 1] < trouble.scorch
    hanging = np.where(burnt, 0.8, slack)[:, None]
    along = along * (1 - hanging) + np.array([0, 0, -1.6]) * hanging if hanging.any() else along
    size = size * np.where(burnt, 0.62, 1.0)
    verts, faces = kites(base, along, tree.leaf_normal[shown], habit.leaf[0] * size, habit.leaf[1] * size * (1 - 0.6 * slack))
    colour = np.where(young[:, None], np.array(colours["flush"]), np.array(colours["leaf"]))
    autumn = np.clip((season.autumn - fate[:, 0] * 0.7) / 0.3, 0, 1)[:, None]
    colour = colour * (1 - autumn) + np.array(colours["autumn"]) * autumn
    ill = np.clip((trouble.yellow - fate[:, 0] * 0.85) / 0.15, 0, 1)[:, None]
    colour = colour * (1 - ill) + np.array(COLOURS["sick"]) * ill
    dead = (fate[:, 0] < 0.25 * max(trouble.yellow - 0.6, 0.0))[:, None]
    colour = np.where(dead, np.array(COLOURS["dead"]), colour)
    colour = colour * (1 - 0.5 * slack[:, None]) + np.array(COLOURS["wilted"]) * 0.5 * slack[:, None]
    colour = np.where(burnt[:, None], np.array(COLOURS["scorched"]), colour)
    return verts, faces, colour * tree.leaf_tint[shown]


def blossoms(tree, season, sway=None):
    """Blossom mesh of a tree: (verts, faces, colours), or None when there is none."""
    shown = tree.blossom_rank < season.bloom - 0.02
    if not shown.any():
        return None
    size = HABITS[tree.kind].blossom
    base = tree.blossom_base[shown]
    normal = tree.blossom_normal[shown]
    along = unit(np.cross(normal, [0.3, 0.2, 0.93]))
    first = kites(base - along * size / 2, along, normal, np.full(len(base), size), np.full(len(base), size))
    tint = np.exp(np.sin(np.arange(len(base)) * 12.9898)[:, None] * 0.10)
    return first[0], first[1], np.array(COLOURS[tree.kind]["blossom"]) * tint


def fruits(tree, season):
    """Fruit meshes (green, ripe): each (verts, faces, colours) or None."""
    colours = COLOURS[tree.kind]
    shown = tree.fruit_rank < season.fruit
    ripeness = np.clip((season.ripe * 1.3 - tree.fruit_ripe * 0.8) / 0.5, 0, 1)
    result = []
    for kept in (shown & (ripeness < 0.5), shown & (ripeness >= 0.5)):
        if not kept.any():
            result.append(None)
            continue
        radius = HABITS[tree.kind].fruit / 2 * season.fruit_size
        verts = (tree.fruit_base[kept][:, None, :] + BALL[0][None] * radius).reshape(-1, 3)
        faces = (BALL[1][None] + np.arange(kept.sum())[:, None, None] * len(BALL[0])).reshape(-1, 4)
        ripe = ripeness[kept][:, None]
        colour = np.array(colours["green"]) * (1 - ripe) + np.array(colours["ripe"]) * ripe
        result.append((verts, faces, np.repeat(colour, len(BALL[1]), axis=0)))
    return tuple(result)


def sway(rng, tree, strength):
    """A displacement per twig for a wind of `strength` metres; twigs don't move together."""
    common = rng.normal(0, strength, 3) * [1, 1, 0.3]
    return common + rng.normal(0, strength, tree.tips.shape) * [1, 1, 0.5]


# --- tea and weeds ----------------------------------------------------------------------


def tea_row(rng, length, season, spacing=1.5):
    """One hedge along x from 0 to `length`: (leaves, twigs), each (verts, faces, colours).

    The hedge is a rounded cushion; cut back, its leaves go from the top and the twigs show.
    """
    colours = COLOURS["tea"]
    count = int(length * 420)
    x = rng.uniform(0, length, count)
    angle = rng.uniform(-0.15, math.pi + 0.15, count)
    depth = rng.uniform(0.72, 1.03, count)
    wave = 1 + 0.10 * np.sin(x * 1.7 + rng.uniform(0, 6)) + 0.06 * np.sin(x * 4.1 + rng.uniform(0, 6))
    rank = rng.uniform(0, 1, count)
    flush_rank = rng.uniform(0, 1, count)
    tint = np.exp(rng.normal(0, 0.17, (count, 1)) + rng.normal(0, 0.04, (count, 3)))
    jitter = rng.normal(0, 0.5, (count, 3))
    scale = rng.uniform(0.7, 1.2, count)
    height = 0.55 + 0.45 * season.leaf
    out = np.stack([np.zeros(count), np.cos(angle), np.sin(angle)], 1)
    centre = np.stack([x, np.zeros(count), np.full(count, 0.25)], 1)
    base = centre + out * (depth * wave)[:, None] * np.array([0, 0.58, 0.62 * height])
    shown = rank < 0.12 + 0.88 * season.leaf
    young = (flush_rank < season.flush) & (out[:, 2] > 0.25)
    colour = np.where(young[:, None], colours["flush"], colours["leaf"]) * tint
    along = unit(out + jitter)
    normal = unit(out * 0.6 + jitter[:, ::-1] * 0.8 + [0, 0, 0.8])
    verts, faces = kites(base[shown], along[shown], normal[shown], 0.15 * scale[shown], 0.075 * scale[shown])
    twig_count = int(length * 60)
    tx = rng.uniform(0, length, twig_count)
    ta = rng.uniform(0.1, math.pi - 0.1, twig_count)
    foot = np.stack([tx, rng.normal(0, 0.1, twig_count), np.zeros(twig_count)], 1)
    lean = np.stack([rng.normal(0, 0.15, twig_count), np.cos(ta) * 0.55, 0.25 + np.sin(ta) * 0.56 * height], 1)
    twigs = kites(foot, lean, rng.normal(size=lean.shape), np.linalg.norm(lean, axis=1), np.full(twig_count, 0.035))
    bark = np.array(COLOURS["bark"]) * 1.5 * np.exp(rng.normal(0, 0.2, (twig_count, 1)))
    return (verts, faces, colour[shown]), (twigs[0], twigs[1], bark)


@dataclass
class Sward:
    """Weeds on an area: a tuft of blades per row, with its ranks."""

    position: np.ndarray
    along: np.ndarray
    normal: np.ndarray
    scale: np.ndarray
    green_rank: np.ndarray
    stand_rank: np.ndarray
    tint: np.ndarray


def sow(rng, position, patchiness):
    """Weeds at the given ground points; `patchiness` (0 to 1 a point) makes bare and lush spots."""
    count = len(position)
    along = np.stack([rng.normal(0, 1, count), rng.normal(0, 1, count), rng.uniform(0.15, 0.95, count)], 1)
    normal = unit(np.array([0, 0, 1.0]) + rng.normal(0, 0.25, (count, 3)))
    return Sward(
        position=position,
        along=unit(along),
        normal=normal,
        scale=np.exp(rng.normal(0, 0.3, count)) * (0.7 + 0.6 * patchiness),
        green_rank=np.clip(rng.uniform(0, 1, count) * 0.6 + (1 - patchiness) * 0.4, 0, 1),
        stand_rank=np.clip(rng.uniform(0, 1, count) * 0.75 + (1 - patchiness) * 0.25, 0, 1),
        tint=np.exp(rng.normal(0, 0.2, (count, 1)) + rng.normal(0, 0.06, (count, 3))),
    )


def blades(sward, state, wide=0.42):
    """(green, straw) meshes of a sward; either may be None. Straw lies lower than green; `wide` is a blade's width by its length."""
    colours = COLOURS["weeds"]
    green = sward.green_rank < state.green
    standing = sward.stand_rank < state.standing
    straw = ~green & (sward.stand_rank < 0.55)
    result = []
    for kept, colour, tall in ((green & standing, colours["green"], 1.0), (straw, colours["straw"], 0.55)):
        if not kept.any():
            result.append(None)
            continue
        length = 0.34 * sward.scale[kept] * (0.45 + 0.55 * state.height) * (tall**0.5)
        along = sward.along[kept] * [1, 1, state.height * tall]
        verts, faces = kites(sward.position[kept] + [0, 0, 0.015], along, sward.normal[kept], length, length * wide)
        result.append((verts, faces, np.array(colour) * sward.tint[kept]))
    return tuple(result)
