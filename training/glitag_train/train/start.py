"""The model to start with: a checkpoint, a pretrained encoder with new heads, or random weights of a configuration."""

import argparse
import json
from pathlib import Path

import torch
from gliclass import GLiClassModel, GLiClassModelConfig
from gliclass.utils import is_module_available
from transformers import AutoConfig, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from ..checkpoint_folder import NO_ENCODER, Checkpoint, read_checkpoint, read_label_tokenizer
from .options import MODEL_DEFAULTS
from .parts import why_not

MARKERS = ["<<LABEL>>", "<<SEP>>", "<<EXAMPLE>>"]
ENCODERS = ("encoder_model", "label_encoder", "encoder_decoder_model", "decoder_model")


def start(options: argparse.Namespace) -> Checkpoint:
    """In training's float32. Raises SystemExit where options do not go together."""
    loss = {
        "problem_type": options.problem_type,
        "focal_loss_alpha": options.focal_loss_alpha,
        "focal_loss_gamma": options.focal_loss_gamma,
        "focal_loss_reduction": options.focal_loss_reduction,
        "contrastive_loss_coef": options.contrastive_loss_coef,
    }
    given = {name: getattr(options, name) for name in MODEL_DEFAULTS if hasattr(options, name)}
    if options.base is not None:
        if given:
            raise SystemExit(f"--{next(iter(given))} cannot change the checkpoint of --base. Leave it out, or start from an encoder.")
        found = read_checkpoint(options.base, **loss)
    elif options.from_scratch is not None:
        found = from_scratch(options.from_scratch, {**in_config(given), **loss})
    else:
        fields = {**in_config({**MODEL_DEFAULTS, **given}), **loss}
        found = from_encoder(options.encoder_model_name, options.label_model_name, fields)
    if (reason := why_not(found.model.config)) is not None:
        raise SystemExit(f"{reason}.")
    if options.attn_implementation:
        for name in ENCODERS:
            if hasattr(found.model.model, name):
                set_attention(getattr(found.model.model, name), options.attn_implementation)
    return found


def set_attention(encoder: PreTrainedModel, name: str) -> None:
    try:
        encoder.set_attn_implementation(name)
    except (ImportError, ValueError) as error:
        raise SystemExit(f"--attn_implementation {name} cannot be used: {error}") from None


def in_config(fields: dict) -> dict:
    return {"pooling_strategy" if name == "pooler_type" else name: value for name, value in fields.items()}


def from_encoder(name: str, label_name: str | None, fields: dict) -> Checkpoint:
    """A folder with an encoder and an adapter for it trains the adapter alone, as upstream has it (uni-encoder, peft)."""
    check_adapter(Path(name))
    architecture = fields["architecture_type"]
    if architecture.startswith("bi-encoder") != (label_name is not None):
        raise SystemExit("--label_model_name is needed for bi-encoders, and for nothing else.")
    tokenizer = of_encoder(AutoTokenizer, name)
    label_config = None if label_name is None else of_encoder(AutoConfig, label_name)
    config = GLiClassModelConfig(
        encoder_config=of_encoder(AutoConfig, name),
        encoder_model=name,
        label_model_name=label_name,
        label_model_config=label_config,
        **add_markers(tokenizer, architecture),
        **fields,
    )
    model = GLiClassModel(config, from_pretrained=True).to(dtype=torch.float32)
    if architecture != "bi-encoder":
        model.resize_token_embeddings(len(tokenizer))
    return Checkpoint(model, tokenizer, read_label_tokenizer(config, Path(name)))


def check_adapter(folder: Path) -> None:
    """Raises SystemExit where there is an adapter that cannot be trained."""
    if not (folder / "adapter_config.json").exists():
        return
    if not is_module_available("peft"):
        raise SystemExit(f"{folder} is a LoRA adapter. Install peft to train it: pip install peft")
    missing = [file for file in ("adapter_model.safetensors", "config.json", "model.safetensors") if not (folder / file).exists()]
    if missing:
        raise SystemExit(f"{folder} is a LoRA adapter that lacks {', '.join(missing)}: the encoder's own files and the adapter's lie in one folder.")


def of_encoder(kind: type[AutoTokenizer | AutoConfig], name: str):
    try:
        return kind.from_pretrained(name)
    except (OSError, ValueError) as error:
        why = str(error).strip().splitlines()[0]
        raise SystemExit(f"There is no encoder in a folder “{name}”, and none of this name could be fetched: {why} Offline, name a folder.") from None


def from_scratch(file: Path, fields: dict) -> Checkpoint:
    folder = file if file.is_dir() else file.parent
    content = json.loads((folder / "config.json" if file.is_dir() else file).read_text(encoding="utf-8"))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    config = GLiClassModelConfig.from_dict({**content, **fields})
    known = tokenizer.convert_tokens_to_ids(MARKERS[0])
    if config.architecture_type != "bi-encoder" and known != config.class_token_index:
        for name, value in add_markers(tokenizer, config.architecture_type).items():
            setattr(config, name, value)
    config.encoder_model_name = config.encoder_model_name or NO_ENCODER
    label_tokenizer = read_label_tokenizer(config, folder)
    model = GLiClassModel(config).to(dtype=torch.float32)
    if config.architecture_type != "bi-encoder" and len(tokenizer) > config.vocab_size:
        model.resize_token_embeddings(len(tokenizer))
    return Checkpoint(model, tokenizer, label_tokenizer)


def add_markers(tokenizer: PreTrainedTokenizerBase, architecture: str) -> dict[str, int]:
    """The markers' ids for the configuration. The plain bi-encoder has none: it gets ids beyond the vocabulary, as upstream gives."""
    if architecture == "bi-encoder":
        label, separator, example = range(len(tokenizer), len(tokenizer) + 3)
    else:
        tokenizer.add_tokens(MARKERS, special_tokens=True)
        label, separator, example = tokenizer.convert_tokens_to_ids(MARKERS)
    return {
        "class_token_index": label,
        "text_token_index": separator,
        "example_token_index": example,
        "sep_token_index": separator,
    }
