"""A folder is there whole or not at all."""

import pytest

from glitag_train.whole_folder import whole_folder


def test_it_takes_the_place_of_the_old_one_at_the_end(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "old").write_text("")
    with whole_folder(folder) as partial:
        (partial / "new").write_text("")
        assert [file.name for file in folder.iterdir()] == ["old"]
    assert [file.name for file in folder.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [folder]


def test_a_failure_leaves_what_was_there(tmp_path):
    folder = tmp_path / "model"
    with whole_folder(folder) as partial:
        (partial / "old").write_text("")
    with pytest.raises(ValueError, match="half"), whole_folder(folder) as partial:
        (partial / "new").write_text("")
        raise ValueError("half way")
    assert [file.name for file in folder.iterdir()] == ["old"]
    assert list(tmp_path.iterdir()) == [folder]


def test_what_a_kill_left_half_written_is_no_part_of_it(tmp_path):
    half = tmp_path / "model.partial"
    half.mkdir()
    (half / "half").write_text("")
    with whole_folder(tmp_path / "model") as partial:
        (partial / "new").write_text("")
    assert [file.name for file in (tmp_path / "model").iterdir()] == ["new"]


def test_a_folder_of_other_things_is_not_replaced(tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "one").write_text("")
    with pytest.raises(SystemExit, match="photos is there already, and holds no onnx: it would be lost"), whole_folder(folder, holds="onnx"):
        raise AssertionError("it begins")
    assert [file.name for file in folder.iterdir()] == ["one"]
    (folder / "onnx").mkdir()
    with whole_folder(folder, holds="onnx") as partial:
        (partial / "new").write_text("")
    assert [file.name for file in folder.iterdir()] == ["new"]


def test_what_a_kill_moved_aside_comes_back(tmp_path):
    """The moment between the old folder's going and the new one's coming."""
    old = tmp_path / ".model.replaced"
    old.mkdir()
    (old / "old").write_text("")
    with pytest.raises(ValueError, match="half"), whole_folder(tmp_path / "model"):
        raise ValueError("half way")
    assert [file.name for file in (tmp_path / "model").iterdir()] == ["old"]


@pytest.mark.parametrize("is_there", [True, False])
def test_a_copy_that_somebody_put_beside_it_stays(tmp_path, is_there):
    for name in ("model.old", "model")[: 1 + is_there]:
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine").write_text("")
    with whole_folder(tmp_path / "model") as partial:
        (partial / "new").write_text("")
    assert [file.name for file in (tmp_path / "model").iterdir()] == ["new"]
    assert [file.name for file in (tmp_path / "model.old").iterdir()] == ["mine"]
