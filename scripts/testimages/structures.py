"""Buildings, ground and building works of the street scenes, made from boxes and bricks.

`Shape` collects coloured faces so that a whole house is a handful of meshes.  Works are
functions of a progress number, so that any stage can be built without the ones before it.
Colours are sRGB; lengths are metres.
"""

import math

import numpy as np

import studio

INDEX = studio.INDEX


class Shape:
    """Quads and triangles with a colour each, collected to become one mesh."""

    def __init__(self):
        self.verts, self.quads, self.tris, self.quad_colors, self.tri_colors = [], [], [], [], []
        self.count = 0

    def add(self, verts, quads=None, tris=None, color=(0.5, 0.5, 0.5)):
        """Adds faces over new vertices; `color` is one sRGB colour or one per face."""
        verts = np.asarray(verts, float).reshape(-1, 3)
        for faces, kept, colors in (
            (quads, self.quads, self.quad_colors),
            (tris, self.tris, self.tri_colors),
        ):
            if faces is not None and len(faces):
                faces = np.asarray(faces, int)
                kept.append(faces + self.count)
                colors.append(np.broadcast_to(studio.linear(color), (len(faces), 3)))
        self.verts.append(verts)
        self.count += len(verts)
        return self

    def box(self, low, high, color):
        """An axis-parallel box."""
        (a, b, c), (d, e, f) = low, high
        verts = [[x, y, z] for z in (c, f) for y in (b, e) for x in (a, d)]
        quads = [[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]]
        return self.add(verts, quads, color=color)

    def tube(self, start, end, radius, color, radius_end=None, sides=8):
        """A closed cylinder or cone between two points."""
        start, end = np.asarray(start, float), np.asarray(end, float)
        radius_end = radius if radius_end is None else radius_end
        axis = (end - start) / (np.linalg.norm(end - start) + 1e-9)
        side = np.cross(axis, [0.0, 0.0, 1.0] if abs(axis[2]) < 0.9 else [1.0, 0.0, 0.0])
        side /= np.linalg.norm(side)
        other = np.cross(axis, side)
        angles = np.arange(sides) * 2 * math.pi / sides
        ring = np.cos(angles)[:, None] * side + np.sin(angles)[:, None] * other
        verts = np.concatenate([start + ring * radius, end + ring * radius_end, [start], [end]])
        i = np.arange(sides)
        j = (i + 1) % sides
        quads = np.stack([i, j, j + sides, i + sides], axis=1)
        tris = np.concatenate(
            [
                np.stack([j, i, np.full(sides, 2 * sides)], axis=1),
                np.stack([i + sides, j + sides, np.full(sides, 2 * sides + 1)], axis=1),
            ]
        )
        return self.add(verts, quads, tris, color)

    def ellipsoid(self, center, radii, color, around=8, rows=5):
        """A rounded body."""
        theta = np.linspace(0.0, math.pi, rows + 1)[1:-1]
        phi = np.arange(around) * 2 * math.pi / around
        ring = [
            [math.sin(t) * math.cos(p), math.sin(t) * math.sin(p), math.cos(t)] for t in theta for p in phi
        ]
        verts = np.array(ring + [[0, 0, 1], [0, 0, -1]]) * radii + center
        i = np.arange(around)
        j = (i + 1) % around
        quads = [np.stack([i, i + around, j + around, j], axis=1) + r * around for r in range(len(theta) - 1)]
        top, bottom, last = len(ring), len(ring) + 1, (len(theta) - 1) * around
        tris = np.concatenate(
            [
                np.stack([np.full(around, top), i, j], axis=1),
                np.stack([np.full(around, bottom), j + last, i + last], axis=1),
            ]
        )
        return self.add(verts, np.concatenate(quads) if quads else None, tris, color)

    def panel(self, face, u0, u1, z0, z1, depth, color):
        """A slab standing out by `depth` from a wall; `face` is (axis, coordinate, sign)."""
        axis, at, sign = face
        a, b = (at, at + depth * sign) if sign > 0 else (at - depth, at)
        if axis == "x":
            return self.box((a, u0, z0), (b, u1, z1), color)
        return self.box((u0, a, z0), (u1, b, z1), color)

    def grid(self, points, color):
        """A sheet over an (n, m, 3) array of points; `color` one or one per cell."""
        n, m = points.shape[:2]
        base = (np.arange(n - 1)[:, None] * m + np.arange(m - 1)[None, :]).ravel()
        quads = np.stack([base, base + m, base + m + 1, base + 1], axis=1)
        return self.add(points.reshape(-1, 3), quads, color=color)

    def place(self, other, location, rotation_z=0.0, scale=1.0):
        """Adds a moved, turned and scaled copy of another shape."""
        c, s = math.cos(rotation_z), math.sin(rotation_z)
        turn = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
        for verts in other.verts:
            self.verts.append(verts * scale @ turn + np.asarray(location, float))
        self.quads += [f + self.count for f in other.quads]
        self.tris += [f + self.count for f in other.tris]
        self.quad_colors += other.quad_colors
        self.tri_colors += other.tri_colors
        self.count += other.count
        return self

    def emit(self, name, material, index, smooth=False):
        """Makes the mesh; an empty shape makes none."""
        if not (self.quads or self.tris):
            return None
        faces, colors = [], []
        if self.quads:
            faces.append(np.concatenate(self.quads))
            colors.append(np.concatenate(self.quad_colors))
        if self.tris:
            faces.append(np.concatenate(self.tris))
            colors.append(np.concatenate(self.tri_colors))
        return studio.mesh(
            name, np.concatenate(self.verts), faces, material, np.concatenate(colors), index, smooth
        )


# ---------------------------------------------------------------------------------------
# Materials


def _wall_coordinates(nodes, links):
    """A vector (x + y, z, 0): one flat texture space for all axis-parallel walls."""
    where = nodes.new("ShaderNodeTexCoord")
    split = nodes.new("ShaderNodeSeparateXYZ")
    total = nodes.new("ShaderNodeMath")
    join = nodes.new("ShaderNodeCombineXYZ")
    links.new(where.outputs["Object"], split.inputs[0])
    links.new(split.outputs[0], total.inputs[0])
    links.new(split.outputs[1], total.inputs[1])
    links.new(total.outputs[0], join.inputs[0])
    links.new(split.outputs[2], join.inputs[1])
    return where, join


def _noise(nodes, links, vector, scale, low, high, stretch=(1, 1, 1), detail=3.0):
    """A fractal noise spread to low..high; `stretch` multiplies the coordinates."""
    mapping = nodes.new("ShaderNodeMapping")
    mapping.inputs["Scale"].default_value = stretch
    links.new(vector, mapping.inputs["Vector"])
    texture = nodes.new("ShaderNodeTexNoise")
    texture.inputs["Scale"].default_value = scale
    texture.inputs["Detail"].default_value = detail
    texture.inputs["Roughness"].default_value = 0.65
    links.new(mapping.outputs[0], texture.inputs["Vector"])
    spread = nodes.new("ShaderNodeMapRange")
    spread.inputs["From Min"].default_value = 0.32
    spread.inputs["From Max"].default_value = 0.68
    spread.inputs["To Min"].default_value = low
    spread.inputs["To Max"].default_value = high
    links.new(texture.outputs[0], spread.inputs["Value"])
    return spread.outputs[0]


