"""`python -m glitag_train adapt ROWS… --base MODEL --out RUN`: the embedded model trained on decisions, as a folder that GLiTag runs."""

import argparse
import os
import random
import shutil
import time
from pathlib import Path

import onnx
import torch

from ..model_folder import GRAPH, ModelFolder, graph_of, read_model_folder, trainable
from ..option_types import number
from ..progress import Reporter, quiet_standard_output
from ..rows import rows_or_exit
from ..small_en import states
from ..small_en.base_weights import token_ids
from ..small_en.model import BiEncoder
from ..train.run_folder import begin_run, open_run
from ..whole_folder import whole_folder
from .decided import Decided, decided
from .fit import Fit, Plan
from .rehearsal import Rehearsed, rehearsal

MODEL = "model"
TEXT_TOKENS = 256
"""Of a text, which is a chunk of the engine's; what comes after is not read."""
ROUNDING_TOKENS = 6_000
"""Tokens to measure activations on."""
ROUNDING_SECONDS = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", type=Path, nargs="+", help="upstream's training format: all_labels are the labels that were decided on")
    parser.add_argument("--base", type=Path, required=True, help="folder of the embedded model, or of one that came out of this command")
    parser.add_argument("--out", type=Path, required=True, help="folder for progress and model/")
    parser.add_argument("--labels", type=Path, help="JSON list of labels for rows that have no all_labels")
    parser.add_argument("--resume", action="store_true", help="go on after a kill, with the same options")
    parser.add_argument("--progress", choices=["text", "jsonl"], default="text", help="jsonl: an object a line on standard output")
    parser.add_argument("--threads", type=number(int, 0), default=0, help="0: as PyTorch likes")
    for name, value in Plan().__dict__.items():
        least = 1 if name in ("steps", "texts") else 0
        parser.add_argument("--" + name.replace("_", "-"), type=number(type(value), least), default=value)


def from_arguments(options: argparse.Namespace) -> None:
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with quiet_standard_output() as out:
        run(options, Reporter(options.progress == "jsonl", out))


def run(options: argparse.Namespace, reporter: Reporter) -> None:
    known = decided(rows_or_exit(options.data, options.labels))
    found = read_model_folder(options.base)
    plan = Plan(**{name: getattr(options, name) for name in Plan().__dict__})
    if plan.layers > len(found.file.model.layers):
        raise SystemExit(f"{options.base} has {len(found.file.model.layers)} layers, and --layers names {plan.layers}.")
    rehearsed = rehearsal(plan.seed)
    open_run(options)
    begin_run(options)
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(plan.seed)
    reporter.say({"event": "data", "rows": len(known.texts), "decisions": known.decisions, "labels": len(known.labels)})
    model = trainable(found, len(found.file.model.layers) - plan.layers)
    texts = list(dict.fromkeys([*known.texts, *(text for each in rehearsed for text in each.texts)]))
    began = time.monotonic()

    def read(done: int, of: int) -> None:
        left = (time.monotonic() - began) / done * (of - done)
        reporter.say({"event": "read", "texts": done, "of": of, "seconds_left": round(left, 1)})

    seen = states.kept(options.out / "states.pt", model, found.tokens, texts, TEXT_TOKENS, read)
    Fit(model, found.tokens, seen, known, rehearsed, plan).run(options.out, reporter, ROUNDING_SECONDS if plan.layers else 0)
    reporter.say({"event": "write"})
    write_model(found, model, rounding_rows(found, known, rehearsed), options.out / MODEL)
    reporter.say({"event": "done", "model": str(options.out / MODEL)})


def rounding_rows(found: ModelFolder, known: Decided, rehearsed: list[Rehearsed]) -> list[list[int]]:
    """Texts and labels that show what activations are like: those trained on, and the rehearsed ones, in a fixed random order."""
    texts = [*known.texts, *known.labels, *(text for each in rehearsed for text in [*each.texts, *each.labels[:2]])]
    random.Random(0).shuffle(texts)
    rows, left = [], ROUNDING_TOKENS
    for ids in token_ids(found.tokens, texts, TEXT_TOKENS):
        if left <= 0:
            break
        rows.append(ids)
        left -= len(ids)
    return rows


def write_model(found: ModelFolder, model: BiEncoder, rows: list[list[int]], folder: Path) -> None:
    with whole_folder(folder) as partial:
        (partial / GRAPH).parent.mkdir(parents=True)
        for file in found.folder.glob("*.json"):
            shutil.copyfile(file, partial / file.name)
        onnx.save(graph_of(found, model, rows), partial / GRAPH)
        (partial / "README.md").write_text(CARD, encoding="utf-8")


CARD = """# A model trained on decisions

GLiTag's embedded model after `python -m glitag_train adapt`: top layers and heads were trained, all else is as it was. Files and form are those
of the model that it came from; its licences (MIT for the encoder, Apache-2.0 for the rest) go on to hold.
"""
