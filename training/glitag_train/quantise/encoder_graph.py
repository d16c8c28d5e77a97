"""Writes a bi-encoder as an ONNX graph, in fp32 or with rounded matrices.

Inputs  input_ids, attention_mask  int64 [batch, seq]
Outputs text_embeddings (times the logit scale), class_embeddings (unit length)  float [batch, width]

A rounded matrix is one MatMulIntegerToFloat; a token's scale is one Mul behind it. Biases ride in the operator after. The last layer
computes queries and all that follows for [CLS] alone, as the heads read nothing else.
"""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto

from .activations import ActivationRule
from .onnx_graph import MICROSOFT, OnnxGraph
from .rounding import Rounded
from .weights import BiEncoder, Linear, Norm


@dataclass
class Quantised:
    """A rounded matrix, and how the activations that it reads are rounded."""

    matrix: Rounded
    rule: ActivationRule


Matrices = dict[tuple[int, str], Quantised | np.ndarray]


def encoder_graph(model: BiEncoder, word: Rounded | np.ndarray, matrices: Matrices) -> onnx.ModelProto:
    """`matrices` holds a layer's matrices by its index and qkv (in the last layer query and kv), out, up, down.

    Where a layer has loud channels, up and down hold the others; up.loud and down.loud are floating point.
    """
    graph = OnnxGraph()
    index_0, index_1, index_2 = (graph.constant(f"i{n}", np.array([n])) for n in range(3))

    def matmul(x: str, at: int, name: str) -> str:
        return times(graph, x, f"{at}.{name}", matrices[at, name])

    def residual(outputs: list[str], x: str, before: Norm, bias: np.ndarray, name: str) -> str:
        """Sum, not Add: Add and LayerNormalization become SkipLayerNormalization, whose CPU kernel is slower."""
        x = x if before.restore is None else graph.op("Mul", [x, graph.constant(name + ".restore", before.restore)])
        return graph.op("Sum", [*outputs, x, graph.constant(name + ".bias", bias)])

    def grown(x: str, at: int, suffix: str, bias: np.ndarray) -> str:
        """Up, gelu and down for some of the channels."""
        up = [matmul(x, at, "up" + suffix), graph.constant(f"{at}.up{suffix}.bias", bias)]
        return matmul(graph.op("BiasGelu", up, domain=MICROSOFT), at, "down" + suffix)

    def normalise(x: str, norm: Norm, name: str) -> str:
        constants = [graph.constant(name + ".gain", norm.gain), graph.constant(name + ".bias", norm.bias)]
        return graph.op("LayerNormalization", [x, *constants], axis=-1, epsilon=model.epsilon)

    length = graph.op("Slice", [graph.op("Shape", ["input_ids"]), index_1, index_2])
    places = graph.op("Slice", [graph.constant("position", model.position), index_0, length, index_0])
    x = normalise(graph.op("Add", [word_vectors(graph, word), places]), model.start, "start")
    mask = graph.op("Cast", ["attention_mask"], to=TensorProto.INT32)
    for at, layer in enumerate(model.layers):
        before, last = model.norm_before(at), at == len(model.layers) - 1
        asking = graph.op("Slice", [x, index_0, index_1, index_1]) if last else x
        if last:
            q = matmul(asking, at, "query")
            k, v = graph.op("Split", [matmul(x, at, "kv")], 2, axis=-1)
        else:
            q, k, v = graph.op("Split", [matmul(x, at, "qkv")], 3, axis=-1)
        bias = np.concatenate([layer.query.bias, layer.key.bias, layer.value.bias])
        attention = [q, k, v, graph.constant(f"{at}.qkv.bias", bias), mask]
        mixed = graph.op("MultiHeadAttention", attention, domain=MICROSOFT, num_heads=model.heads)
        mixed = residual([matmul(mixed, at, "out")], asking, before, layer.out.bias, f"{at}.out")
        middle = normalise(mixed, layer.middle, f"{at}.middle")
        if layer.loud is None:
            outputs = [grown(middle, at, "", layer.up.bias)]
        else:
            outputs = [grown(middle, at, "", np.delete(layer.up.bias, layer.loud)), grown(middle, at, ".loud", layer.up.bias[layer.loud])]
        x = normalise(residual(outputs, middle, layer.middle, layer.down.bias, f"{at}.down"), layer.end, f"{at}.end")
    write_heads(graph, model, graph.op("Squeeze", [x, index_1]), half=isinstance(word, Rounded))
    return graph.model(model.width)


