"""The commands as a user runs them: results, messages, exit statuses, and the same bytes every time."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGLISH = "Mr Blair approved the deployment of 5,000 troops on Monday. “It may work,” said Gen Clark."
READING = ["build", "add", "update", "remove", "extract", "annotate"]
ASKING = ["query", "ask", "view", "export", "serve", "check", "entities", "merge", "split", "import",
          "vocabulary"]  # fmt: skip


def kg(*words: str | Path, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100"} | environment,
    )


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the seeds, built by the command."""
    out = tmp_path_factory.mktemp("seeds")
    done = kg("build", "seeds", "--out", out)
    assert done.returncode == 0, done.stderr
    assert "2 documents" in done.stderr
    assert "words a second" in done.stderr
    assert done.stdout == ""
    return out


@pytest.mark.parametrize("command", READING + ASKING)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    done = kg(command, "--help")
    assert done.returncode == 0
    assert f"Example: kg {command}" in done.stdout or command == "update"


def test_the_golden_graph_is_what_the_seeds_give(seeds: Path) -> None:
    golden = (ROOT / "exports" / "graph.ttl").read_bytes()
    assert (seeds / "graph.ttl").read_bytes() == golden, "run make demo, read the diff of exports/graph.ttl, commit it"


@pytest.mark.parametrize(("seed", "locale"), [("4242", "C")])
def test_a_second_build_changes_no_byte(seeds: Path, tmp_path: Path, seed: str, locale: str) -> None:
    done = kg("build", "seeds", "--out", tmp_path, PYTHONHASHSEED=seed, LC_ALL=locale, LANG=locale, PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    for name in ("graph.ttl", "graph.html", "claims.jsonl"):
        assert (tmp_path / name).read_bytes() == (seeds / name).read_bytes(), name


def test_claims_quote_their_articles(seeds: Path) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "seeds").glob("*.txt")}
    claims = [json.loads(line) for line in (seeds / "claims.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(claims) > 100
    for claim in claims:
        start, end = claim["sentence_span"]
        assert texts[claim["doc"]][start:end] == claim["sentence_text"]
        for argument in claim["arguments"]:
            assert texts[claim["doc"]][argument["start"] : argument["end"]] == argument["text"]


def test_query_prints_every_format(seeds: Path) -> None:
    select = "SELECT ?n { ?e a kg:Person ; rdfs:label ?n } ORDER BY ?n"
    store = ("--store", seeds / "store")
    rows = list(csv.reader(kg("query", select, *store).stdout.splitlines()))
    assert rows[0] == ["n"]
    assert ["Tony Blair"] in rows
    assert "Tony Blair" in kg("query", select, *store, "--format", "table").stdout
    bindings = json.loads(kg("query", select, *store, "--format", "json").stdout)["results"]["bindings"]
    assert len(bindings) == len(rows) - 1
    turtle = kg("query", "CONSTRUCT WHERE { ?a rel:calls_for ?b }", *store).stdout
    assert "rel:calls_for" in turtle


def test_ask_understands_english_and_names(seeds: Path) -> None:
    store = ("--store", seeds / "store", "--format", "json")
    english = kg("ask", "who calls for acceleration?", *store)
    assert english.returncode == 0, english.stderr
    assert "Clark" in english.stdout
    named = kg("ask", "supporters", "topic=acceleration", *store)
    assert named.stdout == english.stdout
    assert "positions" in kg("ask").stdout
    shown = kg("ask", "who calls for acceleration?", *store, "--show")
    assert "SELECT" in shown.stderr


def test_annotate_follows_the_contract() -> None:
    done = kg("annotate", "seeds/000_e105a922da9d1b16.txt", "--date", "1999-05-24")
    [line] = done.stdout.splitlines()
    layers = json.loads(line)
    text = (ROOT / "seeds" / "000_e105a922da9d1b16.txt").read_text(encoding="utf-8")
    assert layers["doc"] == "000_e105a922da9d1b16"
    assert {"sentences", "mentions", "clusters", "attributions", "times", "quantities", "claims"} < set(layers)
    for layer in ("mentions", "times", "quantities"):
        for found in layers[layer]:
            assert text[found["start"] : found["end"]].strip() == text[found["start"] : found["end"]] != ""


@pytest.mark.parametrize("style", ["chained", "nary"])
def test_extract_reuses_the_tokens_of_the_line(tmp_path: Path, style: str) -> None:
    sentence = "Mr. Blair did n't approve the deployment of 5,000 troops ."
    (tmp_path / "s.txt").write_text(sentence + "\n", encoding="utf-8")
    done = kg("extract", "--sentences", tmp_path / "s.txt", "--style", style)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    for row in rows:
        assert row["sentence"] == sentence
        assert set(row["rel"].split()) <= set(sentence.split())
    assert any(row["polarity"] == "negative" for row in rows)


def test_explain_shows_rules(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("Blair may approve the deployment .\n", encoding="utf-8")
    done = kg("extract", "--sentences", tmp_path / "s.txt", "--explain")
    assert done.returncode == 0, done.stderr
    assert "approve" in done.stdout


def test_a_document_can_be_added_and_removed(seeds: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds, tmp_path, dirs_exist_ok=True)
    (tmp_path / "new.txt").write_text(ENGLISH, encoding="utf-8")
    before = kg("query", "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }", "--store", tmp_path / "store").stdout
    assert kg("add", tmp_path / "new.txt", "--store", tmp_path / "store").returncode == 0
    more = kg("query", "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }", "--store", tmp_path / "store").stdout
    assert more != before
    assert kg("remove", "new", "--store", tmp_path / "store").returncode == 0
    assert kg("query", "SELECT (COUNT(*) AS ?n) { ?c a kg:Claim }", "--store", tmp_path / "store").stdout == before
    missing = kg("remove", "new", "--store", tmp_path / "store")
    assert missing.returncode == 1
    assert "new" in missing.stderr


def test_check_finds_no_fault_in_the_seeds(seeds: Path) -> None:
    done = kg("check", "--store", seeds / "store")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 violations" in done.stderr


MISTAKES = [
    (("build", "no/such/place"), 1, "no such file or folder"),
    (("build", "seeds", "--date", "yesterday"), 1, "'yesterday' is no date"),
    (("build", "seeds", "--model", "no_such_model"), 1, "'no_such_model'"),
    (("build",), 2, "places"),
    (("query", "SELECT nonsense", "--store", "STORE"), 1, "query"),
    (("query",), 2, "either a query or --file"),
    (("query", "ASK {}", "--store", "no/such/store"), 1, "no/such/store"),
    (("ask", "colourless green ideas", "--store", "STORE"), 1, "forms that are understood"),
    (("ask", "positions", "topic", "--store", "STORE"), 2, "NAME=VALUE"),
    (("view", "Nobody At All", "--store", "STORE", "--out", "/dev/null"), 1, "Nobody At All"),
    (("extract", "--sentences", "no/such/file"), 1, "no such file"),
    (("extract", "--sentences", "README.md", "--style", "odd"), 2, "chained"),
    (("annotate", "seeds", "--dates", "no/such/table"), 1, "no/such/table"),
    (("nonsense",), 2, "nonsense"),
]


@pytest.mark.parametrize(("words", "status", "message"), MISTAKES)
def test_a_mistake_is_a_message_never_a_traceback(
    seeds: Path, words: tuple[str, ...], status: int, message: str
) -> None:
    done = kg(*(str(seeds / "store") if word == "STORE" else word for word in words))
    assert done.returncode == status, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_one_bad_document_does_not_stop_a_build(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)))
    latin = "The café of Señor Muñoz was closed on Monday, he said in Zürich."
    (folder / "latin.txt").write_bytes(latin.encode("cp1252"))
    (folder / "line.txt").write_bytes(b"x" * 50_000_000)
    (folder / "french.txt").write_text("Le ministre a dit hier que le gouvernement ne changera pas de politique. " * 5)
    (folder / "hostile.txt").write_text(
        '"<script>alert(1)</script>" & "O\'Neil"\'s <b>General</b> said that </script> troops </a> left. ' + ENGLISH,
        encoding="utf-8",
    )
    (folder / "good.txt").write_text(ENGLISH, encoding="utf-8")
    done = kg("build", folder, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for words in ("empty: empty", "binary data", "read as cp125", "50.0 MB", "'fr'"):
        assert words in done.stderr, words
    assert "3 documents" in done.stderr
    assert "<script>alert" not in (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert kg("check", "--store", tmp_path / "out" / "store").returncode == 0


def test_nothing_readable_leaves_the_old_files(seeds: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds, tmp_path, dirs_exist_ok=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    (tmp_path / "empty").mkdir()
    done = kg("build", tmp_path / "empty", "--out", tmp_path)
    assert done.returncode == 1
    assert "nothing to read" in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    assert kg("query", "ASK { ?c a kg:Claim }", "--store", tmp_path / "store").stdout.strip() == "true"


def test_an_interrupted_build_leaves_the_old_files(seeds: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds, tmp_path, dirs_exist_ok=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    (tmp_path / "many").mkdir()
    for number in range(200):
        (tmp_path / "many" / f"{number}.txt").write_text(f"{ENGLISH} {number} left. " * 20, encoding="utf-8")
    build = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", tmp_path / "many", "--out", tmp_path],
        cwd=ROOT, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while not list((tmp_path / "store").glob("documents-2/*")):
        assert build.poll() is None, "the build must still be running for this test to mean anything"
        time.sleep(0.05)
    build.send_signal(signal.SIGINT)
    assert build.wait(timeout=30) != 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    count = "SELECT (COUNT(*) AS ?n) { ?d a kg:Report }"
    assert kg("query", count, "--store", tmp_path / "store").stdout == "n\n2\n"


def test_output_that_nobody_reads_is_no_traceback() -> None:
    command = f"{sys.executable} -m kg annotate seeds | head -c 1 > /dev/null; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
