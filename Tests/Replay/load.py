"""A seeded load of all kinds of statements on the database `shop`, in steps; after each the server is asked for its tables."""

import random
from dataclasses import dataclass

SETUP = """
CREATE TABLE customers (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100), email VARCHAR(80) NOT NULL, city VARCHAR(40) CHARACTER SET latin1,
  note TEXT CHARACTER SET gbk, doc JSON, score DECIMAL(10,2) DEFAULT 1.50, seen TIMESTAMP(3) NULL, UNIQUE KEY email (email),
  loud VARCHAR(120) AS (CONCAT(name, '!')) VIRTUAL, doubled DECIMAL(12,2) AS (score * 2) STORED);
CREATE TABLE orders (
  id BIGINT UNSIGNED NOT NULL PRIMARY KEY, customer INT, state ENUM('new','paid','sent''s','é,') NOT NULL DEFAULT 'new',
  flags SET('gift','rush','縗'), total DECIMAL(12,2), placed DATETIME(6), memo LONGTEXT, payload BLOB, rate DOUBLE, short FLOAT,
  bits BIT(12), day DATE, clock TIME(2), y YEAR, fixed BINARY(6), KEY (customer));
CREATE TABLE items (order_id BIGINT UNSIGNED NOT NULL, no SMALLINT NOT NULL, item VARCHAR(60), amount MEDIUMINT UNSIGNED, PRIMARY KEY (order_id, no));
CREATE TABLE audit (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, order_id BIGINT UNSIGNED, was VARCHAR(20), became VARCHAR(20));
CREATE TABLE keyless (a INT, b VARCHAR(50), c JSON);
CREATE TABLE parents (id INT PRIMARY KEY, name VARCHAR(20));
CREATE TABLE children (id INT PRIMARY KEY, parent INT, name VARCHAR(20), FOREIGN KEY (parent) REFERENCES parents (id) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE altered (id INT PRIMARY KEY, a INT, b VARCHAR(20), c DATETIME);
CREATE TABLE `it's a "name" é` (`key` INT PRIMARY KEY, `sel``ect` VARCHAR(20), `x y` TEXT);
CREATE TRIGGER orders_change AFTER UPDATE ON orders FOR EACH ROW
  INSERT INTO audit (order_id, was, became) VALUES (NEW.id, OLD.state, NEW.state);
"""

# Not judged: what InnoDB itself changes in them is in no log of MariaDB, nor of MySQL before 9.6.
CASCADES = "children"


@dataclass(frozen=True)
class Step:
    sql: str
    # Tables whose rows a statement has changed that is no change of rows: a lake exports them again.
    anew: tuple[str, ...] = ()


class Dice(random.Random):
    def text(self):
        pieces = ["a", "it''s", '"q"', "\\\\", "\\n", "é", "中", "", "word ", ",", "\\t", "縗", "0"]
        return "".join(self.choice(pieces) for _ in range(self.randint(0, 6)))

    def null(self, value, chance=0.1):
        return "NULL" if self.random() < chance else value


def document(dice, depth=0):
    kinds = ["1", "-2.5", "true", "null", '"x"', '"é 中"', "12345678901", "1e20"]
    if depth < 3:
        kinds += ["{%s}" % ", ".join(f'"k{n}": {document(dice, depth + 1)}' for n in range(dice.randint(0, 4)))] * 4
        kinds += ["[%s]" % ", ".join(document(dice, depth + 1) for _ in range(dice.randint(0, 3)))] * 2
    return dice.choice(kinds)


def root(dice):
    return '{"a": %s, "list": [1, %s], "name": "%s"}' % (document(dice), document(dice), "n" * dice.randint(0, 200))


