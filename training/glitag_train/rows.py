"""Reads upstream's training format: a JSON array, or JSON Lines. The twin of src/core/trainingData.ts, with the same words.

A row is {text, all_labels: [...], true_labels: [...] or {label: weight}, prompt?, examples?, rac_examples?}.
"""

import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]
SHOWN_PROBLEMS = 10


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
            problems.append(f"{file}: cannot be read ({error.__class__.__name__})")
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
        return read_rows(files, None if labels is None else json.loads(labels.read_text(encoding="utf-8")), single)
    except BadRows as problem:
        raise SystemExit(str(problem)) from None


def _values(file: Path):
    """(place, value) of each row; a value that is no JSON is the RowProblem that says so."""
    text = file.read_text(encoding="utf-8-sig")
    if text.lstrip().startswith("["):
        try:
            yield from ((f"row {index}", value) for index, value in enumerate(json.loads(text), 1))
        except json.JSONDecodeError as error:
            yield f"line {error.lineno}", RowProblem("", f"is not valid JSON ({error.msg.lower()})")
        return
    for index, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield f"line {index}", json.loads(line)
            except json.JSONDecodeError as error:
                yield f"line {index}", RowProblem("", f"is not valid JSON ({error.msg.lower()})")


def checked(value: Any, labels: list[str] | None, single: bool) -> Row:
    """The row, with `all_labels`. Raises RowProblem."""
    if isinstance(value, RowProblem):
        raise value
    if not isinstance(value, dict):
        raise RowProblem("", f"must be an object with “text” and “true_labels”, not {kind(value)}")
    _text(value, "text")
    row = dict(value)
    if row.get("all_labels") is None and labels is not None:
        row["all_labels"] = list(labels)
    _labels(row.get("all_labels"), "all_labels")
    if not row["all_labels"]:
        raise RowProblem("all_labels", "is empty; name at least one label")
    true = row.get("true_labels")
    if isinstance(true, dict):
        for label, weight in true.items():
            if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
                raise RowProblem("true_labels", f"gives “{label}” a weight that is not a number from 0 to 1")
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
    for name in ("examples", "rac_examples"):
        _examples(row, name)
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


def _examples(row: Row, field: str) -> None:
    found = row.get(field)
    if found is None:
        row.pop(field, None)
        return
    if not isinstance(found, list):
        raise RowProblem(field, f"must be a list, not {kind(found)}")
    for index, example in enumerate(found):
        at = f"{field}[{index}]"
        if not isinstance(example, dict):
            raise RowProblem(at, f"must be an object, not {kind(example)}")
        _text(example, "text", f"{at}.text")
        key = "labels" if field == "examples" and "labels" in example else "true_labels"
        _labels(example.get(key), f"{at}.{key}")


def kind(value: Any) -> str:
    """What a value is, in the words of the TypeScript reader."""
    if value is None:
        return "null"
    names = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names[type(value)]
