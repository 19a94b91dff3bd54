"""The documented export tree of RDS MySQL and PolarDB MySQL, written from a server's own answers.

<database>/structure.sql
<database>/<table>/structure.sql
<database>/<table>/data/<part>.csv | .wh.csv | .sql
"""

import re
from dataclasses import dataclass

from answers import MYSQL_BINARY, base_type, quote_mariadb

NUMBERS = ("tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "year")
NEEDED = {"\\": "\\\\", "\0": "\\0"}
ESCAPES = {"all": {**NEEDED, "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\x1a": "\\Z"}, "needed": NEEDED, "none": {}}


@dataclass(frozen=True)
class Style:
    """What the documentation leaves open about the writer, each with the more likely answer first."""

    format: str = "csv"  # csv, wh.csv, sql
    null: str = "\\N"  # or NULL
    quote_all: bool = False  # or only what is not a number
    escapes: str = "all"  # or needed (line ends and tabs stay raw), or none (RFC 4180)
    doubled_quotes: bool = False  # or a backslash before them
    header_quote: str = ""  # or ` or "
    lower_hex: bool = False
    hex_prefix: str = ""  # or 0x
    line_end: str = "\n"
    last_line_end: bool = True
    byte_order_mark: bool = False
    turned_columns: bool = False  # a header may name the columns in any order
    column_list: bool = False  # INSERT INTO t (a, b) VALUES
    use: bool = False  # USE database, and no database before the table
    rows_per_insert: int = 100
    parts: int = 1
    part_without_bytes: bool = False
    part_without_rows: bool = False  # a table without rows has one part all the same: empty, or a header alone
    structure_last: bool = False
    generated_in_structure: bool = False
    as_mysql_8: bool = False  # CREATE TABLE in Oracle's spelling instead of MariaDB's


def is_bytes(column):
    return base_type(column) == "bit" or base_type(column) in MYSQL_BINARY


def raw_bytes(column, cell):
    """A binary value as it is, a BIT value as the server stores it: big end first."""
    if base_type(column) == "bit":
        return int(cell).to_bytes((int(column.type[4:-1]) + 7) // 8, "big")
    return cell


def hex_text(column, cell, style):
    """BIT and binary columns are bare hex text in both formats."""
    text = raw_bytes(column, cell).hex()
    return style.hex_prefix + (text if style.lower_hex else text.upper())


def escaped(text, style, quote):
    escapes = ESCAPES[style.escapes]
    doubled = style.doubled_quotes or style.escapes == "none"
    return "".join(escapes.get(character, character) for character in text).replace(quote, quote * 2 if doubled else "\\" + quote)


def csv_field(column, cell, style):
    if cell is None:
        return style.null
    if base_type(column) in NUMBERS and not style.quote_all:
        return cell.decode()
    text = hex_text(column, cell, style) if is_bytes(column) else cell.decode()
    return '"' + escaped(text, style, '"') + '"'


def csv_part(table, rows, style):
    lines = []
    if style.format == "wh.csv":
        mark = style.header_quote
        lines.append(",".join(mark + column.name.replace(mark or "\0", mark * 2) + mark for column in table.columns))
    lines += (",".join(csv_field(column, cell, style) for column, cell in zip(table.columns, row)) for row in rows)
    text = "".join(line + style.line_end for line in lines)
    text = text if style.last_line_end else text.removesuffix(style.line_end)
    return ("\ufeff" + text if style.byte_order_mark else text).encode()


def sql_literal(column, cell, style):
    if cell is None:
        return "NULL"
    if base_type(column) in NUMBERS:
        return cell.decode()
    text = hex_text(column, cell, style) if is_bytes(column) else cell.decode()
    return "'" + escaped(text, style, "'") + "'"


def sql_part(table, rows, style):
    database = quote_mariadb(table.database)
    target = quote_mariadb(table.name) if style.use else f"{database}.{quote_mariadb(table.name)}"
    if style.column_list:
        target += " (" + ", ".join(quote_mariadb(column.name) for column in table.columns) + ")"
    statements = [f"USE {database};\n"] if style.use else []
    for start in range(0, len(rows), style.rows_per_insert):
        tuples = (
            "(" + ", ".join(sql_literal(column, cell, style) for column, cell in zip(table.columns, row)) + ")"
            for row in rows[start : start + style.rows_per_insert]
        )
        statements.append(f"INSERT INTO {target} VALUES " + ", ".join(tuples) + ";\n")
    return "".join(statements).encode()


def data_parts(table, style, path):
    """A table without rows has no data folder; a part may hold no byte at all."""
    write = sql_part if style.format == "sql" else csv_part
    if not table.rows:
        if style.part_without_rows:
            yield f"{path}/data/00000.{style.format}", write(table, [], style)
        return
    size = -(-len(table.rows) // style.parts)
    for number in range(style.parts):
        rows = table.rows[number * size : (number + 1) * size]
        yield f"{path}/data/{number:05}.{style.format}", write(table, rows, style) if rows else b""
    if style.part_without_bytes:
        yield f"{path}/data/{style.parts:05}.{style.format}", b""


def create_table(server, table, kept):
    """SHOW CREATE TABLE, without the columns that the export leaves out: the client's --raw keeps its line ends."""
    where = f"{quote_mariadb(table.database)}.{quote_mariadb(table.name)}"
    text = server.execute(f"SHOW CREATE TABLE {where}").decode().split("\t", 1)[1]
    left_out = tuple(f"  {quote_mariadb(column.name)} " for column in table.columns if column not in kept)
    lines = [line for line in text.split("\n") if not (left_out and line.startswith(left_out))]
    return "\n".join(lines).rstrip("\n") + ";\n"


def as_mysql_8(create):
    """MySQL has a JSON type, no display widths but for TINYINT(1) and ZEROFILL, and hides columns in a version comment."""
    for pattern, spelling in (
        (r"longtext (.*?)CHECK \(json_valid\(`(?:[^`]|``)*`\)\)", r"json \1"),
        (r" (tinyint|smallint|mediumint|int|bigint)\((?!1\))\d+\)(?! unsigned zerofill| zerofill)", r" \1"),
        (r" year\(4\)", " year"),
        (r" INVISIBLE", " /*!80023 INVISIBLE */"),
        (r"COLLATE=utf8mb4_bin", "COLLATE=utf8mb4_0900_ai_ci"),
    ):
        create = re.sub(pattern, spelling, create)
    return create


def as_exported(table, style):
    """The documentation: generated and hidden columns are left out."""
    exported = table.without(lambda column: column.generated or column.invisible)
    return exported.turned() if style.turned_columns else exported


def entries(server, tables, style_of):
    """Every entry of one database's tree; `style_of(table)` may differ from table to table."""
    database = tables[0].database
    create = server.execute(f"SHOW CREATE DATABASE {quote_mariadb(database)}").decode().split("\t", 1)[1]
    result = [(f"{database}/structure.sql", (create.rstrip("\n") + ";\n").encode())]
    for table in tables:
        style = style_of(table)
        path = f"{database}/{table.name}"
        exported = as_exported(table, style)
        create = create_table(server, table, table.columns if style.generated_in_structure else exported.columns)
        structure = (f"{path}/structure.sql", (as_mysql_8(create) if style.as_mysql_8 else create).encode())
        data = list(data_parts(exported, style, path))
        result += data + [structure] if style.structure_last else [structure] + data
    return result
