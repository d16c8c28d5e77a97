"""Rounds a model matrix by matrix, in the order in which it runs.

Two streams of the same tokens go through the layers: one of the model as it is, one of the model as rounded so far. A matrix is fitted to
what the second stream gives it, so that with the rounded path beside it the first stream's sums come out (ridge regression on what
is left), then rounded; its bias takes up the mean. Errors of earlier layers are made good where they can be foreseen.
"""

from dataclasses import dataclass, field

import numpy as np
import onnx

from .activations import AFTER_GELU, BOTH_WAYS, ActivationRule, best_rule, loudest, rounded
from .encoder_graph import Matrices, Quantised, encoder_graph
from .even import even, observe
from .forward import Rows, apply, attend, embed, gelu, normalise, restored
from .lower import states_after
from .read_back import EightBitFile, stretched
from .rounding import Rounded, round_compensated, round_table
from .weights import BiEncoder, Linear, Norm

LOUD = 16
"""Channels behind gelu that stay in floating point: a few hundred times louder than most, they would coarsen the steps of all others."""
RIDGE = 0.5
"""Of the inputs' mean variance. Less fits the tokens at hand better, and others worse."""


def quantised(model: BiEncoder, token_rows: list[list[int]]) -> onnx.ModelProto:
    """The 8-bit graph, rounded by what the token rows show."""
    rows = Rows.of(token_rows)
    return LayerwiseRounding(even(model, observe(model, rows)), rows).graph(round_table(model.word))


def quantised_again(file: EightBitFile, model: BiEncoder, token_rows: list[list[int]]) -> onnx.ModelProto:
    """The 8-bit graph of a model trained on from `unstretched(file.model)`. Lower layers that training left as they were stay as they are in the file."""
    exact, kept = stretched(model, file)
    return LayerwiseRounding(exact, Rows.of(token_rows)).graph(file.word if kept else round_table(model.word), file, kept)


