"""A training that is killed at any moment goes on to the weights of one that was left alone."""

import json
import random

import numpy as np
import pytest
import toy
from command_lines import glitag_train, killed
from safetensors.numpy import load_file

from glitag_train.__main__ import main

MODEL = "uni-bert-first-simple"
STEPS = 60
CLOSE = 5e-4
"""Mean distance of a weight; biases without a gradient wander off by their own rounding."""
# what is drawn by chance must go on where it was too
SETTINGS = {"max_steps": STEPS, "save_steps": 5, "batch_size": 4, "enable_augmentation": "true", "shuffle_labels": "true", "logging_steps": 1}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return toy.written(tmp_path_factory.mktemp("data"), toy.rows())


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, data):
    out = tmp_path_factory.mktemp("undisturbed") / "run"
    glitag_train("train", data, "--out", out, *toy.options(MODEL, **SETTINGS))
    return load_file(out / "final_model/model.safetensors")


def test_kills_at_random_moments_change_nothing(tmp_path, data, undisturbed):
    out = tmp_path / "run"
    words = ["train", data, "--out", out, *toy.options(MODEL, **SETTINGS)]
    first = random.randint(7, STEPS // 2)
    killed(words, first)
    assert not (out / "final_model").exists(), "nothing half-written is offered"
    # what a kill in the middle of writing leaves behind
    (out / "checkpoint-59").mkdir()
    killed([*words, "--resume"], first + random.randint(1, 20))
    done = glitag_train(*words, "--resume")
    steps = [said["step"] for said in map(json.loads, done.stdout.splitlines()) if said["event"] == "step"]
    assert steps[-1] == STEPS and steps[0] > 1, f"killed after {first}"
    found = load_file(out / "final_model/model.safetensors")
    assert found.keys() == undisturbed.keys()
    # not to the last digit: sums come out in another order where memory lies otherwise
    assert apart(found, undisturbed) < CLOSE, f"killed after {first}"


def test_another_order_of_rows_would_be_seen(tmp_path, data, undisturbed):
    words = ["train", data, "--out", tmp_path / "run", *toy.options(MODEL, **SETTINGS, seed=43)]
    main(list(map(str, words)))
    assert apart(load_file(tmp_path / "run/final_model/model.safetensors"), undisturbed) > 10 * CLOSE


def apart(one: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> float:
    """Mean distance of a weight."""
    found = np.mean(np.concatenate([np.abs(one[name] - other[name]).ravel() for name in other]))
    return float(found)


@pytest.fixture
def started(tmp_path, data):
    """The words of a training of two steps that has ended."""
    words = ["train", data, "--out", tmp_path / "run"]
    main(list(map(str, [*words, *toy.options(MODEL, max_steps=2)])))
    return words


@pytest.mark.parametrize(
    "changed, reason",
    [([], "is not empty"), (["--resume", "--encoder_lr", "1e-4"], r"other options \(encoder_lr\)"), (["--resume", "--seed", "3"], r"\(seed\)")],
)
def test_a_folder_with_another_run_is_refused(started, changed, reason):
    with pytest.raises(SystemExit, match=reason):
        main(list(map(str, [*started, *toy.options(MODEL, max_steps=2), *changed])))


def test_changed_data_is_another_run(started, data, tmp_path):
    other = toy.written(tmp_path, toy.rows()[1:])
    with pytest.raises(SystemExit, match="data_sha256"):
        main(list(map(str, ["train", other, *started[2:], "--resume", *toy.options(MODEL, max_steps=2)])))


def test_bad_data_stops_before_anything_is_written(tmp_path):
    file = toy.written(tmp_path, [*toy.rows(), {"text": "x", "all_labels": ["a"], "true_labels": ["b"]}])
    with pytest.raises(SystemExit, match="line 13: “true_labels” holds “b”"):
        main(list(map(str, ["train", file, "--out", tmp_path / "run", *toy.options(MODEL)])))
    assert not (tmp_path / "run").exists()