def _times(nodes, links, color, factor):
    """A colour socket times a number socket or constant."""
    mix = nodes.new("ShaderNodeVectorMath")
    mix.operation = "SCALE"
    links.new(color, mix.inputs[0])
    if isinstance(factor, (int, float)):
        mix.inputs["Scale"].default_value = factor
    else:
        links.new(factor, mix.inputs["Scale"])
    return mix.outputs[0]


def _start(name, roughness, wet):
    """A new node material: (material, nodes, links, shader)."""
    import bpy

    made = bpy.data.materials.new(name)
    made.use_nodes = True
    nodes, links = made.node_tree.nodes, made.node_tree.links
    shader = nodes["Principled BSDF"]
    shader.inputs["Roughness"].default_value = roughness * (1 - 0.45 * wet)
    shader.inputs["Specular IOR Level"].default_value = 0.2 + 0.3 * wet
    return made, nodes, links, shader


def _known(name):
    import bpy

    return bpy.data.materials.get(name)


def _rgb(nodes, color):
    node = nodes.new("ShaderNodeRGB")
    node.outputs[0].default_value = [float(c) for c in studio.linear(color)] + [1.0]
    return node.outputs[0]


def painted(name, roughness=0.75, dirt=0.25, wet=0.0, scale=0.9):
    """Face colours under a film of dirt: for everything small and for plastered walls."""
    if _known(name):
        return _known(name)
    made, nodes, links, shader = _start(name, roughness, wet)
    color = nodes.new("ShaderNodeAttribute")
    color.attribute_name = "Col"
    out = color.outputs["Color"]
    if dirt > 0:
        where = nodes.new("ShaderNodeTexCoord").outputs["Object"]
        out = _times(nodes, links, out, _noise(nodes, links, where, scale, 1 - 1.6 * dirt, 1.1))
        out = _times(nodes, links, out, _noise(nodes, links, where, 4.5, 1 - 0.7 * dirt, 1.05, (1, 1, 0.12)))
    if wet > 0:
        out = _times(nodes, links, out, 1 - 0.3 * wet)
    links.new(out, shader.inputs["Base Color"])
    return made


def masonry(name, color, color2, mortar, width, height, joint, dirt=0.25, roughness=0.85, wet=0.0, offset=0.5):
    """Bricks or facade tiles in courses, with stains running down."""
    if _known(name):
        return _known(name)
    made, nodes, links, shader = _start(name, roughness, wet)
    where, wall = _wall_coordinates(nodes, links)
    brick = nodes.new("ShaderNodeTexBrick")
    brick.offset = offset
    brick.inputs["Scale"].default_value = 1.0
    brick.inputs["Brick Width"].default_value = width
    brick.inputs["Row Height"].default_value = height
    brick.inputs["Mortar Size"].default_value = joint
    for key, value in (("Color1", color), ("Color2", color2), ("Mortar", mortar)):
        brick.inputs[key].default_value = [float(c) for c in studio.linear(value)] + [1.0]
    links.new(wall.outputs[0], brick.inputs["Vector"])
    out = _times(nodes, links, brick.outputs["Color"], _noise(nodes, links, where.outputs["Object"], 0.7, 1 - 1.3 * dirt, 1.1))
    out = _times(
        nodes, links, out, _noise(nodes, links, where.outputs["Object"], 3.0, 1 - 1.2 * dirt, 1.08, (1, 1, 0.1))
    )
    out = _times(nodes, links, out, 1 - 0.25 * wet)
    links.new(out, shader.inputs["Base Color"])
    return made


def ground(name, color, color2, wet=0.0, puddles=0.0, fine=7.0, coarse=0.35, joints=None):
    """Earth, concrete or road: two colours mixed at two scales, wetness, puddles, slab joints.

    `puddles` is roughly the share of the surface that mirrors the sky; `joints` the (width,
    length) of concrete slabs.
    """
    if _known(name):
        return _known(name)
    made, nodes, links, shader = _start(name, 0.9, 0.0)
    where = nodes.new("ShaderNodeTexCoord").outputs["Object"]
    mix = nodes.new("ShaderNodeMix")
    mix.data_type = "RGBA"
    links.new(_rgb(nodes, color), mix.inputs[6])
    links.new(_rgb(nodes, color2), mix.inputs[7])
    links.new(_noise(nodes, links, where, coarse, 0.0, 1.0), mix.inputs[0])
    out = _times(nodes, links, mix.outputs[2], _noise(nodes, links, where, fine, 0.72, 1.2))
    out = _times(nodes, links, out, _noise(nodes, links, where, 2.2, 0.82, 1.12, detail=2.0))
    if joints:
        slab = nodes.new("ShaderNodeTexBrick")
        slab.offset = 0.0
        slab.inputs["Scale"].default_value = 1.0
        slab.inputs["Brick Width"].default_value = joints[0]
        slab.inputs["Row Height"].default_value = joints[1]
        slab.inputs["Mortar Size"].default_value = 0.02
        slab.inputs["Color1"].default_value = (1.0, 1.0, 1.0, 1.0)
        slab.inputs["Color2"].default_value = (0.9, 0.9, 0.9, 1.0)
        slab.inputs["Mortar"].default_value = (0.35, 0.33, 0.3, 1.0)
        links.new(where, slab.inputs["Vector"])
        product = nodes.new("ShaderNodeVectorMath")
        product.operation = "MULTIPLY"
        links.new(out, product.inputs[0])
        links.new(slab.outputs["Color"], product.inputs[1])
        out = product.outputs[0]
    if wet > 0:
        out = _times(nodes, links, out, 1 - 0.45 * wet)
        edge = 0.5 + 0.3 * (1 - 2 * puddles)
        pool = _noise(nodes, links, where, 0.45, 0.0, 1.0, detail=2.0)
        cut = nodes.new("ShaderNodeMapRange")
        cut.inputs["From Min"].default_value = edge
        cut.inputs["From Max"].default_value = edge + 0.22
        cut.inputs["To Min"].default_value = 0.9 - 0.45 * wet
        cut.inputs["To Max"].default_value = 0.9 - 0.45 * wet if puddles <= 0 else 0.06
        links.new(pool, cut.inputs["Value"])
        links.new(cut.outputs[0], shader.inputs["Roughness"])
        shader.inputs["Specular IOR Level"].default_value = 0.25 + 0.35 * wet
        if puddles > 0:
            dark = nodes.new("ShaderNodeMapRange")
            dark.inputs["From Min"].default_value = edge
            dark.inputs["From Max"].default_value = edge + 0.22
            dark.inputs["To Min"].default_value = 1.0
            dark.inputs["To Max"].default_value = 0.62
            links.new(pool, dark.inputs["Value"])
            out = _times(nodes, links, out, dark.outputs[0])
    links.new(out, shader.inputs["Base Color"])
    return made


