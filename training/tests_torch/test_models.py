"""Every architecture, with scorers and poolers of all kinds: trained, loaded by upstream, exported, replayed by `glitag verify`, measured by both."""

import json
import shutil

import onnxruntime
import pytest
import toy
import torch
from command_lines import glitag
from gliclass import GLiClassModel, ZeroShotClassificationPipeline
from transformers import AutoTokenizer

from glitag_train.__main__ import main

MODELS = {
    "uni-bert-first-simple": {},
    "uni-bert-pool-max": {},
    "uni-bert-scorer-weighted-dot": {},
    "uni-bert-scorer-mlp": {},
    "uni-bert-scorer-hopfield": {},
    "uni-bert-scorer-cross-attn": {},
    "uni-bert-lstm": {},
    "uni-modernbert-avg-wdot": {},
    "uni-deberta-textfirst": {},
    "uni-t5-first": {},
    "bi-bert": {"pooler_type": "first"},
    "bi-bert-normalize": {},
    "bi-fused-bert": {},
    "encdec-t5": {},
    "encdec-t5-cls": {},
    "decoderkv-qwen3": {},
}


@pytest.fixture(scope="module", params=MODELS)
def trained(request, tmp_path_factory):
    """Name, folder of the final model, and the losses on the way."""
    folder = tmp_path_factory.mktemp(request.param)
    data = toy.written(folder, toy.rows())
    words = ["train", data, "--out", folder / "run", *toy.options(request.param, **MODELS[request.param])]
    with pytest.MonkeyPatch.context() as patch:
        said = Lines()
        patch.setattr("sys.stdout", said)
        main(list(map(str, words)))
    return request.param, folder, [one["loss"] for one in said.objects() if one["event"] == "step"]


@pytest.fixture(scope="module")
def exported(trained):
    _, folder, _ = trained
    main(["export", str(folder / "run/final_model"), str(folder / "onnx")])
    return folder / "onnx"


def test_the_loss_falls(trained):
    _, _, losses = trained
    assert losses[-1] < 0.95 * losses[0]


def test_upstream_loads_what_was_trained(trained):
    _, folder, _ = trained
    final = folder / "run/final_model"
    # as upstream's README does: folder alone
    model = GLiClassModel.from_pretrained(final)
    tokenizer = AutoTokenizer.from_pretrained(final)
    pipeline = ZeroShotClassificationPipeline(model, tokenizer, max_length=128, device="cpu", progress_bar=False)
    row = toy.rows()[0]
    (found,) = pipeline(row["text"], row["all_labels"], threshold=0.0)
    assert all(0 <= one["score"] <= 1 for one in found) and len(found) == 3
    # all weights are in the file, none was drawn anew
    again = GLiClassModel.from_pretrained(final).state_dict()
    assert all(torch.equal(value, again[key]) for key, value in model.state_dict().items())


def test_glitag_replays_the_export(trained, exported):
    name, _, _ = trained
    report = glitag("verify", exported)
    assert (report["idMismatches"], report["resultMismatches"]) == (0, 0), report["details"]
    if name == "bi-bert":
        assert report["cases"] == 0 and "split-bi-encoder" in report["details"][1]
    else:
        assert report["cases"] >= 12
        assert report["maxProbDiff"] <= 1e-5 and report["maxLogitDiff"] <= 1e-4


@pytest.mark.parametrize("mode", ["multi-label", "single-label"])
def test_evaluate_gives_the_figures_of_glitag_evaluate(trained, exported, capsys, tmp_path, mode):
    _, folder, _ = trained
    rows = [row for row in toy.rows() if mode == "multi-label" or len(row["true_labels"]) == 1]
    # rows more: a prompt, labels that are named twice, marks and half a character in the text, and the confidence form
    rows += [{**rows[0], "prompt": "Which topic?"}, {**rows[0], "all_labels": [*rows[0]["all_labels"], *rows[0]["all_labels"]]}]
    rows += [{**rows[0], "text": "<<LABEL>> jazz \ud83d <<SEP>>"}]
    if mode == "multi-label":
        rows += [{**rows[1], "true_labels": {"music": 0.8, "sports": 0, "politics": 0.4}}]
    data = toy.written(tmp_path, rows)
    main(["evaluate", str(folder / "run/final_model"), str(data), "--json"])
    ours = json.loads(capsys.readouterr().out)
    theirs = glitag("evaluate", data, "--model", exported)
    assert ours["mode"] == theirs["mode"] == mode
    for key, value in flat(theirs).items():
        assert ours[key] == pytest.approx(value, abs=1e-12), key


