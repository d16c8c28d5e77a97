"""`python -m glitag_train train DATA… --base DIR --out DIR`: upstream's train.py, resumable, with checked data."""

import argparse
import json
import os
import random
from pathlib import Path

import torch
from gliclass.data_processing import AugmentationConfig
from gliclass.training import TrainingArguments
from transformers import set_seed

from ..checkpoint_folder import Checkpoint, without_adapters, write_checkpoint
from ..evaluate.measure import measure
from ..evaluate.score import positions, predictions
from ..progress import quiet_standard_output
from ..rows import Row, rows_or_exit
from .dataset import Collator, Dataset, check_slots, fixed_slots, with_retrieved
from .options import add_arguments
from .run_folder import FINAL, begin_run, open_run
from .start import start
from .trainer import EpochOfDataset, Progress, Trainer

__all__ = ["add_arguments", "from_arguments"]


def from_arguments(options: argparse.Namespace) -> None:
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    with quiet_standard_output() as out:
        run(options, Progress(options.progress == "jsonl", out))


def run(options: argparse.Namespace, progress: Progress) -> None:
    rows, previous = read_data(options)
    train, kept_back = split(rows, options.eval_share, options.seed)
    named = descriptions(options.labels_desc_path)
    checkpoint = open_run(options)
    if options.threads:
        torch.set_num_threads(options.threads)
    set_seed(options.seed)
    found = start(options)
    slots = fixed_slots(found.model.config)
    check_slots(rows, slots)
    begin_run(options)
    progress.say({"event": "data", "rows": len(train), "kept_back": len(kept_back), "labels": len({label for row in rows for label in row["all_labels"]})})
    trainer = make_trainer(options, found, train, previous, named, slots, progress)
    trainer.train(resume_from_checkpoint=None if checkpoint is None else str(checkpoint))
    found.model.eval()
    write_checkpoint(without_adapters(found), options.out / FINAL)
    figures = measure(kept_back, predictions(found, kept_back)) if kept_back else {}
    progress.say({"event": "done", "model": str(options.out / FINAL), **figures})


def read_data(options: argparse.Namespace) -> tuple[list[Row], list[Row]]:
    """Rows, and those of earlier training for EWC. Raises SystemExit with all mistakes before anything is written."""
    if options.use_ewc and options.prev_data_path is None:
        raise SystemExit("--use_ewc needs --prev_data_path, the data that the model was trained on before.")
    single = options.problem_type == "single_label_classification"
    rows = rows_or_exit(options.data, options.labels, single)
    previous = rows_or_exit([options.prev_data_path], options.labels, single) if options.use_ewc else []
    return with_retrieved(rows), with_retrieved(previous)


def split(rows: list[Row], share: float, seed: int) -> tuple[list[Row], list[Row]]:
    """Rows to train on and rows kept back. Rows of one text are never on both sides."""
    texts = list(dict.fromkeys(row["text"] for row in rows))
    random.Random(seed).shuffle(texts)
    kept = set(texts[: int(len(texts) * share)])
    return [row for row in rows if row["text"] not in kept], [row for row in rows if row["text"] in kept]


def make_trainer(
    options: argparse.Namespace, found: Checkpoint, train: list[Row], previous: list[Row], named: dict[str, dict], slots: int | None, progress: Progress
) -> Trainer:
    config = found.model.config
    given = {
        "label2description": named,
        # of a longer text the encoder would make nothing: the training would end there
        "max_length": min(options.max_length, positions(config) or options.max_length),
        "problem_type": options.problem_type,
        "architecture_type": config.architecture_type,
        "prompt_first": config.prompt_first,
        "labels_tokenizer": found.label_tokenizer,
        "shuffle_labels": options.shuffle_labels,
        "slots": slots,
    }
    augmentation = AugmentationConfig(
        enabled=options.enable_augmentation,
        random_label_removal_prob=options.random_label_removal_prob,
        random_label_addition_prob=options.random_label_addition_prob,
        random_text_addition_prob=options.random_text_addition_prob,
        random_add_description_prob=options.random_add_description_prob,
        random_add_synonyms_prob=options.random_add_synonyms_prob,
        random_add_examples_prob=options.random_add_examples_prob,
        max_num_examples=options.max_num_examples,
    )
    dataset = Dataset(train, found.tokenizer, augmentation, smoothing=options.label_smoothing, **given)
    earlier = Dataset(previous, found.tokenizer, AugmentationConfig(enabled=False), smoothing=0.0, **given) if previous else None
    trainer = Trainer(
        model=found.model,
        args=arguments(options),
        train_dataset=dataset,
        data_collator=Collator(torch.device("cpu"), config, slots),
        processing_class=found.tokenizer,
        prev_dataset=earlier,
        callbacks=[EpochOfDataset(dataset), progress],
    )
    trainer.slots = slots
    # only our own lines: the bars and dictionaries of the library's go
    for callback in list(trainer.callback_handler.callbacks):
        if callback.__class__.__name__ in ("PrinterCallback", "ProgressCallback"):
            trainer.remove_callback(callback)
    return trainer


def arguments(options: argparse.Namespace) -> TrainingArguments:
    return TrainingArguments(
        output_dir=str(options.out),
        learning_rate=options.encoder_lr,
        weight_decay=options.encoder_weight_decay,
        others_lr=options.others_lr,
        others_weight_decay=options.others_weight_decay,
        lr_scheduler_type=options.lr_scheduler_type,
        # a share where below 1
        warmup_steps=options.warmup_ratio,
        per_device_train_batch_size=options.batch_size,
        gradient_accumulation_steps=options.gradient_accumulation_steps,
        num_train_epochs=options.num_epochs,
        max_steps=options.max_steps,
        save_steps=options.save_steps,
        save_total_limit=options.save_total_limit,
        dataloader_num_workers=options.num_workers,
        dataloader_pin_memory=torch.cuda.is_available(),
        logging_steps=options.logging_steps,
        seed=options.seed,
        report_to="none",
        fp16=options.fp16,
        use_ewc=options.use_ewc,
        ewc_lambda=options.ewc_lambda,
        ewc_fisher_samples=options.ewc_fisher_samples,
        ewc_normalize_fisher=options.ewc_normalize_fisher,
        ewc_gamma=options.ewc_gamma,
    )


def descriptions(file: Path | None) -> dict[str, dict]:
    """By label. Raises SystemExit where the file is not what --labels_desc_path wants."""
    if file is None:
        return {}
    try:
        return {item["label"]: item for item in json.loads(file.read_text(encoding="utf-8"))}
    except (ValueError, LookupError, TypeError):
        raise SystemExit(f"{file} must be a JSON list of {{label, descriptions, synonyms}}.") from None
