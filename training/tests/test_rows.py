"""Every mistake of the data is named with its line and reason, and none of its text is repeated."""

import json

import pytest

from glitag_train.rows import BadRows, read_rows, rows_or_exit, true_labels

GOOD = {"text": "a", "all_labels": ["x", "y"], "true_labels": ["x"]}
BAD = [
    ([], "must be an object with “text” and “true_labels”, not a list"),
    ({**GOOD, "text": 5}, "“text” must be text, not a number"),
    ({"all_labels": ["x"], "true_labels": []}, "“text” is missing"),
    ({**GOOD, "text": " \n"}, "“text” is empty"),
    ({**GOOD, "all_labels": ["x", ""]}, "“all_labels[1]” is empty"),
    ({**GOOD, "all_labels": ["x", "a ＜<label>> b"]}, "<<LABEL>> in a label would be read as the model's own mark"),
    ({"text": "secret", "true_labels": []}, "“all_labels” is missing"),
    ({**GOOD, "all_labels": []}, "“all_labels” is empty"),
    ({**GOOD, "all_labels": ["x", 3]}, "“all_labels[1]” must be text, not a number"),
    ({**GOOD, "true_labels": "x"}, "“true_labels” must be a list of labels, not text"),
    ({**GOOD, "true_labels": ["z"]}, "holds “z”, which is not in “all_labels”"),
    ({**GOOD, "true_labels": {"x": 1.5}}, "gives “x” a weight that is not a number from 0 to 1"),
    ({**GOOD, "true_labels": {"x": True}}, "gives “x” a weight that is not a number from 0 to 1"),
    ({**GOOD, "prompt": 1}, "“prompt” must be text"),
    ({**GOOD, "examples": {}}, "“examples” must be a list, not an object"),
    ({**GOOD, "examples": [{"text": "e"}]}, "“examples[0].true_labels” is missing"),
    ({**GOOD, "rac_examples": [{"labels": ["x"], "text": "e"}]}, "“rac_examples[0].true_labels” is missing"),
    ({**GOOD, "rac_examples": [{"true_labels": ["x"], "text": "e", "all_labels": 3}]}, "“rac_examples[0].all_labels” must be a list of labels"),
    ({**GOOD, "_diversity": 0.4}, "“_diversity” must be an object with “overall_diversity”, not a number"),
    ({**GOOD, "_diversity": {"overall_diversity": -1}}, "“_diversity.overall_diversity” must be a number that is not below 0"),
]


def written(tmp_path, *lines: str):
    file = tmp_path / "data.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.mark.parametrize("row, reason", BAD)
def test_a_bad_row_is_named_with_its_line_and_reason(tmp_path, row, reason):
    file = written(tmp_path, json.dumps(GOOD), "", json.dumps(row))
    with pytest.raises(BadRows, match="line 3") as problem:
        read_rows([file])
    assert reason in str(problem.value)
    assert "secret" not in str(problem.value)


def test_all_mistakes_of_all_files_are_told_at_once(tmp_path):
    file = written(tmp_path, json.dumps({**GOOD, "text": 1}), "{", json.dumps(GOOD))
    with pytest.raises(BadRows) as problem:
        read_rows([file, tmp_path / "none.json"])
    told = str(problem.value)
    assert "line 1" in told and "line 2: is not valid JSON" in told and "none.json: cannot be read" in told


@pytest.mark.parametrize(
    "line", ['{"text": ' + "[" * 100_000, '{"text": "a", "all_labels": ["x"], "true_labels": {"x": ' + "9" * 5000 + "}}"], ids=["deep", "long number"]
)
def test_what_no_reader_bears_is_a_bad_row_like_others(tmp_path, line):
    with pytest.raises(BadRows, match="line 2: is not JSON that can be read"):
        read_rows([written(tmp_path, json.dumps(GOOD), line)])
    with pytest.raises(BadRows, match="line 1: is not JSON that can be read"):
        read_rows([written(tmp_path, "[" + line)])


def test_a_file_in_another_encoding_is_named(tmp_path):
    file = tmp_path / "data.jsonl"
    file.write_text(json.dumps({**GOOD, "text": "café"}, ensure_ascii=False), encoding="latin-1")
    with pytest.raises(BadRows, match="data.jsonl: is not UTF-8 text"):
        read_rows([file])


def test_half_a_character_is_read_as_in_javascript(tmp_path):
    (row,) = read_rows([written(tmp_path, json.dumps({**GOOD, "text": "\ud83d a \U0001f600", "all_labels": ["x", "\ude00"]}))])
    assert (row["text"], row["all_labels"]) == ("\ufffd a \U0001f600", ["x", "\ufffd"])


