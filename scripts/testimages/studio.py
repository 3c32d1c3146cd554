"""The studio: everything that the rendered scenes share.

It starts an empty Blender scene with cheap Cycles settings, lights it from date, hour and
cloud, makes procedural materials and meshes from arrays, places the camera, and renders one
picture together with its truth passes (object index and mist).

World axes: +X east, +Y north, +Z up, metres.  Colours given here are sRGB in 0..1 for
`material` (what a person would pick) and linear for per-face colours of `mesh`.

`bpy` is imported only where Blender is needed, so that geometry such as `project` and
`sun_position` can be used by plain Python (truth files, tests).
"""

import hashlib
import math
import os
import tempfile
from contextlib import contextmanager
from datetime import datetime

import numpy as np

try:
    import bpy
    from mathutils import Vector
except ImportError:  # truth and projection work without Blender
    bpy = None

INDEX = {
    "sky": 0,
    "ground": 1,
    "grass": 2,
    "crop_leaf": 3,
    "blossom": 4,
    "fruit": 5,
    "trunk": 6,
    "road": 7,
    "building": 8,
    "furniture": 9,
    "person": 10,
    "vehicle": 11,
    "tarpaulin": 12,
    "material_pile": 13,
    "water": 14,
    "soil": 15,
}
"""Object pass index of each class; new construction uses 100 + 10 * site + part."""

SENSOR_WIDTH_MM = 36.0

picture_divisor = 1
"""Set to 2 or 4 by the command line for previews of half or quarter size."""


# ---------------------------------------------------------------------------------------
# Scene


