"""Measures what `glitag train` costs on the embedded model: python training/measured/cost.py [200]

So many decisions, one for each of as many texts: the longest of our own (training/written, without those that `adapt` goes over), 110 words of most. Prints the time by the clock, the
processor time of all that was started, and the machine's load at the start. OMP_NUM_THREADS in the environment says how many threads train.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from glitag_train.adapt.rehearsal import FILES, WRITTEN
from glitag_train.small_en.written_texts import LabelSet, read_sets

REPOSITORY = Path(__file__).parents[2]


def pairs(count: int) -> list[dict]:
    """One decided pair a text; every second one is a true label where the text has any."""
    sets = [found for file in sorted(WRITTEN.glob("*.txt")) if file.name not in FILES and not file.name.endswith(".again.txt") for found in read_sets(file)]
    texts = [(found, at) for found in sets for at in range(len(found.texts))]
    texts.sort(key=lambda each: -len(each[0].texts[each[1]]))
    return [pair(*each, right=number % 2 == 0) for number, each in enumerate(texts[:count])]


def pair(found: LabelSet, at: int, right: bool) -> dict:
    true = found.true[at]
    label = true[0] if right and true else next(label for label in found.labels if label not in true)
    return {"text": found.texts[at], "all_labels": [label], "true_labels": [label] if label in true else []}


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "rows.jsonl"
        rows.write_text("".join(json.dumps(row) + "\n" for row in pairs(count)), encoding="utf-8")
        words = [REPOSITORY / "node_modules/.bin/node", REPOSITORY / "dist/cli.js", "train", rows, "--out", Path(folder) / "model", "--python", sys.executable]
        load, began = os.getloadavg(), time.monotonic()
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
    clock, processor = time.monotonic() - began, used.ru_utime + used.ru_stime
    print(f"{count} decisions: {clock:.0f} s by the clock, {processor:.0f} s of processor time; load {load[0]:.1f} at the start")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
