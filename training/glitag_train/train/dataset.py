"""Upstream's dataset and collator, with the places mended in which they lose or break labels (each says which)."""

import copy
import random
from typing import Any

import torch
from gliclass.data_processing import AugmentationConfig, DataAugmenter, DataCollatorWithPadding, GLiClassDataset
from gliclass.utils import retrieval_augmented_text

from ..rows import Row


def with_retrieved(rows: list[Row]) -> list[Row]:
    """Rows with `rac_examples` become what upstream's pipeline makes of a text and its retrieved examples."""
    return [{**row, "text": retrieval_augmented_text(row["text"], row["rac_examples"])} if "rac_examples" in row else row for row in rows]


class Augmenter(DataAugmenter):
    slots: int | None = None
    """Labels that a row can have at most."""

    def remove_labels(self, true_labels, all_labels):
        """Upstream's turns weights into a plain list, and can take the only label of a single-label row."""
        _, kept = super().remove_labels(list(true_labels), all_labels)
        if isinstance(true_labels, dict):
            return {label: weight for label, weight in true_labels.items() if label in kept}, kept
        if len(true_labels) == 1 and true_labels[0] not in kept:
            kept = [*kept, true_labels[0]]
        return [label for label in true_labels if label in kept], kept

    def add_random_labels(self, all_labels):
        """Upstream's can name a label twice, of which a single-label row then loses the first."""
        return list(dict.fromkeys(super().add_random_labels(all_labels)))

    def augment(self, item):
        found = super().augment(item)
        true = found["true_labels"]
        named = {old: new for old, new in self.renamed.items() if old not in found["all_labels"]}
        if isinstance(true, dict):
            found["true_labels"] = {named.get(label, label): weight for label, weight in true.items()}
        else:
            found["true_labels"] = [named.get(label, label) for label in true]
        self.renamed = {}
        if self.slots is not None and len(found["all_labels"]) > self.slots:
            wanted = [label for label in found["all_labels"] if label in found["true_labels"]]
            others = [label for label in found["all_labels"] if label not in found["true_labels"]]
            found["all_labels"] = [*wanted, *others][: self.slots]
        return found

    renamed: dict[str, str] = {}

    def add_random_synonyms(self, all_labels):
        """Upstream's renames a label and leaves its true label behind, which then counts as false: `augment` renames that too."""
        found = super().add_random_synonyms(all_labels)
        self.renamed = {old: new for old, new in zip(all_labels, found, strict=True) if old != new}
        return found


class Dataset(GLiClassDataset):
    def __init__(self, rows: list[Row], tokenizer, augmentation: AugmentationConfig, *, smoothing: float, slots: int | None, **given: Any) -> None:
        super().__init__(rows, tokenizer, augmentation, **given)
        self.smoothing = smoothing
        self.augmenter = Augmenter(augmentation, rows, self.dataset_labels, self.label2description)
        self.augmenter.slots = slots
        self.seed, self.epoch = 0, 0

    def __getitem__(self, idx):
        """What is drawn for a row depends on seed, epoch and row alone: batches are read ahead, so a resumed run would draw other things."""
        kept = random.getstate()
        random.seed(f"{self.seed} {self.epoch} {idx}")
        try:
            return super().__getitem__(idx)
        finally:
            random.setstate(kept)

    def _prepare(self, example):
        """On a copy: upstream shuffles the labels of the row itself, so that a resumed run would see another order."""
        return super()._prepare(copy.deepcopy(example))

    def prepare_labels(self, example, label2idx, problem_type):
        """Smoothed by the formula of upstream's focal loss, which its trainer does not reach."""
        found = super().prepare_labels(example, label2idx, problem_type)
        if problem_type == "multi_label_classification" and self.smoothing:
            found = found * (1 - self.smoothing) + 0.5 * self.smoothing
        return found


class Collator(DataCollatorWithPadding):
    """Pads targets to the slots of models that always have the same number: upstream's own loss stops at the difference."""

    def __init__(self, device: torch.device, config, slots: int | None) -> None:
        super().__init__(device=device, config=config)
        self.slots, self.ignored = slots, config.ignore_index

    def __call__(self, batch):
        found = super().__call__(batch)
        labels = found["labels"]
        if self.slots is not None and labels.dim() == 2:
            counts = torch.tensor([len(item["labels"]) for item in batch])
            wide = torch.full((len(labels), self.slots), float(self.ignored))
            wide[:, : labels.shape[1]] = labels
            wide[torch.arange(self.slots) >= counts[:, None]] = self.ignored
            found["labels"] = wide
        return found


def fixed_slots(config) -> int | None:
    """The number of label slots that the model always has; None where a batch decides."""
    if config.architecture_type.startswith("encoder-decoder") or config.max_labels_alloc == "fixed":
        return config.max_num_classes
    return config.max_labels_alloc if isinstance(config.max_labels_alloc, int) else None
