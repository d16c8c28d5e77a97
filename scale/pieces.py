"""A corpus as pieces that are tagged apart: shards of files of JSON Lines, or of a folder of documents."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


class UsageError(Exception):
    """What was asked for cannot be done; the message says why."""


@dataclass(frozen=True)
class Piece:
    name: str
    """Of its files; pieces in the order of their names make the result."""

    words: tuple[str, ...]
    """Of `glitag tag`: what to read."""


def pieces_of(inputs: list[str], paths: list[str], shards: int) -> list[Piece]:
    """`inputs`: files of JSON Lines, or folders of `*.jsonl`. `paths`: documents, or folders of them. One of both is empty."""
    if bool(inputs) == bool(paths):
        raise UsageError("Name files and folders with documents, or JSON Lines with --input.")
    for path in [*inputs, *paths]:
        if not Path(path).exists():
            raise UsageError(f"There is no file or folder {path}. Check the path.")
    if paths:
        sources = [tuple(str(Path(path).absolute()) for path in paths)]
    else:
        sources = [("--input", str(file.absolute())) for path in inputs for file in _lines_files(Path(path))]
    return [
        Piece(f"{at:05}-{number:05}", (*source, "--shard", f"{number}/{shards}"))
        for at, source in enumerate(sources)
        for number in range(1, shards + 1)
    ]


def fingerprint(pieces: list[Piece], words: list[str]) -> dict:
    """What decides the result: a try that was broken off is gone on with only where all of it is the same."""
    files = sorted({piece.words[1] for piece in pieces if piece.words[0] == "--input"})
    stats = {file: os.stat(file) for file in files}
    return {
        "pieces": [list(piece.words) for piece in pieces],
        "options": words,
        "files": {file: [stat.st_size, stat.st_mtime_ns] for file, stat in stats.items()},
    }


def _lines_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = sorted(path.glob("*.jsonl"))
    if not files:
        raise UsageError(f"{path} holds no .jsonl file. For a folder of documents leave out --input.")
    return files
