"""`python -m glitag_train export CHECKPOINT OUT`: a GLiClass checkpoint as a folder that GLiTag runs."""

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

import onnx
import onnxruntime

from ..checkpoint_folder import Checkpoint, read_checkpoint, without_adapters
from ..goldens.export_onnx import dummy_inputs, export, has_fixed_slots, trace
from ..model_files import save_tokenizer, write_json
from ..whole_folder import whole_folder
from .card import card
from .eight_bits import eight_bit_graph, why_not_eight_bits
from .replay import recorded, split_difference
from .split import SplitBiEncoder, why_not_split

TOLERANCE = 1e-5
"""Of a probability, for fp32."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, help="folder of a GLiClass checkpoint, such as final_model of a training")
    parser.add_argument("out", type=Path, help="folder to write; one that is there stays until the new one is whole")
    parser.add_argument("--precision", choices=["fp32", "fp16", "int8"], default="fp32")
    parser.add_argument("--graph", choices=["auto", "joint", "split"], default="auto", help="auto: split where the architecture allows it")
    parser.add_argument("--data", type=Path, help="int8: a text file with a text a line, or a folder of JSON Lines sets, to measure activations on")


@dataclass
class Written:
    """What came out, for the card and the last line."""

    graph: str
    file: Path
    checked: list[str]


def from_arguments(options: argparse.Namespace) -> None:
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    found = without_adapters(read_checkpoint(options.checkpoint))
    refuse_unsupported(found)
    with whole_folder(options.out, holds="onnx") as partial:
        (partial / "onnx").mkdir()
        written = write(found, options, partial)
        size = written.file.stat().st_size
        (partial / "README.md").write_text(
            card(options.out.resolve().name, found.model.config, written.graph, options.precision, size, written.checked), encoding="utf-8"
        )
    print("\n".join([f"{options.out / written.file.relative_to(partial)}: {size / 1e6:.1f} MB, {written.graph}", *written.checked]))


def write(found: Checkpoint, options: argparse.Namespace, folder: Path) -> Written:
    why = why_not_split(found.model)
    if options.precision == "int8":
        if (other := why_not_eight_bits(found, why)) is not None:
            raise SystemExit(f"The 8-bit form is not available for this model: {other}. Use --precision fp16, which is half as large as fp32.")
        if options.data is None:
            raise SystemExit("--precision int8 rounds by what it sees of texts: name some with --data.")
    elif options.graph == "split" and why is not None:
        raise SystemExit(f"There is no split graph of this model: {why}.")
    split = options.precision == "int8" or (options.graph != "joint" and why is None)
    write_config(found, folder, split)
    return write_split(found, options, folder) if split else write_joint(found, options, folder)


def write_joint(found: Checkpoint, options: argparse.Namespace, folder: Path) -> Written:
    config = found.model.config
    # hopfield's softmax spans all slots: only a count that is given is exact where labels were cut
    counted = config.architecture_type == "uni-encoder" and config.scorer_type == "hopfield" and not config.use_calibrator
    file = folder / "onnx" / ("model.onnx" if options.precision == "fp32" else "model_fp16.onnx")
    export(found.model, found.tokenizer, found.label_tokenizer, str(file), counted)
    finish_graph(file, options.precision)
    golden, difference = recorded(found, opened(file), options.out.resolve().name)
    checked = held(difference.probability, options.precision)
    passes = f"{difference.batches} forward passes of {len(golden['cases'])} cases"
    if options.precision == "fp32":
        write_json(folder / "golden.json", golden)
        checked.append(f"{passes}, as PyTorch answers them, are in golden.json.")
    else:
        checked.append(f"Compared on {passes}. There is no golden.json: half precision is not upstream's numbers. `glitag verify` looks the model over.")
    kind = "num-labels" if counted else "fixed" if has_fixed_slots(config) else "joint"
    return Written(kind, file, checked)


def write_split(found: Checkpoint, options: argparse.Namespace, folder: Path) -> Written:
    file = folder / "onnx" / {"fp32": "encoder.onnx", "fp16": "encoder_fp16.onnx", "int8": "encoder_q8.onnx"}[options.precision]
    if options.precision == "int8":
        onnx.save(eight_bit_graph(options.checkpoint, options.data), file)
    else:
        trace(SplitBiEncoder(found.model), dummy_inputs("bi-encoder", found.tokenizer, found.label_tokenizer or found.tokenizer), str(file))
        finish_graph(file, options.precision)
    checked = held(split_difference(found, opened(file)), options.precision)
    checked.append("There is no golden.json: upstream has no split graph whose passes could be recorded. `glitag verify` looks the model over.")
    return Written("split", file, checked)


def held(difference: float, precision: str) -> list[str]:
    if precision == "fp32" and not difference <= TOLERANCE:
        raise SystemExit(f"The graph differs from PyTorch by {difference:.1e} in a probability; {TOLERANCE:.0e} is allowed. Nothing was written.")
    return [f"Probabilities differ from PyTorch's by at most {difference:.1e}."]


def opened(file: Path) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])


def finish_graph(file: Path, precision: str) -> None:
    """Checked, and in half precision where that is wanted; inputs and outputs stay as they are."""
    onnx.checker.check_model(str(file))
    if precision == "fp16":
        from onnxruntime.transformers.float16 import convert_float_to_float16

        onnx.save(convert_float_to_float16(onnx.load(str(file)), keep_io_types=True), str(file))


def write_config(found: Checkpoint, folder: Path, split: bool) -> None:
    save_tokenizer(found.tokenizer, folder)
    config = found.model.config.to_dict()
    if found.label_tokenizer is not None:
        save_tokenizer(found.label_tokenizer, folder / "label_model")
        config["label_model_name"] = "label_model"
    # the embedded model's own configuration names the graph that it has
    config.pop("graph", None)
    if split:
        config["graph"] = "split-bi-encoder"
    write_json(folder / "config.json", config, default=str, sort_keys=True)


def refuse_unsupported(found: Checkpoint) -> None:
    config = found.model.config
    asked = {name: getattr(config, name, None) for name in ("squeeze_layers", "layer_wise", "multimodal")}
    if config.encoder_layer_id != -1:
        asked["encoder_layer_id"] = config.encoder_layer_id
    if config.architecture_type == "decoder-kv" and (config.recurrent_steps > 1 or config.scorer_full_sequence):
        asked["recurrent_steps or scorer_full_sequence"] = True
    wanted = [f"{name}: {value}" for name, value in asked.items() if value]
    if wanted:
        raise SystemExit(f"GLiTag cannot run a model with {', '.join(wanted)}, so there is nothing to export.")
