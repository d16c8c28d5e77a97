"""Token rows to measure activations on: texts and labels of a folder of JSON Lines sets, or the lines of a text file."""

import random
from itertools import cycle
from pathlib import Path

from tokenizers import Tokenizer

from ..small_en.data_sets import public_sets

LENGTHS = (48, 48, 48, 192)
"""Tokens taken of texts, in turn: many texts show more than long ones, but long ones must be among them."""


def texts_of(source: Path) -> list[str]:
    """Texts of all sets and their labels, as many labels as a third of the texts: the encoder reads both."""
    if source.is_file():
        try:
            return [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
        except UnicodeDecodeError:
            raise SystemExit(f"{source} is not UTF-8 text.") from None
    found = []
    for group in public_sets(source, most_rows=60):
        texts = [row.text for row in group.rows]
        found += texts + (group.labels or [])[: len(texts) // 3]
    return found


def token_rows(model_folder: Path, source: Path, tokens: int) -> list[list[int]]:
    """Rows of ids with [CLS] and [SEP], in a fixed random order, about `tokens` in all. Raises SystemExit where there are no texts."""
    tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
    tokenizer.no_padding()
    texts = texts_of(source)
    random.Random(0).shuffle(texts)
    rows: list[list[int]] = []
    for text, length in zip(texts, cycle(LENGTHS)):
        tokenizer.enable_truncation(length)
        rows.append(tokenizer.encode(text).ids)
        tokens -= len(rows[-1])
        if tokens <= 0:
            return rows
    if not rows:
        raise SystemExit(f"{source} has no texts to measure activations on. Name a text file with a text a line, or a folder of JSON Lines sets.")
    return rows
