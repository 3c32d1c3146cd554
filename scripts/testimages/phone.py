"""A phone's JPEG: who made it, when and with which lens stand in its EXIF."""

import io

from PIL import Image

MAKER, CHANGED, SHOOTING, TAKEN, FOCAL_35 = 0x010F, 0x0132, 0x8769, 0x9003, 0xA405


def jpeg(picture, quality, taken=None, focal35=None):
    """JPEG bytes of a picture; `taken` is a datetime, `focal35` the focal length for 35 mm film in millimetres."""
    exif = Image.Exif()
    exif[MAKER] = "PlotWatch"
    shooting = exif.get_ifd(SHOOTING)
    if taken:
        exif[CHANGED] = shooting[TAKEN] = taken.strftime("%Y:%m:%d %H:%M:%S")
    if focal35:
        shooting[FOCAL_35] = focal35
    exif[SHOOTING] = shooting
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif.tobytes())
    return out.getvalue()
