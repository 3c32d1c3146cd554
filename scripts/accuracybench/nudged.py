"""The rendered street as a camera would have seen it that was nudged for good and shakes in the wind.

Every picture is cut out of its own, displaced and turned, so that no pixel is made up; the clock is covered by a larger mask.
"""

import datetime
import math
import random
import re

from PIL import Image

from .sites import TEST, Village, age_file, table_of
from .works import Scene, works_table

MARGIN = 24  # pixels cut off on each side
NUDGE = (12.0, -9.0, 0.6)  # pixels right and down, degrees, from NUDGED on
NUDGED = datetime.date(2024, 5, 18)  # the brick building is half up, the shed not begun
SHAKE = 3.0  # pixels to each side, from picture to picture
CAMERA = "cam_market"


def cut(picture, dx, dy, degrees):
    """The middle of the picture, its content displaced by (dx, dy) and turned clockwise about the middle."""
    width, height = picture.size
    angle, cx, cy = math.radians(degrees), width / 2, height / 2
    cosine, sine = math.cos(angle), math.sin(angle)
    # Where in the old picture each pixel of the new one comes from.
    x0, y0 = MARGIN - cx - dx, MARGIN - cy - dy
    matrix = (cosine, sine, cx + cosine * x0 + sine * y0, -sine, cosine, cy - sine * x0 + cosine * y0)
    size = width - 2 * MARGIN, height - 2 * MARGIN
    return picture.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC)


def site_of(text, size):
    """The site file with only this camera, its outlines in the cut pictures."""
    head, cameras = text.split("cameras:\n", 1)
    camera, rest = re.search(rf"  - id: {CAMERA}\n(?:    .*\n)*", cameras)[0], cameras.split("plots:\n", 1)[1]
    plots, last = rest.split("permits:\n", 1)
    plots = "".join(p for p in re.findall(r"  - id: .*\n(?:    .*\n)*", plots) if f"camera: {CAMERA}\n" in p)

    def moved(match):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", match[2])]
        limits = size[0] - 2 * MARGIN, size[1] - 2 * MARGIN
        return match[1] + ", ".join(
            f"{min(max(n - MARGIN, 0), limits[k % 2]):g}" for k, n in enumerate(numbers)
        ) + match[3]

    parts = []
    for line in (camera + "plots:\n" + plots).splitlines():
        if "# clock" not in line:  # left where it is, it covers the displaced clock
            line = re.sub(r"((?:polygon|pixel): \[)([^\]]*)(\])", moved, line)
            line = re.sub(r"(^      - \[)([^\]]*)(\])", moved, line)
        parts.append(line)
    return head + "cameras:\n" + "\n".join(parts) + "\npermits:\n" + last


def nudged_street(ledger, work):
    folder = work / "nudged"
    generator = random.Random(5)
    size = None
    for row in table_of(TEST / "truth/captures.csv"):
        if row["camera"] != CAMERA or row["condition"] != "ok":
            continue
        picture = Image.open(TEST / "archive" / row["file"]).convert("RGB")
        size = picture.size
        is_nudged = datetime.date.fromisoformat(row["at"][:10]) >= NUDGED
        dx, dy, degrees = NUDGE if is_nudged else (0.0, 0.0, 0.0)
        dx, dy = dx + generator.uniform(-SHAKE, SHAKE), dy + generator.uniform(-SHAKE, SHAKE)
        out = folder / "archive" / row["file"]
        out.parent.mkdir(parents=True, exist_ok=True)
        cut(picture, dx, dy, degrees).save(out, quality=92)
        age_file(out)
    text = (TEST / "site.yaml").read_text(encoding="utf-8")
    reference = re.search(r"reference: (cam_market\S+)", text)[1]
    # The outlines were drawn on a picture that was not shaken.
    cut(Image.open(TEST / "archive" / reference).convert("RGB"), 0, 0, 0).save(folder / "archive" / reference, quality=92)
    age_file(folder / "archive" / reference)
    (folder / "site.yaml").write_text(site_of(text, size), encoding="utf-8")
    flags = Village(folder).all_flags()
    for flag in flags:
        flag["polygon"] = [[x + MARGIN, y + MARGIN] for x, y in flag["polygon"]]
    scene = Scene("nudged street", TEST / "truth", flags)
    print("\n\n".join(works_table(scene)))
    lost = [w.truth["id"] for w in scene.works if not w.is_right]
    ledger.check("nudged and shaken street: works lost", len(lost), ", ".join(lost))
    told = "; ".join(f"{f['id']} {f['plot']} {f['stage']}" for f in scene.false + scene.withdrawn)
    ledger.check("nudged and shaken street: flags that mean no work", len(scene.false + scene.withdrawn), told)
