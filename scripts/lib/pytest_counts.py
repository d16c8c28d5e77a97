"""Writes what scripts/lib/counts.mjs reads: `--counts FILE`."""

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--counts", type=Path, help="JSON file to write the numbers of passed, failed and skipped tests to")


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    file = config.getoption("counts")
    if file is not None:
        found = {name: len(terminalreporter.stats.get(name, [])) for name in ("passed", "failed", "error", "skipped")}
        file.write_text(json.dumps({**found, "failed": found["failed"] + found["error"]}), encoding="utf-8")
