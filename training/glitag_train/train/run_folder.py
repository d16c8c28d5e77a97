"""The folder of a training run: what it was started with, and its last whole checkpoint."""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

RECORD = "training.json"
PART = f"{RECORD}.part"
FINAL = "final_model"
# These may differ when a run goes on: they decide nothing about the weights.
FREE = {"resume", "progress", "threads", "run", "command", "out", "num_workers", "logging_steps", "save_total_limit"}


def record_of(options: argparse.Namespace) -> dict:
    """Options as text, and the data by its hash."""
    record = {name: str(value) for name, value in sorted(vars(options).items()) if name not in FREE}
    digest = hashlib.sha256()
    for file in options.data:
        digest.update(file.read_bytes())
    return {**record, "data_sha256": digest.hexdigest()}


def open_run(options: argparse.Namespace) -> Path | None:
    """The checkpoint to go on from, or None for a new run. Raises SystemExit where the folder holds another run. Writes nothing: `begin_run` does."""
    out = options.out
    file = out / RECORD
    if options.resume:
        if not file.is_file():
            raise SystemExit(f"{out} holds no training to go on with. Leave --resume out to start one.")
        kept, record = json.loads(file.read_text(encoding="utf-8")), record_of(options)
        changed = [name for name in sorted({*kept, *record}) if kept.get(name) != record.get(name)]
        if changed:
            raise SystemExit(f"{out} was started with other options ({', '.join(changed)}). Give the same ones, or another --out.")
        return last_whole(out)
    if out.exists() and not out.is_dir():
        raise SystemExit(f"{out} is a file. Name a folder as --out.")
    if out.exists() and any(found.name != PART for found in out.iterdir()):
        raise SystemExit(f"{out} is not empty. Name another --out, or go on with what is there by --resume.")
    return None


def begin_run(options: argparse.Namespace) -> None:
    """Makes the folder of a new run, once everything that was asked for is known to go together: a mistake leaves no folder behind."""
    if options.resume:
        return
    options.out.mkdir(parents=True, exist_ok=True)
    part = options.out / PART
    part.write_text(json.dumps(record_of(options), indent=1) + "\n", encoding="utf-8")
    part.replace(options.out / RECORD)


def last_whole(out: Path) -> Path | None:
    """Checkpoints that a kill left half-written are removed. Upstream's trainer writes trainer_state.json last."""
    whole = []
    for folder in out.glob("checkpoint-*"):
        try:
            step = json.loads((folder / "trainer_state.json").read_text(encoding="utf-8"))["global_step"]
            whole.append((step, folder))
        except (OSError, ValueError, KeyError):
            shutil.rmtree(folder)
    return max(whole)[1] if whole else None
