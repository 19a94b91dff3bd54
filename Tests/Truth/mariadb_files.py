"""Forms of many files: --tab, mydumper, SELECT … INTO OUTFILE."""

from functools import partial

import packing
from answers import MYSQL_BINARY, base_type, quote_mariadb
from expect import Kind, as_written, typed_mysql
from form import Case, add, written

COMMA = ["--fields-terminated-by=,", '--fields-optionally-enclosed-by="']
TAB_FORMS = {
    "plain": ([], ["--delimiter", "tab", "--quote", "none", "--escape", "\\", "--null", "\\N"]),
    "comma": (COMMA, ["--delimiter", ",", "--quote", '"', "--escape", "\\", "--null", "\\N"]),
    "all-enclosed": (
        ["--fields-terminated-by=,", '--fields-enclosed-by="'],
        ["--delimiter", ",", "--quote", '"', "--escape", "\\", "--null", "\\N"],
    ),
    "bars": (["--fields-terminated-by=|"], ["--delimiter", "|", "--quote", "none", "--escape", "\\", "--null", "\\N"]),
    "crlf": ([*COMMA, "--lines-terminated-by=\r\n"], ["--delimiter", ",", "--quote", '"', "--escape", "\\", "--null", "\\N"]),
    "doubled-quotes": ([*COMMA, '--fields-escaped-by="'], ["--delimiter", ",", "--quote", '"', "--escape", '"']),
}


WIDE = ("ucs2", "utf16", "utf16le", "utf32")
WITH_LINE_ENDS = ("documents", "labels", "one_column")


def can_be_read_back(table, form, charset):
    """What OUTFILE writes and nobody can read: wide characters, whose line ends it does not escape; with ESCAPED BY '"' line
    ends (`"` before one also ends a row) and NUL bytes (`"0`); in a character set that was asked for, bytes that are none
    of its characters (question marks)."""
    bases = {base_type(column) for column in table.columns}
    is_binary = bool(bases & set(MYSQL_BINARY))
    if form == "doubled-quotes" and (is_binary or "bit" in bases or table.name in WITH_LINE_ENDS):
        return False
    if charset:
        return not is_binary and "bit" not in bases
    return not any(column.charset in WIDE for column in table.columns)


