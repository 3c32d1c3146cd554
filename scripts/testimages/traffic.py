"""What comes and goes in a street: people, vehicles, stalls, tents, washing, banners.

Every maker returns a `Shape` around its own origin (facing +y), so that the scene decides
where it stands.  Colours are sRGB; lengths are metres.
"""

import math

import numpy as np

from structures import Shape

CLOTHES = [
    (0.70, 0.12, 0.12), (0.15, 0.25, 0.50), (0.88, 0.88, 0.86), (0.12, 0.12, 0.14), (0.42, 0.45, 0.48),
    (0.80, 0.60, 0.20), (0.20, 0.42, 0.28), (0.62, 0.32, 0.52), (0.35, 0.55, 0.70), (0.55, 0.42, 0.30),
    (0.85, 0.55, 0.55), (0.30, 0.30, 0.20),
]  # fmt: skip
TROUSERS = [(0.12, 0.13, 0.17), (0.20, 0.24, 0.34), (0.32, 0.29, 0.25), (0.45, 0.44, 0.42), (0.16, 0.16, 0.15)]
AWNINGS = [(0.75, 0.13, 0.12), (0.12, 0.30, 0.66), (0.10, 0.48, 0.28), (0.85, 0.50, 0.12), (0.80, 0.78, 0.72)]


def _pick(rng, choices):
    return choices[int(rng.integers(len(choices)))]


def person(rng, role=None, umbrella=False):
    """A standing, walking or stooping person.  `role` "worker" wears a helmet."""
    shape = Shape()
    child = role is None and rng.random() < 0.1
    size = rng.uniform(1.05, 1.35) / 1.68 if child else rng.normal(1.0, 0.045)
    skin = np.array((0.72, 0.55, 0.43)) * rng.uniform(0.75, 1.1)
    top, legs = np.array(_pick(rng, CLOTHES)), np.array(_pick(rng, TROUSERS))
    stride = rng.uniform(-0.32, 0.32)
    build = rng.uniform(0.9, 1.2)
    bend = 0.35 if role == "worker" and rng.random() < 0.5 else rng.uniform(-0.02, 0.08)
    hip = 0.86
    for side in (-1, 1):
        knee = (side * 0.09, side * stride * 0.6 + 0.05, 0.47)
        foot = (side * 0.10, side * stride, 0.06)
        shape.tube((side * 0.09, 0, hip), knee, 0.085 * build, legs, 0.065, sides=7)
        shape.tube(knee, foot, 0.065, legs * 0.95, 0.05, sides=7)
        shape.ellipsoid((foot[0], foot[1] + 0.06, 0.045), (0.05, 0.13, 0.045), (0.13, 0.12, 0.12), 6, 4)
    lean = np.array([0.0, math.sin(bend), math.cos(bend)])
    base = np.array([0.0, 0.0, hip])
    shape.ellipsoid(base, (0.16 * build, 0.12 * build, 0.14), legs, 8, 5)
    chest = base + lean * 0.36
    shoulder = base + lean * 0.55
    shape.tube(base + lean * 0.02, chest, 0.145 * build, top, 0.165 * build, sides=9)
    shape.ellipsoid(chest + lean * 0.08, (0.20 * build, 0.125 * build, 0.17), top, 9, 6)
    short = rng.random() < 0.5
    for side in (-1, 1):
        joint = shoulder + np.array([side * 0.19 * build, 0, -0.02])
        swing = -side * stride * 0.7 + (0.25 if role == "worker" else 0.0)
        elbow = joint + np.array([side * 0.05, swing * 0.5, -0.27])
        hand = elbow + np.array([side * 0.01, swing * 0.6 + 0.08, -0.22])
        shape.tube(joint, elbow, 0.058, top, 0.048, sides=6)
        shape.tube(elbow, hand, 0.045, skin if short else top * 0.95, 0.035, sides=6)
        shape.ellipsoid(hand, (0.04, 0.045, 0.06), skin, 6, 4)
    neck = shoulder + lean * 0.05
    head = shoulder + lean * 0.22
    shape.tube(neck, head, 0.055, skin, sides=6)
    shape.ellipsoid(head, (0.085, 0.10, 0.12), skin, 9, 6)
    hair = _pick(rng, [(0.06, 0.05, 0.05), (0.09, 0.07, 0.06), (0.35, 0.34, 0.33)])
    shape.ellipsoid(head + (0, -0.02, 0.035), (0.095, 0.105, 0.10), hair, 9, 6)
    if role == "worker":
        shape.ellipsoid(head + (0, 0.01, 0.07), (0.14, 0.16, 0.10), _pick(rng, [(0.9, 0.72, 0.1), (0.85, 0.15, 0.1), (0.9, 0.9, 0.88)]), 10, 5)
    elif rng.random() < 0.14:
        shape.tube(head + (0, 0, 0.07), head + (0, 0, 0.24), 0.30, (0.78, 0.68, 0.45), 0.02, sides=12)
    if umbrella:
        tip = head + (0.12, 0.1, 0.55)
        shape.tube(head + (0.14, 0.12, -0.35), tip, 0.012, (0.3, 0.3, 0.3), sides=5)
        shape.tube(tip - (0, 0, 0.22), tip, 0.52, _pick(rng, CLOTHES), 0.02, sides=10)
    elif rng.random() < 0.3:
        shape.ellipsoid((0.30, 0.0, 0.55), (0.08, 0.14, 0.15), _pick(rng, CLOTHES), 7, 5)
    if rng.random() < 0.08 and not child:  # a carrying basket on the back
        shape.tube(chest + (0, -0.22, -0.2), chest + (0, -0.24, 0.25), 0.14, (0.55, 0.42, 0.24), 0.20, sides=9)
    placed = Shape()
    return placed.place(shape, (0, 0, 0), 0.0, size)