@dataclass
class LayerwiseRounding:
    exact: BiEncoder
    rows: Rows
    matrices: Matrices = field(default_factory=dict)

    def graph(self, word: Rounded, file: EightBitFile | None = None, kept: int = 0) -> onnx.ModelProto:
        """`kept` lower layers are taken from `file` as they are."""
        self.model = self.exact.copy()
        self.model.word = word.weight()
        if kept and file is not None:
            self.matrices.update({key: value for key, value in file.matrices.items() if key[0] < kept})
            truth, x = (states_after(graph, kept, self.rows) for graph in (file.in_float(), file.graph()))
        else:
            truth, x = embed(self.exact, self.rows), embed(self.model, self.rows)
        for at in range(kept, len(self.model.layers)):
            truth, x = self.round_layer(at, truth, x)
        return encoder_graph(self.model, word, self.matrices)

    def round_layer(self, at: int, truth: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Takes both streams through a layer; of the last one [CLS] alone comes out."""
        exact, own, rows, before = self.exact.layers[at], self.model.layers[at], self.rows, self.exact.norm_before(at)
        last = at == len(self.model.layers) - 1
        true_asking, asking = (truth[rows.starts], x[rows.starts]) if last else (truth, x)
        true_query, true_key, true_value = apply(exact.query, true_asking), apply(exact.key, truth), apply(exact.value, truth)
        if last:
            (query,) = self.half(at, "query", own.query, asking)
            key, value = self.fit(at, "kv", [own.key, own.value], x, np.concatenate([true_key, true_value], 1))
        else:
            wanted = np.concatenate([true_query, true_key, true_value], 1)
            query, key, value = self.fit(at, "qkv", [own.query, own.key, own.value], x, wanted)
        true_mixed = attend(true_query, true_key, true_value, rows, self.exact.heads)
        mixed = attend(query, key, value, rows, self.exact.heads)
        true_sum = apply(exact.out, true_mixed) + restored(true_asking, before)
        beside = restored(asking, before)
        (out,) = self.half(at, "out", own.out, mixed) if last else self.fit(at, "out", [own.out], mixed, true_sum - beside)
        true_middle, middle = self.normalised(exact.middle, true_sum), self.normalised(own.middle, out + beside)
        true_up = apply(exact.up, true_middle)
        true_sum = apply(exact.down, gelu(true_up)) + restored(true_middle, exact.middle)
        beside = restored(middle, own.middle)
        if last:
            (up,) = self.half(at, "up", own.up, middle)
            (down,) = self.half(at, "down", own.down, gelu(up))
        else:
            down = self.round_growth(at, middle, true_up, true_sum - beside)
        return self.normalised(exact.end, true_sum), self.normalised(own.end, down + beside)

    def normalised(self, norm: Norm, x: np.ndarray) -> np.ndarray:
        return normalise(x, norm, self.exact.epsilon)

    def half(self, at: int, name: str, linear: Linear, given: np.ndarray) -> list[np.ndarray]:
        """Half precision, for what the last layer computes for [CLS] alone: it is one token a row."""
        self.matrices[at, name] = linear.weight.astype(np.float16)
        return [apply(linear, given)]

    def round_growth(self, at: int, middle: np.ndarray, true_up: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        """Up and down; the loudest channels between them stay in floating point."""
        own = self.model.layers[at]
        true_grown = gelu(true_up)
        own.loud = loudest(true_grown[:: max(1, len(true_grown) // 4000)], min(LOUD, true_grown.shape[1] // 16))
        quiet = np.delete(np.arange(true_grown.shape[1]), own.loud)
        up, down = Linear(own.up.weight[quiet], own.up.bias[quiet]), Linear(own.down.weight[:, quiet], own.down.bias)
        self.matrices[at, "up.loud"] = own.up.weight[own.loud].astype(np.float16)
        self.matrices[at, "down.loud"] = own.down.weight[:, own.loud].astype(np.float16)
        loud = gelu(middle @ own.up.weight[own.loud].T + own.up.bias[own.loud]) @ own.down.weight[:, own.loud].T
        (grown,) = self.fit(at, "up", [up], middle, true_up[:, quiet])
        grown = gelu(grown)
        rule = best_rule(AFTER_GELU, grown, (down.weight**2).sum(0))
        (output,) = self.fit(at, "down", [down], grown, wanted - loud, rule)
        own.up.bias[quiet], own.down.bias = up.bias, down.bias
        return output + loud

    def fit(
        self, at: int, name: str, linears: list[Linear], given: np.ndarray, wanted: np.ndarray, rule: ActivationRule = BOTH_WAYS
    ) -> list[np.ndarray]:
        """Rounds linears that read the same as one matrix, so that their outputs come close to `wanted`; gives their biases, and what they put out."""
        x = rounded(rule, given)
        products = x.T @ x
        weight = drawn_to(wanted, np.concatenate([linear.weight for linear in linears]), x, products)
        matrix = round_compensated(weight, products)
        self.matrices[at, name] = Quantised(matrix, rule)
        output = x @ matrix.weight().T
        bias = (wanted - output).mean(0)
        ends = np.cumsum([len(linear.bias) for linear in linears])[:-1]
        for linear, part in zip(linears, np.split(bias, ends), strict=True):
            linear.bias = part
        return np.split(output + bias, ends, 1)


def drawn_to(wanted: np.ndarray, weight: np.ndarray, x: np.ndarray, products: np.ndarray) -> np.ndarray:
    """The weight, moved towards the one that with a free bias gives `wanted` from x: ridge regression of what is missing."""
    mean = x.mean(0)
    missing = wanted - x @ weight.T
    missing -= missing.mean(0)
    spread = products.astype(np.float64) - len(x) * np.outer(mean, mean)
    spread[np.diag_indices(len(spread))] += RIDGE * np.trace(spread) / len(spread) + 1e-12
    return weight + np.linalg.solve(spread, (x.T @ missing).astype(np.float64)).T.astype(np.float32)
