"""The command line: `python -m glitag_train recipe glitag-small-en …`."""

import argparse

from .quantise import command as quantise
from .quantise import record
from .small_en import recipe


def main() -> None:
    parser = argparse.ArgumentParser(prog="glitag_train", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("recipe", help="train a model of GLiTag's own from its base weights")
    make.add_argument("model", choices=["glitag-small-en"])
    recipe.add_arguments(make)
    make.set_defaults(run=recipe.from_arguments)
    write = commands.add_parser("quantise", help="write a model as an ONNX file, in fp32 or in 8 bits")
    quantise.add_arguments(write)
    write.set_defaults(run=quantise.from_arguments)
    shift = commands.add_parser("record-shift", help="record what the fp32 graph says, for the golden test of the embedded model")
    record.add_arguments(shift)
    shift.set_defaults(run=record.from_arguments)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
