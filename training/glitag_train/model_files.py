"""Files of a model folder as GLiTag reads them."""

import json
import os


def save_tokenizer(tokenizer, folder):
    """Two files only. The last padding and truncation are saved with a tokenizer; the pipelines set both per call."""
    tokenizer.save_pretrained(folder)
    kept = ("tokenizer.json", "tokenizer_config.json")
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name.endswith((".jinja", ".txt")) or (name.endswith(".json") and name not in kept):
            os.remove(path)
    for name in kept:
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        if name == "tokenizer.json":
            content["padding"] = content["truncation"] = None
        write_json(path, content)


def write_json(path, content, **options):
    with open(path, "w", encoding="utf-8") as file:
        separators = None if "indent" in options else (",", ":")
        json.dump(content, file, ensure_ascii=False, separators=separators, **options)
        file.write("\n")
