"""COCO's compressed run lengths: lengths of runs of 0 and 1 in turn, column by column, as pycocotools writes and reads them."""


def packed(runs):
    """Runs as COCO's string: each less the one before the last, in groups of five bits."""
    text = []
    for k, count in enumerate(runs):
        value = count - runs[k - 2] if k > 2 else count
        more = True
        while more:
            part = value & 0x1F
            value >>= 5
            more = value != -1 if part & 0x10 else value != 0
            text.append(chr(part + (0x20 if more else 0) + 48))
    return "".join(text)


def unpacked(counts):
    """Run lengths of COCO's compressed string."""
    runs, at = [], 0
    while at < len(counts):
        value, shift, more = 0, 0, True
        while more:
            part = ord(counts[at]) - 48
            value |= (part & 0x1F) << shift
            more, shift, at = bool(part & 0x20), shift + 5, at + 1
            if not more and part & 0x10:
                value |= -1 << shift
        runs.append(value + runs[-2] if len(runs) > 2 else value)
    return runs
