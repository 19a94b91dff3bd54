"""mariadb-dump in all its forms: one SQL file."""

import bz2
from dataclasses import replace
from functools import partial

import packing
from answers import Column, cells
from expect import Kind, as_written, numbered, typed_mysql
from form import Case, add, written
from pairwise import named
from world import MARIADB_DATABASES

DATABASES = {**MARIADB_DATABASES, "random": "truth_random", "quoting": "truth_quoting"}

FORMS = {
    "default": [],
    "hex-blob": ["--hex-blob"],
    "single-rows": ["--skip-extended-insert"],
    "complete-insert": ["--complete-insert"],
    "compact": ["--compact"],
    "replace": ["--replace"],
    "insert-ignore": ["--insert-ignore"],
    "delayed": ["--delayed-insert"],
    "skip-opt": ["--skip-opt"],
    "skip-comments": ["--skip-comments", "--skip-dump-date"],
    "order-by-primary": ["--order-by-primary", "--single-transaction"],
    "ansi": ["--compatible=ansi", "--default-character-set=utf8mb4"],
    "everything-around": [
        "--routines",
        "--events",
        "--triggers",
        "--flush-privileges",
        "--add-drop-database",
        "--add-drop-trigger",
    ],
    "databases": ["--databases"],
}
FACTORS = {
    "rows": {"": [], "single-rows": ["--skip-extended-insert"], "short-lines": ["--net-buffer-length=4096"]},
    "verb": {"": [], "insert-ignore": ["--insert-ignore"], "replace": ["--replace"], "delayed": ["--delayed-insert"]},
    "columns": {"": [], "complete": ["--complete-insert"]},
    "bytes": {"": [], "hex-blob": ["--hex-blob"]},
    "words": {
        "": [],
        "ansi": ["--compatible=ansi"],
        "of-postgresql": ["--compatible=postgresql"],
        "of-others": ["--compatible=oracle,mssql,no_key_options,no_table_options"],
    },
    "frame": {
        "": [],
        "compact": ["--compact"],
        "skip-comments": ["--skip-comments", "--skip-dump-date"],
        "skip-opt": ["--skip-opt", "--allow-keywords"],
    },
    "around": {
        "": [],
        "routines": ["--routines", "--events", "--triggers", "--flush-privileges"],
        "databases": ["--databases", "--add-drop-database"],
        "no-triggers": ["--skip-triggers", "--skip-create-options", "--no-autocommit", "--single-transaction"],
        "bare": ["--skip-add-locks", "--skip-disable-keys", "--skip-add-drop-table", "--order-by-primary"],
    },
}
MATRIX = dict(named(FACTORS))


def dump(world, folder, options, database, **changes):
    data = world.mariadb.client("mariadb-dump", *options, database)
    known = "--databases" in options
    return Case(
        written(folder / "dump.sql", data), typed_mysql(world.mariadb_tables(database), database_is_known=known), **changes
    )


def combined(world, folder, options, database):
    """The older modes of --compatible would also choose a character set of their own."""
    return dump(world, folder, ["--default-character-set=utf8mb4", *options], database)


def skip_quote_names(world, folder, database):
    return dump(world, folder, ["--skip-quote-names"], database)


def session_time(world, folder):
    data = world.mariadb.client("mariadb-dump", "--skip-tz-utc", "truth_types")
    tables = world.mariadb_tables("truth_types", time_zone="+08:00")
    return Case(written(folder / "dump.sql", data), typed_mysql(tables, database_is_known=False))


def no_data(world, folder, database):
    data = world.mariadb.client("mariadb-dump", "--no-data", database)
    tables = [table.without_rows() for table in world.mariadb_tables(database)]
    return Case(written(folder / "dump.sql", data), typed_mysql(tables, database_is_known=False))


def kind_of_hex_blob(kind):
    """Without CREATE TABLE a number is a number and 0x… is bytes; whether text is JSON is not known."""
    return Kind(kind.name if kind.name in ("integer", "decimal", "float", "binary") else "text")


def without_structure(world, folder, database, complete):
    """BIT columns are left aside: without their type 0x05 may be bytes or a number."""
    tables = [
        table
        for table in world.mariadb_tables(database)
        if table.rows and not any(column.type.startswith("bit") for column in table.columns)
    ]
    options = ["--no-create-info", "--hex-blob", *(["--complete-insert"] if complete else [])]
    data = world.mariadb.client("mariadb-dump", *options, "--", database, *(table.name for table in tables))
    expected = as_written(typed_mysql(tables, database_is_known=False), kind_of_hex_blob)
    if not complete:  # an invisible column makes the tool name all of them
        expected = [one if any(column.invisible for column in one.table.columns) else numbered([one])[0] for one in expected]
    return Case(written(folder / "dump.sql", data), expected)


def in_charset(world, folder, charset, table, options=()):
    data = world.mariadb.client("mariadb-dump", f"--default-character-set={charset}", *options, "truth_texts", table)
    tables = [one for one in world.mariadb_tables("truth_texts") if one.name == table]
    return Case(written(folder / "dump.sql", data), typed_mysql(tables, database_is_known=False))


def several_databases(world, folder, options):
    data = world.mariadb.client("mariadb-dump", "--hex-blob", *options)
    tables = [table for database in DATABASES.values() for table in world.mariadb_tables(database)]
    return Case(written(folder / "dump.sql", data), typed_mysql(tables), ignored_databases=("mysql", "sys"))


