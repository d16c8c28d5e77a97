"""The three ways to start: a pretrained encoder with new heads, a checkpoint, random weights; the last is what all other tests do."""

import json

import pytest
import toy
from gliclass import GLiClassModel
from transformers import AutoModel, AutoTokenizer

from glitag_train.__main__ import main
from glitag_train.goldens.models import ENCODERS

WITHOUT_START = ["--max_steps", "3", "--eval_share", "0", "--max_length", "128", "--threads", "1", "--progress", "jsonl"]


@pytest.fixture(scope="module")
def encoders(tmp_path_factory):
    """Folders of tiny encoders as a hub would give them, by kind."""
    root = tmp_path_factory.mktemp("encoders")
    for kind in ("bert", "t5", "qwen3"):
        make_config, make_tokenizer = ENCODERS[kind]
        tokenizer = make_tokenizer()
        AutoModel.from_config(make_config(len(tokenizer), tokenizer.pad_token_id)).save_pretrained(root / kind)
        tokenizer.save_pretrained(root / kind)
    return root


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return toy.written(tmp_path_factory.mktemp("data"), toy.rows())


@pytest.mark.parametrize(
    "kind, architecture, label_kind",
    [
        ("bert", "uni-encoder", None),
        ("bert", "bi-encoder", "bert"),
        ("bert", "bi-encoder-fused", "bert"),
        ("t5", "encoder-decoder", None),
        ("t5", "encoder-decoder-cls", None),
        ("qwen3", "decoder-kv", None),
    ],
)
def test_an_encoder_gets_heads_and_markers(encoders, data, tmp_path, kind, architecture, label_kind):
    label = ["--label_model_name", str(encoders / label_kind)] if label_kind else []
    start = ["--encoder_model_name", str(encoders / kind), *label, "--architecture_type", architecture, "--pooler_type", "first"]
    out = tmp_path / "run"
    main(["train", str(data), "--out", str(out), *start, *WITHOUT_START])
    config = GLiClassModel.from_pretrained(out / "final_model").config
    assert (config.architecture_type, config.pooling_strategy, config.dropout) == (architecture, "first", 0.3)
    marker = AutoTokenizer.from_pretrained(out / "final_model").convert_tokens_to_ids("<<LABEL>>")
    assert (marker == config.class_token_index) == (architecture != "bi-encoder")
    main(["export", str(out / "final_model"), str(tmp_path / "onnx")])
    assert (tmp_path / "onnx/README.md").is_file()


def test_an_adapter_is_refused_where_it_cannot_be_trained(encoders, data, tmp_path):
    """Without peft; with it, where its encoder's files are not beside it."""
    adapter = tmp_path / "adapter"
    adapter.mkdir()
    (adapter / "adapter_config.json").write_text("{}")
    with pytest.raises(SystemExit, match="is a LoRA adapter"):
        main(["train", str(data), "--out", str(tmp_path / "run"), "--encoder_model_name", str(adapter), *WITHOUT_START])
    assert not (tmp_path / "run").exists()


def test_a_checkpoint_goes_on_from_its_weights(data, tmp_path, capsys):
    first, second = tmp_path / "first", tmp_path / "second"
    main(list(map(str, ["train", data, "--out", first, *toy.options("uni-bert-first-simple", max_steps=80)])))
    before = losses(capsys)
    as_before = ["--logging_steps", "1", "--enable_augmentation", "false", "--shuffle_labels", "false"]
    main(["train", str(data), "--out", str(second), "--base", str(first / "final_model"), *WITHOUT_START, *as_before])
    after = losses(capsys)
    assert after[0] < 0.7 * before[0]


def losses(capsys) -> list[float]:
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [one["loss"] for one in said if one["event"] == "step"]
