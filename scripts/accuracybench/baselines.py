"""What plain rules get on the rendered village: if they did well, it would be too easy to tell anything.

The rules are those that a script of a few lines would use. They get what is needed to be fair: only the sound pictures
(told by the truth), only the inside of each plot, and the level of each is the one that does best here.
"""

import datetime
import json
import re
from collections import defaultdict
from dataclasses import dataclass

import numpy
from PIL import Image

from .ledger import fixed, rows
from .orchard import plots_of
from .plainrules import others
from .sites import TEST, day, table_of
from .works import filled

SMALL = (320, 180)
LEVELS = (10, 15, 20, 25, 30, 40, 50, 60)  # grey levels by which a pixel has changed
SHARES = (0.02, 0.05, 0.1, 0.2, 0.3)  # share of a plot that has changed, from which an alarm is given
MEMORY = 10  # pictures in the running median
RULES = (
    "grey difference with the first picture", "grey difference with the picture before", f"grey difference with the median of {MEMORY} pictures",
)  # fmt: skip
BUILT = ((TEST, "cam_market"), (TEST / "hamlet", "cam_hamlet"), (TEST / "river", "cam_river"), (TEST / "town", "cam_town"))
EXG = (0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2)


def outlines(folder):
    """Plot: polygon in reference pixels, by the shape of site file that this project writes."""
    found, plot, listing = {}, None, False
    for line in (folder / "site.yaml").read_text(encoding="utf-8").splitlines():
        listing = line == "plots:" if not line.startswith(" ") else listing
        word = line.strip()
        if word.startswith("- id: "):
            plot = word[6:]
        elif listing and word.startswith("polygon: ["):
            numbers = [float(n) for n in word[10:-1].split(",")]
            found[plot] = list(zip(numbers[::2], numbers[1::2]))
    return found


def sound(folder, camera):
    return [r for r in table_of(folder / "truth/captures.csv") if r["camera"] == camera and r["condition"] == "ok"]


def baselines(ledger, work):
    scenes = [Place(folder, camera) for folder, camera in BUILT if (folder / "site.yaml").exists()]
    parts = [*works_baseline(scenes), *cover_baseline(), *others_baseline()]
    ledger.table("BASELINES", *parts)
    ledger.table("BASELINES-ZH", *(in_chinese(part) for part in parts))


CHINESE = {  # in this order: longer words before those that are part of them
    "| scene | rule | level | of | found |": "| 场景 | 规则 | 阈值 | 数量 | 结果 |", "| rule | scene |": "| 规则 | 场景 |",
    "grey difference with the first picture": "与第一张的灰度差", "grey difference with the picture before": "与前一张的灰度差",
    f"grey difference with the median of {MEMORY} pictures": f"与前 {MEMORY} 张中位数的灰度差",
    "finds most works": "找出最多工程", "at most one false alarm a scene": "每个场景误报不超过一次", "ExG above Otsu's level of the plot": "ExG 高于该地块的大津阈值",
    "level chosen so that it": "阈值的选法", "works found": "找到的工程", "days after the first wall, longest": "墙体出现后最长天数", "false alarms": "误报",
    "plot-days with one": "误报的地块·天", "plot pictures": "地块图片数", "mean abs error": "平均绝对误差", "largest": "最大",
    "| rule |": "| 规则 |", "| level |": "| 阈值 |", " of ": " / ", "| all |": "| 合计 |",
    "area that differs from the median picture, by a hen's": "与中位数图片不同的面积除以一只鸡的面积", "share that differs from the median picture": "与中位数图片不同的面积比例",
    "grey difference, pixel by pixel": "逐像素灰度差", "rough pixels below, after by before": "下半幅粗糙像素，后比前",
    "| flock |": "| 鸡群 |", "| room |": "| 房间 |", "| nadir |": "| 无人机 |", "| yards |": "| 村巷 |", "| orchard |": "| 果园 |", "| market |": "| 街道 |",
    "| hamlet |": "| 坡上院子 |", "| river |": "| 河边 |", "| town |": "| 镇边 |", "| terrace |": "| 坡地果园 |",
}  # fmt: skip


