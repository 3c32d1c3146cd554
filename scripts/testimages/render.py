"""Renders the frames of a scene module to raw pictures with their truth.

    python render.py SCENE --raw DIR [--seed N] [--frames a-b | a,b,c | ::8] [--every K] [--size quarter]

For each frame NAME the folder gets NAME.png, NAME.index.png, NAME.mist.png, NAME.works.png
(8 bits: 0 or object index minus 100 where new construction is seen) when the scene has
works, and NAME.json; and the scene gets SCENE.truth.json when its module has `scene_truth`.
Frames whose JSON is there already are left alone unless --force is given, so that a run can
be stopped and taken up again.  A frame depends on the seed and its name only.
"""

import argparse
import importlib
import json
import os
import sys
import time

import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def chosen(frames, spec):
    """The frames picked by "a-b", "a,b,c" (numbers or names) or a Python slice such as "::8"."""
    if not spec:
        return frames
    if ":" in spec:
        parts = [int(p) if p else None for p in spec.split(":")]
        return frames[slice(*parts)]
    names = {f["name"]: f for f in frames}
    picked = []
    for item in spec.split(","):
        if item in names:
            picked.append(names[item])
        elif "-" in item:
            low, high = (int(v) for v in item.split("-"))
            picked += frames[low : high + 1]
        else:
            picked.append(frames[int(item)])
    return picked


def spread(frames, every):
    """Every so many-th frame, but at least two where there are two; frames that are one (`together`) count once and stay together."""
    groups = list(dict.fromkeys(f.get("together", f["name"]) for f in frames))
    kept = groups[:: min(every, max(1, (len(groups) + 1) // 2))]
    return [f for f in frames if f.get("together", f["name"]) in kept]


def write_json(path, value):
    """Writes JSON whole or not at all."""
    with open(path + ".part", "w", encoding="utf-8") as out:
        json.dump(value, out, ensure_ascii=False, indent=1, sort_keys=True)
        out.write("\n")
    os.replace(path + ".part", path)


def told(scene, frame):
    """What is told of a frame without rendering it."""
    truth = scene.truth(frame)
    return {"truth": truth, **{key: truth[key] for key in ("weather", "haze", "wet", "rain") if key in truth}}


def render_frame(scene, frame, seed, folder):
    """Builds and renders one frame and writes its files."""
    import studio
    from PIL import Image

    prefix = os.path.join(folder, frame["name"])
    light = scene.build(frame, seed)
    index = studio.render(prefix)
    record = {"name": frame["name"], "camera": frame.get("camera"), "datetime": frame["datetime"], "seed": seed}
    record.update(told(scene, frame))
    if isinstance(light, dict):
        record["light"] = {k: round(v, 3) for k, v in light.items()}
    if hasattr(scene, "finish"):
        index, seen = scene.finish(frame, index)
        record["seen"] = seen
        Image.fromarray(index).save(prefix + ".index.png")
        works = np.where((index >= 100) & (index < 356), index - 100, 0).astype(np.uint8)
        Image.fromarray(works).save(prefix + ".works.png")
    record["state"] = frame["state"]
    write_json(prefix + ".json", record)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scene", help="name of a scene module, e.g. market_street")
    parser.add_argument("--raw", required=True, help="folder for the raw pictures")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--frames", default="", help='"a-b", "a,b,c" or a slice "::8"; all when not given')
    parser.add_argument("--every", type=int, help="every so many-th frame alone, at least two")
    parser.add_argument("--size", choices=["full", "half", "quarter"], default="full")
    parser.add_argument("--retell", action="store_true", help="render nothing, write anew what is told of the frames that are there")
    parser.add_argument("--force", action="store_true", help="render frames that exist already")
    options = parser.parse_args()
    scene = importlib.import_module(options.scene)
    os.makedirs(options.raw, exist_ok=True)
    if hasattr(scene, "scene_truth"):
        write_json(os.path.join(options.raw, options.scene + ".truth.json"), scene.scene_truth(options.seed))
    import studio

    studio.picture_divisor = {"full": 1, "half": 2, "quarter": 4}[options.size]
    frames = chosen(scene.frames(options.seed), options.frames)
    for frame in spread(frames, options.every) if options.every else frames:
        path = os.path.join(options.raw, frame["name"] + ".json")
        if options.retell and os.path.exists(path):
            with open(path, encoding="utf-8") as known:
                write_json(path, {**json.load(known), **told(scene, frame)})
        if options.retell or (os.path.exists(path) and not options.force):
            continue
        begun = time.monotonic()
        render_frame(scene, frame, options.seed, options.raw)
        print(f"{options.scene} {frame['name']} {frame['datetime']} {time.monotonic() - begun:.1f} s", flush=True)


if __name__ == "__main__":
    main()
