"""The 8-bit form: for bi-encoders that share one BERT, and said plainly of all others."""

import io
import json
import shutil

import pytest
import toy
from command_lines import glitag

from glitag_train.__main__ import main
from glitag_train.checkpoint_folder import read_checkpoint, write_checkpoint

GOLDEN = toy.MODELS / "bi-bert"


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A checkpoint of the embedded model's shape: one encoder for texts and labels."""
    folder = tmp_path_factory.mktemp("shared")
    start = folder / "start"
    shutil.copytree(GOLDEN, start, ignore=shutil.ignore_patterns("*.onnx", "golden.json"))
    config = json.loads((GOLDEN / "config.json").read_text(encoding="utf-8"))
    config |= {"label_model_config": config["encoder_config"], "pooling_strategy": "first", "normalize_features": True}
    (start / "config.json").write_text(json.dumps(config), encoding="utf-8")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(start / name, start / "label_model" / name)
    data = toy.written(folder, toy.rows())
    words = ["train", data, "--out", folder / "run", *toy.options("bi-bert", **{"from-scratch": start, "max_steps": 2})]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", io.StringIO())
        main(list(map(str, words)))
    found = read_checkpoint(folder / "run/final_model")
    inner = found.model.model
    inner.label_encoder.load_state_dict(inner.encoder_model.state_dict())
    write_checkpoint(found, folder / "shared")
    return folder


def test_the_eight_bit_form_is_checked_and_runs(shared, capsys):
    texts = shared / "texts.txt"
    texts.write_text("\n".join(row["text"] for row in toy.rows() for _ in range(20)), encoding="utf-8")
    main(["export", str(shared / "shared"), str(shared / "q8"), "--precision", "int8", "--data", str(texts)])
    assert "Probabilities differ from PyTorch's by at most" in capsys.readouterr().out
    report = glitag("verify", shared / "q8")
    assert report["resultMismatches"] == 0
    assert "quantised, each token by itself" in report["details"][1]


def test_a_model_with_two_encoders_has_no_eight_bit_form(shared, tmp_path):
    with pytest.raises(SystemExit, match="encoders of their own"):
        main(["export", str(shared / "run/final_model"), str(tmp_path / "q8"), "--precision", "int8", "--data", str(shared)])
    assert not (tmp_path / "q8").exists()


@pytest.mark.parametrize("content, reason", [(b"\n \n", "has no texts to measure activations on"), (b"caf\xe9\n", "is not UTF-8 text")])
def test_texts_that_are_none_are_named(shared, tmp_path, content, reason):
    texts = tmp_path / "texts.txt"
    texts.write_bytes(content)
    with pytest.raises(SystemExit, match=f"texts.txt {reason}"):
        main(["export", str(shared / "shared"), str(tmp_path / "q8"), "--precision", "int8", "--data", str(texts)])
    assert not (tmp_path / "q8").exists()
