#!/usr/bin/env python3
"""Makes samples/exports anew: a shop in a real MariaDB and a real PostgreSQL, exported in the layout that Alibaba documents.

Needs Debian's mariadb-server, postgresql and zstd; starts its own servers in a temporary folder and touches no other.
"""

import sys
import tempfile
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path[:0] = [str(here.parents[1] / "Tests" / "Truth")]

import literals  # noqa: E402
import mysql_tree  # noqa: E402
import packing  # noqa: E402
import postgres_tree  # noqa: E402
import shop_rows  # noqa: E402
from answers import mariadb_tables, postgres_tables, quote_postgres  # noqa: E402
from servers import MariaDB, PostgreSQL  # noqa: E402

PARTS_IN_THREE = {"parts": 2, "part_without_bytes": True}


def load_mariadb(server):
    server.execute((here / "shop-mariadb.sql").read_text())
    for table, rows in shop_rows.mariadb_rows().items():
        for statement in literals.insert(f"shop.{table}", rows, literals.mariadb):
            server.execute(f"SET time_zone = '+00:00'; {statement}")
    return list(mariadb_tables(server, "shop"))


def load_postgres(server):
    server.execute("CREATE DATABASE shop")
    server.execute((here / "shop-postgresql.sql").read_text(), "shop")
    for name, rows in shop_rows.postgres_rows().items():
        schema, table = name.split(".", 1)
        target = f"{quote_postgres(schema)}.{quote_postgres(table)} OVERRIDING SYSTEM VALUE"
        for statement in literals.insert(target, rows, literals.postgres):
            server.execute(statement, "shop")
    return list(postgres_tables(server, "shop"))


def style_for(styles, **common):
    """`order_lines` comes in parts, one of them without bytes; a style for one table may differ."""

    def style(table):
        parts = PARTS_IN_THREE if table.name == "order_lines" else {}
        return styles(**{**common, **parts})

    return style


def mysql_exports(server):
    tables = load_mariadb(server)

    def tree(**style):
        return mysql_tree.entries(server, tables, style_for(mysql_tree.Style, **style))

    yield "shop-mysql-csv.tar.gz", packing.gz(packing.tar(tree()))
    yield "shop-mysql-csv-null-word.tar", packing.tar(tree(null="NULL", doubled_quotes=True, structure_last=True))
    header = tree(format="wh.csv", header_quote="`", lower_hex=True)
    yield "shop-mysql-csv-with-header.tar.zst", packing.zst(packing.tar(header, prefix="dt-sample/"))
    yield "shop-mysql-sql.zip", packing.zipped(tree(format="sql"))
    bare_header = tree(format="wh.csv", quote_all=True)
    yield "shop-polardb-several-members.tar.gz", packing.tars_in_members(bare_header, prefix="./")


def postgres_exports(server):
    tables = load_postgres(server)

    def tree(**style):
        return postgres_tree.entries(server, tables, style_for(postgres_tree.Style, **style))

    yield "shop-postgresql-csv.tar.gz", packing.gz(packing.tar(tree()))
    yield "shop-postgresql-csv-with-header.zip", packing.zipped(tree(format="wh.csv"), prefix="dt-sample/")
    yield "shop-postgresql-sql-copy.tar.zst", packing.zst(packing.tar(tree(format="copy", structure_last=True), prefix="./"))
    yield "shop-postgresql-sql-insert.tar.gz", packing.gz(packing.tar(tree(format="insert")))


def main():
    exports = here.parent / "exports"
    exports.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with MariaDB(Path(folder)) as mariadb, PostgreSQL(Path(folder)) as postgres:
            for name, data in [*mysql_exports(mariadb), *postgres_exports(postgres)]:
                (exports / name).write_bytes(data)
                print(f"{len(data):>8}  {name}")


if __name__ == "__main__":
    main()
