"""Which labels a checkpoint gives to rows, by upstream's pipeline."""

from gliclass import ZeroShotClassificationPipeline

from ..checkpoint_folder import Checkpoint
from ..rows import Row, true_labels

UPSTREAM_MAX_LENGTH = 1024


def max_length(config) -> int:
    """Tokens of a pass, as GLiTag counts them: never more than the encoder has positions."""
    wanted = getattr(config, "max_length", None) or UPSTREAM_MAX_LENGTH
    return min(wanted, positions(config) or wanted)


def positions(config) -> int | None:
    """Tokens that the encoder can tell apart; None where there may be any number."""
    encoder = config.encoder_config
    found = getattr(encoder, "max_position_embeddings", None)
    if found is None or (encoder.model_type == "deberta-v2" and not encoder.position_biased_input):
        return None
    if encoder.model_type in ("roberta", "xlm-roberta", "camembert"):
        found -= (encoder.pad_token_id or 1) + 1
    return found


def pipeline_of(found: Checkpoint) -> ZeroShotClassificationPipeline:
    pipeline = ZeroShotClassificationPipeline(
        found.model, found.tokenizer, max_length=max_length(found.model.config), device=str(found.model.device), progress_bar=False
    )
    if found.label_tokenizer is not None:
        pipeline.pipe.labels_tokenizer = found.label_tokenizer
    return pipeline


def is_single(rows: list[Row]) -> bool:
    return all(len(true_labels(row)) == 1 for row in rows)


def predictions(found: Checkpoint, rows: list[Row], mode: str | None = None, threshold: float | None = None) -> list[list[str]]:
    """[rows] of labels. `mode` is single-label where every row has one true label; each row then gets its best label.

    A row at a time: poolers without a mask count the padding that a longer neighbour brings.
    """
    mode = mode or ("single-label" if is_single(rows) else "multi-label")
    default = 0.0 if mode == "single-label" else getattr(found.model.config, "default_threshold", 0.5)
    pipeline, least = pipeline_of(found), default if threshold is None else threshold
    given = []
    for row in rows:
        call = {name: row[name] for name in ("prompt", "examples") if row.get(name)}
        (scored,) = pipeline(row["text"], row["all_labels"], threshold=0.0, classification_type=mode, batch_size=1, **call)
        given.append([one["label"] for one in scored if one["score"] >= least])
    return given
