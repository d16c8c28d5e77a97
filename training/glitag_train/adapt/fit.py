"""Fits top layers and heads to what was decided, and holds everything else where it was.

Loss of a step: cross-entropy over the decided pairs of some texts; and for the pairs that nobody decided, and for texts of our own under
their labels, how far the new scores are from the old ones (Kullback-Leibler; learning without forgetting, Li & Hoiem 2016).
"""

import copy
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from ..progress import Reporter
from ..small_en.fit import LabelStates
from ..small_en.model import BiEncoder
from ..small_en.states import States
from ..small_en.whole_file import save_whole
from .decided import Decided
from .rehearsal import Rehearsed


@dataclass
class Plan:
    layers: int = 2
    """Top layers that are trained."""
    steps: int = 50
    texts: int = 12
    rate: float = 3e-5
    head_rate: float = 1e-4
    keep: float = 0.1
    """Weight of the undecided pairs' distance from their old scores."""
    rehearse: float = 5.0
    """Weight of the rehearsed texts' distance from their old scores."""
    seed: int = 0


STEP_LABELS = 48
"""Of one step, where its texts do not decide on more."""
CHECKPOINT_EVERY = 10
WARM_UP = 8


def distance(logits: torch.Tensor, old: torch.Tensor) -> torch.Tensor:
    """Kullback-Leibler distance of sigmoid(logits) from sigmoid(old), pair by pair."""
    target = torch.sigmoid(old)
    return F.binary_cross_entropy_with_logits(logits, target, reduction="none") - F.binary_cross_entropy_with_logits(old, target, reduction="none")


class Fit:
    def __init__(self, model: BiEncoder, tokens: Tokenizer, states: States, decided: Decided, rehearsal: list[Rehearsed], plan: Plan) -> None:
        self.model, self.states, self.decided, self.rehearsal, self.plan = model, states, decided, rehearsal, plan
        self.old = copy.deepcopy(model).requires_grad_(False)
        self.label_states = LabelStates(model, self.old.upper, tokens)
        model.logit_scale.requires_grad_(False)
        self.trained = {name for name, value in model.named_parameters() if value.requires_grad}
        self.random = random.Random(plan.seed)
        self.waiting: list[int] = []
        upper, heads = (
            [value for name, value in model.named_parameters() if name in self.trained and name.startswith("encoder.") is own] for own in (True, False)
        )
        self.optimiser = torch.optim.AdamW([{"params": upper, "lr": plan.rate}, {"params": heads, "lr": plan.head_rate}], betas=(0.9, 0.98), weight_decay=0.0)
        self.rates = [plan.rate, plan.head_rate]

    def weights(self) -> dict[str, torch.Tensor]:
        return {name: value.detach().clone() for name, value in self.model.state_dict().items() if name in self.trained}

    def run(self, out: Path, reporter: Reporter, seconds_after: float) -> None:
        """Goes on from `progress.pt` in `out`, where there is one. `seconds_after`: what is still to do then, for the time left."""
        file, first = out / "progress.pt", 0
        if file.exists():
            first = self.load(file)
        reporter.say({"event": "start", "step": first, "steps": self.plan.steps})
        began = time.monotonic()
        for step in range(first, self.plan.steps):
            loss = self.step(step)
            left = (time.monotonic() - began) / (step + 1 - first) * (self.plan.steps - step - 1) + seconds_after
            reporter.say({"event": "step", "step": step + 1, "steps": self.plan.steps, "loss": round(loss, 6), "seconds_left": round(left, 1)})
            if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == self.plan.steps:
                self.save(file, step + 1)
                reporter.say({"event": "checkpoint", "step": step + 1, "steps": self.plan.steps})

    def save(self, file: Path, step: int) -> None:
        drawn = {"random": self.random.getstate(), "waiting": self.waiting}
        save_whole({"weights": self.weights(), "optimiser": self.optimiser.state_dict(), "step": step, **drawn}, file)

    def load(self, file: Path) -> int:
        saved = torch.load(file, weights_only=False)
        self.model.load_state_dict(saved["weights"], strict=False)
        self.optimiser.load_state_dict(saved["optimiser"])
        self.random.setstate(saved["random"])
        self.waiting = saved["waiting"]
        return saved["step"]

    def step(self, step: int) -> float:
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * min(1, (step + 1) / WARM_UP) * max(0.05, 1 - step / self.plan.steps)
        loss = self.loss()
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        return loss.item()

    def loss(self) -> torch.Tensor:
        rows, columns = self.drawn()
        apart = self.random.choice(self.rehearsal)
        own_texts, own_labels = [self.decided.texts[row] for row in rows], [self.decided.labels[column] for column in columns]
        texts, labels = [*own_texts, *apart.texts], [*own_labels, *apart.labels]
        new, old = self.logits(texts, labels)
        mine, theirs = (slice(len(rows)), slice(len(columns))), (slice(len(rows), None), slice(len(columns), None))
        known, truth = self.decided.known[rows][:, columns], self.decided.truth[rows][:, columns]
        told = F.binary_cross_entropy_with_logits(new[mine], truth, reduction="none") * known
        undecided = distance(new[mine], old[mine]) * (1 - known)
        return (
            told.sum() / known.sum()
            + self.plan.keep * undecided.sum() / (1 - known).sum().clamp(min=1)
            + self.plan.rehearse * distance(new[theirs], old[theirs]).mean()
        )

    def drawn(self) -> tuple[list[int], list[int]]:
        """Texts, each as often as any other, and labels: all that these texts decide on, and others up to the step's number."""
        while len(self.waiting) < self.plan.texts:
            order = list(range(len(self.decided.texts)))
            self.random.shuffle(order)
            self.waiting += order
        rows, self.waiting = self.waiting[: self.plan.texts], self.waiting[self.plan.texts :]
        needed = self.decided.known[rows].any(0).nonzero().flatten().tolist()
        others = [column for column in range(len(self.decided.labels)) if column not in needed]
        return rows, [*needed, *self.random.sample(others, max(0, min(len(others), STEP_LABELS - len(needed))))]

    def logits(self, texts: list[str], labels: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        """[texts, labels] of the model in training, and of the one that it started from."""
        found, scale = self.label_states(labels), self.model.logit_scale
        new = scale * self.model.text(self.model.upper([self.states.of(text) for text in texts])) @ self.model.label(
            self.model.upper([state for state, _ in found])
        ).T
        with torch.no_grad():
            base = self.states.base[[self.states.index[text] for text in texts]]
            old = scale * self.old.text(base) @ self.old.label(torch.stack([vector for _, vector in found])).T
        return new, old
