"""Scripts written by hand: the server runs the very file that is converted. Keys that an INSERT leaves out are NULL here."""

from expect import Options, typed_mysql, typed_postgres
from form import Case, add
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


add("mariadb/script", of_mariadb)
add("postgres/script", of_postgres)
