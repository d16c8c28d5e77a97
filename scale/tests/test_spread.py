"""The program on a real Ray of two nodes with one worker each, with the real command and the embedded model."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
import ray
from ray.cluster_utils import Cluster

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
GLITAG = [str(REPOSITORY / "node_modules/.bin/node"), str(REPOSITORY / "dist/cli.js")]
LABELS = ["--labels", str(REPOSITORY / "test/fixtures/labels.json")]
DEADLINE_S = 240


@pytest.fixture(scope="module")
def cluster():
    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1)
    yield made
    ray.shutdown()
    made.shutdown()


def start(cluster: Cluster, *words: str) -> subprocess.Popen:
    command = [sys.executable, str(HERE.parent / "spread.py"), "--address", cluster.address, "--glitag", " ".join(GLITAG)]
    return subprocess.Popen([*command, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen) -> tuple[int, str]:
    _, stderr = process.communicate(timeout=DEADLINE_S)
    return process.returncode, stderr


def write_corpus(file: Path, count: int) -> Path:
    words = ["The app crashes when I press Save.", "I love this product.", "The contract ends in May.", "You lost my order!"]
    with open(file, "w", encoding="utf-8") as lines:
        for n in range(count):
            text = " ".join(words[(n + k) % len(words)] for k in range(12))
            lines.write(json.dumps({"id": f"doc {n}", "more": [n], "text": f"{n}: {text}"}) + "\n")
    return file


def documents_of(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if '"id"' in line]


def tagged_alone(corpus: Path) -> list[str]:
    done = subprocess.run([*GLITAG, "tag", "--input", str(corpus), *LABELS], check=True, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if '"id"' in line]


def until(found, what: str):
    end = time.monotonic() + DEADLINE_S
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"{what} did not happen")


def process_of(part: Path) -> int:
    return int(part.name.split(".")[-2])


def killed_at_work(out: Path) -> Path:
    """Kills the worker of a shard that has written some of its documents and is at work on the others."""

    def at_work() -> Path | None:
        for part in Path(f"{out}.parts").glob("*.part"):
            pid = process_of(part)
            os.kill(pid, signal.SIGSTOP)
            # It cannot finish now.
            if part.exists() and part.stat().st_size > 0 and b'{"stats"' not in part.read_bytes():
                os.kill(pid, signal.SIGKILL)
                return part
            os.kill(pid, signal.SIGCONT)
        return None

    return until(at_work, "a shard at work")


def test_a_worker_killed_in_mid_corpus(cluster: Cluster, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus.jsonl", 240)
    out = tmp_path / "tagged.jsonl"
    running = start(cluster, "--input", str(corpus), "--out", str(out), "--shards", "3", "--", *LABELS)
    part = killed_at_work(out)
    assert not out.exists()
    code, stderr = finish(running)
    assert code == 0, stderr
    assert "its worker was lost" in stderr
    assert part.name.split(".")[0] in {"00000-00001", "00000-00002", "00000-00003"}
    documents = documents_of(out)
    assert Counter(json.loads(line)["id"] for line in documents) == Counter(f"doc {n}" for n in range(240))
    assert sorted(documents) == sorted(tagged_alone(corpus))
    end = json.loads(out.read_text(encoding="utf-8").splitlines()[-1])
    assert end == {"stats": {"classified": 240, "reused": 0, "relabelled": 0, "skipped": 0}}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.jsonl", "tagged.jsonl"]


def test_a_program_killed_in_mid_corpus_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus.jsonl", 60)
    out = tmp_path / "tagged.jsonl"
    words = ["--input", str(corpus), "--out", str(out), "--shards", "6", "--", *LABELS]
    running = start(cluster, *words)
    parts = Path(f"{out}.parts")
    until(lambda: len(list(parts.glob("*.jsonl"))) >= 2, "two finished shards")
    running.kill()
    running.communicate()
    assert not out.exists()
    kept = {file: file.stat().st_mtime_ns for file in parts.glob("*.jsonl")}
    other = start(cluster, *words, "--threshold", "0.9")
    code, stderr = finish(other)
    assert code == 2 and "Delete it to begin anew" in stderr
    assert {file: file.stat().st_mtime_ns for file in kept} == kept
    code, stderr = finish(start(cluster, *words))
    assert code == 0, stderr
    # What was finished is not done again.
    assert stderr.count("of 6 shards") <= 6 - len(kept)
    assert sorted(documents_of(out)) == sorted(tagged_alone(corpus))


def test_a_folder_of_documents(cluster: Cluster, tmp_path: Path) -> None:
    out = tmp_path / "tagged.jsonl"
    documents = REPOSITORY / "test/fixtures/documents"
    code, stderr = finish(start(cluster, str(documents), "--out", str(out), "--shards", "4", "--", *LABELS))
    assert code == 0, stderr
    *lines, end = [json.loads(line) for line in out.read_text().splitlines()]
    paths = sorted(Path(line["path"] if "path" in line else line["skipped"]["path"]).name for line in lines)
    assert paths == ["blob.bin", "crash.md", "nda.md", "praise.txt"]
    assert end == {"stats": {"classified": 3, "reused": 0, "relabelled": 0, "skipped": 1}}


def test_what_glitag_refuses_ends_it(cluster: Cluster, tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "corpus.jsonl", 2)
    out = tmp_path / "tagged.jsonl"
    code, stderr = finish(start(cluster, "--input", str(corpus), "--out", str(out), "--", "--encoding", "utf8"))
    assert code == 2
    assert "--encoding is for files and folders" in stderr
    assert not out.exists()
