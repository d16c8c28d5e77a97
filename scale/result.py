"""The outputs of all pieces as one file."""

from __future__ import annotations

import json
import os
from pathlib import Path


def write_result(out: Path, parts: list[Path]) -> dict[str, int]:
    """Their lines in the order of `parts`, and the sum of their counts last, as `glitag` writes it. Whole or not at all."""
    stats: dict[str, int] = {}
    unfinished = out.with_name(f"{out.name}.part")
    with open(unfinished, "wb") as result:
        for part in parts:
            with open(part, "rb") as lines:
                # its counts are its last line
                last = None
                for line in lines:
                    if last is not None:
                        result.write(last)
                    last = line
            for name, count in json.loads(last or b'{"stats": {}}')["stats"].items():
                stats[name] = stats.get(name, 0) + count
        result.write(json.dumps({"stats": stats}, separators=(",", ":")).encode() + b"\n")
        result.flush()
        os.fsync(result.fileno())
    os.replace(unfinished, out)
    return stats
