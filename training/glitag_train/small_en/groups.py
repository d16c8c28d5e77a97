"""Draws training groups: a handful of texts, one list of labels for all of them, and which label is true of which text."""

import random
from dataclasses import dataclass

import torch

from .data_sets import INTENTS, DataSet, Row

TEMPLATES = ["{}"] * 16 + ["This text is about {}.", "topic: {}", "about {}", "This example is {}."]
# How users name the groups of a hierarchy; the model reads `parent.label`.
PARENTS = "topic type kind tone area subject category field status sentiment tag about project doc".split()
MOST_LABELS = 48


@dataclass
class Group:
    """truth, known: [texts, labels], 1 where a label is true, and where it is known whether it is."""

    texts: list[str]
    labels: list[str]
    truth: torch.Tensor
    known: torch.Tensor
    written: bool


class Draw:
    def __init__(self, public: list[DataSet], written: list[DataSet], written_share: float, intent_weight: float, seed: int) -> None:
        self.random = random.Random(seed)
        self.public, self.written, self.written_share = public, written, written_share
        self.weights = [len(found.rows) ** 0.5 * (intent_weight if found.name == INTENTS else 1) for found in public]
        self.all_labels = [label for found in (*public, *written) for label in found.labels or ()]

    def worded(self, found: DataSet, label: str) -> str:
        """The label as some user would write it."""
        r = self.random
        if (wordings := found.wordings.get(label)) and r.random() < 0.5:
            label = r.choice(wordings)
        chance = r.random()
        if chance < 0.1:
            return label.title()
        if chance < 0.13:
            return label.upper()
        if chance < 0.28:
            return label.lower()
        return label.replace("_", " ") if chance < 0.8 else label

    def group(self, size: int) -> Group:
        if self.written and self.random.random() < self.written_share:
            found = self.random.choice(self.written)
            rows = self.random.sample(found.rows, min(size, len(found.rows)))
            return self._closed(found, rows, written=True)
        found = self.random.choices(self.public, self.weights)[0]
        return self._closed(found, [self.random.choice(found.rows) for _ in range(size)], written=False)

    def _closed(self, found: DataSet, rows: list[Row], written: bool) -> Group:
        r = self.random
        paths = bool(rows[0].paths) and r.random() < 0.15
        true = [row.paths if paths and row.paths else row.true for row in rows]
        labels = sorted({label for each in true for label in each})
        closed = found.labels is not None and not paths
        if closed:
            rest = [label for label in found.labels or () if label not in labels]
            r.shuffle(rest)
            labels += rest if written else rest[: r.choice([0, 4, 12, 24])]
        else:
            labels += [label for row in rows for label in row.near[:3]]
        labels = list(dict.fromkeys(labels))
        if written and r.random() < 0.5:  # part of the list, so that no label leans on its company
            labels = r.sample(labels, r.randint(min(4, len(labels)), len(labels)))
        if len(labels) > MOST_LABELS:
            needed = list({r.choice(each) for each in true if each})
            labels = needed + [label for label in labels if label not in needed][: max(0, MOST_LABELS - len(needed))]
        foreign = [label for label in r.sample(self.all_labels, r.choice([0, 2, 6])) if label not in labels]
        template = r.choice(TEMPLATES)
        truth = torch.zeros(len(rows), len(labels) + len(foreign))
        known = torch.ones_like(truth)
        for i, (row, given) in enumerate(zip(rows, true)):
            right, near, unknown = {*given, *row.true}, set(row.near), set(row.unknown)
            for j, label in enumerate(labels):
                if label in right:
                    truth[i, j] = 1
                elif label in unknown or (not closed and label not in near and r.random() < 0.5):
                    known[i, j] = 0
            # a foreign label may be true by chance: for our own documents too often to be taught as false
            known[i, len(labels) :] = 0.3 if written else 1
        words = [template.format(label if paths else self.worded(found, label)) for label in labels]
        if written and r.random() < 0.3:  # a parent says little: the same label must do with any, and without
            parents = r.sample(PARENTS, r.randint(1, 3))
            words = [f"{r.choice(parents)}.{word}" for word in words]
        return Group([row.text for row in rows], words + [template.format(label) for label in foreign], truth, known, written)
