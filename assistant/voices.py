"""Whose words a question asks for."""

import re

from index.types import Speaker

_SPEAKERS = tuple(
    (speaker, re.compile(rf"\b(?:{names})\b", re.I))
    for speaker, names in (
        (
            Speaker.PARENTS_FORUM,
            r"(?:parents?['’]?(?:[ -]carers?)? )?forum|ssif|just say|parents['’] representatives?",
        ),
        (Speaker.NHS, r"nhs|icb|chief nurse|health (?:board|service) leaders?"),
        (Speaker.COUNCIL, r"council(?:lors?)?|cllr|spokes(?:man|woman|person)|local authority"),
        (Speaker.PRESS, r"newspapers?|press|magazine|journalists?|reporter|article|cyp now"),
        (Speaker.MINUTES, r"minutes|assembly|minuted"),
        (Speaker.INSPECTORS, r"inspectors?|ofsted|cqc|inspection (?:letter|report)"),
    )
)
_OTHERS = re.compile(
    r"\b(?:who|anyone|anybody|someone|somebody) else\b|\b(?:the )?others? (?:say|said|think|people|sides?)\b", re.I
)
_SAY = (
    r"(?:say|said|says|think|claim|claimed|respond|responded|response|reply|replied|answer|react|reaction|comment|commented|agree|agreed|disagree|"
    r"state|write|wrote|argue|view|views|words|told|tell|call|promise|feel|admit|admitted|resolve|note|noted|"
    r"praise|praised)"
)


def speakers(text: str) -> tuple[Speaker, ...]:
    """The speakers whose words are asked for: named as the subject of saying, not merely mentioned."""
    found = []
    for speaker, pattern in _SPEAKERS:
        for match in pattern.finditer(text):
            after, before = text[match.end() : match.end() + 40], text[max(0, match.start() - 40) : match.start()]
            if re.match(rf"(?:['’]s?)?(?:\W+\w+){{0,3}}?\W+{_SAY}\b", after, re.I) or re.search(
                rf"\b(?:according to|{_SAY})\b(?:\W+\w+){{0,3}}?\W*$", before, re.I
            ):
                found.append(speaker)
                break
    return tuple(found)


def mentioned(text: str) -> tuple[Speaker, ...]:
    """The speakers a text names, whether or not as saying something."""
    return tuple(speaker for speaker, names in _SPEAKERS if names.search(text))


def others(text: str) -> bool:
    """Whether those are asked for who haven't been heard yet: "Who else commented?"."""
    return bool(_OTHERS.search(text))


def without_voices(text: str) -> str:
    """The text with a space in place of speakers and of the words for saying."""
    rest = re.sub(rf"\b{_SAY}\b", " ", _OTHERS.sub(" ", text), flags=re.I)
    for _, names in _SPEAKERS:
        rest = names.sub(" ", rest)
    return rest
