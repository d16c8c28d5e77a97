"""Recordings of upstream's pure helper functions."""

from types import SimpleNamespace

from gliclass import pipeline
from gliclass.data_processing import format_decoder_kv_sequence
from gliclass.utils import retrieval_augmented_text

from . import cases
from .record import jsonable


def record_helpers():
    """One entry per call: function, arguments, output or error."""
    out = []

    def rec(fn, f, **kw):
        e = {"fn": fn, "args": kw}
        try:
            e["output"] = jsonable(f(**kw))
        except Exception as ex:
            e["error"] = {"type": type(ex).__name__, "message": str(ex)}
        out.append(e)

    for lab in (
        ["a", "b"],
        cases.HIER,
        cases.DEEP,
        {"a": {"b": {"c": ["d", "e"]}}},
        {"a": "b"},
        "x",
        {"a": []},
        {},
        {"a.b": ["c.d"]},
        {"": ["x"]},
        {"a": ["", "b"]},
        {"a": 5},
    ):
        for sep in (".", " / "):
            rec("flatten_hierarchical_labels", pipeline.flatten_hierarchical_labels, labels=lab, separator=sep)
    preds = [
        {"label": "sentiment.positive", "score": 0.85},
        {"label": "topic.product", "score": 0.72},
        {"label": "topic.product", "score": 0.1},
        {"label": "other", "score": 0.3},
    ]
    for lab in (cases.HIER, ["sentiment.positive", "zzz"], {"sentiment": "positive"}, {"a": 5}):
        for al in (None, {"topic.service": 0.2, "sentiment.positive": 0.01}, {}):
            rec(
                "build_hierarchical_output",
                pipeline.build_hierarchical_output,
                predictions=preds,
                original_labels=lab,
                all_scores=al,
            )
    for ex in (
        [],
        cases.EX,
        [{"text": "only text"}],
        [{"labels": ["a"]}],
        [{"text": "t", "labels": [], "true_labels": ["x"]}],
        [{"text": "t", "labels": "a, b"}],
        [{"text": "", "labels": ["a", "b"]}],
    ):
        rec("format_examples_prompt", pipeline.format_examples_prompt, examples=ex)
    one = [{"text": "t1", "true_labels": ["a"], "all_labels": ["a", "b"]}]
    for ex in (
        [],
        cases.RAC,
        one,
        [{"text": "t", "true_labels": []}],
        [{"text": "t", "true_labels": ["a"]}],
        [{"text": "t", "all_labels": ["a"]}],
        [{"text": "", "true_labels": ["a", "b"], "all_labels": []}],
    ):
        rec("retrieval_augmented_text", retrieval_augmented_text, text="query", examples=ex)
    ch = pipeline.ZeroShotClassificationWithChunkingPipeline.chunk_text
    ns = SimpleNamespace(text_chunk_size=8192, text_chunk_overlap=256)
    for text, size, ov in (
        ("abcdefghij", 4, 1),
        ("abcdefghij", 10, 3),
        ("abcdefghij", 9, 3),
        ("abcdefghij", 3, 0),
        ("abcdefghij", 5, 4),
        ("", 4, 1),
        ("\U0001f389" * 7, 3, 1),
        ("a\U0001f389b\u4f60c\u0301d", 2, 1),
    ):
        rec(
            "chunk_text",
            lambda text, chunk_size, overlap: ch(ns, text, chunk_size, overlap),
            text=text,
            chunk_size=size,
            overlap=ov,
        )
    for p in ("a.b.c", "plain", "", ".x", "a..b"):
        rec("parse_hierarchical_prediction", pipeline.parse_hierarchical_prediction, prediction=p)
    rec(
        "group_predictions_by_hierarchy",
        pipeline.group_predictions_by_hierarchy,
        predictions=preds + [{"label": "topic.x", "score": 0.72}],
    )
    rec("get_best_per_category", pipeline.get_best_per_category, predictions=preds)
    for k in (
        dict(text="t", labels=["a", "b"]),
        dict(text="", labels=[]),
        dict(text="t", labels=["a"], prompt="p", examples="<<EXAMPLE>>e<<SEP>>"),
    ):
        rec("format_decoder_kv_sequence", format_decoder_kv_sequence, **k)
    return out
