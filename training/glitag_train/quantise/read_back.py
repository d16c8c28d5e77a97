"""Reads a file that `encoder_graph` wrote in 8 bits: what encoder_graph was given, to the bit, and the weights of an equal model that needs no rounding.

Matrices come back as they were rounded, so such a model differs from the file by the rounding of activations alone.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from .activations import BOTH_WAYS, ActivationRule, after_gelu
from .encoder_graph import Matrices, Quantised, encoder_graph, plain_matrices
from .rounding import Rounded
from .weights import HEADS, BiEncoder, Layer, Linear, Norm


@dataclass
class EightBitFile:
    """`encoder_graph(model, word, matrices)` is the file again; `model` holds the matrices too, as plain floats."""

    model: BiEncoder
    word: Rounded
    matrices: Matrices

    def graph(self) -> onnx.ModelProto:
        """The file again, to the bit."""
        return encoder_graph(self.model, self.word, self.matrices)

    def in_float(self) -> onnx.ModelProto:
        """The same graph with nothing rounded but what was rounded before."""
        model = self.model.copy()
        for layer in model.layers:
            layer.loud = None
        return encoder_graph(model, model.word, plain_matrices(model))


def read_eight_bits(file: Path, heads: int, epsilon: float) -> EightBitFile:
    """`heads` and `epsilon`: attention heads and the epsilon of norms, from config.json. Raises ValueError where the file is of another form."""
    graph = onnx.load(file).graph
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    if "word.values" not in constants or "0.qkv.values" not in constants:
        raise ValueError(f"{file} is not in the 8-bit form of the embedded model")
    rules = {node.input[1].removesuffix(".values"): rule_of(node.input[4]) for node in graph.node if node.op_type == "MatMulIntegerToFloat"}
    return Reader(constants, rules).file(heads, epsilon)


def rule_of(zero: str) -> ActivationRule:
    """Of a matrix, by the constant that holds its activations' zero point."""
    value = int(zero.removeprefix("zero."))
    return BOTH_WAYS if value == BOTH_WAYS.zero else after_gelu(value)


@dataclass
class Reader:
    constants: dict[str, np.ndarray]
    rules: dict[str, ActivationRule]

    def file(self, heads: int, epsilon: float) -> EightBitFile:
        word = Rounded(self.constants["word.values"], self.constants["word.scale"][:, 0])
        matrices: Matrices = {}
        count = 1 + max(int(name.split(".")[0]) for name in self.constants if name[0].isdigit())
        layers = [self.layer(at, matrices) for at in range(count)]
        model = BiEncoder(
            heads=heads,
            epsilon=epsilon,
            word=word.weight(),
            position=self.constants["position"],
            start=self.norm("start", "0.out"),
            layers=layers,
            projectors={name: (self.head(f"{name}.1"), self.head(f"{name}.2")) for name in HEADS},
            logit_scale=self.constants["logit_scale"].reshape(()),
        )
        return EightBitFile(model, word, matrices)

    def layer(self, at: int, matrices: Matrices) -> Layer:
        def matrix(name: str) -> np.ndarray:
            key = f"{at}.{name}"
            if key + ".values" in self.constants:
                found = Quantised(Rounded(self.constants[key + ".values"].T, self.constants[key + ".scale"]), self.rules[key])
                matrices[at, name] = found
                return found.matrix.weight()
            matrices[at, name] = self.constants[key + ".weight"].T
            return matrices[at, name].astype(np.float32)

        asked = matrix("qkv") if f"{at}.qkv.values" in self.constants else np.concatenate([matrix("query"), matrix("kv")])
        query, key, value = (
            Linear(weight, bias) for weight, bias in zip(np.split(asked, 3), np.split(self.constants[f"{at}.qkv.bias"], 3), strict=True)
        )
        out = Linear(matrix("out"), self.constants[f"{at}.out.bias"])
        up, down = Linear(matrix("up"), self.constants[f"{at}.up.bias"]), Linear(matrix("down"), self.constants[f"{at}.down.bias"])
        loud = None
        if f"{at}.up.loud.weight" in self.constants:
            up.weight, up.bias = np.concatenate([up.weight, matrix("up.loud")]), np.concatenate([up.bias, self.constants[f"{at}.up.loud.bias"]])
            down.weight = np.concatenate([down.weight, matrix("down.loud")], 1)
            loud = np.arange(len(self.constants[f"{at}.up.bias"]), len(up.bias))
        middle, end = self.norm(f"{at}.middle", f"{at}.down"), self.norm(f"{at}.end", f"{at + 1}.out")
        return Layer(query, key, value, out, middle, up, down, end, loud)

    def norm(self, name: str, next_on_path: str) -> Norm:
        """`next_on_path`: what is added to its output next; the constant that undoes its stretch bears that name."""
        return Norm(self.constants[name + ".gain"], self.constants[name + ".bias"], self.constants.get(next_on_path + ".restore"))

    def head(self, name: str) -> Linear:
        return Linear(self.constants[name + ".weight"].T.astype(np.float32), self.constants[name + ".bias"])


def unstretched(model: BiEncoder) -> BiEncoder:
    """An equal model as BERT has it, without `Norm.restore`: norms give what the residual path reads, and matrices undo the stretch no more."""
    found = model.copy()
    for at, layer in enumerate(found.layers):
        for norm, readers in read_norms(found, at):
            scale(norm, readers, norm.restore)
            norm.restore = None
        layer.loud = None
    return found


def stretched(model: BiEncoder, file: EightBitFile) -> tuple[BiEncoder, int]:
    """`model`, which was trained on from `unstretched(file.model)`, in the file's stretch; and how many of its lower layers are still the file's."""
    before, found = unstretched(file.model), model.copy()
    for at in range(len(found.layers)):
        for (norm, readers), (own, _) in zip(read_norms(found, at), read_norms(file.model, at), strict=True):
            scale(norm, readers, 1 / own.restore)
            norm.restore = own.restore
    if not (np.array_equal(model.word, before.word) and np.array_equal(model.position, before.position) and equal(model.start, before.start)):
        return found, 0
    same = [equal(one, other) for one, other in zip(model.layers, before.layers, strict=True)]
    kept = same.index(False) if False in same else len(same)
    # what was unstretched and stretched again differs in its last digits
    found.start, found.layers[:kept] = file.model.start, file.model.layers[:kept]
    return found, kept


def read_norms(model: BiEncoder, at: int) -> list[tuple[Norm, list[Linear]]]:
    """The norms that a layer's matrices read, with those matrices."""
    layer = model.layers[at]
    return [(model.norm_before(at), [layer.query, layer.key, layer.value]), (layer.middle, [layer.up])]


def scale(norm: Norm, readers: list[Linear], factor: np.ndarray) -> None:
    """The norm gives `factor` times as much, and its readers take it back."""
    norm.gain, norm.bias = norm.gain * factor, norm.bias * factor
    for reader in readers:
        reader.weight = reader.weight / factor


def equal(one: Layer | Norm | Linear, other: Layer | Norm | Linear) -> bool:
    """Whether all weights are the same to the bit."""
    pairs = [(value, getattr(other, name)) for name, value in vars(one).items() if name not in ("loud", "restore")]
    return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else equal(a, b) for a, b in pairs)
