"""What holds only if, until or when something else does, and what is not done yet: neither may be told without that."""

import re
from collections.abc import Iterator
from functools import cache

from assistant.support.predicates import content
from assistant.support.words import alternatives, any_of, holds, lists, read

_CONDITION = re.compile(
    r"(?<!even )(?<!at )(?<!on )(?<!of )(?<!in )"
    r"\b(?:if|unless|until|provided that|as long as|only when|when|whenever|where|once|"
    r"(?<=\bnot )\w+(?: \w+)? before)(?! (?:recently|now)\b)\b (?P<what>[^,.;:]+)"
)
_ASIDE = re.compile(r", (?:where|when|once) (?!appropriate|necessary|needed|possible|required|relevant)")
_UNDER = re.compile(
    r"\b(?:if|unless|until|provided|as long as|when|whenever|where|wherever|once|after|before|without|while|depending|"
    r"so long as|in (?:the )?cases?)\b",
    re.I,
)
_OF_SOME = re.compile(r"\b(?:with|during|by|through|in|those|who|for|whose|that|any)\b", re.I)
_UNTIL_RECENTLY = re.compile(r"\b(?:until (?:very )?recently|until now|previously|formerly)\b")
_MODAL = ("modality", "modality_hints")
_NOT_YET = ("wish", "duty", "intended")
_NOUNS = re.compile(
    r"\b(?:the|a|an|their|its|our|ehc|care|action|each|every|these|new|draft|this|with|and) plans?\b"
    r"|\bplans\b(?! to)|\blike\b",
    re.I,
)
_ONE = re.compile(
    r"\b(?:(?:one|a single|a) (?P<some>service|school|setting|area|provider|child|parent|clinic|team)"
    r"|the (?:\w+ )?(?P<post>director|chair|chief executive|officer|manager|head|minister|mayor|inspector|nurse))\b"
)
_OBJECT = 3  # units
_WANTING = re.compile(
    r"\b(?:wants?|wanted|wanting|would (?:like|prefer|welcome)|hop(?:e|es|ed|ing) for|ask(?:s|ed|ing)? for|needs?|"
    r"needed|call(?:s|ed|ing)? for|"
    r"wish(?:es|ed)? for|in need of|request(?:s|ed)?|seeks?|sought|prefers?|demand(?:s|ed)?)\b"
    r"(?! to (?!have|see|get)\w)(?: to (?:have|see|get))? (?P<what>[\w' -]+)"
)
_HAVING = re.compile(
    r"\b(?:has|have|had|gets?|got|receives?|received|there (?:is|are|was|were))(?! (?:been|to)\b) (?P<what>[\w' -]+)"
)
_PAST = re.compile(r"\b(?:was|were|had|did|used|recently|lately|only now|new)\b")
_DONE = re.compile(
    r"(?<!ll )(?<!ould )\b(?:has|have) (?:also |already |now |since |recently |been |being |not |\w+ly )*"
    r"(?!need)(?P<verb>\w+(?:ed|en|wn|ne|ught|lt|nt|pt|ld)|made|begun|come|become|led|met|risen|fallen|put|set|cut|had)\b"
)
_ALREADY = re.compile(r"\balready (?P<verb>\w+)")
_UNDER_WAY = re.compile(r"\b(?:being|be) (?:\w+ly )?$")
_GOING_ON = re.compile(
    r"\bbeing (?:\w+ly )?(?P<done>\w+)|"
    r"\b(?P<verb>\w{3,}ing)\b|\b(?:to|will|would|should|must|can|could|may|might) (?:be )?(?P<yet>\w{3,})\b"
    r"|\b(?:in|under) (?P<stage>development|discussion|review|construction)\b"
)


def unconditional(sentence: str, window: str) -> Iterator[str]:
    """What the source ties to a condition and the statement does not; each reason begins with its kind."""
    said, low = read(sentence), window.lower()
    for match in _CONDITION.finditer(low):
        if _ASIDE.match(low, max(0, match.start() - 2)):
            continue  # "at school, where they learn": it says more of the school
        tied = read(match["what"]).bearing or read(match["what"]).units
        held = sum(holds(said, unit) for unit in tied)
        kept = (
            held > len(tied) / 2
            or (held and _UNDER.search(sentence))
            or (3 * held >= len(tied) and _OF_SOME.search(sentence))
        )
        if tied and not kept and _tells_the_rest(sentence, low[: match.start()] + low[match.end() :]):
            yield f"condition: '{match[0].strip()[:40]}' of the source is gone"
    until = _UNTIL_RECENTLY.search(low)
    if until and not _UNTIL_RECENTLY.search(sentence.lower()) and not _PAST.search(sentence):
        yield f"condition: '{until[0]}' of the source is gone"


