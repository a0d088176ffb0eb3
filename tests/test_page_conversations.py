"""Conversations: they outlive clicks and reloads, end when they should, and never mix."""

import json
import threading
import time
from collections.abc import Generator, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from browsing import QUESTION, ask, drawn, opened, question_box
from conftest import SEEDS, served
from endpoints import replying, vectors
from playwright.sync_api import Browser, Page, expect
from scripted_endpoint import Line, says, scripted

from assistant.assistant import Assistant
from assistant.types import Answer, Status, Understood
from assistant.types import Turn as Asked
from assistant.writers.llm import ModelWriter, Written
from assistant.writers.options import Options
from index.build import build
from index.embedders.endpoint import Endpoint
from page.asking import Busy
from page.asking import Line as AnsweringLine
from page.asking import answer as make
from page.conversations import MOST, MOST_LEADING, Conversation, Conversations, Question, Turn, Waiting, Writing
from page.writing import write


def answer(text: str) -> Answer:
    """An answer to a question that leans on the one before it."""
    return Answer(text, f"{text}, as before", Status.ANSWERED, "", (), (), Understood())


def asked(conversation: Conversation, text: str, alone: bool = False) -> None:
    found: Future[Answer] = Future()
    found.set_result(answer(text))
    waiting = Waiting(Question(text, alone=alone), found)
    conversation.waiting.append(waiting)
    assert conversation.settle(waiting)


def test_each_visitor_has_a_conversation_of_their_own() -> None:
    kept = Conversations(hours=1)
    asked(kept.of("one"), "a")
    assert [one.question for one in kept.of("one").answers] == ["a"]
    assert kept.of("two").answers == []


def test_a_conversation_ends_some_hours_after_the_last_visit() -> None:
    now = [0.0]
    kept = Conversations(hours=1, clock=lambda: now[0])
    asked(kept.of("one"), "a")
    now[0] = 3000
    assert kept.of("one").answers
    now[0] = 6000
    assert kept.of("one").answers
    now[0] = 9700
    assert not kept.of("one").answers


def test_the_conversation_untouched_longest_makes_room() -> None:
    kept = Conversations(hours=1)
    first = kept.of("0")
    for number in range(1, MOST + 1):
        kept.of(str(number))
    assert len(kept) == MOST
    assert kept.of("0") is not first


def test_an_answer_settled_in_one_window_is_not_added_again_in_another() -> None:
    conversation = Conversation()
    found: Future[Answer] = Future()
    found.set_result(answer("a"))
    waiting = Waiting(Question("a"), found)
    conversation.waiting.append(waiting)
    assert conversation.settle(waiting) and not conversation.settle(waiting)
    assert len(conversation.turns) == 1


def test_only_so_many_questions_wait_and_there_is_room_again_when_one_is_answered() -> None:
    go = threading.Event()

    def made() -> Answer:
        go.wait(10)
        return answer("a")

    line = AnsweringLine(threads=1, most=2)
    first, second, third = (line.submit(made) for _ in range(3))
    assert isinstance(third.exception(timeout=0), Busy)
    go.set()
    assert first.result(10) == second.result(10) == answer("a")
    assert line.submit(made).result(10) == answer("a")


def test_a_dropped_question_leaves_no_answer() -> None:
    conversation = Conversation()
    waiting = Waiting(Question("a"), Future())
    conversation.waiting.append(waiting)
    conversation.drop(waiting)
    assert not conversation.settle(waiting) and not conversation.turns


def test_a_question_rests_on_the_turns_since_one_asked_alone_and_on_not_too_many() -> None:
    conversation = Conversation()
    for text in "abc":
        asked(conversation, text)
    asked(conversation, "d", alone=True)
    asked(conversation, "e")
    assert [turn.question.text for turn in conversation.leading_to(Question("f"))] == ["d", "e"]
    assert conversation.leading_to(Question("f", alone=True)) == []
    assert [turn.question.text for turn in conversation.run_of(2)] == ["a", "b", "c"]
    for text in "ghijklmnopqrs":
        asked(conversation, text)
    assert len(conversation.leading_to(Question("t"))) == MOST_LEADING


def test_what_stands_alone_is_read_the_same_without_what_came_before(assistant: Assistant) -> None:
    questions = (
        "What must get better in Barking and Dagenham?",
        "And in 2017?",
        "What did the council say?",
        "What is going well in Southend-on-Sea?",
        "Who said that?",
        "What about short breaks in Hackney?",
        "And therapies?",
        "Is there a parents' forum in Brent?",
        "What about Telford?",
    )
    conversation, every, shortened = Conversation(), list[Asked](), 0
    for text in questions:
        leading = conversation.leading_to(Question(text))
        shortened += len(leading) < len(every)
        whole = assistant.ask(text, every)
        cut = assistant.ask(text, [Asked(turn.answer.question, turn.answer.answer) for turn in leading])
        assert (cut.resolved_question, cut.citations, cut.missing) == (
            whole.resolved_question,
            whole.citations,
            whole.missing,
        ), text
        every.append(Asked(text, whole.answer))
        conversation.turns.append(Turn(Question(text), whole))
    assert shortened >= 4