def _wheel(shape, x, y, radius, width):
    shape.tube((x - width / 2, y, radius), (x + width / 2, y, radius), radius, (0.06, 0.06, 0.06), sides=14)
    shape.tube((x - width / 2 - 0.01, y, radius), (x + width / 2 + 0.01, y, radius), radius * 0.55, (0.55, 0.56, 0.58), sides=10)


def _loft(shape, profile, sections, color):
    """A body through scaled copies of a side profile [(y, z)...] at lateral places [(x, inset)...]."""
    profile = np.asarray(profile, float)
    middle = profile.mean(axis=0)
    rings = []
    for x, inset in sections:
        ring = middle + (profile - middle) * (1 - inset)
        rings.append(np.column_stack([np.full(len(ring), x), ring]))
    n = len(profile)
    verts = np.concatenate(rings)
    i = np.arange(n)
    j = (i + 1) % n
    quads = np.concatenate([np.stack([i, j, j + n, i + n], axis=1) + k * n for k in range(len(sections) - 1)])
    tris = []
    for start, order in ((0, (0, 2, 1)), ((len(sections) - 1) * n, (0, 1, 2))):
        center = len(verts)
        verts = np.concatenate([verts, [verts[start : start + n].mean(axis=0)]])
        for a in range(n):
            t = (center, start + a, start + (a + 1) % n)
            tris.append([t[o] for o in order])
    shape.add(verts, quads, np.array(tris), color)