def wished(sentence: str, window: str) -> Iterator[str]:
    """What somebody wants to do, told as done; and what is said of one, told of all."""
    said = read(sentence)
    unmarked = not _not_yet(sentence)
    for match in _wanting().finditer(window.lower()) if unmarked else ():
        if any(holds(said, unit) for unit in read(match["do"]).units):
            yield f"modality: '{match[0][:40]}' of the source is gone"
    for match in _ONE.finditer(window.lower()):
        what = match["some"] or match["post"]
        plural = rf"(?:{what}s|{what[:-1]}ies)"
        if re.search(rf"\b{plural}\b", sentence, re.I) and not re.search(rf"\b{plural}\b", window, re.I):
            yield f"widened: the source speaks of {match[0]}"


def _not_yet(sentence: str) -> bool:
    """Whether a sentence says by some word that something is wanted, due or meant; "a plan" alone does not."""
    said = _NOUNS.sub(" ", sentence)
    return any(any_of(table, kind).search(said) for table in _MODAL for kind in _NOT_YET)


@cache
def _wanting() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{alternatives([*lists()['modality']['wish'], 'will, drive', 'ambition', 'determination', 'desire'])})\b"
        r"[^.;]{0,160}?\bto (?P<do>\w+)"
    )


def conditional(text: str) -> bool:
    """Whether a text ties something to a condition."""
    return bool(_CONDITION.search(text.lower()))


def done(sentence: str, window: str) -> Iterator[str]:
    """What the source tells as going on or still to come, and the statement as done."""
    low, ours = window.lower(), sentence.lower()
    going_on = [
        unit
        for match in _GOING_ON.finditer(low)
        for unit in read(match["done"] or match["verb"] or match["yet"] or match["stage"]).units
    ]
    finished = [unit for match in _DONE.finditer(low) for unit in read(match["verb"]).units]
    finished += [
        unit
        for word in content(window)
        if word.text.endswith("ed") and not _UNDER_WAY.search(low[: word.start])
        for unit in read(word.text).units
    ]
    for match in _DONE.finditer(ours):
        verb = read(match["verb"])
        if any(holds(verb, unit) for unit in going_on) and not any(holds(verb, unit) for unit in finished):
            yield f"modality: '{match[0]}' is not done in the source"
    for match in _ALREADY.finditer(ours):
        verb = read(match["verb"])
        if any(holds(verb, unit) for unit in going_on) and not any(holds(verb, unit) for unit in finished):
            yield f"modality: '{match[0]}' is not so yet in the source"
    if "already" in ours.split() and "already" not in low and not _DONE.search(low) and not _PAST.search(low):
        yield "modality: 'already' is not in the source"


def had(sentence: str, window: str) -> Iterator[str]:
    """What somebody needs or wants, told as what is had."""
    if _not_yet(sentence) or _WANTING.search(sentence):
        return
    told = [unit for match in _HAVING.finditer(window.lower()) for unit in read(match["what"]).bearing[:_OBJECT]]
    wanted = [unit for match in _WANTING.finditer(window.lower()) for unit in read(match["what"]).bearing[:_OBJECT]]
    for match in _HAVING.finditer(sentence.lower()):
        ours = read(match["what"])
        first = ours.bearing[:1]
        if (
            first
            and any(first[0].meanings & unit.meanings for unit in wanted)
            and not any(first[0].meanings & unit.meanings for unit in told)
        ):
            yield f"modality: '{match[0][:40]}' is only wanted in the source"


def _tells_the_rest(sentence: str, rest: str) -> bool:
    """Whether a statement is about what the source says outside a condition."""
    units, there = read(sentence).bearing, read(rest)
    return bool(units) and sum(holds(there, unit) for unit in units) >= len(units) / 2
