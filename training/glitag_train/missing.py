"""`python -m glitag_train.missing NEEDS`: a JSON list of the lines of NEEDS that this Python lacks. Imports nothing that must be installed."""

import json
import operator
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

COMPARISONS = {"==": operator.eq, ">=": operator.ge, "<": operator.lt}


def main() -> None:
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    print(json.dumps([line for line in lines if line and not line.startswith("#") and not has(line)]))


def has(need: str) -> bool:
    """`need`: a name with comparisons between commas, as torch>=2.4,<3."""
    name = re.match(r"[\w.-]+", need)[0]
    try:
        found = numbers(version(name))
    except PackageNotFoundError:
        return False
    return all(COMPARISONS[sign](found, numbers(wanted)) for sign, wanted in re.findall(r"(==|>=|<)([^,]+)", need[len(name) :]))


def numbers(text: str) -> tuple[int, ...]:
    """Of 2.15.0+cpu and 2.15.0.dev1 alike: (2, 15, 0)."""
    return tuple(map(int, re.match(r"\d+(?:\.\d+)*", text)[0].split(".")))


if __name__ == "__main__":
    main()
