"""The documented export tree of RDS PostgreSQL; data and types are written by the server's own programs.

<database>/structure.sql
<database>/<schema>/structure.sql
<database>/<schema>/<table>/column_structure.sql, constraint_structure.sql, index_structure.sql
<database>/<schema>/<table>/data/<part>.csv | .wh.csv | .sql
"""

import re
from dataclasses import dataclass
from functools import cache, partial

from answers import quote_postgres


@dataclass(frozen=True)
class Style:
    format: str = "csv"  # csv, wh.csv, copy, insert
    parts: int = 1
    part_without_bytes: bool = False
    structure_last: bool = False
    settings: str = ""  # of the session that writes: SET bytea_output = 'escape';


def blocks(dump):
    """pg_dump's own table of contents: (kind, schema, statements) of every object in a plain dump."""
    heading = re.compile(r"^--\n-- (?:Data for )?Name: .*?; Type: (.*?); Schema: (.*?); Owner: .*\n--\n", re.MULTILINE)
    found = list(heading.finditer(dump))
    for here, following in zip(found, found[1:] + [None]):
        text = dump[here.end() : following.start() if following else len(dump)]
        statements = text.split("--\n-- PostgreSQL database dump complete")[0]
        yield here.group(1), here.group(2), re.sub(r"(?m)^SET .*;\n", "", statements).strip() + "\n"


def target(table):
    return f"{quote_postgres(table.schema)}.{quote_postgres(table.name)}"


def column_structure(table):
    lines = (f"    {quote_postgres(column.name)} {column.type}" for column in table.columns)
    return (f"CREATE TABLE {target(table)} (\n" + ",\n".join(lines) + "\n);\n").encode()


@cache
def after_data(server, database, name, kinds):
    dump = server.client("pg_dump", "--section=post-data", "--no-owner", f"--table={name}", database)
    return "".join(text for kind, _, text in blocks(dump.decode()) if kind in kinds).encode()


def copied(server, table, names, rows, style):
    """A part as COPY writes it."""
    csv = {"csv": " WITH (FORMAT csv)", "wh.csv": " WITH (FORMAT csv, HEADER)"}.get(style.format, "")
    data = server.execute(f"{style.settings} COPY ({rows}) TO STDOUT{csv}", table.database)
    if style.format == "copy":
        return f"COPY {target(table)} ({names}) FROM stdin;\n".encode() + data + b"\\.\n"
    return data


def inserts(server, table, names, rows):
    """One INSERT a row with every value quoted: format's %L writes E'…' where a backslash is."""
    places = ", ".join("%L" for _ in table.columns)
    statement = f"INSERT INTO {target(table)} ({names})".replace("%", "%%").replace("'", "''") + f" VALUES ({places});"
    return server.execute(f"SELECT format('{statement}', {names}) FROM ({rows}) AS part", table.database)


def data_parts(server, table, style, path):
    """A table without rows has no data folder; a part may hold no byte at all."""
    if not table.rows:
        return
    names = ", ".join(quote_postgres(column.name) for column in table.columns)
    size = -(-len(table.rows) // style.parts)
    extension = "sql" if style.format in ("copy", "insert") else style.format
    for number in range(style.parts):
        rows = f"SELECT {names} FROM ONLY {target(table)} OFFSET {number * size} LIMIT {size}"
        write = inserts if style.format == "insert" else partial(copied, style=style)
        yield f"{path}/data/{number}.{extension}", write(server, table, names, rows)
    if style.part_without_bytes:
        yield f"{path}/data/{style.parts}.{extension}", b""


def entries(server, tables, style_of):
    """Every entry of one database's tree; `style_of(table)` may differ from table to table."""
    database = tables[0].database
    quoted = quote_postgres(database)
    types = list(blocks(server.client("pg_dump", "--section=pre-data", "--no-owner", database).decode()))
    result = [(f"{database}/structure.sql", f"CREATE DATABASE {quoted};\n".encode())]
    for schema in sorted({table.schema for table in tables}):
        created = "".join(text for kind, where, text in types if where == schema and kind in ("TYPE", "DOMAIN"))
        text = f"CREATE SCHEMA IF NOT EXISTS {quote_postgres(schema)};\n" + created
        result.append((f"{database}/{schema}/structure.sql", text.encode()))
    for table in tables:
        style = style_of(table)
        path = f"{database}/{table.schema}/{table.name}"
        exported = table.without(lambda column: column.generated)
        structure = [(f"{path}/column_structure.sql", column_structure(exported))]
        for name, kinds in (("constraint", ("CONSTRAINT", "FK CONSTRAINT")), ("index", ("INDEX",))):
            text = after_data(server, database, target(table), kinds)
            structure += [(f"{path}/{name}_structure.sql", text)] if text else []
        data = list(data_parts(server, exported, style, path))
        result += data + structure if style.structure_last else structure + data
    return result