def new_scene(width=960, height=540, samples=8):
    """Empties Blender and sets Cycles up for cheap, repeatable pictures; returns the scene."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = width // picture_divisor
    scene.render.resolution_y = height // picture_divisor
    scene.render.resolution_percentage = 100
    scene.render.use_persistent_data = True
    scene.render.film_transparent = False
    scene.view_settings.view_transform = "Standard"
    scene.view_settings.look = "None"
    cycles = scene.cycles
    cycles.device = "CPU"
    cycles.samples = samples
    cycles.use_adaptive_sampling = False
    cycles.seed = 7
    cycles.max_bounces = 1
    cycles.diffuse_bounces = 1
    cycles.glossy_bounces = 1
    cycles.transmission_bounces = 0
    cycles.transparent_max_bounces = 4
    cycles.caustics_reflective = False
    cycles.caustics_refractive = False
    cycles.sample_clamp_indirect = 3.0
    cycles.use_denoising = True
    cycles.denoiser = "OPENIMAGEDENOISE"
    for name, value in (("denoising_prefilter", "FAST"), ("denoising_quality", "BALANCED")):
        if hasattr(cycles, name):
            setattr(cycles, name, value)
    layer = scene.view_layers[0]
    layer.use_pass_object_index = True
    layer.use_pass_mist = True
    scene.world = bpy.data.worlds.new("world")
    scene["exposure"] = 1.0
    mist(0.0, 300.0)
    return scene


def mist(start, depth):
    """Sets the distances (metres) at which the mist pass is 0 and 1."""
    settings = bpy.context.scene.world.mist_settings
    settings.start = start
    settings.depth = depth
    settings.falloff = "LINEAR"


# ---------------------------------------------------------------------------------------
# Light


def sun_position(when: datetime, latitude: float, longitude: float):
    """Solar elevation and azimuth (radians; azimuth from north over east) for a +08:00 clock.

    The usual low-precision formulas with the equation of time: good to a fraction of a
    degree, which is more than a shadow in a snapshot shows.
    """
    day = when.timetuple().tm_yday
    hours = when.hour + when.minute / 60 + when.second / 3600
    gamma = 2 * math.pi / 365 * (day - 1 + (hours - 12) / 24)
    equation = 229.18 * (
        0.000075
        + 0.001868 * math.cos(gamma)
        - 0.032077 * math.sin(gamma)
        - 0.014615 * math.cos(2 * gamma)
        - 0.040849 * math.sin(2 * gamma)
    )
    declination = (
        0.006918
        - 0.399912 * math.cos(gamma)
        + 0.070257 * math.sin(gamma)
        - 0.006758 * math.cos(2 * gamma)
        + 0.000907 * math.sin(2 * gamma)
        - 0.002697 * math.cos(3 * gamma)
        + 0.00148 * math.sin(3 * gamma)
    )
    minutes = hours * 60 + equation + 4 * (longitude - 120.0)
    angle = math.radians(minutes / 4 - 180)
    lat = math.radians(latitude)
    east = -math.cos(declination) * math.sin(angle)
    north = math.cos(lat) * math.sin(declination) - math.sin(lat) * math.cos(declination) * math.cos(angle)
    up = math.sin(lat) * math.sin(declination) + math.cos(lat) * math.cos(declination) * math.cos(angle)
    return math.asin(max(-1.0, min(1.0, up))), math.atan2(east, north) % (2 * math.pi)


def sun_and_sky(when: datetime, latitude: float, longitude: float, cloud: float, heading: float = 0.0):
    """Lights the scene for a local time and cloud cover (0 clear, 1 overcast).

    `heading` is where the scene's +y points, in degrees from north over east.

    A sun lamp carries the direct light; the sky is Nishita's without its disc (so that the
    world needs no importance sampling), blended to grey as cloud grows.  A day-light
    exposure factor is kept in the scene so that a dim hour still fills the 8 bits of the
    raw picture.  Returns a dict with elevation and azimuth in degrees and the exposure.
    """
    scene = bpy.context.scene
    elevation, azimuth = sun_position(when, latitude, longitude)
    azimuth = (azimuth - math.radians(heading)) % (2 * math.pi)
    low = max(elevation, math.radians(-4.0))
    height = max(0.0, math.sin(elevation))

    # Direct light: reddened and weakened by the air mass, spread wide by cloud.
    air = 1.0 / (height + 0.06)
    extinction = np.exp(-np.array([0.055, 0.085, 0.15]) * air)
    clear = (1.0 - cloud) ** 1.6
    direct = 5.4 * clear * extinction * min(1.0, max(0.0, elevation + 0.01) / 0.04)
    strength = float(direct.max())
    if strength > 0.01:
        lamp = bpy.data.lights.new("sun", "SUN")
        lamp.energy = strength
        lamp.color = tuple(float(c) for c in direct / strength)
        lamp.angle = math.radians(0.6 + 18.0 * cloud * cloud)
        sun = bpy.data.objects.new("sun", lamp)
        up = max(elevation, math.radians(1.0))
        towards = Vector((math.sin(azimuth) * math.cos(up), math.cos(azimuth) * math.cos(up), math.sin(up)))
        sun.rotation_mode = "QUATERNION"
        sun.rotation_quaternion = (-towards).to_track_quat("-Z", "Y")
        scene.collection.objects.link(sun)

    # Sky: day factor falls off smoothly through twilight.
    day = 1.0 / (1.0 + math.exp(-(math.degrees(elevation) + 1.0) / 2.2))
    grey = 0.62 * day * (0.35 + 0.65 * height)
    world = scene.world
    world.use_nodes = True
    world.cycles.sampling_method = "NONE"
    nodes, links = world.node_tree.nodes, world.node_tree.links
    nodes.clear()
    output = nodes.new("ShaderNodeOutputWorld")
    background = nodes.new("ShaderNodeBackground")
    sky = nodes.new("ShaderNodeTexSky")
    sky.sky_type = "NISHITA"
    sky.sun_disc = False
    sky.sun_elevation = max(low, math.radians(0.5))
    sky.sun_rotation = azimuth
    sky.air_density = 1.0
    sky.dust_density = 0.7
    scale = nodes.new("ShaderNodeMix")
    scale.data_type = "RGBA"
    scale.blend_type = "MULTIPLY"
    scale.inputs[0].default_value = 1.0
    gain = 0.17 * min(1.0, 0.1 + day)
    scale.inputs[7].default_value = (gain * 1.08, gain, gain * 0.86, 1.0)
    mix = nodes.new("ShaderNodeMix")
    mix.data_type = "RGBA"
    mix.inputs[0].default_value = cloud
    mix.inputs[7].default_value = (grey * 0.97, grey * 0.99, grey * 1.04, 1.0)
    links.new(sky.outputs[0], scale.inputs[6])
    links.new(scale.outputs[2], mix.inputs[6])
    # What the camera sees directly is mostly a pale haze: Nishita's horizon is too yellow.
    seen = nodes.new("ShaderNodeMix")
    seen.data_type = "RGBA"
    haze = day * (0.3 + 0.7 * height) * (np.array([0.56, 0.69, 0.86]) * (1 - cloud) + 0.6 * cloud)
    seen.inputs[7].default_value = [float(c) for c in haze] + [1.0]
    path = nodes.new("ShaderNodeLightPath")
    share = nodes.new("ShaderNodeMath")
    share.operation = "MULTIPLY"
    share.inputs[1].default_value = 0.75
    links.new(path.outputs["Is Camera Ray"], share.inputs[0])
    links.new(share.outputs[0], seen.inputs[0])
    links.new(mix.outputs[2], seen.inputs[6])
    links.new(seen.outputs[2], background.inputs["Color"])
    links.new(background.outputs[0], output.inputs["Surface"])

    # Rough horizontal illuminance, only to choose the exposure of the raw picture.
    illuminance = float(direct.mean()) * height / math.pi + (1 - cloud) * 0.16 * day + cloud * 0.8 * grey
    exposure = (0.75 / max(illuminance, 0.004)) ** 0.75
    scene["exposure"] = float(min(8.0, max(0.6, exposure)))
    return {
        "sunElevation": math.degrees(elevation),
        "sunAzimuth": (math.degrees(azimuth) + heading) % 360.0,
        "exposure": scene["exposure"],
    }


def dark_world():
    """No sky: a room has the light that is put into it."""
    world = bpy.context.scene.world
    world.use_nodes = True
    world.node_tree.nodes["Background"].inputs["Strength"].default_value = 0.0


def expose(factor):
    """Sets the factor that the rendered light is multiplied with before it becomes sRGB."""
    bpy.context.scene["exposure"] = float(factor)


# ---------------------------------------------------------------------------------------
# Materials


def linear(color):
    """sRGB in 0..1 to linear light (numpy array of the same shape)."""
    color = np.asarray(color, dtype=float)
    return np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)


def _principled(material, roughness):
    """The material's Principled node, made plain: given roughness, little specular."""
    material.use_nodes = True
    node = material.node_tree.nodes["Principled BSDF"]
    node.inputs["Roughness"].default_value = roughness
    node.inputs["Specular IOR Level"].default_value = 0.25 if roughness > 0.5 else 0.5
    return node


