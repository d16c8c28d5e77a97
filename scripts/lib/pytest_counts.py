"""Writes what scripts/lib/counts.mjs reads: `--counts FILE`."""

import json
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--counts", type=Path, help="JSON file to write the numbers of passed, failed and skipped tests to")


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    file = config.getoption("counts")
    if file is not None:
        found = {name: terminalreporter.stats.get(name, []) for name in ("passed", "failed", "error", "skipped")}
        failed = [*found["failed"], *found["error"]]
        counts = {"passed": len(found["passed"]), "failed": len(failed), "skipped": len(found["skipped"])}
        failing = [report.nodeid for report in failed]
        file.write_text(json.dumps({**counts, "failing": failing}), encoding="utf-8")
