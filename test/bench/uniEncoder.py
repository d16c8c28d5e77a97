"""A uni-encoder of the embedded model's size (12 layers of 384, its tokenizer) with weights by chance, as upstream's server loads it.

python uniEncoder.py EMBEDDED_MODEL OUT
"""

import json
import sys
import tempfile
from pathlib import Path

import torch
from glitag_train.checkpoint_folder import write_checkpoint
from glitag_train.train.start import from_scratch

model, out = map(Path, sys.argv[1:])
torch.manual_seed(1)
config = json.loads((model / "config.json").read_text(encoding="utf-8"))
config.pop("graph", None)
changed = {"architecture_type": "uni-encoder", "label_model_name": None, "label_model_config": None}
with tempfile.TemporaryDirectory() as folder:
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        (Path(folder) / name).write_bytes((model / name).read_bytes())
    (Path(folder) / "config.json").write_text(json.dumps({**config, **changed}), encoding="utf-8")
    write_checkpoint(from_scratch(Path(folder), {}), out)
