"""A small model of choosing one of several options: the conditional logit of McFadden (1974).

It serves three times: which set of sentences is the evidence, whether to answer at all, which passage comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_PENALTY = 1.0  # on the squares of the weights, as in evals.fit
_STEPS = 25  # Newton's method settles in about six, or ten where one option of many stands out
_SETTLED = 1e-6

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Menu:
    """Options, one row of features each, and how people's choices fall on them: shares that add up to 1."""

    options: Numbers
    chosen: Numbers


def chances(options: Numbers, weights: Numbers) -> Numbers:
    """How likely each option is to be chosen, shape ``(options,)``."""
    scores = options @ weights
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=np.float64)


def fitted(menus: Sequence[Menu]) -> Numbers:
    """The weights that make people's choices likeliest, with a penalty on large ones, by Newton's method.

    Only what differs within a menu counts, so the features are scaled by how far they spread there. Shape
    ``(features,)``. At least one menu is needed.
    """
    centred = [menu.options - menu.options.mean(axis=0) for menu in menus]
    spread = np.sqrt(np.mean([np.mean(options**2, axis=0) for options in centred], axis=0))
    scale = np.where(spread > 0, spread, 1.0)
    scaled = [Menu(options / scale, menu.chosen) for options, menu in zip(centred, menus, strict=True)]
    weights = np.zeros(len(scale))
    for _ in range(_STEPS):
        step = _step(scaled, weights)
        weights = weights + step
        if np.abs(step).max() < _SETTLED:
            break
    return np.asarray(weights / scale, dtype=np.float64)


def _step(menus: Sequence[Menu], weights: Numbers) -> Numbers:
    slope, curve = -_PENALTY * weights, _PENALTY * np.eye(len(weights))
    for menu in menus:
        share = chances(menu.options, weights)
        mean = share @ menu.options
        slope += menu.chosen @ menu.options - mean
        curve += (menu.options.T * share) @ menu.options - np.outer(mean, mean)
    step = np.linalg.solve(curve, slope)
    # A longer one may leap to where all curves are flat, and never come back.
    return np.asarray(step / max(1.0, float(np.abs(step).max())), dtype=np.float64)
