"""Upstream's own pipeline (gliclass, PyTorch) as a contestant of upstream.mjs.

usage: upstreamPipeline.py WEIGHTS TEXTS.json LABELS.json
WEIGHTS: folder with config.json, model.safetensors and the tokenizer. Lines on stdin: a batch size each; answered by one line
of JSON each, with the seconds that all texts took. The first line it writes says what runs; the scores of all texts follow on
the word `scores`.
"""

import json
import os
import sys
import time

os.environ["HF_HUB_OFFLINE"] = "1"

import gliclass
import torch
import transformers
from gliclass import GLiClassModel, GLiClassModelConfig, ZeroShotClassificationPipeline
from safetensors.torch import load_file
from transformers import AutoTokenizer

transformers.logging.set_verbosity_error()

# What may be missing of the weights: parts that the forward pass never reads.
UNUSED = ("position_ids", "token_type_ids", "pooler.")


def load(folder):
    config = GLiClassModelConfig.from_pretrained(folder)
    # The tokenizer of the labels is the texts' own; nothing is fetched.
    config.label_model_name = folder
    model = GLiClassModel(config)
    state = {name: tensor.float() for name, tensor in load_file(os.path.join(folder, "model.safetensors")).items()}
    # One encoder serves texts and labels, so the file holds it once.
    for name in list(state):
        if "encoder_model." in name:
            state.setdefault(name.replace("encoder_model.", "label_encoder."), state[name])
    missing, unexpected = model.load_state_dict(state, strict=False)
    missing = [name for name in missing if not any(part in name for part in UNUSED)]
    if missing or unexpected:
        sys.exit(f"The weights in {folder} do not fit: missing {missing[:5]}, unexpected {unexpected[:5]}")
    return model.eval()


def main(folder, texts_file, labels_file):
    with open(texts_file, encoding="utf-8") as file:
        texts = json.load(file)
    with open(labels_file, encoding="utf-8") as file:
        labels = json.load(file)
    torch.set_num_threads(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count())
    model = load(folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    pipeline = ZeroShotClassificationPipeline(
        model, tokenizer, max_length=512, classification_type="multi-label", device="cpu", progress_bar=False
    )

    def classify(batch_size, threshold=0.5):
        return pipeline(texts, labels, threshold=threshold, batch_size=batch_size)

    say(
        {
            "torch": torch.__version__,
            "gliclass": getattr(gliclass, "__version__", "?"),
            "transformers": transformers.__version__,
            "threads": torch.get_num_threads(),
            "attention": model.model.encoder_model.config._attn_implementation,
            "tokens": [len(ids) for ids in tokenizer(texts)["input_ids"]],
        }
    )
    for line in sys.stdin:
        if line.strip() == "scores":
            # A threshold below all scores: every label comes back.
            answers = classify(8, threshold=-1.0)
            say([[next(one["score"] for one in answer if one["label"] == label) for label in labels] for answer in answers])
            continue
        begun = time.perf_counter()
        classify(int(line))
        say({"seconds": time.perf_counter() - begun})


def say(value):
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