def material(name, color, roughness=0.8, noise=0.0, noise_scale=5.0, color2=None):
    """A procedural material, one per name and scene.

    `noise` is how strongly (0..1) a fractal noise of `noise_scale` cycles per metre drives
    the colour from `color` to `color2` (a darker shade of it when not given).
    """
    known = bpy.data.materials.get(name)
    if known is not None:
        return known
    made = bpy.data.materials.new(name)
    shader = _principled(made, roughness)
    base = [float(c) for c in linear(color[:3])] + [1.0]
    shader.inputs["Base Color"].default_value = base
    if noise > 0:
        other = linear(color2[:3]) if color2 is not None else np.array(base[:3]) * 0.45
        nodes, links = made.node_tree.nodes, made.node_tree.links
        where = nodes.new("ShaderNodeTexCoord")
        texture = nodes.new("ShaderNodeTexNoise")
        texture.inputs["Scale"].default_value = noise_scale
        texture.inputs["Detail"].default_value = 3.0
        texture.inputs["Roughness"].default_value = 0.65
        spread = nodes.new("ShaderNodeMapRange")
        spread.inputs["From Min"].default_value = 0.35
        spread.inputs["From Max"].default_value = 0.65
        spread.inputs["To Min"].default_value = 0.0
        spread.inputs["To Max"].default_value = float(noise)
        mix = nodes.new("ShaderNodeMix")
        mix.data_type = "RGBA"
        mix.inputs[6].default_value = base
        mix.inputs[7].default_value = [float(c) for c in other] + [1.0]
        links.new(where.outputs["Object"], texture.inputs["Vector"])
        links.new(texture.outputs[0], spread.inputs["Value"])
        links.new(spread.outputs[0], mix.inputs[0])
        links.new(mix.outputs[2], shader.inputs["Base Color"])
    return made


