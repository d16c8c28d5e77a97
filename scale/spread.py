"""`python scale/spread.py --out RESULT …`: tags a corpus on all machines of a Ray cluster, or on all cores of this one.

    python scale/spread.py --input corpus.jsonl --out tagged.jsonl --shards 64 -- --labels labels.yaml
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import sys
from pathlib import Path

import ray
from ray import cloudpickle

import tag_piece as worker
from pieces import Piece, UsageError, fingerprint, pieces_of
from result import write_result

HERE = Path(__file__).resolve().parent
MOST_TRIES = 5
"""Of a piece whose worker was lost: one that takes its machine down with it must not go round for ever."""


class Failed(Exception):
    """A piece failed where trying again would not help."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def main(words: list[str] | None = None) -> int:
    arguments = parse(sys.argv[1:] if words is None else words)
    out = Path(arguments.out).absolute()
    try:
        pieces = pieces_of(arguments.input, arguments.path, arguments.shards)
        options = [*arguments.options, "--format", "jsonl", "--jobs", str(arguments.cpus)]
        if "--index" in options:
            raise UsageError("--index goes with one process alone. Leave it out: finished shards are kept beside the result.")
        parts = open_parts(out, fingerprint(pieces, options))
    except UsageError as error:
        print(f"spread: {error}", file=sys.stderr)
        return 2
    missing = [piece for piece in pieces if not target_of(parts, piece).exists()]
    ray.init(address=arguments.address, log_to_driver=False, include_dashboard=False if arguments.address is None else None)
    try:
        command = [*glitag_command(arguments.glitag), "tag", *options]
        tag_all(missing, parts, command, arguments.cpus, len(pieces))
    except Failed as error:
        print(f"spread: {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print("spread: Stopped. The same command goes on with the shards that are missing.", file=sys.stderr)
        return 130
    finally:
        ray.shutdown()
    stats = write_result(out, [target_of(parts, piece) for piece in pieces])
    shutil.rmtree(parts)
    print(f"spread: {out}: {', '.join(f'{count} {name}' for name, count in stats.items())}", file=sys.stderr)
    return 0


def parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="spread.py", description="Tags a corpus on all machines of a Ray cluster.")
    parser.add_argument("path", nargs="*", help="documents, or folders of them")
    parser.add_argument("--input", action="append", default=[], help="JSON Lines with id and text, or a folder of *.jsonl")
    parser.add_argument("--out", required=True, help="the result: JSON Lines")
    parser.add_argument("--shards", type=positive, default=16, help="of each input; several for each worker (default: 16)")
    parser.add_argument("--cpus", type=positive, default=1, help="cores of one shard (default: 1)")
    parser.add_argument("--address", help='of a running cluster, "auto" on one of its machines (default: this machine alone)')
    parser.add_argument("--glitag", help='the command on each machine (default: "glitag", else node with dist/cli.js)')
    own, options = split_at(words, "--")
    arguments = parser.parse_args(own)
    arguments.options = options
    return arguments


def split_at(words: list[str], mark: str) -> tuple[list[str], list[str]]:
    at = words.index(mark) if mark in words else len(words)
    return words[:at], words[at + 1 :]


def positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("it must be 1 or more")
    return value


def glitag_command(given: str | None) -> list[str]:
    if given is not None:
        return shlex.split(given)
    found = shutil.which("glitag")
    return [found] if found else ["node", str(HERE.parent / "dist/cli.js")]


def open_parts(out: Path, request: dict) -> Path:
    """The folder of finished pieces, beside the result: where all machines can write."""
    parts = out.with_name(f"{out.name}.parts")
    note = parts / "request.json"
    if not parts.exists():
        parts.mkdir(parents=True)
        note.write_text(json.dumps(request), encoding="utf-8")
    elif not note.exists() or json.loads(note.read_text(encoding="utf-8")) != request:
        raise UsageError(f"{parts} holds shards of another corpus, or under other options. Delete it to begin anew.")
    for part in parts.glob("*.part"):
        part.unlink()
    return parts


def target_of(parts: Path, piece: Piece) -> Path:
    return parts / f"{piece.name}.jsonl"


def tag_all(missing: list[Piece], parts: Path, command: list[str], cpus: int, total: int) -> None:
    """Every piece until its file is there. A piece whose worker or machine was lost runs again. Raises Failed."""
    cloudpickle.register_pickle_by_value(worker)
    tag_piece = ray.remote(num_cpus=cpus, max_retries=0)(worker.tag_piece)
    with_parent = (HERE / "with_parent.py").read_text(encoding="utf-8")
    tries: dict[str, int] = {}
    running: dict[ray.ObjectRef, Piece] = {}

    def start(piece: Piece) -> None:
        tries[piece.name] = tries.get(piece.name, 0) + 1
        running[tag_piece.remote([*command, *piece.words], str(target_of(parts, piece)), with_parent)] = piece

    for piece in missing:
        start(piece)
    while running:
        [done], _ = ray.wait(list(running), num_returns=1)
        piece = running.pop(done)
        shard = " ".join(piece.words)
        try:
            outcome = ray.get(done)
        except ray.exceptions.RayTaskError as error:
            raise Failed(f"{shard}: {error.cause}", 1) from error
        except ray.exceptions.RayError as error:
            outcome = worker.Outcome(-1, f"its worker was lost ({type(error).__name__})")
        if outcome.code == 0:
            print(f"spread: {total - len(running)} of {total} shards", file=sys.stderr)
        # killed, as machines that are short of memory do
        elif (outcome.code < 0 or outcome.code > 128) and tries[piece.name] < MOST_TRIES:
            print(f"spread: {shard}: {outcome.errors.strip() or 'killed'}. It runs again.", file=sys.stderr)
            start(piece)
        else:
            raise Failed(f"{shard}: glitag ended with {outcome.code}: {outcome.errors.strip()}", 2 if outcome.code == 2 else 1)


if __name__ == "__main__":
    sys.exit(main())
