"""Takes the power from marker texts inside texts and examples: there they are words, as for GLiTag. The twin of src/inference/pipeline/neutraliseMarkers.ts."""

import re
import unicodedata

MARKERS = ("<<LABEL>>", "<<SEP>>", "<<EXAMPLE>>", "<</EXAMPLE>>", "<<TRUE_LABEL>>", "<<FALSE_LABEL>>")
LESS = re.compile("[<＜﹤]")


def neutralised(text: str) -> str:
    """With the second `<` of every marker replaced by a space, also where a tokenizer would make a marker of it by NFKC."""
    if LESS.search(text) is None:
        return text
    # character by character, to know where each normalised one came from
    normalised = [(unit, at) for at, character in enumerate(text) for unit in unicodedata.normalize("NFKC", character)]
    plain, characters = "".join(unit for unit, _ in normalised), list(text)
    for marker in MARKERS:
        for found in re.finditer(re.escape(marker), plain):
            characters[normalised[found.start() + 1][1]] = " "
    return "".join(characters)


def marker_in(text: str) -> str | None:
    """Whatever its case, as the twin in src/core/markers.ts."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return next((marker for marker in MARKERS if marker in plain), None)
