"""The base of the recipe: fetched whole and only as it is pinned. Files stand for the server."""

import hashlib

import pytest

from glitag_train.small_en.base_weights import ARTIFACT, fetched

CONTENT = b"a jar"


@pytest.fixture
def served(tmp_path):
    file = tmp_path / "served" / "base.jar"
    file.parent.mkdir()
    file.write_bytes(CONTENT)
    return file.as_uri()


def test_it_is_fetched_once(tmp_path, served):
    folder, pinned = tmp_path / "out", hashlib.sha256(CONTENT).hexdigest()
    file = fetched(folder, served, pinned)
    assert file == folder / "base.jar" and file.read_bytes() == CONTENT and list(folder.iterdir()) == [file]
    assert fetched(folder, "http://127.0.0.1:1/base.jar", pinned) == file


def test_another_file_is_not_kept(tmp_path, served):
    with pytest.raises(SystemExit, match="another file than the one"):
        fetched(tmp_path / "out", served, hashlib.sha256(b"another").hexdigest())
    assert not list((tmp_path / "out").iterdir())


def test_offline_it_says_what_to_name(tmp_path):
    with pytest.raises(SystemExit) as problem:
        fetched(tmp_path / "out", "http://127.0.0.1:1/base.jar")
    assert ARTIFACT in str(problem.value) and "--base" in str(problem.value)
    assert not list((tmp_path / "out").iterdir())
