"""A folder that is there whole or not at all: a run may be killed at any moment."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def whole_folder(folder: Path, holds: str | None = None) -> Iterator[Path]:
    """An empty folder to write into. When the block ends well it takes the place of `folder`, where what was there stays until then.

    `holds`: what is in each folder of this kind. Raises SystemExit where `folder` has other things in it, which are not replaced.
    """
    folder = folder.resolve()
    partial = folder.with_name(folder.name + ".partial")
    # a name that nobody gives a folder of his own
    old = folder.with_name(f".{folder.name}.replaced")
    if old.is_dir() and not folder.exists():
        old.replace(folder)
    if folder.exists() and not is_replaceable(folder, holds):
        raise SystemExit(f"{folder} is there already, and holds no {holds}: it would be lost. Name another folder.")
    for left in (partial, old):
        shutil.rmtree(left, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        yield partial
        if folder.exists():
            folder.replace(old)
        partial.replace(folder)
        shutil.rmtree(old, ignore_errors=True)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def is_replaceable(folder: Path, holds: str | None) -> bool:
    return folder.is_dir() and (holds is None or not any(folder.iterdir()) or (folder / holds).exists())