def car(rng):
    """A saloon, a hatchback or a small van, in common colours."""
    shape = Shape()
    kind = int(rng.integers(3))
    color = np.array(
        _pick(rng, [(0.88, 0.88, 0.87), (0.75, 0.76, 0.77), (0.10, 0.10, 0.11), (0.45, 0.46, 0.48), (0.50, 0.08, 0.08), (0.12, 0.20, 0.42), (0.55, 0.48, 0.38)])
    )
    if kind == 2:  # van
        long, wide, tall = 3.9, 1.62, 1.85
        body = [(-1.95, 0.35), (-1.95, 1.05), (-1.92, 1.6), (-1.75, 1.82), (0.8, 1.85), (1.2, 1.75), (1.75, 1.1), (1.93, 0.95), (1.95, 0.35)]
        glass = [(-1.7, 1.12), (-1.68, 1.62), (0.8, 1.68), (1.15, 1.6), (1.6, 1.12)]
    elif kind == 1:  # hatchback
        long, wide, tall = 4.1, 1.75, 1.55
        body = [(-2.0, 0.38), (-2.05, 0.75), (-1.98, 1.0), (-1.65, 1.4), (-1.2, 1.53), (0.2, 1.55), (0.55, 1.47), (1.15, 1.02), (1.9, 0.85), (2.05, 0.65), (2.05, 0.38)]
        glass = [(-1.65, 1.03), (-1.4, 1.38), (0.1, 1.44), (0.45, 1.38), (0.95, 1.03)]
    else:
        long, wide, tall = 4.5, 1.78, 1.46
        body = [(-2.2, 0.38), (-2.25, 0.7), (-2.2, 0.98), (-1.5, 1.03), (-0.95, 1.4), (-0.4, 1.46), (0.3, 1.45), (0.6, 1.38), (1.2, 0.98), (2.1, 0.85), (2.25, 0.62), (2.25, 0.38)]
        glass = [(-1.35, 1.05), (-0.85, 1.34), (0.2, 1.37), (0.5, 1.32), (1.0, 1.02)]
    half = wide / 2
    sections = [(-half, 0.09), (-half * 0.94, 0.03), (-half * 0.75, 0.0), (half * 0.75, 0.0), (half * 0.94, 0.03), (half, 0.09)]
    _loft(shape, body, sections, color)
    dark = (0.07, 0.09, 0.10)
    # Side glass stands just outside the body; front and rear glass are slanted sheets.
    for side in (-1, 1):
        x = side * (half + 0.004)
        g = np.array(glass)
        verts = np.column_stack([np.full(len(g), x), g])
        center = len(verts)
        verts = np.concatenate([verts, [verts.mean(axis=0)]])
        tris = [[center, a, (a + 1) % len(g)] for a in range(len(g))]
        shape.add(verts, tris=tris if side < 0 else [t[::-1] for t in tris], color=dark)
        shape.box((min(x, x * 0.985), -0.25, 1.0), (max(x, x * 0.985) + 0.003 * side, -0.19, tall - 0.1), color)
        shape.ellipsoid((side * (half + 0.09), glass[-1][0] - 0.1, 1.05), (0.09, 0.06, 0.07), color * 0.9, 6, 4)
        for y in (-long * 0.3, long * 0.3):
            _wheel(shape, side * (half - 0.09), y, 0.31, 0.2)
    w = half * 0.78
    # windscreen and rear window float 1 cm above the body's slope
    pairs = {
        0: (((0.62, 1.40), (1.16, 1.03)), ((-1.46, 1.07), (-0.98, 1.41))),
        1: (((0.57, 1.49), (1.10, 1.07)), ((-1.94, 1.07), (-1.68, 1.40))),
        2: (((1.23, 1.74), (1.72, 1.17)), ((-1.96, 1.12), (-1.93, 1.58))),
    }[kind]
    for (y0, z0), (y1, z1) in pairs:
        lift = 0.02
        back = y0 < 0
        dy = -lift if back else lift
        quad = [[-w, y0 + dy, z0 + lift], [w, y0 + dy, z0 + lift], [w, y1 + dy, z1 + lift], [-w, y1 + dy, z1 + lift]]
        shape.add(quad, [[0, 1, 2, 3]], color=dark)
    for x in (-half * 0.7, half * 0.7):
        shape.ellipsoid((x, long / 2 - 0.08, 0.72), (0.2, 0.09, 0.08), (0.92, 0.92, 0.88), 8, 4)
        shape.ellipsoid((x, -long / 2 + 0.05, 0.82), (0.16, 0.07, 0.10), (0.60, 0.05, 0.05), 8, 4)
    shape.box((-0.22, long / 2 - 0.03, 0.45), (0.22, long / 2 + 0.015, 0.58), (0.12, 0.22, 0.62))
    shape.box((-0.22, -long / 2 - 0.015, 0.55), (0.22, -long / 2 + 0.03, 0.68), (0.12, 0.22, 0.62))
    return shape


