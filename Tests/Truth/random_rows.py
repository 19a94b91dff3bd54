"""Seeded random tables: columns of random types with random values that like quotes, escapes, separators and corners."""

import random

import literals
from answers import quote_mariadb, quote_postgres

PIECES = [
    "'",
    '"',
    "\\",
    "\n",
    "\r",
    "\t",
    ",",
    ";",
    "(",
    ")",
    "NULL",
    "\\N",
    "\\.",
    "--",
    "/*",
    "*/",
    "`",
    "{",
    "}",
    "$$",
    " ",
    "0",
    "1.10",
    "a",
    "word",
    "é",
    "中",
    "😀",
    "\u2028",
    "\x01",
    "\x7f",
    "');",
    "E'",
    "x'41'",
    "0x41",
    "縗",
    "ソ",
    "#",
    "%",
    "&",
    "|",
    "true",
    "\x1a",
    "\b",
]
BYTES = [
    b"'",
    b'"',
    b"\\",
    b"\n",
    b"\0",
    b"\x1a",
    b",",
    b")",
    b"\xff",
    b"\xc3",
    b"\xe2\x82",
    b"a",
    b"\r",
    b"\t",
    b"\x80",
    b";",
    b"\\N",
]


class Dice(random.Random):
    def text(self, most=8):
        return "".join(self.choice(PIECES) for _ in range(self.randint(0, most)))

    def bytes(self, most=12):
        return b"".join(self.choice(BYTES) for _ in range(self.randint(0, most)))

    def whole(self, low, high):
        return self.choice([low, high, 0, 1, -1 if low < 0 else 2, self.randint(low, high)])

    def decimal(self, digits, scale):
        number = str(self.randint(0, 10 ** self.randint(1, digits) - 1)).rjust(scale + 1, "0")
        text = f"{number[:-scale]}.{number[-scale:]}" if scale else number
        return bare(self.choice(["", "-"]) + text)

    def day(self):
        return f"{self.randint(1000, 9999)}-{self.randint(1, 12):02}-{self.randint(1, 28):02}"

    def clock(self):
        return f"{self.randint(0, 23):02}:{self.randint(0, 59):02}:{self.randint(0, 59):02}"

    def document(self, depth=0):
        make = self.choice(
            [
                lambda: self.choice(["null", "true", "0", "-1.50", "1e5", "12345678901234567890"]),
                lambda: '"it\'s \\"x\\" \\n 中"',
                *(
                    [
                        lambda: "[" + ", ".join(self.document(depth + 1) for _ in range(self.randint(0, 3))) + "]",
                        lambda: "{" + ", ".join(f'"k{n}": {self.document(depth + 1)}' for n in range(self.randint(0, 3))) + "}",
                    ]
                    if depth < 3
                    else []
                ),
            ]
        )
        return make()


class bare(str):
    """A literal that stands in SQL as it is."""


def literal_or_bare(of_server):
    return lambda value: str(value) if isinstance(value, bare) else of_server(value)


