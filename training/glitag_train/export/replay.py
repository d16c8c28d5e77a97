"""An exported graph against PyTorch, and the golden.json that `glitag verify` replays."""

import gliclass
import numpy as np
import onnxruntime
import torch
import transformers

from ..checkpoint_folder import Checkpoint
from ..goldens.cases import BIENC, DECODER, SMALL
from ..goldens.record import Difference, run_case, sigmoid

TEXTS = [
    "The product quality is amazing but delivery was slow.",
    "ok",
    "Book a flight from Paris to Berlin tomorrow, please. I love this movie; the acting was terrible though.",
]
LABELS = ["positive", "negative", "product quality", "shipping", "a label of several words", "x"]


def cases_of(architecture: str) -> list[dict]:
    return {"bi-encoder": BIENC, "bi-encoder-fused": BIENC, "decoder-kv": DECODER}.get(architecture, SMALL)


def recorded(found: Checkpoint, session: onnxruntime.InferenceSession, name: str) -> tuple[dict, Difference]:
    """The golden file, and the worst difference of the graph from PyTorch."""
    difference, config = Difference(), found.model.config
    with torch.no_grad():
        cases = [
            run_case(found.model, found.tokenizer, found.label_tokenizer, case, session, difference)
            for case in cases_of(config.architecture_type)
        ]
    return {
        "model": name,
        "gliclass": gliclass.__version__,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "onnxruntime": onnxruntime.__version__,
        "architecture": config.architecture_type,
        "encoder": config.encoder_config.model_type,
        "onnx_inputs": [entry.name for entry in session.get_inputs()],
        "onnx_outputs": [entry.name for entry in session.get_outputs()],
        "onnx_vs_pytorch": difference.summary(),
        "cases": cases,
    }, difference


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
