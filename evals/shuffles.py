"""What a weak model makes of a quotation with the quotation's own words: its parts in each other's place.

Every function takes the sentences of one quotation, or (``OF_ANY``) a statement, and returns statements that they do
not bear out, or nothing where they hold nothing of its kind: objects of two clauses changed over, who does and who is
done to, whom it is for, whose a modifier is, halves run together, a condition or an "only" left off, a wish or a plan
told as done, one told as all.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals.mutations import Mutation, capital, content, lowered

_VERBS = (
    "is|are|was|were|has|have|had|can|cannot|should|will|must|may|does|do|did|gets?|receives?|received|lacks?|waits?|"
    "uses|used|knows?|understands?|understood|ensures?|ensured|makes?|made|starts?|started|feels?|felt|found|finds?|"
    "said|says|told|visited|praised|recognised|welcomed|led|leads|brought|brings?|agreed?|supports|provides?|provided|"
    "offers|offered|works|worked|describes?|described|reported|includes?|included|gives?|gave|takes?|took|meets?|met|"
    "identif(?:y|ies|ied)|improves?|improved|commissions|commissioned|attends?|attended|asked|says|wants?|wanted|"
    "experiences|benefits?|benefited|contributes?|enables?|helps|helped|became|becomes?|began|begins?|shows?|showed"
)
_AUXILIARY = "is|are|was|were|has|have|had|can|cannot|should|will|must|may|do|does|did|said|says"
_VERB = re.compile(rf"\b(?:{_VERBS})\b", re.I)
_COPULA = re.compile(r"(?:is|are|was|were|can|cannot|should|will|must|may|do|does|did)\b", re.I)
_CLAUSES = re.compile(
    r"(?:, (?:and|but|while|whereas|although) |; |, |"
    r"(?<!children)(?<!parents)(?<!Barking)(?<!Telford)(?<!Redcar) (?:and|but|while|whereas|although) )"
    rf"(?=(?:[\w'’-]+ ){{1,5}}?(?:{_VERBS})\b)"
)
_DOING = re.compile(rf"(?!(?:{_AUXILIARY})\b)\w", re.I)
_NO_THING = re.compile(
    r"(?:\w+(?:ly|ed)|to|that|been|also|it|them|too|so|what|how|well|late|early|put|up|out|not|no|us|me|and)\b", re.I
)
_TOLD = re.compile(
    r"(?:said|says|found|finds?|told|reported|asked|agreed?)\b", re.I
)  # who says what is one fact for all
_OPENING = re.compile(r"(?:However|For example|In addition|Additionally|Moreover|Furthermore|Consequently), ")
_SECOND = re.compile(rf", (?:and|which) (?=(?:[\w'’-]+ ){{0,4}}?(?:{_VERBS})\b)")
_LITTLE_SUBJECT = re.compile(
    r"(?:there|it|this|these|that|those|they|which|who|we|one|some|others|many|most|all)\b", re.I
)
_ACTORS = (
    "parents and carers", "children and young people", "young people", "children", "pupils", "parents", "families",
    "carers", "leaders", "teachers", "staff", "schools", "inspectors", "the council", "the local authority",
    "social workers", "therapists", "nurses", "governors", "practitioners", "professionals", "settings", "colleges",
    "health visitors", "volunteers", "employers", "councillors",
)  # fmt: skip
_ONE = {
    "parents and carers": "parents", "carers": "parents", "families": "parents", "pupils": "children",
    "young people": "children", "children and young people": "children", "the local authority": "the council",
    "practitioners": "staff", "professionals": "staff", "settings": "schools", "colleges": "schools",
}  # fmt: skip
_ACTOR = re.compile(rf"\b(?:{'|'.join(sorted(_ACTORS, key=len, reverse=True))})\b", re.I)
_FOR = re.compile(rf"\b(?P<prep>for|to|of|with|from|by) (?P<whom>{'|'.join(sorted(_ACTORS, key=len, reverse=True))})\b")
_ADJECTIVE = (
    r"(?:new|good|strong|weak|poor|early|late|clear|local|short|high|low|effective|skilled|specialist|detailed|timely|"
    r"better|trained|experienced|vulnerable|ambitious|helpful|useful|independent|dedicated|annual|adult|additional|"
    r"\w{3,}(?:ful|ous|ive|able|ible|ary))"
)
_DESCRIBED = re.compile(rf"\b(?P<how>{_ADJECTIVE}) (?P<noun>[a-z]{{4,}}(?<!ly))\b(?! of\b)")
_NAMED = re.compile(
    r"\b(?:the|their|its|for|of|and|with|in) (?P<noun>(?!the\b|their\b|its\b|some\b|many\b)[a-z]{5,}s)\b"
)
_CONDITION = re.compile(
    r"(?:^(?P<first>(?:If|When|Unless|Until|Once|Where) [^,]+, )|"
    r"(?:,? (?:if|unless|until|provided that|as long as|only when)|"
    r"(?<!,)(?<!at)(?<!even)(?<!instances)(?<!on)(?<!services) (?:when|once|where)) (?P<last>[^,.;]+)(?=[.;]?$))"
)
_HANGING = re.compile(r"\b(?:on|than|of|to|for|with|in|how|and|or)[.;]?$")
_FOCUS = re.compile(
    r"(?<!how )(?<!too )\b(?:only|mainly|often|mostly|largely|partly|usually|generally|sometimes|typically|rarely|"
    r"almost|primarily) "
    r"(?!one\b|half\b|enough\b|a few\b)", re.I
)  # fmt: skip
_WISH = re.compile(
    r"\b(?:wants?|wanted|would like|would prefer|hopes? for|hoped for|asks? for|asked for|calls? for|called for|"
    r"(?<!the )needs?(?! to)|wish(?:es)? for)(?P<to> to have| to see| to get)? "
    r"(?=(?:more|better|a|an|the|their|to|all)\b)"
)  # fmt: skip
_PLAN = (
    (re.compile(r"\b(?:is|are|was|were) being (?P<done>\w+ed)\b"), r"has been \g<done>"),
    (
        re.compile(
            r"\b(?:is|are) (?:also )?(?P<do>develop|improv|work|introduc|establish|strengthen|review|increas)ing\b"
        ),
        r"has \g<do>ed",
    ),
    (
        re.compile(r"\b(?:is|are|have|has)(?: only)? (?:beginning|starting|started|begun|trying) to (?P<do>\w+)\b"),
        r"now always \g<do>",
    ),
    (re.compile(r"\b(?:is|are) (?:due|planned|intended|expected|set) to (?!a\b|the\b)(?:be )?"), "have already "),
    (re.compile(r"\b(?:plans?|aims?|intends?|hopes?|wants?) to (?P<do>\w+)\b(?! in\b)"), r"already \g<do>"),
    (re.compile(r"\bwill (?:soon )?(?:be )?(?P<do>\w+)\b"), r"have already \g<do>"),
)
_EXAMPLE = re.compile(
    r"\b(?P<one>[Oo]ne|[Aa] (?:small )?number of|[Aa] few|[Ss]everal|[Ss]ome|[Oo]ne of the|[Ss]ome of the) "
    r"(?P<noun>school|setting|area|parent|child|provider|service|nurser|famil|young people|children|families|parents|"
    r"schools|pupils|settings|staff|leaders|areas|carers|provisions|services|colleges|plans)(?P<end>s|y|ies)?\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause by its parts: what stands before its verb, the verb, and the rest."""

    subject: str
    verb: str
    rest: str


