"""`python -m glitag_train quantise`: a model folder to one ONNX file."""

import argparse
from pathlib import Path

import onnx

from .encoder_graph import encoder_graph, plain_matrices
from .weights import read_model

TOKENS = 24_000
"""Tokens to measure activations on."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--model", type=Path, required=True, help="folder with model.safetensors, config.json and tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="ONNX file to write")
    parser.add_argument("--mode", choices=["q8", "fp32"], default="q8", help="q8: 8 bits, a scale a token; fp32: the reference, same graph")
    parser.add_argument("--data", type=Path, help="q8: folder of JSON Lines sets, or a text file with a text a line, to measure activations on")
    parser.add_argument("--tokens", type=int, default=TOKENS, help="q8: how many tokens of them (default: %(default)s)")


def from_arguments(arguments: argparse.Namespace) -> None:
    model = read_model(arguments.model)
    if arguments.mode == "fp32":
        graph = encoder_graph(model, model.word, plain_matrices(model))
    else:
        if arguments.data is None:
            raise SystemExit("--mode q8 rounds by what it sees of texts: name some with --data")
        # only here are texts read, so that the fp32 graph needs no tokenizer library
        from .layerwise import quantised
        from .texts import token_rows

        graph = quantised(model, token_rows(arguments.model, arguments.data, arguments.tokens))
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(graph, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.1f} MB, {len(graph.graph.node)} nodes")
