"""JSON values that keep what Python's own would lose: number literals, key order, and that 1.10 is not 1.1."""

import json
from typing import NamedTuple


class Number(NamedTuple):
    """A JSON number by its literal."""

    literal: str


class Object(tuple):
    """A JSON object as (key, value) pairs in their order."""


class NotJSON(ValueError):
    pass


def unique_pairs(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise NotJSON("the same key twice")
    return Object(pairs)


def refuse(word):
    raise NotJSON(f"{word} is not JSON")


def parse(text):
    """Strict JSON (no NaN, no duplicate keys); anything else is `NotJSON`."""
    try:
        return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=refuse, object_pairs_hook=unique_pairs)
    except json.JSONDecodeError as error:
        raise NotJSON(str(error)) from error


def shown(value):
    """A value for a person to read, literal by literal."""
    text = value.literal if isinstance(value, Number) else repr(value)
    return text if len(text) < 120 else f"{text[:100]}… ({len(text)} characters)"
