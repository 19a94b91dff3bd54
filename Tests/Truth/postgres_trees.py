"""The documented export tree of RDS PostgreSQL in its containers."""

from functools import partial

import packing
import postgres_tree
from expect import Options, typed_postgres
from form import Case, add, written
from mysql_trees import CONTAINERS, OPTIONS
from postgres_tree import Style

STYLES = {
    "csv": Style(),
    "wh-csv": Style(format="wh.csv"),
    "copy": Style(format="copy"),
    "insert": Style(format="insert"),
    "csv-parts": Style(parts=3, part_without_bytes=True),
    "csv-structure-last": Style(structure_last=True, parts=2),
    "wh-csv-parts": Style(format="wh.csv", parts=3, part_without_bytes=True),
    "copy-structure-last": Style(format="copy", structure_last=True),
    "csv-bytea-escape": Style(settings="SET bytea_output = 'escape';"),
    "copy-bytea-escape": Style(format="copy", settings="SET bytea_output = 'escape';"),
    "insert-parts": Style(format="insert", parts=3, part_without_bytes=True, structure_last=True),
}


def exported(world, database):
    return [table for table in world.postgres_tables(database) if table.columns]


def tree_entries(world, database, style):
    tables = exported(world, database)
    expected = [one.without_generated() for one in typed_postgres(tables)]
    return postgres_tree.entries(world.postgres, tables, lambda table: style), expected


def tree(world, folder, style, database, file_name, pack, options=Options(), from_pipe=False):
    entries, tables = tree_entries(world, database, style)
    return Case(written(folder / file_name, pack(entries)), tables, options=options, from_pipe=from_pipe)


def unpacked(world, folder):
    entries, tables = tree_entries(world, "truth_names", Style())
    return Case(packing.folder(entries, folder / "export"), tables)


for name, style in STYLES.items():
    for short in ("types", "names", "random", "quoting"):
        add(
            f"postgres-tree/{name}/{short}",
            partial(tree, style=style, database=f"truth_{short}", file_name="export.tar.gz", pack=CONTAINERS["tar.gz"]),
        )
for container in ("tar.zst", "zip", "dotted.tar.gz", "outer.tar.zst", "members.tar.gz", "no-name"):
    add(
        f"postgres-tree/csv/in-{container}",
        partial(tree, style=Style(parts=2), database="truth_random", file_name=container, pack=CONTAINERS[container]),
    )
    add(
        f"postgres-tree/copy/piped-{container}",
        partial(
            tree,
            style=Style(format="copy"),
            database="truth_random",
            file_name=container,
            pack=CONTAINERS[container],
            from_pipe=True,
        ),
    )
for name, options in {**OPTIONS, "arrays-text": Options(arrays="text")}.items():
    add(
        f"postgres-tree/option/{name}",
        partial(
            tree, style=Style(), database="truth_types", file_name="export.tar.gz", pack=CONTAINERS["tar.gz"], options=options
        ),
    )
add("postgres-tree/folder", unpacked)
