"""What the server says of a database's tables at a moment, each row as the lines have its values."""

import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "Truth"))
from answers import cells, hex_of_mariadb, quote_mariadb  # noqa: E402
from expect import Kind, Options, mysql_kind, value  # noqa: E402
from values import Number  # noqa: E402

DEFINES = re.compile(r"\b(CREATE|ALTER|DROP|RENAME)\b")


@dataclass(frozen=True)
class Form:
    """How a column's values are compared."""

    kind: Kind
    # Of a FLOAT or a DOUBLE, the digits that the client prints: a dump has no others.
    digits: int
    # Of a FLOAT(M,D), the digits after the point that are printed of what is stored.
    scale: int | None
    # Its values follow from others: an image with changed columns only does not hold it.
    is_generated: bool

    def canonical(self, found):
        if self.kind.name == "float" and isinstance(found, Number):
            stored = float(found.literal)
            if self.digits == 6:
                stored = struct.unpack("f", struct.pack("f", stored))[0]  # the client rounds what is stored
            return f"{stored:.{self.digits}g}" if self.scale is None else f"{stored:.{self.scale}f}".replace("-0." + "0" * self.scale, "0." + "0" * self.scale)
        return found

    @classmethod
    def of(cls, column):
        scale = re.match(r"(?:float|double)\(\d+,(\d+)\)", column.type)
        return cls(mysql_kind(column), 6 if column.type.startswith("float") else 15, int(scale[1]) if scale else None, column.generated)

    def read(self, cell):
        return self.canonical(value(self.kind, None if cell == "NULL" else bytes.fromhex(cell), Options()))


class TableAnswer:
    """A table as its server has it: forms of columns by name, and rows."""

    def __init__(self, columns):
        self.forms = {column.name: Form.of(column) for column in columns}
        self.chosen = ", ".join(hex_of_mariadb(column) for column in columns)
        self.rows = []

    def read(self, line):
        return {name: form.read(cell) for (name, form), cell in zip(self.forms.items(), line.split("\t"))}


class Snapshots:
    """Asks for all tables of a database with one call of the client."""

    def __init__(self, server, database):
        self.server, self.database = server, database
        self.tables = {}
        self.define()

    def define(self, sql=None):
        """The tables have been changed; `sql`: by this statement."""
        answer = self.server.execute(
            f"SELECT HEX(TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = '{self.database}'"
        )
        names = [row[0].decode() for row in cells(answer)]
        known = {name: columns for name, columns in self.tables.items() if sql is not None and name not in sql}
        self.tables = {name: known.get(name) or list(self.server.columns_of(self.database, name)) for name in names}

    def now(self):
        answers = {name: TableAnswer(columns) for name, columns in self.tables.items()}
        names = list(answers)
        script = ["SET time_zone = '+00:00';"]
        for number, name in enumerate(names):
            script.append(f"SELECT 'table {number}'; SELECT {answers[name].chosen} FROM {quote_mariadb(name)};")
        current = None
        for line in self.server.execute("\n".join(script), self.database).decode().splitlines():
            if line.startswith("table "):
                current = answers[names[int(line[6:])]]
            else:
                current.rows.append(current.read(line))
        return answers
