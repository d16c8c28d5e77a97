"""What a Python lacks is told from what is installed in it, without importing any of it."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

TRAINING = Path(__file__).parent.parent


def missing(folder: Path, *needs: str) -> list[str]:
    file = folder / "needs.txt"
    file.write_text("# a remark\n" + "\n".join(needs) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "glitag_train.missing", str(file)]
    return json.loads(subprocess.run(command, env={**os.environ, "PYTHONPATH": str(TRAINING)}, capture_output=True, check=True).stdout)


def test_what_is_installed_is_not_missing(tmp_path):
    assert missing(tmp_path, f"numpy=={version('numpy')}", "numpy>=1.9,<99", "onnx") == []


@pytest.mark.parametrize("need", ["numpy==1.0", "numpy>=99", "numpy>=1,<1.10", "glitag-no-such-package>=1"])
def test_what_is_not_there_or_of_another_version_is(tmp_path, need):
    assert missing(tmp_path, need) == [need]


def test_versions_are_numbers(tmp_path):
    """1.10 is later than 1.9, of which text says the opposite."""
    major, minor, *_ = map(int, version("onnx").split("."))
    assert minor >= 10, "this test needs a version with two digits"
    assert missing(tmp_path, f"onnx>={major}.9") == []
