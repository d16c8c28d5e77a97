"""Reads our own texts (training/written): label sets and the texts judged against them, in a form that is quick to write by hand.

    === name of the set
    labels: one | two | three
    --- one; three
    The text.
    --- none
    Another.

`X.again.txt` holds more label lists for the texts of `X.txt`: `=== name`, `labels:`, then `1: one; two` for each text in its order.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class LabelSet:
    """Texts that were all judged against one list of labels: true[i] holds the labels of texts[i]."""

    name: str
    labels: list[str]
    texts: list[str] = field(default_factory=list)
    true: list[list[str]] = field(default_factory=list)


def _judged(place: str, labels: list[str], words: str) -> list[str]:
    true = [] if words.strip().lower() == "none" else [word.strip() for word in words.split(";") if word.strip()]
    unknown = [word for word in true if word not in labels]
    if unknown:
        raise ValueError(f"{place}: {', '.join(map(repr, unknown))} is not in the set's list of labels")
    return true


def _blocks(path: Path):
    """(line number, name, labels, lines) of each set in a file."""
    for head, *lines in _split(path):
        number, title = head
        if not lines or not lines[0][1].startswith("labels:"):
            raise ValueError(f"{path}:{number}: a line 'labels: …' must follow")
        yield title, [label.strip() for label in lines[0][1][7:].split("|") if label.strip()], lines[1:]


def _split(path: Path):
    block: list[tuple[int, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("=== "):
            if block:
                yield block
            block = [(number, line[4:].strip())]
        elif block and (line.strip() or len(block) > 1):
            block.append((number, line))
    if block:
        yield block


def read_sets(path: Path) -> list[LabelSet]:
    sets = []
    for name, labels, lines in _blocks(path):
        found, text = LabelSet(name, labels), []

        def close() -> None:
            if len(found.true) > len(found.texts):
                found.texts.append("\n".join(text).strip())

        for number, line in lines:
            if line.startswith("---") and not line.startswith("----"):
                close()
                text = []
                found.true.append(_judged(f"{path}:{number}", labels, line[3:]))
            else:
                text.append(line)
        close()
        if not all(found.texts):
            raise ValueError(f"{path}: a text of {name!r} is empty")
        sets.append(found)
    return sets


def read_again(path: Path, sources: list[LabelSet]) -> list[LabelSet]:
    """More lists for the texts of `sources`."""
    by_name = {source.name: source for source in sources}
    sets = []
    for name, labels, lines in _blocks(path):
        source = by_name.get(name)
        if source is None:
            raise ValueError(f"{path}: no set is called {name!r}")
        found = LabelSet(name, labels)
        for number, line in lines:
            if match := re.match(r"(\d+):(.*)", line):
                found.texts.append(source.texts[int(match[1]) - 1])
                found.true.append(_judged(f"{path}:{number}", labels, match[2]))
        if len(found.texts) != len(source.texts):
            raise ValueError(f"{path}: {name!r} has {len(found.texts)} judgements for {len(source.texts)} texts")
        sets.append(found)
    return sets