def vertex_color_material(name, attribute="Col", roughness=0.8):
    """A material whose colour is the mesh's own colour attribute; one per name and scene."""
    known = bpy.data.materials.get(name)
    if known is not None:
        return known
    made = bpy.data.materials.new(name)
    shader = _principled(made, roughness)
    node = made.node_tree.nodes.new("ShaderNodeAttribute")
    node.attribute_name = attribute
    made.node_tree.links.new(node.outputs["Color"], shader.inputs["Base Color"])
    return made


def snow(amount):
    """Whitens what looks up in every material made so far; `amount` 0..1 is how much of it is covered."""
    if amount <= 0:
        return
    for made in bpy.data.materials:
        if not made.use_nodes or "Principled BSDF" not in made.node_tree.nodes:
            continue
        nodes, links = made.node_tree.nodes, made.node_tree.links
        color = nodes["Principled BSDF"].inputs["Base Color"]
        up = nodes.new("ShaderNodeSeparateXYZ")
        links.new(nodes.new("ShaderNodeNewGeometry").outputs["Normal"], up.inputs[0])
        patches = nodes.new("ShaderNodeTexNoise")
        patches.inputs["Scale"].default_value = 0.8
        patches.inputs["Detail"].default_value = 3.0
        links.new(nodes.new("ShaderNodeTexCoord").outputs["Object"], patches.inputs["Vector"])
        ragged = nodes.new("ShaderNodeMath")
        ragged.operation = "MULTIPLY_ADD"
        ragged.inputs[1].default_value = 0.9
        links.new(patches.outputs[0], ragged.inputs[0])
        links.new(up.outputs[2], ragged.inputs[2])
        share = nodes.new("ShaderNodeMapRange")
        edge = 2.0 - 1.1 * amount
        share.inputs["From Min"].default_value = edge - 0.25
        share.inputs["From Max"].default_value = edge
        links.new(ragged.outputs[0], share.inputs["Value"])
        mix = nodes.new("ShaderNodeMix")
        mix.data_type = "RGBA"
        mix.inputs[6].default_value = color.default_value
        if color.is_linked:
            links.new(color.links[0].from_socket, mix.inputs[6])
        mix.inputs[7].default_value = (0.86, 0.88, 0.92, 1.0)
        links.new(share.outputs[0], mix.inputs[0])
        links.new(mix.outputs[2], color)


def water(name, color):
    """Moving water: a smooth surface with ripples that mirrors the sky."""
    known = bpy.data.materials.get(name)
    if known is not None:
        return known
    made = bpy.data.materials.new(name)
    shader = _principled(made, 0.12)
    shader.inputs["Base Color"].default_value = [float(c) for c in linear(color)] + [1.0]
    nodes, links = made.node_tree.nodes, made.node_tree.links
    stretch = nodes.new("ShaderNodeMapping")
    stretch.inputs["Scale"].default_value = (0.5, 1.6, 1.0)
    links.new(nodes.new("ShaderNodeTexCoord").outputs["Object"], stretch.inputs["Vector"])
    waves = nodes.new("ShaderNodeTexNoise")
    waves.inputs["Scale"].default_value = 1.4
    waves.inputs["Detail"].default_value = 3.0
    links.new(stretch.outputs[0], waves.inputs["Vector"])
    bump = nodes.new("ShaderNodeBump")
    bump.inputs["Strength"].default_value = 0.25
    links.new(waves.outputs[0], bump.inputs["Height"])
    links.new(bump.outputs[0], shader.inputs["Normal"])
    return made


# ---------------------------------------------------------------------------------------
# Objects


def random_for(seed, *names):
    """A numpy generator that depends only on the seed and the names: no order of drawing."""
    text = "/".join([str(seed), *map(str, names)])
    return np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))