class Load:
    """`folder`: where files for LOAD DATA are written."""

    def __init__(self, seed, folder, is_oracle):
        self.dice, self.folder, self.is_oracle = Dice(seed), folder, is_oracle
        self.files = 0
        self.xids = 0

    # Rows

    def customer(self, number=None):
        dice = self.dice
        number = number or "NULL"
        return (
            f"({number}, '{dice.text()}', CONCAT('m', UUID_SHORT() % 100000000000, {dice.randint(0, 9999)}), '{dice.choice(['Köln', 'x', ''])}', "
            f"{dice.null(repr(dice.choice(['縗中文', 'plain', ''])))}, {dice.null(chr(39) + root(dice) + chr(39))}, "
            f"{dice.randint(-999999, 999999) / 100}, {dice.null(chr(39) + self.moment() + '.123' + chr(39))})"
        )

    def moment(self):
        dice = self.dice
        return f"{dice.randint(1980, 2037)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02} 01:{dice.randint(0, 59):02}:07"

    def order(self, number):
        dice = self.dice
        return (
            f"({number}, {dice.randint(1, 30)}, {dice.randint(1, 4)}, {dice.null(str(dice.randint(0, 7)))}, "
            f"{dice.randint(-10**11, 10**11) / 100}, '{self.moment()}.{dice.randint(0, 999999):06}', '{dice.text() * dice.randint(0, 40)}', "
            f"{dice.null('0x' + dice.randbytes(dice.randint(1, 40)).hex())}, {dice.uniform(-1e9, 1e9)!r}, {dice.uniform(-1, 1)!r}, "
            f"{dice.randint(0, 4095)}, {dice.choice(['0', repr(self.moment()[:10])])}, '{dice.choice(['-', ''])}{dice.randint(0, 838)}:10:11.25', "
            f"{dice.choice([0, 1901, 2026, 2155])}, '{dice.choice(['ab', 'a', ''])}')"
        )

    def orders(self, count):
        return ", ".join(self.order(self.dice.randint(1, 60)) for _ in range(count))

    CUSTOMERS = "customers (id, name, email, city, note, doc, score, seen)"

    # Statements

    def insert_one(self):
        return f"INSERT INTO {self.CUSTOMERS} VALUES {self.customer()};"

    def insert_few_columns(self):
        return f"INSERT INTO customers (email, name) VALUES (UUID(), '{self.dice.text()}');"

    def insert_many(self):
        return f"INSERT INTO {self.CUSTOMERS} VALUES {', '.join(self.customer() for _ in range(self.dice.randint(2, 9)))};"

    def insert_selected(self):
        return f"INSERT IGNORE INTO items SELECT id, {self.dice.randint(1, 5)}, state, 3 FROM orders ORDER BY id LIMIT {self.dice.randint(1, 9)};"

    def replace(self):
        return f"REPLACE INTO orders VALUES {self.orders(self.dice.randint(1, 4))};"

    def replace_customer(self):
        return f"REPLACE INTO {self.CUSTOMERS} SELECT id + 1000, name, email, city, note, doc, score, seen FROM customers ORDER BY id LIMIT 2;"

    def insert_or_update(self):
        return f"INSERT INTO orders VALUES {self.orders(4)} ON DUPLICATE KEY UPDATE total = total + 1, memo = CONCAT(IFNULL(memo, ''), 'x');"

    def update(self):
        dice = self.dice
        return dice.choice(
            [
                f"UPDATE customers SET score = score + 1, name = '{dice.text()}' WHERE id % {dice.randint(2, 5)} = 0;",
                f"UPDATE orders SET state = {dice.randint(1, 4)}, placed = '{self.moment()}' WHERE id % 3 = {dice.randint(0, 2)};",
                f"UPDATE customers SET doc = NULL, note = '縗' WHERE id % 7 = {dice.randint(0, 6)};",
                f"UPDATE orders SET payload = 0x{dice.randbytes(9).hex()}, memo = NULL WHERE id < {dice.randint(1, 40)};",
                f"UPDATE keyless SET b = CONCAT(a, '-') WHERE a = {dice.randint(0, 9)};",
            ]
        )

    def update_documents(self):
        dice = self.dice
        change = dice.choice(
            [
                f"JSON_SET(doc, '$.a', {dice.randint(1, 99)}, '$.list[0]', 'zw')",
                "JSON_REMOVE(doc, '$.list[1]')",
                f"JSON_REPLACE(doc, '$.name', '{'y' * dice.randint(0, 50)}')",
                "JSON_SET(doc, '$.\"new key\"', CAST('{\"x\": [1, null]}' AS JSON))" if self.is_oracle else "JSON_SET(doc, '$.k', 1)",
                "JSON_INSERT(doc, '$.list[9]', 2.50)",
                "JSON_SET(doc, '$.name', NULL)",
                "JSON_ARRAY_INSERT(doc, '$.list[0]', 'first')",
            ]
        )
        return f"UPDATE customers SET doc = {change} WHERE id % {dice.randint(1, 4)} = 0 AND JSON_TYPE(doc) = 'OBJECT';"

    def update_keys(self):
        return f"UPDATE items SET no = no + 10 WHERE order_id % {self.dice.randint(2, 6)} = 1 AND no < 3000; UPDATE IGNORE orders SET id = id + 100 WHERE id % 11 = 3;"

    def update_joined(self):
        return "UPDATE orders o JOIN items i ON i.order_id = o.id SET o.total = 7.25, i.amount = i.amount + 1 WHERE i.no % 2 = 1;"

    def delete(self):
        return self.dice.choice(
            [
                f"DELETE FROM items WHERE order_id % 13 = {self.dice.randint(0, 12)};",
                "DELETE o, i FROM orders o JOIN items i ON i.order_id = o.id WHERE o.id % 9 = 2;",
                f"DELETE FROM keyless WHERE a = {self.dice.randint(0, 9)} LIMIT 2;",
                f"DELETE FROM customers WHERE id % 17 = {self.dice.randint(0, 16)};",
            ]
        )

    def keyless(self):
        dice = self.dice
        rows = ", ".join(f"({dice.randint(0, 9)}, '{dice.text()}', {dice.null(chr(39) + document(dice) + chr(39))})" for _ in range(4))
        return f"INSERT INTO keyless VALUES {rows};"

    def load_file(self):
        self.files += 1
        file = self.folder / f"load-{self.files}.txt"
        file.write_text("".join(f"{self.dice.randint(0, 9)}\trow {n}\t[{n}]\n" for n in range(5)))
        file.chmod(0o644)
        return f"LOAD DATA INFILE '{file}' INTO TABLE keyless;"

    def transaction(self):
        end = self.dice.choice(["COMMIT", "COMMIT", "ROLLBACK"])
        return f"BEGIN; {self.some(4)} {end};"

    def savepoints(self):
        return (
            f"BEGIN; {self.some(1)} SAVEPOINT one; {self.some(2)} SAVEPOINT `two 2`; {self.some(1)} ROLLBACK TO `two 2`; "
            f"{self.some(1)} {self.dice.choice(['', 'ROLLBACK TO one;'])} {self.some(1)} RELEASE SAVEPOINT one; {self.some(1)} COMMIT;"
        )

    def two_phases(self):
        self.xids += 1
        xid = f"'x{self.xids}','b',{self.xids}"
        end = self.dice.choice([f"XA PREPARE {xid}; XA COMMIT {xid};", f"XA PREPARE {xid}; XA ROLLBACK {xid};", f"XA COMMIT {xid} ONE PHASE;"])
        return f"XA START {xid}; {self.some(2)} XA END {xid}; {end}"

    def prepared_over_logs(self):
        self.xids += 1
        xid = f"'over{self.xids}'"
        return f"XA START {xid}; INSERT INTO keyless VALUES (5, 'xa', '1'); XA END {xid}; XA PREPARE {xid};\0FLUSH BINARY LOGS; INSERT INTO keyless VALUES (6, 'between', '2');\0XA COMMIT {xid};"

    def temporary(self):
        return f"CREATE TEMPORARY TABLE passing (n INT); INSERT INTO passing VALUES (1), (2); INSERT INTO keyless SELECT n, 'from passing', NULL FROM passing; {self.some(1)} DROP TEMPORARY TABLE passing;"

    def renew_log(self):
        return "FLUSH BINARY LOGS;"

    def named(self):
        return "REPLACE INTO `it's a \"name\" é` VALUES (%d, '%s', '%s');" % (self.dice.randint(1, 9), self.dice.text()[:20], self.dice.text())

    def some(self, count):
        return " ".join(
            self.dice.choice([self.insert_one, self.insert_many, self.replace, self.update, self.delete, self.keyless, self.insert_or_update])()
            for _ in range(count)
        )

    # Steps

    def rows(self, count):
        """Steps that change rows only."""
        makers = [
            self.insert_one, self.insert_few_columns, self.insert_many, self.insert_selected, self.replace, self.replace_customer,
            self.insert_or_update, self.update, self.update, self.update_documents, self.update_documents, self.update_keys, self.update_joined, self.delete,
            self.keyless, self.load_file, self.transaction, self.transaction, self.savepoints, self.two_phases, self.prepared_over_logs,
            self.temporary, self.renew_log, self.named,
        ]  # fmt: skip
        for maker in self.dice.sample(makers, len(makers)):
            yield Step(maker())
        for _ in range(count):
            yield Step(self.dice.choice(makers)())

    def definitions(self):
        """Steps that change tables, rows between them."""
        clauses = [
            ("ADD COLUMN d VARCHAR(10) CHARACTER SET latin1 DEFAULT 'é' AFTER a", lambda names: names.insert(names.index("a") + 1, "d")),
            ("ADD (e BIGINT UNSIGNED DEFAULT 18446744073709551615, f JSON)", lambda names: names.extend(["e", "f"])),
            ("DROP COLUMN c", lambda names: names.remove("c")),
            ("MODIFY a BIGINT UNSIGNED NOT NULL DEFAULT 5", lambda names: None),
            ("CHANGE b bb TEXT CHARACTER SET utf8mb4 FIRST", lambda names: (names.remove("b"), names.insert(0, "bb"))),
            ("RENAME COLUMN d TO `d,2`, ADD KEY (a)", lambda names: names.__setitem__(names.index("d"), "`d,2`")),
            ("ADD g TINYINT UNSIGNED DEFAULT 255 COMMENT 'a, (b) ''after'' id' FIRST, DROP COLUMN e", lambda names: (names.remove("e"), names.insert(0, "g"))),
            ("ADD COLUMN h ENUM('x','y''s') DEFAULT 'x', ALGORITHM=COPY", lambda names: names.append("h")),
            ("MODIFY h SET('x','y''s') AFTER id", lambda names: (names.remove("h"), names.insert(names.index("id") + 1, "h"))),
        ]
        self.names = ["id", "a", "b", "c"]
        yield Step("INSERT INTO altered VALUES (1, 1, 'one', '2026-01-01'), (2, 2, NULL, NULL), (3, 3, 'it''s', '2000-02-29 01:02:03');")
        for clause, follow in clauses:
            yield Step(f"ALTER TABLE altered {clause};", anew=("altered",))
            follow(self.names)
            yield Step(self.fill())
            if self.dice.random() < 0.3:
                yield Step(self.renew_log())
        yield Step("CREATE TABLE copied LIKE altered;")
        yield Step("INSERT INTO copied SELECT * FROM altered; UPDATE copied SET a = a + 1;")
        yield Step("CREATE TABLE chosen (PRIMARY KEY (id)) SELECT id, name, email, doc FROM customers WHERE id < 9;")
        yield Step("INSERT INTO chosen VALUES (100, 'x', 'y', NULL);")
        yield Step("RENAME TABLE copied TO `copy 2`, altered TO copied;")
        yield Step("DELETE FROM copied WHERE id = 2; UPDATE `copy 2` SET a = a + 1;")
        yield Step("TRUNCATE TABLE `copy 2`;")
        yield Step("ALTER TABLE copied RENAME TO altered, ADD COLUMN last INT DEFAULT 7;", anew=("copied", "altered"))
        self.names.append("last")
        yield Step(self.fill())
        yield Step("DROP TABLE `copy 2`;")
        yield Step("CREATE TABLE altered2 (id INT PRIMARY KEY, a INT); INSERT INTO altered2 VALUES (1, 2); DROP TABLE altered2; CREATE TABLE altered2 (a VARCHAR(9), id INT PRIMARY KEY); INSERT INTO altered2 VALUES ('x', 5);")
        yield Step("CREATE OR REPLACE VIEW shown AS SELECT id FROM orders; CREATE INDEX by_score ON customers (score); ANALYZE TABLE orders; DROP INDEX by_score ON customers; DROP VIEW shown;")

    def fill(self):
        """Rows of `altered` change, whatever its columns are."""
        values = ", ".join("id + 10" if name == "id" else name for name in self.names)
        return f"INSERT INTO altered SELECT {values} FROM altered WHERE id % 10 < 3 AND id NOT IN (SELECT id - 10 FROM altered) ORDER BY id DESC LIMIT 3; UPDATE altered SET a = a + 1 WHERE id % 2 = 1; DELETE FROM altered WHERE id > 40;"

    def cascades(self):
        yield Step("INSERT INTO parents VALUES (1, 'a'), (2, 'b'), (3, 'c'); INSERT INTO children VALUES (1, 1, 'x'), (2, 2, 'y'), (3, 3, 'z');")
        yield Step("DELETE FROM parents WHERE id = 1; UPDATE parents SET id = 20 WHERE id = 2;")