def lorry(rng, load=True):
    """A two-axle farm lorry: cab, open box with drop sides, sometimes a covered load."""
    shape = Shape()
    cab = np.array(_pick(rng, [(0.12, 0.28, 0.58), (0.66, 0.12, 0.10), (0.80, 0.80, 0.78)]))
    profile = [(1.75, 0.55), (1.75, 1.2), (1.85, 2.15), (2.0, 2.3), (3.0, 2.3), (3.18, 2.15), (3.42, 1.3), (3.45, 0.55)]
    _loft(shape, profile, [(-1.05, 0.05), (-0.98, 0.0), (0.98, 0.0), (1.05, 0.05)], cab)
    dark = (0.07, 0.09, 0.1)
    shape.add([[-0.88, 3.22, 2.12], [0.88, 3.22, 2.12], [0.88, 3.43, 1.42], [-0.88, 3.43, 1.42]], [[0, 1, 2, 3]], color=dark)
    for side in (-1, 1):
        x = side * 1.062
        shape.add([[x, 2.1, 1.4], [x, 3.2, 1.4], [x, 3.0, 2.1], [x, 2.15, 2.1]], [[0, 1, 2, 3]], color=dark)
        for y in (2.6, -1.6):
            _wheel(shape, side * 0.9, y, 0.46, 0.28)
        shape.ellipsoid((side * 0.75, 3.46, 0.85), (0.16, 0.06, 0.12), (0.9, 0.9, 0.85), 8, 4)
    shape.box((-0.9, 3.44, 0.55), (0.9, 3.52, 0.72), (0.2, 0.2, 0.2))
    shape.box((-0.45, -3.2, 0.7), (0.45, 2.4, 0.95), (0.12, 0.12, 0.12))
    bed = np.array(_pick(rng, [(0.20, 0.38, 0.60), (0.50, 0.16, 0.12), (0.24, 0.42, 0.34)]))
    shape.box((-1.12, -3.2, 0.98), (1.12, 1.6, 1.1), bed * 0.8)
    for side in (-1, 1):
        x0, x1 = sorted((side * 1.12, side * 1.06))
        shape.box((x0, -3.2, 1.1), (x1, 1.6, 1.75), bed)
        for y in np.arange(-3.1, 1.6, 0.8):
            a, b = sorted((side * 1.12, side * 1.16))
            shape.box((a, y, 1.0), (b, y + 0.08, 1.78), bed * 0.7)
    shape.box((-1.06, -3.2, 1.1), (1.06, -3.14, 1.75), bed)
    shape.box((-1.06, 1.54, 1.1), (1.06, 1.6, 2.35), bed)
    if load:
        cover = np.array(_pick(rng, [(0.22, 0.34, 0.28), (0.18, 0.32, 0.55), (0.45, 0.40, 0.30)]))
        u, v = np.linspace(-1.05, 1.05, 9), np.linspace(-3.1, 1.5, 15)
        points = np.zeros((9, 15, 3))
        points[..., 0], points[..., 1] = u[:, None], v[None, :]
        lump = rng.uniform(-0.07, 0.07, (9, 15))
        points[..., 2] = 1.72 + 0.62 * np.cos(u / 1.15 * math.pi / 2)[:, None] ** 0.7 * np.clip(1.2 - np.abs((v + 0.8) / 2.3) ** 6, 0.1, 1)[None, :] + lump
        shape.grid(points, cover)
    return shape


def tricycle(rng):
    """A cargo tricycle with its driver."""
    shape = Shape()
    color = np.array(_pick(rng, [(0.60, 0.12, 0.10), (0.12, 0.25, 0.55), (0.15, 0.38, 0.28)]))
    shape.box((-0.55, -1.4, 0.55), (0.55, 0.1, 0.62), color * 0.8)
    for side in (-1, 1):
        a, b = sorted((side * 0.55, side * 0.51))
        shape.box((a, -1.4, 0.62), (b, 0.1, 0.95), color)
        _wheel(shape, side * 0.5, -0.8, 0.27, 0.12)
    shape.box((-0.51, -1.4, 0.62), (0.51, -1.36, 0.95), color)
    for _ in range(int(rng.integers(0, 7))):
        x, y = rng.uniform(-0.35, 0.35), rng.uniform(-1.2, -0.1)
        shape.ellipsoid((x, y, 0.8), (0.2, 0.22, 0.2), rng.uniform(0.25, 0.8, 3), 8, 5)
    _wheel(shape, 0.0, 1.05, 0.27, 0.1)
    shape.tube((0, 1.05, 0.3), (0, 0.85, 1.0), 0.04, (0.2, 0.2, 0.2), sides=6)
    shape.tube((-0.33, 0.8, 1.02), (0.33, 0.8, 1.02), 0.02, (0.2, 0.2, 0.2), sides=6)
    shape.box((-0.2, 0.15, 0.5), (0.2, 0.65, 0.7), (0.12, 0.12, 0.12))
    shape.box((-0.16, 0.1, 0.25), (0.16, 1.0, 0.4), color)
    return sitting(shape, rng, 0.35, 0.72)


