"""`python -m glitag_train evaluate MODEL DATA`: the figures of `glitag evaluate`, from the PyTorch checkpoint.

Texts that are longer than a pass are cut here, as upstream cuts them; GLiTag reads them in parts.
"""

import argparse
import json
from pathlib import Path

from ..checkpoint_folder import read_checkpoint
from ..rows import rows_or_exit
from ..train.dataset import check_slots, fixed_slots
from .measure import measure
from .score import is_single, predictions


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="folder of a GLiClass checkpoint")
    parser.add_argument("data", type=Path, help="upstream's training format: a JSON array, or JSON Lines")
    parser.add_argument("--labels", type=Path, help="JSON list of labels for rows that have no all_labels")
    parser.add_argument("--mode", choices=["single-label", "multi-label"], help="single-label where every row has one true label")
    parser.add_argument("--threshold", type=float, help="least score of a label (default: the model's; none in single-label mode)")
    parser.add_argument("--json", action="store_true")


def from_arguments(options: argparse.Namespace) -> None:
    rows = rows_or_exit([options.data], options.labels)
    mode = options.mode or ("single-label" if is_single(rows) else "multi-label")
    found = read_checkpoint(options.model)
    check_slots(rows, fixed_slots(found.model.config))
    figures = {"mode": mode, **measure(rows, predictions(found, rows, mode, options.threshold))}
    if options.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name.replace('_', ' '):16} {value:.3f}" if isinstance(value, float) else f"{name:16} {value}" for name, value in figures.items()))
