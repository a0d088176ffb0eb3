"""A checked quotation as HTML: what was claimed beside what stands in the document, each differing word marked."""

import difflib
import re
from html import escape

from assistant.types import Verdict, VerdictResult
from page.words import ENGLISH

_TRUE = (VerdictResult.VERBATIM, VerdictResult.VERBATIM_NORMALISED)
_FALSE = (VerdictResult.ALTERED, VerdictResult.CONTRADICTED, VerdictResult.NOT_FOUND)
_SIGNS = {"good": "✓", "urgent": "✗", "improve": "!"}


def verdict_html(verdict: Verdict, headline: str) -> str:
    """The verdict in a sentence, and both wordings where they differ."""
    tone = "good" if verdict.result in _TRUE else "urgent" if verdict.result in _FALSE else "improve"
    head = f'<h2><span aria-hidden="true">{_SIGNS[tone]}</span> {escape(headline)}</h2>'
    both = _both(verdict) if verdict.differences and verdict.nearest else ""
    return f'<div class="verdict {tone}">{head}{both}</div>'


def _both(verdict: Verdict) -> str:
    claimed, source = marked(verdict.claimed, verdict.nearest or "")
    return (
        f'<dl class="wordings" {ENGLISH}><dt>You have</dt><dd>“{claimed}”</dd>'
        f"<dt>The document has</dt><dd>“{source}”</dd></dl>"
        '<p class="label">The marked words differ. Words before and after the quotation are not marked.</p>'
    )


def marked(claimed: str, source: str) -> tuple[str, str]:
    """Both wordings as HTML with the words that differ inside ``<mark>``; what the source has round them is not."""
    theirs, ours = _pieces(claimed), _pieces(source)
    matcher = difflib.SequenceMatcher(None, [_bare(p) for p in theirs], [_bare(p) for p in ours], autojunk=False)
    codes = matcher.get_opcodes()
    left, right = [], []
    for number, (step, a, b, c, d) in enumerate(codes):
        edge = step == "insert" and number in (0, len(codes) - 1)
        left.append(_mark("".join(theirs[a:b]), step != "equal"))
        right.append(_mark("".join(ours[c:d]), step != "equal" and not edge))
    return "".join(left).strip(), "".join(right).strip()


def _pieces(text: str) -> list[str]:
    """Words, each with the white space after it."""
    return re.findall(r"\S+\s*", text)


def _bare(piece: str) -> str:
    """A word as it is compared: capitals, quotation marks and a stop at its end don't count."""
    folded = piece.strip().lower().replace("’", "'").replace("–", "-")
    return folded.strip("“”\"'.,;:") or folded


def _mark(text: str, differs: bool) -> str:
    bare = text.rstrip()
    return f"<mark>{escape(bare)}</mark>{text[len(bare) :]}" if differs and bare else escape(text)
