"""Whether two files of JSON lines hold the same. Each function returns what differs, or None."""
import collections, json, subprocess


def rows(ours, theirs):
    """The same rows, values compared as text."""
    with open(ours) as a, open(theirs) as b:
        count = 0
        for left, right in zip(a, b):
            count += 1
            if left != right and values(left) != values(right):
                return f"row {count}: {left[:200]} … {right[:200]}"
        rest = sum(1 for _ in a), sum(1 for _ in b)
        return None if rest == (0, 0) else f"{rest[0]} and {rest[1]} rows more"


def rows_in_any_order(ours, theirs):
    """The same for tools whose rows come in another order: how often each row stands in both."""
    a, b = counted(ours), counted(theirs)
    if a == b:
        return None
    return f"{sum((a - b).values())} rows of ours are not theirs, {sum((b - a).values())} of theirs not ours"


def bytes_alone(ours, theirs):
    """Byte for byte: for the bounds, which are ours too."""
    return None if subprocess.run(["cmp", "-s", ours, theirs]).returncode == 0 else "not byte for byte the same"


def counted(path):
    with open(path) as lines:
        return collections.Counter(hash(tuple(values(line))) for line in lines)


def values(line):
    return [plain(value) for value in json.loads(line).values()]


def plain(value):
    """Tools differ in what an empty field without quotes is (null or ""), and in how they write a number's zeros."""
    text = "" if value is None else str(value)
    try:
        return float(text)
    except ValueError:
        return text