def scooter(rng, ridden=True):
    """An electric scooter, ridden or parked."""
    shape = Shape()
    color = np.array(_pick(rng, [(0.62, 0.10, 0.12), (0.85, 0.85, 0.85), (0.12, 0.12, 0.14), (0.15, 0.45, 0.60), (0.85, 0.60, 0.65)]))
    for y in (-0.6, 0.6):
        _wheel(shape, 0.0, y, 0.23, 0.1)
    shape.ellipsoid((0, -0.35, 0.5), (0.16, 0.48, 0.2), color, 9, 6)
    shape.box((-0.14, -0.1, 0.24), (0.14, 0.4, 0.32), (0.15, 0.15, 0.15))
    shape.tube((0, 0.58, 0.25), (0, 0.38, 1.0), 0.05, color, sides=7)
    shape.ellipsoid((0, 0.46, 0.68), (0.2, 0.08, 0.28), color, 9, 6)
    shape.tube((-0.3, 0.36, 1.02), (0.3, 0.36, 1.02), 0.02, (0.15, 0.15, 0.15), sides=6)
    shape.ellipsoid((0, -0.3, 0.70), (0.14, 0.36, 0.07), (0.1, 0.1, 0.1), 8, 4)
    return sitting(shape, rng, -0.2, 0.75) if ridden else shape


def sitting(shape, rng, y, seat, helmet=True):
    """Somebody sitting with the arms forward, as to a handlebar."""
    top, legs = np.array(_pick(rng, CLOTHES)), np.array(_pick(rng, TROUSERS))
    skin = np.array((0.70, 0.53, 0.42))
    for side in (-1, 1):
        knee = (side * 0.16, y + 0.42, seat - 0.02)
        shape.tube((side * 0.1, y, seat + 0.05), knee, 0.085, legs, 0.07, sides=7)
        shape.tube(knee, (side * 0.14, y + 0.4, seat - 0.42), 0.065, legs, 0.05, sides=7)
        shape.tube((side * 0.19, y + 0.03, seat + 0.5), (side * 0.24, y + 0.5, seat + 0.3), 0.05, top, 0.04, sides=6)
    shape.ellipsoid((0, y + 0.02, seat + 0.33), (0.2, 0.14, 0.32), top, 9, 6)
    shape.ellipsoid((0, y + 0.07, seat + 0.78), (0.09, 0.1, 0.12), skin, 9, 6)
    cap = _pick(rng, [(0.1, 0.1, 0.1), (0.75, 0.15, 0.15), (0.85, 0.85, 0.85), (0.06, 0.05, 0.05)])
    size = (0.12, 0.14, 0.11) if helmet else (0.095, 0.105, 0.10)
    shape.ellipsoid((0, y + 0.05, seat + 0.83), size, cap if helmet else (0.30, 0.29, 0.28), 9, 6)
    return shape


