"""Runs a graph with ONNX Runtime, one thread."""

import numpy as np
import onnx
import onnxruntime

OUTPUTS = ["text_embeddings", "class_embeddings"]


def session(graph: onnx.ModelProto) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(graph.SerializeToString(), options, providers=["CPUExecutionProvider"])


def run(opened: onnxruntime.InferenceSession, rows: list[list[int]], width: int | None = None) -> list[np.ndarray]:
    """Both outputs for rows padded to one length."""
    width = width or max(map(len, rows))
    ids, mask = np.zeros((2, len(rows), width), np.int64)
    for index, row in enumerate(rows):
        ids[index, : len(row)], mask[index, : len(row)] = row, 1
    return opened.run(OUTPUTS, {"input_ids": ids, "attention_mask": mask})


def run_alone(opened: onnxruntime.InferenceSession, rows: list[list[int]]) -> list[np.ndarray]:
    """Both outputs, a pass a row."""
    return [np.concatenate(outputs) for outputs in zip(*(run(opened, [row]) for row in rows), strict=True)]
