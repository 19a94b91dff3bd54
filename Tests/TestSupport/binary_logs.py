"""Writes binary logs of MySQL as its server does, with checksums: for tests that want long ones and have no server."""

import random
import struct
import zlib

SERVER = 7
# Lengths of the fixed parts of events, by type, as MySQL 8 has them.
HEAD_LENGTHS = bytes([56, 13, 0, 8, 0, 0, 0, 4, 0, 4, 0, 0, 0, 98, 0, 4, 26, 8, 0, 0, 0, 8, 8, 8, 2, 0, 0, 0, 10, 10, 10, 42, 42, 0, 18, 52, 0, 10, 40, 0, 0])
QUERY, ROTATE, FORMAT, XID, TABLE_MAP, WRITE, UPDATE, DELETE, XA_PREPARE = 2, 4, 15, 16, 19, 30, 31, 32, 38
LONG, VARCHAR = 3, 15


class Log:
    def __init__(self, begin=1_700_000_000):
        self.data = bytearray(b"\xfebin")
        self.time = begin
        version = b"8.4.0".ljust(50, b"\0")
        self.event(FORMAT, struct.pack("<H50sIB", 4, version, 0, 19) + HEAD_LENGTHS + b"\x01")

    def event(self, kind, body):
        length = 19 + len(body) + 4
        event = struct.pack("<IBIIIH", self.time, kind, SERVER, length, len(self.data) + length, 0) + body
        self.data += event + struct.pack("<I", zlib.crc32(event))

    def query(self, text, database="shop"):
        name = database.encode()
        self.event(QUERY, struct.pack("<IIBHH", 8, 0, len(name), 0, 0) + name + b"\0" + text.encode())

    def map(self, number, table, columns, database="shop"):
        """`columns`: names, with LONG or VARCHAR of 400 bytes."""
        kinds = [kind for _, kind in columns]
        sizes = b"".join(struct.pack("<H", 400) for kind in kinds if kind == VARCHAR)
        names = b"".join(bytes([len(name)]) + name.encode() for name, _ in columns)
        fields = b"\x01\x01\x00" + b"\x02\x03\xfc\xff\x00" + b"\x04" + bytes([len(names)]) + names
        named = b"".join(bytes([len(name)]) + name.encode() + b"\0" for name in (database, table))
        self.event(TABLE_MAP, struct.pack("<Q", number)[:6] + b"\x01\0" + named + bytes([len(kinds), *kinds, len(sizes)]) + sizes + b"\xff" + fields)

    def rows(self, kind, number, columns, images):
        present = b"\xff" * ((len(columns) + 7) // 8)
        body = struct.pack("<Q", number)[:6] + b"\x01\0\x02\0" + bytes([len(columns)]) + present * (2 if kind == UPDATE else 1)
        self.event(kind, body + b"".join(self.image(columns, image) for image in images))

    @staticmethod
    def image(columns, image):
        nulls, values = 0, b""
        for number, ((_, kind), value) in enumerate(zip(columns, image)):
            if value is None:
                nulls |= 1 << number
            elif kind == LONG:
                values += struct.pack("<i", value)
            else:
                text = value.encode()
                values += struct.pack("<H", len(text)) + text
        return nulls.to_bytes((len(columns) + 7) // 8, "little") + values

    def end(self, next_name):
        self.event(ROTATE, struct.pack("<Q", 4) + next_name.encode())
        return bytes(self.data)


def logs(transactions, seed, files=3):
    """Names and bytes of logs in their order: transactions on two tables, DDL, an XA transaction over two of the logs."""
    dice = random.Random(seed)
    orders = [("id", LONG), ("text", VARCHAR), ("n", LONG)]
    number = 0
    for file in range(files):
        log = Log(1_700_000_000 + 100_000 * file)
        for _ in range(transactions // files):
            number += 1
            log.time += dice.randrange(2)
            log.query("BEGIN")
            log.map(9, "orders", orders)
            rows = [(number + place, dice.choice(["é\n😀", "x" * dice.randrange(100), None]), dice.randrange(-99, 99)) for place in range(dice.randrange(1, 9))]
            log.rows(WRITE, 9, orders, rows)
            if dice.random() < 0.5:
                log.map(10, "items", orders[:2])
                changed = [(place, dice.choice(["a", "b"])) for place in range(dice.randrange(1, 4))]
                log.rows(UPDATE, 10, orders[:2], [image for row in changed for image in ((row[0], None), row)])
            if dice.random() < 0.3:
                log.map(9, "orders", orders)
                log.rows(DELETE, 9, orders, rows[:1])
            log.event(XID, struct.pack("<Q", number)) if dice.random() < 0.9 else log.query("ROLLBACK")
        if file == 0:
            log.query("XA START X'61',X'',1")
            log.map(9, "orders", orders)
            log.rows(WRITE, 9, orders, [(-1, "prepared in the first log", 0)])
            log.query("XA END X'61',X'',1")
            log.event(XA_PREPARE, struct.pack("<?III", False, 1, 1, 0) + b"a")
        elif file == 1:
            log.query("XA COMMIT X'61',X'',1")
            log.query("CREATE TABLE more (a INT, b INT)")
            log.query("UPDATE orders SET n = 1")
        yield f"mysql-bin.{file + 98:06d}", log.end(f"mysql-bin.{file + 99:06d}")
