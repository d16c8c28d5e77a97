"""Numbers on a command line, within bounds: a wrong one ends the command before anything is read."""

import argparse
import math
from collections.abc import Callable


def number(kind: type, least: float, most: float = math.inf) -> Callable[[str], float]:
    """Reads a number from `least` to `most`."""

    def read(word: str) -> float:
        try:
            found = kind(word)
        except ValueError:
            found = math.nan
        if not (least <= found <= most and math.isfinite(found)):
            whole = "whole number" if kind is int else "number"
            bounds = f"from {least} to {most}" if most < math.inf else f"from {least} on"
            raise argparse.ArgumentTypeError(f"“{word}” must be a {whole} {bounds}")
        return found

    return read
