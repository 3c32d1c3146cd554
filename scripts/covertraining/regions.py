"""The regions there are to learn from, one after another, and what is known of each."""

from dataclasses import dataclass, fields

import numpy as np

PLANT_OR_NOT, NO_CROP, ALL = range(3)
"""What is known of a region's classes; see training."""


@dataclass(frozen=True)
class Regions:
    x: np.ndarray
    """Features of blocks (regions, n, features), their level against the region's median."""
    y: np.ndarray
    """Shares of the classes (regions, n, classes)."""
    known: np.ndarray
    crops: np.ndarray
    """Names, "" where none is known."""
    is_whole: np.ndarray
    """Whether the blocks were drawn from a whole plot; a plot's regions follow each other."""
    folder: np.ndarray
    """Name of the folder of renders, or what else it is: flat, seedlings."""
    version: np.ndarray
    """Number of the camera that a frame was taken through."""
    month: np.ndarray
    """1 to 12, 0 where there is none."""
    is_kept_out: np.ndarray
    """Of a frame that nothing is learnt from."""

    def __len__(self):
        return len(self.x)

    def only(self, which):
        """The regions of a mask or of indices."""
        return Regions(*(getattr(self, field.name)[which] for field in fields(self)))


def is_kept_out(folder, frame):
    """Whether networks are chosen by this frame: all of orchards of seed 20, frame 14 of the other seeds."""
    return folder == "orchard20" or folder.startswith("orchard") and frame == 14
