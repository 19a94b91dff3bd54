"""pg_dump and pg_dumpall in all their forms: one SQL file."""

from functools import partial

import packing
from expect import Expected, Kind, as_written, typed_postgres
from form import Case, add, written
from pairwise import named
from world import POSTGRES_DATABASES

DATABASES = {**POSTGRES_DATABASES, "random": "truth_random", "quoting": "truth_quoting"}

FORMS = {
    "copy": [],
    "inserts": ["--inserts"],
    "column-inserts": ["--column-inserts"],
    "rows-per-insert": ["--rows-per-insert=7"],
    "on-conflict-do-nothing": ["--inserts", "--on-conflict-do-nothing"],
    "clean-if-exists": ["--clean", "--if-exists"],
    "no-owner": ["--no-owner", "--no-privileges", "--no-comments"],
    "create": ["--create"],
    "create-clean-inserts": ["--create", "--clean", "--inserts", "--rows-per-insert=100"],
    "quote-all-identifiers": ["--quote-all-identifiers"],
    "quote-all-inserts": ["--quote-all-identifiers", "--column-inserts"],
    "disable-dollar-quoting": ["--disable-dollar-quoting", "--disable-triggers", "--use-set-session-authorization"],
    "serializable": ["--serializable-deferrable", "--verbose", "--extra-float-digits=3"],
}
FACTORS = {
    "rows": {
        "": [],
        "inserts": ["--inserts"],
        "column-inserts": ["--column-inserts"],
        "rows-per-insert": ["--rows-per-insert=3"],
        "on-conflict": ["--column-inserts", "--on-conflict-do-nothing", "--rows-per-insert=2"],
    },
    "names": {"": [], "quoted": ["--quote-all-identifiers"]},
    "dollars": {"": [], "no-dollars": ["--disable-dollar-quoting"]},
    "create": {"": [], "create": ["--create"], "clean": ["--clean"], "clean-create": ["--clean", "--if-exists", "--create"]},
    "owner": {"": [], "no-owner": ["--no-owner", "--no-privileges"], "authorization": ["--use-set-session-authorization"]},
    "noise": {
        "": [],
        "verbose": ["--verbose"],
        "quiet": ["--no-comments", "--no-publications", "--no-subscriptions", "--no-security-labels"],
    },
    "tables": {"": [], "plain-tables": ["--no-tablespaces", "--no-toast-compression", "--no-table-access-method"]},
    "loading": {
        "": [],
        "disable-triggers": ["--disable-triggers", "--no-unlogged-table-data"],
        "row-security": ["--enable-row-security", "--extra-float-digits=3"],
        "sections": ["--section=pre-data", "--section=data"],
    },
}
MATRIX = dict(named(FACTORS))


def partitioned(world, database, **changes):
    """Partitioned tables are declared but hold no rows of their own; an empty table for them is as good as none."""
    return [
        Expected(table, [Kind("text")] * len(table.columns), may_be_missing=True, **changes)
        for table in world.postgres_partitioned(database)
    ]


def expected(world, database, known):
    return typed_postgres(world.postgres_tables(database), database_is_known=known) + partitioned(
        world, database, database_is_known=known
    )


def without_generated(tables):
    """COPY leaves generated columns out; INSERT has the word DEFAULT for them, which says nothing: their keys are absent."""
    return [one.without_generated() for one in tables]


def dump(world, folder, options, database):
    data = world.postgres.client("pg_dump", *options, database)
    return Case(written(folder / "dump.sql", data), without_generated(expected(world, database, known="--create" in options)))


def in_encoding(world, folder, encoding, database, table, options):
    data = world.postgres.client("pg_dump", f"--encoding={encoding}", f"--table={table}", *options, database)
    tables = [one for one in world.postgres_tables(database) if one.name == table]
    return Case(written(folder / "dump.sql", data), typed_postgres(tables, database_is_known=False))


def kind_in_copy(kind):
    """COPY without CREATE TABLE: text, all of it."""
    return Kind("bytea text" if kind.name == "binary" else "text")


def kind_in_inserts(kind):
    """INSERT without CREATE TABLE: bare numbers and truth values say what they are, everything else is a string."""
    return kind if kind.name in ("integer", "decimal", "float", "boolean") else kind_in_copy(kind)


def data_only(world, folder, options, kind, database):
    """Nothing names the columns of a table without rows in INSERTs, so it is as good as none."""
    data = world.postgres.client("pg_dump", "--data-only", *options, database)
    tables = as_written(without_generated(typed_postgres(world.postgres_tables(database), database_is_known=False)), kind)
    if any("inserts" in option for option in options):
        tables = [one for one in tables if one.table.rows]
    return Case(written(folder / "dump.sql", data), tables)


