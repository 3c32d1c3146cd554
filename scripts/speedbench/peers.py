#!/usr/bin/env python3
"""One pass of another tool over an archive that pictures.py made; one thread.

  peers.py vegindex|opencv|opencv-tuned|plantcv|mog2|versions ARCHIVE

Each reads the files from the disk, as its users do. Prints one JSON line: the mean gcc of every frame, or the versions.
"""
import glob
import importlib.metadata
import json
import os
import sys

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[name] = "1"


def files(archive):
    return sorted(glob.glob(os.path.join(archive, "orchard", "2*", "*", "*.jpg")))


def vegindex(archive):
    """generate_roi_timeseries as it is; its question to PhenoCam's server about the site is answered from the file."""
    os.environ["PHENOCAM_ARCHIVE_DIR"] = archive
    os.environ["PHENOCAM_SITE_INFO"] = os.path.join(archive, "site_info.csv")
    import requests

    def offline(*_, **__):
        raise requests.exceptions.ConnectionError("offline")

    requests.get = offline
    from vegindex.generate_roi_timeseries import main

    sys.argv = ["generate_roi_timeseries", "orchard", "AG_0001"]
    sys.stdout = open(os.devnull, "w")
    try:
        main()
    finally:
        sys.stdout = sys.__stdout__
    import csv

    with open(os.path.join(archive, "orchard", "ROI", "orchard_AG_0001_roistats.csv")) as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [float(row["gcc"]) for row in rows]


def opencv(archive):
    """What most scripts do: float arithmetic on the whole frame, Otsu on ExG, then statistics under the mask."""
    import cv2
    import numpy as np

    cv2.setNumThreads(1)
    mask = cv2.imread(os.path.join(archive, "mask.png"), cv2.IMREAD_GRAYSCALE)
    values = []
    for path in files(archive):
        image = cv2.imread(path)
        blue, green, red = cv2.split(image.astype(np.float32))
        excess = 2 * green - red - blue
        scaled = cv2.normalize(excess, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)
        _, plants = cv2.threshold(scaled, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        mean, deviation = cv2.meanStdDev(image, mask=mask)
        cover = cv2.countNonZero(cv2.bitwise_and(plants, mask)) / cv2.countNonZero(mask)
        values.append((mean[1, 0] / mean.sum(), cover, deviation.sum())[0])
    return values


def opencv_tuned(archive):
    """The same by someone who looks for speed: only the box round the mask, bytes only, no copies."""
    import cv2
    import numpy as np

    cv2.setNumThreads(1)
    mask = cv2.imread(os.path.join(archive, "mask.png"), cv2.IMREAD_GRAYSCALE)
    x, y, width, height = cv2.boundingRect(mask)
    mask = np.ascontiguousarray(mask[y : y + height, x : x + width])
    excess_of = np.array([[-0.25, 0.5, -0.25, 127.5]], np.float32)
    inside, values = cv2.countNonZero(mask), []
    for path in files(archive):
        image = cv2.imread(path)[y : y + height, x : x + width]
        blue, green, red, _ = cv2.mean(image, mask)
        excess = cv2.transform(image, excess_of)
        _, plants = cv2.threshold(excess, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        cover = cv2.countNonZero(cv2.bitwise_and(plants, mask, dst=plants)) / inside
        values.append((green / (red + green + blue), cover)[0])
    return values


def plantcv(archive):
    """The steps of PlantCV's tutorials: read, excess green index, Otsu, mask, analyse the index."""
    import cv2
    from plantcv import plantcv as pcv

    cv2.setNumThreads(1)
    pcv.params.debug = None
    pcv.params.verbose = False
    mask = cv2.imread(os.path.join(archive, "mask.png"), cv2.IMREAD_GRAYSCALE)
    values = []
    for path in files(archive):
        image, _, _ = pcv.readimage(filename=path)
        index = pcv.spectral_index.egi(rgb_img=image)
        plants = pcv.logical_and(bin_img1=pcv.threshold.otsu(gray_img=index.pseudo_rgb), bin_img2=mask)
        pcv.outputs.clear()
        pcv.analyze.spectral_index(index_img=index, labeled_mask=mask, n_labels=1, min_bin=-1, max_bin=2, label="plot")
        # 2g - r - b of shares that add up to one is 3g - 1. The mean of ratios, not the ratio of means.
        mean = pcv.outputs.observations["plot_1"]["mean_index_egi"]["value"]
        values.append(((mean + 1) / 3, plants.any())[0])
    return values


def mog2(archive):
    """OpenCV's usual change detection: MOG2, opening, connected regions."""
    import cv2
    import numpy as np

    cv2.setNumThreads(1)
    model, kernel, regions = cv2.createBackgroundSubtractorMOG2(detectShadows=False), np.ones((3, 3), np.uint8), []
    for path in files(archive):
        changed = cv2.morphologyEx(model.apply(cv2.imread(path)), cv2.MORPH_OPEN, kernel)
        regions.append(cv2.connectedComponentsWithStats(changed)[0])
    return []


def versions(_):
    found = {}
    for name in ("vegindex", "opencv-python-headless", "opencv-python", "plantcv", "numpy", "pillow"):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            pass
    return found


PASSES = {"vegindex": vegindex, "opencv": opencv, "opencv-tuned": opencv_tuned, "plantcv": plantcv, "mog2": mog2}
print(json.dumps({**PASSES, "versions": versions}[sys.argv[1]](sys.argv[2] if len(sys.argv) > 2 else "")))