def in_chinese(part):
    """A table, or the sentences before it, for readers of Chinese."""
    if part.startswith("Works, from"):
        pictures, scenes, plots = re.findall(r"\d+", part)[:3]
        return (
            f"工程：{scenes} 个场景、{plots} 个地块的 {pictures} 张正常图片。连续两张都变化才算报警；报警起于备料之后、墙体出现后十天之内，算找到。"
            "在没有动工的地块上报警算误报。阈值（灰度级，占地块比例）取所有场景合计最好的。"
        )
    if part.startswith("Vegetation cover"):
        return "有作物的地块的植被覆盖率。第二个 ExG 阈值是所有场景合计最好的。"
    if part.startswith("The other scenes"):
        return "其余场景：每条规则用在这些图片上最好的阈值。"
    part = re.sub(r"mean count error (\d+%) from ten hens on; (\d+) of (\d+) empty pens with hens", r"十只以上的图片平均误差 \1；\3 张空栏图片中 \2 张误报有鸡", part)
    part = re.sub(r"(\d+) of (\d+) with somebody missed, (\d+) of (\d+) without taken for somebody", r"有人的 \2 张漏 \1 张，无人的 \4 张误报 \3 张", part)
    part = re.sub(r"(\d+) of (\d+) swept lanes missed, (\d+) of (\d+) unswept taken for swept", r"已清扫的 \2 处漏 \1 处，未清扫的 \4 处误判 \3 处", part)
    part = re.sub(r"\| (\d+) pictures \|", r"| \1 张 |", part)
    part = re.sub(r"\| (\d+) pairs \|", r"| \1 对 |", part)
    for english, chinese in CHINESE.items():
        part = part.replace(english, chinese)
    return part


# --- works ------------------------------------------------------------------------------


class Place:
    """A scene with works: the changed share of each plot in each picture, by rule and level."""

    def __init__(self, folder, camera):
        captures = sorted(sound(folder, camera), key=lambda r: r["at"])
        told = json.loads((folder / f"truth/{camera}.json").read_text(encoding="utf-8"))
        size = told["images"][0]["width"], told["images"][0]["height"]
        shapes = outlines(folder)
        self.pictures = len(captures)
        self.days = [day(r["at"]) for r in captures]
        self.begun = {w["plot"]: day(w["stages"][0]["date"]) for w in told["works"]}
        self.wall = {w["plot"]: day(w["firstVisibleWall"]) for w in told["works"]}
        if told.get("demolition"):  # pulling down is no work and no false alarm: left out
            shapes.pop(told["demolition"]["plot"], None)
        grey = []
        for row in captures:
            with Image.open(folder / "archive" / row["file"]) as picture:
                grey.append(numpy.asarray(picture.convert("L").resize(SMALL, Image.BOX), numpy.int16))
        grey = numpy.stack(grey)
        medians = numpy.stack([numpy.median(grey[max(0, i - MEMORY) : i], axis=0) if i else grey[0] for i in range(len(grey))])
        against = (grey[:1], numpy.concatenate([grey[:1], grey[:-1]]), medians)
        scale = SMALL[0] / size[0], SMALL[1] / size[1]
        self.shares = {}
        for plot in sorted({p["id"] for p in told["plots"]} & set(shapes)):
            inside = filled([(x * scale[0], y * scale[1]) for x, y in shapes[plot]], SMALL)
            for rule, other in zip(RULES, against):
                away = numpy.abs(grey[:, inside] - (other[:, inside]))
                for level in LEVELS:
                    self.shares[rule, level, plot] = (away > level).mean(axis=1)
        self.plots = sorted({plot for _, _, plot in self.shares})

    def tried(self, rule, level, share):
        """(works found, waits, false alarms, false plot-days) of a rule at a level."""
        found, waits, false_alarms, false_days = 0, [], 0, set()
        for plot in self.plots:
            alarm = self.shares[rule, level, plot] > share
            alarm[1:] &= alarm[:-1].copy()
            alarm[0] = False
            starts = [i for i in range(1, len(self.days)) if alarm[i] and not alarm[i - 1]]
            quiet = [i for i in range(len(self.days)) if plot not in self.begun or self.days[i] < self.begun[plot]]
            false_alarms += len(set(starts) & set(quiet))
            false_days |= {(plot, self.days[i]) for i in quiet if alarm[i]}
            if plot in self.begun:
                right = [self.days[i] for i in starts if self.begun[plot] <= self.days[i] <= self.wall[plot] + datetime.timedelta(days=10)]
                if right:
                    found += 1
                    waits.append((right[0] - self.wall[plot]).days)
        return found, waits, false_alarms, len(false_days)


