"""Why a reader does not load a folder, in our words. What is not here is a failure."""

import re

REASONS = [
    # reader, its own words, ours
    ("Polars", "expanded paths were empty", "a table without rows"),
    ("ClickHouse", "the file is empty", "a table without rows"),
    ("ClickHouse", r"type U?Int64.* differs .*type .*Int64|type Nullable.U?Int64.* differs .*Int64", "integers on both sides of 2^63"),
    ("ClickHouse", "Automatically defined type", "values of one column have different shapes"),
    ("ClickHouse", "Cannot infer named Tuple", "an empty JSON object"),
    ("Polars", "InvalidNumber", "a number of more than 38 digits"),
    ("Polars", "supertype", "values of one column have different shapes"),
]


def reason_for(reader, words):
    for name, pattern, reason in REASONS:
        if name == reader and re.search(pattern, words, re.IGNORECASE | re.DOTALL):
            return reason
    return None
