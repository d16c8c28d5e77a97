"""Texts of our own that training goes over beside the decisions, so that the model says of them what it said before."""

import random
from dataclasses import dataclass
from pathlib import Path

from ..small_en.written_texts import read_sets

WRITTEN = Path(__file__).parents[2] / "written"
LISTS = 24
TEXTS = 6


@dataclass
class Rehearsed:
    texts: list[str]
    labels: list[str]


def rehearsal(folder: Path, seed: int) -> list[Rehearsed]:
    """Some texts of some lists of training/written, always the same. What is true of them is not asked: the model's own scores are kept."""
    draw = random.Random(seed)
    sets = [found for path in sorted(folder.glob("*.txt")) if not path.name.endswith(".again.txt") for found in read_sets(path)]
    if not sets:
        raise SystemExit(f"{folder} holds none of the texts that keep the model from forgetting. Name the folder training/written with --written.")
    return [Rehearsed(draw.sample(found.texts, min(TEXTS, len(found.texts))), found.labels) for found in draw.sample(sets, min(LISTS, len(sets)))]
