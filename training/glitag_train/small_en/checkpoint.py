"""Trained weights as files: the trained part alone (kept in the repository), and upstream's model folder put together from it.

Upstream's class holds two encoders; ours are one, which a model folder therefore holds twice: what upstream does not find there it
fills with random numbers. Large matrices are half precision.
"""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from ..quantise.weights import ENCODER, HEADS
from . import base_weights

LABEL_ENCODER = "model.label_encoder."


def own_name(name: str) -> str:
    """Upstream's name of a weight -> its name in `small_en.model.BiEncoder`."""
    return "encoder." + name.removeprefix(ENCODER) if name.startswith(ENCODER) else name.removeprefix("model.")


def upstream_name(name: str) -> str:
    return ENCODER + name.removeprefix("encoder.") if name.startswith("encoder.") else "model." + name


def _half(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.detach().contiguous().half() if tensor.dim() == 2 else tensor.detach().contiguous().float()


def save_trained(state: dict[str, torch.Tensor], file: Path) -> None:
    """`state`: names as in BiEncoder, the trained ones alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    save_file({name: _half(value) for name, value in state.items()}, file)


def upstream_state(base: Path, trained: Path) -> dict[str, torch.Tensor]:
    """All weights under upstream's names: the base's, and in their place the trained ones."""
    state = {f"{ENCODER}{name}": value for name, value in base_weights.encoder(base).state_dict().items()}
    for name, value in load_file(trained).items():
        if name.split(".")[0] not in ("encoder", *HEADS, "logit_scale"):
            raise ValueError(f"{trained}: {name} belongs to no part of the model")
        state[upstream_name(name)] = value
    return both_encoders({name: _half(value) for name, value in state.items() if "position_ids" not in name and "token_type_ids" not in name})


def both_encoders(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """`state` with the texts' encoder as the labels' too, under upstream's names."""
    return {**state, **{LABEL_ENCODER + name.removeprefix(ENCODER): value.clone() for name, value in state.items() if name.startswith(ENCODER)}}


def assemble(base: Path, trained: Path, like: Path, out: Path, calibration: dict | None = None) -> None:
    """A folder that upstream reads: weights from `base` and `trained`, configuration and tokenizer from the folder `like`.

    `calibration` says in the configuration what was turned to make .5 mean .5; the weights hold it already.
    """
    out.mkdir(parents=True, exist_ok=True)
    state = upstream_state(base, trained)
    save_file(state, out / "model.safetensors", metadata={"format": "pt"})
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copyfile(like / name, out / name)
    config = json.loads((like / "config.json").read_text(encoding="utf-8"))
    config["logit_scale_init_value"] = float(state["model.logit_scale"])
    if calibration:
        config["calibration"] = calibration
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
