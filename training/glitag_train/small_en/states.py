"""States of the frozen layers for every training text, computed once and kept in a file: a training step then costs a third."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from .base_weights import token_ids
from .model import BiEncoder
from .whole_file import save_whole

AT_ONCE = 64
"""Texts between two reports."""
Tell = Callable[[int, int], None]
"""Is told how many texts are done, and of how many."""


@dataclass
class States:
    """hidden: [tokens of all texts, 384] half; start: where each text begins; base: the untrained [CLS] [texts, 384]; index: text -> number."""

    hidden: torch.Tensor
    start: list[int]
    base: torch.Tensor
    index: dict[str, int]

    def of(self, text: str) -> torch.Tensor:
        number = self.index[text]
        return self.hidden[self.start[number] : self.start[number + 1]]


def told(done: int, of: int) -> None:
    print(f"states of {done} of {of} texts", flush=True)


def compute(model: BiEncoder, tokens: Tokenizer, texts: list[str], limit: int, tell: Tell = told) -> States:
    ids = token_ids(tokens, texts, limit)
    rows, base = [], []
    for at in range(0, len(ids), AT_ONCE):
        part = model.lower(ids[at : at + AT_ONCE])
        rows += part
        with torch.no_grad():
            base.append(model.upper(part))
        tell(min(at + AT_ONCE, len(ids)), len(ids))
    start = torch.tensor([0, *(len(row) for row in rows)]).cumsum(0).tolist()
    return States(torch.cat(rows), start, torch.cat(base), {text: number for number, text in enumerate(texts)})


def kept(file: Path, model: BiEncoder, tokens: Tokenizer, texts: list[str], limit: int, tell: Tell = told) -> States:
    """States of these texts (and of others that were asked for before): from the file, and what it lacks computed and added to it."""
    saved = torch.load(file, weights_only=False) if file.exists() else None
    basis = {"limit": limit, "frozen": model.frozen}
    states = saved["states"] if saved and all(saved.get(name) == value for name, value in basis.items()) else None
    new = [text for text in dict.fromkeys(texts) if states is None or text not in states.index]
    if new:
        added = compute(model, tokens, new, limit, tell)
        states = added if states is None else joined(states, added)
        save_whole({**basis, "states": states}, file)
    assert states is not None
    return states


def joined(*parts: States) -> States:
    """All in one; of a text that is in several, the last one's."""
    start, index, tokens, texts = [0], {}, 0, 0
    for part in parts:
        start += [tokens + at for at in part.start[1:]]
        index |= {text: texts + at for text, at in part.index.items()}
        tokens, texts = start[-1], texts + len(part.base)
    return States(torch.cat([part.hidden for part in parts]), start, torch.cat([part.base for part in parts]), index)
