"""A toy set that a tiny model learns by heart in some dozen steps, and options for that."""

import json
from pathlib import Path

from command_lines import REPOSITORY

MODELS = REPOSITORY / "test/golden/models"
TEXTS = {
    "sports": ["the football team wins the championship", "a dramatic penalty shootout"],
    "politics": ["the government announced a new policy", "raised interest rates"],
    "music": ["play some jazz music please", "I love this jazz"],
}
TRUTHS = (["sports"], ["politics"], ["music"], ["sports", "music"], ["politics", "music"], ["sports", "politics"])


def rows() -> list[dict]:
    labels = sorted(TEXTS)
    return [
        {"text": ". ".join(TEXTS[label][at] for label in truth), "all_labels": labels, "true_labels": truth}
        for truth in TRUTHS
        for at in range(2)
    ]


def written(folder: Path, content: list[dict]) -> Path:
    file = folder / "toy.jsonl"
    file.write_text("\n".join(map(json.dumps, content)) + "\n", encoding="utf-8")
    return file


def options(model: str, **changed: object) -> list[object]:
    """Of `train`, but for data and --out: random weights of a golden model's configuration."""
    given = {
        "from-scratch": MODELS / model / "config.json",
        "max_steps": 60,
        "encoder_lr": 5e-3,
        "others_lr": 5e-3,
        "batch_size": 12,
        "eval_share": 0,
        "max_length": 128,
        "logging_steps": 5,
        "enable_augmentation": "false",
        "shuffle_labels": "false",
        "progress": "jsonl",
        "threads": 1,
        **changed,
    }
    return [word for name, value in given.items() for word in (f"--{name}", value)]
