"""The writer's settings, what it may cost, and that it is out of the way of the first answer."""

import json
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from scripted_endpoint import says, scripted

from assistant.__main__ import main
from assistant.assistant import Assistant
from assistant.languages import ENGLISH
from assistant.wording import written
from assistant.writers import notices
from assistant.writers.chat import Usage
from assistant.writers.endpoint import Endpoint
from assistant.writers.llm import ModelWriter
from assistant.writers.options import Options, chosen, load
from assistant.writers.problems import Reason, WriterProblem
from assistant.writers.spend import Spending, prices
from evals.replies import KeptReplies
from index.errors import SettingsProblem
from index.settings import load as load_index

SET = {"INSPECTION_LLM_URL": "http://localhost:8080/v1", "INSPECTION_LLM_MODEL": "m"}
TRUE = "2,914 children and young people have an EHC plan."
QUESTION = "How many children have an EHC plan in Barking and Dagenham?"
PRICED = Options(url="http://localhost/v1", model="gpt-4o-mini", conversation_limit=0.001, day_limit=0.002)


def test_settings_are_read_and_the_key_shows_nowhere() -> None:
    options = load({**SET, "INSPECTION_LLM_KEY": "sk-very-secret", "INSPECTION_LLM_SECONDS": "7.5"})
    assert (options.key, options.seconds, options.context) == ("sk-very-secret", 7.5, 8192)
    assert "secret" not in repr(options)