def wall_material(style, wet=0.0):
    """The named wall finishes of a township street."""
    styles = {
        "brick": ((0.60, 0.30, 0.21), (0.50, 0.24, 0.17), (0.60, 0.56, 0.51), 0.25, 0.075, 0.011, 0.2),
        "oldbrick": ((0.48, 0.33, 0.27), (0.40, 0.27, 0.22), (0.50, 0.47, 0.43), 0.25, 0.075, 0.01, 0.35),
        "whitetile": ((0.86, 0.86, 0.83), (0.82, 0.82, 0.80), (0.66, 0.65, 0.62), 0.6, 0.3, 0.018, 0.2),
        "creamtile": ((0.84, 0.77, 0.63), (0.80, 0.72, 0.58), (0.62, 0.57, 0.48), 0.6, 0.3, 0.018, 0.22),
        "pinktile": ((0.78, 0.62, 0.55), (0.74, 0.57, 0.5), (0.6, 0.52, 0.47), 0.6, 0.3, 0.018, 0.22),
        "plaster": ((0.74, 0.72, 0.67), (0.72, 0.70, 0.65), (0.68, 0.66, 0.61), 2.4, 1.5, 0.01, 0.3),
        "concrete": ((0.56, 0.55, 0.52), (0.52, 0.51, 0.49), (0.45, 0.44, 0.42), 2.4, 1.2, 0.015, 0.3),
        "block": ((0.58, 0.57, 0.55), (0.52, 0.51, 0.49), (0.66, 0.64, 0.60), 0.4, 0.2, 0.014, 0.2),
    }
    color, color2, mortar, width, height, joint, dirt = styles[style]
    tile = style.endswith("tile")
    return masonry(
        "wall-" + style, color, color2, mortar, width, height, joint, dirt,
        0.45 if tile else 0.9, wet * (0.4 if tile else 1.0), 0.0 if tile else 0.5,
    )  # fmt: skip


# ---------------------------------------------------------------------------------------
# Houses

GLASS = (0.10, 0.13, 0.15)


def window(shape, face, u, z, width, height, rng, cage=None):
    """A framed window with panes, a sill, sometimes a grille."""
    frame = (0.80, 0.81, 0.80) if rng.random() < 0.6 else (0.35, 0.30, 0.27)
    shape.panel(face, u - 0.06, u + width + 0.06, z - 0.06, z + height + 0.06, 0.05, frame)
    tint = np.clip(np.array(GLASS) + rng.uniform(-0.03, 0.08), 0, 1)
    panes = 2 if width < 1.4 else 3
    step = width / panes
    for i in range(panes):
        shape.panel(face, u + i * step + 0.03, u + (i + 1) * step - 0.03, z + 0.03, z + height * 0.68, 0.07, tint)
        shape.panel(face, u + i * step + 0.03, u + (i + 1) * step - 0.03, z + height * 0.72, z + height - 0.03, 0.07, tint)
    if rng.random() < 0.4:
        curtain = rng.choice([0, 1])
        color = ((0.62, 0.55, 0.45), (0.45, 0.55, 0.62))[curtain]
        shape.panel(face, u + 0.05, u + step * 0.8, z + 0.05, z + height * 0.66, 0.075, color)
    shape.panel(face, u - 0.12, u + width + 0.12, z - 0.14, z - 0.06, 0.14, (0.62, 0.61, 0.58))
    if cage if cage is not None else rng.random() < 0.35:
        bar = (0.62, 0.63, 0.64)
        for i in range(int(width / 0.16) + 1):
            shape.panel(face, u + i * 0.16, u + i * 0.16 + 0.02, z - 0.05, z + height, 0.30, bar)
        for k in (0.0, 0.5, 1.0):
            shape.panel(face, u - 0.02, u + width + 0.02, z + k * height - 0.03, z + k * height, 0.31, bar)


def shopfront(shape, face, u0, u1, rng):
    """Roller shutters, some open, under a signboard with block lettering."""
    span = u1 - u0
    count = max(1, int(span / 3.2))
    step = span / count
    for i in range(count):
        a, b = u0 + i * step + 0.25, u0 + (i + 1) * step - 0.25
        lift = rng.choice([0.0, 0.0, 2.0, 1.4])
        shape.panel(face, a, b, 0.15, 2.75, 0.03, (0.07, 0.07, 0.08))
        if lift > 0:
            for _ in range(5):
                at = rng.uniform(a + 0.1, b - 0.5)
                shape.panel(face, at, at + 0.35, 0.15, rng.uniform(0.5, 1.6), 0.06, rng.uniform(0.2, 0.7, 3))
        color = [(0.55, 0.57, 0.60), (0.42, 0.50, 0.60), (0.60, 0.58, 0.52)][rng.integers(3)]
        z = 0.15 + lift
        while z < 2.7:
            shape.panel(face, a, b, z, min(z + 0.09, 2.75), 0.09, color)
            z += 0.11
    sign = [(0.66, 0.12, 0.10), (0.10, 0.30, 0.55), (0.85, 0.65, 0.12), (0.12, 0.42, 0.25)][rng.integers(4)]
    shape.panel(face, u0 + 0.2, u1 - 0.2, 2.85, 3.6, 0.18, sign)
    at = u0 + 0.6
    pale = (0.93, 0.90, 0.80)
    while at < u1 - 1.0:
        shape.panel(face, at, at + 0.42, 3.0, 3.06, 0.20, pale)
        shape.panel(face, at, at + 0.42, 3.38, 3.44, 0.20, pale)
        shape.panel(face, at + 0.08, at + 0.14, 3.0, 3.44, 0.205, pale)
        shape.panel(face, at + 0.27, at + 0.33, 3.0, 3.44, 0.205, pale)
        at += 0.62


