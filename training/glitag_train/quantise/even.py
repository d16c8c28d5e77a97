"""Rewrites a model into an equal one whose activations are easier to round: channels centred and stretched.

All of it is free when the model runs. What a layer norm puts out is x; its readers get (x - centre) * stretch: gain and bias of the
norm take that up, weights and biases of the readers undo it, and the residual path multiplies by 1 / stretch (`Norm.restore`). What
attention puts out is a mean of values (its weights sum to 1), so there the value matrix takes up both. The idea is that of SmoothQuant
(Xiao et al. 2023) and Outlier Suppression+ (Wei et al. 2023); here both vectors are found by descent on the rounding error itself.
"""

from dataclasses import dataclass

import numpy as np

from .forward import Rows, encode
from .weights import BiEncoder, Linear

POWER = 16
"""max |y| is taken as the POWER-norm of y, which has a gradient in every channel."""
STEPS = 120
RATE = 0.05
SAMPLE = 800
ACTIVATION_STEPS = 127
WEIGHT_STEPS = 140
"""Steps between 0 and a channel's largest weight that rounding to nearest would need to leave the error that `round_compensated` leaves."""


@dataclass
class Evening:
    centre: np.ndarray
    stretch: np.ndarray


def observe(model: BiEncoder, rows: Rows) -> dict[tuple[int, str], np.ndarray]:
    """A sample of what every matrix reads."""
    seen = {}

    def keep(index: int, name: str, x: np.ndarray) -> None:
        if name != "down":
            seen[index, name] = x[:: max(1, len(x) // SAMPLE)].copy()

    encode(model, rows, keep)
    return seen


def even(model: BiEncoder, seen: dict[tuple[int, str], np.ndarray]) -> BiEncoder:
    model = model.copy()
    for index, layer in enumerate(model.layers):
        for norm, name, readers, residual in (
            (model.norm_before(index), "qkv", [layer.query, layer.key, layer.value], layer.out),
            (layer.middle, "up", [layer.up], layer.down),
        ):
            found = best_evening(seen[index, name], np.concatenate([reader.weight for reader in readers]))
            norm.gain, norm.bias = norm.gain * found.stretch, (norm.bias - found.centre) * found.stretch
            norm.restore = 1 / found.stretch
            for reader in readers:
                undo(reader, found)
            residual.bias = residual.bias + found.centre
        found = best_evening(seen[index, "out"], layer.out.weight)
        layer.value.weight = layer.value.weight * found.stretch[:, None]
        layer.value.bias = (layer.value.bias - found.centre) * found.stretch
        undo(layer.out, found)
    return model


def undo(reader: Linear, found: Evening) -> None:
    reader.bias = reader.bias + reader.weight @ found.centre
    reader.weight = reader.weight / found.stretch


def best_evening(x: np.ndarray, weight: np.ndarray) -> Evening:
    """The centre and stretch with the least expected error of weight . x, once both are rounded (Adam on the logarithm of the error)."""
    centre = (x.min(0) + x.max(0)) / 2
    reach = np.maximum(np.abs(x - centre).max(0), 1e-6)
    top = np.maximum(np.abs(weight).max(0), 1e-6)
    log_stretch = 0.3 * np.log(top) - 0.7 * np.log(reach)
    unit = reach.copy()
    values = [log_stretch - log_stretch.mean(), np.zeros_like(centre)]  # the centre moves in units of the channel's reach
    first, second = [np.zeros_like(value) for value in values], [np.zeros_like(value) for value in values]
    best, least = None, np.inf
    for step in range(1, STEPS + 1):
        stretch, middle = np.exp(values[0]), centre + values[1] * unit
        error, slope_stretch, slope_centre = rounding_error(x - middle, weight, stretch)
        if error < least:
            best, least = Evening(middle.astype(np.float32), stretch.astype(np.float32)), error
        rate = RATE * (1 - step / (STEPS + 1))
        for index, slope in enumerate((slope_stretch, slope_centre * unit)):
            slope = slope / error
            first[index] = 0.9 * first[index] + 0.1 * slope
            second[index] = 0.98 * second[index] + 0.02 * slope * slope
            values[index] = values[index] - rate * (first[index] / (1 - 0.9**step)) / (np.sqrt(second[index] / (1 - 0.98**step)) + 1e-12)
    return best


def rounding_error(x: np.ndarray, weight: np.ndarray, stretch: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Expected squared error of a token's outputs (times 12), and its slope along the logarithm of the stretch and along the centre.

    A token's activations are wrong by a uniform error of one step (largest / ACTIVATION_STEPS), a channel's weights likewise.
    """
    reach, share, lean = soft_max(x * stretch)
    weight_power = (weight * weight).sum(0) / stretch**2
    tokens, channels = (reach**2).mean(), weight_power.sum()
    error = tokens * channels / ACTIVATION_STEPS**2
    slope = (2 * (reach[:, None] ** 2 * share).mean(0) * channels - 2 * tokens * weight_power) / ACTIVATION_STEPS**2
    slope_centre = -2 * (reach[:, None] ** 2 * lean).mean(0) * stretch * channels / ACTIVATION_STEPS**2

    reach, share, _ = soft_max(weight / stretch)
    input_power = (x * x).mean(0) * stretch**2
    outputs, inputs = (reach**2).sum(), input_power.sum()
    error += outputs * inputs / WEIGHT_STEPS**2
    slope += (-2 * (reach[:, None] ** 2 * share).sum(0) * inputs + 2 * outputs * input_power) / WEIGHT_STEPS**2
    slope_centre += -2 * x.mean(0) * stretch**2 * outputs / WEIGHT_STEPS**2
    return float(error), slope, slope_centre


def soft_max(y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Per row the POWER-norm, each entry's share in it, and the share over the entry (the norm's relative slope)."""
    top = np.abs(y).max(1, keepdims=True) + 1e-30
    small = y / top
    power = small * small
    power = power * power
    power = power * power
    power = power * power
    total = power.sum(1, keepdims=True)
    share = power / total
    return (top * total ** (1 / POWER))[:, 0], share, np.divide(share, y, out=np.zeros_like(y), where=np.abs(small) > 1e-3)
