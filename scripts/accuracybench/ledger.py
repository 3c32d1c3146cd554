"""What is claimed, what was found, and how it is written."""

import math

# name: (pictures, at most or at least, limit, unit, what the limit stands for)
CLAIMS = {
    "sound pictures refused": ("rendered", "<=", 0.02, "share", "a camera loses less than one picture in fifty"),
    "faulty pictures taken for sound": ("rendered", "<=", 0, "pictures", "a faulty picture is never measured"),
    "alignment, 95 %": ("rendered", "<=", 1.0, "px", "below the size of a pixel"),
    "vegetation cover, mean error of the worst plot": ("rendered", "<=", 0.05, "share", "the cover of a plot within 0.05 on average, on every plot"),
    "vegetation cover error, 95 %": ("rendered", "<=", 0.05, "share", "the cover of a plot within 0.05"),
    "vegetation cover error on photographs, largest": ("real", "<=", 0.05, "share", "the same on real seedlings, from which the model learnt"),
    "sick plot: days to its first card": ("rendered", "<=", 7, "days", "a card within a week of the onset"),
    "anomaly cards on healthy plots": ("rendered", "<=", 0, "cards", "no false alarm"),
    "peak bloom date error, largest": ("rendered", "<=", 3, "days", "the date on the card, from one picture a week"),
    "plots in bloom whose bloom was missed": ("rendered", "<=", 0, "plots", "blossom on 2 % of the plot or more and no card of its height"),
    "canopy cover, mean error": ("rendered", "<=", 0.08, "share", "the crop's own canopy through the year, grass green or mown"),
    "colouring start error, largest": ("rendered", "<=", 5, "days", "the date on the card; true from 2 % of the plot"),
    "tea that was cut back and not recognised": ("rendered", "<=", 0, "plots", "a card of pruning within two weeks"),
    "cards of pruning where nothing was cut": ("rendered", "<=", 0, "cards", "neither sickness nor leaf fall nor harvest is pruning"),
    "gcc under 2.5 times less light, largest move": ("both", "<=", 0.01, "gcc", "a cloud passes: linear light times 0.4, JPEG anew"),
    "ripe apples: count against boxes, correlation": ("real", ">=", 0.8, "r", "by tile"),
    "ripe apples: mean relative error of a tile": ("real", "<=", 0.25, "share", "of the tiles with apples"),
    "gcc against published figures, largest": ("real", "<=", 0.0002, "gcc", "four digits of the published series"),
    "published channel means, largest error": ("real", "<=", 0.00001, "DN", "all five published decimals"),
    "cells of published summaries that differ": ("real", "<=", 0, "cells", "a whole year of two forms, made from its roistats file"),
    "season dates against R, largest": ("real", "<=", 2, "days", "10, 25 and 50 % of nine years of two forests, against R's loess"),
    "season transitions of R that are not found": ("real", "<=", 0, "transitions", "every rise and fall of those years"),
    "season of a forest from two pictures a month, largest": ("real", "<=", 5, "days", "against the published curve of 70 pictures a row"),
    "pictures in dense fog marked unusable": ("real", ">=", 2, "of 2", "as fog or otherwise: they must not count as sound"),
    "infrared picture recognised": ("real", ">=", 1, "of 1", "a real infrared picture, stored as a colour file"),
    "sound pictures of films and forest refused": ("real", "<=", 0.02, "share", "refused pictures cannot be wrong, nor of use"),
    "sharp photographs refused": ("real", "<=", 0, "pictures", "seven phone pictures, in focus"),
    "flags where nothing is built (real pictures)": ("real", "<=", 0, "flags", "nothing is built in these pictures"),
    "flags where nothing is built, small plots": ("real", "<=", 0, "flags", "the same with 9 and 20 plots over the picture, and one picture a day"),
    "flags raised where nothing is built, small plots": ("real", "<=", 0, "flags", "the same; those withdrawn or removed again count too"),
    "unauthorized works missed": ("rendered", "<=", 0, "works", "each is flagged, on its plot, as unauthorized"),
    "days from first visible wall to confirmation": ("rendered", "<=", 3, "days", "the longest of the unauthorized works"),
    "permitted works called unauthorized": ("rendered", "<=", 0, "works", "a permit covers plot and date"),
    "false flags (rendered street)": ("rendered", "<=", 0, "flags", "no flag but those of the works"),
    "nudged and shaken street: works lost": ("rendered", "<=", 0, "works", "nudged by 12 px, 9 px and 0.6° for good while works go on, shaken by 3 px"),
    "nudged and shaken street: flags that mean no work": ("rendered", "<=", 0, "flags", "the same"),
    "works of all rendered scenes: recall": ("rendered", ">=", 0.95, "share", "found and given the right status, over all scenes"),
    "works of all rendered scenes: precision": ("rendered", ">=", 0.95, "share", "flags that mean a work"),
    "works of all rendered scenes: days from the first wall": ("rendered", "<=", 3, "days", "the longest to confirmation"),
    "works of all rendered scenes: first seen, days off": ("rendered", "<=", 2, "days", "the largest error against the day of the first heap or the first cut ground"),
    "works of all rendered scenes: IoU of the outline": ("rendered", ">=", 0.65, "mean", "the flag's outline and what is visible of the finished work"),
    "works of all rendered scenes: permitted called unauthorized": ("rendered", "<=", 0, "works", "a permit covers plot and date"),
    "obstructed pictures recognised (hand before the lens)": ("real", ">=", 1.0, "share", "three pictures at each cadence"),
    "blurred pictures recognised": ("real", ">=", 3, "of 3", "photographs out of focus or shaken"),
    "background, mean grey error, largest": ("real", "<=", 2.5, "grey levels", "people and vehicles are gone"),
    "LEVIR: F1 above the better of two naive rules": ("real", ">=", 0.0, "F1", "pooled over the labelled pairs, to which its weights were fitted"),
    "wall seen from 20° and 30° aside recognised as the same": ("real", ">=", 2, "of 2", "a homography relates the views"),
    "room: occupied pictures told (one second)": ("real", ">=", 100, "of 105", "a person who stands still is there"),
    "room: empty pictures wrong (one second)": ("real", "<=", 0, "of 28", "an empty room is nobody"),
    "room: occupied pictures told (one hour)": ("real", ">=", 100, "of 105", "the same pictures over six days"),
    "room: empty pictures wrong (one hour)": ("real", "<=", 0, "of 28", "the same pictures over six days"),
    "room: light taken for somebody": ("real", "<=", 0, "pictures", "gain, gamma, colour, lamp, sun and curtain on real pictures"),
    "room: warnings while somebody is there": ("real", "<=", 0, "flags", "people come, stand and go"),
    "room: hours from the limit to the warning": ("real", "<=", 1, "h", "one picture an hour"),
    "flock: mean count error from ten hens on": ("rendered", "<=", 0.15, "share", "of the hens that can be seen"),
    "flock: pelicans, count less 39": ("real", "<=", 8, "birds", "white birds among bushes from the air, one picture"),
    "flock: counts in an empty pen": ("rendered", "<=", 0, "pictures", "no hen where there is none"),
    "flock: counts in an empty pen by night": ("rendered", "<=", 0, "pictures", "the camera's infrared lamp, with moths in some"),
    "flock: nights with hens out that are told": ("rendered", ">=", 0.8, "share", "infrared pictures with eight hens or more; black ones on grass are not seen"),
    "room (rendered): occupied pictures told": ("rendered", ">=", 0.9, "share", "standing still, sitting, lying, walking"),
    "room (rendered): empty pictures wrong": ("rendered", "<=", 0, "pictures", "lamps, curtain, sun, a cat, a chair that was moved"),
    "drone pairs: F1 above the best plain grey difference": ("rendered", ">=", 0.2, "F1", "pooled over six pairs"),
    "drone pairs: share said to be changed where nothing is built": ("rendered", "<=", 0.1, "share", "two pairs: other view, light, season and crops"),
    "fruit: mean diameter error": ("rendered", "<=", 0.02, "share", "on trays with a marker or a stated scale"),
    "fruit: missed or made up": ("rendered", "<=", 0, "fruits", "each fruit of a tray is measured once"),
    "fruit: class as by truth": ("rendered", ">=", 0.95, "share", "by the same table"),
    "fruit: spots of 2 mm and more found": ("rendered", ">=", 0.9, "share", "on skin that slants less than 73°"),
    "fruit: spots where there is none": ("rendered", "<=", 2, "spots", "shade, the stalk's end and unripe skin are no spots"),
    "clean-up: honest pairs refused": ("rendered", "<=", 0, "pairs", "who has swept gets the points proposed"),
    "clean-up: copies not found": ("rendered", "<=", 0, "pairs", "used twice, cropped, mirrored, encoded anew, painted over"),
    "clean-up: other places taken for the same": ("rendered", "<=", 0, "pairs", "lanes with the same hills behind"),
    "clean-up: points for nothing swept": ("rendered", "<=", 0, "pairs", "still littered, or before and after exchanged"),
    "different places taken for the same": ("real", "<=", 0, "pairs", "their differences would mean nothing"),
}


