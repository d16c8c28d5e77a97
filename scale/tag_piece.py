"""Tags one piece on the node where it runs, with the `glitag` command. Sent to workers by value: nothing of `scale` need be there."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    code: int
    """Exit code of `glitag`; 0 also where it tagged nothing, but came to its end."""

    errors: str
    """The end of what it said on standard error."""


def tag_piece(words: list[str], target: str, with_parent: str) -> Outcome:
    """Runs the command `words` into the file `target`, which comes to be whole or not at all. `with_parent`: source of with_parent.py."""
    part = Path(f"{target}.{socket.gethostname()}.{os.getpid()}.part")
    with open(part, "wb") as output, tempfile.TemporaryFile() as errors:
        command = [sys.executable, "-c", with_parent, *words]
        # the pipe closes with this process, however that ends
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output, stderr=errors) as child:
            code = child.wait()
        size = errors.seek(0, os.SEEK_END)
        errors.seek(max(0, size - 4000))
        said = errors.read().decode("utf-8", "replace")
        output.flush()
        os.fsync(output.fileno())
    if not is_whole(part):
        part.unlink()
        return Outcome(code or 1, said)
    # exit code 1 with all lines written: none of them was a document
    os.replace(part, target)
    return Outcome(0, said)


def is_whole(file: Path) -> bool:
    """`glitag` writes its counts last."""
    with open(file, "rb") as lines:
        size = lines.seek(0, os.SEEK_END)
        lines.seek(max(0, size - 4096))
        end = lines.read()
    return end.endswith(b"}}\n") and end[:-1].rpartition(b"\n")[2].startswith(b'{"stats":')
