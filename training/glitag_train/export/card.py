"""The README.md of an exported model: what it is, how it was checked, and how to use it."""

import gliclass
import onnx
import onnxruntime
import torch
import transformers


def card(name: str, config, graph: str, precision: str, size: int, checked: list[str]) -> str:
    encoder = config.encoder_config.model_type
    lines = [
        f"# {name}",
        "",
        f"A GLiClass model as an ONNX graph, written by `python -m glitag_train export`. Architecture `{config.architecture_type}`, encoder {encoder}, "
        f"scorer `{config.scorer_type}`, pooler `{config.pooling_strategy}`; {precision}, {size / 1e6:.1f} MB.",
        "",
        {
            "split": "The graph gives the vector of a text or of a label alone, so that GLiTag keeps both.",
            "num-labels": "The graph takes any number of labels; their number is the input `num_labels`.",
            "joint": "The graph takes any number of labels.",
            "fixed": f"The graph takes {config.max_num_classes} labels at most, as its scorer looks at all its slots.",
        }[graph],
        "",
        "## Checked while it was written",
        "",
        *[f"- {line}" for line in checked],
        f"- gliclass {gliclass.__version__}, torch {torch.__version__}, transformers {transformers.__version__}, "
        f"onnx {onnx.__version__}, onnxruntime {onnxruntime.__version__}.",
        "",
        "`glitag verify FOLDER` checks it anew on any machine. What the model was trained on, how good it is and under which licence it may be used is for "
        "its maker to say here.",
        "",
    ]
    return "\n".join(lines)
