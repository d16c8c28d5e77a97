"""Upstream's dataset and collator, with the places mended in which they lose or break labels (each says which)."""

import copy
import random
from typing import Any

import torch
from gliclass.data_processing import AugmentationConfig, DataAugmenter, DataCollatorWithPadding, GLiClassDataset

from ..rows import Row, true_labels


def with_retrieved(rows: list[Row]) -> list[Row]:
    """Rows with `rac_examples` become what upstream's pipeline makes of a text and its retrieved examples."""
    return [{**row, "text": " ".join([row["text"], *map(retrieved, filter(labelled, row["rac_examples"]))])} if "rac_examples" in row else row for row in rows]


def labelled(example: dict) -> bool:
    return bool(example["true_labels"])


def retrieved(example: dict) -> str:
    """Upstream has false labels in the order of a set, which another process has otherwise: here it is that of `all_labels`."""
    true = example["true_labels"]
    false = [label for label in dict.fromkeys(example.get("all_labels", [])) if label not in true]
    given, refused = (" ".join(f"<<{mark}>> {label}" for label in labels) for mark, labels in (("TRUE_LABEL", true), ("FALSE_LABEL", false)))
    return f"<<EXAMPLE>> {example['text']} {given} {refused} <</EXAMPLE>>"


class Augmenter(DataAugmenter):
    slots: int | None = None
    """Labels that a row can have at most."""

    def remove_labels(self, true_labels, all_labels):
        """Upstream's can take the only label of a single-label row."""
        true, kept = super().remove_labels(list(true_labels), all_labels)
        if len(true_labels) == 1 and not true:
            true = list(true_labels)
            kept = [*kept, *true]
        return true, kept

    def add_random_labels(self, all_labels):
        """Upstream's can name a label twice, of which a single-label row then loses the first."""
        return list(dict.fromkeys(super().add_random_labels(all_labels)))

    def add_random_examples(self, item):
        """Upstream has the labels of examples that it draws in the order of a set, which another process has otherwise."""
        own = item.get("examples")
        found = super().add_random_examples(item)
        for example in [] if own else found.get("examples", []):
            example["labels"].sort()
        return found

    def augment(self, item):
        """What is true of the item stays so, with its weight, of all labels that are left: upstream takes one that was dropped and came back for false."""
        found = super().augment(item)
        true = item["true_labels"]
        named = {old: new for old, new in self.renamed.items() if old not in found["all_labels"]}
        left = {label: named.get(label, label) for label in true if named.get(label, label) in found["all_labels"]}
        found["true_labels"] = {new: true[old] for old, new in left.items()} if isinstance(true, dict) else list(left.values())
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
        # a weight of nothing is no label of an example
        examples = [{**row, "true_labels": true_labels(row)} for row in rows]
        self.augmenter = Augmenter(augmentation, examples, self.dataset_labels, self.label2description)
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


def check_slots(rows: list[Row], slots: int | None) -> None:
    """Raises SystemExit where a row has more labels."""
    most = max(len(row["all_labels"]) for row in rows)
    if slots is not None and most > slots:
        raise SystemExit(f"A row has {most} labels, but the model takes {slots} at a time (max_num_classes of its config.json).")
