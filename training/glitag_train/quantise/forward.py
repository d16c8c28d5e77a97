"""The encoder's forward pass in numpy, one layer at a time, on rows laid end to end (no padding)."""

from dataclasses import dataclass

import numpy as np

from .weights import BiEncoder, Layer, Linear, Norm

SQRT_HALF = np.float32(0.5**0.5)


@dataclass
class Rows:
    """Token ids of several texts: `tokens` end to end, `ends` where each text stops."""

    tokens: np.ndarray
    ends: np.ndarray

    @classmethod
    def of(cls, rows: list[list[int]]) -> "Rows":
        return cls(np.concatenate([np.asarray(row) for row in rows]), np.cumsum([len(row) for row in rows]))

    @property
    def starts(self) -> np.ndarray:
        return np.concatenate([[0], self.ends[:-1]])


def apply(linear: Linear, x: np.ndarray) -> np.ndarray:
    return x @ linear.weight.T + linear.bias


def normalise(x: np.ndarray, norm: Norm, epsilon: float) -> np.ndarray:
    x = x - x.mean(-1, keepdims=True)
    return x / np.sqrt((x * x).mean(-1, keepdims=True) + epsilon) * norm.gain + norm.bias


def gelu(x: np.ndarray) -> np.ndarray:
    return x * 0.5 * (1 + _erf(x * SQRT_HALF))


def _erf(x: np.ndarray) -> np.ndarray:
    """Abramowitz and Stegun 7.1.26: within 1.5e-7, the precision of a float."""
    size = np.abs(x)
    t = 1 / (1 + np.float32(0.3275911) * size)
    poly = np.float32(1.061405429)
    for factor in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        poly = poly * t + np.float32(factor)
    return np.sign(x) * (1 - poly * t * np.exp(-size * size))


def embed(model: BiEncoder, rows: Rows) -> np.ndarray:
    places = np.arange(len(rows.tokens)) - np.repeat(rows.starts, rows.ends - rows.starts)
    return normalise(model.word[rows.tokens] + model.position[places], model.start, model.epsilon)


def attend(query: np.ndarray, key: np.ndarray, value: np.ndarray, rows: Rows, heads: int) -> np.ndarray:
    """Softmax attention inside each row; where `query` has one line a row, these lines ask."""
    alone = len(query) == len(rows.ends)
    mixed = np.empty_like(query)
    for index, (start, end) in enumerate(zip(rows.starts, rows.ends, strict=True)):
        asking = slice(index, index + 1) if alone else slice(start, end)

        def split(x: np.ndarray, part: slice) -> np.ndarray:
            return x[part].reshape(part.stop - part.start, heads, -1).transpose(1, 0, 2)

        k, v = (split(x, slice(start, end)) for x in (key, value))
        q = split(query, asking)
        scores = q @ k.transpose(0, 2, 1) / np.float32(np.sqrt(q.shape[-1]))
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed[asking] = (scores / scores.sum(-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(q.shape[1], -1)
    return mixed


def restored(x: np.ndarray, norm: Norm) -> np.ndarray:
    """A norm's output as the residual path needs it."""
    return x if norm.restore is None else x * norm.restore


def run_layer(model: BiEncoder, layer: Layer, before: Norm, x: np.ndarray, rows: Rows, cls_only: bool, seen=None) -> np.ndarray:
    """One layer; `seen(name, x)` is shown each matrix's input. With `cls_only`, output is one line a row."""
    seen = seen or (lambda name, value: None)
    asking = x[rows.starts] if cls_only else x
    seen("qkv", x)
    mixed = attend(apply(layer.query, asking), apply(layer.key, x), apply(layer.value, x), rows, model.heads)
    seen("out", mixed)
    middle = normalise(apply(layer.out, mixed) + restored(asking, before), layer.middle, model.epsilon)
    seen("up", middle)
    grown = gelu(apply(layer.up, middle))
    seen("down", grown)
    return normalise(apply(layer.down, grown) + restored(middle, layer.middle), layer.end, model.epsilon)


def encode(model: BiEncoder, rows: Rows, seen=None) -> np.ndarray:
    """[CLS] after the last layer, a line a row."""
    x = embed(model, rows)
    for index, layer in enumerate(model.layers):
        show = seen and (lambda name, value, index=index: seen(index, name, value))
        x = run_layer(model, layer, model.norm_before(index), x, rows, index == len(model.layers) - 1, show)
    return x


def embeddings(model: BiEncoder, cls: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Text embeddings (times the logit scale) and class embeddings (unit length) from [CLS]."""

    def head(x: np.ndarray, name: str) -> np.ndarray:
        first, second = model.projectors[name]
        return apply(second, gelu(apply(first, x)))

    def unit(x: np.ndarray) -> np.ndarray:
        return x / np.maximum(np.linalg.norm(x, axis=-1, keepdims=True), 1e-8)

    label = unit(head(head(cls, "biencoder_projector"), "classes_projector"))
    return unit(head(cls, "text_projector")) * model.logit_scale, label
