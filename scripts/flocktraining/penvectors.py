"""Writes what this evaluation gives for one small made-up pen, for the program's own to be compared with."""

import fitting  # noqa: F401  (finds the plant model's folder)
import numpy as np
import vectors

import penfeatures

HENS = [(10, 8, 225), (40, 20, 40), (55, 30, 225)]
"""Left, top and level of animals of 9 by 6 pixels."""
PLACES = 10


def scene():
    """The empty pen, the pen with animals and a shadow, how much each pixel varies, lengths."""
    pen = vectors.picture()
    height, width, _ = pen.shape
    image = pen.copy()
    image[:, 20:48] = (image[:, 20:48].astype(int) * 11 // 16).astype(np.uint8)
    for x, y, level in HENS:
        image[y : y + 6, x : x + 9] = level
        image[y + 2, x : x + 9] = level // 2
    y, x = np.mgrid[:height, :width]
    return image, pen, ((3 * x + 5 * y) % 7).astype(np.uint8), 5 + 0.05 * np.arange(height)


def write(path, net):
    found, worth = penfeatures.features(*scene())
    at = np.argwhere(worth)
    at = at[:: max(1, len(at) // PLACES)][:PLACES]

    def row(values):
        return ", ".join(f"{v:.6g}" for v in values)

    lines = ["/// What scripts/flocktraining gives for one made-up pen, with the weights in models/flock.txt; train-flock writes it.",
             "enum PenVectors {", f"    static let differing = {int(worth.sum())}", "    struct Pixel {", "        var x: Int", "        var y: Int",
             "        var features: [Float]", "        var animal: Float", "    }", "", "    static let pixels = ["]
    for y, x in at:
        values = found[y, x]
        share = net.shares(values[None])[0, 1]
        lines += ["        Pixel(", f"            x: {x}, y: {y},", "            features: ["]
        lines += [f"                {row(values[k:k + 8])}," for k in range(0, len(values), 8)]
        lines += [f"            ], animal: {share:.6g}),"]
    path.write_text("\n".join(lines + ["    ]", "}"]) + "\n", encoding="utf-8")
