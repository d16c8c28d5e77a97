"""Tensors in a file that is there whole or not at all: a run may be killed at any moment."""

from pathlib import Path
from typing import Any

import torch


def save_whole(value: Any, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(file.name + ".part")
    try:
        torch.save(value, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
