"""Makes the ONNX file of a bi-encoder: fp32, or 8 bits with results that do not depend on the batch."""
