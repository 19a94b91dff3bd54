"""What the NDJSON must hold, from the server's own answer: values.md as code.

Declared type → kind → JSON value. A kind is one of integer, decimal, float, boolean, binary, json, text, an array of one,
or, where no structure says what a column is, the text that the tool makes of it.
"""

import base64
import re
from dataclasses import dataclass, field, replace

from answers import MYSQL_BINARY, Table, base_type
from values import Number, NotJSON, parse

MYSQL_KINDS = {
    **dict.fromkeys(["tinyint", "smallint", "mediumint", "int", "bigint", "year", "bit"], "integer"),
    **dict.fromkeys(["float", "double"], "float"),
    **dict.fromkeys(MYSQL_BINARY, "binary"),
    "decimal": "decimal",
    "json": "json",
}
POSTGRES_KINDS = {
    "smallint": "integer",
    "integer": "integer",
    "bigint": "integer",
    "oid": "integer",
    "numeric": "decimal",
    "real": "float",
    "double precision": "float",
    "boolean": "boolean",
    "bytea": "binary",
    "json": "json",
    "jsonb": "json",
}


@dataclass(frozen=True)
class Kind:
    name: str
    big: bool = False  # the declared type passes 2^53
    element: "Kind | None" = None


@dataclass(frozen=True)
class Options:
    """The command's own options, with its defaults."""

    binary: str = "base64"
    decimals: str = "number"
    big_integers: str = "number"
    json: str = "embed"
    arrays: str = "json"
    omit_nulls: bool = False

    def arguments(self):
        defaults = Options()
        for name in ("binary", "decimals", "big_integers", "json", "arrays"):
            if getattr(self, name) != getattr(defaults, name):
                yield from (f"--{name.replace('_', '-')}", getattr(self, name))
        if self.omit_nulls:
            yield "--omit-nulls"


def mysql_kind(column):
    base = base_type(column)
    bits = int(column.type[4:-1]) if base == "bit" else 0
    return Kind(MYSQL_KINDS.get(base, "text"), big=base == "bigint" or bits > 53)


def postgres_kind(column):
    return kind_of_postgres(column.domain_of or column.type)


def kind_of_postgres(declared):
    if declared.endswith("[]"):
        element = declared[:-2]
        return Kind("text") if element == "box" else Kind("array", element=kind_of_postgres(element))  # box[] uses semicolons
    return Kind(POSTGRES_KINDS.get(declared.split("(")[0], "text"), big=declared == "bigint")


def number(text):
    """JSON has no leading zeros; NaN and the infinities become strings."""
    if text in ("NaN", "Infinity", "-Infinity"):
        return text
    return Number(re.sub(r"^(-?)0+(?=\d)", r"\1", text))


def array(text, element, options):
    """The value of a plain array; one with bounds stays text."""
    if not text.startswith("{"):
        return text
    token = re.compile(r'([{},])|"((?:[^"\\]|\\.)*)"|([^{},"]+)', re.DOTALL)
    nested, place = [[]], 0
    while place < len(text):
        found = token.match(text, place)
        place = found.end()
        mark, quoted, bare = found.groups()
        if mark == "{":
            nested.append([])
        elif mark == "}":
            nested[-2].append(nested.pop())
        elif quoted is not None:
            nested[-1].append(value(element, element_bytes(element, re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL)), options))
        elif bare is not None:
            nested[-1].append(None if bare.upper() == "NULL" else value(element, element_bytes(element, bare), options))
    return nested[0][0]


def element_bytes(element, text):
    return bytes.fromhex(text[2:]) if element.name == "binary" else text.encode()


def value(kind, cell, options):
    """One cell as JSON."""
    if cell is None:
        return None
    if kind.name == "binary":
        return base64.b64encode(cell).decode() if options.binary == "base64" else cell.hex()
    if kind.name == "upper-case hex":
        return cell.hex().upper()
    if kind.name == "bytea text":
        return "\\x" + cell.hex()
    if kind.name == "bytea escape text":
        return "".join(r"\\" if byte == 92 else chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}" for byte in cell)
    text = cell.decode()
    if kind.name in ("integer", "decimal", "float"):
        result = number(text)
        as_string = options.decimals == "string" and kind.name == "decimal" or options.big_integers == "string" and kind.big
        return result.literal if as_string and isinstance(result, Number) else result
    if kind.name == "boolean":
        return text in ("t", "true")
    if kind.name == "array" and options.arrays == "json":
        return array(text, kind.element, options)
    if kind.name == "json" and options.json == "embed":
        try:
            return parse(text)
        except NotJSON:
            return text
    return text


@dataclass
class Expected:
    """One table of the output. A dump that never names its database may leave it out."""

    table: Table
    kinds: list[Kind]
    database_is_known: bool = True
    may_be_missing: bool = False  # a partitioned table, whose rows are all in its partitions
    keys: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.keys = self.keys or [column.name for column in self.table.columns]

    def without_generated(self):
        table = self.table.without(lambda column: column.generated)
        kinds = [kind for kind, column in zip(self.kinds, self.table.columns) if not column.generated]
        return replace(self, table=table, kinds=kinds, keys=[])

    def rows(self, options):
        for row in self.table.rows:
            columns = zip(self.keys, self.kinds, row)
            kept = (column for column in columns if column[2] is not None or not options.omit_nulls)
            yield tuple((key, value(kind, cell, options)) for key, kind, cell in kept)


def typed_mysql(tables, **changes):
    return [Expected(table, [mysql_kind(column) for column in table.columns], **changes) for table in tables]


def typed_postgres(tables, **changes):
    return [Expected(table, [postgres_kind(column) for column in table.columns], **changes) for table in tables]


def numbered(expected):
    """Neither header nor structure: the columns are c1 … cN."""
    return [replace(one, keys=[f"c{place + 1}" for place in range(len(one.table.columns))]) for one in expected]


def as_written(expected, kind_without_type):
    """No structure: what the literal itself says, and nothing guessed; `kind_without_type` says it for each kind."""
    return [replace(one, kinds=[kind_without_type(kind) for kind in one.kinds]) for one in expected]
