"""`recipe glitag-small-en` from base weights and texts to a model: small sets, and a base of random weights in the form of the real one."""

import json

import onnx
import pytest
import torch
from command_lines import REPOSITORY, glitag_train
from gliclass import GLiClassModel
from onnx import helper, numpy_helper
from safetensors.torch import load_file
from transformers import BertConfig, BertModel

from glitag_train.small_en.base_weights import GRAPH, TOKENIZER
from glitag_train.small_en.data_sets import INTENTS, DataSet, Row
from glitag_train.small_en.groups import Draw

SHIPPED = REPOSITORY / "models/glitag-small-en"
INTENTS_OF = {"open the door": "open door", "close the door": "close door", "dim the lamp": "dim lamp", "sing a song": "play music"}
SMALL = ["--written-lists", 30, "--kept-back-lists", 6, "--steps", 3, "--report-every", 3]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(0)
    encoder = BertModel(
        BertConfig(vocab_size=30522, hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536), add_pooling_layer=False
    )
    weights = [numpy_helper.from_array(value.numpy(), name) for name, value in encoder.state_dict().items()]
    onnx.save(helper.make_model(helper.make_graph([], "base", [], [], weights)), folder / GRAPH)
    (folder / TOKENIZER).write_bytes((SHIPPED / "tokenizer.json").read_bytes())
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")

    def write(name, rows):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")

    labels = sorted(INTENTS_OF.values())
    write(INTENTS, [{"text": f"{text} {number}", "all_labels": labels, "true_labels": [true]} for number in range(5) for text, true in INTENTS_OF.items()])
    write("uci_sentiment", [{"text": text, "all_labels": ["good", "bad"], "true_labels": [true]} for text, true in (("I like it", "good"), ("awful", "bad"))])
    write("lm_written", [{"task": task, "text": f"note {task}", "all_labels": ["a", "b"], "true_labels": ["a"]} for task in range(30)])
    (folder / "written").mkdir()
    (folder / "written/notes.txt").write_text("=== first\nlabels: c | d\n--- c\nA note.\n=== second\nlabels: c | d\n--- none\nAnother.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory, base, data):
    out = tmp_path_factory.mktemp("recipe") / "run"
    words = ["recipe", "glitag-small-en", "--quick", "--data", data, "--written", data / "written", "--base", base, "--out", out, *SMALL]
    return out, words, glitag_train(*words).stdout


def test_upstream_loads_what_comes_of_it(made):
    out, _, said = made
    assert "states of 22 of 22 texts" in said and "step 3:" in said
    model, loading = GLiClassModel.from_pretrained(out / "model", output_loading_info=True)
    assert all(".pooler." in name for name in loading["missing_keys"]) and not loading["unexpected_keys"]
    weights = model.state_dict()
    for name, value in model.model.encoder_model.state_dict().items():
        assert ".pooler." in f".{name}" or torch.equal(value, weights[f"model.label_encoder.{name}"])
    trained = load_file(out / "trained.safetensors")
    assert {name.split(".")[3] for name in trained if name.startswith("encoder.")} == {"8", "9", "10", "11"}
    assert torch.equal(weights["model.text_projector.linear_1.weight"], trained["text_projector.linear_1.weight"].float())
    assert json.loads((out / "model/config.json").read_text())["calibration"]["label_lists"] == 6


def test_what_is_there_is_not_made_again(made):
    out, words, _ = made
    before = (out / "public.pt").stat().st_mtime_ns
    said = glitag_train(*words).stdout
    assert "goes on at step 3" in said and "states of" not in said
    assert (out / "public.pt").stat().st_mtime_ns == before


def test_intents_are_drawn_as_often_as_it_says():
    rows = [Row("open the door", ["open door"])]
    sets = [DataSet(name, rows, ["open door", "close door"]) for name in (INTENTS, "subj")]
    weights = {weight: Draw(sets, [], written_share=0, intent_weight=weight, seed=0).weights for weight in (1.0, 4.0)}
    assert weights == {1.0: [1.0, 1.0], 4.0: [4.0, 1.0]}
