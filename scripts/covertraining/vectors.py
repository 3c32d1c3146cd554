"""Writes what this evaluation gives for one small made-up picture, for the program's own to be compared with."""

import numpy as np

import features

WIDTH, HEIGHT = 71, 45
PLACES = [(0, 0), (35, 0), (0, 22), (35, 22), (7, 5), (17, 11), (18, 11), (20, 3), (28, 15), (33, 20)]
"""Blocks (x, y): corners, edges, the middle of both halves and the border between them."""


def picture():
    """Leaves on the left, soil on the right, a few white and orange pixels, and noise from a small generator."""
    state, rgb = 12345, np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    for y in range(HEIGHT):
        for x in range(WIDTH):
            colour = (70, 105, 45) if x < WIDTH // 2 else (150, 118, 88)
            if x % 9 == 4 and y % 7 == 3:
                colour = (235, 232, 225) if x < 18 else (225, 120, 30)
            for k in range(3):
                state = (state * 1103515245 + 12345) % (1 << 31)
                rgb[y, x, k] = min(max(colour[k] + state // 65536 % 41 - 20, 0), 255)
    return rgb


def write(path, net):
    rgb = picture()
    found = features.features(rgb)
    flat = features.against_median(found.reshape(1, -1, features.COUNT))[0]
    told = net.shares(flat)
    weight = np.pad(np.ones((HEIGHT, WIDTH)), ((0, HEIGHT % 2), (0, WIDTH % 2)))
    weight = weight.reshape(found.shape[0], 2, found.shape[1], 2).sum((1, 3)).ravel()

    def whole(told):
        return (told * weight[:, None]).sum(0) / weight.sum()

    def row(values):
        return "[" + ", ".join(f"{v:.6g}" for v in values) + "]"

    lines = ["/// What scripts/covertraining gives for one picture, with the weights in models/plants.txt; train-cover writes it.",
             "enum PlantVectors {", f"    static let width = {WIDTH}", f"    static let height = {HEIGHT}",
             "    struct Block {", "        var x: Int", "        var y: Int", "        var features: [Float]", "        var shares: [Float]", "    }", "",
             "    /// Ground, leaf, weed, blossom, ripe fruit of the whole picture.", f"    static let whole: [Double] = {row(whole(told))}",
             "    /// The same of a plot of a crop.", "    static let crops: [String: [Double]] = ["]
    lines += [f'        "{name}": {row(whole(net.shares(flat, kind=name)))},' for name in sorted(net.kinds)]
    lines += ["    ]",
             "    /// Column and row of a block, its features, its shares.", "    static let blocks = ["]
    for x, y in PLACES:
        at = y * found.shape[1] + x
        lines += ["        Block(", f"            x: {x}, y: {y},", "            features: ["]
        lines += ["                " + row(part)[1:-1] + "," for part in np.split(flat[at], range(8, features.COUNT, 8))]
        lines += ["            ],", f"            shares: {row(told[at])}),"]
    path.write_text("\n".join(lines + ["    ]", "}"]) + "\n", encoding="utf-8")
