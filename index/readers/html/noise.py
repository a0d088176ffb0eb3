"""Which parts of a web page are not its text: navigation, banners, adverts, related links, and what nobody can see."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.data_files import read_toml

_PART = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_NOUGHT = r"0*(?:\.0*)?(?:px|em|rem|pt|%)?"
_HIDING = re.compile(
    rf"display:none|visibility:(?:hidden|collapse)|opacity:{_NOUGHT}(?:$|;|!)|color:transparent|transform:scale\(0\)"
    rf"|font(?:-size)?:(?:{_NOUGHT}|[01](?:\.\d+)?px)(?:$|;|!)|text-indent:-\d{{3,}}"
    r"|(?:^|;)(?:left|right|top|margin-left|margin-top):-\d{3,}"
    r"|clip:rect\((?:0(?:px)?[, ]?|1px[, ]?){4}\)|clip-path:inset\((?:50|100)%"
    rf"|(?:max-)?(?:height|width):{_NOUGHT}(?:$|;|!).*overflow:hidden",
)
_PALE = re.compile(
    r"(?:^|;)color:(?:white|#fff(?:fff)?|#f[a-f0-9]f[a-f0-9]f[a-f0-9]|rgb\(25[0-5],25[0-5],25[0-5]\))(?:$|;|!)"
)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_STYLES_READ = 200_000  # characters: longer style sheets are those of a whole site, not a page's own
_MOST_RULES = 2000


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of ``noise.toml``."""

    class_words: frozenset[str]
    not_after: frozenset[str]
    hidden_words: frozenset[str]
    hidden_names: frozenset[str]
    tags: frozenset[str]
    roles: frozenset[str]
    unseen: frozenset[str]
    inline: frozenset[str]
    main: tuple[str, ...]
    leading_away: re.Pattern[str]
    furniture: re.Pattern[str]


@cache
def words() -> Words:
    """The word lists, read once."""
    data = read_toml(files("index.readers.html") / "noise.toml")
    sets = ("class_words", "not_after", "hidden_words", "hidden_names", "tags", "roles", "unseen", "inline")
    return Words(
        **{name: frozenset(data[name]) for name in sets},
        main=tuple(data["main"]),
        leading_away=re.compile("|".join(f"(?:{p})" for p in data["leading_away"]), re.IGNORECASE),
        furniture=re.compile(r"(?:" + "|".join(f"(?:{p})" for p in data["furniture"]) + r")[\s»›>|:]*$", re.IGNORECASE),
    )


Attributes = Mapping[str, str | None]


def _names(attributes: Attributes) -> list[str]:
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}".split()


def is_noise(tag: str, attributes: Attributes) -> bool:
    """Whether an element's tag, role, class or id says that it is none of the page's text."""
    lists = words()
    if tag in lists.tags or (attributes.get("role") or "").lower() in lists.roles:
        return True
    for name in _names(attributes):
        parts = [part.lower() for part in _PART.findall(name)]
        for before, part in zip(["", *parts], parts, strict=False):
            if part in lists.class_words and before not in lists.not_after:
                return True
    return False


def is_hidden(attributes: Attributes, background: bool) -> bool:
    """Whether an element can't be seen. ``background`` says that it stands on one of its own or its parents'."""
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = squeezed(attributes.get("style") or "")
    if hides(style) or (not background and "background" not in style and _PALE.search(style)):
        return True
    lists = words()
    classes = (attributes.get("class") or "").lower().split()
    return any(
        name in lists.hidden_words
        or any(name == hidden or name.endswith(f"-{hidden}") for hidden in lists.hidden_names)
        for name in classes
    )


def squeezed(style: str) -> str:
    """A style's declarations in small letters without white space."""
    return re.sub(r"\s+", "", style.lower())


def hides(style: str) -> bool:
    """Whether squeezed declarations make what they apply to invisible."""
    return bool(_HIDING.search(style))


def hiding_selectors(sheet: str) -> Iterator[str]:
    """The selectors of a page's own style sheet whose rules hide what they match, for screens of any width."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet[:_STYLES_READ], flags=re.DOTALL)
    sheet = re.sub(r"@(?:media|supports|container|layer)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet)
    for count, rule in enumerate(_RULE.finditer(sheet)):
        if count > _MOST_RULES:
            return
        if hides(squeezed(rule[2])):
            yield from (part.strip() for part in rule[1].split(",") if ":" not in part and "@" not in part)