def entries_of(folder):
    return [(str(path.relative_to(folder)), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]


def tab(world, folder, form, database, charset=None):
    """mysqldump --tab: NAME.sql beside NAME.txt. Without a character set each column is written in its own."""
    options, arguments = TAB_FORMS[form]
    in_charset = [f"--default-character-set={charset}"] if charset else []
    tables = [table for table in world.mariadb_tables(database) if can_be_read_back(table, form, charset)]
    source = folder / "tab"
    source.mkdir()
    names = (table.name for table in tables)
    world.mariadb.client("mariadb-dump", f"--tab={source}", *options, *in_charset, database, *names)
    expected = typed_mysql(tables, database_is_known=False)
    return Case(source, expected, arguments=("--format", "csv", "--dialect", "mysql", *arguments))


def tab_by_itself(world, folder, database):
    """The names and first bytes decide."""
    case = tab(world, folder, "plain", database)
    return Case(written(folder / "export.tar.gz", packing.gz(packing.tar(entries_of(case.input)))), case.expected)


def mydumper(world, folder, database, options=(), pack=None):
    """mydumper leaves generated columns out, and invisible ones, and writes every text in its column's own character set."""
    source = folder / "export"
    world.mariadb.client(
        "mydumper",
        f"--outputdir={source}",
        f"--database={database}",
        "--triggers",
        "--routines",
        "--events",
        "--verbose=0",
        "--no-locks",  # its global lock and another form's statements can wait for each other
        *options,
    )
    tables = [table.without(lambda column: column.generated or column.invisible) for table in world.mariadb_tables(database)]
    packed = written(folder / "export.tar.gz", packing.gz(packing.tar(entries_of(source), prefix="export/"))) if pack else source
    return Case(packed, typed_mysql(tables))


def header_line(table, quote, delimiter, line_end):
    return (delimiter.join(quote + column.name + quote for column in table.columns) + line_end).encode()


OUTFILES = {
    "backslash": (r"""FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '\\'""", []),
    "all-enclosed": (r"""FIELDS TERMINATED BY ',' ENCLOSED BY '"' ESCAPED BY '\\'""", []),
    "null-as-quoted-n": (r"""FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '"'""", ["--escape", '"']),
    "bare-null": (r"""FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY ''""", []),
    "escaped-by-hash": ("""FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '#'""", ["--escape", "#"]),
    "not-enclosed": (r"""FIELDS TERMINATED BY ',' ESCAPED BY '\\'""", ["--quote", "none"]),
    "crlf": (r"""FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"' ESCAPED BY '\\' LINES TERMINATED BY '\r\n'""", []),
    "crlf-not-enclosed": (
        r"""FIELDS TERMINATED BY ',' ESCAPED BY '\\' LINES TERMINATED BY '\r\n'""",
        ["--quote", "none", "--line-end", "crlf"],
    ),
    "crlf-escaped-by-hash": (
        r"""FIELDS TERMINATED BY '|' ESCAPED BY '#' LINES TERMINATED BY '\r\n'""",
        ["--delimiter", "|", "--quote", "none", "--escape", "#", "--line-end", "crlf"],
    ),
    "cr": (
        r"""FIELDS TERMINATED BY '\t' ESCAPED BY '\\' LINES TERMINATED BY '\r'""",
        ["--delimiter", "tab", "--quote", "none", "--line-end", "cr"],
    ),
}


def outfile_columns(table):
    """Bytes as hex, as everybody does who wants them in a CSV at all."""
    names = ((quote_mariadb(column.name), base_type(column) in MYSQL_BINARY) for column in table.columns)
    return ", ".join(f"HEX({name})" if is_binary else name for name, is_binary in names)


def outfile_kind(kind):
    return Kind("upper-case hex" if kind.name == "binary" else "text")


def outfile(world, folder, form, names, header):
    """`database.table.csv` files, header line in front; without structure every value is text."""
    fields, arguments = OUTFILES[form]
    tables = [table for table in world.mariadb_tables("truth_types") if table.name in names]
    entries = []
    for table in tables:
        file = folder / f"{table.name}.part"
        world.mariadb.execute(
            f"SET time_zone = '+00:00'; SELECT {outfile_columns(table)} FROM truth_types.{quote_mariadb(table.name)} "
            f"INTO OUTFILE '{file}' CHARACTER SET utf8mb4 {fields}"
        )
        line_end = "\r\n" if form.startswith("crlf") else "\r" if form == "cr" else "\n"
        delimiter = {"crlf-escaped-by-hash": "|", "cr": "\t"}.get(form, ",")
        entries.append((f"truth_types.{table.name}.csv", header_line(table, header, delimiter, line_end) + file.read_bytes()))
    expected = as_written(typed_mysql(tables), outfile_kind)
    return Case(
        written(folder / "export.zip", packing.zipped(entries)),
        expected,
        arguments=("--dialect", "mysql", "--header", *arguments),
    )


WITHOUT_QUOTES = ("integers", "decimals", "moments", "addresses")  # ESCAPED BY '' leaves quotes inside of values as they are
for short in ("types", "texts", "random", "quoting"):
    for form in TAB_FORMS if short == "types" else [form for form in TAB_FORMS if form != "doubled-quotes"]:
        add(f"mariadb/tab/{form}/{short}", partial(tab, form=form, database=f"truth_{short}"))
    add(f"mariadb/tab/by-itself/{short}", partial(tab_by_itself, database=f"truth_{short}"))
    add(f"mariadb/tab/in-utf8mb4/{short}", partial(tab, form="plain", database=f"truth_{short}", charset="utf8mb4"))
for short in ("types", "texts", "around", "random", "quoting"):
    add(f"mariadb/mydumper/default/{short}", partial(mydumper, database=f"truth_{short}"))
    add(f"mariadb/mydumper/chunks/{short}", partial(mydumper, database=f"truth_{short}", options=("--rows=3",), pack="tar"))
    add(
        f"mariadb/mydumper/compressed/{short}",
        partial(mydumper, database=f"truth_{short}", options=("--compress", "--complete-insert")),
    )
    add(
        f"mariadb/mydumper/empty-files/{short}",
        partial(mydumper, database=f"truth_{short}", options=("--build-empty-files", "--insert-ignore"), pack="tar"),
    )
PLAIN = (*WITHOUT_QUOTES, "bytes", "computed", "wide_defaults", "floats")
OUTFILE_TABLES = {"bare-null": WITHOUT_QUOTES, "null-as-quoted-n": PLAIN}
for form in OUTFILES:
    names = OUTFILE_TABLES.get(form, (*PLAIN, *WITH_LINE_ENDS))
    add(f"mariadb/outfile/{form}", partial(outfile, form=form, names=names, header='"' if form == "all-enclosed" else ""))