def test_a_conversation_has_its_own_limit_and_clearing_it_gives_no_other(assistant: Assistant, tmp_path: Path) -> None:
    prices, said = tmp_path / "prices.toml", "2,914 children and young people have an EHC plan."
    prices.write_text('[models]\n"m" = { sent = 1000, received = 1000 }\n', encoding="utf-8")  # a token costs 0.001
    found = assistant.ask("How many children have an EHC plan in Barking and Dagenham?")
    with scripted(says((said, [1]))) as endpoint:
        model = ModelWriter(Options(endpoint.url, "m", conversation_limit=2.0, prices=prices, seconds=60))

        def added(conversation: Conversation) -> str:
            writing = Writing(found)
            write(model, writing, assistant.store, conversation.name)
            assert not writing.running
            return writing.answer.answer

        one, other = Conversation(), Conversation()
        assert said in added(one)
        one.clear()
        while said in (last := added(one)):
            assert len(endpoint.asked) < 5
        assert "the limit on its cost is reached" in last
        assert said in added(other)


class Faulty(ModelWriter):
    """A writer with a fault that nobody foresaw: it fails once a statement has passed."""

    def grow(self, *given: Any, **more: Any) -> Generator[Written]:
        for written in super().grow(*given, **more):
            yield written
            raise RuntimeError("a fault of our own")


def test_a_fault_of_our_own_while_a_model_writes_is_told_and_keeps_what_had_passed(assistant: Assistant) -> None:
    said = "2,914 children and young people have an EHC plan."
    with scripted(says((said, [1]))) as endpoint:
        model = Faulty(Options(endpoint.url, "m", seconds=60))
        writing = Writing(assistant.ask("How many children have an EHC plan in Barking and Dagenham?"))
        before = writing.answer.statements
        write(model, writing, assistant.store, "x")
    texts = [statement.text for statement in writing.answer.statements]
    assert not writing.running and said in texts
    assert texts[-1] == "The language model did not finish: it failed." and before[-1].text in texts


def test_a_stopped_or_cleared_conversation_takes_nothing_more(assistant: Assistant) -> None:
    found, go = assistant.ask("How many children have an EHC plan in Barking and Dagenham?"), threading.Event()

    def late(line: Line) -> None:
        go.wait(20)
        says(("2,914 children and young people have an EHC plan.", [1]))(line)

    with scripted(late) as endpoint:
        model = ModelWriter(Options(endpoint.url, "m", seconds=60))
        writing, conversation = Writing(found), Conversation()
        conversation.turns.append(Turn(Question("a"), found, writing))
        work = threading.Thread(target=write, args=(model, writing, assistant.store, "x"))
        work.start()
        while not endpoint.asked and work.is_alive():
            time.sleep(0.01)
        conversation.clear()
        go.set()
        work.join(20)
    assert len(endpoint.asked) == 1 and writing.answer == found


def test_what_a_model_adds_changes_nothing_of_how_a_follow_up_is_read(assistant: Assistant) -> None:
    first = assistant.ask("What must get better in Barking and Dagenham?")
    grown = Writing(
        replace(first, answer=f"A word of a model on short breaks in Brent.\n{first.answer}"), running=False
    )
    follow_up = Question("And in 2017?")
    plain = make(assistant, follow_up, [Turn(Question(first.question), first)])
    after = make(assistant, follow_up, [Turn(Question(first.question), first, grown)])
    assert (after.resolved_question, after.citations) == (plain.resolved_question, plain.citations)


@dataclass
class Slow:
    """A page whose questions wait for ``go``."""

    address: str
    go: threading.Event


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slow]:
    """The page over the five documents with a model that answers only when it is told to."""
    go = threading.Event()
    go.set()

    def reply(request: dict[str, Any]) -> tuple[int, bytes]:
        texts = request["input"]
        if len(texts) < 10:  # a question, not documents
            go.wait(20)
        return 200, vectors(*([1.0 + text.lower().count(chr(97 + n)) for n in range(26)] for text in texts))

    store = tmp_path_factory.mktemp("slow") / "store"
    with replying(reply) as url:
        build([SEEDS], store, Endpoint(url, "words", None))
        with served(store, url, WAITING=1) as address:
            yield Slow(address, go)


def begin(page: Page, slow: Slow, question: str) -> None:
    """Ask a question that is not answered yet: each test its own, since the vectors of a question are remembered."""
    opened(page, slow.address)
    slow.go.clear()
    question_box(page).fill(question)
    question_box(page).press("Enter")
    expect(page.get_by_role("button", name="Stop")).to_be_visible()


def test_an_answer_outlives_a_reload_while_it_is_made(page: Page, slow: Slow) -> None:
    question = "What must get better for families in Brent?"
    begin(page, slow, question)
    page.reload()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    slow.go.set()
    expect(page.get_by_role("heading", name=question)).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name=question)).to_have_count(1)