def mesh(name, verts, faces, material, colors=None, index=0, smooth=False, normals=None):
    """Makes an object from arrays and links it into the scene.

    `faces` is an (n, k) integer array, a list of such arrays, or a list of index lists;
    `colors` are linear RGB(A), one per face (or one per vertex when the counts say so),
    stored as attribute "Col".  `index` becomes the object's pass index.  `normals` (one per
    vertex) replace the faces' own, e.g. upward ones for grass.
    """
    verts = np.ascontiguousarray(verts, dtype=np.float32).reshape(-1, 3)
    data = bpy.data.meshes.new(name)
    if isinstance(faces, list) and faces and isinstance(faces[0], np.ndarray) and faces[0].ndim == 2:
        sizes = np.concatenate([np.full(len(f), f.shape[1], dtype=np.int32) for f in faces])
        corners = np.concatenate([np.asarray(f, dtype=np.int32).ravel() for f in faces])
    elif isinstance(faces, np.ndarray) and faces.ndim == 2:
        sizes = np.full(len(faces), faces.shape[1], dtype=np.int32)
        corners = np.ascontiguousarray(faces, dtype=np.int32).ravel()
    else:
        sizes = np.array([len(f) for f in faces], dtype=np.int32)
        corners = np.array([v for f in faces for v in f], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32) if len(sizes) else sizes
    data.vertices.add(len(verts))
    data.vertices.foreach_set("co", verts.ravel())
    data.loops.add(len(corners))
    data.loops.foreach_set("vertex_index", corners)
    data.polygons.add(len(sizes))
    data.polygons.foreach_set("loop_start", starts)
    data.update(calc_edges=True)
    if colors is not None:
        colors = np.asarray(colors, dtype=np.float32)
        if colors.shape[1] == 3:
            colors = np.concatenate([colors, np.ones((len(colors), 1), np.float32)], axis=1)
        per_face = len(colors) == len(sizes)
        values = np.repeat(colors, sizes, axis=0) if per_face else colors
        attribute = data.color_attributes.new("Col", "FLOAT_COLOR", "CORNER" if per_face else "POINT")
        attribute.data.foreach_set("color", np.ascontiguousarray(values).ravel())
    # Blender takes faces without this attribute as smooth: always say which.
    data.polygons.foreach_set("use_smooth", np.full(len(sizes), bool(smooth) or normals is not None))
    if normals is not None:
        data.normals_split_custom_set_from_vertices(np.asarray(normals, dtype=np.float32).tolist())
    if material is not None:
        data.materials.append(material)
    made = bpy.data.objects.new(name, data)
    made.pass_index = index
    bpy.context.scene.collection.objects.link(made)
    return made


def instance(source, name, location, rotation_z=0.0, scale=1.0, index=None):
    """A further object sharing `source`'s mesh: cheap copies of trees, chairs, sacks."""
    made = bpy.data.objects.new(name, source.data)
    made.location = location
    made.rotation_euler = (0.0, 0.0, rotation_z)
    made.scale = (scale, scale, scale) if np.isscalar(scale) else scale
    made.pass_index = source.pass_index if index is None else index
    bpy.context.scene.collection.objects.link(made)
    return made


# ---------------------------------------------------------------------------------------
# Camera


@contextmanager
def raised(height):
    """What is made inside stands so many metres higher."""
    before = set(bpy.data.objects)
    yield
    for made in bpy.data.objects:
        if made not in before:
            made.location.z += height


def _axes(location, look_at, roll_deg):
    """Right, up and forward unit vectors of a camera; roll turns it clockwise as seen from behind."""
    forward = np.asarray(look_at, float) - np.asarray(location, float)
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    roll = math.radians(roll_deg)
    return (
        right * math.cos(roll) - up * math.sin(roll),
        right * math.sin(roll) + up * math.cos(roll),
        forward,
    )


