"""A bi-encoder's weights in the form that the other modules share: read from safetensors, without PyTorch."""

import copy
import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

KINDS = {"F32": "<f4", "F16": "<f2"}
ENCODER = "model.encoder_model."
HEADS = ("text_projector", "biencoder_projector", "classes_projector")


@dataclass
class Linear:
    """y = weight . x + bias; weight [outputs, inputs]."""

    weight: np.ndarray
    bias: np.ndarray


@dataclass
class Norm:
    """Layer normalisation's gain and bias, and what its readers on the residual path must multiply by (see `even.py`)."""

    gain: np.ndarray
    bias: np.ndarray
    restore: np.ndarray | None = None


@dataclass
class Layer:
    query: Linear
    key: Linear
    value: Linear
    out: Linear
    middle: Norm
    up: Linear
    down: Linear
    end: Norm
    loud: np.ndarray | None = None
    """Channels between `up` and `down` that stay in floating point."""


@dataclass
class BiEncoder:
    heads: int
    epsilon: float
    word: np.ndarray
    position: np.ndarray
    start: Norm
    layers: list[Layer]
    projectors: dict[str, tuple[Linear, Linear]]
    logit_scale: np.ndarray

    @property
    def width(self) -> int:
        return self.word.shape[1]

    def copy(self) -> "BiEncoder":
        return copy.deepcopy(self)

    def norm_before(self, index: int) -> Norm:
        """The norm whose output layer `index` reads."""
        return self.layers[index - 1].end if index else self.start


def read_safetensors(path: Path) -> dict[str, np.ndarray]:
    """All tensors of a file, as float32."""
    content = path.read_bytes()
    length = struct.unpack("<Q", content[:8])[0]
    head, data = json.loads(content[8 : 8 + length]), memoryview(content)[8 + length :]
    tensors = {}
    for name, entry in head.items():
        if name != "__metadata__":
            raw = np.frombuffer(data[slice(*entry["data_offsets"])], KINDS[entry["dtype"]])
            tensors[name] = raw.reshape(entry["shape"]).astype(np.float32)
    return tensors


def read_model(folder: Path) -> BiEncoder:
    """A model folder with model.safetensors and config.json, as `checkpoint.py` and upstream write them."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))["encoder_config"]
    return from_tensors(read_safetensors(folder / "model.safetensors"), config)


def from_tensors(tensors: dict[str, np.ndarray], config: dict) -> BiEncoder:
    if config["hidden_act"] != "gelu":
        raise ValueError(f"config.json: encoder_config.hidden_act is {config['hidden_act']}; only gelu can be written")

    def linear(name: str) -> Linear:
        return Linear(tensors[name + ".weight"], tensors[name + ".bias"])

    def norm(name: str) -> Norm:
        return Norm(tensors[name + ".weight"], tensors[name + ".bias"])

    def layer(index: int) -> Layer:
        at = f"{ENCODER}encoder.layer.{index}."
        return Layer(
            query=linear(at + "attention.self.query"),
            key=linear(at + "attention.self.key"),
            value=linear(at + "attention.self.value"),
            out=linear(at + "attention.output.dense"),
            middle=norm(at + "attention.output.LayerNorm"),
            up=linear(at + "intermediate.dense"),
            down=linear(at + "output.dense"),
            end=norm(at + "output.LayerNorm"),
        )

    at = ENCODER + "embeddings."
    return BiEncoder(
        heads=config["num_attention_heads"],
        epsilon=config["layer_norm_eps"],
        word=tensors[at + "word_embeddings.weight"],
        position=tensors[at + "position_embeddings.weight"] + tensors[at + "token_type_embeddings.weight"][0],
        start=norm(at + "LayerNorm"),
        layers=[layer(index) for index in range(config["num_hidden_layers"])],
        projectors={name: (linear(f"model.{name}.linear_1"), linear(f"model.{name}.linear_2")) for name in HEADS},
        logit_scale=tensors["model.logit_scale"].reshape(()),
    )


def to_tensors(model: BiEncoder) -> dict[str, np.ndarray]:
    """The inverse of `from_tensors`, for models without `Norm.restore`. Segments are in the positions already: theirs are zero."""
    found = {"model.logit_scale": model.logit_scale}

    def put(name: str, part: Linear | Norm) -> None:
        found[name + ".weight"] = part.weight if isinstance(part, Linear) else part.gain
        found[name + ".bias"] = part.bias

    at = ENCODER + "embeddings."
    found[at + "word_embeddings.weight"] = model.word
    found[at + "position_embeddings.weight"] = model.position
    found[at + "token_type_embeddings.weight"] = np.zeros((2, model.width), np.float32)
    put(at + "LayerNorm", model.start)
    for index, layer in enumerate(model.layers):
        at = f"{ENCODER}encoder.layer.{index}."
        for name in ("query", "key", "value"):
            put(f"{at}attention.self.{name}", getattr(layer, name))
        put(at + "attention.output.dense", layer.out)
        put(at + "attention.output.LayerNorm", layer.middle)
        put(at + "intermediate.dense", layer.up)
        put(at + "output.dense", layer.down)
        put(at + "output.LayerNorm", layer.end)
    for name, (first, second) in model.projectors.items():
        put(f"model.{name}.linear_1", first)
        put(f"model.{name}.linear_2", second)
    return found
