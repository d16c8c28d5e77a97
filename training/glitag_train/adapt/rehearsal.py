"""Texts of our own that training goes over beside the decisions, so that the model says of them what it said before."""

import random
from dataclasses import dataclass
from pathlib import Path

from ..small_en.written_texts import read_sets

WRITTEN = Path(__file__).parents[2] / "written"
FILES = ("a1.txt", "c1.txt", "f1.txt")
"""Long, short and middling texts of many kinds. Whoever has only these needs no others."""
TEXTS = 6


@dataclass
class Rehearsed:
    texts: list[str]
    labels: list[str]


def rehearsal(seed: int) -> list[Rehearsed]:
    """Some texts of each list. What is true of them is not asked: the model's own scores are kept."""
    draw = random.Random(seed)
    sets = [found for name in FILES for found in read_sets(WRITTEN / name)]
    return [Rehearsed(draw.sample(found.texts, min(TEXTS, len(found.texts))), found.labels) for found in sets]
