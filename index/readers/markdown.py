"""Markdown as plain text in our conventions: what it marks is kept, its marks for the eye are not."""

import re
from collections.abc import Iterator

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*\n")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_NUMBER = re.compile(r"[ \t]*(\d{1,3})[.)][ \t]+(?=\S)")
_QUOTE = re.compile(r"^[ ]{0,3}(?:>[ \t]?)+")
_DIVIDER = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = re.compile(r"[ ]{0,3}\[[^\]\n]+\]:[ \t]*\S+")
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_LINK = re.compile(r"\[([^\[\]\n]+)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_\n]+?)(?<=\S)\1")
_SLANTED = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)")
_CODE = re.compile(r"`([^`\n]+)`")
_ASIDE = 0xE000  # escaped marks wait in the private area until all marks are read
_SET_ASIDE = "[\ue000-\ue07f]"
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def _inline(text: str) -> str:
    """The words of a line without marks: links and pictures as their words, emphasis without its stars."""
    text = _ESCAPE.sub(lambda found: chr(_ASIDE + ord(found[1])), text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _AUTOLINK.sub(r"\1", text)
    text = _BOLD.sub(r"\2", text)
    text = _SLANTED.sub(lambda found: found[1] or found[2], text)
    text = re.sub(_SET_ASIDE, lambda found: chr(ord(found[0]) - _ASIDE), _CODE.sub(r"\1", text))
    return " ".join(text.split())


def _cells(line: str) -> str:
    return "\t".join(_inline(cell) for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))).rstrip("\t")


def plain(text: str) -> str:
    """Markdown as headings, bullets, table rows and paragraphs of one line each."""
    text = re.sub("\r\n|[\r\u0085\u2028\u2029]", "\n", text)
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text, count=1))
    return "\n".join(_lines(text.split("\n"))).strip("\n") + "\n"


def _lines(source: list[str]) -> Iterator[str]:
    """The lines of a Markdown text as ours; a paragraph's lines are joined."""
    waiting: list[str] = []  # the lines of the paragraph or item being read
    mark = ""
    fenced = False

    def flush() -> Iterator[str]:
        nonlocal mark
        words = _inline(" ".join(waiting))
        if words:
            yield mark + words
        waiting.clear()
        mark = ""

    for number, line in enumerate(source):
        following = source[number + 1] if number + 1 < len(source) else ""
        if _FENCE.match(line):
            yield from flush()
            fenced = not fenced
            continue
        if fenced:
            yield " ".join(line.split())
            continue
        line = _QUOTE.sub("", line)
        heading = _HEADING.match(line)
        underlined = waiting and not mark and _UNDERLINE.match(line)
        if heading or underlined or _RULE.match(line) or _DEFINITION.match(line) or not line.strip():
            if underlined:
                mark = "# " if underlined[1][0] == "=" else "## "
            yield from flush()
            if heading:
                yield from ("", f"{heading[1]} {_inline(heading[2])}", "")
            else:
                yield ""
        elif "|" in line and (_DIVIDER.match(following) or _DIVIDER.match(line) or line.strip().startswith("|")):
            yield from flush()
            if not _DIVIDER.match(line):
                yield _cells(line)
        elif item := _BULLET.match(line) or _NUMBER.match(line):
            yield from flush()
            mark = f"{item[1]}. " if item.re is _NUMBER else "- "
            waiting.append(line[item.end() :])
        else:
            waiting.append(line)
            if line.endswith(("  ", "\\")):  # a line break that the writer asked for
                waiting[-1] = line.rstrip("\\")
                yield from flush()
    yield from flush()
