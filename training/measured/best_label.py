"""Measures how often the best label is the right one: python training/measured/best_label.py DIR GRAPH…

For each graph in the form of the embedded model (encoder_q8.onnx, or fp32 by `quantise --mode fp32`) macro-F1 of the best label on each set of DIR
(JSON Lines with all_labels and one true label; the first 1,000 rows, 256 tokens of a text), and the mean.
"""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from glitag_train.small_en.measure import macro_f1

SHIPPED = Path(__file__).parents[2] / "models/glitag-small-en"
ROWS = 1_000
TOKENS = 256


def best_label_f1(session: onnxruntime.InferenceSession, file: Path) -> float:
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()[:ROWS]]
    labels = list(dict.fromkeys(label for row in rows for label in row["all_labels"]))
    scores = vectors(session, [row["text"] for row in rows], "text_embeddings") @ vectors(session, labels, "class_embeddings").T
    return macro_f1(np.array([labels.index(row["true_labels"][0]) for row in rows]), scores.argmax(1))


def vectors(session: onnxruntime.InferenceSession, texts: list[str], output: str) -> np.ndarray:
    tokens = Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))
    tokens.no_padding()
    tokens.enable_truncation(TOKENS)
    rows = (np.array([each.ids], np.int64) for each in tokens.encode_batch(texts))
    return np.concatenate([session.run([output], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0] for ids in rows])


def main(folder: Path, graphs: list[str]) -> None:
    files = sorted(folder.glob("*.jsonl"))
    options = onnxruntime.SessionOptions()
    # threads that wait turn in circles, which costs others their time
    options.intra_op_num_threads = 1
    print("".join(f"{file.stem[:14]:>16}" for file in files) + f"{'mean':>16}")
    for graph in graphs:
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        figures = [best_label_f1(session, file) for file in files]
        print("".join(f"{figure:16.3f}" for figure in [*figures, np.mean(figures)]) + f"  {graph}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
