"""The graphs against numpy, the 8-bit one against fp32, and a row alone against a row among others."""

import numpy as np
import pytest
from random_encoder import encoder, token_rows
from running import run, run_alone, session

from glitag_train.quantise.encoder_graph import encoder_graph, plain_matrices
from glitag_train.quantise.even import even, observe
from glitag_train.quantise.forward import Rows, embeddings, encode
from glitag_train.quantise.layerwise import quantised

ROWS = token_rows(24)


@pytest.fixture(scope="module")
def model():
    return encoder()


@pytest.fixture(scope="module")
def in_numpy(model):
    return embeddings(model, encode(model, Rows.of(ROWS)))


@pytest.fixture(scope="module")
def fp32_graph(model):
    return encoder_graph(model, model.word, plain_matrices(model))


@pytest.fixture(scope="module")
def q8_graph(model):
    return quantised(model, token_rows(120, seed=2))


@pytest.fixture(scope="module")
def q8(q8_graph):
    return session(q8_graph)


def test_fp32_graph_is_the_numpy_pass(fp32_graph, in_numpy):
    for found, expected in zip(run(session(fp32_graph), ROWS), in_numpy, strict=True):
        np.testing.assert_allclose(found, expected, atol=2e-5)


def test_an_evened_model_is_the_same_model(model, in_numpy):
    evened = even(model, observe(model, Rows.of(ROWS[:12])))
    for found, expected in zip(embeddings(evened, encode(evened, Rows.of(ROWS))), in_numpy, strict=True):
        np.testing.assert_allclose(found, expected, atol=2e-4)
    graph = encoder_graph(evened, evened.word, plain_matrices(evened))
    np.testing.assert_allclose(run(session(graph), ROWS)[0], in_numpy[0], atol=2e-4)


def test_q8_stays_close_to_fp32(q8, in_numpy):
    (text, label), (true_text, true_label) = run(q8, ROWS), in_numpy
    shift = np.abs(1 / (1 + np.exp(-text @ label.T)) - 1 / (1 + np.exp(-true_text @ true_label.T)))
    assert 0 < shift.mean() < 0.01
    assert shift.max() < 0.06


def test_a_row_is_the_same_alone_and_padded_among_sixteen(q8):
    # Values are up to 4: kernels of AVX-512 differ by some of their last digits.
    rows = ROWS[:16]
    for among, alone in zip(run(q8, rows), run_alone(q8, rows), strict=True):
        np.testing.assert_allclose(among, alone, rtol=1e-6, atol=1e-6)
    for among, alone in zip(run(q8, rows, width=max(map(len, rows)) + 5), run_alone(q8, rows), strict=True):
        np.testing.assert_allclose(among, alone, rtol=1e-6, atol=1e-6)


def test_q8_takes_little_more_than_a_byte_a_weight(model, q8_graph, fp32_graph):
    assert len(q8_graph.SerializeToString()) < 0.4 * len(fp32_graph.SerializeToString())


def test_rounding_needs_rows_of_its_own_kind(model):
    with pytest.raises(ValueError):
        quantised(model, [])
