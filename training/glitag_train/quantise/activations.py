"""How a token's activations become 8 bits: one scale a token, so that no row knows of another. In numpy, and as nodes of a graph."""

from dataclasses import dataclass

import numpy as np


QUIET = 0.8
"""A token whose values after gelu stay below has fine steps already."""


@dataclass
class ActivationRule:
    """values = round(x / scale) + zero; scale = reach / steps, and no less than `least`.

    reach is the token's largest value: of |x| where values go both ways, of x after gelu, which hardly goes below zero.
    """

    zero: int
    steps: float
    least: float
    signed: bool


BOTH_WAYS = ActivationRule(zero=128, steps=127, least=1e-9, signed=True)


def after_gelu(zero: int) -> ActivationRule:
    """gelu(x) > -0.17: `zero` of the 256 steps are kept below zero, and reach as far."""
    return ActivationRule(zero=zero, steps=255 - zero, least=0.17 / zero, signed=False)


AFTER_GELU = [after_gelu(zero) for zero in (16, 24, 36)]


def rounded(rule: ActivationRule, x: np.ndarray) -> np.ndarray:
    """x as the integers say it."""
    reach = (np.abs(x) if rule.signed else x).max(-1, keepdims=True)
    scale = np.maximum(reach / np.float32(rule.steps), np.float32(rule.least))
    return np.clip(np.rint(x / scale), -rule.zero, 255 - rule.zero) * scale


def best_rule(rules: list[ActivationRule], x: np.ndarray, importance: np.ndarray) -> ActivationRule:
    """The rule with the least squared error, weighted by channel."""
    return min(rules, key=lambda rule: float((((rounded(rule, x) - x) ** 2) @ importance).sum()))


def loudest(x: np.ndarray, count: int) -> np.ndarray:
    """Channels without which the tokens' largest values shrink most, found one by one; sorted. x: [tokens, channels], after gelu."""
    left = x.copy()
    tokens = np.arange(len(x))
    found: list[int] = []
    for _ in range(count):
        top = left.argmax(1)
        first = left[tokens, top]
        left[tokens, top] = -np.inf
        second = left.max(1)
        left[tokens, top] = first
        gain = np.bincount(top, weights=first.astype(np.float64) ** 2 - np.maximum(second, QUIET) ** 2, minlength=x.shape[1])
        gain[found] = -np.inf  # none twice, where the others are no louder than silence
        found.append(int(gain.argmax()))
        left[:, found[-1]] = -np.inf
    return np.sort(found)