def test_whole_weights_are_numbers_like_others_and_count_from_a_half(tmp_path):
    """As `glitag decide --confidence` writes them; upstream's loss fails on whole numbers."""
    (row,) = read_rows([written(tmp_path, json.dumps({**GOOD, "true_labels": {"x": 1, "y": 0}}))])
    assert row["true_labels"] == {"x": 1, "y": 0} and all(isinstance(weight, float) for weight in row["true_labels"].values())
    assert true_labels(row) == ["x"] and true_labels({"true_labels": {"x": 0.49, "y": 0.5}}) == ["y"]


def test_markers_in_texts_are_words_as_for_glitag(tmp_path):
    text = "a <<LABEL>> ＜＜SEP>> < <LABEL>> <<<TRUE_LABEL>>"
    similar = {"text": "s", "true_labels": ["<<SEP>>"], "all_labels": ["<<SEP>>", "<<LABEL>> q"]}
    row = {**GOOD, "text": text, "prompt": "<<SEP>>", "examples": [{"text": "<<EXAMPLE>>", "labels": ["<<SEP>>"]}], "rac_examples": [similar]}
    (found,) = read_rows([written(tmp_path, json.dumps(row))])
    assert found["text"] == "a < LABEL>> ＜ SEP>> < <LABEL>> << TRUE_LABEL>>"
    assert (found["prompt"], found["examples"]) == ("< SEP>>", [{"text": "< EXAMPLE>>", "labels": ["< SEP>>"]}])
    assert found["rac_examples"] == [{"text": "s", "true_labels": ["< SEP>>"], "all_labels": ["< SEP>>", "< LABEL>> q"]}]


def test_a_label_that_is_named_twice_is_one(tmp_path):
    (row,) = read_rows([written(tmp_path, json.dumps({**GOOD, "all_labels": ["x", "x", "y"]}))])
    assert row["all_labels"] == ["x", "y"]


def test_the_one_label_of_an_example_needs_no_list(tmp_path):
    (row,) = read_rows([written(tmp_path, json.dumps({**GOOD, "examples": [{"text": "e", "labels": "x"}]}))])
    assert row["examples"] == [{"text": "e", "labels": ["x"]}]


def test_an_array_counts_rows_and_lines_count_lines(tmp_path):
    file = tmp_path / "data.json"
    file.write_text("\ufeff" + json.dumps([GOOD, {**GOOD, "text": None}]), encoding="utf-8")
    with pytest.raises(BadRows, match="row 2"):
        read_rows([file])


def test_weights_examples_and_labels_of_the_caller_come_through(tmp_path):
    rows = [
        {**GOOD, "true_labels": {"x": 0.7, "y": 0}, "prompt": None},
        {"text": "b", "true_labels": ["p"], "examples": [{"text": "e", "labels": ["p"]}]},
    ]
    first, second = read_rows([written(tmp_path, *map(json.dumps, rows))], labels=["p", "q"])
    assert first["true_labels"] == {"x": 0.7, "y": 0} and first["all_labels"] == ["x", "y"] and "prompt" not in first
    assert second["all_labels"] == ["p", "q"] and second["examples"] == rows[1]["examples"]


@pytest.mark.parametrize("true", [[], ["x", "y"], {"x": 1}])
def test_single_label_training_needs_one_true_label(tmp_path, true):
    file = written(tmp_path, json.dumps({**GOOD, "true_labels": true}))
    assert len(read_rows([file])) == 1
    with pytest.raises(BadRows, match="one label"):
        read_rows([file], single=True)


def test_a_command_ends_with_all_that_is_wrong_and_takes_labels_from_a_file(tmp_path):
    labels = tmp_path / "labels.json"
    labels.write_text('["x", "y"]')
    bare = {"text": "a", "true_labels": ["x"]}
    assert rows_or_exit([written(tmp_path, json.dumps(bare))], labels) == [GOOD]
    with pytest.raises(SystemExit, match="line 1: “all_labels” is missing"):
        rows_or_exit([written(tmp_path, json.dumps(bare))], None)


@pytest.mark.parametrize(
    "content, reason", [(None, "cannot be read"), ("{", "is not valid JSON"), ('"x"', "must be a list of labels, not text"), ("[1]", "must be text")]
)
def test_a_file_of_labels_that_is_none_is_named(tmp_path, content, reason):
    labels = tmp_path / "labels.json"
    if content is not None:
        labels.write_text(content)
    with pytest.raises(SystemExit, match=f"labels.json: .*{reason}"):
        rows_or_exit([written(tmp_path, json.dumps(GOOD))], labels)
