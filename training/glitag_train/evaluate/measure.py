"""Micro and macro figures and accuracy by scikit-learn: those of src/core/evaluation/metrics.ts."""

from sklearn.metrics import accuracy_score, precision_recall_fscore_support
from sklearn.preprocessing import MultiLabelBinarizer

from ..rows import Row, true_labels

Figures = dict[str, float]


def measure(rows: list[Row], given: list[list[str]]) -> Figures:
    """Labels counted are those that are true or given somewhere. A ratio without cases is 0. `accuracy`: rows with exactly their labels."""
    truth = [set(true_labels(row)) for row in rows]
    binary = MultiLabelBinarizer().fit([*truth, *given])
    true, predicted = binary.transform(truth), binary.transform(given)
    found: Figures = {"rows": len(rows), "accuracy": float(accuracy_score(true, predicted))}
    for average in ("micro", "macro"):
        precision, recall, f1, _ = precision_recall_fscore_support(true, predicted, average=average, zero_division=0)
        found |= {f"{average}_f1": float(f1), f"{average}_precision": float(precision), f"{average}_recall": float(recall)}
    return found
