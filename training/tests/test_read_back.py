"""An 8-bit file read back: to the bit, as floats without rounding, and rounded again where training changed it."""

import numpy as np
import onnx
import pytest
from random_encoder import encoder, token_rows
from running import run, session

from glitag_train.quantise.encoder_graph import encoder_graph, plain_matrices
from glitag_train.quantise.layerwise import quantised, quantised_again
from glitag_train.quantise.read_back import read_eight_bits, unstretched
from glitag_train.quantise.weights import from_tensors, to_tensors

ROWS = token_rows(24)
SEEN = token_rows(120, seed=2)
TRAINED = 1
"""The layer of three that training changes; the one above it is rounded again with it."""


@pytest.fixture(scope="module")
def graph():
    return quantised(encoder(), SEEN)


@pytest.fixture(scope="module")
def file(graph, tmp_path_factory):
    path = tmp_path_factory.mktemp("file") / "encoder_q8.onnx"
    onnx.save(graph, path)
    return read_eight_bits(path, encoder().heads, encoder().epsilon)


def floats(model) -> list[np.ndarray]:
    return run(session(encoder_graph(model, model.word, plain_matrices(model))), ROWS)


def apart(one: list[np.ndarray], other: list[np.ndarray]) -> np.ndarray:
    """How far probabilities are."""
    first, second = (1 / (1 + np.exp(-text @ label.T)) for text, label in (one, other))
    return np.abs(first - second)


def test_the_file_comes_back_to_the_bit(file, graph):
    assert file.graph().SerializeToString() == graph.SerializeToString()


def test_its_floats_differ_by_the_rounding_of_activations_alone(file, graph):
    found = run(session(file.in_float()), ROWS)
    assert 0 < apart(found, run(session(graph), ROWS)).max() < 0.06
    assert apart(found, floats(encoder())).max() < 0.06


def test_without_its_stretch_it_is_the_same_model(file):
    plain = unstretched(file.model)
    assert all(layer.middle.restore is None and layer.end.restore is None for layer in plain.layers)
    for found, expected in zip(floats(plain), run(session(file.in_float()), ROWS), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-4)


def test_tensors_are_the_model(file):
    plain = unstretched(file.model)
    config = {"num_attention_heads": plain.heads, "num_hidden_layers": len(plain.layers), "layer_norm_eps": plain.epsilon, "hidden_act": "gelu"}
    for found, expected in zip(floats(from_tensors(to_tensors(plain), config)), floats(plain), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_untrained_it_is_the_same_file(file, graph):
    assert quantised_again(file, unstretched(file.model), SEEN).SerializeToString() == graph.SerializeToString()


def test_only_what_training_changed_is_rounded_again(file, graph):
    trained = unstretched(file.model)
    draw = np.random.default_rng(5)
    for linear in (trained.layers[TRAINED].up, trained.layers[TRAINED].value, trained.projectors["text_projector"][1]):
        linear.weight = linear.weight + draw.normal(0, 0.05, linear.weight.shape).astype(np.float32)
    again = quantised_again(file, trained, SEEN)
    before, after = ({tensor.name: tensor.SerializeToString() for tensor in each.graph.initializer} for each in (graph, again))
    changed = {name for name in before if before[name] != after[name]}
    assert all(name.startswith((f"{TRAINED}.", f"{TRAINED + 1}.", "text_projector.2")) for name in changed)
    assert {f"{TRAINED}.up.values", "text_projector.2.weight"} <= changed
    expected = floats(trained)
    assert apart(run(session(again), ROWS), expected).max() < 0.06
    assert apart(run(session(graph), ROWS), expected).mean() > 5 * apart(run(session(again), ROWS), expected).mean()


def test_trained_embeddings_leave_nothing_as_it_was(file):
    trained = unstretched(file.model)
    trained.start.bias = trained.start.bias + np.float32(0.1)
    again = session(quantised_again(file, trained, SEEN))
    assert apart(run(again, ROWS), floats(trained)).max() < 0.06


def test_another_form_is_refused(tmp_path):
    model = encoder()
    onnx.save(encoder_graph(model, model.word, plain_matrices(model)), tmp_path / "fp32.onnx")
    with pytest.raises(ValueError, match="not in the 8-bit form"):
        read_eight_bits(tmp_path / "fp32.onnx", model.heads, model.epsilon)