def test_a_click_while_an_answer_is_made_does_not_end_it(page: Page, slow: Slow) -> None:
    question = "What is going well in Southend-on-Sea?"
    begin(page, slow, question)
    page.get_by_text("Officer", exact=True).click()
    slow.go.set()
    expect(page.get_by_role("heading", name=question)).to_have_count(1)
    expect(page.locator(".officer").first).to_be_visible()


def test_leaving_the_page_while_an_answer_is_made_does_not_end_it(page: Page, slow: Slow) -> None:
    question = "What did the Assembly hear about therapies in Barking and Dagenham?"
    begin(page, slow, question)
    page.goto(f"{slow.address}/about")
    expect(page.get_by_role("heading", name="Privacy")).to_be_visible()
    slow.go.set()
    opened(page, slow.address)
    expect(page.get_by_role("heading", name=question)).to_have_count(1)


def test_a_question_can_be_stopped(page: Page, slow: Slow) -> None:
    question = "How is joint commissioning in Telford and Wrekin?"
    begin(page, slow, question)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    slow.go.set()
    ask(page, "What is going well in Southend-on-Sea?")
    expect(page.locator(".asked")).to_have_count(1)


def test_a_question_too_many_is_sent_back_to_its_box_and_answered_a_moment_later(
    page: Page, browser: Browser, slow: Slow
) -> None:
    begin(page, slow, "What do parents say in Telford and Wrekin?")
    question = "What is going well in Barking and Dagenham?"
    other = opened(browser.new_context().new_page(), slow.address)
    question_box(other).fill(question)
    question_box(other).press("Enter")
    expect(other.get_by_role("alert")).to_contain_text("Many people are asking just now.")
    expect(question_box(other)).to_have_value(question)
    slow.go.set()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    question_box(other).press("Enter")
    expect(other.get_by_role("heading", name=question)).to_be_visible()
    other.context.close()


def test_the_source_of_an_earlier_answer_opens_and_leads_back_to_it(page: Page, address: str) -> None:
    ask(opened(page, address), QUESTION)
    ask(page, "And in 2017?")
    expect(page.get_by_role("button", name="See source 1", exact=True)).to_have_count(1)
    page.get_by_role("link", name="See source 1", exact=True).first.click()
    expect(page.locator("mark").first).to_be_visible()
    page.get_by_role("link", name="Back to the answer").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()


def test_two_people_have_two_conversations(browser: Browser, address: str) -> None:
    questions = ("What must get better in Barking and Dagenham?", "What is going well in Southend-on-Sea?")
    pages = [browser.new_context().new_page() for _ in questions]
    for page, question in zip(pages, questions, strict=True):
        ask(opened(page, address), question)
    for page, own, other in zip(pages, questions, reversed(questions), strict=True):
        page.reload()
        expect(page.get_by_role("heading", name=own)).to_be_visible()
        expect(page.get_by_role("heading", name=other)).to_have_count(0)
        page.context.close()


def test_a_conversation_comes_back_after_a_reload_and_goes_when_it_is_cleared(page: Page, address: str) -> None:
    ask(opened(page, address), QUESTION)
    cookie = next(one for one in page.context.cookies() if one["name"] == "inspection_visit")
    assert cookie["httpOnly"] and len(cookie["value"]) >= 43 and cookie["sameSite"] == "Lax"
    page.reload()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    page.get_by_role("button", name="Start a new conversation").click()
    expect(page.get_by_text("5 documents are loaded")).to_be_visible()
    page.reload()
    expect(page.get_by_text("5 documents are loaded")).to_be_visible()


def test_an_address_shows_the_same_answer_to_somebody_else_who_can_go_on_from_it(
    page: Page, browser: Browser, address: str
) -> None:
    ask(opened(page, address), QUESTION)
    ask(page, "And in 2017?")
    link = page.locator("button[data-address]").last.get_attribute("data-copy")
    words = page.locator("blockquote").last.inner_text()
    other = browser.new_context().new_page()
    other.goto(f"{address}/{link}")
    expect(other.get_by_role("heading", name="And in 2017?")).to_be_visible()
    drawn(other)
    assert other.locator("blockquote").last.inner_text() == words
    expect(other.get_by_text("The documents have changed")).to_have_count(0)
    other.get_by_role("button", name="Ask more about this").click()
    expect(other.get_by_role("heading", name=QUESTION)).to_be_visible()
    other.context.close()


def test_a_saved_answer_is_json_with_its_documents(page: Page, address: str) -> None:
    ask(opened(page, address), QUESTION)
    page.get_by_role("button", name="Save", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="JSON").click()
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert saved["export"] == 1
    assert [one["question"] for one in saved["answers"]] == [QUESTION]
    assert {one["document"] for one in saved["answers"][0]["citations"]} == {
        one["document"] for one in saved["documents"]
    }
