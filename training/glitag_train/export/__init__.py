"""GLiClass checkpoints as ONNX models that GLiTag runs."""
