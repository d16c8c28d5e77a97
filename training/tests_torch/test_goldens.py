"""A golden model made anew is the committed one: same ids, same results, numbers within the tolerances of `glitag verify`."""

import json

import pytest
from command_lines import REPOSITORY, glitag_train

NAME = "bi-bert"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    out = tmp_path_factory.mktemp("goldens")
    glitag_train("goldens", out, "--only", NAME)
    return json.loads((out / "models" / NAME / "golden.json").read_text(encoding="utf-8"))


def test_a_golden_model_made_anew_says_what_the_committed_one_says(made):
    kept = json.loads((REPOSITORY / "test/golden/models" / NAME / "golden.json").read_text(encoding="utf-8"))
    assert [case["name"] for case in made["cases"]] == [case["name"] for case in kept["cases"]]
    for one, other in zip(made["cases"], kept["cases"], strict=True):
        assert one.get("error") == other.get("error")
        for batch, wanted in zip(one["batches"], other["batches"], strict=True):
            assert batch["input_ids"] == wanted["input_ids"]
            assert batch["class_input_ids"] == wanted["class_input_ids"]
            for row, wanted_row in zip(batch["logits"], wanted["logits"], strict=True):
                assert row == pytest.approx(wanted_row, abs=1e-4)
