"""The canonical text: one table for each normalisation, and what must come out of all of them together."""

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import normalise
from index.normalise import NORMALISATIONS, canonical

TABLE = {
    "line_ends": [
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("page one\fpage two", "page one\npage two"),
        ("a\u2028b\u2029c\u0085d\ve", "a\nb\nc\nd\ne"),
        ("a\n\nb", "a\n\nb"),
        ("a\r\n\r\nb", "a\n\nb"),
    ],
    "spaces": [
        ("12\u00a0weeks", "12 weeks"),
        ("a\u2009b\u202fc\u3000d", "a b c d"),
        ("cell\tcell", "cell\tcell"),
        ("a  b", "a  b"),
    ],
    "invisible": [
        ("speech\u00adtherapy", "speechtherapy"),
        ("\ufefftitle", "title"),
        ("a\u200bb\u200d\u2060c", "abc"),
        ("not \u202egnihtyna\u202c", "not gnihtyna"),
        ("bell\x07 and escape\x1b[31m", "bell and escape[31m"),
        ("tab\tand\nline", "tab\tand\nline"),
    ],
    "markup": [
        ("<p>One.</p><p>Two.</p>", "\nOne.\n\nTwo.\n"),
        ("a<br/>b", "a\nb"),
        ("<ul> <li>one</li> <li class='x'>two</li></ul>", "\n\n- one\n\n- two\n\n"),
        ("<a href='x'>the link</a>", "the link"),
        ("<b>bold</b> and <EM>slanted</EM>", "bold and slanted"),
        ("before<script>alert('no')</script>after", "beforeafter"),
        ("before<!-- hidden\nwords -->after", "beforeafter"),
        ("<style>p {}</style>text", "text"),
        ("Health &amp; care &ndash; &pound;", "Health & care – &pound;"),
        ("12&nbsp;weeks, 5&#160;days", "12 weeks, 5 days"),
        ("fewer than 5 (<5) and >3", "fewer than 5 (<5) and >3"),
        ("3 < 5 and 7 > 6", "3 < 5 and 7 > 6"),
        ("AT&T", "AT&T"),
    ],
    "emphasis": [
        ("## **Outcome**", "## Outcome"),
        ("a **b** c **d**", "a b c d"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("*one*", "*one*"),
    ],
    "bullets": [
        ("• one", "- one"),
        ("  ■ two", "- two"),
        ("-  \u25cf  three".replace("  \u25cf", " \u25cf"), "- three"),
        ("•\ttabbed", "- tabbed"),
        ("* star", "- star"),
        ("– dash", "- dash"),
        ("a – b • c", "a – b • c"),
        ("- plain", "- plain"),
        ("-5 degrees", "-5 degrees"),
    ],
    "broken_paragraphs": [
        ("enhance their skills\n\nand knowledge", "enhance their skills and knowledge"),
        ("skills, \n \n\nand knowledge", "skills, and knowledge"),
        ("It ended.\n\nand began", "It ended.\n\nand began"),
        ("their skills\n\nKnowledge", "their skills\n\nKnowledge"),
        ("their skills\nand knowledge", "their skills\nand knowledge"),
        ("including:\n\n- speech", "including:\n\n- speech"),
    ],
}


@pytest.mark.parametrize(
    ("name", "before", "after"), [(name, before, after) for name, rows in TABLE.items() for before, after in rows]
)
def test_a_normalisation_changes_just_what_its_table_says(name: str, before: str, after: str) -> None:
    assert getattr(normalise, name)(before) == after


def test_every_normalisation_has_a_table_and_no_other_is_applied() -> None:
    applied = [normalisation.__name__ for normalisation in NORMALISATIONS]
    # The order counts: entities must be decoded before invisible characters are dropped, and bullets before gaps.
    assert applied == ["markup", "line_ends", "invisible", "spaces", "emphasis", "bullets", "broken_paragraphs"]
    assert set(applied) == set(TABLE)


@pytest.mark.parametrize(
    "words",
    [
        "“Too few” families – about 5% of 2,914 – don’t get £15/month; and/or, at times, N/A (section 20(1)(a)).",
        "Ofsted Iand the CQC",
        "children's and young person’y needs",
        "e\u0301cole, naïve, Łódź, 中文, ١٢",
        "[the government's SEN reforms] e.g. i.e. … 50/50 1:1 #hashtag a_b $x$ ~ ^",
    ],
)
def test_words_figures_quotation_marks_and_dashes_stay_as_they_are(words: str) -> None:
    assert canonical(words) == words


@pytest.mark.parametrize(
    ("hidden", "text"),
    [
        ("an entity for a bidirectional override", "safe &#8238;tluciffid"),
        ("an entity for a zero-width space", "spe&#8203;ech"),
        ("an entity for a soft hyphen", "spe&#173;ech"),
        ("an entity for a carriage return", "one&#13;two"),
        ("an entity for a form feed", "one&#12;two"),
        ("an entity for a line separator", "one&#8232;two"),
        ("an entity for a thin space", "one&#8201;two"),
        ("tag characters, which carry hidden instructions", "fine\U000e0069\U000e0067\U000e006e"),
        ("an Arabic letter mark", "a\u061cb"),
        ("deprecated format characters", "a\u206ab\u206fc"),
    ],
)
def test_nothing_invisible_survives_by_a_detour(hidden: str, text: str) -> None:
    strange = [f"U+{ord(c):04X}" for c in canonical(text) if c not in "\n\t " and not visible(c)]
    assert not strange, hidden


def visible(character: str) -> bool:
    return unicodedata.category(character)[0] not in "CZ"


@given(st.text(st.characters(codec="utf-8"), max_size=400))
@settings(max_examples=200, deadline=None)
def test_canonical_text_holds_only_plain_white_space_and_characters_that_can_be_seen(text: str) -> None:
    """Unassigned and private characters aside: some fonts draw them."""
    odd = {c for c in canonical(text) if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") and c not in "\n\t "}
    assert not odd


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ("unclosed comments", "<!-- " * 12_000),
        ("unclosed scripts", "<script>" * 10_000),
        ("unclosed tags", "<p " * 40_000),
        ("a line of spaces", "a" + " " * 40_000 + "b"),
        ("unclosed bold", "**a " * 10_000),
        ("empty lines", "a" + "\n \n" * 30_000 + "b"),
        ("ampersands", "&" * 100_000),
    ],
)
def test_a_long_text_of_any_shape_is_brought_into_form_in_seconds(shape: str, text: str) -> None:
    started = time.monotonic()
    canonical(text)
    assert time.monotonic() - started < 2, shape
