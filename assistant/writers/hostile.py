"""Text that speaks to machines: orders, false messages, links and code in a document or in a model's statement."""

import re
import unicodedata
from functools import cache
from importlib.resources import files

from index.data_files import read_toml

# A statement of a model is plain English text: letters, figures and the signs of a sentence. No sign that formats,
# links or marks is among them.
_SENTENCE = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ ,.;:'’‘“”\"()%£&/–—‑?!-]+")
LINK = re.compile(
    r"\b(?:https?|ftp|mailto|javascript|data|file):|\bwww\.|/{2}|\w@\w|\b[a-z0-9-]+\.[a-z]{2,}(?:/|\b(?!\.? [A-Z]))",
    re.I,
)


def speaks_to_machines(text: str) -> bool:
    """Whether a text holds an order to whoever summarises it, or what only machines read.

    Invisible characters are dropped first, and letters brought to their plain form, so that neither hides a word.
    Letters of another script that look like ours do hide one: such words are told by their mixture.
    """
    hidden = any(unicodedata.category(sign) in ("Cf", "Co", "Cn") and sign not in "\u00ad\ufeff" for sign in text)
    plain = unicodedata.normalize("NFKC", "".join(s for s in text if unicodedata.category(s) != "Cf"))
    return hidden or bool(_patterns().search(plain)) or _mixed(plain)


def is_plain_sentence(text: str) -> bool:
    """Whether a text is one line of plain text without link, mark-up or sign that formats."""
    return bool(_SENTENCE.fullmatch(text)) and not LINK.search(text)


def _mixed(text: str) -> bool:
    """Whether a word mixes Latin letters with ones of another alphabet."""
    for word in re.findall(r"[^\W\d_]+", text):
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
            return True
    return False


@cache
def _patterns() -> re.Pattern[str]:
    listed = read_toml(files("assistant.data") / "hostile.toml")["patterns"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in listed), re.I | re.M)