class Ledger:
    """The claims checked, the tables made, and what was left out."""

    def __init__(self):
        self.checks, self.tables, self.skipped = [], {}, []

    def check(self, name, value, detail=""):
        _, sense, limit, unit, _ = CLAIMS[name]
        held = value is not None and (value <= limit if sense == "<=" else value >= limit)
        self.checks.append((name, value, held, detail))
        mark = "ok    " if held else "BROKEN"
        print(
            f"{mark} {name}: {figure(value)} {unit} (limit {sense} {figure(limit)}){' — ' + detail if detail else ''}"
        )

    def table(self, name, *blocks):
        self.tables[name] = "\n\n".join(blocks)

    def skip(self, what, reason):
        self.skipped.append((what, reason))
        print(f"skipped {what}: {reason}")


def figure(value, digits=4):
    if value is None:
        return "not measured"
    if isinstance(value, float):
        text = f"{value:.{digits if abs(value) >= 0.001 else digits + 2}f}"
        return text.rstrip("0").rstrip(".") if value else "0"
    return str(value)


def fixed(value, digits):
    return "–" if value is None else f"{value:.{digits}f}"


def signed(value):
    text = f"{value:+.3f}"
    return "0.000" if float(text) == 0 else text


def rows(head, body, right=()):
    """A Markdown table; `right` names the columns that hold figures."""
    line = "| " + " | ".join(head) + " |"
    rule = "| " + " | ".join("---:" if name in right else "---" for name in head) + " |"
    return "\n".join([line, rule] + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in body])


def share95(values):
    """The 95th percentile, nearest rank: a value that was really measured."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(0.95 * len(ordered)) - 1)] if ordered else None
