"""What is measured while training: kept-back label sets of our own, and whole public sets that are never trained on."""

import random
from dataclasses import dataclass

import numpy as np
import torch

from .data_sets import DataSet


@dataclass
class Quality:
    """Multi-label figures over all (text, label) pairs of the kept-back sets, and macro-F1 of the best label on the watched sets."""

    average_precision: float
    micro_f1: float
    calibration_error: float
    zero_shot: float

    def __str__(self) -> str:
        return (
            f"AP {self.average_precision:.3f}  micro-F1 at .5 {self.micro_f1:.3f}  "
            f"calibration error {self.calibration_error:.3f}  zero-shot macro-F1 {self.zero_shot:.3f}"
        )


def average_precision(scores: np.ndarray, truth: np.ndarray) -> float:
    """Mean over the true pairs of the precision at their rank."""
    hits = truth[np.argsort(-scores, kind="stable")]
    return float((hits.cumsum() / np.arange(1, len(hits) + 1) * hits).sum() / hits.sum())


def micro_f1(scores: np.ndarray, truth: np.ndarray, threshold: float = 0.5) -> float:
    chosen = scores >= threshold
    return float(2 * (chosen * truth).sum() / (chosen.sum() + truth.sum()))


def calibration_error(scores: np.ndarray, truth: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: |mean score - share of true| over bins of equal width, weighted by their size."""
    at = np.minimum((scores * bins).astype(int), bins - 1)
    return float(sum(abs(scores[at == b].sum() - truth[at == b].sum()) for b in range(bins)) / len(scores))


def macro_f1(gold: np.ndarray, chosen: np.ndarray) -> float:
    each = []
    for label in np.union1d(gold, chosen):
        right = ((gold == label) & (chosen == label)).sum()
        each.append(2 * right / ((gold == label).sum() + (chosen == label).sum()))
    return float(np.mean(each))


def pairs(score, sets: list[DataSet]) -> list[tuple[np.ndarray, np.ndarray]]:
    """(scores, truth) of each set, flattened over texts and labels; `score` takes texts and labels, gives probabilities."""
    out = []
    for found in sets:
        labels = found.labels or []
        truth = np.array([[label in row.true for label in labels] for row in found.rows], float)
        out.append((score([row.text for row in found.rows], labels).numpy().ravel(), truth.ravel()))
    return out


def watched_rows(found: DataSet, most: int) -> DataSet:
    rows = [row for row in found.rows if len(row.true) == 1]
    return DataSet(found.name, random.Random(1).sample(rows, min(most, len(rows))), found.labels)


def measure(score, kept_back: list[DataSet], watched: list[DataSet]) -> Quality:
    """`score(texts, labels)` -> probabilities [texts, labels]."""
    with torch.no_grad():
        found = pairs(score, kept_back)
        scores, truth = (np.concatenate(part) for part in zip(*found))
        f1 = []
        for each in watched:
            labels = each.labels or []
            gold = np.array([labels.index(row.true[0]) for row in each.rows])
            f1.append(macro_f1(gold, score([row.text for row in each.rows], labels).numpy().argmax(1)))
    return Quality(average_precision(scores, truth), micro_f1(scores, truth), calibration_error(scores, truth), float(np.mean(f1)))
