"""Upstream's trainer, which stops at a failed step in place of counting it as a loss of nothing, and says how far it is."""

import time
from typing import TextIO

import torch
from gliclass.training import Trainer as UpstreamTrainer
from torch.utils.data import WeightedRandomSampler
from transformers import TrainerCallback

from ..progress import Reporter
from .dataset import Dataset


class Trainer(UpstreamTrainer):
    slots: int | None = None
    """Label slots of models that always have the same number."""

    def compute_loss(self, model, inputs, *args, **kwargs):
        """Upstream's cross-entropy asks the model for a number of labels that is never set, and fails."""
        if model.config.problem_type == "single_label_classification":
            model.model.num_labels = self.slots or inputs["max_num_classes"]
        return super().compute_loss(model, inputs, *args, **kwargs)

    def training_step(self, model, inputs, *args, **kwargs):
        loss = super().training_step(model, inputs, *args, **kwargs)
        # upstream gives a fresh zero that wants a gradient where it swallowed an error
        if loss.requires_grad:
            raise SystemExit("A training step failed; the line above says why. With less --batch_size or --max_length it takes less memory.")
        if not torch.isfinite(loss):
            raise SystemExit(f"The loss is {loss.item()} at step {self.state.global_step + 1}. Try a smaller --encoder_lr and --others_lr.")
        return loss

    def _get_train_sampler(self, train_dataset=None):
        """Rows with `_diversity` are drawn by it, as in upstream's train.py."""
        dataset = self.train_dataset if train_dataset is None else train_dataset
        if not any("_diversity" in row for row in dataset._data):
            return super()._get_train_sampler(train_dataset)
        return WeightedRandomSampler(dataset.get_diversity(), len(dataset), replacement=True)


class EpochOfDataset(TrainerCallback):
    """Tells the dataset the epoch, on which its draws depend."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset

    def on_epoch_begin(self, args, state, control, **kwargs) -> None:
        self.dataset.seed, self.dataset.epoch = args.seed, int(state.epoch + 1e-6)


class Progress(Reporter, TrainerCallback):
    """A line each time the loss is known: {step, steps, loss, seconds_left}, or the same in words."""

    def __init__(self, jsonl: bool, out: TextIO) -> None:
        super().__init__(jsonl, out)
        self.began, self.first = 0.0, 0

    def on_train_begin(self, args, state, control, **kwargs) -> None:
        self.began, self.first = time.monotonic(), state.global_step
        self.say({"event": "start", "step": state.global_step, "steps": state.max_steps})

    def on_log(self, args, state, control, logs=None, **kwargs) -> None:
        if not logs or "loss" not in logs:
            return
        done = state.global_step - self.first
        left = (time.monotonic() - self.began) / done * (state.max_steps - state.global_step)
        self.say({"event": "step", "step": state.global_step, "steps": state.max_steps, "loss": round(float(logs["loss"]), 6), "seconds_left": round(left, 1)})

    def on_save(self, args, state, control, **kwargs) -> None:
        self.say({"event": "checkpoint", "step": state.global_step, "steps": state.max_steps})
