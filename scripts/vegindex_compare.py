#!/usr/bin/env python3
"""Compares PlotWatch's PhenoCam files with those that vegindex makes of the same pictures.

  vegindex_compare.py compare OURS ARCHIVE --site SITE --roi DB_0001 [--keep DIR]
      OURS holds SITE_DB_0001_{roi,roistats,1day,3day}.csv as PlotWatch wrote them (those that are missing are said to be);
      ARCHIVE is laid out as PhenoCam's: SITE/YYYY/MM/*.jpg and SITE/ROI/ with the ROI list and its masks. It is only read.
      Place and clock of the site are taken from the header of our roistats file, or from --lat --lon --elev --utc-offset.
      Lines that state when a file was made are not compared. --keep DIR keeps what vegindex wrote.
  vegindex_compare.py summaries OURS --site SITE --roi DB_0001
      the same for the two summaries alone, which vegindex then makes from our roistats file: no pictures needed.
  vegindex_compare.py arrange DATA ARCHIVE
      lays out the pictures of DATA/phenocam-vegindex (harvard) and DATA/phenocam-dukehw-2015 (dukehw) as such an archive.
  vegindex_compare.py elevations COUNT SEED
      prints that many solar elevations for random times (2000 to 2035) and places, as rows of SolarReferences.swift.

Needs Python 3 with `pip install vegindex` (0.10.2 was used). Nothing is fetched from the network.
Exit status: 0 all lines agree, 1 a line differs or a file is missing, 2 wrong usage or no vegindex.
"""
import argparse
import contextlib
import datetime
import itertools
import os
import random
import re
import shutil
import sys
import tempfile

MADE_WHEN = re.compile(r"^# (Creation|Update) (Date|Time):")
FORMS = ("roi", "roistats", "1day", "3day")
SHOWN = 5


def load_vegindex(archive, site_info):
    """vegindex with its archive and site table replaced, before its programs copy them."""
    try:
        import numpy

        if not hasattr(numpy, "bool8"):  # removed in NumPy 2; vegindex still uses the name
            numpy.bool8 = numpy.bool_
        import vegindex
        from vegindex import config, utils
    except ImportError as error:
        sys.exit(fail(f"vegindex cannot be loaded ({error}); `pip install vegindex`"))
    config.archive_dir = archive
    utils.getsiteinfo = lambda site: dict(site_info)
    from vegindex import generate_roi_timeseries, generate_summary_timeseries

    for program in (generate_roi_timeseries, generate_summary_timeseries):
        program.archive_dir = archive
    return generate_roi_timeseries, generate_summary_timeseries


def fail(message):
    print(message, file=sys.stderr)
    return 2


def run(program, *arguments):
    before, sys.argv = sys.argv, [program.__name__, *arguments]
    try:
        with contextlib.redirect_stdout(sys.stderr):
            program.main()
    finally:
        sys.argv = before


def number(text):
    """A number as a JSON site table gives it: whole ones are integers."""
    value = float(text)
    return int(value) if value.is_integer() and "." not in str(text) else value


def site_info(arguments, roistats):
    found = {"lat": arguments.lat, "lon": arguments.lon, "elev": arguments.elev, "tzoffset": arguments.utc_offset}
    names = {"Lat": "lat", "Lon": "lon", "Elev": "elev", "UTC Offset": "tzoffset"}
    if os.path.exists(roistats):
        for line in itertools.takewhile(lambda l: l.startswith("#"), open(roistats, encoding="utf-8")):
            match = re.match(r"# (Lat|Lon|Elev|UTC Offset): (\S+)", line)
            if match and found[names[match[1]]] is None:
                found[names[match[1]]] = match[2]
    if any(value in (None, "None") for value in found.values()):
        raise ValueError("the site's place and clock are unknown: give --lat, --lon, --elev and --utc-offset")
    return {name: number(value) for name, value in found.items()}


def lay_out(archive, site, where):
    """A copy of the archive that may be written into: pictures linked, ROI lists and masks copied."""
    target = os.path.join(where, site)
    os.makedirs(os.path.join(target, "ROI"))
    source = os.path.join(os.path.abspath(archive), site)
    for name in sorted(os.listdir(source)):
        if re.fullmatch(r"\d{4}", name):
            os.symlink(os.path.join(source, name), os.path.join(target, name))
    for name in sorted(os.listdir(os.path.join(source, "ROI"))):
        if name.endswith("_roi.csv") or not name.endswith(".csv"):
            shutil.copyfile(os.path.join(source, "ROI", name), os.path.join(target, "ROI", name))


def lines(path):
    """The bytes of each line with its end, those left out that state when the file was made."""
    with open(path, "rb") as file:
        return [l for l in file.read().splitlines(keepends=True) if not MADE_WHEN.match(l.decode("utf-8", "replace"))]


