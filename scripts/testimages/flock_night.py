"""The flock scene by night: the same pen under the camera's own infrared lamp.

One picture of the pen without a hen and six with some that were not brought in, as rendered light: the lamp stands at the
camera, so that shadows fall behind what it lights and light falls off with distance. What an infrared sensor makes of it is
`camera.lamplit`. `flock_archive.py --lamp` takes pictures of these frames through several nights.
"""

import math
from datetime import datetime, timedelta

import flock
import studio

# birds inside, outside, colours, manner
PLANS = [
    (0, 0, "mixed", "spread"),
    (14, 0, "mixed", "huddle"),
    (26, 0, "brown", "huddle"),
    (11, 0, "white", "spread"),
    (20, 3, "mixed", "shade"),
    (34, 0, "mixed", "huddle"),
    (12, 0, "black", "spread"),
]
WATTS = 900.0
"""Of the lamp; with the falloff of a real one."""
EXPOSURE = 20.0
"""Factor of the light in the raw picture, so that it uses its eight bits."""


def frames(seed):
    """All frames in order of time, a night apart."""
    made = []
    for number, (inside, outside, colours, manner) in enumerate(PLANS):
        rng = studio.random_for(seed, "flock-night", number)
        when = datetime(2024, 6, 3, 22) + timedelta(days=number, minutes=int(rng.uniform(0, 59)))
        made.append({
            "name": f"{900 + number}",
            "camera": flock.CAMERA_ID,
            "datetime": when.isoformat() + "+08:00",
            "state": {"seed": seed, "inside": inside, "outside": outside, "colours": colours, "manner": manner, "cloud": 0.5, "farmer": False},
        })
    return made


def _lamp(*_):
    """The light of the camera's lamp, in place of sun and sky."""
    import bpy
    from mathutils import Vector

    studio.dark_world()
    lamp = bpy.data.lights.new("infrared", "SPOT")
    lamp.energy, lamp.spot_size, lamp.spot_blend = WATTS, math.radians(85), 0.9
    lamp.shadow_soft_size = 0.04
    thing = bpy.data.objects.new("infrared", lamp)
    x, y, z = flock.EYE
    thing.location = (x + 0.06, y, z + 0.05)
    towards = Vector(flock.LOOK_AT) + Vector((0, 9, 0)) - Vector(flock.EYE)
    thing.rotation_mode = "QUATERNION"
    thing.rotation_quaternion = towards.to_track_quat("-Z", "Y")
    bpy.context.scene.collection.objects.link(thing)
    studio.expose(EXPOSURE)
    return {"exposure": EXPOSURE}


def build(frame, seed):
    """Builds the scene of one frame; returns the light."""
    sun_and_sky, studio.sun_and_sky = studio.sun_and_sky, _lamp
    try:
        return flock.build(frame, seed)
    finally:
        studio.sun_and_sky = sun_and_sky


truth = flock.truth
finish = flock.finish
