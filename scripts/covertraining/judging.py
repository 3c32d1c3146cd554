"""How right a network is on plots that it did not learn from."""

import numpy as np

from pictures import BLOSSOM, LEAF, RIPE
from samples import PER_PLOT

NEAR = 0.05
"""Error of cover, share of a plot, that counts as right."""
CANOPY = [LEAF, BLOSSOM, RIPE]


def judged(net, regions):
    """A line: errors of cover where the crop is told, and by crop in the mean, of cover and of the crop's own canopy."""
    whole = regions.only(regions.is_whole)
    if len(whole) == 0:
        return "no plot kept out"
    errors, crops = [], []
    for at in range(0, len(whole), PER_PLOT):
        crop = str(whole.crops[at])
        told = net.shares(whole.x[at : at + PER_PLOT].reshape(-1, whole.x.shape[-1]), kind=crop).mean(0)
        true = whole.y[at : at + PER_PLOT].mean((0, 1), dtype=np.float64)
        errors.append([(told - true)[1:].sum(), (told - true)[CANOPY].sum()])
        crops.append(crop)
    errors, crops = np.array(errors), np.array(crops)
    away = np.abs(errors[:, 0])
    text = f"{len(errors)} plots kept out: {np.mean(away <= NEAR):.3f} within {NEAR}, 95 of 100 within {np.quantile(away, 0.95):.4f}"
    return text + "".join(f"; {crop or 'no crop'} {errors[crops == crop, 0].mean():+.3f}, canopy {errors[crops == crop, 1].mean():+.3f}"
                          for crop in sorted(set(crops)))
