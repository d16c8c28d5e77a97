"""A list of ONNX nodes and constants in the making."""

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"


class OnnxGraph:
    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, value) -> str:
        """Adds a constant; the same name twice is the same constant."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def op(self, kind: str, inputs: list[str], outputs: int = 1, domain: str = "", **attributes):
        """Appends a node; returns its output's name (a list for several outputs)."""
        names = [f"{kind}_{len(self.nodes)}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, name=f"{kind}_{len(self.nodes)}", domain=domain, **attributes))
        return names if outputs > 1 else names[0]

    def output(self, name: str, kind: str, inputs: list[str]) -> None:
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name))

    def model(self, width: int) -> onnx.ModelProto:
        def info(name: str, kind: int, shape: list):
            return helper.make_tensor_value_info(name, kind, shape)

        graph = helper.make_graph(
            self.nodes,
            "glitag_encoder",
            [info(name, TensorProto.INT64, ["batch", "seq"]) for name in ("input_ids", "attention_mask")],
            [info(name, TensorProto.FLOAT, ["batch", width]) for name in ("text_embeddings", "class_embeddings")],
            list(self.constants.values()),
        )
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8)

    def save(self, path: Path, width: int) -> None:
        onnx.save(self.model(width), path)
