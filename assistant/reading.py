"""A question as it was understood."""

import re
from dataclasses import dataclass

from assistant.gloss import Gloss
from assistant.intents import Intent
from assistant.languages import ENGLISH
from assistant.topic import topic
from assistant.vocabulary import Official, officials
from assistant.voices import mentioned, without_voices
from index.lexicon import stop_words
from index.types import Speaker

_EVERYWHERE = re.compile(
    r"\b(?:all|any|other|each|every|which|what|both|many)(?: of)?(?: the| these)? (?:inspection |local |loaded )?"
    r"(?:areas?|councils?|places?|reports?|documents?|partnerships?|authorit(?:y|ies)|boroughs?|count(?:y|ies))\b"
    r"(?! (?:for|of|requiring) (?:improvement|priority|development|action))|"
    r"\b(?:every|all|any) mentions?\b|\bacross (?:all|the|every) (?:set|documents|reports|areas|country)\b|"
    r"\banywhere\b",
    re.I,
)
_MOST_PIECES = 6
_WORDS_OF_PIECE = 3
_BETWEEN = re.compile(r"(?<=[.?!])\s+|\s+[–-]\s+|[;,]\s+")
_FEW_WORDS = 4  # from which it can be told what language they are in
_LITTLE = frozenset(("how", "what", "who", "when", "where", "why", "which", "my", "their", "his", "her", "our", "your"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it was understood. ``terms`` are its stemmed words apart from area names and asking words.

    ``bare`` is the question without area names. ``named`` are names of its own that are written like none of the
    subject's terms: "HPCI", "Oakwood School". ``gloss`` is what is known in English of a question in another language.
    ``others`` says that those are asked for who haven't been heard yet: "Who else commented?".
    """

    question: str
    bare: str
    areas: tuple[str, ...]
    unknown_areas: tuple[str, ...]
    since: int | None
    until: int | None
    newest: bool
    speakers: tuple[Speaker, ...]
    intents: tuple[Intent, ...]
    officials: tuple[Official, ...]
    terms: tuple[str, ...]
    named: tuple[str, ...]
    quoted: str | None
    language: str = ENGLISH
    gloss: Gloss | None = None
    others: bool = False

    @property
    def english(self) -> str:
        """The question in English words: as asked, or as far as the table of its language knows."""
        return self.gloss.english if self.gloss else self.question

    @property
    def bare_english(self) -> str:
        """The same without area names."""
        return self.gloss.english if self.gloss else self.bare

    @property
    def names_something(self) -> bool:
        """Whether there is anything in the question to look for. Another script is trusted to say something."""
        foreign = any(c.isalpha() and not c.isascii() for c in self.question) or bool(self.gloss and self.gloss.unknown)
        return bool(
            self.terms or self.officials or self.intents or self.areas or self.unknown_areas or self.quoted or foreign
        )

    @property
    def whole_voice(self) -> bool:
        """Whether the question names speakers and no topic: it asks for what they said, whatever it was."""
        understood = not self.gloss or not self.gloss.unknown
        return bool(self.speakers) and understood and not self._topic_beside_speakers

    @property
    def only_speakers(self) -> tuple[Speaker, ...]:
        """The speakers a question names where it names nothing else: "And the council?"."""
        return () if self._topic_beside_speakers else mentioned(self.bare_english)

    @property
    def _topic_beside_speakers(self) -> bool:
        rest = without_voices(self.bare_english)
        return bool(topic(rest) or officials(rest))

    @property
    def everywhere(self) -> bool:
        """Whether the question asks about all areas or documents: "Which areas …", "Every mention of …"."""
        return bool(_EVERYWHERE.search(self.english))

    @property
    def foreign(self) -> bool:
        """Whether the question is in another language, or seems so: several words, none of English's little ones."""
        if self.gloss:
            return True
        said = re.findall(r"[^\W\d_]+", self.bare.lower())
        english = sum(word in stop_words() or word in _LITTLE for word in said)
        return len(said) >= _FEW_WORDS and english * 5 < len(said) and not self.officials

    @property
    def pieces(self) -> tuple[str, ...]:
        """The sentences and clauses of a message that holds several, without area names."""
        pieces = [piece.strip() for piece in _BETWEEN.split(self.bare)]
        pieces = [piece for piece in pieces if len(piece.split()) >= _WORDS_OF_PIECE][:_MOST_PIECES]
        return tuple(pieces) if len(pieces) > 1 else ()

    @property
    def intent(self) -> str:
        """The name of the first intent, ``finding`` where none is special."""
        return self.intents[0].name if self.intents else "finding"
