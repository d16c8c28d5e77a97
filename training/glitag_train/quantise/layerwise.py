"""Rounds a model matrix by matrix, in the order in which it runs.

Two streams of the same tokens go through the layers: one of the model as it is, one of the model as rounded so far. A matrix is rounded on what
the second gives it, and its bias takes up the difference of the mean outputs, so errors of earlier layers are not carried on as a drift.
"""

from dataclasses import dataclass, field

import numpy as np
import onnx

from .activations import AFTER_GELU, BOTH_WAYS, ActivationRule, rounded
from .encoder_graph import Matrix, encoder_graph
from .even import even, observe
from .forward import Rows, apply, attend, embed, gelu, normalise, restored
from .rounding import round_compensated, round_nearest
from .weights import BiEncoder, Linear


def quantised(model: BiEncoder, token_rows: list[list[int]]) -> onnx.ModelProto:
    """The 8-bit graph, rounded by what the token rows show."""
    rows = Rows.of(token_rows)
    exact = even(model, observe(model, rows))
    return _Rounding(exact, rows).graph()


@dataclass
class _Rounding:
    exact: BiEncoder
    rows: Rows
    matrices: dict[tuple[int, str], Matrix] = field(default_factory=dict)

    def graph(self) -> onnx.ModelProto:
        self.model = self.exact.copy()
        word = round_nearest(self.exact.word)
        self.model.word = word.weight()
        truth, x = embed(self.exact, self.rows), embed(self.model, self.rows)
        for at in range(len(self.model.layers)):
            truth, x = self._layer(at, truth, x)
        return encoder_graph(self.model, word, self.matrices)

    def _layer(self, at: int, truth: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        exact, own, rows = self.exact.layers[at], self.model.layers[at], self.rows
        before = self.exact.norm_before(at)
        last = at == len(self.model.layers) - 1
        true_query, query_in = (truth[rows.starts], x[rows.starts]) if last else (truth, x)

        def step(name: str, parts: tuple[str, ...], true_input: np.ndarray, given: np.ndarray, rule: ActivationRule = BOTH_WAYS) -> list[np.ndarray]:
            """Outputs of the named linears, once rounded. What the last layer computes for [CLS] alone stays half precision: it is one token a row."""
            linears = [getattr(own, part) for part in parts]
            if last and name != "kv":
                self.matrices[at, name] = linears[0].weight.astype(np.float16)
                return [apply(linears[0], given)]
            given = rounded(rule, given)
            self._round(at, name, linears, true_input, given)
            return [apply(linear, given) for linear in linears]

        if last:
            (query,) = step("query", ("query",), true_query, query_in)
            key, value = step("kv", ("key", "value"), truth, x)
        else:
            query, key, value = step("qkv", ("query", "key", "value"), truth, x)
        true_mixed = attend(apply(exact.query, true_query), apply(exact.key, truth), apply(exact.value, truth), rows, self.exact.heads)
        mixed = attend(query, key, value, rows, self.exact.heads)
        true_middle = normalise(apply(exact.out, true_mixed) + restored(true_query, before), exact.middle, self.exact.epsilon)
        middle = normalise(step("out", ("out",), true_mixed, mixed)[0] + restored(query_in, before), own.middle, self.exact.epsilon)
        true_grown = gelu(apply(exact.up, true_middle))
        grown = gelu(step("up", ("up",), true_middle, middle)[0])
        true_end = normalise(apply(exact.down, true_grown) + restored(true_middle, exact.middle), exact.end, self.exact.epsilon)
        down = step("down", ("down",), true_grown, grown, AFTER_GELU)[0]
        return true_end, normalise(down + restored(middle, own.middle), own.end, self.exact.epsilon)

    def _round(self, at: int, name: str, linears: list[Linear], true_input: np.ndarray, given: np.ndarray) -> None:
        """Rounds linears that read the same input as one matrix; writes what they became into them."""
        weight = np.concatenate([linear.weight for linear in linears])
        matrix = self.matrices[at, name] = round_compensated(weight, given.T @ given)
        became = matrix.weight()
        drift = weight @ true_input.mean(0) - became @ given.mean(0)
        start = 0
        for linear in linears:
            stop = start + len(linear.bias)
            linear.weight, linear.bias = became[start:stop], linear.bias + drift[start:stop]
            start = stop
