"""Whose voice a document's own words are in."""

import re

from index.attribution import OWNERS, cues
from index.types import Kind, Profile, Speaker, Voice

_OWN_SPEAKER = {
    Kind.INSPECTION_REPORT: Speaker.INSPECTORS,
    Kind.INSPECTION_LETTER: Speaker.INSPECTORS,
    Kind.NEWS_ARTICLE: Speaker.PRESS,
    Kind.COUNCIL_MINUTES: Speaker.MINUTES,
    Kind.COUNCIL_NEWS: Speaker.COUNCIL,
}
OWN_DETAIL = {
    Kind.INSPECTION_REPORT: "report text",
    Kind.INSPECTION_LETTER: "letter text",
    Kind.COUNCIL_MINUTES: "the minutes",
}
_QUOTATIONS = re.compile(r"[\"“][^\"“”\n]*[\"”\n]")
_HEAD = 1500  # characters in which a page says whose it is
_MASTHEAD, _SHORT = 4, 14  # lines, and words in each of them, above and below the title
_FIRST_PERSON = 2  # sentences with "we" or "our" from which a page of no known kind speaks for its owner


def own_voice(text: str, profile: Profile) -> Voice:
    """The voice of a document's own words.

    A page of no known kind that says "we" speaks for the body it names first.
    """
    speaker = _OWN_SPEAKER.get(profile.kind)
    if speaker is None:
        narration = _QUOTATIONS.sub("", text)
        says_we = len(cues().first_person.findall(narration)) >= _FIRST_PERSON
        briefing = profile.kind is Kind.BRIEFING
        lines = [line for line in text[:_HEAD].splitlines() if line.strip()][:_MASTHEAD]
        masthead = ". ".join(line for line in lines if len(line.split()) <= _SHORT)
        head = f"{profile.publisher or ''}. {profile.title}. {text[:_HEAD] if briefing else masthead}"
        owners = [(m.start(), who) for who, cue in cues().speaker if who in OWNERS and (m := cue.search(head))]
        if found := cues().local_offer.search(head):
            owners.append((found.start(), Speaker.COUNCIL))
        speaks = (says_we or briefing) and owners and not cues().stranger.search(text[:_HEAD])
        speaker = min(owners)[1] if speaks else Speaker.OTHER
    detail = OWN_DETAIL.get(profile.kind, profile.publisher or "the document's own words")
    return Voice(speaker, detail, first_hand=True)