def times(graph: OnnxGraph, x: str, name: str, own: Quantised | np.ndarray) -> str:
    """x . matrix^T"""
    if not isinstance(own, Quantised):
        return graph.op("MatMul", [x, as_float(graph, name + ".weight", own.T)])
    matrix, rule = own.matrix, own.rule
    zero = graph.constant(f"zero.{rule.zero}", np.uint8(rule.zero))
    reach = graph.op("ReduceMax", [graph.op("Abs", [x]) if rule.signed else x], axes=[-1], keepdims=1)
    step = graph.op("Mul", [reach, graph.constant(f"step.{rule.steps:g}", np.float32(1 / rule.steps))])
    scale = graph.op("Max", [step, graph.constant(f"least.{rule.zero}", np.float32(rule.least))])
    one = graph.constant("one", np.float32(1))
    rounded = graph.op("QuantizeLinear", [graph.op("Mul", [x, graph.op("Reciprocal", [scale])]), one, zero])
    constants = [graph.constant(name + ".values", matrix.values.T), one, graph.constant(name + ".scale", matrix.scale), zero]
    return graph.op("Mul", [graph.op("MatMulIntegerToFloat", [rounded, *constants], domain=MICROSOFT), scale])


def as_float(graph: OnnxGraph, name: str, value: np.ndarray) -> str:
    """A float32 constant; one that is kept as float16 is cast once, when the model is loaded."""
    constant = graph.constant(name, value)
    return graph.op("Cast", [constant], to=TensorProto.FLOAT) if value.dtype == np.float16 else constant


def word_vectors(graph: OnnxGraph, word: Rounded | np.ndarray) -> str:
    if not isinstance(word, Rounded):
        return graph.op("Gather", [graph.constant("word", word), "input_ids"])
    values = graph.op("Gather", [graph.constant("word.values", word.values), "input_ids"])
    scale = graph.op("Gather", [graph.constant("word.scale", word.scale[:, None]), "input_ids"])
    return graph.op("Mul", [graph.op("Cast", [values], to=TensorProto.FLOAT), scale])


def write_heads(graph: OnnxGraph, model: BiEncoder, cls: str, half: bool) -> None:
    """Text and class embeddings; with `half` the weights are float16, computed in fp32."""

    def dense(x: str, linear: Linear, name: str) -> str:
        weight = as_float(graph, name + ".weight", linear.weight.T.astype(np.float16 if half else np.float32))
        return graph.op("Add", [graph.op("MatMul", [x, weight]), graph.constant(name + ".bias", linear.bias)])

    def head(x: str, name: str) -> str:
        first, second = model.projectors[name]
        return dense(graph.op("Gelu", [dense(x, first, name + ".1")], domain=MICROSOFT), second, name + ".2")

    def unit(x: str) -> str:
        length = graph.op("ReduceL2", [x], axes=[-1], keepdims=1)
        return graph.op("Div", [x, graph.op("Max", [length, graph.constant("epsilon", np.float32(1e-8))])])

    text, label = unit(head(cls, "text_projector")), unit(head(head(cls, "biencoder_projector"), "classes_projector"))
    graph.output("text_embeddings", "Mul", [text, graph.constant("logit_scale", model.logit_scale)])
    graph.output("class_embeddings", "Identity", [label])


def plain_matrices(model: BiEncoder) -> Matrices:
    """The model's own matrices, as `encoder_graph` asks for them."""
    matrices: Matrices = {}
    for at, layer in enumerate(model.layers):
        query, key_value = layer.query.weight, [layer.key.weight, layer.value.weight]
        if at == len(model.layers) - 1:
            matrices[at, "query"], matrices[at, "kv"] = query, np.concatenate(key_value)
        else:
            matrices[at, "qkv"] = np.concatenate([query, *key_value])
        matrices.update({(at, "out"): layer.out.weight, (at, "up"): layer.up.weight, (at, "down"): layer.down.weight})
    return matrices
