"""Runs one case through upstream's pipeline and records strings, ids, logits and the result."""

import copy

import numpy as np
import torch
from gliclass import ZeroShotClassificationPipeline, ZeroShotClassificationWithChunkingPipeline

INPUTS = ("input_ids", "attention_mask", "class_input_ids", "class_attention_mask", "labels_mask")
# Tokens of one input where a case names no length; upstream's own default of 1024 is more than these models have.
MAX_LENGTH = 256


class RecordingTokenizer:
    """Passes calls on and keeps the strings."""

    def __init__(self, tokenizer, log, key):
        self._tokenizer, self._log, self._key = tokenizer, log, key

    def __call__(self, texts, *args, **kwargs):
        result = self._tokenizer(texts, *args, **kwargs)
        self._log.append((self._key, texts))
        return result

    def __getattr__(self, name):
        return getattr(self._tokenizer, name)


class Difference:
    """Worst differences between the ONNX graph and PyTorch over all batches of a model."""

    def __init__(self):
        self.batches = 0
        self.logit = 0.0
        self.probability = 0.0
        self.argmax = 0
        self.slots = 0

    def add(self, graph, reference):
        """Compares the slots that both have, and returns the batch's own differences."""
        slots = min(graph.shape[1], reference.shape[1])
        one, other = graph[:, :slots], reference[:, :slots]
        logit = largest(one, other)
        probability = max(largest(sigmoid(one), sigmoid(other)), largest(softmax(one), softmax(other)))
        self.batches += 1
        self.logit = max(self.logit, logit)
        self.probability = max(self.probability, probability)
        self.slots += graph.shape[1] != reference.shape[1]
        if slots:
            # A differing argmax counts unless the reference has the two logits tied (unused slots are identical).
            rows = np.arange(len(one))
            gap = other[rows, one.argmax(-1)] - other[rows, other.argmax(-1)]
            self.argmax += int((np.abs(gap) > 1e-5).sum())
        return logit, probability

    def summary(self):
        return {
            "n": self.batches,
            "dl": self.logit,
            "dp": self.probability,
            "argmax_bad": self.argmax,
            "kdiff": self.slots,
        }


def run_case(model, tokenizer, label_tokenizer, case, session, difference):
    """The case with its output or error, and everything that went through the model on the way."""
    kind = case.get("pipeline", "base")
    settings = {"max_length": MAX_LENGTH, "device": "cpu", "progress_bar": False, **case.get("init", {})}
    result = {"name": case["name"], "pipeline": kind, "init": case.get("init", {}), "args": case["args"]}
    if "note" in case:
        result["note"] = case["note"]
    log, batches = [], []

    def hook(_module, _args, kwargs, output):
        record = {**recorded_strings(model.config.architecture_type, log), **recorded_tensors(kwargs, output)}
        log.clear()
        feed = {entry.name: kwargs.get(entry.name) for entry in session.get_inputs()}
        if "num_labels" in feed:
            feed["num_labels"] = torch.tensor([kwargs["max_num_classes"]])
        feed = {name: value.contiguous().numpy().astype(np.int64) for name, value in feed.items()}
        logits = session.run(None, feed)[0]
        record["onnx_num_labels"] = int(logits.shape[1])
        worst = difference.add(logits, output.logits.numpy())
        record["onnx_max_logit_diff"], record["onnx_max_prob_diff"] = worst
        batches.append(record)

    handle = model.register_forward_hook(hook, with_kwargs=True)
    try:
        if kind == "chunking":
            pipeline = inner = ZeroShotClassificationWithChunkingPipeline(model, tokenizer, **settings)
        else:
            pipeline = ZeroShotClassificationPipeline(model, tokenizer, **settings)
            inner = pipeline.pipe
        inner.tokenizer = RecordingTokenizer(tokenizer, log, "text")
        if hasattr(inner, "labels_tokenizer"):
            inner.labels_tokenizer = RecordingTokenizer(label_tokenizer, log, "label")
        result["output"] = jsonable(pipeline(**copy.deepcopy(case["args"])))
    except Exception as error:  # noqa: BLE001 - whatever upstream raises is the recording
        result["error"] = {"type": type(error).__name__, "message": str(error)[:300]}
    finally:
        handle.remove()
    result["batches"] = batches
    return result


def recorded_strings(architecture, log):
    texts = [strings for key, strings in log if key == "text"]
    labels = [strings for key, strings in log if key == "label"]
    if architecture.startswith("encoder-decoder"):
        return {"strings": texts[0], "class_strings": texts[1]}
    if architecture == "decoder-kv":
        return {"label_sections": texts[0], "contexts": texts[1:]}
    if labels:
        return {"strings": texts[0], "class_strings": labels[0] if len(labels) == 1 else labels}
    return {"strings": texts[0]}


def recorded_tensors(kwargs, output):
    record = {name: kwargs[name].tolist() for name in INPUTS if name in kwargs}
    types = kwargs.get("token_type_ids")
    assert types is None or not bool((types != 0).any()), "GLiClass reads no token types"
    record["num_labels"] = int(output.logits.shape[-1])
    record["logits"] = shortest(output.logits.tolist())
    record["sigmoid"] = shortest(torch.sigmoid(output.logits).tolist())
    if getattr(output, "uncalibrated_logits", None) is not None:
        record["uncalibrated_logits"] = shortest(output.uncalibrated_logits.tolist())
    return record


def shortest(value):
    """Floats in the fewest digits that give the same float32."""
    if isinstance(value, list):
        return [shortest(item) for item in value]
    if not np.isfinite(value) or abs(value) <= 1e-30:
        return float(value)
    return float(np.format_float_positional(np.float32(value), unique=True, trim="0"))


def jsonable(value):
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(item) for item in value]
    return value


def largest(one, other):
    return float(np.abs(one - other).max()) if one.size else 0.0


def sigmoid(logits):
    return 1 / (1 + np.exp(-logits.astype(np.float64)))


def softmax(logits):
    if not logits.size:
        return logits
    powers = np.exp(logits.astype(np.float64) - logits.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)
