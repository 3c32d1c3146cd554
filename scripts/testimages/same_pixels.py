"""Whether a seed gives the same pixels twice: one frame of each scene rendered again, each time in a process of its own.

    python same_pixels.py [SCENE]… [--seed N] [--raw DIR] [--frame NAME]

SCENE as in `render` (all when none is given). With --raw DIR, which `render` left, a frame is rendered once and held against the
one in DIR/SCENE; else it is rendered twice. Picture, object index and distance must have the same pixels, a tray the same bytes.
Exit status: 0 the same, 1 something differs, told line by line.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
MODULES = {
    "orchard": "orchard", "market": "market_street", "hamlet": "hillside_hamlet", "river": "riverside", "town": "town_edge", "nadir": "nadir",
    "room": "room", "flock": "flock", "terrace": "terrace", "yards": "yard", "trays": None,
}  # fmt: skip
PASSES = (".png", ".index.png", ".mist.png")


def rendered(scene, seed, frame, folder):
    """Renders one frame into a folder; returns the seconds it took."""
    begun = time.monotonic()
    if MODULES[scene] is None:
        command = ["trays.py", "--out", str(folder), "--frames", frame]
    else:
        command = ["render.py", MODULES[scene], "--raw", str(folder), "--frames", frame]
    subprocess.run([sys.executable, str(HERE / command[0]), *command[1:], "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def pixels(scene, folder, frame):
    """Hash of each pass of what was rendered, and the file of its picture."""
    if MODULES[scene] is None:
        file = folder / "archive" / f"tray_{frame}.jpg"
        return [hashlib.sha256(file.read_bytes()).hexdigest()], file
    files = [folder / f"{frame}{ending}" for ending in PASSES]
    return [hashlib.sha256(np.asarray(Image.open(f)).tobytes()).hexdigest() for f in files], files[0]


def middle(scene, seed, known):
    """A frame of the scene: the middle one, or the middle one of those that are there."""
    if known:
        names = sorted(p.name[: -len(".index.png")] for p in known.glob("*.index.png"))
    else:
        import importlib

        module = importlib.import_module(MODULES[scene] or "trays")
        names = [f["name"] for f in (module.frames(seed) if MODULES[scene] else module.frames())]
    return names[len(names) // 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=" ".join(MODULES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--raw", type=Path)
    parser.add_argument("--frame", help="its name, e.g. 012; the middle one when not given")
    options = parser.parse_args()
    unknown = [s for s in options.scenes if s not in MODULES]
    if unknown:
        parser.error(f"no scene {unknown[0]}; there are {' '.join(MODULES)}")
    different = 0
    for scene in options.scenes or MODULES:
        known = options.raw / scene if options.raw and (options.raw / scene).is_dir() else None
        frame = options.frame or middle(scene, options.seed, known)
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            seconds = rendered(scene, options.seed, frame, Path(first))
            if not known:
                rendered(scene, options.seed, frame, Path(second))
            (one, file), (other, _) = pixels(scene, Path(first), frame), pixels(scene, known or Path(second), frame)
            colours = len(np.unique(np.asarray(Image.open(file).convert("RGB")).reshape(-1, 3), axis=0))
        same = one == other
        different += not same
        against = "what lies there" if known else "a second time"
        print(f"{scene} seed {options.seed} frame {frame} against {against}: {'same pixels' if same else 'DIFFERENT'} "
              f"({colours} colours, sha256 {one[0][:12]}, {seconds:.0f} s)", flush=True)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