@pytest.mark.parametrize(
    ("given", "says_so"),
    [
        ({}, "needs INSPECTION_LLM_URL and INSPECTION_LLM_MODEL"),
        ({"INSPECTION_LLM_URL": "http://x/v1"}, "needs INSPECTION_LLM_URL and INSPECTION_LLM_MODEL"),
        ({**SET, "INSPECTION_LLM_URL": "localhost:80"}, "must be an address"),
        ({**SET, "INSPECTION_LLM_URL": "http://x:nine/"}, "must be an address"),
        ({**SET, "INSPECTION_LLM_ULR": "x"}, "unknown setting INSPECTION_LLM_ULR"),
        ({**SET, "INSPECTION_LLM_SECONDS": "soon"}, "must be a number above 0"),
        ({**SET, "INSPECTION_LLM_SECONDS": "-1"}, "must be a number above 0"),
        ({**SET, "INSPECTION_LLM_DAY_LIMIT": "nan"}, "must be a number above 0"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_line(given: dict[str, str], says_so: str) -> None:
    with pytest.raises(SettingsProblem) as refused:
        load(given)
    assert says_so in str(refused.value)


def test_the_index_leaves_the_settings_of_the_writer_to_the_writer() -> None:
    assert load_index({**SET, "INSPECTION_WRITER": "llm"}).store == Path(".store")


def test_one_setting_turns_the_model_on_and_no_setting_leaves_it_off() -> None:
    assert chosen({}) == "extractive"
    assert chosen({"INSPECTION_WRITER": "llm"}) == "llm"
    with pytest.raises(SettingsProblem):
        chosen({"INSPECTION_WRITER": "gpt"})


def test_asking_for_the_model_without_its_settings_ends_with_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--writer", "llm"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("error: the language-model writer needs")
    assert said.err.count("\n") == 1


def test_a_price_is_that_of_its_million() -> None:
    spending = Spending(Options(url="http://x/v1", model="gpt-4o-mini"))
    assert spending.cost(Usage(1_000_000, 0)) == prices()["gpt-4o-mini"][0]
    assert spending.cost(Usage(500_000, 500_000)) == pytest.approx(sum(prices()["gpt-4o-mini"]) / 2)


def test_a_model_without_a_price_has_no_cost_and_takes_no_limit() -> None:
    assert Spending(Options(url="http://x/v1", model="home-made")).cost(Usage(1, 1)) is None
    with pytest.raises(SettingsProblem, match="no price is known"):
        Spending(Options(url="http://x/v1", model="home-made", day_limit=1.0))


def test_a_price_table_of_ones_own_counts(tmp_path: Path) -> None:
    table = tmp_path / "prices.toml"
    table.write_text('[models]\n"home-made" = { sent = 1, received = 2 }\n', encoding="utf-8")
    spending = Spending(Options(url="http://x/v1", model="home-made", prices=table))
    assert spending.cost(Usage(1_000_000, 1_000_000)) == 3.0
    table.write_text("models = 3\n", encoding="utf-8")
    with pytest.raises(SettingsProblem):
        prices(table)


def test_a_conversation_ends_at_its_limit_and_another_goes_on() -> None:
    spending = Spending(PRICED)
    spending.add("one", Usage(6_000, 0))  # 0.0009
    with pytest.raises(WriterProblem) as refused:
        spending.check("one", Usage(1_000, 0))
    assert refused.value.reason is Reason.SPENT
    spending.check("two", Usage(1_000, 0))


def test_a_day_ends_at_its_limit_for_every_process_and_begins_again(tmp_path: Path) -> None:
    ledger = tmp_path / "spent.json"
    options = Options(url="http://x/v1", model="gpt-4o-mini", day_limit=0.001, ledger=ledger)
    Spending(options).add("one", Usage(6_000, 0))
    with pytest.raises(WriterProblem):
        Spending(options).check("two", Usage(1_000, 0))
    assert json.loads(ledger.read_text())["day"] == datetime.now(UTC).date().isoformat()
    ledger.write_text(json.dumps({"day": date(2020, 1, 1).isoformat(), "spent": 9}))
    Spending(options).check("two", Usage(1_000, 0))
    ledger.write_text("{broken")
    with pytest.raises(WriterProblem):
        Spending(options).check("two", Usage(1_000, 0))


def test_what_a_damaged_ledger_could_not_take_is_counted_once_it_is_whole(tmp_path: Path) -> None:
    ledger = tmp_path / "spent.json"
    spending = Spending(Options(url="http://x/v1", model="gpt-4o-mini", day_limit=0.001, ledger=ledger))
    spending.check("one", Usage(1_000, 0))
    ledger.write_text("{broken")
    assert spending.add("one", Usage(6_000, 0)) == pytest.approx(0.0009)
    with pytest.raises(WriterProblem):
        spending.check("two", Usage(0, 0))
    ledger.unlink()
    with pytest.raises(WriterProblem):
        spending.check("two", Usage(1_000, 0))
    assert json.loads(ledger.read_text())["spent"] == pytest.approx(0.0009)


def test_at_the_limit_nothing_is_sent(assistant: Assistant) -> None:
    before = assistant.ask(QUESTION)
    with scripted(says((TRUE, [1]))) as endpoint:
        options = Options(url=endpoint.url, model="gpt-4o-mini", conversation_limit=0.000001, seconds=60)
        last = list(ModelWriter(options).grow(before, assistant.documents))[-1]
    assert last.problem is Reason.SPENT
    assert endpoint.asked == []


def test_the_first_answer_waits_for_no_model(assistant: Assistant) -> None:
    assistant.ask(QUESTION)
    with scripted(lambda line: line.waits(30)) as endpoint:
        writer = ModelWriter(Options(url=endpoint.url, model="scripted", seconds=60))
        growing = assistant.stream(QUESTION, writer=writer)
        started = time.perf_counter()
        first = next(growing)
        took = time.perf_counter() - started
    assert first.writer == "extractive"
    asked_in = dict(first.timings_ms)["total"] / 1000
    assert took - asked_in < 0.05


def test_the_model_is_told_nothing_but_question_and_quotations(assistant: Assistant) -> None:
    before = assistant.ask(QUESTION)
    with scripted(says((TRUE, [1]))) as endpoint:
        writer = ModelWriter(Options(url=endpoint.url, model="scripted", key="sk-very-secret", seconds=60))
        last = list(writer.grow(before, assistant.documents))[-1]
    sent = endpoint.asked[0]
    assert [message["role"] for message in sent["messages"]] == ["system", "user"]
    assert not {"tools", "functions", "tool_choice"} & set(sent)
    assert "2,914" in sent["messages"][1]["content"]
    assert "secret" not in json.dumps(sent)
    assert endpoint.keys == ["Bearer sk-very-secret"]
    assert last.answer.writer == "llm"
    assert last.answer.model == "scripted"
    assert TRUE in last.answer.answer


def test_kept_replies_need_no_endpoint(assistant: Assistant, tmp_path: Path) -> None:
    before = assistant.ask(QUESTION)
    with scripted(says((TRUE, [1]))) as endpoint:
        options = Options(url=endpoint.url, model="scripted", seconds=60)
        online = KeptReplies(tmp_path, "scripted", {}, Endpoint(options))
        first = list(ModelWriter(options, online).grow(before, assistant.documents))[-1]
    offline = KeptReplies(tmp_path, "scripted", {})
    again = list(ModelWriter(options, offline).grow(before, assistant.documents))[-1]
    assert again.answer.statements == first.answer.statements
    other = KeptReplies(tmp_path, "scripted", {}, repeat=1)
    assert list(ModelWriter(options, other).grow(before, assistant.documents))[-1].problem is Reason.UNREACHABLE


@pytest.mark.parametrize("language", sorted(written()))
def test_every_language_of_ours_has_every_notice(language: str) -> None:
    for reason in Reason:
        assert "{" not in notices.because(language, "failed", reason) + notices.because(language, "stopped", reason)
    for name in ("writing", "stop", "written", "in_english", "dropped", "nothing"):
        said = notices.say(language, name, count=2, model="m")
        assert said
        assert language == ENGLISH or said != notices.say(ENGLISH, name, count=2, model="m")