def camera(location, look_at, focal_mm, roll_deg=0.0, shift_x=0, shift_y=0):
    """Places the camera (36 mm wide sensor); shifts are in parts of the picture width."""
    from mathutils import Matrix

    right, up, forward = _axes(location, look_at, roll_deg)
    data = bpy.data.cameras.new("camera")
    data.sensor_fit = "HORIZONTAL"
    data.sensor_width = SENSOR_WIDTH_MM
    data.lens = focal_mm
    data.shift_x = shift_x
    data.shift_y = shift_y
    data.clip_start = 0.1
    data.clip_end = 3000.0
    made = bpy.data.objects.new("camera", data)
    rows = [[right[i], up[i], -forward[i], location[i]] for i in range(3)] + [[0, 0, 0, 1]]
    made.matrix_world = Matrix(rows)
    scene = bpy.context.scene
    scene.collection.objects.link(made)
    scene.camera = made
    return made


def project(points, location, look_at, focal_mm, width, height, roll_deg=0.0, shift_x=0, shift_y=0):
    """World points to picture coordinates (x right, y down, pixels) of the same camera.

    Points behind the camera give NaN.
    """
    right, up, forward = _axes(location, look_at, roll_deg)
    away = np.asarray(points, float).reshape(-1, 3) - np.asarray(location, float)
    depth = away @ forward
    depth = np.where(depth > 1e-6, depth, np.nan)
    focal = focal_mm / SENSOR_WIDTH_MM * width
    x = width / 2 + focal * (away @ right) / depth - shift_x * width
    y = height / 2 - focal * (away @ up) / depth + shift_y * width
    return np.stack([x, y], axis=1)


# ---------------------------------------------------------------------------------------
# Rendering


def _file_output(tree, source, folder, name):
    """A compositor node that writes one socket as a 32-bit EXR file."""
    node = tree.nodes.new("CompositorNodeOutputFile")
    node.base_path = folder
    node.format.file_format = "OPEN_EXR"
    node.format.color_depth = "32"
    node.format.exr_codec = "NONE"
    node.file_slots[0].path = name + "_"
    tree.links.new(source, node.inputs[0])


def _read_exr(folder, name):
    """The first-channel-last float array of a file written by `_file_output`, top row first."""
    path = next(os.path.join(folder, f) for f in sorted(os.listdir(folder)) if f.startswith(name + "_"))
    image = bpy.data.images.load(path)
    image.colorspace_settings.name = "Non-Color"
    width, height = image.size
    pixels = np.empty(width * height * image.channels, dtype=np.float32)
    image.pixels.foreach_get(pixels)
    channels = image.channels
    bpy.data.images.remove(image)
    return pixels.reshape(height, width, channels)[::-1]


def _srgb8(values):
    """Linear light to 8-bit sRGB, clipped."""
    values = np.clip(values, 0.0, 1.0)
    coded = np.where(values <= 0.0031308, values * 12.92, 1.055 * values ** (1 / 2.4) - 0.055)
    return (coded * 255 + 0.5).astype(np.uint8)


def render(path_prefix):
    """Renders the scene to `<prefix>.png`, `<prefix>.index.png` and `<prefix>.mist.png`.

    The picture is plain sRGB (view transform "Standard") times the exposure chosen by
    `sun_and_sky`, so that undoing the sRGB curve gives scene light again.  The index picture
    is 16-bit and not antialiased; the mist picture is 16-bit, 0 at the near and 65535 at the
    far mist distance.  Returns the index array.
    """
    from PIL import Image

    scene = bpy.context.scene
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    layers = tree.nodes.new("CompositorNodeRLayers")
    folder = os.path.dirname(os.path.abspath(path_prefix))
    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        _file_output(tree, layers.outputs["Image"], work, "image")
        _file_output(tree, layers.outputs["IndexOB"], work, "index")
        _file_output(tree, layers.outputs["Mist"], work, "mist")
        bpy.ops.render.render(write_still=False)
        picture = _read_exr(work, "image")[..., :3] * float(scene["exposure"])
        index = np.rint(_read_exr(work, "index")[..., 0]).astype(np.uint16)
        depth = np.clip(_read_exr(work, "mist")[..., 0], 0.0, 1.0)
    Image.fromarray(index).save(path_prefix + ".index.png")
    Image.fromarray((depth * 65535 + 0.5).astype(np.uint16)).save(path_prefix + ".mist.png")
    # Written last: its presence says that the frame is complete.
    Image.fromarray(_srgb8(picture)).save(path_prefix + ".png")
    return index
