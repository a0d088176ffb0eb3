"""What a question claims was said: its quotations, or words of its own that follow "did inspectors say".

A quoter may leave words out and put dots in their place, and put words of their own in square brackets.
"""

import re
from dataclasses import dataclass

from assistant.quotation import QUOTED
from assistant.reading import Reading

_WORDS = 3  # between quotation marks that are a quotation, and not just a name
_UNMARKED = 5  # words without marks that may be held against the documents
_ABOUT_WORDS = re.compile(r"\b(?:phrase|expression|wording|word for word|verbatim|quot(?:es?|ed|ations?))\b", re.I)
_SOMEBODY = (
    r"(?:the |an? )?(?:[\w'’-]+ ){0,4}?(?:inspectors?|ofsted|cqc|reports?|letters?|council(?:lors?)?|nhs|forum|minutes|"
    r"inspection|article|they|it)"
)
_SAYS = r"(?:say|says|said|write|wrote|written|state|states|stated|find|found|conclude|concluded)"
_ASIDE = r"(?:,? ?(?:really|actually|ever|also|once|in \d{4}))*"
_CLAIMED = tuple(
    re.compile(pattern, re.I | re.S)
    for pattern in (
        rf"\b(?:did|does|do|have|has){_ASIDE} {_SOMEBODY}{_ASIDE} {_SAYS}{_ASIDE}(?:,? that)?:? (?P<claim>.+?)[?!. ]*$",
        r"\b(?:told|tells|says?|said|claims?|claimed|true|right|correct|heard|reads?)\b.{0,40}?"
        rf"\b{_SOMEBODY}{_ASIDE} {_SAYS}{_ASIDE}(?:,? that)?:? (?P<claim>.+?)"
        r"(?:[,.;–-]+ *(?:is|was|did|does|are)\b[^,.]{0,40})?[?!. ]*$",
        r"\b(?P<exact>word for word|verbatim|exact(?:ly)?|(?:correct|true|real|right) quot(?:e|ation))\b"
        r"[^:\"“„]{0,40}: (?P<claim>.+?)[?!. ]*$",
    )
)
# Who asks what was said of something quotes nothing.
_ASKED_WHAT = re.compile(r"\b(?:what|which|how|where|when|who|why)\b[^.?!,;:]*$", re.I)
_OF_SOMETHING = re.compile(r"(?:about|on|regarding|concerning|anything|something|nothing|much)\b", re.I)
_DOTS = r"\[ ?(?:…|\.{3}|\. \. \.) ?\]|\( ?(?:…|\.{3}) ?\)|…|\.{3,}|(?<= )\. \. \.(?= )"
_JOINT = re.compile(rf"\s*(?:(?P<dots>{_DOTS})|\[(?P<own>[^\][]{{2,60}})\])\s*")
_LETTER = re.compile(r"\[([^\W\d_])\](?=\w)")
_SIC = re.compile(r"\s*\[sic\]", re.I)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claimed quotation as it was typed, and the parts of it that are said to be the source's own words.

    ``joints`` holds, for each place between two parts, the words of the quoter's own, empty for dots. ``sure`` is false
    for words without quotation marks, which may be no quotation at all.
    """

    text: str
    parts: tuple[str, ...]
    joints: tuple[str, ...]
    sure: bool = True

    @property
    def mended(self) -> bool:
        """Whether the quoter marked something as not the source's own."""
        return self.parts != (self.text,)

    @property
    def unparted(self) -> "Claim":
        """The same claim with its dots and brackets as words like any other."""
        return Claim(self.text, (self.text,), (), self.sure)


def claim_of(text: str, sure: bool = True) -> Claim:
    """A claim, parted where dots or square brackets stand for words. Without words of its own it stays whole."""
    plain = _LETTER.sub(r"\1", _SIC.sub("", text))
    parts, joints, at = [], [], 0
    for joint in _JOINT.finditer(plain):
        parts.append(plain[at : joint.start()])
        joints.append(joint["own"] or "")
        at = joint.end()
    parts.append(plain[at:])
    if parts and not _has_words(parts[0]):
        parts, joints = parts[1:], joints[1:]
    if parts and not _has_words(parts[-1]):
        parts, joints = parts[:-1], joints[:-1]
    if not parts or not all(_has_words(part) for part in parts):
        parts, joints = [plain], []
    return Claim(text, tuple(parts), tuple(joints), sure)


def _has_words(part: str) -> bool:
    return any(character.isalnum() for character in part)


def claims(reading: Reading) -> tuple[Claim, ...]:
    """What a question asks to be checked; nothing where it only names something or asks something else."""
    quoted = [found[1] or found[2] for found in QUOTED.finditer(reading.question)]
    about_words = any(intent.name == "quotation" for intent in reading.intents) or _ABOUT_WORDS.search(reading.bare)
    long = [text for text in quoted if len(text.split()) >= (_WORDS - 1 if about_words else _WORDS)]
    if long or quoted:
        return tuple(claim_of(text) for text in long)
    return _unmarked(reading.question)


def _unmarked(question: str) -> tuple[Claim, ...]:
    for pattern in _CLAIMED:
        found = pattern.search(question)
        if not found or len(found["claim"].split()) < _UNMARKED:
            continue
        exact = bool(found.groupdict().get("exact"))
        if exact or not (_ASKED_WHAT.search(question[: found.start()]) or _OF_SOMETHING.match(found["claim"])):
            return (claim_of(found["claim"], exact),)
    return ()
