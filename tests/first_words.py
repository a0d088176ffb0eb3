"""How long from Enter to the first words of an answer, and what a language model adds to it: ``make first-words``.

Two servers of the page over one store: one without a writer, one whose model is the scripted endpoint of the tests. In
a real browser each question is asked in both, the one that goes first changing every time; no server has heard it
before, and each question begins a conversation of its own. The browser's own clock runs from the key to the frame that
paints words of the answer: neither the question, nor that the documents are looked through, nor that a model writes.
"""

import argparse
import json
import math
import os
import random
import re
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from browsing import DESKTOP, STILL, chromium, drawn, opened, question_box
from conftest import served
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as Late
from scripted_endpoint import Line, scripted, streams, text_of

from evals.load import questions_of
from index.settings import load

QUESTIONS = Path(__file__).parents[1] / "evals" / "questions" / "wordings.jsonl"
NUMBER = 40
BEGINS = 1.0  # seconds until the model's first word, as over a network
PAUSE = 0.02  # seconds between two pieces of seven characters
LONGEST = 30_000  # milliseconds for one answer
STARTS = 90_000  # milliseconds until the model's libraries are loaded
RESAMPLES = 10_000
SENTENCE_END = re.compile(r"(?<=[.!?])\s")
WARM = "How good is the support for speech and language?"
# What counts as words of an answer: our lead or note, a quotation, what is missing, a model's sentence.
WATCH = """question => {
    const words = '.lead, .note, .finding, .gaps, .summary li';
    window.typed = window.painted = null;
    addEventListener('keydown', event => { if (event.key === 'Enter') window.typed = event.timeStamp; }, true);
    const look = () => {
        if (window.typed === null) return;
        const asked = [...document.querySelectorAll('.asked h2')].find(one => one.textContent === question);
        const follows = one => asked.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
        const said = asked && [...document.querySelectorAll(words)].some(one => follows(one) && one.innerText.trim());
        if (!said) return;
        watch.disconnect();
        // The first callback comes before the frame with the words is painted, the second after it.
        requestAnimationFrame(() => requestAnimationFrame(now => { window.painted = now; }));
    };
    const watch = new MutationObserver(look);
    watch.observe(document.body, {childList: true, subtree: true, characterData: true});
}"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Milliseconds to the first words of one question's answer without and with a writer, and whether it wrote."""

    question: str
    alone: float
    writing: float
    wrote: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds: median and 90th percentile of each mode, and the median of what a writer adds with its interval."""

    n: int
    wrote: int
    alone: tuple[float, float]
    writing: tuple[float, float]
    extra: float
    interval: tuple[float, float]


def measured(pairs: Sequence[Pair]) -> Measured:
    """The table of some pairs, of which there must be one. The interval is a percentile bootstrap of the median."""
    extra = np.array([pair.writing - pair.alone for pair in pairs])
    drawn_again = np.random.default_rng(1).choice(extra, (RESAMPLES, len(extra)))
    low, high = np.percentile(np.median(drawn_again, axis=1), (2.5, 97.5))
    return Measured(
        len(pairs),
        sum(pair.wrote for pair in pairs),
        _middle_and_slow([pair.alone for pair in pairs]),
        _middle_and_slow([pair.writing for pair in pairs]),
        float(np.median(extra)),
        (float(low), float(high)),
    )


def _middle_and_slow(times: Sequence[float]) -> tuple[float, float]:
    return statistics.median(times), sorted(times)[math.ceil(0.9 * len(times)) - 1]


def table(found: Measured) -> str:
    """The same for people."""
    rows = [
        f"{name:<16}{median:>8.0f} ms{slow:>10.0f} ms{found.n:>6}"
        for name, (median, slow) in (("without a writer", found.alone), ("with a writer", found.writing))
    ]
    low, high = found.interval
    return "\n".join(
        [
            f"{'first words':<16}{'median':>11}{'90%':>13}{'n':>6}",
            *rows,
            f"a writer adds {found.extra:+.0f} ms (median of {found.n} pairs, 95% interval {low:+.0f} to {high:+.0f})",
            f"the model wrote in {found.wrote} of {found.n} answers",
        ]
    )


def quotes_first(line: Line) -> None:
    """A good reply: the first sentence that the model was sent, in small pieces after a second."""
    rows = (row for row in line.asked["messages"][-1]["content"].splitlines() if row.startswith("{"))
    first = json.loads(next(rows))
    sentence = SENTENCE_END.split(first["quotation"])[0]
    line.waits(BEGINS)
    streams(text_of((sentence, [first["number"]])), pause=PAUSE)(line)


@contextmanager
def both(store: Path) -> Iterator[tuple[str, str]]:
    """The addresses of the page without a writer and with one."""
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(TemporaryDirectory())) for _ in range(2)]
        for folder in folders:
            (folder / "store").symlink_to(store.resolve())
        endpoint = stack.enter_context(scripted(quotes_first))
        settings = {"WRITER": "llm", "LLM_URL": endpoint.url, "LLM_MODEL": "scripted"}
        model = {f"INSPECTION_{name}": value for name, value in settings.items()}
        yield (
            stack.enter_context(served(folders[0] / "store")),
            stack.enter_context(
                served(folders[1] / "store", more=model | {"INSPECTION_LLM_LEDGER": str(folders[1] / "spent.json")})
            ),
        )


@contextmanager
def visit(browser: Browser, address: str) -> Iterator[Page]:
    """A new visitor on the start page, when nothing more is being drawn."""
    context = browser.new_context()
    context.add_init_script(STILL)
    try:
        page = opened(context.new_page(), address, DESKTOP)
        drawn(page)
        yield page
    finally:
        context.close()


def first_words(browser: Browser, address: str, question: str) -> tuple[float, bool]:
    """Milliseconds from Enter to the first words, and whether a model wrote. Returns when the model has finished."""
    with visit(browser, address) as page:
        box = question_box(page)
        box.fill(question)
        page.evaluate(WATCH, question)
        box.press("Enter")
        page.wait_for_function("() => window.painted !== null", timeout=LONGEST)
        took = float(page.evaluate("window.painted - window.typed"))
        drawn(page)
        expect(page.locator("[class*=st-key-halt]")).to_have_count(0, timeout=LONGEST)
        return took, page.locator(".summary li").count() > 0


def pairs(store: Path, questions: Sequence[str]) -> Iterator[Pair]:
    """Ask each question in both modes. One that the page takes too long for is told of and left out."""
    path = chromium()
    if path is None:
        sys.exit("no Chromium on this machine: install chromium-headless-shell, or set CHROMIUM to a browser's path")
    with both(store) as addresses, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        for address in addresses:
            with browser.new_context() as context:
                page = context.new_page()
                page.goto(address)
                expect(question_box(page)).to_be_visible(timeout=STARTS)
            first_words(browser, address, WARM)
        for number, question in enumerate(questions):
            order = (0, 1) if number % 2 else (1, 0)
            try:
                found = {mode: first_words(browser, addresses[mode], question) for mode in order}
            except (AssertionError, Late):
                print(f"no answer within {LONGEST // 1000} seconds: {question}", file=sys.stderr)
                continue
            yield Pair(question, found[0][0], found[1][0], found[1][1])


def chosen(file: Path, n: int, seed: int) -> list[str]:
    """``n`` single questions of a file in an order of our own, none twice."""
    questions = list(dict.fromkeys(" ".join(question.split()) for question in questions_of(file)))
    random.Random(seed).shuffle(questions)  # noqa: S311 - an order to ask in, and no secret
    return [question for question in questions if question != WARM][:n]


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """Measure and print; 1 where nothing was answered."""
    parser = argparse.ArgumentParser(prog="python tests/first_words.py", description=__doc__)
    parser.add_argument("--store", type=Path, default=load(environment).store, help="the index (default: %(default)s)")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="a question file (default: %(default)s)")
    parser.add_argument("--n", type=int, default=NUMBER, help="how many questions (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="takes other questions of the file (default: 1)")
    parser.add_argument("--json", action="store_true", help="print every pair and the table as JSON")
    given = parser.parse_args(arguments)
    asked = list(pairs(given.store, chosen(given.questions, given.n, given.seed)))
    if not asked:
        print("nothing was answered", file=sys.stderr)
        return 1
    found = measured(asked)
    print(json.dumps({**asdict(found), "pairs": [asdict(one) for one in asked]}) if given.json else table(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
