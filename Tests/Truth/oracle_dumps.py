"""Oracle's own mysqldump 9 in all its forms: one SQL file. MySQL leaves generated columns out."""

from functools import partial

from expect import as_written, numbered, typed_mysql
from form import Case, add, written
from mariadb_dumps import kind_of_hex_blob
from pairwise import named
from world import MARIADB_DATABASES

DATABASES = {**MARIADB_DATABASES, "random": "truth_random", "mysql9": "truth_mysql9", "quoting": "truth_quoting"}

FACTORS = {
    "rows": {"": [], "single-rows": ["--skip-extended-insert"], "short-lines": ["--net-buffer-length=4096"]},
    "verb": {"": [], "insert-ignore": ["--insert-ignore"], "replace": ["--replace"]},
    "columns": {"": [], "complete": ["--complete-insert"]},
    "bytes": {"": [], "hex-blob": ["--hex-blob"]},
    "quotes": {"": [], "ansi": ["--compatible=ansi"]},
    "frame": {
        "": [],
        "compact": ["--compact"],
        "skip-comments": ["--skip-comments", "--skip-dump-date"],
        "skip-opt": ["--skip-opt", "--column-statistics"],
        "old-words": ["--output-as-version=BEFORE_8_0_23", "--apply-replica-statements", "--verbose"],
    },
    "around": {
        "": [],
        "routines": ["--routines", "--events", "--triggers"],
        "databases": ["--databases", "--add-drop-database"],
        "no-triggers": ["--skip-triggers", "--skip-create-options", "--no-autocommit", "--ignore-views"],
    },
    "state": {
        "": ["--set-gtid-purged=OFF"],
        "gtid": ["--set-gtid-purged=ON", "--single-transaction"],
        "gtid-commented": ["--set-gtid-purged=COMMENTED", "--skip-add-locks", "--skip-disable-keys", "--skip-add-drop-table"],
    },
}
MATRIX = dict(named(FACTORS))


def expected(world, database, known, time_zone="+00:00"):
    tables = world.oracle_tables(database, time_zone)
    return typed_mysql([table.without(lambda column: column.generated) for table in tables], database_is_known=known)


def dump(world, folder, options, database):
    data = world.oracle.client("mysqldump", *options, database)
    zone = "+08:00" if "--compact" in options else "+00:00"  # the session's own: --compact leaves SET TIME_ZONE out
    return Case(written(folder / "dump.sql", data), expected(world, database, "--databases" in options, zone))


def session_time(world, folder, database):
    data = world.oracle.client("mysqldump", "--skip-tz-utc", database)
    return Case(written(folder / "dump.sql", data), expected(world, database, known=False, time_zone="+08:00"))


def without_hidden_key(world, folder):
    """A key that the server made by itself, and nobody sees."""
    data = world.oracle.client("mysqldump", "--skip-generated-invisible-primary-key", "truth_mysql9", "without_key")
    (table,) = (one for one in world.oracle_tables("truth_mysql9") if one.name == "without_key")
    tables = [table.without(lambda column: column.name == "my_row_id")]
    return Case(written(folder / "dump.sql", data), typed_mysql(tables, database_is_known=False))


def without_structure(world, folder, database, complete):
    """BIT columns are left aside: without their type 0x05 may be bytes or a number."""
    tables = [
        table
        for table in world.oracle_tables(database)
        if table.rows and not any(column.type.startswith("bit") for column in table.columns)
    ]
    options = ["--no-create-info", "--hex-blob", "--skip-triggers", *(["--complete-insert"] if complete else [])]
    data = world.oracle.client("mysqldump", *options, "--", database, *(table.name for table in tables))
    wanted = []
    for table in tables:
        named_columns = complete or any(column.invisible or column.generated for column in table.columns)
        typed = typed_mysql([table.without(lambda column: column.generated)], database_is_known=False)
        typed = as_written(typed, kind_of_hex_blob)
        wanted += typed if named_columns else numbered(typed)
    return Case(written(folder / "dump.sql", data), wanted)


def in_charset(world, folder, charset, table, options=()):
    """The dump, its literals and its names are in that character set; only `binary` leaves each column in its own."""
    data = world.oracle.client("mysqldump", f"--default-character-set={charset}", *options, "truth_mysql9", table)
    tables = [one for one in expected(world, "truth_mysql9", known=False) if one.table.name == table]
    return Case(written(folder / "dump.sql", data), tables)


def no_data(world, folder, database):
    data = world.oracle.client("mysqldump", "--no-data", "--routines", "--events", database)
    tables = [table.without_rows() for table in world.oracle_tables(database)]
    return Case(written(folder / "dump.sql", data), typed_mysql(tables, database_is_known=False))


def several_databases(world, folder, options):
    data = world.oracle.client("mysqldump", "--hex-blob", *options)
    tables = [table for database in DATABASES.values() for table in expected(world, database, known=True)]
    return Case(written(folder / "dump.sql", data), tables, ignored_databases=("mysql", "sys"))


def xml(world, folder):
    data = world.oracle.client("mysqldump", "--xml", "truth_mysql9")
    return Case(written(folder / "dump.sql", data), [], exit_status=66)


for name, options in MATRIX.items():
    for short, database in DATABASES.items():
        add(f"oracle/dump/{name}/{short}", partial(dump, options=options, database=database))
for short in ("types", "mysql9", "random", "quoting"):
    add(f"oracle/no-create-info/complete/{short}", partial(without_structure, database=DATABASES[short], complete=True))
    add(f"oracle/no-create-info/numbered/{short}", partial(without_structure, database=DATABASES[short], complete=False))
for short in ("types", "texts", "mysql9", "random"):
    options = ["--order-by-primary", "--skip-quote-names"]
    if short != "mysql9":  # its key that descends is read the other way round
        add(f"oracle/dump/order-by-primary/{short}", partial(dump, options=options, database=DATABASES[short]))
    add(f"oracle/dump/skip-tz-utc/{short}", partial(session_time, database=DATABASES[short]))
    add(f"oracle/dump/no-data/{short}", partial(no_data, database=DATABASES[short]))
for charset, table in (
    ("latin1", "all_latin1"),
    ("gbk", "all_gbk"),
    ("sjis", "all_sjis"),
    ("gb18030", "all_gb18030"),
    ("utf8mb3", "all_gbk"),
    ("utf8mb3", "all_latin1"),
    *(("binary", f"all_{name}") for name in ("latin1", "gbk", "sjis", "gb18030")),
    ("binary", "charsets"),
):
    for form, options in (("default", []), ("single-rows", ["--skip-extended-insert"]), ("complete", ["--complete-insert", "--hex-blob"])):
        add(f"oracle/dump/charset-{charset}/{table}/{form}", partial(in_charset, charset=charset, table=table, options=options))
add("oracle/dump/without-hidden-key", without_hidden_key)
add("oracle/dump/all-databases", partial(several_databases, options=["--all-databases", "--routines", "--events"]))
add("oracle/dump/all-databases-users", partial(several_databases, options=["--all-databases", "--users", "--add-drop-user"]))
add("oracle/dump/several-databases", partial(several_databases, options=["--databases", *DATABASES.values()]))
add("oracle/dump/xml", xml)
