"""`python -m glitag_train checkpoint MODEL OUT`: a model's weights in fp32 as upstream's programs load them, its server among them."""

import argparse
from pathlib import Path

from .checkpoint_folder import read_checkpoint, write_checkpoint


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", type=Path, help="folder of a model in the embedded one's 8-bit form, or of a GLiClass checkpoint")
    parser.add_argument("out", type=Path, help="folder to write, where it is to stay: its config.json names the label encoder's tokenizer by its path")


def from_arguments(options: argparse.Namespace) -> None:
    found = read_checkpoint(options.model)
    write_checkpoint(found, options.out)
    print(f"{options.out / 'model.safetensors'}: {(options.out / 'model.safetensors').stat().st_size / 1e6:.1f} MB, {found.model.config.architecture_type}")
