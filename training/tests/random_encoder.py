"""A small bi-encoder of random weights, shaped like a trained one: outlier channels, offsets, gains that differ."""

import numpy as np

from glitag_train.quantise.weights import ENCODER, HEADS, BiEncoder, from_tensors

WIDTH, GROWN, WORDS, PLACES, LAYERS, HEAD_COUNT = 64, 256, 300, 48, 3, 4
CONFIG = {"num_attention_heads": HEAD_COUNT, "num_hidden_layers": LAYERS, "layer_norm_eps": 1e-12, "hidden_act": "gelu"}


def tensors(seed: int = 0) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(seed)
    found: dict[str, np.ndarray] = {}

    def linear(name: str, outputs: int, inputs: int) -> None:
        found[name + ".weight"] = draw.normal(0, inputs**-0.5, (outputs, inputs))
        found[name + ".bias"] = draw.normal(0, 0.1, outputs)

    def norm(name: str) -> None:
        gain, bias = draw.normal(1, 0.1, WIDTH), draw.normal(0, 0.1, WIDTH)
        gain[3], bias[3], bias[17] = 6.0, 4.0, -8.0  # the outliers and offsets of a trained encoder
        found[name + ".weight"], found[name + ".bias"] = gain, bias

    at = ENCODER + "embeddings."
    found[at + "word_embeddings.weight"] = draw.normal(0, 0.5, (WORDS, WIDTH))
    found[at + "position_embeddings.weight"] = draw.normal(0, 0.1, (PLACES, WIDTH))
    found[at + "token_type_embeddings.weight"] = draw.normal(0, 0.1, (2, WIDTH))
    norm(at + "LayerNorm")
    for index in range(LAYERS):
        at = f"{ENCODER}encoder.layer.{index}."
        for name in ("query", "key", "value"):
            linear(f"{at}attention.self.{name}", WIDTH, WIDTH)
        linear(at + "attention.output.dense", WIDTH, WIDTH)
        norm(at + "attention.output.LayerNorm")
        linear(at + "intermediate.dense", GROWN, WIDTH)
        linear(at + "output.dense", WIDTH, GROWN)
        norm(at + "output.LayerNorm")
    for name in HEADS:
        linear(f"model.{name}.linear_1", 2 * WIDTH, WIDTH)
        linear(f"model.{name}.linear_2", WIDTH, 2 * WIDTH)
    found["model.logit_scale"] = np.array([12.0])
    return {name: value.astype(np.float32) for name, value in found.items()}


def encoder(seed: int = 0) -> BiEncoder:
    return from_tensors(tensors(seed), CONFIG)


def token_rows(count: int, seed: int = 1, longest: int = PLACES - 8) -> list[list[int]]:
    draw = np.random.default_rng(seed)
    return [draw.integers(1, WORDS, draw.integers(2, longest + 1)).tolist() for _ in range(count)]
