"""The content of a golden file: what upstream's pipeline makes of some cases, and how far the graph is from it."""

import gliclass
import onnxruntime
import torch
import transformers

from .record import Difference, run_case


def golden_file(name, encoder, cases, model, tokenizer, label_tokenizer, session):
    """The file's content, and the worst difference of the graph from PyTorch."""
    difference = Difference()
    with torch.no_grad():
        results = [run_case(model, tokenizer, label_tokenizer, case, session, difference) for case in cases]
    return {
        "model": name,
        "gliclass": gliclass.__version__,
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "onnxruntime": onnxruntime.__version__,
        "architecture": model.config.architecture_type,
        "encoder": encoder,
        "onnx_inputs": [entry.name for entry in session.get_inputs()],
        "onnx_outputs": [entry.name for entry in session.get_outputs()],
        "onnx_vs_pytorch": difference.summary(),
        "cases": results,
    }, difference