def several_files(world, folder):
    """One file a database in a plain folder."""
    source = folder / "dumps"
    source.mkdir()
    for database in ("truth_types", "truth_random"):
        written(source / f"{database}.sql", world.mariadb.client("mariadb-dump", "--databases", database))
    tables = [*world.mariadb_tables("truth_types"), *world.mariadb_tables("truth_random")]
    return Case(source, typed_mysql(tables))


PACKED = {
    "gz": packing.gz,
    "zst": packing.zst,
    "xz": packing.xz,
    "bz2": bz2.compress,
    "gz-members": lambda data: packing.gz(data[:1000]) + packing.gz(data[1000:]),
    "plain": lambda data: data,
}


def packed(world, folder, how, from_pipe):
    """One compressed dump, under a name that says so or from a pipe that says nothing."""
    data = world.mariadb.client("mariadb-dump", "--databases", "truth_random")
    file = written(folder / f"dump.sql.{how}", PACKED[how](data))
    return Case(file, typed_mysql(world.mariadb_tables("truth_random")), from_pipe=from_pipe)


def history(world, folder):
    """Rows of the past are rows, and the hidden columns say when."""
    data = world.mariadb.client("mariadb-dump", "--dump-history", "truth_around", "history")
    (table,) = (one for one in world.mariadb_tables("truth_around") if one.name == "history")
    table = replace(table, columns=[*table.columns, Column("row_start", "timestamp(6)"), Column("row_end", "timestamp(6)")])
    answer = world.mariadb.execute(
        "SET time_zone = '+00:00'; SELECT HEX(CAST(id AS CHAR)), HEX(t), HEX(CAST(ROW_START AS CHAR)), HEX(CAST(ROW_END AS CHAR)) "
        "FROM truth_around.history FOR SYSTEM_TIME ALL"
    )
    table.rows = list(cells(answer))
    return Case(written(folder / "dump.sql", data), typed_mysql([table], database_is_known=False))


def chosen_rows(world, folder):
    data = world.mariadb.client("mariadb-dump", "--where=1=0", "--no-data-med", "truth_types")
    tables = [table.without_rows() for table in world.mariadb_tables("truth_types")]
    return Case(written(folder / "dump.sql", data), typed_mysql(tables, database_is_known=False))


def with_its_warning(world, folder, warning):
    """What the tool says to people has come into the file (2>&1): no statement, so an error, and no table lost in silence."""
    data = world.mariadb.client("mariadb-dump", "truth_random")
    place = data.index(b"INSERT INTO") if warning.startswith("mysqldump: Error") else 0
    return Case(written(folder / "dump.sql", data[:place] + warning.encode() + b"\n" + data[place:]), [], exit_status=65)


WARNINGS = {
    "password": "mysqldump: [Warning] Using a password on the command line interface can be insecure.",
    "gtid": "Warning: A partial dump from a server that has GTIDs will by default include the GTIDs of all transactions.",
    "table": "mysqldump: Error 2013: Lost connection to server during query when dumping table `random_0` at row: 7",
    "deprecated": "mysqldump: Deprecated program name. It will be removed in a future release, use '/usr/bin/mariadb-dump' instead",
}
for name, words in WARNINGS.items():
    add(f"mariadb/dump/with-its-warning/{name}", partial(with_its_warning, warning=words))
add("mariadb/dump/dump-history", history)
add("mariadb/dump/where", chosen_rows)
for form, options in FORMS.items():
    for short, name in DATABASES.items():
        add(f"mariadb/dump/{form}/{short}", partial(dump, options=options, database=name))
for name, options in MATRIX.items():
    for short, database in DATABASES.items():
        add(f"mariadb/matrix/{name}/{short}", partial(combined, options=options, database=database))
for short in ("types", "texts", "around"):
    add(f"mariadb/dump/skip-quote-names/{short}", partial(skip_quote_names, database=DATABASES[short]))
for short in ("types", "names", "random"):
    add(f"mariadb/dump/no-create-info/complete/{short}", partial(without_structure, database=DATABASES[short], complete=True))
    add(f"mariadb/dump/no-create-info/numbered/{short}", partial(without_structure, database=DATABASES[short], complete=False))
add("mariadb/dump/no-data/types", partial(no_data, database="truth_types"))
add("mariadb/dump/skip-tz-utc/types", session_time)
for charset, table in (("gbk", "all_gbk"), ("latin1", "all_latin1"), ("utf8", "all_latin1")):
    add(f"mariadb/dump/charset-{charset}/default", partial(in_charset, charset=charset, table=table))
    add(
        f"mariadb/dump/charset-{charset}/single-rows",
        partial(in_charset, charset=charset, table=table, options=("--skip-extended-insert",)),
    )
    add(
        f"mariadb/dump/charset-{charset}/complete",
        partial(in_charset, charset=charset, table=table, options=("--complete-insert",)),
    )
add("mariadb/dump/all-databases", partial(several_databases, options=["--all-databases"]))
add("mariadb/dump/several-databases", partial(several_databases, options=["--databases", *DATABASES.values()]))
add("mariadb/dump/folder-of-dumps", several_files)
for how in PACKED:
    add(f"mariadb/dump/packed/{how}", partial(packed, how=how, from_pipe=False))
    add(f"mariadb/dump/packed/{how}-piped", partial(packed, how=how, from_pipe=True))
