"""Dumps of one table whose rows quote other dumps, with a banner and without: what stands in a row is no evidence.

A dump that no statement and no banner assigns to a dialect may be refused, if the refusal names --dialect; with the dialect given, it
must come out right.
"""

from functools import partial

import packing
import quoting
from expect import as_written, numbered, typed_mysql, typed_postgres
from form import Case, add, written
from mariadb_dumps import kind_of_hex_blob
from mariadb_files import entries_of
from postgres_dumps import kind_in_copy, kind_in_inserts

DATABASE = "truth_quoting"
ANSI = ["--compatible=ansi", "--default-character-set=utf8mb4"]
OF_MYSQL = {
    "default": [],
    "compact": ["--compact"],
    "skip-comments": ["--skip-comments", "--skip-extended-insert"],
    "ansi": ANSI,
    "no-create": ["--no-create-info", "--skip-comments"],
    "bare-rows": ["--compact", "--no-create-info"],
    "bare-unquoted-rows": ["--compact", "--no-create-info", "--skip-quote-names"],
    "bare-unquoted-ansi-rows": ["--compact", "--no-create-info", "--skip-quote-names", "--complete-insert", *ANSI],
}
OF_POSTGRES = {
    "copy": [],
    "inserts": ["--inserts"],
    "quoted-column-inserts": ["--column-inserts", "--quote-all-identifiers"],
    "data-copy": ["--data-only"],
    "data-inserts": ["--data-only", "--inserts"],
}


def only(tables, name):
    return [table for table in tables if table.name == name]


def mysqldump(world, folder, server, name, options):
    if server == "oracle":
        data, tables = world.oracle.client("mysqldump", *options, DATABASE, name), world.oracle_tables(DATABASE)
    else:
        data, tables = world.mariadb.client("mariadb-dump", *options, DATABASE, name), world.mariadb_tables(DATABASE)
    expected = typed_mysql(only(tables, name), database_is_known=False)
    if "--no-create-info" in options:
        expected = as_written(expected, kind_of_hex_blob)
        expected = expected if "--complete-insert" in options else numbered(expected)
    return Case(written(folder / "dump.sql", data), expected, dialect="mysql")


def pg_dump(world, folder, name, options, strip=False):
    data = world.postgres.client("pg_dump", f"--table={name}", *options, DATABASE)
    if strip:  # what is left when somebody has taken the comments and settings off
        data = statements(data)
    expected = typed_postgres(only(world.postgres_tables(DATABASE), name), database_is_known=False)
    if "--data-only" in options:
        kind = kind_in_inserts if "--inserts" in options else kind_in_copy
        expected = as_written(expected, kind)
        expected = numbered(expected) if "--inserts" in options else expected
    return Case(written(folder / "dump.sql", data), expected, dialect="postgresql")


def statements(data):
    """From the first CREATE, COPY or INSERT to the end of the data."""
    start = min(place for word in (b"\nCREATE TABLE ", b"\nCOPY ", b"\nINSERT ") if (place := data.find(word)) >= 0)
    return data[start + 1 : data.rfind(b"\n--\n-- PostgreSQL database dump complete")]


def mydumper(world, folder, name, pack):
    source = folder / "export"
    chosen = [f"--database={DATABASE}", f"--regex=^{DATABASE}[.]{name}$"]
    world.mariadb.client("mydumper", f"--outputdir={source}", *chosen, "--verbose=0", "--no-locks")
    expected = typed_mysql(only(world.mariadb_tables(DATABASE), name))
    packed = written(folder / "export.tar.gz", packing.gz(packing.tar(entries_of(source)))) if pack else source
    return Case(packed, expected, dialect="mysql")


def tab(world, folder, name):
    source = folder / "tab"
    source.mkdir()
    source.chmod(0o777)
    world.mariadb.client("mariadb-dump", f"--tab={source}", "--default-character-set=utf8mb4", DATABASE, name)
    return Case(source, typed_mysql(only(world.mariadb_tables(DATABASE), name), database_is_known=False), dialect="mysql")


for name in quoting.TEXTS:
    for form, options in OF_MYSQL.items():
        for server in ("mariadb", "oracle"):
            add(f"{server}/quoted/{form}/{name}", partial(mysqldump, server=server, name=name, options=options))
    for form, options in OF_POSTGRES.items():
        add(f"postgres/quoted/{form}/{name}", partial(pg_dump, name=name, options=options))
    for form in ("copy", "inserts", "data-copy", "data-inserts"):
        stripped = partial(pg_dump, name=name, options=OF_POSTGRES[form], strip=True)
        add(f"postgres/quoted/stripped-{form}/{name}", stripped)
    add(f"mariadb/quoted/mydumper/{name}", partial(mydumper, name=name, pack=False))
    add(f"mariadb/quoted/mydumper-packed/{name}", partial(mydumper, name=name, pack=True))
    add(f"mariadb/quoted/tab/{name}", partial(tab, name=name))
