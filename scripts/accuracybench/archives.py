"""Real pictures made into sites. The folder PLOTWATCH_DATA holds, each with its truth:

phenocam-dukehw-2015/  images/*.jpg, ROI/ with two masks (0 = inside), expected.csv: gcc per mask
phenocam-vegindex/     PhenoCam pictures with masks; expected.csv: file, mask, quantity, published_value
canopy-cover/          images/*.JPG; expected.csv: file, exif_datetime, width, height, cover_vegetation_mask(>127)
fixed-camera-opencv/   vtest_frames/, tree_frames/ (of OpenCV's samples) and three blurred pictures
cdnet/                 highway/, canoe/, badminton/ of changedetection.net, each with input/*.jpg
background/            scenes of SBI with input/, groundtruth/, for one GT_background.png
levir-crops/, -tiles/  A/, B/, label/ of LEVIR-CD
registration-graf/     img1.png … img6.png, H1to2p … H1to6p
"""

import datetime
import shutil
from pathlib import Path

from PIL import Image

from .sites import Site, data, short, table_of

# The hours of the day at which a picture is said to be taken: daylight only.
CADENCES = {
    "10min": [8 + minute / 60 for minute in range(0, 9 * 60, 10)],
    "2h": [8, 10, 12, 14, 16],
    "twice": [9.5, 15.5],
}
# Grids of plots over the whole picture, columns and rows, and the hours of the day at which a picture is said to be taken.
GRIDS = {"2h": (3, 3, CADENCES["2h"]), "twice": (5, 4, CADENCES["twice"]), "daily": (5, 4, [10])}
VIDEOS = ("vtest", "tree", "highway", "canoe", "badminton")
# Of tree_frames: the pictures with a hand before the lens, told by eye.
HAND = {"0056.jpg", "0060.jpg", "0064.jpg"}
BLURRED = ("licenseplate_motion.jpg", "text_defocus.jpg", "text_motion.jpg")


def moments(count, hours):
    first = datetime.datetime(2024, 5, 6)
    return [
        first + datetime.timedelta(days=index // len(hours), hours=hours[index % len(hours)]) for index in range(count)
    ]


class Published:
    """Two single pictures, one of them infrared, with the figures that PhenoCam publishes for them."""

    village = None

    @classmethod
    def get(cls, work):
        if cls.village is None:
            source = data / "phenocam-vegindex"
            site = Site(work / "vegindex", "published", "-05:00", (42.54, -72.17, 340))
            for file, mask in sorted({(r["file"], r["mask"].split(" ")[0]) for r in table_of(source / "expected.csv")}):
                camera = file.split("/")[0]
                site.camera(camera, [source / file])
                shutil.copyfile(source / mask, site.folder / short(mask))
                site.plot(f"{camera}-roi", camera, "orchard", f"mask: {short(mask)}")
            cls.village = site.run()
        return cls.village


class Seedlings:
    """Phone pictures of seedlings on soil, each as a camera of its own."""

    village = None

    @classmethod
    def get(cls, work):
        if cls.village is None:
            source = data / "canopy-cover"
            site = Site(work / "seedlings", "seedlings")
            for row in table_of(source / "expected.csv"):
                camera, width, height = cls.camera(row), row["width"], row["height"]
                moment = datetime.datetime.strptime(row["exif_datetime"], "%Y:%m:%d %H:%M:%S")
                site.camera(camera, [source / "images" / row["file"]], [moment])
                site.plot(f"{camera}-bed", camera, "field", f"polygon: [0,0, {width},0, {width},{height}, 0,{height}]")
            cls.village = site.run()
        return cls.village

    @staticmethod
    def camera(row):
        return Path(row["file"]).stem.lower().replace("_", "-")


class Duke:
    """One forest camera over a year: its two PhenoCam masks as plots, and as a building site."""

    village = None
    dense_fog = {"dukehw_2015_03_01_120107.jpg", "dukehw_2015_12_01_120107.jpg"}  # the first with snow on the ground

    @classmethod
    def get(cls, work):
        if cls.village is None:
            source = data / "phenocam-dukehw-2015"
            site = Site(work / "dukehw", "dukehw", "-05:00", (35.9736, -79.1004, 400))
            pictures = sorted((source / "images").glob("*.jpg"))
            site.camera("forest", pictures)
            for plot, mask in (("db1000", "dukehw_DB_1000_01.tif"), ("xroi", "example_DB_0001_01.tif")):
                shutil.copyfile(source / "ROI" / mask, site.folder / mask)
                site.plot(plot, "forest", "orchard", f"mask: {mask}")
            site.camera("asbuilding", pictures)
            width, height = Image.open(pictures[0]).size
            site.plot(
                "building",
                "asbuilding",
                "building",
                f"polygon: [0,{height // 5}, {width},{height // 5}, {width},{height}, 0,{height}]",
            )
            cls.village = site.run()
        return cls.village


def film_pictures(film):
    fixed_camera = data / "fixed-camera-opencv" / f"{film}_frames"
    folder = fixed_camera if fixed_camera.is_dir() else data / "cdnet" / film / "input"
    return sorted(folder.glob("*.jpg"))


class Grids:
    """The films and the forest with many small plots: people and vehicles fill a plot, and stand on its border."""

    village = None

    @classmethod
    def get(cls, work):
        if cls.village is None:
            site = Site(work / "grids", "grids")
            for film in VIDEOS:
                for cadence, (columns, lines, hours) in GRIDS.items():
                    pictures = film_pictures(film)[:: 2 if cadence == "daily" else 1]
                    camera = f"{film}-{cadence}"
                    site.camera(camera, pictures, moments(len(pictures), hours))
                    site.grid(camera, pictures[0], columns, lines)
            pictures = sorted((data / "phenocam-dukehw-2015" / "images").glob("*.jpg"))
            site.camera("forest-monthly", pictures)
            site.grid("forest-monthly", pictures[0], 5, 4)
            cls.village = site.run()
        return cls.village


class Videos:
    """Short films of real scenes, retold as archives of still pictures at three cadences."""

    village, taken = None, {}

    @classmethod
    def get(cls, work):
        if cls.village is None:
            site = Site(work / "videos", "videos")
            for film in VIDEOS:
                pictures = film_pictures(film)
                for cadence, hours in CADENCES.items():
                    camera = f"{film}-{cadence}"
                    names = site.camera(camera, pictures, moments(len(pictures), hours))
                    cls.taken.update(zip(names, ((camera, p.name) for p in pictures)))
                    site.halves(camera, pictures[0])
            for name in BLURRED:
                picture = data / "fixed-camera-opencv" / name
                camera = "blurred-" + picture.stem.replace("_", "-")
                site.camera(camera, [picture], [datetime.datetime(2024, 5, 6, 10)])
                site.halves(camera, picture)
            cls.village = site.run()
        return cls.village
