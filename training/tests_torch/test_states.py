"""States that were kept are those of the layers that are frozen now, or they are computed anew."""

import pytest
import torch
from command_lines import REPOSITORY
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from glitag_train.__main__ import main
from glitag_train.small_en.model import BiEncoder
from glitag_train.small_en.states import kept
from glitag_train.small_en.whole_file import save_whole

TEXTS = ["a wire", "a hill of plaster"]


def test_states_of_other_layers_are_not_taken(tmp_path):
    torch.manual_seed(0)
    encoder = BertModel(BertConfig(hidden_size=24, num_hidden_layers=2, num_attention_heads=12, intermediate_size=24)).eval()
    tokens = Tokenizer.from_file(str(REPOSITORY / "models/glitag-small-en/tokenizer.json"))
    told = []

    def states(frozen: int):
        told.clear()
        return kept(tmp_path / "states.pt", BiEncoder(encoder, frozen, scale=1.0), tokens, TEXTS, 16, lambda done, of: told.append((done, of)))

    lower = states(1)
    assert told == [(2, 2)]
    assert torch.equal(states(1).hidden, lower.hidden) and not told
    whole = states(2)
    assert told == [(2, 2)] and not torch.equal(whole.hidden, lower.hidden)
    # the vectors of the untrained model are those of all layers, wherever training begins
    torch.testing.assert_close(whole.base, lower.base, atol=2e-3, rtol=0)


def test_a_disk_that_is_full_leaves_no_half_of_a_file_and_is_told(tmp_path, monkeypatch):
    """By a limit of the size of files, which PyTorch's writer cannot tell from it."""
    resource = pytest.importorskip("resource")
    file = tmp_path / "states.pt"
    save_whole({"old": 1}, file)
    monkeypatch.setattr("glitag_train.checkpoint.from_arguments", lambda _options: save_whole(torch.zeros(100_000), file))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, before[1]))
    try:
        with pytest.raises(SystemExit, match="The disk is full"):
            main(["checkpoint", "model", "out"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == [file] and torch.load(file) == {"old": 1}
