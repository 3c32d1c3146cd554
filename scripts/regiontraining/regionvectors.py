"""Writes what this evaluation gives for some regions, for the program's own to be compared with."""


def write(path, net, x):
    told = net.shares(x)

    def numbers(values):
        return [f"{v:.6g}" for v in values]

    lines = ["/// What scripts/regiontraining gives for some regions, with the weights in models/regions.txt; train-regions writes it.",
             "enum RegionVectors {", "    static let regions: [(measures: [Float], shares: [Double])] = ["]
    for values, shares in zip(x, told):
        text = numbers(values)
        lines += ["        (", "            ["]
        lines += [f"                {', '.join(text[k:k + 8])}," for k in range(0, len(text), 8)]
        text = numbers(shares)
        lines += ["            ],", "            [", f"                {', '.join(text[:6])},", f"                {', '.join(text[6:])},", "            ]", "        ),"]
    path.write_text("\n".join(lines + ["    ]", "}"]) + "\n", encoding="utf-8")