MARIADB = {
    "TINYINT": lambda dice: dice.whole(-128, 127),
    "SMALLINT UNSIGNED": lambda dice: dice.whole(0, 65535),
    "INT(9) ZEROFILL": lambda dice: dice.whole(0, 10**9),
    "BIGINT": lambda dice: dice.whole(-(2**63), 2**63 - 1),
    "BIGINT UNSIGNED": lambda dice: dice.whole(0, 2**64 - 1),
    "DECIMAL(65,30)": lambda dice: dice.decimal(60, 30),
    "DECIMAL(9,2)": lambda dice: dice.decimal(9, 2),
    "DOUBLE": lambda dice: bare(repr(dice.uniform(-1e6, 1e6) * 10.0 ** dice.randint(-290, 290))),
    "FLOAT": lambda dice: bare(repr(dice.uniform(-1, 1))),
    "BIT(24)": lambda dice: dice.getrandbits(24),
    "BIT(64)": lambda dice: dice.getrandbits(64),
    "DATE": lambda dice: dice.choice(["0000-00-00", dice.day()]),
    "DATETIME(6)": lambda dice: f"{dice.day()} {dice.clock()}.{dice.randint(0, 999999):06}",
    "TIME(2)": lambda dice: f"{dice.choice(['', '-'])}{dice.clock()}.{dice.randint(0, 99):02}",
    "YEAR": lambda dice: dice.choice([0, dice.randint(1901, 2155)]),
    "ENUM('a','b,c','it''s','\"q\"','\\\\')": lambda dice: dice.choice(["a", "b,c", "it's", '"q"', "\\"]),
    "SET('x','y''','\"z')": lambda dice: dice.choice(["", "x", "y'", 'x,"z', "x,y',\"z"]),
    "VARCHAR(200)": Dice.text,
    "TEXT CHARACTER SET utf16": Dice.text,
    "LONGTEXT": lambda dice: dice.text(60),
    "CHAR(40)": lambda dice: dice.text().rstrip(" ")[:40],
    "TEXT CHARACTER SET gbk": lambda dice: dice.text().encode("gbk", "ignore").decode("gbk"),
    "VARBINARY(100)": Dice.bytes,
    "BLOB": lambda dice: dice.bytes(80),
    "BINARY(6)": lambda dice: dice.bytes(3)[:6],
    "JSON": Dice.document,
}
POSTGRES = {
    "smallint": lambda dice: dice.whole(-32768, 32767),
    "bigint": lambda dice: dice.whole(-(2**63), 2**63 - 1),
    "numeric": lambda dice: dice.choice(["NaN", "Infinity", "-Infinity", dice.decimal(60, 30)]),
    "numeric(20,5)": lambda dice: dice.choice(["NaN", dice.decimal(15, 5)]),
    "double precision": lambda dice: dice.choice(
        ["NaN", "-Infinity", bare(repr(dice.uniform(-1e6, 1e6) * 10.0 ** dice.randint(-290, 290)))]
    ),
    "real": lambda dice: bare(repr(dice.uniform(-1, 1))),
    "boolean": lambda dice: dice.choice([True, False]),
    "text": Dice.text,
    "character varying(200)": Dice.text,
    "character(60)": Dice.text,
    "bytea": lambda dice: dice.bytes(40),
    "date": lambda dice: dice.choice(["infinity", "0044-03-15 BC", dice.day()]),
    "timestamp with time zone": lambda dice: f"{dice.day()} {dice.clock()}+00",
    "interval": lambda dice: f"{dice.randint(-99, 99)} months {dice.randint(-999, 999)} days {dice.clock()}",
    "json": Dice.document,
    "jsonb": Dice.document,
    "text[]": lambda dice: array(dice, Dice.text),
    "integer[]": lambda dice: array(dice, lambda dice: str(dice.randint(-9, 9))),
    "numeric[]": lambda dice: array(dice, lambda dice: dice.choice(["NaN", "1.10", "-0.5"])),
    "jsonb[]": lambda dice: array(dice, Dice.document),
    "bit varying(30)": lambda dice: f"{dice.getrandbits(dice.randint(1, 20)):b}",
    "int8range": lambda dice: f"[{dice.randint(-99, 0)},{dice.randint(1, 99)})",
}


def array(dice, element):
    def one(depth):
        if depth:
            return "{" + ",".join(one(depth - 1) for _ in range(2)) + "}"
        return "NULL" if dice.random() < 0.2 else '"' + element(dice).replace("\\", "\\\\").replace('"', '\\"') + '"'

    return dice.choice(["{}", one(1), one(2)])


def table(seed, number, rows, types, quote, literal):
    """CREATE TABLE and INSERTs of one random table."""
    dice = Dice(f"{seed}/{number}")
    chosen = [dice.choice(list(types)) for _ in range(dice.randint(3, 14))]
    names = [
        f"{dice.choice(['a', 'B', 'it', 'é', '列'])}{place}{dice.choice(['', ' x', '_y', '-z'])}" for place in range(len(chosen))
    ]
    columns = ", ".join(f"{quote(name)} {declared}" for name, declared in zip(names, chosen))
    values = [[place, *(None if dice.random() < 0.15 else types[declared](dice) for declared in chosen)] for place in range(rows)]
    yield f"CREATE TABLE random_{number} (id INT PRIMARY KEY, {columns});"
    yield from literals.insert(f"random_{number}", values, literal_or_bare(literal))


def mariadb(seed, tables, rows):
    """The last table has only columns that every form of export can carry."""
    tame = {
        declared: make
        for declared, make in MARIADB.items()
        if not any(word in declared for word in ("BIT", "BINARY", "BLOB", "utf16"))
    }
    for number in range(tables):
        types = tame if number == tables - 1 else MARIADB
        yield from table(seed, number, rows, types, quote_mariadb, literals.mariadb)


def postgres(seed, tables, rows):
    for number in range(tables):
        yield from table(seed, number, rows, POSTGRES, quote_postgres, literals.postgres)
