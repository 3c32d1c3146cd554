"""Orchards for training that are closely planted, from leafing out to leaf fall, from early to late in the day.

As `orchard_variety`, which shows bare and open orchards more often than closed canopies.
"""

import orchard_variety

orchard_variety.EVENTS = {(3, 27): 5, (4, 12): 3, (11, 8): 2}
orchard_variety.SEASON = (110, 330)
orchard_variety.HOURS = (7.6, 17.0)
orchard_variety.SPACING = (0.62, 1.02)

frames, build, finish = orchard_variety.frames, orchard_variety.build, orchard_variety.finish
truth, scene_truth = orchard_variety.truth, orchard_variety.scene_truth
