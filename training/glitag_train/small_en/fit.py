"""Fits the upper layers and the heads. Progress is kept every hundred steps, so a killed run goes on where it was."""

import copy
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

from .base_weights import token_ids
from .data_sets import DataSet
from .groups import Draw, Group
from .measure import Quality, measure
from .model import BiEncoder
from .states import States
from .whole_file import save_whole

LABEL_TOKENS = 32
WARM_UP = 60
"""Steps at most."""


@dataclass
class Plan:
    frozen_layers: int = 8
    """Lower layers of the encoder's twelve that are not trained; with all of them the heads alone are."""
    steps: int = 1600
    groups: int = 6
    texts: int = 14
    written_share: float = 0.5
    intent_weight: float = 1.0
    """How many times as often intents are drawn as their number asks for."""
    rate: float = 4e-5
    head_rate: float = 2e-4
    softmax: float = 0.5
    """Weight of the softmax of each true label against the false ones."""
    distil: float = 0.5
    """Weight of the cosine distance to the base's vectors."""
    negative_weight: float = 2.0
    dropout: float = 0.1
    centre: float = 0.85
    ema: float = 0.995
    seed: int = 0
    report_every: int = 200
    """Steps between two measurements. With 0 there is none but the first, and shares are not compared."""


class LabelStates:
    """States and base vectors of labels, computed when they are first met. Most wordings come again and again."""

    def __init__(self, model: BiEncoder, base_upper, tokens: Tokenizer) -> None:
        self.model, self.base, self.tokens = model, base_upper, tokens
        self.known: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}

    def __call__(self, labels: list[str]) -> list[tuple[torch.Tensor, torch.Tensor]]:
        new = [label for label in dict.fromkeys(labels) if label not in self.known]
        if new:
            states = self.model.lower(token_ids(self.tokens, new, LABEL_TOKENS))
            with torch.no_grad():
                self.known.update(zip(new, zip(states, self.base(states))))
        return [self.known[label] for label in labels]


def group_loss(logits: torch.Tensor, group: Group, plan: Plan) -> torch.Tensor:
    """Binary cross-entropy over known pairs, plus a softmax of every true label against the false labels of its text.

    Public sets: positives and negatives weigh the same whatever their number. Our own texts: every pair weighs the same, so that
    scores come out as probabilities; positives count for `1` and negatives for their share of the list.
    """
    truth, known = group.truth, group.known
    binary = F.binary_cross_entropy_with_logits(logits, truth, reduction="none") * known
    if group.written:
        loss = binary.sum() / known.sum() * 4
    else:
        right = (binary * truth).sum(1) / truth.sum(1).clamp(min=1)
        wrong = (binary * (1 - truth)).sum(1) / ((1 - truth) * known).sum(1).clamp(min=1)
        loss = (right + plan.negative_weight * wrong).mean()
    has = truth.sum(1) > 0
    if has.any():
        allowed = logits.masked_fill(known == 0, -1e4)
        others = torch.logsumexp(allowed.masked_fill(truth > 0, -1e4), 1, keepdim=True)
        each = (torch.logaddexp(logits, others) - logits) * truth
        loss = loss + plan.softmax * (each.sum(1) / truth.sum(1).clamp(min=1))[has].mean()
    return loss


def step_loss(model: BiEncoder, states: States, label_states: LabelStates, groups: list[Group], plan: Plan) -> tuple[torch.Tensor, float]:
    texts = [text for group in groups for text in group.texts]
    labels = list(dict.fromkeys(label for group in groups for label in group.labels))
    found = label_states(labels)
    text_cls, label_cls = model.upper([states.of(text) for text in texts]), model.upper([state for state, _ in found])
    text_vectors, label_vectors = model.text(text_cls), model.label(label_cls)
    place = {label: number for number, label in enumerate(labels)}
    loss, at = torch.zeros(()), 0
    for group in groups:
        vectors = label_vectors[[place[label] for label in group.labels]]
        loss = loss + group_loss(model.logit_scale * text_vectors[at : at + len(group.texts)] @ vectors.T, group, plan)
        at += len(group.texts)
    loss = loss / len(groups)
    base_text = states.base[[states.index[text] for text in texts]]
    base_label = torch.stack([vector for _, vector in found])
    far = (1 - F.cosine_similarity(text_cls, base_text)).mean() + (1 - F.cosine_similarity(label_cls, base_label)).mean()
    return loss + plan.distil * far, loss.item()


