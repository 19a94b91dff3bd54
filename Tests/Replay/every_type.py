"""Tables with every type, whose rows come, change and go: those of Tests/Truth/schemas, copied to `every`."""

import sys
from pathlib import Path

from load import Dice, Step

sys.path.insert(0, str(Path(__file__).parent.parent / "Truth"))
import random_rows  # noqa: E402
from answers import quote_mariadb  # noqa: E402

SCHEMAS = Path(__file__).parent.parent / "Truth" / "schemas"
SOURCES = {"mariadb": ["types", "texts", "names"], "oracle": ["types", "texts", "names", "mysql9"]}
DATABASES = {"types": "truth_types", "texts": "truth_texts", "names": "truth näme-1.x", "mysql9": "truth_mysql9"}


def load_sources(server, seed):
    """The schemas, and tables of random types; what a server does not know of them is passed over."""
    for name in SOURCES[server.NAME]:
        file = "mysql9_types.sql" if name == "mysql9" else f"mariadb_{name}.sql"
        server.execute("SET sql_log_bin=0;\n" + (SCHEMAS / file).read_text(encoding="utf-8"), force=True)
    server.execute("SET sql_log_bin=0; CREATE DATABASE truth_random CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
    for statement in random_rows.mariadb(seed, tables=6, rows=20):
        server.execute("SET sql_log_bin=0; " + statement, "truth_random")


def sources(server):
    return [table for name in [*(DATABASES[source] for source in SOURCES[server.NAME]), "truth_random"] for table in server.tables(name)]


class EveryType:
    def __init__(self, tables, seed):
        self.dice = Dice(f"types {seed}")
        self.copies = {}
        for number, table in enumerate(table for table in tables if table.rows and "DROP" not in table.name):
            name = f"t{number}"
            self.copies[name] = (table, f"{quote_mariadb(table.database)}.{quote_mariadb(table.name)}")

    def setup(self):
        """Half of the tables have their rows already."""
        for number, (name, (table, source)) in enumerate(self.copies.items()):
            yield f"CREATE TABLE {name} LIKE {source};"
            if number % 2:
                yield self.filled(name, table, source)

    def filled(self, name, table, source):
        columns = self.columns(table)
        return f"INSERT IGNORE INTO {name} ({columns}) SELECT {columns} FROM {source};"

    @staticmethod
    def columns(table):
        return ", ".join(quote_mariadb(column.name) for column in table.columns if not column.generated)

    def steps(self):
        yield Step("\n".join(self.filled(name, table, source) for name, (table, source) in self.copies.items()))
        yield Step("\n".join(self.changed(name, table, source) for name, (table, source) in self.copies.items()))
        yield Step("\n".join(self.changed(name, table, source) for name, (table, source) in self.copies.items()))
        yield Step("\n".join(f"DELETE FROM {name} LIMIT {self.dice.randint(1, 3)};" for name in self.copies))
        yield Step("\n".join(self.filled(name, table, source) for name, (table, source) in self.copies.items()))
        yield Step("\n".join(f"DELETE FROM {name};" for name in self.dice.sample(list(self.copies), len(self.copies) // 4)))

    def changed(self, name, table, source):
        """Some columns of each row become those of another row."""
        key, others = table.columns[0], [column for column in table.columns[1:] if not column.generated]
        if not others or not key.type.startswith(("int", "bigint")):
            return ""
        chosen = self.dice.sample(others, self.dice.randint(1, len(others)))
        keyed = quote_mariadb(key.name)
        sets = ", ".join(f"c.{quote_mariadb(column.name)} = s.{quote_mariadb(column.name)}" for column in chosen)
        return f"UPDATE IGNORE {name} c JOIN {source} s ON s.{keyed} = c.{keyed} % {max(1, len(table.rows))} + 1 SET {sets};"
