"""`python -m glitag_train.missing NEEDS`: a JSON list of the packages in the file NEEDS that this Python lacks. Imports nothing that must be installed."""

import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def main() -> None:
    needs = [line for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    print(json.dumps(missing(needs)))


def missing(needs: list[str]) -> list[str]:
    """Those of `needs` that are not installed in such a version."""
    try:
        from packaging.requirements import Requirement
    except ImportError:  # a package of those that are needed, so they are not all there
        return needs
    return [need for need in needs if not has(Requirement(need))]


def has(need) -> bool:
    try:
        return need.specifier.contains(version(need.name), prereleases=True)
    except PackageNotFoundError:
        return False


if __name__ == "__main__":
    main()
