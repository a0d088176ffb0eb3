"""The shape a reply must have, for endpoints that can hold a model to one. ``reply.py`` checks it anyway."""

from typing import Any

_TEXT = {"type": "string"}
_CITATIONS = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _format(**properties: Any) -> dict[str, Any]:
    return {
        "type": "json_schema",
        "json_schema": {"name": "reply", "strict": True, "schema": _object(**properties)},
    }


def _statements(**fields: Any) -> dict[str, Any]:
    return _format(statements={"type": "array", "items": _object(**fields), "maxItems": 8})


SHAPES: dict[str, dict[str, Any]] = {
    "statements": _statements(text=_TEXT, citations=_CITATIONS),
    "translated": _statements(text=_TEXT, citations=_CITATIONS, translation=_TEXT),
    "question": _format(question=_TEXT),
}
