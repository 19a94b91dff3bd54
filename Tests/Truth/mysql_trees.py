"""The documented export trees of RDS MySQL and PolarDB in every container, and the older artifacts."""

import tarfile
from functools import partial

import mysql_tree
import packing
from answers import base_type
from expect import Kind, Options, as_written, numbered, typed_mysql
from form import Case, add, written
from mysql_tree import Style


def exported(world, database):
    """Tables with spatial columns, and names with a slash, make the real export fail; `..` cannot be a folder."""
    return [
        table
        for table in world.mariadb_tables(database)
        if table.name != ".." and "/" not in table.name and not any("geometry" == base_type(column) for column in table.columns)
    ]


def tree_entries(world, database, style):
    tables = exported(world, database)
    expected = typed_mysql([mysql_tree.as_exported(table, style) for table in tables])
    return mysql_tree.entries(world.mariadb, tables, lambda table: style), expected


def tree(world, folder, style, database, file_name, pack, options=Options(), from_pipe=False):
    """A writer that escapes nothing needs an option: in this dialect a backslash escapes."""
    entries, tables = tree_entries(world, database, style)
    arguments = ("--escape", "none") if style.escapes == "none" else ()
    return Case(written(folder / file_name, pack(entries)), tables, options=options, arguments=arguments, from_pipe=from_pipe)


def unpacked(world, folder, style, prefix):
    entries, tables = tree_entries(world, "truth_types", style)
    packing.folder(entries, folder / "export" / prefix)
    return Case(folder / "export", tables)


def two_databases(world, folder):
    """One archive, the entries of both databases in turn."""
    first, one = tree_entries(world, "truth_types", Style(parts=2))
    second, two = tree_entries(world, "truth_random", Style(format="wh.csv"))
    return Case(
        written(folder / "export.tar.gz", packing.gz(packing.tar(first[::-1] + second))), one_with_parts_turned(one, 2) + two
    )


