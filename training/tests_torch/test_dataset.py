"""What becomes of a row: weights, smoothing, retrieved examples, dropped labels, slots; and trainings of other kinds than the usual."""

import json
import random

import pytest
import toy
import torch
from gliclass.data_processing import AugmentationConfig
from gliclass.utils import retrieval_augmented_text
from transformers import AutoTokenizer

from glitag_train.__main__ import main
from glitag_train.train.dataset import Augmenter, Collator, Dataset, with_retrieved

MODEL = "uni-bert-first-simple"
ROW = {"text": "a", "all_labels": ["x", "y", "z"], "true_labels": {"x": 0.7, "z": 0.2}}
OFF = AugmentationConfig(enabled=False)


@pytest.fixture(scope="module")
def tokenizer():
    return AutoTokenizer.from_pretrained(toy.MODELS / MODEL)


def dataset(rows, tokenizer, augmentation=OFF, smoothing=0.0, **given):
    return Dataset(rows, tokenizer, augmentation, smoothing=smoothing, slots=None, architecture_type="uni-encoder", **given)


def test_weights_reach_the_loss_whatever_the_order_of_labels(tokenizer):
    found = dataset([ROW], tokenizer)[0]
    wanted = {"x": 0.7, "y": 0.0, "z": 0.2}
    assert found["labels"].tolist() == pytest.approx([wanted[label] for label in found["labels_text"]])


def test_smoothing_draws_targets_towards_a_half(tokenizer):
    plain, smooth = (dataset([ROW], tokenizer, smoothing=share)[0]["labels"] for share in (0.0, 0.2))
    assert smooth.tolist() == pytest.approx((plain * 0.8 + 0.1).tolist())


def test_weights_stay_where_labels_are_dropped(tokenizer):
    dropping = AugmentationConfig(random_label_removal_prob=1, random_label_addition_prob=0, random_text_addition_prob=0)
    dropping.random_add_description_prob = dropping.random_add_synonyms_prob = dropping.random_add_examples_prob = 0
    data = dataset([ROW], tokenizer, dropping)
    counts = set()
    for epoch in range(20):
        data.epoch = epoch
        found = data[0]
        counts.add(len(found["labels_text"]))
        for label, target in zip(found["labels_text"], found["labels"].tolist(), strict=True):
            assert target == pytest.approx(ROW["true_labels"].get(label, 0.0))
    assert len(counts) > 1, "labels were dropped in some epochs"


def test_a_true_label_that_was_dropped_and_comes_back_is_true(tokenizer):
    changing = AugmentationConfig(random_label_removal_prob=1, random_label_addition_prob=1, random_text_addition_prob=0)
    changing.random_add_description_prob = changing.random_add_synonyms_prob = changing.random_add_examples_prob = 0
    data = dataset([ROW], tokenizer, changing)
    for data.epoch in range(40):
        found = data[0]
        for label, target in zip(found["labels_text"], found["labels"].tolist(), strict=True):
            assert target == pytest.approx(ROW["true_labels"].get(label, 0.0)), data.epoch


def test_drawn_examples_have_their_true_labels_in_one_order(tokenizer):
    """A set's order would differ from process to process, and a resumed training with it."""
    drawing = AugmentationConfig(random_add_examples_prob=1, random_label_removal_prob=0, random_label_addition_prob=0)
    drawing.random_text_addition_prob = drawing.random_add_description_prob = drawing.random_add_synonyms_prob = 0
    names = [f"label {number}" for number in range(9)]
    data = dataset([{"text": "a", "all_labels": names, "true_labels": {name: 1.0 for name in names[1:]} | {names[0]: 0.0}}], tokenizer, drawing)
    (example,) = data.augmenter.augment(dict(data._data[0]))["examples"]
    assert example["labels"] == names[1:]


def test_the_one_label_of_a_row_is_never_dropped():
    augmenter = Augmenter(OFF, [], [])
    for seed in range(30):
        random.seed(seed)
        true, kept = augmenter.remove_labels(["x"], ["w", "x", "y", "z"])
        assert true == ["x"] and "x" in kept


def test_a_label_that_is_renamed_stays_true():
    named = {"x": {"synonyms": ["ex"]}}
    config = AugmentationConfig(random_add_synonyms_prob=1, random_label_removal_prob=0, random_label_addition_prob=0)
    config.random_text_addition_prob = config.random_add_description_prob = config.random_add_examples_prob = 0
    augmenter, seen = Augmenter(config, [], [], named), set()
    for seed in range(20):
        random.seed(seed)
        found = augmenter.augment({"text": "a", "all_labels": ["x", "y"], "true_labels": ["x"]})
        seen.add(found["all_labels"][0])
        assert found["true_labels"] == found["all_labels"][:1]
    assert seen == {"x", "ex"}


def test_a_row_is_drawn_by_seed_and_epoch_and_left_as_it_was(tokenizer):
    before = json.dumps(ROW)
    data = dataset([ROW], tokenizer)
    again = [data[0]["labels_text"] for _ in range(5)]
    assert all(one == again[0] for one in again)
    orders = set()
    for data.epoch in range(12):
        orders.add(tuple(data[0]["labels_text"]))
    assert len(orders) > 1
    assert json.dumps(ROW) == before