def tile_roof(shape, low, high, z, rise, color, rng, ridge="y", overhang=0.5):
    """A gable roof of small tiles in rows; `low`, `high` are the (x, y) corners of the walls."""
    (x0, y0), (x1, y1) = low, high
    if ridge == "x":
        half, u0, u1, middle = (y1 - y0) / 2 + overhang, x0 - overhang, x1 + overhang, (y0 + y1) / 2
    else:
        half, u0, u1, middle = (x1 - x0) / 2 + overhang, y0 - overhang, y1 + overhang, (x0 + x1) / 2
    columns, rows = int((u1 - u0) / 0.11) + 1, max(6, int(half / 0.4))
    u = np.linspace(u0, u1, columns)
    for side in (-1, 1):
        for row in range(rows):
            t = np.array([row / rows, (row + 1.08) / rows])
            lift = np.array([0.0, 0.05])
            across = middle + side * half * (1 - t)
            height = z + rise * t - 0.12 + lift[::-1]
            wave = 0.035 * np.cos(2 * math.pi * (u - u0) / 0.33)
            sag = -0.05 * np.sin(math.pi * (u - u0) / (u1 - u0))
            points = np.zeros((columns, 2, 3))
            if ridge == "x":
                points[..., 0], points[..., 1] = u[:, None], across[None, :]
            else:
                points[..., 1], points[..., 0] = u[:, None], across[None, :]
            points[..., 2] = height[None, :] + wave[:, None] + sag[:, None]
            shade = rng.uniform(0.8, 1.15, (columns - 1, 1)) * rng.uniform(0.9, 1.08)
            shape.grid(points, np.clip(np.array(color) * shade, 0, 1))
    cap = np.array(color) * 0.85
    a, b = z + rise - 0.1, z + rise + 0.12
    if ridge == "x":
        shape.box((u0, middle - 0.13, a), (u1, middle + 0.13, b), cap)
    else:
        shape.box((middle - 0.13, u0, a), (middle + 0.13, u1, b), cap)


def gable_walls(shape, low, high, z, rise, color, ridge="y"):
    """The triangles that close a gable roof at both ends."""
    (x0, y0), (x1, y1) = low, high
    for end in (0, 1):
        if ridge == "x":
            x = x0 if end == 0 else x1
            verts = [[x, y0, z], [x, y1, z], [x, (y0 + y1) / 2, z + rise * 0.93]]
        else:
            y = y0 if end == 0 else y1
            verts = [[x0, y, z], [x1, y, z], [(x0 + x1) / 2, y, z + rise * 0.93]]
        shape.add(verts, tris=[[0, 1, 2]], color=color)


def house(name, low, high, storeys, style, front, rng, roof="flat", shop=False, wet=0.0, index=None):
    """A township house: walls, windows, floor bands, balcony, roof with its clutter.

    `front` is "+x" or "-x": the side that has the door or the shops and the balcony; `roof` is "tile",
    "flat" or "none".
    """
    index = INDEX["building"] if index is None else index
    (x0, y0), (x1, y1) = low, high
    top = 3.3 * storeys + 0.3
    walls = Shape().box((x0, y0, 0.0), (x1, y1, top), (0.7, 0.7, 0.7))
    walls.emit(name + "-walls", wall_material(style, wet), index)
    detail = Shape()
    front_face = ("x", x1, 1) if front == "+x" else ("x", x0, -1)
    sign = front_face[2]
    south = ("y", y0, -1)
    trim = [(0.62, 0.30, 0.25), (0.35, 0.45, 0.58), (0.70, 0.68, 0.63), (0.55, 0.52, 0.48)][rng.integers(4)]
    detail.box((x0 - 0.05, y0 - 0.05, 0.0), (x1 + 0.05, y1 + 0.05, 0.45), (0.50, 0.49, 0.47))
    for s in range(1, storeys + 1):
        z = 3.3 * s + 0.15
        detail.box((x0 - 0.06, y0 - 0.06, z), (x1 + 0.06, y1 + 0.06, z + 0.22), trim)
    # Windows on the front and on the side towards the camera.
    length = y1 - y0
    bays = max(1, int(length / 2.9))
    for s in range(storeys):
        z = 3.3 * s + 1.25
        if s == 0 and shop:
            continue
        for i in range(bays):
            u = y0 + (i + 0.5) * length / bays - 0.75
            if s == 0 and i == bays // 2:
                door = [(0.45, 0.12, 0.10), (0.36, 0.24, 0.16), (0.55, 0.56, 0.57)][rng.integers(3)]
                detail.panel(front_face, u, u + 1.5, 0.2, 2.6, 0.06, door)
                detail.panel(front_face, u + 0.72, u + 0.78, 0.2, 2.6, 0.08, np.array(door) * 0.5)
                if rng.random() < 0.8:  # couplets beside the door
                    detail.panel(front_face, u - 0.35, u - 0.13, 0.7, 2.4, 0.03, (0.75, 0.10, 0.08))
                    detail.panel(front_face, u + 1.63, u + 1.85, 0.7, 2.4, 0.03, (0.75, 0.10, 0.08))
                    detail.panel(front_face, u - 0.1, u + 1.6, 2.68, 2.9, 0.03, (0.75, 0.10, 0.08))
                continue
            window(detail, front_face, u, z, 1.5, 1.45, rng)
            if rng.random() < 0.3:
                detail.panel(front_face, u + 0.3, u + 1.1, z - 0.85, z - 0.3, 0.35, (0.85, 0.85, 0.83))
                detail.panel(front_face, u + 0.38, u + 0.85, z - 0.8, z - 0.36, 0.36, (0.25, 0.25, 0.25))
    if shop:
        shopfront(detail, front_face, y0 + 0.2, y1 - 0.2, rng)
    span = x1 - x0
    for s in range(storeys):
        for i in range(max(1, int(span / 3.6))):
            u = x0 + (i + 0.5) * span / max(1, int(span / 3.6)) - 0.55
            if rng.random() < 0.85:
                window(detail, south, u, 3.3 * s + 1.35, 1.1, 1.3, rng)
    # A balcony on the first upper floor.
    if storeys > 1:
        z = 3.45
        edge = front_face[1]
        a, b = (edge, edge + 1.1) if sign > 0 else (edge - 1.1, edge)
        m0, m1 = y0 + 0.6, y1 - 0.6
        detail.box((a, m0, z), (b, m1, z + 0.15), (0.66, 0.65, 0.62))
        outer = b if sign > 0 else a
        count = int((m1 - m0) / 0.22)
        for i in range(count + 1):
            y = m0 + i * (m1 - m0) / count
            detail.tube((outer - 0.06 * sign, y, z + 0.15), (outer - 0.06 * sign, y, z + 0.95), 0.035, (0.80, 0.79, 0.75), sides=4)
        detail.box((min(outer, outer - 0.12 * sign), m0, z + 0.95), (max(outer, outer - 0.12 * sign), m1, z + 1.05), (0.74, 0.73, 0.70))
        for i in range(int(rng.integers(2, 6))):
            y = rng.uniform(m0 + 0.3, m1 - 0.6)
            detail.box((outer - 0.1 * sign - 0.02, y, z + 0.75), (outer - 0.1 * sign + 0.02, y + 0.45, z + 1.5), rng.uniform(0.25, 0.85, 3))
    detail.emit(name + "-detail", painted("painted", wet=wet * 0.5), index)
    cover = Shape()
    if roof == "tile":
        color = [(0.36, 0.36, 0.37), (0.30, 0.31, 0.33), (0.52, 0.30, 0.24)][rng.integers(3)]
        rise = 0.26 * span
        tile_roof(cover, low, high, top, rise, color, rng)
        gable = Shape()
        gable_walls(gable, low, high, top, rise, (0.7, 0.68, 0.64))
        gable.emit(name + "-gable", painted("painted", wet=wet * 0.5), index)
    elif roof == "flat":
        flat_roof(cover, low, high, top, rng)
    cover.emit(name + "-roof", painted("painted", wet=wet * 0.5), index)


