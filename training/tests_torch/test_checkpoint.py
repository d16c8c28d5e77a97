"""`checkpoint`: the embedded model as upstream's programs load it, and what upstream's server needs to be told of such a model."""

import shutil

import pytest
import torch
from command_lines import REPOSITORY
from gliclass import GLiClassModel
from gliclass.pipeline import ZeroShotClassificationPipeline
from safetensors.torch import load_file, save_file
from transformers import AutoTokenizer

from glitag_train.__main__ import main
from glitag_train.checkpoint_folder import read_checkpoint

SHIPPED = REPOSITORY / "models/glitag-small-en"
TEXT = "The invoice shows a charge of 420 EUR twice."
LABELS = ["billing", "hiring", "security vulnerability"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("checkpoint") / "embedded"
    main(["checkpoint", str(SHIPPED), str(out)])
    return out


def pipeline(folder, max_length):
    """As upstream's server makes it (gliclass 0.1.21, serve/server.py:81-93)."""
    model = GLiClassModel.from_pretrained(folder)
    return ZeroShotClassificationPipeline(
        model.eval(), AutoTokenizer.from_pretrained(folder), max_classes=100, max_length=max_length, device=torch.device("cpu"), progress_bar=False
    )


@torch.no_grad()
def asked(pipeline, labels):
    """Each text with a list of labels of its own, as the server asks (serve/server.py:326): [texts][labels] scores."""
    found = pipeline([TEXT] * len(labels), labels, threshold=[0.0] * len(labels), batch_size=len(labels), classification_type="multi-label")
    return [[one["score"] for one in row] for row in found]


def test_upstream_loads_all_of_it(folder):
    mine, theirs = read_checkpoint(SHIPPED).model.state_dict(), GLiClassModel.from_pretrained(folder).state_dict()
    assert mine.keys() == theirs.keys()
    assert all(torch.equal(value, theirs[name]) for name, value in mine.items() if ".pooler." not in name)


def test_a_short_limit_changes_no_score(folder):
    [short], [long] = asked(pipeline(folder, 64), [LABELS]), asked(pipeline(folder, 512), [LABELS])
    assert short == pytest.approx(long, abs=1e-6)
    assert short[0] > 0.9 > 0.1 > max(short[1:])


# What follows upstream may mend: then docs/ARCHITECTURE.md and README.md ask for options that nobody needs any more.


def test_labels_are_padded_to_the_limit_so_that_the_servers_own_is_too_long(folder):
    found = pipeline(folder, 64).pipe.prepare_inputs([TEXT], [LABELS])
    assert found["class_input_ids"].shape == (1, 3, 64)
    with pytest.raises(RuntimeError, match=r"2048.*512"):
        asked(pipeline(folder, 2048), [LABELS])


def test_texts_with_other_numbers_of_labels_share_no_pass(folder):
    with pytest.raises(RuntimeError, match="stack expects each tensor to be equal size"):
        asked(pipeline(folder, 64), [LABELS, LABELS[:2]])


def test_a_checkpoint_that_lacks_weights_is_refused(folder, tmp_path):
    """As one with LoRA adapters is where peft is not installed: the library would draw the encoder by chance."""
    half = tmp_path / "half"
    shutil.copytree(folder, half)
    weights = load_file(half / "model.safetensors")
    save_file({name: value for name, value in weights.items() if "encoder_model.embeddings" not in name}, half / "model.safetensors", {"format": "pt"})
    with pytest.raises(SystemExit, match="half lacks weights that its config.json asks for .model.encoder_model.embeddings"):
        main(["export", str(half), str(tmp_path / "onnx")])
    assert not (tmp_path / "onnx").exists()


def test_a_model_is_no_place_for_its_checkpoint(tmp_path):
    """The file that the checkpoint comes from would be gone."""
    model = tmp_path / "model"
    shutil.copytree(SHIPPED, model)
    with pytest.raises(SystemExit, match="model is there already, and holds no model.safetensors"):
        main(["checkpoint", str(model), str(model)])
    assert (model / "onnx/encoder_q8.onnx").exists()