def one_with_parts_turned(tables, parts):
    """Rows keep the order of the archive, and this archive holds the last part first."""
    for expected_table in tables:
        rows = expected_table.table.rows
        size = -(-len(rows) // parts) or 1
        groups = [rows[start : start + size] for start in range(0, len(rows), size)]
        expected_table.table.rows = [row for group in groups[::-1] for row in group]
    return tables


def rds_logical(world, folder):
    """A plain tar of one compressed dump a database; only the file's name knows the database."""
    entries, tables = [], []
    for database in ("truth_types", "truth_around"):
        dump = world.mariadb.client("mariadb-dump", "--routines", database)
        entries.append((f"{database}_datafull_202601010000_1767225600.sql.gz", packing.gz(dump)))
        tables += typed_mysql(world.mariadb_tables(database))
    return Case(written(folder / "hins1_data_20260101000000.tar", packing.tar(entries)), tables)


def classic(world, folder, inner):
    """`<task id>.tar.gz` of the older service, whose inside nobody has documented."""
    dump = world.mariadb.client("mariadb-dump", "--databases", "truth_types")
    data = {"sql": dump, "sql.gz": packing.gz(dump), "sql.zst": packing.zst(dump)}[inner]
    file = written(
        folder / "dbs1abcdef.tar.gz", packing.gz(packing.tar([("full/readme.txt", b""), (f"full/truth_types.{inner}", data)]))
    )
    return Case(file, typed_mysql(world.mariadb_tables("truth_types")))


def as_text(world, style):
    """Entries and expectations of tables whose values stand in the file as the server says them."""
    tables = [
        table for table in exported(world, "truth_types") if table.rows and not any(map(mysql_tree.is_bytes, table.columns))
    ]
    expected = typed_mysql([mysql_tree.as_exported(table, style) for table in tables])
    return mysql_tree.entries(world.mariadb, tables, lambda table: style), as_written(expected, lambda kind: Kind("text"))


def types_text(world, folder, style):
    entries, tables = as_text(world, style)
    return Case(written(folder / "export.zip", packing.zipped(entries)), tables, arguments=("--types", "text"))


def without_structure(world, folder, style):
    """The folders still say database and table; header or not, every value is text."""
    entries, tables = as_text(world, style)
    entries = [(path, data) for path, data in entries if not path.endswith("structure.sql")]
    tables = tables if style.format == "wh.csv" else numbered(tables)
    return Case(written(folder / "export.zip", packing.zipped(entries)), tables)


def classic_csv(world, folder):
    """`database.table.csv.gz` members, each compressed by itself, no structure anywhere: every value is text."""
    style = Style(format="wh.csv")
    _, tables = as_text(world, style)
    entries = [
        (f"full/{table.database}.{table.name}.csv.gz", packing.gz(mysql_tree.csv_part(table, table.rows, style)))
        for table in (one.table for one in tables)
    ]
    file = written(folder / "dbs1abcdef.tar.gz", packing.gz(packing.tar(entries)))
    return Case(file, tables, arguments=("--dialect", "mysql", "--header"))


def gzip_of_gzip(world, folder):
    """A download that some proxy compressed once more."""
    entries, tables = tree_entries(world, "truth_random", Style())
    return Case(written(folder / "examplebackup", packing.gz(packing.gz(packing.tar(entries)))), tables)


CONTAINERS = {
    "tar.gz": lambda entries: packing.gz(packing.tar(entries)),
    "tar.zst": lambda entries: packing.zst(packing.tar(entries)),
    "tar": packing.tar,
    "zip": packing.zipped,
    "tar.xz": lambda entries: packing.xz(packing.tar(entries)),
    "dotted.tar.gz": lambda entries: packing.gz(packing.tar(entries, prefix="./")),
    "outer.tar.zst": lambda entries: packing.zst(packing.tar(entries, prefix="dt-abc/")),
    "outer.zip": lambda entries: packing.zipped(entries, prefix="some backup/"),
    "members.tar.gz": lambda entries: packing.tars_in_members(entries, pieces=5),
    "backwards.tar.gz": lambda entries: packing.gz(packing.tar(entries[::-1])),
    "with-folders.tar.gz": lambda entries: packing.gz(packing.tar(packing.with_folders(entries), prefix="./")),
    "with-folders.zip": lambda entries: packing.zipped(packing.with_folders(entries)),
    "long-names-gnu.tar.gz": lambda entries: packing.gz(packing.tar(entries, prefix="long" * 40 + "/")),
    "long-names-pax.tar.zst": lambda entries: packing.zst(
        packing.tar(entries, prefix="lang-ü" * 40 + "/", format=tarfile.PAX_FORMAT)
    ),
    "zero-padding.tar.gz": lambda entries: packing.gz(packing.tar(entries)) + bytes(4096),
    "no-name": lambda entries: packing.gz(packing.tar(entries)),
    "wrong-name.csv": lambda entries: packing.zst(packing.tar(entries)),
}
STYLES = {
    "csv": Style(),
    "csv-null-word": Style(null="NULL", doubled_quotes=True),
    "csv-all-quoted": Style(quote_all=True, lower_hex=True),
    "csv-parts": Style(parts=3, part_without_bytes=True),
    "csv-structure-last": Style(structure_last=True, parts=2),
    "csv-mysql-8": Style(as_mysql_8=True, generated_in_structure=True),
    "sql-mysql-8": Style(format="sql", as_mysql_8=True),
    "csv-generated-in-structure": Style(generated_in_structure=True),
    "csv-doubled-quotes": Style(doubled_quotes=True),
    "csv-null-word-backslash": Style(null="NULL"),
    "csv-raw-line-ends": Style(escapes="needed"),
    "csv-without-escapes": Style(escapes="none", null="NULL"),
    "wh-bare": Style(format="wh.csv"),
    "wh-backticks": Style(format="wh.csv", header_quote="`", parts=3, part_without_bytes=True),
    "wh-double-quotes": Style(format="wh.csv", header_quote='"', structure_last=True),
    "wh-null-word": Style(format="wh.csv", null="NULL", doubled_quotes=True, escapes="needed"),
    "wh-without-escapes": Style(format="wh.csv", escapes="none", null="NULL"),
    "wh-generated-in-structure": Style(format="wh.csv", generated_in_structure=True, quote_all=True),
    "csv-crlf": Style(line_end="\r\n"),
    "csv-no-last-line-end": Style(last_line_end=False, part_without_rows=True),
    "csv-hex-prefix": Style(hex_prefix="0x"),
    "wh-crlf-bom": Style(format="wh.csv", line_end="\r\n", byte_order_mark=True),
    "wh-no-last-line-end": Style(format="wh.csv", last_line_end=False, part_without_rows=True, part_without_bytes=True),
    "wh-turned-columns": Style(format="wh.csv", turned_columns=True),
    "sql-use": Style(format="sql", use=True, part_without_rows=True),
    "sql": Style(format="sql"),
    "sql-single-rows": Style(format="sql", rows_per_insert=1, parts=3, part_without_bytes=True),
    "sql-column-list": Style(format="sql", column_list=True, structure_last=True),
    "sql-doubled-quotes": Style(format="sql", doubled_quotes=True, escapes="needed"),
    "sql-generated-in-structure": Style(format="sql", generated_in_structure=True, column_list=True, lower_hex=True),
}
OPTIONS = {
    "binary-hex": Options(binary="hex"),
    "decimals-string": Options(decimals="string"),
    "big-integers-string": Options(big_integers="string"),
    "json-string": Options(json="string"),
    "omit-nulls": Options(omit_nulls=True),
}

for style_name, style in STYLES.items():
    for short in ("types", "texts", "random", "quoting"):
        add(
            f"mysql-tree/{style_name}/{short}",
            partial(tree, style=style, database=f"truth_{short}", file_name="export.tar.gz", pack=CONTAINERS["tar.gz"]),
        )
for style_name in ("csv", "wh-backticks", "wh-double-quotes", "sql", "sql-column-list"):
    add(
        f"mysql-tree/{style_name}/names",
        partial(tree, style=STYLES[style_name], database="truth näme-1.x", file_name="export.tar.gz", pack=CONTAINERS["tar.gz"]),
    )
for container, pack in CONTAINERS.items():
    for format in ("csv", "sql"):
        style = Style(format=format, parts=2)
        if container != "backwards.tar.gz":
            add(
                f"mysql-tree/{format}/in-{container}",
                partial(tree, style=style, database="truth_random", file_name=container, pack=pack),
            )
            add(
                f"mysql-tree/{format}/piped-{container}",
                partial(tree, style=style, database="truth_random", file_name=container, pack=pack, from_pipe=True),
            )
add(
    "mysql-tree/backwards",
    partial(tree, style=Style(), database="truth_types", file_name="export.tar.gz", pack=CONTAINERS["backwards.tar.gz"]),
)
add(
    "mysql-tree/backwards-piped",
    partial(
        tree,
        style=Style(),
        database="truth_types",
        file_name="export.tar.gz",
        pack=CONTAINERS["backwards.tar.gz"],
        from_pipe=True,
    ),
)
add("mysql-tree/folder", partial(unpacked, style=Style(parts=2), prefix="."))
add("mysql-tree/folder-in-folder", partial(unpacked, style=Style(format="wh.csv"), prefix="dt-abc"))
add("mysql-tree/two-databases", two_databases)
add("mysql-tree/gzip-of-gzip", gzip_of_gzip)
add("mysql-tree/rds-logical", rds_logical)
for format in ("csv", "wh.csv"):
    add(f"mysql-tree/types-text/{format}", partial(types_text, style=Style(format=format)))
    add(f"mysql-tree/without-structure/{format}", partial(without_structure, style=Style(format=format, parts=2)))
add("mysql-tree/classic-csv", classic_csv)
for inner in ("sql", "sql.gz", "sql.zst"):
    add(f"mysql-tree/classic-{inner}", partial(classic, inner=inner))
for name, options in OPTIONS.items():
    add(
        f"mysql-tree/option/{name}",
        partial(
            tree, style=Style(), database="truth_types", file_name="export.tar.gz", pack=CONTAINERS["tar.gz"], options=options
        ),
    )
