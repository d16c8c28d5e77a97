"""Runs the two command lines as people do: each in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

TRAINING = Path(__file__).parent.parent
REPOSITORY = TRAINING.parent
NODE = REPOSITORY / "node_modules/.bin/node"


def glitag_train(*words: object, failing: bool = False) -> subprocess.CompletedProcess[str]:
    """The finished command. One thread: tests share the machine. Fails where it ends otherwise than expected."""
    done = subprocess.run(command(*words), cwd=TRAINING, env=environment(), capture_output=True, text=True)
    assert (done.returncode != 0) == failing, done.stdout[-2000:] + done.stderr[-4000:]
    return done


def killed(words: list[object], after: int) -> None:
    """Kills the training once it has said that it made `after` steps."""
    with subprocess.Popen(command(*words), cwd=TRAINING, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        for line in process.stdout:
            said = json.loads(line)
            if said["event"] == "step" and said["step"] >= after:
                process.kill()
                break
        else:
            raise AssertionError("the training ended before it was killed")


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "glitag_train", *map(str, words)]


def environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def glitag(*words: object) -> dict:
    """What the built `glitag` says with --json."""
    program = [str(NODE), str(REPOSITORY / "dist/cli.js"), *map(str, words), "--json"]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.stdout, done.stderr[-4000:]
    return json.loads(done.stdout)
