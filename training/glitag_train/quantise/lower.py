"""States after the lower layers of a graph that `encoder_graph` wrote, by ONNX Runtime."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

from .forward import Rows


def states_after(graph: onnx.ModelProto, layers: int, rows: Rows) -> np.ndarray:
    """[tokens, width], a pass a row; the layers above are not run."""
    name = next(node.output[0] for node in graph.graph.node if f"{layers - 1}.end.gain" in node.input)
    shown = onnx.ModelProto()
    shown.CopyFrom(graph)
    shown.graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, None))
    session = onnxruntime.InferenceSession(shown.SerializeToString(), providers=["CPUExecutionProvider"])
    found = []
    for row in np.split(rows.tokens, rows.ends[:-1]):
        ids = row[None].astype(np.int64)
        found.append(session.run([name], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0])
    return np.concatenate(found)
