"""A GLiClass checkpoint with its tokenizers, and how they are written so that upstream loads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from gliclass import GLiClassModel, GLiClassModelConfig
from safetensors.torch import save_file
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from .model_folder import is_model_folder, read_model_folder, upstream_state
from .whole_folder import whole_folder

LABEL_FOLDER = "label_model"
NO_ENCODER = "none"
"""Name of an encoder that comes from no folder: upstream looks for an adapter there."""


@dataclass
class Checkpoint:
    model: GLiClassModel
    tokenizer: PreTrainedTokenizerBase
    label_tokenizer: PreTrainedTokenizerBase | None
    """Of the label encoder of a bi-encoder."""


def read_config(folder: Path) -> GLiClassModelConfig:
    if not (folder / "config.json").is_file():
        raise SystemExit(f"{folder} is no GLiClass checkpoint: it has no config.json.")
    return GLiClassModelConfig.from_pretrained(folder)


def read_label_tokenizer(config: GLiClassModelConfig, folder: Path) -> PreTrainedTokenizerBase | None:
    """The one beside the checkpoint, which the configuration then names too, since upstream's pipeline asks it; else the one it names."""
    if config.label_model_name is None or not config.architecture_type.startswith("bi-encoder"):
        return None
    beside = folder.absolute() / LABEL_FOLDER
    if beside.is_dir():
        config.label_model_name = str(beside)
    return AutoTokenizer.from_pretrained(config.label_model_name)


def read_checkpoint(folder: Path, **changed: object) -> Checkpoint:
    """In float32 and evaluation mode; `changed` are fields of the configuration to set."""
    config = read_config(folder)
    for name, value in changed.items():
        setattr(config, name, value)
    if not any(folder.glob("*.safetensors*")) and not any(folder.glob("pytorch_model*.bin*")):
        return from_model_folder(folder, config)
    model, loading = GLiClassModel.from_pretrained(folder, config=config, dtype=torch.float32, output_loading_info=True)
    if missing := without_poolers(drawn(model, loading["missing_keys"])):
        named = ", ".join(missing[:3])
        raise SystemExit(f"{folder} lacks weights that its config.json asks for ({named}). If it has LoRA adapters, install peft: pip install peft")
    return Checkpoint(model.eval(), AutoTokenizer.from_pretrained(folder), read_label_tokenizer(model.config, folder))


def from_model_folder(folder: Path, config: GLiClassModelConfig) -> Checkpoint:
    """Weights out of the 8-bit file of a model that GLiTag runs. Texts and labels have one encoder and one tokenizer there."""
    if not is_model_folder(folder):
        raise SystemExit(f"{folder} holds no weights (model.safetensors). Name the folder of a PyTorch checkpoint, or of a model like the embedded one.")
    config.label_model_name = str(folder.absolute())
    model = GLiClassModel(config)
    lacking = model.load_state_dict(upstream_state(read_model_folder(folder)), strict=False)
    if unknown := [*lacking.unexpected_keys, *without_poolers(lacking.missing_keys)]:
        raise SystemExit(f"{folder} holds a model of another shape than its config.json says: {', '.join(unknown[:3])}.")
    tokenizer = AutoTokenizer.from_pretrained(folder)
    return Checkpoint(model.eval(), tokenizer, tokenizer)


def drawn(model: GLiClassModel, missing: set[str]) -> list[str]:
    """Of weights that a file lacks, those that the library drew by chance: others are the same tensor as one that it had, as T5's embeddings are."""
    state = model.state_dict()
    known = {value.data_ptr() for name, value in state.items() if name not in missing}
    return [name for name in missing if state[name].data_ptr() not in known]


def without_poolers(names: Iterable[str]) -> list[str]:
    """BERT's own pooler is asked for nothing."""
    return sorted(name for name in names if ".pooler." not in name)


def without_adapters(found: Checkpoint) -> Checkpoint:
    """LoRA adapters become part of the weights that they change: upstream then needs neither peft nor their folder."""
    inner, config = found.model.model, found.model.config
    for name in ("encoder_model", "label_encoder", "decoder_model"):
        part = getattr(inner, name, None)
        if hasattr(part, "merge_and_unload"):
            setattr(inner, name, part.merge_and_unload())
            config.encoder_model_name = NO_ENCODER
    return found


def write_checkpoint(found: Checkpoint, folder: Path) -> None:
    """All or nothing: what was at `folder` stays until the new files are whole.

    Upstream's pipeline asks the configuration for the label encoder's tokenizer, so it is written with the absolute path of the copy.
    """
    config = found.model.config
    with whole_folder(folder, holds="model.safetensors") as partial:
        if found.label_tokenizer is not None:
            found.label_tokenizer.save_pretrained(partial / LABEL_FOLDER)
            config.label_model_config.save_pretrained(partial / LABEL_FOLDER)
            config.label_model_name = str(folder.absolute() / LABEL_FOLDER)
        found.model.save_pretrained(partial)
        write_all_weights(found.model, partial)
        found.tokenizer.save_pretrained(partial)


def write_all_weights(model: GLiClassModel, folder: Path) -> None:
    """Embeddings that a T5 encoder-decoder shares between its halves are written once by the library, and drawn anew when it is loaded."""
    if not model.config.architecture_type.startswith("encoder-decoder"):
        return
    state = {name: value.detach().clone().contiguous() for name, value in model.state_dict().items()}
    save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
