"""Rows of upstream's format as what is known of which text and label."""

from dataclasses import dataclass

import torch

from ..rows import Row


@dataclass
class Decided:
    """truth, known: [texts, labels], how true a label is, and 1 where that is known."""

    texts: list[str]
    labels: list[str]
    truth: torch.Tensor
    known: torch.Tensor

    @property
    def decisions(self) -> int:
        return int(self.known.sum())


def decided(rows: list[Row]) -> Decided:
    """A row knows its `all_labels`. Rows of one text add up; of a label that several name, the mean counts.

    A prompt stands before the text, as in upstream's bi-encoder.
    """
    texts = list(dict.fromkeys(map(text_of, rows)))
    labels = list(dict.fromkeys(label for row in rows for label in row["all_labels"]))
    at_text = {text: at for at, text in enumerate(texts)}
    at_label = {label: at for at, label in enumerate(labels)}
    total, count = torch.zeros(2, len(texts), len(labels))
    for row in rows:
        true = row["true_labels"]
        weights = true if isinstance(true, dict) else dict.fromkeys(true, 1.0)
        for label in dict.fromkeys(row["all_labels"]):
            place = at_text[text_of(row)], at_label[label]
            total[place] += weights.get(label, 0.0)
            count[place] += 1
    return Decided(texts, labels, total / count.clamp(min=1), (count > 0).float())


def text_of(row: Row) -> str:
    return f"{row['prompt']} {row['text']}" if row.get("prompt") else row["text"]