def differences(ours, theirs):
    pairs = itertools.zip_longest(lines(ours), lines(theirs))
    return [(i, a, b) for i, (a, b) in enumerate(pairs, 1) if a != b]


def report(ours, theirs, forms, name):
    bad = 0
    for form in forms:
        a, b = (os.path.join(folder, f"{name}_{form}.csv") for folder in (ours, theirs))
        missing = [path for path in (a, b) if not os.path.exists(path)]
        if len(missing) == 2:
            print(f"{form}: no picture passes the selection, neither has a file")
        elif missing:
            bad += 1
            print(f"{form}: {missing[0]} is missing")
        else:
            found = differences(a, b)
            bad += len(found)
            print(f"{form}: {len(found)} of {len(lines(b))} lines differ")
            for line, mine, yours in found[:SHOWN]:
                print(f"  {line}\n    plotwatch {mine!r}\n    vegindex  {yours!r}")
    return 1 if bad else 0


def compare(arguments, only_summaries):
    name = f"{arguments.site}_{arguments.roi}"
    roistats = os.path.join(arguments.ours, f"{name}_roistats.csv")
    with tempfile.TemporaryDirectory() as where:
        roi = os.path.join(where, arguments.site, "ROI")
        if only_summaries:
            os.makedirs(roi)
            shutil.copyfile(roistats, os.path.join(roi, os.path.basename(roistats)))
        else:
            lay_out(arguments.archive, arguments.site, where)
        make_roistats, make_summary = load_vegindex(where, site_info(arguments, roistats))
        if not only_summaries:
            from vegindex.vegindex import get_roi_list

            get_roi_list(arguments.site, arguments.roi).writeCSV(os.path.join(roi, f"{name}_roi.csv"))
            run(make_roistats, arguments.site, arguments.roi)
        for days in ("1", "3"):
            run(make_summary, "-p", days, arguments.site, arguments.roi)
        if arguments.keep:
            shutil.copytree(roi, arguments.keep, dirs_exist_ok=True)
        return report(arguments.ours, roi, FORMS[2:] if only_summaries else FORMS, name)


def arrange(arguments):
    def put(source, *target):
        path = os.path.join(arguments.archive, *target)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        shutil.copyfile(os.path.join(arguments.data, source), path)

    for name in ("harvard_DB_0001_roi.csv", "harvard_DB_0001_01.tif"):
        put(f"phenocam-vegindex/harvard/ROI/{name}", "harvard", "ROI", name)
    picture = "harvard_2009_06_30_120138.jpg"
    put(f"phenocam-vegindex/harvard/2009/06/{picture}", "harvard", "2009", "06", picture)
    for name in ("dukehw_DB_1000_roi.csv", "dukehw_DB_1000_01.tif"):
        put(f"phenocam-vegindex/dukehw/ROI/{name}", "dukehw", "ROI", name)
    for picture in sorted(os.listdir(os.path.join(arguments.data, "phenocam-dukehw-2015", "images"))):
        _, year, month, *_ = picture.split("_")
        put(f"phenocam-dukehw-2015/images/{picture}", "dukehw", year, month, picture)
    return 0


def elevations(arguments):
    try:
        from vegindex.utils import sunelev
    except ImportError as error:
        return fail(f"vegindex cannot be loaded ({error}); `pip install vegindex`")
    dice = random.Random(arguments.seed)
    for index in range(arguments.count):
        seconds = dice.randrange(946684800, 2082758400)
        # Every twentieth place lies where vegindex loses the sign of an angle.
        latitude = dice.uniform(-1, 0) if index % 20 == 0 else dice.uniform(-66, 70)
        longitude = dice.uniform(-1, 0) if index % 23 == 0 else dice.uniform(-180, 180)
        offset = dice.choice([-8, -5, 0, 1, 5.5, 8])
        local = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds, hours=offset)
        print(f"    ({seconds}, {latitude!r}, {longitude!r}, {sunelev(latitude, longitude, local, offset)!r}),")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for command in ("compare", "summaries"):
        sub = commands.add_parser(command)
        sub.add_argument("ours")
        if command == "compare":
            sub.add_argument("archive")
        sub.add_argument("--site", required=True)
        sub.add_argument("--roi", required=True)
        for option in ("--lat", "--lon", "--elev", "--utc-offset", "--keep"):
            sub.add_argument(option)
    sub = commands.add_parser("arrange")
    sub.add_argument("data")
    sub.add_argument("archive")
    sub = commands.add_parser("elevations")
    sub.add_argument("count", type=int)
    sub.add_argument("seed", type=int)
    arguments = parser.parse_args()
    try:
        if arguments.command == "arrange":
            return arrange(arguments)
        if arguments.command == "elevations":
            return elevations(arguments)
        return compare(arguments, arguments.command == "summaries")
    except (OSError, ValueError) as error:
        return fail(f"vegindex_compare: {error}")


if __name__ == "__main__":
    sys.exit(main())
