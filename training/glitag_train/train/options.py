"""The options of `train`: those of upstream's train.py under its own names with its own defaults, and a few of ours."""

import argparse
from pathlib import Path

from transformers import SchedulerType

from ..option_types import number

ARCHITECTURES = ["uni-encoder", "bi-encoder", "bi-encoder-fused", "encoder-decoder", "encoder-decoder-cls", "decoder-kv"]
SCORERS = ["simple", "weighted-dot", "mlp", "hopfield", "cross-attn"]
POOLERS = ["first", "last", "avg", "max", "sum", "rms", "abs_max", "abs_avg", "pass"]
CHOICES = {
    "architecture_type": ARCHITECTURES,
    "pooler_type": POOLERS,
    "scorer_type": SCORERS,
    "class_token_pooling": ["first", "average"],
}
MODEL_DEFAULTS = {
    "architecture_type": "uni-encoder",
    "pooler_type": "avg",
    "scorer_type": "simple",
    "class_token_pooling": "first",
    "normalize_features": False,
    "extract_text_features": False,
    "prompt_first": True,
    "use_lstm": False,
    "squeeze_layers": False,
    "layer_wise": False,
    "encoder_layer_id": -1,
    "dropout": 0.3,
    "use_segment_embeddings": False,
}
PROBLEMS = ["single_label_classification", "multi_label_classification"]


def true_or_false(word: str) -> bool:
    """Upstream reads every word as true, "False" too."""
    found = {"true": True, "1": True, "false": False, "0": False}.get(word.lower())
    if found is None:
        raise argparse.ArgumentTypeError(f"“{word}” must be true or false")
    return found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    ours(parser)
    add = parser.add_argument_group("model (a checkpoint of --base keeps its own)").add_argument
    for name, value in MODEL_DEFAULTS.items():
        given = {"choices": CHOICES[name]} if name in CHOICES else {"type": type(value)}
        if isinstance(value, bool):
            given = {"type": true_or_false, "metavar": "true|false"}
        # left out where it is not given: a configuration of --from-scratch has its own
        add("--" + name, default=argparse.SUPPRESS, help=f"default {value}", **given)
    add("--label_model_name", help="folder or name of the label encoder of a bi-encoder; with --encoder_model_name")

    add = parser.add_argument_group("training").add_argument
    add("--problem_type", choices=PROBLEMS, default="multi_label_classification")
    add("--shuffle_labels", type=true_or_false, default=True, metavar="true|false")
    add("--fp16", type=true_or_false, default=False, metavar="true|false", help="half precision, on a GPU")
    for name, (default, least) in {
        "num_epochs": (3, 1),
        "batch_size": (8, 1),
        "gradient_accumulation_steps": (1, 1),
        "encoder_lr": (1e-5, 0),
        "others_lr": (3e-5, 0),
        "encoder_weight_decay": (0.01, 0),
        "others_weight_decay": (0.01, 0),
        "warmup_ratio": (0.05, 0),
        "max_length": (1024, 1),
        "save_steps": (1000, 1),
        "save_total_limit": (3, 0),
        "num_workers": (0, 0),
    }.items():
        add("--" + name, type=number(type(default), least), default=default)
    add("--lr_scheduler_type", choices=[one.value for one in SchedulerType], default="linear")

    add = parser.add_argument_group("loss").add_argument
    add("--focal_loss_alpha", type=float, default=-1.0)
    add("--focal_loss_gamma", type=float, default=-1.0)
    add("--focal_loss_reduction", choices=["none", "mean", "sum"], default="none")
    add("--contrastive_loss_coef", type=float, default=0.0)
    add("--label_smoothing", type=number(float, 0, 1), default=0.0, help="draws all targets towards .5, by upstream's formula")

    add = parser.add_argument_group("changes of the texts and labels, by chance").add_argument
    add("--labels_desc_path", type=Path, help="JSON list of {label, descriptions, synonyms}")
    add("--enable_augmentation", type=true_or_false, default=True, metavar="true|false")
    for name in ("label_removal", "label_addition", "text_addition", "add_description", "add_synonyms"):
        add(f"--random_{name}_prob", type=number(float, 0, 1), default=0.05)
    add("--random_add_examples_prob", type=number(float, 0, 1), default=0.1)
    add("--max_num_examples", type=number(int, 1), default=5)

    add = parser.add_argument_group("elastic weight consolidation: what was learnt before is kept").add_argument
    add("--use_ewc", action="store_true")
    add("--prev_data_path", type=Path, help="data that the model was trained on before; needed with --use_ewc")
    add("--ewc_lambda", type=float, default=100.0)
    add("--ewc_fisher_samples", type=number(int, 1))
    add("--ewc_normalize_fisher", type=true_or_false, default=True, metavar="true|false")
    add("--ewc_gamma", type=float, default=0.95)


def ours(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", type=Path, nargs="+", help="upstream's training format: a JSON array, or JSON Lines")
    start = parser.add_mutually_exclusive_group(required=True)
    start.add_argument("--base", "--model_name", type=Path, help="folder of the GLiClass checkpoint to go on from")
    start.add_argument("--encoder_model_name", help="folder or name of a pretrained encoder; heads are new")
    start.add_argument("--from-scratch", type=Path, help="GLiClass config.json; weights are random, the tokenizer lies beside it")
    parser.add_argument("--out", "--save_path", type=Path, required=True, help="folder for checkpoints and final_model")
    parser.add_argument("--labels", type=Path, help="JSON list of labels for rows that have no all_labels")
    parser.add_argument("--resume", action="store_true", help="go on from the last whole checkpoint in --out, with the same options")
    parser.add_argument("--progress", choices=["text", "jsonl"], default="text", help="jsonl: an object a line on standard output")
    parser.add_argument("--eval_share", type=number(float, 0, 0.99), default=0.1, help="of the rows, kept back and measured at the end")
    parser.add_argument("--max_steps", type=int, default=-1, help="ends after so many steps, whatever --num_epochs says")
    parser.add_argument("--logging_steps", type=number(int, 1), default=10)
    parser.add_argument("--attn_implementation", help="passed on to the encoder: eager, sdpa, flash_attention_2")
    parser.add_argument("--seed", type=int, default=42)
    parser.add_argument("--threads", type=number(int, 0), default=0, help="0: as PyTorch likes")
