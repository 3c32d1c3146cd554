"""How a network that knows its blocks settles on the cover of plots: stages of steps that draw regions at random."""

from dataclasses import dataclass, replace

import numpy as np

import samples
from regions import ALL, NO_CROP, PLANT_OR_NOT
from training import SETTLING, Pace

SUMMER = range(5, 10)
"""Months in which crowns are full."""

LATER = tuple(f"orchard{seed}" for seed in range(21, 25))
"""Orchards that were rendered later, of spring to autumn alone."""

RARE = 0.01
"""Mean share of blossom or of ripe fruit from which on a region is drawn twice as often."""


@dataclass(frozen=True)
class Stage:
    """How many steps, and how often a region is drawn, compared with a recoloured one of an orchard."""

    steps: int
    pace: Pace = SETTLING
    cameras: tuple = tuple(range(9))
    """Cameras whose regions of orchards are drawn."""
    photographs: float = 4.0
    even: float = 4.0
    """Even colours."""
    street: float = 1.0
    rest: float = 1.0
    """Regions of open orchards through further cameras than three, and those of LATER."""
    whole: float = 0.0
    """Of all that is drawn, the share of whole plots; half and more teaches what the plots of crops are like."""
    beds: float = 0.0
    """Of the whole plots, the share of the street's."""
    bare: float = 1 / 16
    """A street's plot without a crop, compared with its bed."""
    close: float = 2.5
    """A whole plot of a closely planted orchard, compared with another of the dark half of the year."""
    plot_cameras: tuple = (0, 1, 2, 4)
    dyed: float = 0.4
    """A recoloured whole plot, compared with one as rendered."""

    def odds(self, regions):
        """How often each of the regions is drawn: shares that sum to 1."""
        is_plain, is_street = np.isin(regions.version, samples.AS_RENDERED), regions.known == NO_CROP
        parts = np.where(is_plain, 2.0, 1.0) * np.isin(regions.version, self.cameras)
        is_close = np.char.startswith(regions.folder, "close")
        is_rest = ~is_close & ((regions.version >= 3) | np.isin(regions.folder, LATER))
        parts = np.where(is_rest, self.rest, 1.0) * parts
        is_even, is_photograph = regions.folder == "flat", regions.folder == "seedlings"
        parts = np.select([is_even, is_photograph, is_street], [self.even, self.photographs, self.street], parts)
        is_rare = (regions.known > PLANT_OR_NOT) & (regions.y[..., 3:].mean(1, dtype=np.float32).max(1) > RARE)
        parts = shares(np.where(is_rare, 2, 1) * parts * ~regions.is_whole)
        plots = np.where(is_close, self.close, np.where(np.isin(regions.month, SUMMER), 2.0, 1.0)) * np.where(is_plain, 1.0, self.dyed)
        plots = shares(plots * np.isin(regions.version, self.plot_cameras) * (regions.is_whole & (regions.known == ALL)))
        beds = shares(np.where(regions.crops != samples.UNKNOWN, 1.0, self.bare) * (regions.is_whole & is_street))
        return shares((1 - self.whole) * parts + self.whole * ((1 - self.beds) * plots + self.beds * beds))


def shares(odds):
    return odds / max(odds.sum(), 1e-12)


_CROPS = Stage(7000, cameras=(0, 1, 2, 4, 5), photographs=12, even=30, street=5, rest=0.4, whole=0.7, beds=0.12)

STAGES = {
    "cover": Stage(2000, pace=replace(SETTLING, weight=(12.5, 0.5, 6, 6))),
    "plots": Stage(5000, cameras=tuple(range(6)), street=5, whole=0.5),
    "crops": replace(_CROPS, steps=5000, photographs=4, even=4, rest=1),
    "settle": _CROPS,
}
"""One after another, each from the weights of the one before."""