def flat(report: dict) -> dict[str, float]:
    found = {"rows": report["rows"], "accuracy": report["accuracy"]}
    for average in ("micro", "macro"):
        found |= {f"{average}_{name}": report[average][name] for name in ("f1", "precision", "recall")}
    return found


def test_the_joint_graph_of_a_bi_encoder_runs_too(trained, tmp_path):
    """Also where the checkpoint came from a model with the other graph, as the embedded one's does."""
    name, folder, _ = trained
    if name != "bi-bert":
        return
    checkpoint = tmp_path / "checkpoint"
    shutil.copytree(folder / "run/final_model", checkpoint)
    config = json.loads((checkpoint / "config.json").read_text(encoding="utf-8"))
    (checkpoint / "config.json").write_text(json.dumps({**config, "graph": "split-bi-encoder"}), encoding="utf-8")
    main(["export", str(checkpoint), str(tmp_path / "onnx"), "--graph", "joint"])
    report = glitag("verify", tmp_path / "onnx")
    assert report["cases"] >= 12 and (report["idMismatches"], report["resultMismatches"]) == (0, 0)


def test_half_precision_is_smaller_and_runs(trained, exported):
    name, folder, _ = trained
    if name not in ("uni-bert-first-simple", "bi-bert"):
        return
    main(["export", str(folder / "run/final_model"), str(folder / "half"), "--precision", "fp16"])
    (whole,), (half,) = ((root / "onnx").glob("*.onnx") for root in (exported, folder / "half"))
    # the graph itself is much of so small a model
    assert half.stat().st_size < 0.8 * whole.stat().st_size
    assert onnxruntime.InferenceSession(str(half)).get_inputs()[0].type == "tensor(int64)"
    assert glitag("verify", folder / "half")["resultMismatches"] == 0


@pytest.mark.parametrize("model", ["encdec-t5", "encdec-t5-cls"])
def test_a_scorer_that_looks_at_all_slots_gets_upstreams_number_of_them(tmp_path, model):
    words = ["train", toy.written(tmp_path, toy.rows()), "--out", tmp_path / "run", *toy.options(model, scorer_type="hopfield", max_steps=5)]
    main(list(map(str, words)))
    main(["export", str(tmp_path / "run/final_model"), str(tmp_path / "onnx")])
    report = glitag("verify", tmp_path / "onnx")
    assert (report["cases"], report["idMismatches"], report["resultMismatches"]) == (11, 0, 0)
    assert "takes 25 labels at most" in (tmp_path / "onnx/README.md").read_text(encoding="utf-8")
    many = toy.written(tmp_path, [{**toy.rows()[0], "all_labels": [*toy.rows()[0]["all_labels"], *map(str, range(25))]}])
    with pytest.raises(SystemExit, match="A row has 28 labels, but the model takes 25 at a time"):
        main(["evaluate", str(tmp_path / "run/final_model"), str(many)])


def test_a_graph_that_is_not_pytorchs_is_not_written(trained, tmp_path, monkeypatch):
    name, folder, _ = trained
    if name != "uni-bert-first-simple":
        return
    monkeypatch.setattr("glitag_train.export.command.export", export_of_another)
    out = tmp_path / "onnx"
    with pytest.raises(SystemExit, match="differs from PyTorch"):
        main(["export", str(folder / "run/final_model"), str(out)])
    assert not out.exists() and not list(tmp_path.iterdir())


def export_of_another(model, *rest):
    from glitag_train.goldens.export_onnx import export

    with torch.no_grad():
        model.model.text_projector.linear_2.bias += 0.1
    export(model, *rest)
    with torch.no_grad():
        model.model.text_projector.linear_2.bias -= 0.1


class Lines:
    """Standard output, kept."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        pass

    def objects(self) -> list[dict]:
        return [json.loads(line) for line in self.text.splitlines()]
