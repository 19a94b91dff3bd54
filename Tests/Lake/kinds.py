"""Our types as a reader of the docs knows them: what a column of the manifest is called in the table."""

import re

KINDS = [
    "integers to 2^53",
    "BIGINT",
    "BIGINT UNSIGNED, BIT(64)",
    "DECIMAL, NUMERIC",
    "FLOAT, DOUBLE",
    "BOOLEAN",
    "DATE",
    "DATETIME, TIMESTAMP",
    "TIME, INTERVAL",
    "UUID",
    "text, other types as text",
    "BLOB, BYTEA (base64)",
    "JSON",
    "arrays",
    "domains, no type known",
]


def kind_of(column):
    """`column` as in the manifest: its declared type, and what it has become."""
    declared, written = (column["type"] or "").lower(), column["json"]
    if written == "json":
        return "JSON"
    if written == "array":
        return "arrays"
    if written in ("base64", "hex"):
        return "BLOB, BYTEA (base64)"
    if not declared:
        return "domains, no type known"
    base = re.match(r"[a-z ]*", declared)[0].strip()
    if base.endswith("[]") or declared.endswith("[]"):
        return "arrays"
    if base.startswith(("decimal", "numeric", "fixed")):
        return "DECIMAL, NUMERIC"
    if base.startswith(("float", "double", "real")):
        return "FLOAT, DOUBLE"
    if base.startswith("bool"):
        return "BOOLEAN"
    if base.startswith(("bigint", "bigserial", "serial8")):
        return "BIGINT UNSIGNED, BIT(64)" if "unsigned" in declared else "BIGINT"
    if declared.startswith("bit(") and written == "number":
        return "BIGINT UNSIGNED, BIT(64)" if int(declared[4:-1]) > 53 else "integers to 2^53"
    if written == "number":
        known = ("tinyint", "smallint", "mediumint", "int", "year", "bit", "boolean", "oid", "serial", "smallserial")
        return "integers to 2^53" if base.startswith(known) else "domains, no type known"
    if base == "date":
        return "DATE"
    if base.startswith(("datetime", "timestamp")):
        return "DATETIME, TIMESTAMP"
    if base.startswith(("time", "interval")):
        return "TIME, INTERVAL"
    if base == "uuid":
        return "UUID"
    if base in ("json", "jsonb"):
        return "JSON"
    if base == "bytea":
        return "BLOB, BYTEA (base64)"
    return "text, other types as text"