def through_the_root(world, folder):
    """--load-via-partition-root: the rows of every partition stand under the partitioned table's name."""
    data = world.postgres.client("pg_dump", "--load-via-partition-root", "--table=measured*", "truth_types")
    leaves = [table for table in world.postgres_tables("truth_types") if table.name.startswith("measured_")]
    (root,) = world.postgres_partitioned("truth_types")
    root.rows = [row for leaf in leaves for row in leaf.rows]
    tables = typed_postgres([root, *(leaf.without_rows() for leaf in leaves)], database_is_known=False)
    return Case(written(folder / "dump.sql", data), tables)


def everything(world, folder, options):
    data = world.postgres.client("pg_dumpall", *options)
    tables = [table for database in DATABASES.values() for table in expected(world, database, known=True)]
    there = world.postgres.execute("SELECT datname FROM pg_database").decode().split("\n")
    others = tuple({name for name in there if name} - set(DATABASES.values()))  # the server's own, and those of other forms
    return Case(written(folder / "all.sql", data), without_generated(tables), ignored_databases=others)


def without_frames(world, folder):
    """Versions before August 2025 did not frame the file in \\restrict … \\unrestrict."""
    data = world.postgres.client("pg_dump", "truth_random")
    lines = [line for line in data.splitlines(keepends=True) if not line.startswith((b"\\restrict ", b"\\unrestrict "))]
    return Case(
        written(folder / "dump.sql.gz", packing.gz(b"".join(lines))),
        typed_postgres(world.postgres_tables("truth_random"), database_is_known=False),
    )


def old_search_path(world, folder):
    """Versions before 10.3 set the search path and then named tables without their schema."""
    data = world.postgres.client("pg_dump", "truth_random").decode()
    path = "SELECT pg_catalog.set_config('search_path', '', false);"
    data = data.replace(path, "SET search_path = public, pg_catalog;").replace(" public.random_", " random_")
    tables = typed_postgres(world.postgres_tables("truth_random"), database_is_known=False)
    return Case(written(folder / "dump.sql", data.encode()), tables)


for form, options in FORMS.items():
    for short, database in DATABASES.items():
        add(f"postgres/dump/{form}/{short}", partial(dump, options=options, database=database))
for name, options in MATRIX.items():
    for short, database in DATABASES.items():
        add(f"postgres/matrix/{name}/{short}", partial(dump, options=options, database=database))
for encoding, database, table in (
    ("LATIN1", "truth_latin1", "latin"),
    ("WIN1252", "truth_latin1", "latin"),
    ("GBK", "truth_cjk", "chinese"),
    ("GB18030", "truth_cjk", "chinese"),
    ("SJIS", "truth_cjk", "japanese"),
    ("EUC_JP", "truth_cjk", "japanese"),
    ("BIG5", "truth_cjk", "traditional"),
):
    for form in ("copy", "inserts"):
        add(
            f"postgres/dump/encoding-{encoding}/{form}",
            partial(in_encoding, encoding=encoding, database=database, table=table, options=FORMS[form]),
        )
for short, database in DATABASES.items():
    copied = partial(data_only, kind=kind_in_copy, database=database)
    inserted = partial(data_only, kind=kind_in_inserts, database=database)
    add(f"postgres/dump/data-only/inserts/{short}", partial(inserted, options=["--column-inserts"]))
    add(f"postgres/dump/data-only/copy/{short}", partial(copied, options=["--disable-triggers"]))
    add(f"postgres/dump/data-only/section/{short}", partial(copied, options=["--section=data", "--quote-all-identifiers"]))
add("postgres/dump/load-via-partition-root", through_the_root)
add("postgres/dump/old-search-path", old_search_path)
add("postgres/dump/without-frames", without_frames)
add("postgres/dumpall/copy", partial(everything, options=[]))
add("postgres/dumpall/inserts", partial(everything, options=["--inserts", "--clean"]))
add("postgres/dumpall/column-inserts", partial(everything, options=["--column-inserts", "--quote-all-identifiers", "--no-comments"]))
add("postgres/dumpall/rows-per-insert", partial(everything, options=["--rows-per-insert=9", "--clean", "--if-exists", "--no-role-passwords"]))
add("postgres/dumpall/no-dollars", partial(everything, options=["--disable-dollar-quoting", "--disable-triggers", "--no-owner", "--verbose"]))