def test_retrieved_examples_are_laid_into_the_text_as_the_pipeline_does():
    retrieved = [{"text": "e", "true_labels": ["x"], "all_labels": ["x", "y"]}]
    (found,) = with_retrieved([{**ROW, "rac_examples": retrieved}])
    assert found["text"] == retrieval_augmented_text("a", retrieved) != "a"


def test_labels_of_retrieved_examples_stand_in_the_order_of_the_row():
    retrieved = [{"text": "e", "true_labels": ["x"], "all_labels": ["z", "x", "q", "p", "z"]}, {"text": "no label", "true_labels": []}]
    (found,) = with_retrieved([{**ROW, "rac_examples": retrieved}])
    assert found["text"] == "a <<EXAMPLE>> e <<TRUE_LABEL>> x <<FALSE_LABEL>> z <<FALSE_LABEL>> q <<FALSE_LABEL>> p <</EXAMPLE>>"


def test_targets_are_padded_to_slots_that_do_not_count():
    config = type("Config", (), {"ignore_index": -100, "max_labels_alloc": "dynamic"})
    batch = [{"labels": torch.ones(count), "labels_text": ["l"] * count} for count in (1, 3)]
    found = Collator(torch.device("cpu"), config, 5)(batch)["labels"]
    assert found.tolist() == [[1, -100, -100, -100, -100], [1, 1, 1, -100, -100]]


@pytest.mark.parametrize(
    "extra",
    [
        ["--problem_type", "single_label_classification", "--eval_share", "0.4"],
        ["--focal_loss_alpha", "0.6", "--focal_loss_gamma", "2", "--contrastive_loss_coef", "0.1", "--label_smoothing", "0.1"],
        ["--scorer_type", "mlp", "--pooler_type", "rms", "--class_token_pooling", "average", "--attn_implementation", "eager"],
        ["--use_ewc", "--prev_data_path", "DATA", "--ewc_lambda", "10"],
        # the default, which is longer than this encoder can read
        ["--max_length", "1024"],
        ["--gradient_accumulation_steps", "2", "--batch_size", "3", "--lr_scheduler_type", "cosine", "--enable_augmentation", "true"],
    ],
)
def test_other_trainings_run_and_their_loss_falls(tmp_path, capsys, extra):
    content = [row for row in toy.rows() if len(row["true_labels"]) == 1]
    for row in content[:2]:
        row |= {"prompt": "Which topic?", "examples": [{"text": "a goal", "labels": ["sports"]}]}
    content[2]["text"] += " and jazz" * 400
    data = toy.written(tmp_path, content)
    words = ["train", data, "--out", tmp_path / "run", *toy.options(MODEL, max_steps=40), *extra]
    main([str(data) if word == "DATA" else str(word) for word in words])
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    losses = [one["loss"] for one in said if one["event"] == "step"]
    assert losses[-1] < losses[0]
    assert said[-1]["event"] == "done" and ("micro_f1" in said[-1]) == ("--eval_share" in extra)


def test_a_step_that_fails_ends_the_training(tmp_path, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("no memory")

    monkeypatch.setattr("gliclass.GLiClassModel.forward", broken)
    data = toy.written(tmp_path, toy.rows())
    with pytest.raises(SystemExit, match="training step failed"):
        main(list(map(str, ["train", data, "--out", tmp_path / "run", *toy.options(MODEL)])))
    assert not (tmp_path / "run/final_model").exists()


@pytest.mark.parametrize(
    "extra, reason",
    [
        (["--labels_desc_path", "DATA"], "must be a JSON list of {label"),
        (["--attn_implementation", "flash_of_genius"], "--attn_implementation flash_of_genius cannot be used"),
        (["--encoder_model_name", "nobody/none"], "no encoder in a folder “nobody/none”, and none of this name could be fetched"),
        (["--base", str(toy.MODELS / MODEL), "--scorer_type", "mlp"], "--scorer_type cannot change the checkpoint"),
        (["--scorer_type", "cross-attn"], "--scorer_type cross-attn needs --pooler_type pass"),
        (["--pooler_type", "pass"], "no other scorer takes it"),
        (["--squeeze_layers", "true"], "--squeeze_layers true cannot be trained"),
        (["--encoder_layer_id", "1"], "--encoder_layer_id cannot be trained"),
        (["--eval_share", "1"], "2"),
        (["--batch_size", "0"], "2"),
        (["--encoder_lr", "-1"], "2"),
    ],
)
def test_options_that_cannot_be_are_refused_and_leave_no_folder(tmp_path, monkeypatch, extra, reason):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    data = toy.written(tmp_path, toy.rows())
    start = [] if {"--base", "--encoder_model_name"} & {*extra} else ["--from-scratch", str(toy.MODELS / MODEL / "config.json")]
    words = ["train", str(data), *start, "--out", str(tmp_path / "run"), *extra]
    with pytest.raises(SystemExit, match=reason):
        main([str(data) if word == "DATA" else word for word in words])
    assert not (tmp_path / "run").exists()