def flat_roof(shape, low, high, z, rng, clutter=True):
    """A flat roof with parapet, a stair head, a water tank and a solar heater."""
    (x0, y0), (x1, y1) = low, high
    shape.box((x0 + 0.02, y0 + 0.02, z), (x1 - 0.02, y1 - 0.02, z + 0.12), (0.55, 0.54, 0.51))
    wall = (0.68, 0.66, 0.62)
    t = 0.15
    shape.box((x0 - 0.1, y0 - 0.1, z), (x1 + 0.1, y0 + t, z + 0.75), wall)
    shape.box((x0 - 0.1, y1 - t, z), (x1 + 0.1, y1 + 0.1, z + 0.75), wall)
    shape.box((x0 - 0.1, y0 + t, z), (x0 + t, y1 - t, z + 0.75), wall)
    shape.box((x1 - t, y0 + t, z), (x1 + 0.1, y1 - t, z + 0.75), wall)
    if not clutter:
        return
    cx, cy = rng.uniform(x0 + 1.5, x1 - 2.5), rng.uniform(y0 + 1.5, y1 - 2.5)
    shape.tube((cx, cy, z + 0.1), (cx, cy, z + 1.7), 0.6, (0.72, 0.74, 0.75), sides=14)
    sx, sy = rng.uniform(x0 + 1.0, x1 - 2.5), rng.uniform(y0 + 0.8, y1 - 2.2)
    points = np.array([[[sx, sy, z + 0.4], [sx, sy + 1.5, z + 1.6]], [[sx + 1.8, sy, z + 0.4], [sx + 1.8, sy + 1.5, z + 1.6]]])
    shape.grid(points, (0.08, 0.10, 0.16))
    shape.tube((sx - 0.2, sy + 1.5, z + 1.7), (sx + 2.0, sy + 1.5, z + 1.7), 0.24, (0.78, 0.79, 0.80), sides=10)


# ---------------------------------------------------------------------------------------
# Building works


def courses(shape, low, high, height, openings, rng, thick=0.24, course=0.075, ragged=0.0):
    """Four brick walls up to `height`, leaving openings, with a stepped unfinished top.

    `openings` lists (side, u0, u1, z0, z1) with side in "s", "n", "w", "e"; `ragged` is how
    many courses the progress differs along a wall.
    """
    (x0, y0), (x1, y1) = low, high
    sides = {"s": (x0, x1), "n": (x0, x1), "w": (y0 + thick, y1 - thick), "e": (y0 + thick, y1 - thick)}
    for side, (a, b) in sides.items():
        cuts = {a, b}
        for o in openings:
            if o[0] == side:
                cuts |= {o[1], o[2]}
        u = a
        while u < b:
            cuts.add(u)
            u += 1.15
        cuts = sorted(cuts)
        for u0, u1 in zip(cuts[:-1], cuts[1:]):
            if u1 - u0 < 1e-6:
                continue
            top = height - course * math.floor(rng.uniform(0, ragged + 1)) if ragged else height
            top = max(course, round(top / course) * course)
            spans = [(0.0, top)]
            middle = (u0 + u1) / 2
            for o in openings:
                if o[0] == side and o[1] < middle < o[2]:
                    spans = [(0.0, min(top, o[3]))] + ([(o[4], top)] if top > o[4] else [])
            for z0, z1 in spans:
                if z1 - z0 < 0.01:
                    continue
                if side == "s":
                    shape.box((u0, y0, z0), (u1, y0 + thick, z1), (0.6, 0.3, 0.2))
                elif side == "n":
                    shape.box((u0, y1 - thick, z0), (u1, y1, z1), (0.6, 0.3, 0.2))
                elif side == "w":
                    shape.box((x0, u0, z0), (x0 + thick, u1, z1), (0.6, 0.3, 0.2))
                else:
                    shape.box((x1 - thick, u0, z0), (x1, u1, z1), (0.6, 0.3, 0.2))


def heap(shape, center, radius, height, color, rng):
    """A poured heap (sand, gravel, earth): a cone with a lumpy skin."""
    rings, around = 7, 22
    phi = np.arange(around + 1) * 2 * math.pi / around
    lump = rng.uniform(0.88, 1.12, around)
    lump = np.append(lump, lump[0])
    points = np.zeros((rings + 1, around + 1, 3))
    for i in range(rings + 1):
        t = i / rings
        r = radius * (1 - t) * lump * (1 + 0.05 * math.sin(9 * t))
        points[i, :, 0] = center[0] + r * np.cos(phi)
        points[i, :, 1] = center[1] + r * np.sin(phi)
        points[i, :, 2] = height * (1 - (1 - t) ** 1.3) + (rng.uniform(-0.03, 0.03, around + 1) if 0 < i < rings else 0.0)
    points[:, -1] = points[:, 0]
    shade = rng.uniform(0.9, 1.08, (rings * around, 1))
    shape.grid(points[:, ::-1], np.clip(np.array(color) * shade, 0, 1))


