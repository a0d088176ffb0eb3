"""Reading JSON objects strictly: a wrong type, a missing field or an unknown field is one clear sentence."""

from collections.abc import Mapping
from typing import Any


class FormatError(ValueError):
    """What is wrong with one object, in words, without the place where it stands."""


class Fields:
    """The fields of one JSON object, taken one by one; ``done`` complains about any that nobody took."""

    def __init__(self, value: object, name: str) -> None:
        if not isinstance(value, Mapping):
            raise FormatError(f"{name} must be an object in braces")
        self._left: dict[str, Any] = dict(value)
        self._name = name

    def has(self, key: str) -> bool:
        """Whether the object has this field, with a value."""
        return self._left.get(key) is not None

    def take(self, key: str) -> object:
        """The raw value of a field, ``None`` if it is absent."""
        return self._left.pop(key, None)

    def text(self, key: str, default: str | None = None) -> str:
        """A string that is not blank; without a default the field is required."""
        value = self._left.pop(key, default)
        if not isinstance(value, str) or (not value.strip() and value != default):
            raise FormatError(f"{self._name}: '{key}' must be a text that is not empty")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A string or a list of strings, as a tuple; without a default at least one is required."""
        value = self._left.pop(key, None)
        if value is None and default is not None:
            return default
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not listed or not all(isinstance(one, str) for one in listed):
            raise FormatError(f"{self._name}: '{key}' must be a text or a list of texts")
        return tuple(listed)

    def whole(self, key: str) -> int | None:
        """A whole number, or ``None`` if the field is absent."""
        value = self._left.pop(key, None)
        if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
            raise FormatError(f"{self._name}: '{key}' must be a whole number")
        return value

    def flag(self, key: str) -> bool | None:
        """True, false, or ``None`` if the field is absent."""
        value = self._left.pop(key, None)
        if value is not None and not isinstance(value, bool):
            raise FormatError(f"{self._name}: '{key}' must be true or false")
        return value

    def items(self, key: str) -> list[object]:
        """A list, empty if the field is absent."""
        value = self._left.pop(key, None)
        if value is None:
            return []
        if not isinstance(value, list):
            raise FormatError(f"{self._name}: '{key}' must be a list")
        return value

    def done(self) -> None:
        """Refuse what is left over: a mistyped field would otherwise be ignored without a word."""
        if self._left:
            raise FormatError(f"{self._name}: unknown field '{min(self._left)}'")
