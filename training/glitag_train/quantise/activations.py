"""How a token's activations become 8 bits: one scale a token, so that no row knows of another. In numpy, and as nodes of a graph."""

from dataclasses import dataclass

import numpy as np


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
# gelu(x) > -0.17: 24 of the 256 steps are enough below zero.
AFTER_GELU = ActivationRule(zero=24, steps=231, least=0.17 / 24, signed=False)


def rounded(rule: ActivationRule, x: np.ndarray) -> np.ndarray:
    """x as the integers say it."""
    reach = (np.abs(x) if rule.signed else x).max(-1, keepdims=True)
    scale = np.maximum(reach / np.float32(rule.steps), np.float32(rule.least))
    return np.clip(np.rint(x / scale), -rule.zero, 255 - rule.zero) * scale