def materials(site, spot, amount, rng, wet, index):
    """Stacks of bricks, a sand heap, cement sacks and bars, around `spot`; amount 0..1 of bricks left."""
    x, y = spot
    bricks, loose = Shape(), Shape()
    for i in range(math.ceil(amount * 4)):
        a, b = x + (i % 2) * 1.55, y + (i // 2) * 1.25
        tall = rng.uniform(0.85, 1.15)
        bricks.box((a, b, 0.05), (a + 1.3, b + 1.0, tall), (0.6, 0.3, 0.2))
        for _ in range(6):
            u, v = rng.uniform(a, a + 1.0), rng.uniform(b, b + 0.7)
            bricks.box((u, v, tall + 0.002), (u + 0.24, v + 0.115, tall + 0.055), (0.6, 0.3, 0.2))
    heap(loose, (x + 0.7, y - 1.25), 1.25, 0.85, (0.70, 0.60, 0.42), rng)
    for i in range(9):
        u, v, z = x + 2.6 + (i % 3) * 0.55, y - 1.5 + (i // 3 % 2) * 0.42, 0.12 + (i // 6) * 0.16
        loose.ellipsoid((u, v, z), (0.3, 0.2, 0.1), (0.72, 0.71, 0.68), 8, 4)
    for i in range(10):
        loose.tube((x + 0.2 + i * 0.03, y + 2.75 + i * 0.05, 0.08 + 0.02 * (i % 3)), (x + 2.9, y + 2.7 + i * 0.05, 0.08), 0.016, (0.36, 0.24, 0.18), sides=4)
    bricks.emit(f"{site}-bricks", wall_material("brick", wet), index)
    loose.emit(f"{site}-loose", painted("heaps", 0.95, 0.12, wet), index)


def scaffold(shape, low, high, height, rng):
    """Poles and planks around the walls."""
    (x0, y0), (x1, y1) = low, high
    pole = (0.58, 0.50, 0.30)
    gap = 0.7
    a0, b0, a1, b1 = x0 - gap, y0 - gap, x1 + gap, y1 + gap
    spots = [(u, b0) for u in np.arange(a0, a1 + 0.1, 1.5)] + [(a0, v) for v in np.arange(b0 + 1.5, b1 + 0.1, 1.5)]
    for u, v in spots:
        lean = rng.uniform(-0.06, 0.06, 2)
        shape.tube((u, v, 0), (u + lean[0], v + lean[1], height + rng.uniform(0.5, 1.1)), 0.045, pole, sides=6)
    z = 1.5
    while z < height + 0.3:
        shape.tube((a0 - 0.3, b0, z), (a1 + 0.3, b0, z), 0.04, pole, sides=6)
        shape.tube((a0, b0 - 0.3, z), (a0, b1 + 0.3, z), 0.04, pole, sides=6)
        shape.box((a0, b0 + 0.05, z + 0.05), (a1, b0 + 0.5, z + 0.1), (0.62, 0.50, 0.34))
        z += 1.6


def brick_building(site, low, high, state, rng, wet, index, height=3.0):
    """A one-storey brick building at any stage.

    `state` has `foundation`, `wall` (0..1), `roof`, `finished` and `formwork`.  Parts of the
    index: 1 foundation, 2 walls, 3 roof, 4 finish, 5 scaffold.
    """
    (x0, y0), (x1, y1) = low, high
    base = 0.22
    if state["foundation"]:
        slab = Shape()
        slab.box((x0 - 0.25, y0 - 0.25, 0.0), (x1 + 0.25, y1 + 0.25, base), (0.6, 0.6, 0.6))
        slab.emit(f"{site}-slab", wall_material("concrete", wet), index + 1)
        if state["wall"] <= 0:
            bars = Shape()
            for u in np.arange(x0 + 0.2, x1, 1.1):
                for v in (y0 + 0.1, y1 - 0.1):
                    bars.tube((u, v, base), (u, v, base + 0.5), 0.02, (0.33, 0.22, 0.17), sides=5)
            bars.emit(f"{site}-bars", painted("heaps", 0.95, 0.12, wet), index + 1)
    span, depth = x1 - x0, y1 - y0
    openings = [
        ("w", y0 + depth * 0.18, y0 + depth * 0.18 + 1.5, base + 0.9, base + 2.2),
        ("w", y0 + depth * 0.58, y0 + depth * 0.58 + 1.1, 0.0, base + 2.2),
        ("s", x0 + span * 0.15, x0 + span * 0.15 + 1.4, base + 0.9, base + 2.2),
        ("s", x0 + span * 0.58, x0 + span * 0.58 + 1.4, base + 0.9, base + 2.2),
        ("e", y0 + depth * 0.2, y0 + depth * 0.2 + 1.2, base + 0.9, base + 2.2),
        ("e", y0 + depth * 0.6, y0 + depth * 0.6 + 1.2, base + 0.9, base + 2.2),
    ]
    if state["wall"] > 0:
        walls = Shape()
        tall = max(0.3, height * state["wall"])
        rise = 4 if state["wall"] < 1 else 0
        raised = Shape()
        courses(raised, low, high, tall, openings_at(openings, base), rng, ragged=rise)
        walls.place(raised, (0, 0, base))
        style = "plaster" if state["finished"] else state.get("style", "brick")
        walls.emit(f"{site}-walls", wall_material(style, wet), index + 2)
        if tall > 2.3:
            lintels = Shape()
            for side, u0, u1, _, z1 in openings:
                face = {"w": ("x", x0, -1), "e": ("x", x1, 1), "s": ("y", y0, -1)}[side]
                lintels.panel(face, u0 - 0.2, u1 + 0.2, z1 + 0.002, z1 + 0.2, 0.015, (0.56, 0.55, 0.53))
            lintels.emit(f"{site}-lintels", painted("painted"), index + 2)
    top = base + height
    if state.get("scaffold"):
        poles = Shape()
        scaffold(poles, low, high, max(1.5, height * state["wall"]), rng)
        poles.emit(f"{site}-scaffold", painted("heaps", 0.95, 0.12, wet), index + 5)
    if state.get("formwork"):
        boards = Shape()
        for u in np.arange(x0 - 0.3, x1 + 0.2, 0.92):
            boards.box((u, y0 - 0.35, top + 0.01), (u + 0.88, y1 + 0.35, top + 0.06), np.array((0.66, 0.48, 0.28)) * rng.uniform(0.85, 1.1))
        boards.emit(f"{site}-boards", painted("heaps", 0.95, 0.12, wet), index + 3)
    if state["roof"]:
        slab = Shape()
        slab.box((x0 - 0.4, y0 - 0.4, top + 0.01), (x1 + 0.4, y1 + 0.4, top + 0.2), (0.6, 0.6, 0.6))
        rim = 0.4 if state["finished"] else 0.12
        for a, b in (
            ((x0 - 0.4, y0 - 0.4), (x1 + 0.4, y0 - 0.25)),
            ((x0 - 0.4, y1 + 0.25), (x1 + 0.4, y1 + 0.4)),
            ((x0 - 0.4, y0 - 0.25), (x0 - 0.25, y1 + 0.25)),
            ((x1 + 0.25, y0 - 0.25), (x1 + 0.4, y1 + 0.25)),
        ):
            slab.box((*a, top + 0.2), (*b, top + 0.2 + rim), (0.6, 0.6, 0.6))
        slab.emit(f"{site}-roof", wall_material("concrete", wet), index + 3)
    if state["finished"]:
        trim = Shape()
        for side, u0, u1, z0, z1 in openings:
            face = {"w": ("x", x0 + 0.12, -1), "e": ("x", x1 - 0.12, 1), "s": ("y", y0 + 0.12, -1)}[side]
            if z0 < 0.1:
                trim.panel(face, u0, u1, base, z1, 0.06, (0.42, 0.14, 0.11))
            else:
                trim.panel(face, u0, u1, z0, z1, 0.04, (0.85, 0.86, 0.86))
                half = (u0 + u1) / 2
                trim.panel(face, u0 + 0.06, half - 0.03, z0 + 0.06, z1 - 0.06, 0.06, (0.13, 0.17, 0.20))
                trim.panel(face, half + 0.03, u1 - 0.06, z0 + 0.06, z1 - 0.06, 0.06, (0.13, 0.17, 0.20))
        trim.emit(f"{site}-trim", painted("painted"), index + 4)


def openings_at(openings, base):
    """The openings measured from the top of the foundation instead of from the ground."""
    return [(s, a, b, max(0.0, z0 - base), z1 - base) for s, a, b, z0, z1 in openings]


def corrugated(shape, start, end, z0, z1, color, period=0.25, depth=0.05):
    """A standing sheet of trapezoidal steel between two ground points."""
    start, end = np.asarray(start, float), np.asarray(end, float)
    length = np.linalg.norm(end - start)
    along = (end - start) / length
    out = np.array([along[1], -along[0]])
    count = int(length / period) * 4
    u = np.linspace(0, length, count + 1)
    bump = np.where((np.arange(count + 1) % 4) < 2, 0.0, depth)
    spots = start + u[:, None] * along + bump[:, None] * out
    points = np.zeros((count + 1, 2, 3))
    points[:, :, :2] = spots[:, None, :]
    points[:, 0, 2], points[:, 1, 2] = z0, z1
    shape.grid(points, color)


BLUE = (0.12, 0.36, 0.66)
"""The usual colour of coloured-steel sheet."""


def steel_shed(site, low, high, state, rng, wet, index, height=3.3, blue=BLUE):
    """A coloured-steel shed: columns and beams, wall sheets, then the blue roof.

    `state` has `columns`, `wall` (0..1 of the sheets) and `roof`.  Parts: 1 columns, 2 walls,
    3 roof.
    """
    (x0, y0), (x1, y1) = low, high
    eave, ridge = height, height + 0.9
    middle = (x0 + x1) / 2
    if state["columns"]:
        frame = Shape()
        steel = (0.42, 0.16, 0.12)
        for y in np.linspace(y0, y1, 4):
            for x in (x0, x1):
                frame.box((x - 0.08, y - 0.08, 0), (x + 0.08, y + 0.08, eave), steel)
            for a, b in (((x0, y, eave), (middle, y, ridge)), ((x1, y, eave), (middle, y, ridge))):
                frame.tube(a, b, 0.07, steel, sides=4)
            frame.tube((x0, y, eave), (x1, y, eave), 0.05, steel, sides=4)
        for x, z in ((x0, eave), (x1, eave), (middle, ridge), ((x0 + middle) / 2, (eave + ridge) / 2)):
            frame.tube((x, y0, z), (x, y1, z), 0.05, steel, sides=4)
        for z in (1.1, 2.2):
            frame.tube((x0, y0, z), (x0, y1, z), 0.035, steel, sides=4)
            frame.tube((x0, y0, z), (x1, y0, z), 0.035, steel, sides=4)
        frame.emit(f"{site}-frame", painted("painted"), index + 1)
    if state["wall"] > 0:
        sheets = Shape()
        white = (0.80, 0.83, 0.86)
        runs = [((x0 - 0.1, y1 + 0.1), (x0 - 0.1, y0 - 0.1)), ((x0 - 0.1, y0 - 0.1), (x1 + 0.1, y0 - 0.1)),
                ((x1 + 0.1, y0 - 0.1), (x1 + 0.1, y1 + 0.1)), ((x1 + 0.1, y1 + 0.1), (x0 - 0.1, y1 + 0.1))]  # fmt: skip
        share = state["wall"] * len(runs)
        for i, (a, b) in enumerate(runs):
            part = min(1.0, max(0.0, share - i))
            if part <= 0.05:
                continue
            a, b = np.array(a), np.array(b)
            if i == 1:  # a gate is left open in the side to the camera
                gate0, gate1 = a + (b - a) * 0.36, a + (b - a) * 0.72
                corrugated(sheets, a, a + (b - a) * 0.36 * part, 0.05, eave, white)
                if part > 0.7:
                    corrugated(sheets, gate1, b, 0.05, eave, white)
                    corrugated(sheets, gate0, gate1, 2.7, eave, white)
            else:
                corrugated(sheets, a, a + (b - a) * part, 0.05, eave, white)
        if state["roof"]:
            for y in (y0 - 0.1, y1 + 0.1):
                sheets.add([[x0, y, eave], [x1, y, eave], [middle, y, ridge]], tris=[[0, 1, 2]], color=white)
        band = np.array(blue) * 0.9
        if state["wall"] >= 1:
            sheets.box((x0 - 0.18, y0 - 0.18, eave - 0.25), (x0 - 0.15, y1 + 0.1, eave), band)
        sheets.emit(f"{site}-sheets", painted("steel", 0.4, 0.08, wet * 0.2), index + 2)
    if state["roof"]:
        roof = Shape()
        count = int((y1 - y0 + 0.8) / 0.22) * 2
        u = np.linspace(y0 - 0.4, y1 + 0.4, count + 1)
        wave = np.where(np.arange(count + 1) % 2 == 0, 0.0, 0.05)
        for side in (-1, 1):
            edge = x0 - 0.45 if side < 0 else x1 + 0.45
            points = np.zeros((count + 1, 2, 3))
            points[:, :, 1] = u[:, None]
            points[:, 0, 0], points[:, 1, 0] = edge, middle
            points[:, 0, 2], points[:, 1, 2] = eave + 0.02 + wave, ridge + 0.1 + wave
            roof.grid(points, blue)
        roof.emit(f"{site}-roof", painted("steel", 0.4, 0.08, wet * 0.2), index + 3)


# ---------------------------------------------------------------------------------------
# Greenery


def blades(name, low, high, count, height, rng, index, keep=None, color=(0.36, 0.46, 0.16)):
    """Grass or weeds as thin upright triangles lit as if level; `keep` filters (x, y) spots."""
    x = rng.uniform(low[0], high[0], count)
    y = rng.uniform(low[1], high[1], count)
    tall = height * rng.uniform(0.4, 1.3, count)
    turn = rng.uniform(-math.pi / 2, math.pi / 2, count)  # front faces to the south, where the camera is
    lean = rng.normal(0, 0.35, (count, 2)) * tall[:, None]
    tint = rng.uniform(0, 1, count)
    clump = 0.5 + 0.5 * np.sin(x * 2.1 + 3 * np.sin(y * 1.3)) * np.sin(y * 1.9 + x)
    shown = rng.uniform(0, 1, count) < 0.25 + 0.75 * clump
    if keep is not None:
        shown &= keep(x, y)
    x, y, tall, turn, lean, tint = (v[shown] for v in (x, y, tall, turn, lean, tint))
    n = len(x)
    if n == 0:
        return
    wide = 0.012 + 0.035 * tall
    dx, dy = np.cos(turn) * wide, np.sin(turn) * wide
    zero = np.zeros(n)
    verts = np.stack(
        [
            np.stack([x - dx, y - dy, zero], 1),
            np.stack([x + dx, y + dy, zero], 1),
            np.stack([x + lean[:, 0], y + lean[:, 1], tall], 1),
        ],
        axis=1,
    ).reshape(-1, 3)
    dry = np.array((0.62, 0.56, 0.30))
    shade = np.clip((np.array(color) * (1 - 0.35 * tint[:, None]) + dry * 0.35 * tint[:, None]) * rng.uniform(0.75, 1.2, (n, 1)), 0, 1)
    normals = np.tile([0.0, 0.0, 1.0], (3 * n, 1))
    studio.mesh(
        name, verts, np.arange(3 * n).reshape(-1, 3), studio.vertex_color_material("leaf", roughness=0.7),
        studio.linear(shade), index, normals=normals,
    )  # fmt: skip


def _kites(rng, center, normal, size, spread=0.6):
    """Four-point leaves at `center`, facing about `normal`: (verts, quads).

    The winding agrees with `normal`: Cycles turns a given normal round on back faces.
    """
    n = len(center)
    facing = normal + rng.normal(0, spread, (n, 3))
    facing /= np.linalg.norm(facing, axis=1, keepdims=True)
    along = np.cross(facing, rng.normal(0, 1, (n, 3)))
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(facing, along)
    length = size * rng.uniform(0.6, 1.3, (n, 1))
    verts = np.stack(
        [center - along * length * 0.5, center - across * length * 0.28, center + along * length * 0.5, center + across * length * 0.28],
        axis=1,
    )
    return verts.reshape(-1, 3), np.arange(4 * n).reshape(-1, 4)


def tree(name, spot, height, spread, rng, leaf=(0.20, 0.34, 0.12), leaves=5200, size=0.26):
    """A broad-leaved street or yard tree: a forked trunk under a crown of leaf clumps."""
    x, y = spot
    wood = Shape()
    fork = np.array([x + rng.uniform(-0.15, 0.15), y, height * 0.38])
    wood.tube((x, y, 0), fork, 0.16 * height / 6, (0.42, 0.36, 0.29), 0.12 * height / 6, sides=9)
    clumps = []
    count = 13
    for i in range(count):
        a = i * 2.4 + rng.uniform(-0.4, 0.4)
        t = (i + 0.5) / count
        r = spread * 0.62 * math.sqrt(1 - (2 * t - 0.9) ** 2 * 0.7) * rng.uniform(0.6, 1.05)
        c = np.array([x + r * math.cos(a), y + r * math.sin(a), height * (0.45 + 0.45 * t)])
        clumps.append((c, spread * rng.uniform(0.34, 0.5)))
        wood.tube(fork - (0, 0, 0.3 * rng.random()), c, 0.06 * height / 6, (0.40, 0.34, 0.28), 0.02, sides=5)
    wood.emit(name + "-wood", painted("bark", 0.9, 0.3), INDEX["trunk"])
    centers, normals, tints = [], [], []
    for c, r in clumps:
        n = leaves // count
        d = rng.normal(0, 1, (n, 3))
        d /= np.linalg.norm(d, axis=1, keepdims=True)
        d[:, 2] *= 0.8
        deep = rng.uniform(0.55, 1.05, (n, 1))
        centers.append(c + d * r * deep)
        out = d + np.array([0, 0, 0.5]) + 0.4 * (c - np.array([x, y, height * 0.6])) / spread
        normals.append(out)
        tints.append((0.62 + 0.5 * (deep[:, 0] - 0.55)) * rng.uniform(0.75, 1.25) * rng.uniform(0.8, 1.2, n))
    centers, normals, tints = np.concatenate(centers), np.concatenate(normals), np.concatenate(tints)
    verts, quads = _kites(rng, centers, normals, size)
    soft = np.repeat(normals / np.linalg.norm(normals, axis=1, keepdims=True), 4, axis=0)
    colors = np.clip(np.array(leaf) * 1.5 * tints[:, None] * np.stack([1 + 0.12 * rng.normal(size=len(tints)), np.ones(len(tints)), np.ones(len(tints))], 1), 0, 1)
    studio.mesh(name + "-leaves", verts, quads, studio.vertex_color_material("leaf", roughness=0.7), studio.linear(colors), INDEX["grass"], normals=soft)


def vegetables(name, low, high, growth, left, rng, rng_now):
    """Rows of leafy vegetables on ridges; `growth` 0..1 is their size, `left` the share unharvested."""
    (x0, y0), (x1, y1) = low, high
    centers, normals, tints, sizes = [], [], [], []
    for row in np.arange(y0 + 0.35, y1 - 0.1, 0.55):
        for x in np.arange(x0 + 0.2, x1 - 0.1, 0.42):
            gone, jitter, strong = rng.random(), rng.uniform(-0.06, 0.06, 2), rng.uniform(0.75, 1.15)
            if gone > left:
                continue
            reach = (0.05 + 0.23 * growth) * strong
            n = 16
            a = np.arange(n) * 2.4 + rng.uniform(0, 6)
            t = np.sqrt((np.arange(n) + 0.5) / n)
            c = np.stack([x + jitter[0] + reach * t * np.cos(a), row + jitter[1] + reach * t * np.sin(a), 0.16 + reach * (0.9 - 0.5 * t)], 1)
            centers.append(c)
            normals.append(np.stack([0.5 * t * np.cos(a), 0.5 * t * np.sin(a), np.ones(n)], 1))
            tints.append(rng.uniform(0.8, 1.2) * rng.uniform(0.8, 1.2, n))
            sizes.append(np.full(n, reach * 1.0))
    if not centers:
        return
    centers, normals, tints, sizes = map(np.concatenate, (centers, normals, tints, sizes))
    verts, quads = _kites(rng_now, centers, normals, sizes[:, None], 0.25)
    colors = np.clip(np.array((0.36, 0.58, 0.20)) * tints[:, None], 0, 1)
    studio.mesh(name, verts, quads, studio.vertex_color_material("leaf", roughness=0.7), studio.linear(colors), INDEX["crop_leaf"])


def slab(name, low, high, z, material, index, thick=0.3):
    """A flat piece of ground whose top is at z."""
    Shape().box((*low, z - thick), (*high, z), (0.5, 0.5, 0.5)).emit(name, material, index)


def hills():
    """Low wooded hills that close the view in the distance."""
    made = studio.material("hill", (0.26, 0.34, 0.20), 0.95, 0.8, 0.05, (0.16, 0.24, 0.14))
    for k, (y, height, phase) in enumerate(((260, 16, 0.3), (400, 38, 1.7))):
        x = np.linspace(-460, 460, 120)
        crest = height * (0.55 + 0.3 * np.sin(x / 61 + phase) + 0.2 * np.sin(x / 23 + 2 * phase) + 0.05 * np.sin(x / 5.0))
        points = np.zeros((120, 4, 3))
        for j, (dy, share) in enumerate(((0, 0.0), (20, 0.5), (50, 0.9), (70, 1.0))):
            points[:, j, 0], points[:, j, 1], points[:, j, 2] = x, y + dy, crest * share - 0.5
        shape = Shape().grid(points, (0.3, 0.4, 0.2))
        shape.emit(f"hill-{k}", made, INDEX["grass"])


def cloth():
    """Cloth and plastic sheet: face colours with little dirt."""
    return painted("cloth", 0.75, 0.06)
