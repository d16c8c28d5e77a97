"""The embedded model as it is shipped: a checkpoint out of its file, training on decisions, a kill, and the file again."""

import io
import json
import shutil

import numpy as np
import onnxruntime
import pytest
import torch
from command_lines import REPOSITORY, glitag, killed
from measured.railway_club import decided_rows, written_lines
from tokenizers import Tokenizer

from glitag_train.__main__ import main
from glitag_train.adapt.decided import decided
from glitag_train.checkpoint_folder import read_checkpoint
from glitag_train.export.replay import split_difference
from glitag_train.model_folder import GRAPH, graph_of, read_model_folder, trainable

SHIPPED = REPOSITORY / "models/glitag-small-en"
CLUB = decided_rows()
# heads alone, on few texts: the rest takes minutes
SETTINGS = ["--layers", "0", "--steps", "24", "--threads", "1", "--progress", "jsonl"]


@pytest.fixture(scope="module")
def shipped():
    return onnxruntime.InferenceSession(str(SHIPPED / GRAPH), providers=["CPUExecutionProvider"])


def test_the_checkpoint_out_of_the_file_scores_as_the_file(shipped):
    assert 0 < split_difference(read_checkpoint(SHIPPED), shipped) < 0.05


def test_untrained_it_is_written_again_to_the_bit():
    found = read_model_folder(SHIPPED)
    graph = graph_of(found, trainable(found, frozen=10), [[101, 2054, 102]])
    assert graph.SerializeToString() == (SHIPPED / GRAPH).read_bytes()


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """(words of the command, its folder, what it said when it went on after a kill)"""
    out = tmp_path_factory.mktemp("adapt") / "run"
    data = out.parent / "decided.jsonl"
    data.write_text(written_lines(CLUB), encoding="utf-8")
    words = ["adapt", data, "--base", SHIPPED, "--out", out, *SETTINGS]
    killed(words, 13)
    assert not (out / "model").exists(), "nothing half-written is offered"
    # what a kill in the middle of writing leaves behind
    (out / "progress.pt.part").write_bytes(b"half")
    (out / "model.partial").mkdir()
    return words, out, said([*words, "--resume"])


def said(words: list[object]) -> list[dict]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", lines := io.StringIO())
        main(list(map(str, words)))
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_it_says_how_far_it_is(run):
    words, out, events = run
    assert events[0] == {"event": "data", "rows": 38, "decisions": 40, "labels": 5}
    assert next(event for event in events if event["event"] == "start") == {"event": "start", "step": 10, "steps": 24}
    steps = [event for event in events if event["event"] == "step"]
    assert [event["step"] for event in steps] == list(range(11, 25))
    assert all(event["loss"] > 0 and event["seconds_left"] >= 0 for event in steps)
    assert [event["event"] for event in events[-2:]] == ["write", "done"] and events[-1]["model"] == str(out / "model")


def test_a_kill_changes_nothing(run):
    words, out, _ = run
    other = out.with_name("undisturbed")
    other.mkdir()
    for name in ("training.json", "states.pt"):
        shutil.copyfile(out / name, other / name)
    events = said([other if word == out else word for word in words] + ["--resume"])
    assert any(event.get("step") == 1 for event in events)
    one, same = (onnxruntime.InferenceSession(str(folder / "model" / GRAPH)) for folder in (out, other))
    np.testing.assert_allclose(scores(one), scores(same), atol=2e-3)


def scores(session: onnxruntime.InferenceSession) -> np.ndarray:
    """[decided pairs] of the club's notes."""
    tokens = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    tokens.no_padding()

    def vector(text: str, output: str) -> np.ndarray:
        ids = np.array([tokens.encode(text).ids], np.int64)
        return session.run([output], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]

    labels = {label: vector(label, "class_embeddings") for row in CLUB for label in row["all_labels"]}
    logits = [vector(row["text"], "text_embeddings") @ labels[label] for row in CLUB for label in row["all_labels"]]
    return 1 / (1 + np.exp(-np.array(logits)))


def test_it_learns_what_was_decided_and_glitag_runs_it(run, shipped):
    _, out, _ = run
    truth = np.array([label in row["true_labels"] for row in CLUB for label in row["all_labels"]])
    before, after = (
        -np.log(np.where(truth, found, 1 - found)).mean() for found in (scores(shipped), scores(onnxruntime.InferenceSession(str(out / "model" / GRAPH))))
    )
    assert after < 0.9 * before
    assert glitag("verify", out / "model")["resultMismatches"] == 0


def test_the_folder_of_another_run_is_refused(run):
    words, out, _ = run
    with pytest.raises(SystemExit, match="is not empty"):
        main(list(map(str, words)))
    with pytest.raises(SystemExit, match=r"other options \(rate\)"):
        main(list(map(str, [*words, "--resume", "--rate", "1e-3"])))


def test_what_came_out_can_be_trained_on(run):
    _, out, _ = run
    assert trainable(read_model_folder(out / "model"), frozen=12)


def test_another_model_is_refused_before_anything_is_written(tmp_path):
    data = tmp_path / "rows.jsonl"
    data.write_text(written_lines(CLUB[:1]), encoding="utf-8")
    with pytest.raises(SystemExit, match="no model in the 8-bit form"):
        main(["adapt", str(data), "--base", str(REPOSITORY / "test/golden/models/bi-bert"), "--out", str(tmp_path / "run")])
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    "words, reason", [(["--layers", "13"], "has 12 layers, and --layers names 13"), (["--layers", "-1"], "2"), (["--texts", "0"], "2"), (["--rate", "-1"], "2")]
)
def test_numbers_out_of_bounds_are_refused_before_anything_is_written(tmp_path, words, reason):
    data = tmp_path / "rows.jsonl"
    data.write_text(written_lines(CLUB[:1]), encoding="utf-8")
    with pytest.raises(SystemExit, match=reason):
        main(["adapt", str(data), "--base", str(SHIPPED), "--out", str(tmp_path / "run"), *words])
    assert not (tmp_path / "run").exists()


def test_rows_say_what_is_known_and_nothing_else():
    found = decided(
        [
            {"text": "a", "all_labels": ["x", "y"], "true_labels": ["x"]},
            {"text": "a", "all_labels": ["z"], "true_labels": {"z": 0.75}},
            {"text": "b", "all_labels": ["x"], "true_labels": [], "prompt": "Say:"},
            {"text": "b", "all_labels": ["x"], "true_labels": ["x"], "prompt": "Say:"},
        ]
    )
    assert (found.texts, found.labels, found.decisions) == (["a", "Say: b"], ["x", "y", "z"], 4)
    assert torch.equal(found.known, torch.tensor([[1.0, 1, 1], [1, 0, 0]]))
    assert torch.equal(found.truth, torch.tensor([[1.0, 0, 0.75], [0.5, 0, 0]]))