def stall(rng):
    """A market stall: table with goods in crates under a sagging coloured awning."""
    shape = Shape()
    w, d = rng.uniform(2.0, 3.0), rng.uniform(1.6, 2.1)
    color = np.array(_pick(rng, AWNINGS))
    second = color if rng.random() < 0.5 else np.array((0.88, 0.87, 0.83))
    tall = rng.uniform(2.0, 2.4)
    for x in (-w / 2, w / 2):
        for y in (-d / 2, d / 2):
            shape.tube((x, y, 0), (x, y, tall - 0.15), 0.025, (0.62, 0.63, 0.64), sides=5)
    n, m = 13, 7
    u, v = np.linspace(-w / 2 - 0.2, w / 2 + 0.2, n), np.linspace(-d / 2 - 0.2, d / 2 + 0.2, m)
    points = np.zeros((n, m, 3))
    points[..., 0], points[..., 1] = u[:, None], v[None, :]
    points[..., 2] = tall + 0.35 * (1 - np.abs(v / (d / 2 + 0.2)))[None, :] - 0.06 * np.cos(u / w * 2 * math.pi)[:, None] + rng.uniform(-0.015, 0.015, (n, m))
    stripes = np.array([color if (i // 2) % 2 == 0 else second for i in range(n - 1)])
    shape.grid(points, np.repeat(stripes, m - 1, axis=0))
    shape.box((-w / 2 + 0.1, -d / 2 + 0.2, 0.65), (w / 2 - 0.1, d / 2 - 0.4, 0.72), (0.50, 0.40, 0.28))
    shape.box((-w / 2 + 0.12, -d / 2 + 0.22, 0.1), (w / 2 - 0.12, -d / 2 + 0.25, 0.65), second * 0.8)
    goods = [(0.30, 0.52, 0.18), (0.78, 0.20, 0.12), (0.88, 0.55, 0.12), (0.85, 0.82, 0.72), (0.45, 0.18, 0.38), (0.85, 0.75, 0.2), (0.25, 0.35, 0.6)]
    x = -w / 2 + 0.25
    while x < w / 2 - 0.45:
        item = np.array(_pick(rng, goods))
        shape.box((x, -d / 2 + 0.28, 0.72), (x + 0.4, d / 2 - 0.48, 0.8), (0.60, 0.50, 0.35))
        for _ in range(7):
            shape.ellipsoid((x + rng.uniform(0.06, 0.34), rng.uniform(-d / 2 + 0.35, d / 2 - 0.55), 0.84), (0.09, 0.09, 0.07), np.clip(item * rng.uniform(0.8, 1.2), 0, 1), 6, 4)
        x += 0.46
    return shape


def wedding_tent(width, depth):
    """A red banquet canopy on poles with round tables and stools, open at the sides."""
    shape = Shape()
    red = np.array((0.72, 0.07, 0.08))
    tall = 2.7
    for x in np.linspace(-width / 2, width / 2, 3):
        for y in (-depth / 2, depth / 2):
            shape.tube((x, y, 0), (x, y, tall), 0.04, (0.7, 0.7, 0.7), sides=6)
    n, m = 16, 10
    u, v = np.linspace(-width / 2 - 0.15, width / 2 + 0.15, n), np.linspace(-depth / 2 - 0.15, depth / 2 + 0.15, m)
    points = np.zeros((n, m, 3))
    points[..., 0], points[..., 1] = u[:, None], v[None, :]
    points[..., 2] = tall + 0.9 * (1 - np.abs(u) / (width / 2 + 0.15))[:, None] - 0.05 * np.cos(v * 3)[None, :]
    shape.grid(points, red)
    gold = (0.85, 0.66, 0.15)
    for y in (-depth / 2 - 0.16, depth / 2 + 0.16):
        for i in range(n - 1):
            shape.add(
                [[u[i], y, points[i, 0, 2]], [u[i + 1], y, points[i + 1, 0, 2]], [(u[i] + u[i + 1]) / 2, y, min(points[i, 0, 2], points[i + 1, 0, 2]) - 0.45]],
                tris=[[0, 1, 2]], color=gold if i % 2 else red,
            )  # fmt: skip
    for x in np.arange(-width / 2 + 0.9, width / 2 - 0.5, 1.6):
        for y in np.arange(-depth / 2 + 0.9, depth / 2 - 0.5, 1.6):
            shape.tube((x, y, 0.7), (x, y, 0.75), 0.55, (0.78, 0.16, 0.14), sides=14)
            shape.tube((x, y, 0), (x, y, 0.7), 0.05, (0.4, 0.4, 0.4), sides=6)
            for a in np.arange(6) * math.pi / 3:
                shape.tube((x + 0.8 * math.cos(a), y + 0.8 * math.sin(a), 0), (x + 0.8 * math.cos(a), y + 0.8 * math.sin(a), 0.44), 0.15, (0.7, 0.15, 0.15), sides=8)
    return shape


def laundry(rng, length):
    """A line between two poles along +y with clothes and sheets."""
    shape = Shape()
    for y in (0, length):
        shape.tube((0, y, 0), (0, y, 1.9), 0.035, (0.55, 0.5, 0.42), sides=6)
    shape.tube((0, 0, 1.85), (0, length, 1.85), 0.01, (0.7, 0.7, 0.7), sides=4)
    y = 0.2
    while y < length - 0.5:
        w, h = (rng.uniform(1.0, 1.5), rng.uniform(1.1, 1.5)) if rng.random() < 0.2 else (rng.uniform(0.4, 0.7), rng.uniform(0.5, 0.9))
        w = min(w, length - y - 0.1)
        u, z = np.linspace(y, y + w, 6), np.linspace(1.85, 1.85 - h, 5)
        points = np.zeros((6, 5, 3))
        points[..., 1], points[..., 2] = u[:, None], z[None, :]
        points[..., 0] = 0.05 * np.sin(u * 7 + rng.uniform(0, 6))[:, None] * np.linspace(0.2, 1.5, 5)[None, :]
        shape.grid(points, np.clip(np.array(_pick(rng, CLOTHES)) * rng.uniform(0.9, 1.3), 0, 1))
        y += w + rng.uniform(0.05, 0.4)
    return shape


def drying_mats(rng, count):
    """Bamboo mats on the ground with grain or rapeseed spread on them."""
    shape = Shape()
    for i in range(count):
        x, y = (i % 2) * 1.9 + rng.uniform(-0.1, 0.1), (i // 2) * 2.6 + rng.uniform(-0.15, 0.15)
        shape.box((x, y, 0.0), (x + 1.6, y + 2.3, 0.02), (0.70, 0.60, 0.40))
        crop = _pick(rng, [(0.82, 0.62, 0.20), (0.22, 0.18, 0.14), (0.62, 0.20, 0.12), (0.72, 0.60, 0.36)])
        n, m = 9, 12
        u, v = np.linspace(x + 0.12, x + 1.48, n), np.linspace(y + 0.12, y + 2.18, m)
        points = np.zeros((n, m, 3))
        points[..., 0], points[..., 1] = u[:, None], v[None, :]
        points[..., 2] = 0.035 + rng.uniform(0, 0.02, (n, m))
        shape.grid(points, np.clip(np.array(crop) * rng.uniform(0.85, 1.15, ((n - 1) * (m - 1), 1)), 0, 1))
    return shape


def banners(rng, x0, x1, y, z):
    """A red cloth banner with pale block lettering across the street, and a string of flags."""
    shape = Shape()
    shape.tube((x0, y, z + 0.62), (x1, y, z + 0.62), 0.012, (0.3, 0.3, 0.3), sides=4)
    a, b = x0 + 1.0, x1 - 1.0
    u, w = np.linspace(a, b, 40), np.linspace(z + 0.6, z - 0.1, 4)
    points = np.zeros((40, 4, 3))
    points[..., 0], points[..., 2] = u[:, None], w[None, :]
    points[..., 1] = y + 0.06 * np.sin(u * 2.1 + rng.uniform(0, 6))[:, None] * np.linspace(0.3, 1, 4)[None, :]
    points[..., 2] -= 0.10 * np.sin((u - a) / (b - a) * math.pi)[:, None]
    shape.grid(points, (0.76, 0.06, 0.06))
    at = a + 0.5
    while at < b - 0.6:
        sag = 0.10 * math.sin((at - a) / (b - a) * math.pi)
        for bar in ((0.0, 0.36, 0.36, 0.42), (0.0, 0.36, 0.04, 0.10), (0.05, 0.11, 0.04, 0.42), (0.24, 0.30, 0.04, 0.42)):
            shape.box((at + bar[0], y - 0.09, z + bar[2] - sag), (at + bar[1], y - 0.075, z + bar[3] - sag), (0.95, 0.88, 0.55))
        at += 0.6
    for k in np.arange(x0, x1, 0.45):
        colors = [(0.85, 0.1, 0.1), (0.9, 0.75, 0.1), (0.1, 0.35, 0.7), (0.1, 0.5, 0.25)]
        drop = z + 0.95 - 0.5 * math.sin((k - x0) / (x1 - x0) * math.pi)
        shape.add([[k, y + 1.2, drop], [k + 0.36, y + 1.2, drop], [k + 0.18, y + 1.25, drop - 0.42]], tris=[[0, 1, 2]], color=_pick(rng, colors))
    return shape
