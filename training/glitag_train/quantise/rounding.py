"""Rounds a matrix to 8 bits, one scale per output channel, so that its products with real inputs change least.

Two limits hold for every result. Values lie in [-127, 127]. And two neighbours that one AVX2 instruction (vpmaddubsw, inputs 2i and 2i + 1 of
a channel) multiplies and adds in 16 bits never add up to more than 128 on one side of zero: 255 * 128 < 2^15, so no input can saturate,
and every processor gives the same sums. Rounding errors of one column are made good in the columns that follow (GPTQ, Frantar et al. 2023).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

LARGEST = 127
PAIR_SUM = 128
SHARES = np.arange(0.8, 2.01, 0.05)
"""Ranges tried, as shares of a channel's largest weight."""
BLOCK = 64
DAMPING = 0.01


@dataclass
class Rounded:
    """values int8 [outputs, inputs], scale float32 [outputs]: weight = values * scale."""

    values: np.ndarray
    scale: np.ndarray

    def weight(self) -> np.ndarray:
        return self.values.astype(np.float32) * self.scale[:, None]


def paired(values: np.ndarray) -> np.ndarray:
    """Takes from both neighbours alike what they have too much."""
    first, second = values[:, 0::2], values[:, 1::2]
    over = np.maximum(np.maximum(first, 0) + np.maximum(second, 0) - PAIR_SUM, 0)
    under = np.maximum(-np.minimum(first, 0) - np.minimum(second, 0) - PAIR_SUM, 0)
    out = np.empty_like(values)
    # Where both share a sign the excess is halved; a lone one over 128 was clipped before, so its neighbour has the other sign.
    out[:, 0::2], out[:, 1::2] = first - (over - under) / 2, second - (over - under) / 2
    return out


def nearest(scaled: np.ndarray) -> np.ndarray:
    """To the nearest integers within both limits."""
    halves = paired(np.clip(scaled, -LARGEST, LARGEST))
    values = np.rint(halves)
    values[:, 1::2] = second_of_pair(values[:, 0::2], halves[:, 1::2])
    return values


def second_of_pair(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Rounds the second of two neighbours, the first of which is an integer already."""
    return np.clip(np.rint(second), np.maximum(-LARGEST, -PAIR_SUM - np.minimum(first, 0)), np.minimum(LARGEST, PAIR_SUM - np.maximum(first, 0)))


def best_scale(weight: np.ndarray, importance: np.ndarray, to_integers: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Per channel, of some ranges the one whose nearest integers have the least squared error, weighted by input power."""
    top = np.maximum(np.abs(weight).max(1), 1e-12) / LARGEST
    scale, least = top, np.full(top.shape, np.inf)
    for share in SHARES:
        tried = top * share
        error = ((to_integers(weight / tried[:, None]) * tried[:, None] - weight) ** 2) @ importance
        scale, least = np.where(error < least, tried, scale), np.minimum(error, least)
    return scale.astype(np.float32)


def round_nearest(weight: np.ndarray, power: np.ndarray | None = None) -> Rounded:
    """To the nearest integers; `power` is that of the inputs, channel by channel."""
    importance = np.ones(weight.shape[1]) if power is None else power
    scale = best_scale(weight, importance, nearest)
    return Rounded(nearest(weight / scale[:, None]).astype(np.int8), scale)


def round_table(rows: np.ndarray) -> Rounded:
    """A table that is looked up, never multiplied as integers: no limit on neighbours."""
    scale = best_scale(rows, np.ones(rows.shape[1]), _alone)
    return Rounded(_alone(rows / scale[:, None]).astype(np.int8), scale)


def _alone(scaled: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(scaled), -LARGEST, LARGEST)


def round_compensated(weight: np.ndarray, products: np.ndarray) -> Rounded:
    """GPTQ; `products` [inputs, inputs] is X^T X of inputs X. Neighbours are rounded together, pairs of greater power first."""
    inputs = weight.shape[1]
    power = np.diag(products)
    scale = best_scale(weight, power, nearest)
    order = np.argsort(-(power[0::2] + power[1::2]), kind="stable")
    order = np.stack([2 * order, 2 * order + 1], 1).reshape(-1)
    damped = products[np.ix_(order, order)].astype(np.float64)
    damped[np.diag_indices(inputs)] += DAMPING * power.mean() + 1e-12
    # The upper Cholesky factor of the inverse: row j says how an error in column j spreads to the columns after it.
    spread = np.linalg.cholesky(np.linalg.inv(damped)).T.astype(np.float32)
    left = (weight / scale[:, None])[:, order].astype(np.float32)
    values = np.empty_like(left)
    for start in range(0, inputs, BLOCK):
        stop = min(start + BLOCK, inputs)
        errors = np.empty((len(left), stop - start), np.float32)
        for column in range(start, stop):
            if column % 2 == 0:
                left[:, column : column + 2] = paired(np.clip(left[:, column : column + 2], -LARGEST, LARGEST))
                values[:, column] = np.rint(left[:, column])
            else:
                values[:, column] = second_of_pair(values[:, column - 1], left[:, column])
            errors[:, column - start] = (left[:, column] - values[:, column]) / spread[column, column]
            left[:, column + 1 : stop] -= np.outer(errors[:, column - start], spread[column, column + 1 : stop])
        left[:, stop:] -= errors @ spread[start:stop, stop:]
    back = np.empty(inputs, int)
    back[order] = np.arange(inputs)
    return Rounded(values[:, back].astype(np.int8), scale)


def error(weight: np.ndarray, rounded: Rounded, products: np.ndarray) -> float:
    """What rounding minimises: the squared change of all products with the inputs."""
    change = rounded.weight() - weight
    return float(np.einsum("nk,kl,nl->", change, products, change, optimize=True))
