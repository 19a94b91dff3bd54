"""Scripts written by hand: the server runs the very file that is converted. Keys that an INSERT leaves out are NULL here.

What only a server can work out is refused: exact, or an error.
"""

from functools import partial

from expect import Options, typed_mysql, typed_postgres
from form import Case, add, written
from world import SCHEMAS

WITHOUT_NULLS = Options(omit_nulls=True)


def of_mariadb(world, folder):
    script = SCHEMAS / "mariadb_script.sql"
    world.mariadb.execute(script.read_bytes())
    return Case(script, typed_mysql(world.mariadb_tables("truth_script")), options=WITHOUT_NULLS)


def of_postgres(world, folder):
    script = SCHEMAS / "postgres_script.sql"
    world.postgres.execute("CREATE DATABASE truth_script")
    world.postgres.execute(script.read_bytes(), "truth_script")
    tables = typed_postgres(world.postgres_tables("truth_script"), database_is_known=False)
    return Case(script, tables, options=WITHOUT_NULLS)


BAD_DATA = 65
EXPRESSIONS = {
    "mysql": {
        "function": "VALUES (2, NOW())",
        "sum": "VALUES (2, 1 + 1)",
        "select": "SELECT 2, 'x'",
        "row-constructor": "VALUES ROW(2, 'x')",
        "zeros-before-a-number-in-text": "VALUES (2, 007)",
        "exponent-in-text": "VALUES (2, 1e2)",
        "bits-in-text": "VALUES (2, b'1000001')",
    },
    "postgresql": {
        "function": "VALUES (2, now())",
        "sum": "VALUES (2, 1 + 1)",
        "select": "SELECT 2, 'x'",
        "array": "VALUES (2, ARRAY[1,2])",
        "zeros-before-a-number-in-text": "VALUES (2, 007)",
        "exponent-in-text": "VALUES (2, 1e2)",
    },
}


def refused(world, folder, dialect, values):
    script = f"CREATE TABLE w (id int, t text);\nINSERT INTO w VALUES (1, 'a');\nINSERT INTO w {values};\n"
    return Case(written(folder / "script.sql", script.encode()), [], arguments=("--dialect", dialect), exit_status=BAD_DATA)


for dialect, spellings in EXPRESSIONS.items():
    for name, values in spellings.items():
        add(f"refused/{dialect}/{name}", partial(refused, dialect=dialect, values=values))
add("mariadb/script", of_mariadb)
add("postgres/script", of_postgres)
