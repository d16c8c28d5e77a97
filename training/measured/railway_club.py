"""Writes the data that docs/TRAINING.md is measured on: python training/measured/railway_club.py OUT

80 notes of a model railway club that does not exist. Of the first 60, 40 pairs of a note and a label are decided (railway_club.decided.json): the 20
whose scores by the shipped model are nearest to .5, as the review queue has them, and the best label of 20 other notes. The last 20 are kept back.

OUT/decided.jsonl       the decisions as rows to train on
OUT/kept_back.jsonl     the 20 notes with all their labels
OUT/notes/*.txt         all notes as files; OUT/decisions.jsonl: the same decisions for `glitag tag OUT/notes --learn`; OUT/labels.json: the labels
"""

import hashlib
import json
import sys
from pathlib import Path

from glitag_train.small_en.written_texts import LabelSet, read_sets

HERE = Path(__file__).parent
DECIDED_NOTES = 60


def notes() -> LabelSet:
    (found,) = read_sets(HERE / "railway_club.txt")
    return found


def decided_rows() -> list[dict]:
    club = notes()
    decided = json.loads((HERE / "railway_club.decided.json").read_text(encoding="utf-8"))
    return [row(club, int(number) - 1, labels) for number, labels in decided.items()]


def kept_back_rows() -> list[dict]:
    club = notes()
    return [row(club, at, club.labels) for at in range(DECIDED_NOTES, len(club.texts))]


def row(club: LabelSet, at: int, labels: list[str]) -> dict:
    return {"text": club.texts[at], "all_labels": labels, "true_labels": [label for label in labels if label in club.true[at]]}


def decision_lines() -> list[dict]:
    """As src/core/review/decisionLines.ts has them."""
    names = {text: name(at) for at, text in enumerate(notes().texts)}
    return [
        {
            "path": f"notes/{names[found['text']]}",
            "set": "labels",
            "label": label,
            "verdict": "accepted" if label in found["true_labels"] else "rejected",
            "decided": "2026-11-28T09:00:00.000Z",
            "text": hashlib.sha256(found["text"].encode()).hexdigest(),
        }
        for found in decided_rows()
        for label in found["all_labels"]
    ]


def name(at: int) -> str:
    return f"{at + 1:02}.txt"


def written_lines(rows: list[dict]) -> str:
    return "".join(json.dumps(found, ensure_ascii=False) + "\n" for found in rows)


def main(out: Path) -> None:
    (out / "notes").mkdir(parents=True, exist_ok=True)
    for at, text in enumerate(notes().texts):
        (out / "notes" / name(at)).write_text(text, encoding="utf-8")
    for file, rows in {"decided": decided_rows(), "kept_back": kept_back_rows(), "decisions": decision_lines()}.items():
        (out / f"{file}.jsonl").write_text(written_lines(rows), encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(notes().labels) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
