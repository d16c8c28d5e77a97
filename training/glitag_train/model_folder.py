"""A GLiTag model folder in the row-wise 8-bit form, as a PyTorch model that can be trained on, and back."""

import json
from dataclasses import dataclass
from pathlib import Path

import onnx
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from .quantise.layerwise import quantised_again
from .quantise.read_back import EightBitFile, read_eight_bits, unstretched
from .quantise.weights import BiEncoder as Weights
from .quantise.weights import from_tensors, to_tensors
from .small_en.checkpoint import both_encoders, own_name, upstream_name
from .small_en.model import BiEncoder

GRAPH = Path("onnx/encoder_q8.onnx")


@dataclass
class ModelFolder:
    folder: Path
    config: dict
    file: EightBitFile
    tokens: Tokenizer

    @property
    def weights(self) -> Weights:
        """In float, as BERT has them."""
        return unstretched(self.file.model)


def is_model_folder(folder: Path) -> bool:
    return (folder / "config.json").is_file() and (folder / GRAPH).is_file()


def read_model_folder(folder: Path) -> ModelFolder:
    """Raises SystemExit where the folder holds no model of this form."""
    if not is_model_folder(folder):
        raise SystemExit(f"{folder} is no model in the 8-bit form of the embedded one: it has no config.json beside {GRAPH}.")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    encoder = config["encoder_config"]
    try:
        file = read_eight_bits(folder / GRAPH, encoder["num_attention_heads"], encoder["layer_norm_eps"])
    except ValueError as problem:
        raise SystemExit(f"{problem}.") from None
    tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokens.no_padding()
    tokens.no_truncation()
    return ModelFolder(folder, config, file, tokens)


def trainable(found: ModelFolder, frozen: int) -> BiEncoder:
    """The model without its lower `frozen` layers' gradients."""
    encoder = BertModel(BertConfig.from_dict(found.config["encoder_config"]), add_pooling_layer=False)
    model = BiEncoder(encoder, frozen, float(found.file.model.logit_scale))
    # strict: each weight of the one has its place in the other
    model.load_state_dict({own_name(name): torch.tensor(value) for name, value in to_tensors(found.weights).items()})
    return model.eval()


def upstream_state(found: ModelFolder) -> dict[str, torch.Tensor]:
    """All weights under upstream's names. Its class has two encoders; the form holds one, which becomes both."""
    return both_encoders({name: torch.tensor(value) for name, value in to_tensors(found.weights).items()})


def graph_of(found: ModelFolder, model: BiEncoder, token_rows: list[list[int]]) -> onnx.ModelProto:
    """The trained model in 8 bits; `token_rows` show what its activations are like."""
    tensors = {upstream_name(name): value.numpy() for name, value in model.state_dict().items()}
    return quantised_again(found.file, from_tensors(tensors, found.config["encoder_config"]), token_rows)
