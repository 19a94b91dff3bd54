"""The servers with all schemas loaded, started when the first form asks for them, and what they say."""

import functools
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path

import answers
import oracle_mysql
import quoting
import random_rows
from servers import MariaDB, PostgreSQL

SCHEMAS = Path(__file__).parent / "schemas"
MARIADB_DATABASES = {"types": "truth_types", "texts": "truth_texts", "names": "truth näme-1.x", "around": "truth_around"}
POSTGRES_DATABASES = {"types": "truth_types", "names": "truth_names", "latin1": "truth_latin1", "cjk": "truth_cjk"}


def one_at_a_time(method):
    """Forms run side by side: the first that asks waits for the answer, and so does everybody else."""

    @functools.wraps(method)
    def locked(self, *arguments, **named):
        with self.lock:
            return method(self, *arguments, **named)

    return locked


class World:
    def __init__(self, seed, rows):
        self.seed, self.rows = seed, rows
        self.stack = ExitStack()
        self.lock = threading.RLock()

    def __enter__(self):
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="sluice-truth-")))
        self.folder.chmod(0o755)  # PostgreSQL runs as an account of its own
        return self

    def __exit__(self, *_):
        self.stack.close()

    @property
    @one_at_a_time
    @functools.cache
    def mariadb(self):
        server = self.stack.enter_context(MariaDB(self.folder))
        for schema in MARIADB_DATABASES:
            server.execute((SCHEMAS / f"mariadb_{schema}.sql").read_text(encoding="utf-8"))
        server.execute("CREATE DATABASE truth_random CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        for statement in random_rows.mariadb(self.seed, tables=6, rows=self.rows):
            server.execute(statement, "truth_random")
        server.execute("CREATE DATABASE truth_quoting CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        server.execute("".join(quoting.of_mysql()), "truth_quoting")
        return server

    @property
    @one_at_a_time
    @functools.cache
    def oracle(self):
        """MariaDB's schemas too: what only MariaDB knows in them is passed over."""
        server = self.stack.enter_context(oracle_mysql.OracleMySQL(self.folder))
        for schema in MARIADB_DATABASES:
            server.execute((SCHEMAS / f"mariadb_{schema}.sql").read_text(encoding="utf-8"), force=True)
        server.execute((SCHEMAS / "mysql9_types.sql").read_text(encoding="utf-8"))
        server.execute("CREATE DATABASE truth_random; CREATE DATABASE truth_quoting")
        for statement in random_rows.mariadb(self.seed, tables=6, rows=self.rows):
            server.execute(statement, "truth_random")
        server.execute("".join(quoting.of_mysql()), "truth_quoting")
        return server

    @property
    @one_at_a_time
    @functools.cache
    def postgres(self):
        server = self.stack.enter_context(PostgreSQL(self.folder))
        for schema, database in POSTGRES_DATABASES.items():
            server.execute(f"CREATE DATABASE {database}")
            server.execute((SCHEMAS / f"postgres_{schema}.sql").read_text(encoding="utf-8"), database)
        server.execute("CREATE DATABASE truth_random")
        for statement in random_rows.postgres(self.seed, tables=6, rows=self.rows):
            server.execute(statement, "truth_random")
        server.execute("CREATE DATABASE truth_quoting")
        server.execute("".join(quoting.of_postgres()), "truth_quoting")
        return server

    @one_at_a_time
    @functools.cache
    def mariadb_tables(self, database, time_zone="+00:00"):
        return list(answers.mariadb_tables(self.mariadb, database, time_zone))

    @one_at_a_time
    @functools.cache
    def oracle_tables(self, database, time_zone="+00:00"):
        return list(answers.mariadb_tables(self.oracle, database, time_zone, oracle_mysql.columns))

    @one_at_a_time
    @functools.cache
    def postgres_tables(self, database, settings=""):
        return list(answers.postgres_tables(self.postgres, database, settings))

    def postgres_partitioned(self, database):
        return list(answers.postgres_relations(self.postgres, database, "p"))
