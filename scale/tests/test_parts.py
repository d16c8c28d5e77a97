"""The parts of the program that need no cluster."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pieces import UsageError, pieces_of
from result import write_result
from tag_piece import is_whole, tag_piece

HERE = Path(__file__).resolve().parent
WITH_PARENT = (HERE.parent / "with_parent.py").read_text(encoding="utf-8")


def test_pieces_are_the_shards_of_each_file(tmp_path: Path) -> None:
    for name in ["b.jsonl", "a.jsonl", "c.txt"]:
        (tmp_path / name).touch()
    pieces = pieces_of([str(tmp_path)], [], 2)
    assert [piece.words for piece in pieces] == [
        ("--input", str(tmp_path / name), "--shard", shard) for name in ["a.jsonl", "b.jsonl"] for shard in ["1/2", "2/2"]
    ]
    assert [piece.name for piece in pieces] == sorted({piece.name for piece in pieces})


@pytest.mark.parametrize(("inputs", "paths"), [([], []), (["."], ["."]), (["none.jsonl"], []), ([str(HERE)], [])])
def test_pieces_refuse(inputs: list[str], paths: list[str]) -> None:
    with pytest.raises(UsageError):
        pieces_of(inputs, paths, 2)


def test_the_result_is_all_lines_and_the_sum_of_counts(tmp_path: Path) -> None:
    parts = [tmp_path / "1", tmp_path / "2"]
    parts[0].write_text('{"id":1}\n{"stats":{"classified":1,"skipped":0}}\n')
    parts[1].write_text('{"stats":{"classified":0,"skipped":2}}\n')
    assert write_result(tmp_path / "out", parts) == {"classified": 1, "skipped": 2}
    assert (tmp_path / "out").read_text() == '{"id":1}\n{"stats":{"classified":1,"skipped":2}}\n'
    assert not (tmp_path / "out.part").exists()


def test_an_output_without_its_counts_is_no_result(tmp_path: Path) -> None:
    target = tmp_path / "piece.jsonl"

    def tag(code: str):
        return tag_piece([sys.executable, "-c", code], str(target), WITH_PARENT)

    cut = tag("print('{\"id\":1}'); raise SystemExit(0)")
    assert cut.code == 1
    killed = tag("import os, signal; print('half', flush=True); os.kill(os.getpid(), signal.SIGKILL)")
    assert killed.code > 128
    missing = tag_piece(["no-such-glitag"], str(target), WITH_PARENT)
    assert missing.code == 127 and "no-such-glitag cannot be run on" in missing.errors
    assert list(tmp_path.iterdir()) == []
    whole = tag("import sys; print('{\"stats\":{\"classified\":0}}'); print('why', file=sys.stderr); raise SystemExit(1)")
    assert (whole.code, whole.errors) == (0, "why\n")
    assert is_whole(target)


def test_the_command_ends_with_who_started_it() -> None:
    program = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    command = [sys.executable, "-c", WITH_PARENT, sys.executable, "-c", program]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    pid = int(process.stdout.readline())
    os.kill(pid, 0)
    try:
        # as the end of the process that holds it does
        process.stdin.close()
        assert process.wait(timeout=20) > 128
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    finally:
        process.kill()
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
