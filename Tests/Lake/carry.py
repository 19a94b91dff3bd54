"""One JSON value of ours and what a reader made of it: the same, or what the reader's type could not carry."""

import datetime
import math
import re
import uuid
from decimal import Decimal, InvalidOperation

from values import NotJSON, Number, Object, parse

INFINITE = {"infinity": "max", "-infinity": "min"}  # what DuckDB's client for Python makes of its own infinite dates and times
# What a cell's comparison says. Only CHANGED is a failure: everything else is the reader's own way, known and in the docs.
SAME = "same"
TYPED = "same, as a date, time or UUID"
INSTANT = "same instant, offset gone"
TEXT = "as text beside strings"
ZEROS = "trailing zeros gone"
ROUNDED = "rounded to a double"
MISSING = "looks like a missing key"
RESHAPED = "keys of other rows added"
LOST = "row lost to a number of over 1000 digits"
CHANGED = "changed"


def compare_number(literal, got):
    wanted = Decimal(literal)
    if isinstance(got, bool) or not isinstance(got, (int, float, Decimal, Number)):
        return CHANGED
    if isinstance(got, Number):  # ClickHouse's own literal
        got = Decimal(got.literal)
    if isinstance(got, float) and math.isinf(got):
        return ROUNDED if abs(wanted) > Decimal("1.7e308") else CHANGED
    if Decimal(repr(got) if isinstance(got, float) else got) == wanted:
        return ZEROS if "." in literal and literal.rstrip("0") != literal else SAME
    nearest = float(literal)
    return ROUNDED if abs(float(got) - nearest) <= abs(nearest) * 2.0**-51 else CHANGED


def compare_typed(text, got):
    """The reader saw a date, a time or a UUID in text and must have read that same one."""
    try:
        if text in INFINITE and isinstance(got, datetime.date):
            return TYPED if got == getattr(type(got), INFINITE[text]) else CHANGED
        if isinstance(got, uuid.UUID):
            return TYPED if uuid.UUID(text) == got else CHANGED
        if isinstance(got, datetime.datetime):
            wanted = datetime.datetime.fromisoformat(text)
            if wanted.tzinfo and not got.tzinfo:
                got = got.replace(tzinfo=datetime.timezone.utc)
            same = INSTANT if wanted.tzinfo else TYPED
            return same if wanted == (got if wanted.tzinfo else got.replace(tzinfo=None)) else CHANGED
        if isinstance(got, (datetime.date, datetime.time)):
            return TYPED if type(got).fromisoformat(text) == got else CHANGED
    except ValueError:
        pass
    return CHANGED


def compare_text(text, got):
    if text == got:
        return SAME
    if isinstance(got, str):  # ClickHouse answers in UTC, with nine digits of a second
        moment = re.fullmatch(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{6})?)(?:000)?", got)
        return compare_typed(text, datetime.datetime.fromisoformat(moment[1])) if moment else CHANGED
    return compare_typed(text, got)


def worst(verdicts):
    order = [SAME, TYPED, INSTANT, TEXT, ZEROS, RESHAPED, MISSING, ROUNDED, LOST, CHANGED]
    return max(verdicts, key=order.index, default=SAME)


def compare_object(value, got):
    if hasattr(got, "asDict"):
        got = got.asDict()
    got = dict(got)
    wanted = dict(value)
    added = [key for key in got if key not in wanted]
    if any(key not in got and wanted[key] is not None for key in wanted):
        return CHANGED
    verdicts = [compare(wanted[key], got.get(key)) for key in wanted]
    return worst(verdicts + [RESHAPED] * bool(added))


def compare(value, got):
    if got is None:
        return SAME if value is None else CHANGED
    if value is None:
        return MISSING if got in ("", 0, Number("0"), [], (), {}) else CHANGED
    if isinstance(value, str):
        return compare_text(value, got)
    if isinstance(got, str):  # a column of strings and others: the others as their JSON text
        try:
            return worst([TEXT, compare(value, parse(got))])
        except (NotJSON, InvalidOperation):
            return CHANGED
    if isinstance(value, bool) or isinstance(got, bool):
        return SAME if value is got else CHANGED
    if isinstance(value, Number):
        return compare_number(value.literal, got)
    if isinstance(value, Object):
        return compare_object(value, got) if hasattr(got, "keys") or hasattr(got, "asDict") or isinstance(got, Object) else CHANGED
    if isinstance(value, list) and isinstance(got, (list, tuple)):
        return worst([compare(one, other) for one, other in zip(value, got)]) if len(value) == len(got) else CHANGED
    return CHANGED


def compare_row(line, got, keys):
    """A verdict for each key."""
    has_long_number = any(isinstance(value, Number) and len(value.literal) > 1000 for value in line.values())
    if has_long_number and all(got.get(key) is None for key in keys):  # Spark: its parser's limit
        return dict.fromkeys(keys, LOST)
    return {key: compare(line.get(key), got.get(key)) for key in keys}
