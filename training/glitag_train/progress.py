"""How far a training is: a line of words or of JSON at a time, on a standard output that nothing else writes to."""

import contextlib
import json
import sys
from collections.abc import Iterator
from typing import TextIO


class Reporter:
    def __init__(self, jsonl: bool, out: TextIO) -> None:
        self.jsonl, self.out = jsonl, out

    def say(self, what: dict) -> None:
        if self.jsonl:
            print(json.dumps(what), file=self.out, flush=True)
        else:
            print(", ".join(f"{name} {value}" for name, value in what.items() if name != "event" or value != "step"), file=self.out, flush=True)


@contextlib.contextmanager
def quiet_standard_output() -> Iterator[TextIO]:
    """What libraries print goes to standard error; the stream for our own lines is given."""
    ours = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        yield ours