def works_baseline(scenes):
    """Grey difference with the first picture, with the picture before, and with a running median."""
    works, plots = sum(len(s.wall) for s in scenes), sum(len(s.plots) for s in scenes)
    body = []
    for rule in RULES:
        tried = []
        for level in LEVELS:
            for share in SHARES:
                each = [s.tried(rule, level, share) for s in scenes]
                waits = [w for e in each for w in e[1]]
                tried.append(Tried(f"{level}, {share:g}", sum(e[0] for e in each), max(waits, default=0), sum(e[2] for e in each), sum(e[3] for e in each)))
        keenest = min(tried, key=lambda t: (-t.found, t.false_days, t.wait))
        quiet = min((t for t in tried if t.false_alarms <= len(scenes)), key=lambda t: (-t.found, t.false_days, t.wait), default=None)
        for wish, best in (("finds most works", keenest), ("at most one false alarm a scene", quiet)):
            told = ("–",) * 5 if best is None else best.row(works)
            body.append((rule, wish, *told))
    heads = ("rule", "level chosen so that it", "level", "works found", "days after the first wall, longest", "false alarms", "plot-days with one")
    return [
        f"Works, from the {sum(s.pictures for s in scenes)} sound pictures of {len(scenes)} scenes with {plots} plots. An alarm is a change in two "
        "pictures in a row; it finds a work if it begins between the first material and ten days after the first wall. It is false on a plot on "
        f"which no work has begun. The level (grey levels, share of the plot) is the best of {len(LEVELS) * len(SHARES)} over all scenes.",
        rows(heads, body, heads[3:]),
    ]


@dataclass
class Tried:
    """What one rule gives at one level."""

    level: str
    found: int
    wait: int
    false_alarms: int
    false_days: int

    def row(self, works):
        return self.level, f"{self.found} of {works}", self.wait if self.found else "–", self.false_alarms, self.false_days


# --- cover ------------------------------------------------------------------------------


OTSU = "ExG above Otsu's level of the plot"


def cover_errors(folder):
    """ExG = 2g − r − b of the chromatic coordinates above a level, and Otsu's level a plot: errors of cover by (camera, rule)."""
    shapes, kinds = outlines(folder), plots_of(folder / "site.yaml", "kind")
    truth = defaultdict(dict)
    for row in table_of(folder / "truth/plots.csv"):
        truth[row["file"]][row["plot"]] = float(row["vegetationCover"])
    growing = [p for p in shapes if kinds.get(p) in ("orchard", "field")]
    errors = defaultdict(list)
    for file, plots in truth.items():
        wanted = [p for p in growing if p in plots]
        if not wanted:
            continue
        with Image.open(folder / "archive" / file) as picture:
            size = picture.size
            rgb = numpy.asarray(picture.convert("RGB"), numpy.float32)
        camera = file.split("/")[0].removeprefix("cam_")
        total = rgb.sum(axis=2)
        green = 3 * rgb[..., 1] / numpy.maximum(total, 1) - 1
        for plot in wanted:
            inside = green[filled(shapes[plot], size)]
            for level in EXG:
                errors[camera, f"ExG > {level:g}"].append(abs(float((inside > level).mean()) - plots[plot]))
            errors[camera, OTSU].append(abs(float((inside > otsu(inside)).mean()) - plots[plot]))
    return errors


def cover_baseline():
    """The rules of `cover_errors` on each scene where something grows, at the level that is best over all of them."""
    errors = {}
    for folder in dict.fromkeys((*(place for place, _ in BUILT), TEST / "terrace")):
        if (folder / "truth/plots.csv").exists():
            errors |= cover_errors(folder)
    rules = [f"ExG > {level:g}" for level in EXG]
    pooled = {rule: numpy.concatenate([e for (_, r), e in errors.items() if r == rule]) for rule in (*rules, OTSU)}
    body = []
    for name in sorted({"ExG > 0.1", min(rules, key=lambda rule: pooled[rule].mean()), OTSU}):
        for camera, found in (*((c, numpy.array(e)) for (c, r), e in errors.items() if r == name), ("all", pooled[name])):
            body.append((name, camera, len(found), fixed(found.mean(), 3), fixed(numpy.quantile(found, 0.95), 3), fixed(found.max(), 3)))
    heads = ("rule", "scene", "plot pictures", "mean abs error", "95 %", "largest")
    return [
        "Vegetation cover of the plots where something grows. The second level of ExG is the best of eight over all scenes.",
        rows(heads, body, heads[2:]),
    ]


def others_baseline():
    """Hens, the room, drone pairs and lanes."""
    heads, body = others()
    return ["The other scenes, each rule at the level that is best on these pictures.", rows(heads, body)]


def otsu(values):
    """The level that parts the values into the two classes that are farthest apart; 256 bins."""
    counts, edges = numpy.histogram(values, 256)
    centres = (edges[:-1] + edges[1:]) / 2
    below = numpy.cumsum(counts)
    above = below[-1] - below
    sums = numpy.cumsum(counts * centres)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(edges[1:][numpy.nanargmax(between)])