def blended(start: dict, end: dict, share: float) -> dict:
    return {name: start[name] * (1 - share) + value * share if value.is_floating_point() else value for name, value in end.items()}


def fit(
    model: BiEncoder,
    tokens: Tokenizer,
    states: States,
    draw: Draw,
    kept_back: list[DataSet],
    watched: list[DataSet],
    plan: Plan,
    out: Path,
) -> None:
    """Writes `start.pt` (untrained), `average.pt` (moving average of the trained weights), `log.jsonl` and `progress.pt` into `out`."""
    torch.manual_seed(plan.seed)
    out.mkdir(parents=True, exist_ok=True)
    rest = copy.deepcopy(model).eval()
    label_states = LabelStates(model, rest.upper, tokens)
    with torch.no_grad():  # scores of the untrained model: its own cosine, labels less their mean
        sample = [label for _ in range(60) for label in draw.group(plan.texts).labels]
        model.classes_projector.linear_2.bias.data = -plan.centre * torch.stack([vector for _, vector in label_states(sample)]).mean(0)
    trained = {name for name, value in model.named_parameters() if value.requires_grad}
    weights = lambda: {name: value.detach().clone() for name, value in model.state_dict().items() if name in trained}  # noqa: E731
    start = weights()
    save_whole(start, out / "start.pt")

    def score(texts: list[str], labels: list[str]) -> torch.Tensor:
        text = model.text(model.upper([states.of(text) for text in texts]))
        label = model.label(model.upper([state for state, _ in label_states(labels)]))
        return torch.sigmoid(model.logit_scale * text @ label.T)

    def report(name: str, state: dict | None) -> Quality:
        kept = weights()
        if state:
            model.load_state_dict(state, strict=False)
        model.eval()
        quality = measure(score, kept_back, watched)
        model.load_state_dict(kept, strict=False)
        model.train()
        print(f"{name}: {quality}", flush=True)
        with (out / "log.jsonl").open("a") as log:
            log.write(json.dumps({"at": name, **asdict(quality)}) + "\n")
        return quality

    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.") and n != "logit_scale"]
    upper = [p for n, p in model.named_parameters() if n.startswith("encoder.") and n in trained]
    optimiser = torch.optim.AdamW(
        [
            {"params": upper, "lr": plan.rate, "weight_decay": 0.01},
            {"params": heads, "lr": plan.head_rate, "weight_decay": 0.0},
            {"params": [model.logit_scale], "lr": 5e-3, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )
    rates = [group["lr"] for group in optimiser.param_groups]
    average, first = None, 0
    if (out / "progress.pt").exists():
        saved = torch.load(out / "progress.pt", weights_only=False)
        model.load_state_dict(saved["weights"], strict=False)
        optimiser.load_state_dict(saved["optimiser"])
        draw.random.setstate(saved["random"])
        average, first = saved["average"], saved["step"]
        print(f"goes on at step {first}", flush=True)
    else:
        report("start", None)

    model.train()
    model.dropout = plan.dropout
    began, losses, warm_up = time.time(), [], max(1, min(WARM_UP, plan.steps // 8))
    for step in range(first, plan.steps):
        done = step / plan.steps
        for group, rate in zip(optimiser.param_groups, rates):
            group["lr"] = rate * min(1, (step + 1) / warm_up) * max(0.03, 1 - done)
        loss, task = step_loss(model, states, label_states, [draw.group(plan.texts) for _ in range(plan.groups)], plan)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        losses.append(task)
        if done > 0.25:
            now = model.state_dict()
            average = average or weights()
            for name, value in average.items():
                value.lerp_(now[name], 1 - plan.ema)
        if (step + 1) % 25 == 0:
            pace = (time.time() - began) / (step + 1 - first)
            left = pace * (plan.steps - step - 1) / 60
            print(f"step {step + 1} loss {sum(losses[-25:]) / 25:.4f} {pace:.2f} s a step, {left:.0f} min left, scale {model.logit_scale.item():.2f}", flush=True)
        if (step + 1) % 100 == 0 or step + 1 == plan.steps:
            saved = {"weights": weights(), "optimiser": optimiser.state_dict(), "random": draw.random.getstate(), "average": average, "step": step + 1}
            save_whole(saved, out / "progress.pt")
        if plan.report_every and (step + 1) % plan.report_every == 0:
            report(f"step {step + 1}", average and blended(start, average, 0.9))
    save_whole(average, out / "average.pt")
    for share in (0.6, 0.7, 0.8, 0.9, 1.0) if plan.report_every else ():
        report(f"share {share}", blended(start, average, share))
