"""The row-wise 8-bit form of the embedded model, for other models of its shape."""

from pathlib import Path

import onnx
import torch

from ..checkpoint_folder import Checkpoint
from ..quantise.command import TOKENS
from ..quantise.layerwise import quantised
from ..quantise.texts import token_rows
from ..quantise.weights import read_model


def why_not_eight_bits(found: Checkpoint, not_split: str | None) -> str | None:
    """What keeps the model from it; `not_split` is what keeps it from a split graph."""
    if not_split is not None:
        return not_split
    config = found.model.config
    encoder = config.encoder_config
    if encoder.model_type != "bert" or encoder.hidden_act != "gelu":
        return f"the encoder {encoder.model_type} ({getattr(encoder, 'hidden_act', 'no gelu')}) is not BERT-like"
    if not config.normalize_features:
        return "normalize_features is false"
    own, label = (part.state_dict() for part in (found.model.model.encoder_model, found.model.model.label_encoder))
    own, label = ({name: value for name, value in part.items() if "pooler" not in name} for part in (own, label))
    if own.keys() != label.keys() or not all(torch.equal(value, label[name]) for name, value in own.items()):
        return "texts and labels have encoders of their own, and the form holds one"
    return None


def eight_bit_graph(checkpoint: Path, data: Path) -> onnx.ModelProto:
    return quantised(read_model(checkpoint), token_rows(checkpoint, data, TOKENS))
