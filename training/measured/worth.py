"""Measures what training on the club's decisions is worth: python training/measured/worth.py OUT

Trains the embedded model on them (`adapt`; OUT/run, gone on with where it is there), and prints, for the 20 notes kept back, figures over `glitag tag`
without and with `--learn` by the model that is shipped and by the trained one. Whether the trained one forgot, best_label.py says.
"""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import railway_club

from glitag_train.__main__ import main as glitag_train
from glitag_train.small_en.measure import average_precision, micro_f1

REPOSITORY = Path(__file__).parents[2]
SHIPPED = REPOSITORY / "models/glitag-small-en"
LEARNING = ["--decisions", "decisions.jsonl", "--learn"]


def trained(out: Path) -> Path:
    run = out / "run"
    if not (run / "model").exists():
        words = ["adapt", out / "decided.jsonl", "--base", SHIPPED, "--out", run, *(["--resume"] if run.exists() else [])]
        glitag_train(list(map(str, words)))
    return run / "model"


def tagged(out: Path, model: Path, words: list[str]) -> np.ndarray:
    """Scores by `glitag tag`, [notes kept back, labels]."""
    node, program = REPOSITORY / "node_modules/.bin/node", REPOSITORY / "dist/cli.js"
    command = [node, program, "tag", "notes", "--labels", "labels.json", "--format", "jsonl", "--model", model.resolve(), *words]
    lines = subprocess.run(command, cwd=out, check=True, capture_output=True, text=True).stdout.splitlines()
    found = {line["path"]: line["scores"] for line in map(json.loads, lines) if "scores" in line}
    club = railway_club.notes()
    notes = range(railway_club.DECIDED_NOTES, len(club.texts))
    return np.array([[found[f"notes/{railway_club.name(at)}"][label] for label in club.labels] for at in notes])


def club_figures(scores: np.ndarray) -> list[float]:
    club = railway_club.notes()
    truth = np.array([[label in true for label in club.labels] for true in club.true[railway_club.DECIDED_NOTES :]], float)
    labels = list(zip(scores.T, truth.T, strict=True))
    means = [float(np.mean([figure(*each) for each in labels])) for figure in (average_precision, micro_f1)]
    return [average_precision(scores.ravel(), truth.ravel()), means[0], micro_f1(scores.ravel(), truth.ravel()), means[1]]


def line(name: str, figures: list[float]) -> str:
    return f"{name:32}" + "".join(f"{figure:8.3f}" for figure in figures)


def main(out: Path) -> None:
    railway_club.main(out)
    models = {"shipped": SHIPPED, "trained": trained(out)}
    print(line("20 notes kept back", []) + "  average precision (pairs, mean of labels), F1 at .5 (micro, macro)")
    for name, model in models.items():
        print(line(name, club_figures(tagged(out, model, []))))
        print(line(f"{name}, learning at once", club_figures(tagged(out, model, LEARNING))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
