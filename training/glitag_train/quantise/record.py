"""`python -m glitag_train record-shift`: what the fp32 graph says of our own texts, for the golden test of the embedded model.

Texts and label lists are those of training/written. Every third text is cut to its first words, since short texts are where labels lie
closest; none is longer than one chunk of the engine, so the recorded probability is that of one pass.
"""

import argparse
import json
import random
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ..small_en.written_texts import LabelSet, read_sets
from .encoder_graph import encoder_graph, plain_matrices
from .weights import read_model

LONGEST = 200
"""Tokens: the engine's chunks have 256."""
SHORT_WORDS = 5
DIGITS = 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, required=True, help="folder with model.safetensors, config.json and tokenizer.json")
    parser.add_argument("--written", type=Path, required=True, help="training/written")
    parser.add_argument("--out", type=Path, required=True, help="test/golden/embedded/shift.json")
    parser.add_argument("--texts", type=int, default=200)


def from_arguments(arguments: argparse.Namespace) -> None:
    tokenizer = Tokenizer.from_file(str(arguments.model / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    sets = choose(arguments.written, tokenizer, arguments.texts)
    record = [{"labels": found.labels, "texts": found.texts, "probabilities": rows} for found, rows in zip(sets, probabilities(arguments.model, tokenizer, sets))]
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps({"sets": record}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    pairs = sum(len(found.labels) * len(found.texts) for found in sets)
    print(f"{arguments.out}: {pairs} probabilities, {arguments.out.stat().st_size / 1000:.0f} KB")


def choose(written: Path, tokenizer: Tokenizer, count: int) -> list[LabelSet]:
    """Label sets with `count` texts in all, evenly from all sets, the same at every call."""
    draw = random.Random(0)
    sets = [found for path in sorted(written.glob("*.txt")) if not path.name.endswith(".again.txt") for found in read_sets(path)]
    each = -(-count // len(sets))
    chosen: list[LabelSet] = []
    taken = 0
    for found in draw.sample(sets, len(sets)):
        fitting = [text for text in found.texts if len(tokenizer.encode(text).ids) <= LONGEST]
        texts = draw.sample(fitting, min(each, len(fitting), count - taken))
        texts = [" ".join(text.split()[:SHORT_WORDS]) if (taken + index) % 3 == 0 else text for index, text in enumerate(texts)]
        taken += len(texts)
        if texts:
            chosen.append(LabelSet(found.name, found.labels, texts))
    return chosen


def probabilities(folder: Path, tokenizer: Tokenizer, sets: list[LabelSet]) -> list[list[list[float]]]:
    """[sets][texts][labels] of the fp32 graph, every row in a pass of its own."""
    import onnxruntime

    model = read_model(folder)
    graph = encoder_graph(model, model.word, plain_matrices(model))
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])

    def vectors(texts: list[str], output: str) -> np.ndarray:
        rows = [np.array([tokenizer.encode(text).ids], np.int64) for text in texts]
        return np.concatenate([session.run([output], {"input_ids": row, "attention_mask": np.ones_like(row)})[0] for row in rows])

    found = []
    for one in sets:
        logits = vectors(one.texts, "text_embeddings") @ vectors(one.labels, "class_embeddings").T
        found.append(np.round(1 / (1 + np.exp(-logits.astype(np.float64))), DIGITS).tolist())
    return found
