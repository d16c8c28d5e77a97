"""The training mix: public sets as JSON Lines (`text`, `true_labels`, …) and our own texts, under one shape.

Public rows without `all_labels` take the list of `<set>.labels.json`; `<set>.label_variants.json` gives other wordings of a label.
"""

import json
import lzma
import random
from dataclasses import dataclass, field
from pathlib import Path

from .written_texts import LabelSet, read_again, read_sets

# Licences that ask that derived works carry the same one, and sets kept out of training to watch zero-shot quality on.
SHARE_ALIKE = {"sgd_intent", "sgd_domain", "medical_abstracts"}
WATCHED = {"uci_sentiment", "public_datasets", "programming_books", "docs_type"}
INTENTS = "clinc150"
"""The one set of sentences that somebody says to a program, with what is wanted as their labels."""
KEPT_BACK_EVERY = 5


@dataclass
class Row:
    text: str
    true: list[str]
    near: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    """The true labels as paths of a hierarchy, `parent.child`."""


@dataclass
class DataSet:
    """Rows that share a list of labels (`labels` is None where each row has a list of its own, open-ended)."""

    name: str
    rows: list[Row]
    labels: list[str] | None
    wordings: dict[str, list[str]] = field(default_factory=dict)


def _lines(path: Path):
    opened = lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8")
    with opened as lines:
        yield from map(json.loads, lines)


def _side_file(folder: Path, name: str, kind: str):
    path = folder / f"{name}.{kind}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def public_sets(folder: Path, most_rows: int = 20_000) -> list[DataSet]:
    """All sets of a folder but `lm_written` and those of share-alike licences, rows in a fixed random order."""
    sets = []
    for path in sorted(folder.glob("*.jsonl*")):
        name = path.name.split(".")[0]
        if name in SHARE_ALIKE or name == "lm_written":
            continue
        raw = list(_lines(path))
        random.Random(0).shuffle(raw)
        raw = raw[:most_rows]
        labels = _side_file(folder, name, "labels")
        if labels is None and "all_labels" in raw[0]:
            labels = sorted({label for row in raw for label in (*row["all_labels"], *row["true_labels"])})
        rows = [
            Row(
                row["text"],
                row["true_labels"],
                row.get("near_labels") or [],
                row.get("unknown_labels") or [],
                [path.replace(" > ", ".") for path in row.get("hier_labels") or []],
            )
            for row in raw
        ]
        sets.append(DataSet(name, rows, labels, _side_file(folder, name, "label_variants") or {}))
    return sets


def older_sets(data: Path) -> list[DataSet]:
    """The texts of our own that were there before training/written: `lm_written`, a set for each of its tasks."""
    tasks: dict[int, DataSet] = {}
    for row in _lines(next(iter(sorted(data.glob("lm_written.jsonl*"))))):
        tasks.setdefault(row["task"], DataSet(str(row["task"]), [], row["all_labels"])).rows.append(Row(row["text"], row["true_labels"]))
    return [tasks[key] for key in sorted(tasks)]


def read_folder(folder: Path, older: dict[str, list[DataSet]]) -> list[DataSet]:
    """All sets of training/written. `lm_written.again.txt` holds more lists for the older sets."""
    sources = [LabelSet(name, [], [row.text for row in group[0].rows]) for name, group in older.items()]
    found = []
    for path in sorted(folder.glob("*.txt")):
        if not path.name.endswith(".again.txt"):
            sets = read_sets(path)
            again = path.with_suffix(".again.txt")
            found += sets + (read_again(again, sets) if again.exists() else [])
        elif path.name.startswith("lm_written"):
            found += read_again(path, sources)
    return [DataSet(s.name, [Row(text, true) for text, true in zip(s.texts, s.true)], s.labels) for s in found]


def _merged(group: list[DataSet]) -> DataSet:
    """Several lists for the same texts as one: every text was judged under every list, so its truth is known for all labels."""
    labels = list(dict.fromkeys(label for found in group for label in found.labels or ()))
    true: dict[str, list[str]] = {}
    for row in (row for found in group for row in found.rows):
        true.setdefault(row.text, []).extend(row.true)
    return DataSet(group[0].name, [Row(text, list(dict.fromkeys(each))) for text, each in true.items()], labels)


def written_sets(data: Path, written: Path) -> tuple[list[DataSet], list[DataSet]]:
    """Our own texts: (to train on, kept back for measuring).

    Every fifth set is kept back, with all lists for its texts. In training the lists of a text are one long list, which
    teaches three times as much for one pass over the text; kept-back lists stay as a user would write them.
    """
    # the older sets are numbered; those whose number is a multiple of five have been kept back since the first version
    groups = {found.name: [found] for found in older_sets(data)}
    back = {name: int(name) % KEPT_BACK_EVERY == 0 for name in groups}
    for found in read_folder(written, groups):
        if found.name not in groups:
            back[found.name] = sum(not name.isdigit() for name in groups) % KEPT_BACK_EVERY == 0
        groups.setdefault(found.name, []).append(found)
    train = [_merged(group) for name, group in groups.items() if not back[name]]
    return train, [found for name, group in groups.items() if back[name] for found in group]
