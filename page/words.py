"""Words on the page: their language and direction, and texts that stand as they are wherever they are put."""

import re
from html import escape

from assistant.wording import Wording
from index.types import DateRange

ENGLISH = 'lang="en" dir="ltr"'  # of what documents say
_LATIN = re.compile(r"(?<![&\w])[A-Za-z][A-Za-z’'-]*(?: (?:& )?[A-Za-z][A-Za-z’'-]*)*(?!\w*;)")


def in_language(ours: Wording) -> str:
    """The attributes of our own words: their language, and which way it is written."""
    return f'lang="{ours.language}" dir="{ours.direction}"'


def spoken_key(name: str, ours: Wording) -> str:
    """A key for a container of widgets, with their language: Streamlit can't mark it, so our script reads it there."""
    return name if not ours.translated else f"{name}-lang-{ours.language}-{ours.direction}"


def ours_html(text: str, ours: Wording) -> str:
    """Words of ours as HTML. In a line that runs from right to left each Latin name keeps to itself.

    Otherwise a name, the comma after it and the year after that would be taken for one piece and stand the wrong way.
    """
    return escape(text) if ours.direction == "ltr" else _LATIN.sub(r"<bdi>\g<0></bdi>", escape(text))


def dates_text(period: DateRange, ours: Wording) -> str:
    """The days of an inspection as people write them: 8 to 12 July 2024."""
    start, end = period.start, period.end
    if start == end:
        return ours.day(end)
    if start.year == end.year and start.month != end.month:
        return ours.span(ours.day_of_year(start), ours.day(end))
    return ours.days(period)


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun: 1 document, 5 documents."""
    return f"{number} {one if number == 1 else many}"


def capitalised(text: str) -> str:
    """A text that begins with a capital letter and is otherwise as it was."""
    return text[:1].upper() + text[1:]


def literal_label(text: str) -> str:
    """A text that shows itself as a button label, where Markdown can't be switched off.

    Backslashes stop Markdown. Streamlit also replaces icon codes (``:home:``) and arrows (``->``) in what Markdown
    leaves over; an invisible word joiner inside them keeps them as they are.
    """
    joined = re.sub(r":(?=\w)|[-<>~](?=[->=])", "\\g<0>\N{WORD JOINER}", text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", joined)


def lines(quote: str) -> str:
    """A quotation with a line a bullet, and no empty lines between them."""
    return re.sub(r"\s*\n\s*", "\n", quote)


def file_name(given: str) -> str:
    """A name a stranger gave a file, without folders, hidden beginnings or characters that can't be shown."""
    last = re.split(r"[\\/]", given)[-1]
    shown = "".join(char for char in last if char.isprintable()).lstrip(". ")[-150:]
    return shown or "unnamed"
