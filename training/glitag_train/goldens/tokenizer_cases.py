"""Recordings of the golden models' tokenizers on strings of awkward characters."""

import random

# What every kind of tokenizer must agree on.
PIECES = [
    *[
        "a",
        "B",
        "é",
        "e\u0301",
        "ß",
        "İ",
        "ǆ",
        "ﬁ",
        "Ⅳ",
        "ﷺ",
        "word",
        "product",
        "1",
        "23",
        ".",
        ",",
        "'s",
        "-",
        "—",
        "…",
    ],
    *["你", "好", "日本", "한", "국", "مرحبا", "שלום", "हिन्दी", "ไทย", "🎉", "👍🏽", "👩‍👧", "𝒳"],
    *[" ", "  ", "\t", "\n", "\u00a0", "\u200b", "\u3000", "\u00ad", "\u202e", "\x00", "\x07", "\ufffd"],
    *["<<LABEL>>", "<<SEP>>", "<<EXAMPLE>>", "<<label>>", "<< LABEL >>", "[SEP]", "[MASK]", "</s>", "x" * 120],
]
# Where the JavaScript tokenizers are known to differ (docs/PARITY.md).
KNOWN_LIMITS = ["a\U00020bb7b", "\U00020000a", "\ufeff", "\ufeffa", "\uff1c\uff1cLABEL\uff1e\uff1e"]
MODELS = ["uni-bert-first-simple", "uni-modernbert-avg-wdot", "uni-deberta-textfirst", "uni-t5-first"]


def strings(count=250):
    """Every piece alone and beside a letter, then seeded mixtures."""
    generator = random.Random(5)
    mixtures = ["".join(generator.choices(PIECES, k=generator.randint(2, 12))) for _ in range(count)]
    return [*PIECES, *[f"a{piece}b" for piece in PIECES], *mixtures, ""]


def record_tokenizers(tokenizers):
    """Token ids with special tokens; `tokenizers` maps names of models to their tokenizers."""
    texts = strings()
    return {
        "texts": texts,
        "ids": {name: tokenizers[name](texts)["input_ids"] for name in MODELS},
        "limits": {
            "texts": KNOWN_LIMITS,
            "ids": {name: tokenizers[name](KNOWN_LIMITS)["input_ids"] for name in MODELS},
        },
    }
