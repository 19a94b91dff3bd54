"""COPY TO files in CSV and text form, with all of its options; without structure every value is text."""

from functools import partial

from answers import quote_postgres
from expect import Kind, as_written, numbered, typed_postgres
from form import Case, add, written

CSV_FORMS = {
    "header": ("FORMAT csv, HEADER", ["--header"]),
    "no-header": ("FORMAT csv", ["--no-header"]),
    "force-quote": ("FORMAT csv, HEADER, FORCE_QUOTE *", ["--header"]),
    "null-word": ("FORMAT csv, HEADER, NULL 'NULL'", ["--header", "--null", "NULL"]),
    "null-backslash-n": ("FORMAT csv, HEADER, NULL '\\N'", ["--header", "--null", "\\N"]),
    "semicolon": ("FORMAT csv, HEADER, DELIMITER ';'", ["--header", "--delimiter", ";"]),
    "tab": ("FORMAT csv, HEADER, DELIMITER E'\\t'", ["--header", "--delimiter", "tab"]),
    "bar": ("FORMAT csv, HEADER, DELIMITER '|', FORCE_QUOTE *", ["--header", "--delimiter", "|"]),
    "single-quote": ("FORMAT csv, HEADER, QUOTE ''''", ["--header", "--quote", "'"]),
    "backslash-escape": ("FORMAT csv, HEADER, ESCAPE '\\'", ["--header", "--escape", "\\"]),
    "latin1": ("FORMAT csv, HEADER, ENCODING 'LATIN1'", ["--header", "--encoding", "LATIN1"]),
    "text": ("FORMAT text", ["--no-header", "--delimiter", "tab", "--quote", "none", "--escape", "\\", "--null", "\\N"]),
    "text-header": (
        "FORMAT text, HEADER",
        ["--header", "--delimiter", "tab", "--quote", "none", "--escape", "\\", "--null", "\\N"],
    ),
    "text-bars": (
        "FORMAT text, DELIMITER '|', NULL '<null>'",
        ["--no-header", "--delimiter", "|", "--quote", "none", "--escape", "\\", "--null", "<null>"],
    ),
}
GBK = ("FORMAT csv, HEADER, ENCODING 'GBK'", ["--header", "--encoding", "GBK"])


def kind_as_text(kind, bytea="bytea text"):
    return Kind(bytea if kind.name == "binary" else "text")


def copied(world, folder, form, database, settings="", bytea="bytea text", only=None):
    """`schema.table.csv` files in a folder."""
    copy, arguments = form
    tables = [
        table for table in world.postgres_tables(database, settings) if table.columns and (only is None or table.name in only)
    ]
    source = folder / "csv"
    source.mkdir()
    for table in tables:
        target = f"{quote_postgres(table.schema)}.{quote_postgres(table.name)}"
        # a generated column stands in a query's result, not in the table's own COPY
        data = world.postgres.execute(f"{settings} COPY (SELECT * FROM ONLY {target}) TO STDOUT WITH ({copy})", database)
        written(source / f"{table.schema}.{table.name}.csv", data)
    expected = as_written(typed_postgres(tables, database_is_known=False), partial(kind_as_text, bytea=bytea))
    if "HEADER" not in copy:
        expected = [one for one in numbered(expected) if one.table.rows]
        for table in tables:
            if not table.rows:
                (source / f"{table.schema}.{table.name}.csv").unlink()  # not a byte in it, so no column either
    return Case(source, expected, arguments=("--format", "csv", "--dialect", "postgresql", *arguments))


LATIN = ("latin",)
for name, form in CSV_FORMS.items():
    databases = {"latin1": "truth_latin1"} if name == "latin1" else {"types": "truth_types", "random": "truth_random", "quoting": "truth_quoting"}
    for short, database in databases.items():
        add(f"postgres/copy/{name}/{short}", partial(copied, form=form, database=database))
add("postgres/copy/gbk/cjk", partial(copied, form=GBK, database="truth_cjk", only=("chinese",)))
add(
    "postgres/copy/bytea-escape/types",
    partial(
        copied,
        form=CSV_FORMS["header"],
        database="truth_types",
        settings="SET bytea_output = 'escape';",
        bytea="bytea escape text",
    ),
)
add(
    "postgres/copy/iso-intervals/types",
    partial(
        copied, form=CSV_FORMS["header"], database="truth_types", settings="SET intervalstyle = 'iso_8601'; SET timezone = 'UTC';"
    ),
)