def swapped_objects(sentences: Sequence[str]) -> Iterator[Mutation]:
    """What one clause says, with the object of another."""
    for one, other in _pairs(sentences):
        if not _COPULA.match(one.verb) or not _COPULA.match(other.verb):
            yield Mutation("swapped object", f"{capital(one.subject)} {one.verb} {other.rest}.")


def turned_round(sentences: Sequence[str]) -> Iterator[Mutation]:
    """Who does and who is done to, in each other's place."""
    for clause in _clauses(sentences):
        thing = re.match(r"(?:(?:the|their|a|an|its|more|all) )?(?:[\w'’-]+ ){0,2}?[\w'’-]{4,}(?= |$)", clause.rest)
        if (
            thing
            and _DOING.match(clause.verb)
            and not _NO_THING.match(thing[0])
            and content(thing[0]) - content(clause.subject)
        ):
            rest = clause.rest[thing.end() :]
            yield Mutation("turned round", f"{capital(thing[0])} {clause.verb} {lowered(clause.subject)}{rest}.")


def swapped_actors(sentences: Sequence[str]) -> Iterator[Mutation]:
    """Two groups of one sentence in each other's place, on either side of a verb."""
    for sentence in sentences:
        found = list(_ACTOR.finditer(sentence))
        for left, right in pairwise(found):
            if _one(left[0]) != _one(right[0]) and _VERB.search(sentence[left.end() : right.start()]):
                between = sentence[left.end() : right.start()]
                text = f"{sentence[: left.start()]}{right[0]}{between}{left[0].lower()}{sentence[right.end() :]}"
                yield Mutation("swapped actors", capital(text))


def for_another(sentences: Sequence[str]) -> Iterator[Mutation]:
    """For, of or with another group that the quotation speaks of."""
    for sentence in sentences:
        for match in _FOR.finditer(sentence):
            named = [a[0].lower() for a in _ACTOR.finditer(" ".join(sentences)) if _one(a[0]) != _one(match["whom"])]
            if named:
                yield Mutation(
                    "for another", f"{sentence[: match.start('whom')]}{named[0]}{sentence[match.end('whom') :]}"
                )


