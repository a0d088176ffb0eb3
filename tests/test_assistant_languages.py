"""Questions in other languages: recognised, understood, answered with the same evidence, in words of their own."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from assistant import places, scope
from assistant.assistant import Assistant
from assistant.format import answer_to_dict, readable
from assistant.gloss import gloss
from assistant.intents import intents
from assistant.languages import ENGLISH, OTHER, detect, languages
from assistant.phrases import Phrases, digits, fold, words
from assistant.question import clean, read
from assistant.types import Status, Turn
from assistant.wording import wording, written
from index.areas import gazetteer
from index.data_files import read_toml
from index.types import DateRange

QUESTIONS = Path(__file__).parent.parent / "evals" / "questions"
SIX = ("bn", "lt", "pl", "pt", "ro", "ur")
BARKING, BRENT, TELFORD, SOUTHEND = "Barking and Dagenham", "Brent", "Telford and Wrekin", "Southend-on-Sea"
LOADED = (BARKING, BRENT, TELFORD, SOUTHEND)
NAMES = gazetteer().including(LOADED)
NEXT = "The next full area SEND inspection will be within approximately three years."


@pytest.fixture(scope="module")
def assistant(store: Path) -> Assistant:
    return Assistant.open(store)


# --- which language


def asked_in(language: str | None, files_of: tuple[str, ...]) -> Iterator[str]:
    """The questions of the question files in one language, or in any but it where it is ``None``."""
    for name in files_of:
        for line in (QUESTIONS / name).read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            if f"lang:{language or ENGLISH}" in case["tags"]:
                yield from (turn for turn in case["turns"] if any(c.isalnum() for c in turn))


def test_no_english_question_is_called_foreign() -> None:
    asked = list(asked_in(ENGLISH, ("seeds.jsonl", "reports.jsonl", "report_facts.jsonl")))
    assert len(asked) > 800
    assert [text for text in asked if detect(NAMES.without(clean(text))) not in (ENGLISH, None)] == []


@pytest.mark.parametrize("language", [*SIX, "ar", "so", "gu", "pa", "tr", "es", "fr", "uk", "sq"])
def test_every_question_is_recognised_by_its_language(language: str) -> None:
    asked = list(asked_in(language, ("languages.jsonl", "seeds.jsonl")))
    assert asked
    assert [text for text in asked if detect(NAMES.without(clean(text))) != language] == []


@pytest.mark.parametrize(
    "question",
    [
        "What did Łukasz Wiśniewski say about speech therapy?",
        "Does José Núñez lead SEND in Brent?",
        "wat dos ofsted sya abuot spech therpy",
        "childrens plans r late y",
        "speech therapy",
        "EHCP Brent",
        "autism diagnosis waiting list",
        "Is the café at the children's centre open?",
        "Do they speak Polish or Bengali to parents?",
        "What does 'co-production' mean?",
        "What does মানসিক mean in English?",
        "Are staff trained in Makaton?",
        "no me gusta this report, what does it say about waiting",
        "inspectorate?",
        "Who is Zina Etheridge?",
        "ok do we have a plan",
        "a plan for my son on time",
    ],
)
def test_english_with_names_slips_and_borrowed_words_stays_english(question: str) -> None:
    assert read(clean(question), NAMES, LOADED).language == ENGLISH


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Ile dzieci ma plan EHC", "pl"),
        ("jak dlugo sie czeka na diagnoze", "pl"),
        ("Logopeda w Brent?", "pl"),
        ("Logopeda Brent?", OTHER),
        ("cat dureaza pana primim un logoped", "ro"),
        ("Cine a condus inspectia", "ro"),
        ("quanto tempo se espera por terapia da fala", "pt"),
        ("Que apoio tem o meu filho na escola", "pt"),
        ("cuanto hay que esperar para un logopeda", "es"),
        ("kiek vaiku laukia logopedo", "lt"),
        ("Kada bus kita inspekcija", "lt"),
        ("ব্রেন্টে কী হয়েছে", "bn"),
        ("EHC প্ল্যান কী", "bn"),
        ("Barking and Dagenham میں کیا ہوا", "ur"),
        ("متى التفتيش القادم", "ar"),
        ("Коли наступна перевірка", "uk"),
        ("क्या बच्चों को मदद मिलती है", OTHER),
        ("Когда будет следующая проверка", OTHER),
        ("学校的支持怎么样", OTHER),
    ],
)
def test_short_questions_and_those_without_accents_are_recognised(question: str, language: str) -> None:
    assert detect(NAMES.without(question)) == language


def test_a_follow_up_that_does_not_tell_its_language_keeps_the_one_before(assistant: Assistant) -> None:
    before = [Turn("Kiedy inspektorzy znowu przyjadą do Barking i Dagenham?")]
    assert assistant.ask("Brent?", before).language == "pl"
    assert assistant.ask("A w Brent?", before).language == "pl"
    assert assistant.ask("And what about Brent?", before).language == ENGLISH


def test_a_follow_up_takes_over_what_was_asked(assistant: Assistant) -> None:
    before = [Turn("Câți copii au un plan EHC în Barking și Dagenham?")]
    answer = assistant.ask("Și în Southend?", before)
    assert answer.understood.areas == (SOUTHEND,) and answer.language == "ro"
    assert answer.status is Status.NOT_FOUND
    assert wording("ro").say("missing", "how_many") in answer.missing


# --- words, areas, years


def test_words_keep_the_vowel_signs_of_indian_scripts() -> None:
    assert [word.written for word in words("ব্রেন্টে কি, স্কুল?")] == ["ব্রেন্টে", "কি", "স্কুল"]
    assert fold("Świętą") == "swieta" and fold("łódź") == "lodz" and fold("كي") == fold("کی")


def test_a_longer_phrase_wins_and_a_word_belongs_to_one() -> None:
    table = Phrases([("therapy", "terapi*"), ("speech therapy", "terapi* mowy"), ("speech", "mow*")])
    assert [found.meaning for found in table.find(words("Terapia mowy, terapię"))] == ["speech therapy", "therapy"]


@pytest.mark.parametrize("year", ["২০২৪", "۲۰۲۴", "٢٠٢٤", "૨૦૨૪", "੨੦੨੪"])
def test_the_digits_of_every_script_are_figures(year: str) -> None:
    assert digits(year) == "2024"


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("২০১৭ সালে বার্কিং অ্যান্ড ড্যাগেনহ্যামে পরিদর্শকরা কী বলেছিলেন?", 2017, 2017),
        ("۲۰۱۷ میں انسپکٹرز نے کیا کہا؟", 2017, 2017),
        ("Co inspektorzy napisali od 2020 roku?", 2020, None),
        ("Was ist 2024? क्या हुआ २०२४", 2024, 2024),
        ("Ce au spus inspectorii la inspecția din 2017?", 2017, 2017),
    ],
)
def test_years_are_read(question: str, since: int | None, until: int | None) -> None:
    reading = read(clean(question), NAMES, LOADED)
    assert (reading.since, reading.until) == (since, until)


@pytest.mark.parametrize(
    ("text", "language", "area"),
    [
        ("Co słychać w Brencie?", "pl", BRENT),
        ("Jak jest w Telfordzie?", "pl", TELFORD),
        ("Szkoły w Bradfordzie", "pl", "Bradford"),
        ("Ar Barkinge yra logopedas?", "lt", BARKING),
        ("Ką rašė apie Newhamą?", "lt", "Newham"),
        ("ব্রেন্টে কী হয়েছে", "bn", BRENT),
        ("সাউথএন্ডের স্কুল", "bn", SOUTHEND),
        ("লুটনে কী হয়েছে", "bn", "Luton"),
        ("برینٹ میں کیا ہوا", "ur", BRENT),
        ("بارنیٹ میں کیا ہوا", "ur", "Barnet"),
        ("ساؤتھ اینڈ میں کیا ہوا", "ur", SOUTHEND),
        ("برمنگھم میں کیا ہوا", "ur", "Birmingham"),
        ("ماذا حدث في هاكني", "ar", "Hackney"),
        ("وداغنهام", "ar", BARKING),
        ("બ્રેન્ટમાં શું થયું", "gu", BRENT),
        ("ਬਰੈਂਟ ਵਿੱਚ ਕੀ ਹੋਇਆ", "pa", BRENT),
        ("у Телфорді", "uk", TELFORD),
        ("ब्रेंट में क्या हुआ", OTHER, BRENT),
    ],
)
def test_areas_are_known_with_endings_and_in_other_letters(text: str, language: str, area: str) -> None:
    assert {found.area for found in places.named(text, languages().get(language), NAMES, LOADED)} == {area}


def test_no_word_of_our_tables_sounds_like_an_area() -> None:
    for code in ("ar", "bn", "gu", "pa", "uk", "ur"):
        data = tables(code)
        said = [phrase for group in ("gloss", "scope") for phrases in data[group].values() for phrase in phrases]
        for text in (*said, *data["words"]):
            plain = text.replace("*", "")
            assert not places.named(plain, languages()[code], NAMES, LOADED), (code, plain)


def test_no_question_names_an_area_that_it_does_not_name() -> None:
    for line in (QUESTIONS / "languages.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        text, meant = case["turns"][0], case.get("scope", {}).get("area")
        language = languages()[read(clean(text), NAMES, LOADED).language]
        assert {found.area for found in places.named(text, language, NAMES, LOADED)} <= {meant, *LOADED}, text
        assert meant in (None, *LOADED) or read(clean(text), NAMES, LOADED).unknown_areas == (meant,), text


def test_an_ordinary_word_without_a_capital_is_no_area() -> None:
    assert places.named("czy bury kot", languages()["pl"], gazetteer(), ()) == ()
    assert [m.area for m in places.named("w Bury", languages()["pl"], gazetteer(), ())] == ["Bury"]


# --- what is asked


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("Kiedy wrócą inspektorzy?", "next_inspection"),
        ("Când se întorc inspectorii?", "next_inspection"),
        ("Quando voltam os inspetores?", "next_inspection"),
        ("Kada sugrįš inspektoriai?", "next_inspection"),
        ("পরবর্তী পরিদর্শন কবে?", "next_inspection"),
        ("اگلا معائنہ کب ہوگا؟", "next_inspection"),
        ("Ilu uczniów ma plan?", "figure"),
        ("Quantas crianças têm um plano?", "figure"),
        ("Cine a condus inspecția?", "inspection_team"),
        ("Jaki był wynik inspekcji?", "outcome"),
        ("Ką reikia gerinti?", "areas_for_improvement"),
        ("কী কী উন্নতি করতে হবে?", "areas_for_improvement"),
        ("Jaki był wynik meczu koszykówki w hali?", "finding"),
    ],
)
def test_kinds_of_question_are_understood(question: str, intent: str) -> None:
    assert read(clean(question), NAMES, LOADED).intent == intent


def test_a_gloss_asks_first_and_keeps_names_and_counts_what_it_does_not_know() -> None:
    found = gloss("O mówił Tony Cox o logopedach i żyrafach kiedy", languages()["pl"])
    assert found.english == "when said, Tony Cox, speech and language therapy"
    assert found.unknown == 1


def test_words_of_two_phrases_never_make_a_term_between_them() -> None:
    assert "school support" not in gloss("szkoła pomoc", languages()["pl"]).english


@pytest.mark.parametrize("code", sorted(languages()))
def test_tables_are_sound(code: str) -> None:
    data = tables(code)
    assert data["name"] and data["script"]
    assert set(data["scope"]) <= set(RULES)
    for group in ("asking", "gloss", "scope"):
        for meaning, phrases in data[group].items():
            assert phrases and meaning.isascii(), meaning
            assert all(words(phrase) for phrase in phrases), meaning
            assert all(len(fold(phrase.rstrip("*"))) > 1 for phrase in phrases if phrase.endswith("*")), meaning


# --- what is answered

ASKED = {
    "pl": "Kiedy inspektorzy wrócą do Barking i Dagenham?",
    "ro": "Când se întorc inspectorii în Barking și Dagenham?",
    "pt": "Quando voltam os inspetores a Barking e Dagenham?",
    "lt": "Kada inspektoriai sugrįš į Barkingą?",
    "bn": "পরিদর্শকরা বার্কিং অ্যান্ড ড্যাগেনহ্যামে আবার কবে আসবেন?",
    "ur": "انسپکٹرز بارکنگ اینڈ ڈیگنہم میں دوبارہ کب آئیں گے؟",
}
REFUSED = {
    "pl": "Czy szkoły w Brent uczą gry na skrzypcach?",
    "ro": "Sunt lecții de vioară la școlile din Brent?",
    "pt": "Há aulas de violino nas escolas de Brent?",
    "lt": "Ar Brento mokyklose moko groti smuiku?",
    "bn": "ব্রেন্টের স্কুলে কি বেহালা শেখানো হয়?",
    "ur": "کیا برینٹ کے اسکولوں میں وائلن سکھایا جاتا ہے؟",
}
DANGER = {
    "pl": "Mój syn chce się zabić",
    "ro": "Fiica mea vrea să moară",
    "pt": "A minha filha quer morrer",
    "lt": "Mano sūnus nori mirti",
    "bn": "আমার ছেলে আত্মহত্যা করতে চায়",
    "ur": "میرا بیٹا خودکشی کرنا چاہتا ہے",
    "es": "Mi hijo quiere morir",
    "ar": "ابني يريد أن يموت",
}
LAW = {
    "pl": "Jak mogę się odwołać do trybunału?",
    "ro": "Cum pot contesta la tribunal?",
    "pt": "Como posso recorrer ao tribunal?",
    "lt": "Kaip galiu kreiptis į teismą?",
    "bn": "আমি কি ট্রাইব্যুনালে আপিল করতে পারি?",
    "ur": "کیا میں ٹریبونل میں اپیل کر سکتا ہوں؟",
}


@pytest.mark.parametrize("language", [ENGLISH, *languages()])
def test_of_many_areas_the_first_are_named_and_the_rest_counted(language: str) -> None:
    areas = [f"Area {number}" for number in range(43)]
    said = wording(language).some(areas)
    assert areas[0] in said and areas[9] not in said and str(43 - said.count("Area")) in said
    assert wording(language).some(areas[:3]) == wording(language).listed(areas[:3])


@pytest.mark.parametrize("language", SIX)
def test_the_same_english_evidence_is_found_and_our_words_are_theirs(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(ASKED[language])
    ours = wording(language)
    assert answer.status is Status.ANSWERED
    assert [citation.quote for citation in answer.citations] == [NEXT]
    assert answer.language == answer.understood.language == language
    dates = ours.say("lead", "inspected", dates=ours.days(DateRange(date(2024, 7, 8), date(2024, 7, 12))))
    texts = [statement.text for statement in answer.statements]
    assert texts[0] == ours.say("lead", "first_hand", area=BARKING, when=dates)
    assert texts[1:] == [f"“{NEXT}”", ours.say("note", "english"), ours.say("note", "unchecked")]
    assert ours.say("text", "sources") in readable(answer)


@pytest.mark.parametrize("language", SIX)
def test_what_is_not_in_the_documents_is_refused_in_the_language(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(REFUSED[language])
    ours = wording(language)
    assert answer.status is Status.NOT_FOUND
    assert answer.statements[0].text == ours.say("gap", "not_found")
    assert answer.statements[1].text == ours.say("gap", "searched", count=5, areas=BRENT)


@pytest.mark.parametrize("language", DANGER)
def test_contacts_come_first_where_somebody_is_in_danger(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(DANGER[language])
    first = answer.statements[0].text
    assert first == wording(language).say("scope", "danger")
    assert all(number in first for number in ("999", "111", "0808 800 5000", "116 123"))


@pytest.mark.parametrize("language", SIX)
def test_law_is_out_of_scope(assistant: Assistant, language: str) -> None:
    answer = assistant.ask(LAW[language])
    assert answer.status is Status.OUT_OF_SCOPE
    assert answer.statements[0].text == wording(language).say("scope", "law")


def test_thanks_opens_many_a_question() -> None:
    rule = scope.outside("Dziękuję", "pl")
    assert rule and rule.name == "thanks"
    assert scope.outside("Dzień dobry, czy są logopedzi?", "pl") is None


@pytest.mark.parametrize("language", SIX)
@pytest.mark.parametrize("area", LOADED)
def test_what_we_suggest_is_answered_in_the_same_language(assistant: Assistant, language: str, area: str) -> None:
    greeting = assistant.ask(f"{ASKED[language]}", filters=None)
    assert greeting.suggestions
    for name in ("areas_for_improvement", "next_inspection", "outcome"):
        text = wording(language).say("suggest", name, area=area)
        reading = read(clean(text), NAMES, LOADED)
        assert (reading.language, reading.intent, reading.areas) == (language, name, (area,)), text
    for text in greeting.suggestions:
        assert assistant.ask(text).status is Status.ANSWERED


def test_an_area_that_is_not_loaded_is_named_as_such(assistant: Assistant) -> None:
    answer = assistant.ask("Ile się czeka na logopedę w Bradfordzie?")
    assert answer.status is Status.NOT_FOUND and not answer.citations
    assert answer.understood.unknown_areas == ("Bradford",)


def test_a_language_without_words_of_ours_gets_english_ones(assistant: Assistant) -> None:
    answer = assistant.ask("¿Cuándo volverán los inspectores a Barking and Dagenham?")
    assert [citation.quote for citation in answer.citations] == [NEXT]
    assert (answer.language, answer.understood.language) == (ENGLISH, "es")


def test_the_format_names_the_language_where_it_is_not_english(assistant: Assistant) -> None:
    polish = answer_to_dict(assistant.ask(ASKED["pl"]))
    english = answer_to_dict(assistant.ask("When will inspectors come back to Barking and Dagenham?"))
    assert polish["language"] == polish["understood"]["language"] == "pl"
    assert "language" not in english and "language" not in english["understood"]


def test_an_english_quotation_is_checked_with_a_verdict_in_the_language(assistant: Assistant) -> None:
    answer = assistant.ask('Czy inspektorzy napisali "Too few families receive an antenatal visit"?')
    assert answer.verdict is not None and answer.verdict.result == "verbatim"
    assert answer.statements[0].text.startswith("Tak, słowo w słowo")


# --- our words


@cache
def tables(code: str) -> dict[str, Any]:
    return read_toml(files("assistant.data") / "languages" / f"{code}.toml")


def texts(language: str) -> dict[tuple[str, str], Any]:
    data = read_toml(files("assistant.data") / "wording" / f"{language}.toml")
    return {(group, name): text for group, entries in data.items() for name, text in entries.items()}


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


RULES = [entry["name"] for entry in read_toml(files("assistant.data") / "scope.toml")["rule"]]


def test_there_are_words_in_english_and_the_six() -> None:
    assert written() == {ENGLISH, *SIX}
    assert set(SIX) <= set(languages())


@pytest.mark.parametrize("language", SIX)
def test_a_translation_has_exactly_the_keys_and_placeholders_of_english(language: str) -> None:
    english, other = texts(ENGLISH), texts(language)
    assert list(other) == list(english)
    for key, text in english.items():
        if isinstance(text, list):
            assert len(set(other[key])) == len(text)
        else:
            assert placeholders(other[key]) == placeholders(text), key
            assert other[key].strip(), key


@pytest.mark.parametrize("language", SIX)
def test_a_translation_repeats_every_number_and_contact(language: str) -> None:
    english, other = texts(ENGLISH), texts(language)
    for key, text in english.items():
        if isinstance(text, str) and key != ("page", "one_quotation"):
            assert sorted(re.findall(r"\d[\d ]*\d", other[key])) == sorted(re.findall(r"\d[\d ]*\d", text)), key
    for name in ("SENDIASS", "IPSEA", "Contact", "SOS!SEN", "Ombudsman"):
        assert name in other["scope", "law"]


@pytest.mark.parametrize("language", SIX)
def test_a_translation_is_no_copy(language: str) -> None:
    english, other = texts(ENGLISH), texts(language)
    same = {key for key, text in english.items() if text == other[key]}
    assert same <= {
        ("lead", "reported"), ("speaker", "nhs"), ("date", "day"), ("date", "day_of_year"), ("list", "comma"),
        ("mark", "context"), ("kind", "other"),
    }  # fmt: skip


def test_every_rule_and_every_required_kind_of_question_has_its_words() -> None:
    english = texts(ENGLISH)
    assert {name for group, name in english if group == "scope"} == set(RULES)
    assert {intent.name for intent in intents() if intent.required} <= {n for g, n in english if g == "missing"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (ENGLISH, "8 to 12 July 2024"),
        ("pl", "8–12 lipca 2024"),
        ("ro", "8–12 iulie 2024"),
        ("pt", "8 a 12 de julho de 2024"),
        ("lt", "2024 m. liepos 8–12 d."),
        ("bn", "8 থেকে 12 জুলাই 2024"),
        ("ur", "8 تا 12 جولائی 2024"),
    ],
)
def test_dates_have_the_form_of_the_language(language: str, text: str) -> None:
    assert wording(language).days(DateRange(date(2024, 7, 8), date(2024, 7, 12))) == text


def test_only_urdu_of_ours_is_written_from_right_to_left() -> None:
    assert {language for language in written() if wording(language).direction == "rtl"} == {"ur"}
