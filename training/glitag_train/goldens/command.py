"""`python -m glitag_train goldens`: builds tiny GLiClass models, exports each to ONNX, and records what upstream's pipelines make of them."""

import argparse
import os
import shutil
import tempfile
import warnings

warnings.filterwarnings("ignore")
os.environ["TOKENIZERS_PARALLELISM"] = "false"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import onnx  # noqa: E402 - the environment above must come first
import onnxruntime  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402

from ..model_files import save_tokenizer, write_json  # noqa: E402
from .cases import SHORT_PASSES  # noqa: E402
from .export_onnx import export, export_stock  # noqa: E402
from .golden_file import golden_file  # noqa: E402
from .helper_functions import record_helpers  # noqa: E402
from .models import RECIPES, build  # noqa: E402
from .tokenizer_cases import record_tokenizers  # noqa: E402

# A stock export of this model is made too: what users have who exported with upstream's own tools.
STOCK = "uni-bert-first-simple"
# This one is also recorded on passes with fewer tokens than labels.
SHORT = "uni-bert-pool-avg"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", help="folder to write to; laid out as test/golden")
    parser.add_argument("--only", help="names of models, separated by commas; then only these are made")
    parser.add_argument("--weights", action="store_true", help="save PyTorch weights too, as upstream's programs load them")


def from_arguments(options: argparse.Namespace) -> None:
    only = options.only.split(",") if options.only else None
    transformers.logging.set_verbosity_error()
    torch.set_num_threads(1)
    tokenizers = {}
    for recipe in RECIPES:
        if only is None or recipe.name in only:
            with tempfile.TemporaryDirectory() as label_folder:
                tokenizers[recipe.name] = make_model(recipe, options.out, label_folder, options.weights)
    if only is None:
        write_json(os.path.join(options.out, "functions.json"), record_helpers(), indent=0)
        os.makedirs(os.path.join(options.out, "fixtures"), exist_ok=True)
        write_json(os.path.join(options.out, "fixtures", "tokenizers.json"), record_tokenizers(tokenizers))


def make_model(recipe, out, label_folder, weights):
    folder = os.path.join(out, "models", recipe.name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    model, tokenizer, label_tokenizer = build(recipe, label_folder)
    graph = os.path.join(folder, "model.onnx")
    export(model, tokenizer, label_tokenizer, graph, recipe.num_labels_input)
    onnx.checker.check_model(graph)
    if recipe.name == STOCK:
        os.makedirs(os.path.join(out, "stock"), exist_ok=True)
        export_stock(model, tokenizer, os.path.join(out, "stock", recipe.name + ".onnx"))
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    assert not any(module.training for module in model.modules())
    if weights:
        model.save_pretrained(folder)
    save_tokenizer(tokenizer, folder)
    config = model.config.to_dict()
    if label_tokenizer is not None:
        save_tokenizer(label_tokenizer, os.path.join(folder, "label_model"))
        config["label_model_name"] = "label_model"
    write_json(os.path.join(folder, "config.json"), config, default=str, sort_keys=True)
    golden, _ = golden_file(recipe.name, recipe.encoder, recipe.cases, model, tokenizer, label_tokenizer, session)
    write_json(os.path.join(folder, "golden.json"), golden)
    if recipe.name == SHORT:
        os.makedirs(os.path.join(out, "fixtures"), exist_ok=True)
        short, _ = golden_file(recipe.name, recipe.encoder, SHORT_PASSES, model, tokenizer, label_tokenizer, session)
        write_json(os.path.join(out, "fixtures", "short-passes.json"), short)
    cases = golden["cases"]
    errors = sum("error" in case for case in cases)
    print(f"{recipe.name}: {len(cases)} cases, {errors} errors, {golden['onnx_vs_pytorch']}", flush=True)
    return tokenizer
