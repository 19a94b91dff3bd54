"""The statements of the article on binary logs, run as they stand there, give the server's own table, each event once."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from load import Dice

sys.path.insert(0, str(Path(__file__).parent.parent / "Truth"))
from compare import Mismatch, require  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "Sources/BackupExports/BackupExports.docc/Changes.md"
ENVIRONMENT = ROOT / ".build-lake" / "venv"
PACKAGES = {"duckdb": "duckdb", "spark": "pyspark"}
TABLE = "orders (id BIGINT UNSIGNED PRIMARY KEY, customer INT, total DECIMAL(12,2), placed DATETIME(6), note TEXT)"


class Orders:
    def __init__(self, seed):
        self.dice = Dice(f"orders {seed}")

    def row(self, number):
        dice = self.dice
        placed = f"'{dice.randint(1980, 2037)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02} 03:04:05.{dice.randint(0, 999999):06}'"
        return f"({number}, {dice.randint(1, 9)}, {dice.null(dice.randint(-10**11, 10**11) / 100)}, {dice.null(placed)}, {dice.null(repr(dice.choice(['null', 'x', '', '{}', '縗'])))})"

    def statement(self):
        dice = self.dice
        numbers = dice.sample([*range(1, 60), 18446744073709551615], dice.randint(1, 6))
        rows = ", ".join(self.row(number) for number in numbers)
        return dice.choice(
            [
                f"INSERT IGNORE INTO orders VALUES {rows};",
                f"REPLACE INTO orders VALUES {rows};",
                f"INSERT INTO orders VALUES {rows} ON DUPLICATE KEY UPDATE total = total / 2, note = 'again';",
                f"UPDATE orders SET customer = customer + 1 WHERE id % {dice.randint(2, 7)} = 1;",
                f"DELETE FROM orders WHERE id % {dice.randint(5, 17)} = 2;",
                f"UPDATE IGNORE orders SET id = id + {dice.choice([1, 2, 30])} WHERE id < 100 ORDER BY id DESC;",
                "BEGIN; UPDATE orders SET id = id + 1000 WHERE id < 1000; UPDATE orders SET id = id - 1000 WHERE id BETWEEN 1000 AND 2000; COMMIT;",
                "BEGIN; DELETE FROM orders; ROLLBACK;",
                f"BEGIN; SAVEPOINT a; DELETE FROM orders WHERE id < 9; ROLLBACK TO a; REPLACE INTO orders VALUES {rows}; COMMIT;",
            ]
        )

    def statements(self, count):
        return "\n".join(self.statement() for _ in range(count))


def install(engines):
    subprocess.run([ROOT / "Tests/python-packages.sh", ENVIRONMENT, *(PACKAGES[engine] for engine in engines)], check=True)


def answer(server):
    lines = server.execute(
        "SELECT JSON_ARRAY(CAST(id AS CHAR), CAST(customer AS CHAR), CAST(total AS CHAR), CAST(placed AS CHAR), note) FROM orders ORDER BY id", "shop"
    )
    return [json.loads(line) for line in lines.decode().splitlines()]


def documented(turn, engines):
    server, folder, orders = turn.server, turn.folder, Orders(turn.seed)
    server.execute("DROP DATABASE IF EXISTS shop; CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
    server.execute(f"CREATE TABLE {TABLE}; {orders.statements(20)}", "shop")
    dump, start = server.dump("shop")
    (folder / "full.sql").write_bytes(dump)
    turn.sluice("convert", folder / "full.sql", "--output", folder / "lake")
    server.execute(orders.statements(30), "shop")
    server.execute("FLUSH BINARY LOGS")
    server.execute(orders.statements(10), "shop")
    server.execute("XA START 'late'; INSERT INTO orders VALUES (777, 1, 1, NULL, 'prepared'); XA END 'late'; XA PREPARE 'late'", "shop")
    server.execute("UPDATE orders SET note = 'after' WHERE id = 3", "shop")
    answers = [answer(server)]
    turn.changes(start, folder / "first")
    server.execute("REPLACE INTO orders VALUES " + orders.row(5), "shop")
    server.execute("XA COMMIT 'late'", "shop")
    server.execute(orders.statements(20) + "UPDATE orders SET total = 2.50 WHERE id = 777; " + orders.statements(10), "shop")
    answers += [answer(server)] * 2
    turn.changes(start, folder / "second")
    for engine in engines:
        own = folder / engine
        own.mkdir()
        shutil.copytree(folder / "lake", own / "lake")
        outputs = [folder / "first", folder / "second", folder / "first"]
        script = Path(__file__).parent / "merge.py"
        done = subprocess.run([ENVIRONMENT / "bin/python", "-B", script, engine, ARTICLE, own, *outputs], capture_output=True, text=True)
        require(done.returncode == 0, lambda: f"{engine}: {done.stderr.strip()[-1500:]}")
        found = [json.loads(line) for line in done.stdout.splitlines()]
        require(len(found) == len(answers), f"{engine}: {len(found)} answers")
        for number, (rows, wanted) in enumerate(zip(found, answers), 1):
            different = [pair for pair in zip(rows, wanted) if pair[0] != pair[1]]
            if rows != wanted:
                raise Mismatch(f"{engine}: after output {number}: {len(rows)} rows where the server has {len(wanted)}; {different[:2]}")
    turn.report = f"{', '.join(engines)}: {sum(map(len, answers))} rows after three outputs"
