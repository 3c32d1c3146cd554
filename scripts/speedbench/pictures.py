#!/usr/bin/env python3
"""Makes the pictures that speed is measured on; the same ones every time.

  pictures.py TESTIMAGE FOLDER FRAMES CAPTURES

FOLDER/hd       FRAMES JPEGs of 1920 x 1080 (4:2:0, quality 85), laid out as a PhenoCam archive, with a polygon as mask
FOLDER/small    CAPTURES JPEGs of 640 x 360, every one different, one every half hour of daylight
FOLDER/formats  one picture as JPEG (baseline, progressive, 4K), PNG and TIFF

What is there already is kept. Needs numpy and Pillow.
"""
import datetime
import os
import shutil
import sys

import numpy as np
from PIL import Image, ImageDraw

HD, SMALL, LARGE = (1920, 1080), (640, 360), (3840, 2160)
OUTLINE = [(410, 440), (1510, 440), (1640, 985), (290, 985)]
# Grey levels. With it a picture has about as many bits a pixel as those of outdoor cameras (2 to 2.9).
NOISE = 4.0
START = datetime.datetime(2024, 4, 1, 8)


class Scene:
    """One camera's view, enlarged from a test picture, with fine texture that stays and noise that changes."""

    def __init__(self, path, size, seed):
        self.random = np.random.default_rng(seed)
        self.size = size
        width, height = size
        enlarged = Image.open(path).convert("RGB").resize((width + 16, height + 16), Image.BICUBIC)
        texture = self.random.normal(0, NOISE, (height + 16, width + 16, 1))
        self.base = np.asarray(enlarged).astype(np.float32) + texture.astype(np.float32)
        self.noise = self.random.normal(0, 1.6, (height + 64, width + 64, 3)).astype(np.float32)

    def frame(self, number):
        """The scene shaken by a pixel or two, in other light, a little greener every time."""
        width, height = self.size
        dx, dy = self.random.integers(6, 11, 2)
        nx, ny = self.random.integers(0, 64, 2)
        light = 1 + 0.08 * np.sin(0.7 * number) + self.random.normal(0, 0.02)
        picture = self.base[dy : dy + height, dx : dx + width] * np.float32(light)
        picture[..., 1] *= np.float32(1 + 0.0005 * (number % 100))
        picture += self.noise[ny : ny + height, nx : nx + width]
        return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def save(picture, path, **options):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    picture.save(path + ".part", **options)
    os.replace(path + ".part", path)


def jpeg(picture, path):
    save(picture, path, format="JPEG", quality=85, subsampling=2)


def hd(image, folder, frames):
    """Four captures a day, so that construction looks at every one."""
    done = os.path.join(folder, "orchard", "frames")
    if os.path.exists(done) and open(done).read() == str(frames):
        return
    # Those of an earlier run may be more.
    shutil.rmtree(os.path.join(folder, "orchard"), ignore_errors=True)
    scene, names = Scene(image, HD, 1), []
    for k in range(frames):
        at = START + datetime.timedelta(days=k // 4, hours=2.5 * (k % 4))
        names.append(f"orchard_{at:%Y_%m_%d_%H%M%S}.jpg")
        jpeg(scene.frame(k), os.path.join(folder, "orchard", f"{at:%Y}", f"{at:%m}", names[-1]))
    mask = Image.new("L", HD, 0)
    ImageDraw.Draw(mask).polygon(OUTLINE, fill=255)
    roi = os.path.join(folder, "orchard", "ROI")
    save(mask, os.path.join(folder, "mask.png"), format="PNG")
    # PhenoCam's masks are black inside.
    save(mask.point(lambda v: 255 - v), os.path.join(roi, "orchard_AG_0001_01.tif"), format="TIFF")
    with open(os.path.join(roi, "orchard_AG_0001_roi.csv"), "w") as file:
        head = ["ROI List for orchard", "", "Site: orchard", "Veg Type: AG", "ROI ID Number: 0001", "Owner: bench"]
        head += ["Creation Date: 2024-01-01", "Creation Time: 00:00:00", "Update Date: 2024-01-01"]
        head += ["Update Time: 00:00:00", "Description: generated", ""]
        file.write("#\n" + "".join(f"# {line}".rstrip() + "\n" for line in head))
        file.write("start_date,start_time,end_date,end_time,maskfile,sample_image\n")
        file.write(f"2024-01-01,00:00:00,2030-12-31,00:00:00,orchard_AG_0001_01.tif,{names[0]}\n")
    with open(os.path.join(folder, "site_info.csv"), "w") as file:
        file.write("sitename,lat,lon,elev,tzoffset\norchard,28.84,108.77,520,8\n")
    with open(done, "w") as file:
        file.write(str(frames))


def spans(folder):
    """The mask's rows as text: y, first column, past the last."""
    path = os.path.join(folder, "spans.txt")
    if os.path.exists(path):
        return
    mask = np.asarray(Image.open(os.path.join(folder, "mask.png"))) > 0
    rows = [(y, np.flatnonzero(row)) for y, row in enumerate(mask) if row.any()]
    with open(path, "w") as file:
        file.writelines(f"{y} {inside[0]} {inside[-1] + 1}\n" for y, inside in rows)


def small(image, folder, captures):
    scene = None
    for k in range(captures):
        at = START + datetime.timedelta(days=k // 20, minutes=30 * (k % 20))
        path = os.path.join(folder, f"{at:%Y}", f"{at:%m}", f"yard_{at:%Y_%m_%d_%H%M%S}.jpg")
        if os.path.exists(path):
            continue
        scene = scene or Scene(image, SMALL, 2 + k)
        jpeg(scene.frame(k), path)


def formats(image, folder):
    if os.path.exists(os.path.join(folder, "jpeg-4k.jpg")):
        return
    picture = Scene(image, HD, 3).frame(0)
    jpeg(picture, os.path.join(folder, "jpeg.jpg"))
    save(picture, os.path.join(folder, "jpeg-progressive.jpg"), format="JPEG", quality=85, subsampling=2, progressive=True)
    save(picture, os.path.join(folder, "png.png"), format="PNG")
    save(picture, os.path.join(folder, "tiff-lzw.tif"), format="TIFF", compression="tiff_lzw")
    jpeg(Scene(image, LARGE, 4).frame(0), os.path.join(folder, "jpeg-4k.jpg"))


def main():
    image, folder, frames, captures = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    hd(image, os.path.join(folder, "hd"), frames)
    spans(os.path.join(folder, "hd"))
    small(image, os.path.join(folder, "small"), captures)
    formats(image, os.path.join(folder, "formats"))


main()
