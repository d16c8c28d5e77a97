"""The command line: `python -m glitag_train train …`. A command's module is read when it is asked for: PyTorch takes seconds."""

import argparse
import importlib
import os
import sys

COMMANDS = {
    "train": ("train.command", "train a GLiClass model with upstream's trainer"),
    "adapt": ("adapt.command", "train the embedded model on decisions, and write it as GLiTag runs it"),
    "export": ("export.command", "write a GLiClass checkpoint as an ONNX model that GLiTag runs"),
    "checkpoint": ("checkpoint", "write a model's weights in fp32 as upstream's programs load them, its server among them"),
    "evaluate": ("evaluate.command", "measure a GLiClass checkpoint as `glitag evaluate` does"),
    "recipe": ("small_en.recipe", "train a model of GLiTag's own from its base weights"),
    "quantise": ("quantise.command", "write the embedded model as an ONNX file, in fp32 or in 8 bits"),
    "record-shift": ("quantise.record", "record what the fp32 graph says, for the golden test of the embedded model"),
    "goldens": ("goldens.command", "make the tiny models and recordings of test/golden"),
}

FULL = ("No space left on device", "unexpected pos ")
"""What a full disk is called by the system, and by PyTorch's writer."""


def main(words: list[str] | None = None) -> None:
    words = sys.argv[1:] if words is None else words
    # before PyTorch is read: threads that wait for each other let the processor go, or where others are at work most of the time goes into waiting
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    # ONNX Runtime keeps and sends events about models unless it is told not to before it is loaded
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    parser = argparse.ArgumentParser(prog="glitag_train", description="Trains, exports and measures models for GLiTag.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (module, help_text) in COMMANDS.items():
        command = commands.add_parser(name, help=help_text)
        if name in words[:1]:
            found = importlib.import_module(f"glitag_train.{module}")
            found.add_arguments(command)
            command.set_defaults(run=found.from_arguments)
    arguments = parser.parse_args(words)
    try:
        arguments.run(arguments)
    except Exception as error:
        if any(sign in str(error) for sign in FULL):
            raise SystemExit("The disk is full. Make room, and try again: what was whole is kept.") from error
        if isinstance(error, OSError):
            # a file that is not there, no network: what it says is all there is to know
            raise SystemExit(f"glitag_train {arguments.command}: {error}") from error
        raise


if __name__ == "__main__":
    main()
