"""Reads upstream's training format: a JSON array, or JSON Lines. The twin of src/core/trainingData.ts, with the same words.

A row is {text, all_labels: [...], true_labels: [...] or {label: weight}, prompt?, examples?, rac_examples?}.
"""

import json
import re
from pathlib import Path
from typing import Any

from .markers import marker_in, neutralised

Row = dict[str, Any]
SHOWN_PROBLEMS = 10
TRUE_FROM = 0.5
"""Weight from which a label counts as one that the text has, where something must be said with yes or no."""
LONE_HALVES = re.compile("[\ud800-\udfff]")
"""Of characters that were cut in two. No tokenizer takes them; JavaScript's reads them as U+FFFD."""


class RowProblem(Exception):
    """Of one row: the field at fault, and what is expected."""

    def __init__(self, field: str, expected: str) -> None:
        super().__init__(f"“{field}” {expected}" if field else expected)
        self.field = field


class BadRows(Exception):
    """All mistakes of all files, a line each: file, line, reason. Never the text of a row."""


def read_rows(files: list[Path], labels: list[str] | None = None, single: bool = False) -> list[Row]:
    """Rows of all files in order. `labels` are those of rows without `all_labels`; `single`: each row must have one true label.

    Raises BadRows before any row is given, with the mistakes of all files.
    """
    rows: list[Row] = []
    problems: list[str] = []
    for file in files:
        try:
            found = list(_values(file))
        except (OSError, UnicodeDecodeError) as error:
            problems.append(unreadable(file, error))
            continue
        if not found:
            problems.append(f"{file}: holds no rows")
        for place, value in found:
            try:
                rows.append(checked(value, labels, single))
            except RowProblem as problem:
                problems.append(f"{file}, {place}: {problem}")
    if problems:
        more = [f"and {len(problems) - SHOWN_PROBLEMS} more"] if len(problems) > SHOWN_PROBLEMS else []
        raise BadRows("\n".join(["The data is not in GLiClass training format:", *problems[:SHOWN_PROBLEMS], *more]))
    return rows


def rows_or_exit(files: list[Path], labels: Path | None, single: bool = False) -> list[Row]:
    """As `read_rows`, for a command: `labels` is a file with a JSON list, and mistakes end it with what they are."""
    try:
        return read_rows(files, None if labels is None else read_labels(labels), single)
    except BadRows as problem:
        raise SystemExit(str(problem)) from None


def read_labels(file: Path) -> list[str]:
    """A JSON list of labels. Raises BadRows."""
    try:
        found = _loaded(file.read_text(encoding="utf-8-sig"))
        _labels(found, "labels")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRows(unreadable(file, error)) from None
    except RowProblem as problem:
        raise BadRows(f"{file}: {problem}") from None
    return found


def unreadable(file: Path, error: OSError | UnicodeDecodeError) -> str:
    return f"{file}: {'is not UTF-8 text' if isinstance(error, UnicodeDecodeError) else f'cannot be read ({error.strerror})'}"


def true_labels(row: Row) -> list[str]:
    """Those that count as true where weights do not."""
    true = row["true_labels"]
    return [label for label, weight in true.items() if weight >= TRUE_FROM] if isinstance(true, dict) else true


def _values(file: Path):
    """(place, value) of each row; a value that is no JSON is the RowProblem that says so."""
    text = file.read_text(encoding="utf-8-sig")
    if text.lstrip().startswith("["):
        try:
            found = _loaded(text)
        except RowProblem as problem:
            line = problem.__cause__.lineno if isinstance(problem.__cause__, json.JSONDecodeError) else 1
            yield f"line {line}", problem
            return
        yield from ((f"row {index}", value) for index, value in enumerate(found, 1))
        return
    for index, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"line {index}", _loaded(line)
            except RowProblem as problem:
                yield f"line {index}", problem


