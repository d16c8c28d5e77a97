"""An exported graph against PyTorch, and the golden.json that `glitag verify` replays."""

import numpy as np
import onnxruntime
import torch
from gliclass import GLiClassModelConfig

from ..checkpoint_folder import Checkpoint
from ..goldens.cases import BIENC, DECODER, SMALL
from ..goldens.export_onnx import has_fixed_slots
from ..goldens.golden_file import golden_file
from ..goldens.record import Difference, sigmoid

TEXTS = [
    "The product quality is amazing but delivery was slow.",
    "ok",
    "Book a flight from Paris to Berlin tomorrow, please. I love this movie; the acting was terrible though.",
]
LABELS = ["positive", "negative", "product quality", "shipping", "a label of several words", "x"]


def cases_of(config: GLiClassModelConfig) -> list[dict]:
    found = {"bi-encoder": BIENC, "bi-encoder-fused": BIENC, "decoder-kv": DECODER}.get(config.architecture_type, SMALL)
    # more labels than slots are refused, not run
    return [case for case in found if case["name"] != "labels_50"] if has_fixed_slots(config) else found


def recorded(found: Checkpoint, session: onnxruntime.InferenceSession, name: str) -> tuple[dict, Difference]:
    """The golden file, and the worst difference of the graph from PyTorch."""
    config = found.model.config
    cases = cases_of(config)
    encoder = config.encoder_config.model_type
    return golden_file(name, encoder, cases, found.model, found.tokenizer, found.label_tokenizer, session)


def split_difference(found: Checkpoint, session: onnxruntime.InferenceSession) -> float:
    """Worst difference of a probability from PyTorch's own forward pass, each text and label alone in the graph."""

    def vectors(strings: list[str], tokenizer, output: str) -> np.ndarray:
        rows = []
        for string in strings:
            encoded = tokenizer([string], return_tensors="np")
            feed = {key: encoded[key].astype(np.int64) for key in ("input_ids", "attention_mask")}
            rows.append(session.run([output], feed)[0][0])
        return np.stack(rows)

    labels_of = found.label_tokenizer or found.tokenizer
    logits = vectors(TEXTS, found.tokenizer, "text_embeddings") @ vectors(LABELS, labels_of, "class_embeddings").T
    text = found.tokenizer(TEXTS, padding=True, return_tensors="pt")
    label = labels_of(LABELS, padding=True, return_tensors="pt")
    count = len(TEXTS)
    with torch.no_grad():
        reference = found.model(
            input_ids=text["input_ids"],
            attention_mask=text["attention_mask"],
            class_input_ids=label["input_ids"].expand(count, -1, -1),
            class_attention_mask=label["attention_mask"].expand(count, -1, -1),
            labels_mask=torch.ones(count, len(LABELS)),
        ).logits.numpy()
    return float(np.abs(sigmoid(logits) - sigmoid(reference)).max())