def moved_modifier(sentences: Sequence[str]) -> Iterator[Mutation]:
    """What is said of one thing, said of another."""
    for sentence in sentences:
        for match in _DESCRIBED.finditer(sentence):
            for named in _NAMED.finditer(sentence):
                predicate = re.search(r"\b(?:is|are|was|were|be|been|more|so|too|very) $", sentence[: match.start()])
                apart = not predicate and (named.start() > match.end() + 8 or named.end() + 8 < match.start())
                if apart and named["noun"] != match["noun"]:
                    without = [
                        (match.start(), match.end("how") + 1, ""),
                        (named.start("noun"),) * 2 + (f"{match['how']} ",),
                    ]
                    yield Mutation("moved modifier", capital(_edited(sentence, without)))
                    break


def halves_fused(sentences: Sequence[str]) -> Iterator[Mutation]:
    """What one clause is about, with what another says."""
    for one, other in _pairs(sentences):
        yield Mutation("halves fused", f"{capital(one.subject)} {other.verb} {other.rest}.")


def without_condition(sentences: Sequence[str]) -> Iterator[Mutation]:
    """A sentence without its "if" or "when"."""
    for sentence in sentences:
        for match in _CONDITION.finditer(sentence):
            rest = sentence[: match.start()] + sentence[match.end() :]
            if len(rest.split()) > 3 and _VERB.search(rest) and not _HANGING.search(rest):
                yield Mutation("condition dropped", capital(rest))


def without_focus(sentences: Sequence[str]) -> Iterator[Mutation]:
    """A sentence without its "only" or "mainly"."""
    for sentence in sentences:
        for match in _FOCUS.finditer(sentence):
            yield Mutation("focus dropped", capital(sentence[: match.start()] + sentence[match.end() :]))


def wish_as_fact(sentences: Sequence[str]) -> Iterator[Mutation]:
    """What somebody wants, told as what is had."""
    for sentence in sentences:
        for match in _WISH.finditer(sentence):
            yield Mutation(
                "wish as fact", f"{sentence[: match.start()]}have {sentence[match.end() :]}".replace("have to ", "")
            )


def plan_as_done(sentences: Sequence[str]) -> Iterator[Mutation]:
    """What is planned or under way, told as done."""
    for sentence in sentences:
        for pattern, done in _PLAN:
            if pattern.search(sentence):
                yield Mutation("plan as done", pattern.sub(done, sentence, count=1))


def one_as_all(sentences: Sequence[str]) -> Iterator[Mutation]:
    """What is said of one or of some, told of all."""
    for sentence in sentences:
        if match := _EXAMPLE.search(sentence):
            noun = match["noun"] + (match["end"] or "")
            plural = noun if noun.endswith("s") or noun in ("staff", "young people", "children") else f"{noun}s"
            yield Mutation(
                "one as all",
                capital(f"{sentence[: match.start()]}{plural}{sentence[match.end() :]}"),
            )


Shuffle = Callable[[Sequence[str]], Iterator[Mutation]]
OF_TWO: tuple[Shuffle, ...] = (swapped_objects, for_another, moved_modifier, halves_fused)
OF_ONE: tuple[Shuffle, ...] = (*OF_TWO, turned_round, swapped_actors)
OF_ANY: tuple[Shuffle, ...] = (without_condition, without_focus, wish_as_fact, plan_as_done, one_as_all)


def shortened(sentences: Sequence[str]) -> Iterator[str]:
    """True statements: a sentence without its "However,", and its first clause where that is whole."""
    for sentence in sentences:
        if opened := _OPENING.match(sentence):
            yield capital(sentence[opened.end() :])
        whole = _SECOND.split(sentence, maxsplit=1)
        if len(whole) > 1 and len(whole[0].split()) > 4 and _VERB.search(whole[0]) and not _CONDITION.match(sentence):
            yield f"{whole[0]}."


def _clauses(sentences: Sequence[str]) -> Iterator[Clause]:
    """The clauses of some sentences that have a subject of their own, a verb and something after it."""
    for sentence in sentences:
        begun = True  # a piece without a verb is the first part of "education, health and social care"
        for text in _CLAUSES.split(sentence.strip(" .")):
            verb, whole = _VERB.search(text), begun
            begun = bool(verb)
            if verb and whole and verb.start() > 3 and not _LITTLE_SUBJECT.match(text):
                subject, rest = text[: verb.start()].strip(" ,"), text[verb.end() :].strip(" ,")
                if content(rest) and content(subject) and not re.search(r"\b(?:who|which|that|to|of|and)$", subject):
                    yield Clause(subject, verb[0], rest)


def _pairs(sentences: Sequence[str]) -> Iterator[tuple[Clause, Clause]]:
    """Two clauses about different things that say different things, both ways round."""
    found = list(_clauses(sentences))
    for one in found:
        for other in found:
            leans = re.search(r"\b(?:those|their|them|they|this|it|how)\b", f"{one.subject} {other.subject}", re.I)
            leans = leans or _TOLD.match(one.verb) or _TOLD.match(other.verb)
            alike = leans or content(one.subject) & content(other.subject) or content(other.rest) <= content(one.rest)
            if one != other and not alike and len(content(other.rest)) > 1:
                yield one, other


def _one(actor: str) -> str:
    return _ONE.get(actor.lower(), actor.lower())


def _edited(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text
