"""Greenness while a cloud passes: the rendered orchard's pictures, and the forest's, with less light."""

import numpy as np
from PIL import Image

from . import sites
from .ledger import fixed, rows
from .sites import TEST, Site, datetime

LIGHTS = (1.0, 0.7, 0.55, 0.4)  # of the light of the first; 0.4 is 2.5 times less


def darker(picture, light):
    """The same scene in less light: linear levels times `light`, coded as sRGB again and as JPEG."""
    level = np.asarray(picture, dtype=np.float64) / 255
    linear = np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4) * light
    coded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return Image.fromarray((coded * 255 + 0.5).astype(np.uint8))


def light(ledger, work):
    pictures = sorted(p for month in ("04", "07", "09") for p in (TEST / f"archive/cam_orchard/2024/{month}").glob("*_1[12]*.jpg"))
    named = {"orchard": [p for p in pictures if p.stat().st_size > 100_000][::4]}
    if sites.data is not None:
        forest = sorted((sites.data / "phenocam-dukehw-2015/images").glob("*.jpg"))
        named["forest"] = forest[11:17:2]
    body, worst = [], []
    for name, chosen in named.items():
        for number, path in enumerate(chosen):
            moved, count = gcc_moves(work / f"light-{name}{number}", Image.open(path).convert("RGB"))
            worst.append((moved, path.name))
            body.append((name, path.name, count, fixed(moved, 4)))
    ledger.table("LIGHT", rows(("pictures of", "picture", "lights", "gcc moves by"), body, ("lights", "gcc moves by")))
    ledger.check("gcc under 2.5 times less light, largest move", max(worst)[0], max(worst)[1])


def gcc_moves(folder, picture):
    """The largest difference of gcc between the lights, of nine plots that share the picture."""
    folder.mkdir(parents=True)
    source = folder / "source"
    source.mkdir()
    files, times = [], []
    for number, part in enumerate(LIGHTS):
        path = source / f"{number}.jpg"
        darker(picture, part).save(path, quality=92)
        files.append(path)
        times.append(datetime.datetime(2024, 7, 1, 12, 10 * number))
    site = Site(folder / "site", "light")
    site.camera("cloud", files, times)
    width, height = picture.size
    for row in range(3):
        for column in range(3):
            left, top = width * column // 3, height * row // 3
            right, bottom = width * (column + 1) // 3, height * (row + 1) // 3
            site.plot(
                f"p{row}{column}", "cloud", "orchard",
                f"polygon: [{left},{top}, {right},{top}, {right},{bottom}, {left},{bottom}]",
            )
    village = site.run()
    values = {}
    for reading in village.readings:
        if reading["gcc"] is not None:
            values.setdefault(reading["plot"], []).append(reading["gcc"])
    return max(max(v) - min(v) for v in values.values()), min(len(v) for v in values.values())