def _loaded(text: str) -> Any:
    """The JSON value, with whole characters only. Raises RowProblem."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise RowProblem("", f"is not valid JSON ({error.msg.lower()})") from error
    except (ValueError, RecursionError) as error:
        raise RowProblem("", "is not JSON that can be read (a number of thousands of digits, or thousands of lists in each other)") from error
    # only an escape can hold half a character
    return json.loads(LONE_HALVES.sub("\ufffd", json.dumps(value, ensure_ascii=False))) if re.search(r"\\u[dD][89a-fA-F]", text) else value


def checked(value: Any, labels: list[str] | None, single: bool) -> Row:
    """The row, with `all_labels`. Raises RowProblem."""
    if isinstance(value, RowProblem):
        raise value
    if not isinstance(value, dict):
        raise RowProblem("", f"must be an object with “text” and “true_labels”, not {kind(value)}")
    _text(value, "text")
    if not value["text"].strip():
        raise RowProblem("text", "is empty")
    row = {**value, "text": neutralised(value["text"])}
    if row.get("all_labels") is None and labels is not None:
        row["all_labels"] = list(labels)
    _labels(row.get("all_labels"), "all_labels")
    if not row["all_labels"]:
        raise RowProblem("all_labels", "is empty; name at least one label")
    # of a label that is named twice, one would be false in single-label training
    row["all_labels"] = list(dict.fromkeys(row["all_labels"]))
    for label in row["all_labels"]:
        if (marker := marker_in(label)) is not None:
            raise RowProblem("all_labels", f"holds “{label}”, and {marker} in a label would be read as the model's own mark")
    true = row.get("true_labels")
    if isinstance(true, dict):
        for label, weight in true.items():
            if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
                raise RowProblem("true_labels", f"gives “{label}” a weight that is not a number from 0 to 1")
        # upstream makes whole numbers of 0 and 1, with which its loss fails
        row["true_labels"] = {label: float(weight) for label, weight in true.items()}
    else:
        _labels(true, "true_labels")
    stranger = next((label for label in true if label not in row["all_labels"]), None)
    if stranger is not None:
        raise RowProblem("true_labels", f"holds “{stranger}”, which is not in “all_labels”")
    if single and (isinstance(true, dict) or len(true) != 1):
        raise RowProblem("true_labels", "must be a list of one label for single_label_classification")
    if row.get("prompt") is None:
        row.pop("prompt", None)
    else:
        _text(row, "prompt")
        row["prompt"] = neutralised(row["prompt"])
    for name in ("examples", "rac_examples"):
        _examples(row, name)
    _diversity(row)
    return row


def _text(row: Row, field: str, place: str | None = None) -> None:
    if not isinstance(row.get(field), str):
        raise RowProblem(place or field, "is missing" if field not in row else f"must be text, not {kind(row[field])}")


def _labels(value: Any, field: str) -> None:
    if not isinstance(value, list):
        raise RowProblem(field, "is missing" if value is None else f"must be a list of labels, not {kind(value)}")
    for index, label in enumerate(value):
        if not isinstance(label, str):
            raise RowProblem(f"{field}[{index}]", f"must be text, not {kind(label)}")
        if not label.strip():
            raise RowProblem(f"{field}[{index}]", "is empty")


def _examples(row: Row, field: str) -> None:
    found = row.get(field)
    if found is None:
        row.pop(field, None)
        return
    if not isinstance(found, list):
        raise RowProblem(field, f"must be a list, not {kind(found)}")
    row[field] = [_example(example, field, f"{field}[{index}]") for index, example in enumerate(found)]


def _example(example: Any, field: str, at: str) -> dict[str, Any]:
    if not isinstance(example, dict):
        raise RowProblem(at, f"must be an object, not {kind(example)}")
    _text(example, "text", f"{at}.text")
    key = "labels" if field == "examples" and "labels" in example else "true_labels"
    # upstream would join the letters of a single one
    labels = [example[key]] if isinstance(example.get(key), str) else example.get(key)
    _labels(labels, f"{at}.{key}")
    found = {**example, "text": neutralised(example["text"]), key: list(map(neutralised, labels))}
    if field == "rac_examples" and "all_labels" in example:
        _labels(example["all_labels"], f"{at}.all_labels")
        found["all_labels"] = list(map(neutralised, example["all_labels"]))
    return found


def _diversity(row: Row) -> None:
    """By which upstream draws the row: {overall_diversity}."""
    found = row.get("_diversity")
    if found is None:
        row.pop("_diversity", None)
        return
    if not isinstance(found, dict):
        raise RowProblem("_diversity", f"must be an object with “overall_diversity”, not {kind(found)}")
    share = found.get("overall_diversity", 0.5)
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share < float("inf"):
        raise RowProblem("_diversity.overall_diversity", "must be a number that is not below 0")


def kind(value: Any) -> str:
    """What a value is, in the words of the TypeScript reader."""
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names[type(value)]
