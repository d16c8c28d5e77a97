"""Rounding against its own objective, and the limits that keep AVX2 from saturating."""

import numpy as np
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from glitag_train.quantise.rounding import PAIR_SUM, Rounded, error, round_compensated, round_nearest

OUTPUTS, INPUTS, TOKENS = 96, 128, 2000


@pytest.fixture(scope="module")
def weight() -> np.ndarray:
    return np.random.default_rng(0).normal(0, 1, (OUTPUTS, INPUTS)).astype(np.float32)


@pytest.fixture(scope="module")
def products() -> np.ndarray:
    """X^T X of inputs that hang together, as activations do."""
    draw = np.random.default_rng(1)
    x = draw.normal(0, 1, (TOKENS, 24)) @ draw.normal(0, 1, (24, INPUTS)) + draw.normal(0, 0.5, (TOKENS, INPUTS))
    return (x.T @ x).astype(np.float32)


def test_compensated_rounding_beats_nearest_on_its_objective(weight, products):
    nearest = error(weight, round_nearest(weight, np.diag(products)), products)
    assert error(weight, round_compensated(weight, products), products) < 0.5 * nearest


def test_every_weight_stays_within_a_few_steps(weight, products):
    found = round_compensated(weight, products)
    assert np.abs(found.weight() - weight).max() < 12 * found.scale.max()


@pytest.mark.parametrize("spread", ["normal", "one sign", "extremes"])
def test_neighbours_never_add_up_past_sixteen_bits(spread, products):
    draw = np.random.default_rng(2)
    hard = {
        "normal": draw.normal(0, 1, (OUTPUTS, INPUTS)),
        "one sign": np.abs(draw.normal(1, 0.2, (OUTPUTS, INPUTS))),
        "extremes": draw.choice([-1.0, 1.0], (OUTPUTS, INPUTS)),
    }[spread].astype(np.float32)
    for found in (round_nearest(hard), round_compensated(hard, products)):
        values = found.values.astype(int)
        assert np.abs(values).max() <= 127
        for side in (np.maximum(values, 0), np.maximum(-values, 0)):
            assert (side[:, 0::2] + side[:, 1::2]).max() <= PAIR_SUM


def product_in_onnxruntime(found: Rounded, inputs: np.ndarray) -> np.ndarray:
    """The integers that this processor's kernel gives."""
    constants = {"b": found.values.T, "one": np.float32(1), "scale": np.ones(len(found.scale), np.float32), "zero": np.uint8(128)}
    node = helper.make_node("MatMulIntegerToFloat", ["a", "b", "one", "scale", "zero"], ["y"], domain="com.microsoft")
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("a", TensorProto.UINT8, list(inputs.shape))],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, [len(inputs), len(found.scale)])],
        [numpy_helper.from_array(np.ascontiguousarray(value), name) for name, value in constants.items()],
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=versions, ir_version=8)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"a": inputs})[0]


def test_products_are_exact_on_this_processor_for_the_worst_inputs(weight, products):
    for found in (round_nearest(weight), round_compensated(weight, products)):
        values = found.values.astype(np.int64)
        pushed = np.concatenate([np.where(values > 0, 255, 0), np.where(values < 0, 255, 0)]).astype(np.uint8)
        assert np.array_equal(product_in_onnxruntime(found, pushed), (pushed.astype(np.int64) - 128) @ values.T)
