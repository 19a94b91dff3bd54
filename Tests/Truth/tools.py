"""The fixtures of other tools' dumps (`Tests/Fixtures/tool-…`): the server runs the very file, and says what is in it."""

import re
from functools import partial
from pathlib import Path

import answers
from expect import Options, typed_mysql, typed_postgres
from form import Case, add
from postgres_dumps import without_generated

FIXTURES = Path(__file__).resolve().parents[1] / "Fixtures"
# Keys that an INSERT leaves out are NULL here.
WITHOUT_NULLS = Options(omit_nulls=True)


def of_mysql(world, folder, fixture):
    script = (fixture / "input.sql").read_bytes()
    names_database = re.search(rb"^CREATE (?:DATABASE|SCHEMA) ", script, re.MULTILINE)
    with world.lock:  # one at a time: they have the same names
        world.mariadb.execute("DROP DATABASE IF EXISTS shop; CREATE DATABASE shop CHARACTER SET utf8mb4")
        world.mariadb.execute(script, "shop")
        tables = list(answers.mariadb_tables(world.mariadb, "shop"))
    return Case(fixture / "input.sql", typed_mysql(tables, database_is_known=bool(names_database)), options=WITHOUT_NULLS)


def of_postgres(world, folder, fixture):
    with world.lock:
        world.postgres.execute("DROP DATABASE IF EXISTS truth_tool")
        world.postgres.execute("CREATE DATABASE truth_tool")
        world.postgres.execute((fixture / "input.sql").read_bytes(), "truth_tool")
        tables = list(answers.postgres_tables(world.postgres, "truth_tool", "SET timezone = 'UTC';"))
    return Case(
        fixture / "input.sql", without_generated(typed_postgres(tables, database_is_known=False)), options=WITHOUT_NULLS
    )


for fixture in sorted(FIXTURES.glob("tool-*")):
    if fixture.name.endswith("-mysql"):
        add(f"mariadb/{fixture.name}", partial(of_mysql, fixture=fixture))
    else:
        add(f"postgres/{fixture.name}", partial(of_postgres, fixture=fixture))
