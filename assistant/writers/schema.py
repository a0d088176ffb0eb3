"""The shape a reply must have, for endpoints that can hold a model to one. ``reply.py`` checks it anyway."""

from typing import Any

_STATEMENT = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "citations": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
    },
    "required": ["text", "citations"],
    "additionalProperties": False,
}
RESPONSE_FORMAT: dict[str, Any] = {
    "type": "json_schema",
    "json_schema": {
        "name": "statements",
        "strict": True,
        "schema": {
            "type": "object",
            "properties": {"statements": {"type": "array", "items": _STATEMENT, "maxItems": 8}},
            "required": ["statements"],
            "additionalProperties": False,
        },
    },
}
