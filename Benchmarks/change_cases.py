"""Binary logs beside MariaDB's and Oracle's own decoders, `mysqlbinlog -vv --base64-output=decode-rows`, output discarded.

    inserts    order lines of 16 columns: a transaction of 2,000 rows, events of 8 KB, as `INSERT … SELECT` makes them
    updates    the same rows, each before and after
    single     transactions of one row
    compressed the same rows as inserts, compressed by MariaDB (log_bin_compress): its decoder alone reads them

The logs are written here from a seed, as MySQL 8.0 writes them (CRC32, FULL metadata, FULL images, no GTIDs). Of each row the key is
compared with what the others print before anything is timed.
"""
import os, random, re, shutil, struct, subprocess, zlib

from measuring import Command

TIME = 1_700_000_000
# name, type, bytes beside the type, unsigned
COLUMNS = [
    ("id", 8, b"", 1), ("customer_id", 3, b"", 0), ("shop_id", 2, b"", 1), ("status", 1, b"", 0), ("order_no", 15, struct.pack("<H", 128), None),
    ("sku", 15, struct.pack("<H", 160), None), ("title", 15, struct.pack("<H", 480), None), ("quantity", 3, b"", 0), ("price", 246, bytes([10, 2]), 0),
    ("discount", 246, bytes([12, 4]), 0), ("rate", 5, bytes([8]), 0), ("state", 254, bytes([247, 1]), None), ("note", 15, struct.pack("<H", 800), None),
    ("day", 10, b"", None), ("created_at", 18, bytes([3]), None), ("updated_at", 17, bytes([0]), None)]
STATES = [b"new", b"paid", b"sent", b"done"]
PRESENT = b"\xff\xff"


class Log:
    """Events, one after the other, each with its checksum."""

    def __init__(self, path, server=b"8.0.36", more=b""):
        self.out, self.position = open(path, "wb"), 4
        self.out.write(b"\xfebin")
        lengths = bytes([0, 13, 0, 8, 0, 0, 0, 0, 4, 0, 4, 0, 0, 0, 98, 0, 4, 26, 8, 0, 0, 0, 8, 8, 8, 2, 0, 0, 0, 10, 10, 10, 42, 42, 0, 18, 52, 0, 10, 40, 0])
        self.add(15, struct.pack("<H50sIB", 4, server, 0, 19) + lengths + more + b"\x01")

    def add(self, kind, body):
        length = 19 + len(body) + 4
        self.position += length
        event = struct.pack("<IBIIIH", TIME, kind, 1, length, self.position & 0xFFFFFFFF, 0) + body
        self.out.write(event + struct.pack("<I", zlib.crc32(event)))

    def begin(self):
        self.add(2, struct.pack("<IIBHH", 8, 0, 4, 0, 0) + b"shop\0BEGIN")
        self.add(19, TABLE)

    def commit(self):
        self.add(16, struct.pack("<Q", self.position))


def packed(bytes_):
    """A length of one byte, or of two, then the bytes."""
    return (bytes([len(bytes_)]) if len(bytes_) < 251 else b"\xfc" + struct.pack("<H", len(bytes_))) + bytes_


def table_map():
    """The event that gives the rows' table its number, with names, signs, charset and labels."""
    numeric = [unsigned for _, _, _, unsigned in COLUMNS if unsigned is not None]
    signs = sum(flag << (15 - i) for i, flag in enumerate(numeric)).to_bytes(2, "big")
    fields = [(1, signs), (2, b"\xfc\xff\x00"), (4, b"".join(packed(name.encode()) for name, *_ in COLUMNS)), (6, bytes([4]) + b"".join(map(packed, STATES))), (10, b"\xfc\xff\x00")]
    metadata = b"".join(bytes([kind]) + packed(value) for kind, value in fields)
    types = bytes(kind for _, kind, _, _ in COLUMNS)
    return struct.pack("<IHH", 77, 0, 1) + b"\x04shop\0\x06orders\0" + packed(types) + packed(b"".join(beside for _, _, beside, _ in COLUMNS)) + b"\0\xff" + metadata


TABLE = table_map()


def text(value):
    return struct.pack("<H" if len(value) > 255 else "<B", len(value)) + value


def long_text(value):
    """Of a column that may have more than 255 bytes."""
    return struct.pack("<H", len(value)) + value


def decimal(value, whole, fraction):
    """`whole` and `fraction`: bytes of the digits before and after the point, of which there are four or two."""
    scale = 10 ** (2 * fraction)
    return ((value // scale) | 0x80 << (8 * (whole - 1))).to_bytes(whole, "big") + (value % scale).to_bytes(fraction, "big")


def row(n, seeded, later=False):
    day = (2020 + n % 5) << 9 | (1 + n % 12) << 5 | 1 + n % 28
    moment = 1 << 39 | (2024 * 13 + 1 + n % 12) << 22 | (1 + n % 28) << 17 | (n % 24) << 12 | (n % 60) << 6 | n * 7 % 60
    nulls = (1 << 9 if n % 3 == 0 else 0) | (1 << 12 if n % 4 == 0 else 0) | (1 << 15 if n % 5 == 0 else 0)
    return b"".join([
        struct.pack("<HQiHb", nulls, n, 100_000 + n * 7919 % 900_000, n % 500, n % 9), text(f"SO2024{n:012}".encode()), text(f"SKU-{n * 2654435761 % 2**32:X}".encode()),
        long_text(f"Widget {n} – grün, 标准 {n % 97}".encode()), struct.pack("<i", 1 + n % 20 + later), decimal(seeded.randrange(10**8), 4, 1),
        b"" if n % 3 == 0 else decimal(seeded.randrange(10**8), 4, 2), struct.pack("<dB", n / 7, 1 + n % 4),
        b"" if n % 4 == 0 else long_text(f'leave at the door, ring "{n % 50}" twice'.encode()), struct.pack("<I", day)[:3], moment.to_bytes(5, "big"), (n % 1000 * 10).to_bytes(2, "big"),
        b"" if n % 5 == 0 else struct.pack(">I", TIME + n)])


def write_rows(log, kind, rows):
    """Events of about 8 KB; the last one ends the statement."""
    head = struct.pack("<IH", 77, 0), struct.pack("<H", 2) + bytes([len(COLUMNS)]) + PRESENT * (2 if kind == 31 else 1)
    at = 0
    while at < len(rows):
        size, first = 0, at
        while at < len(rows) and size < 8000:
            size += len(rows[at])
            at += 1
        log.add(kind, head[0] + struct.pack("<H", at == len(rows)) + head[1] + b"".join(rows[first:at]))


class CompressedLog(Log):
    """A log of MariaDB whose rows are compressed in their events."""

    def __init__(self, path):
        # Of its events that MySQL has not, 160 to 171.
        super().__init__(path, b"10.11.6-MariaDB-log", bytes(117) + bytes([0, 4, 19, 4, 36, 13, 8, 8, 8, 10, 10, 10]))

    def add(self, kind, body):
        if kind == 30:
            start = 8 + 2 + 1 + len(PRESENT)
            rows = body[start:]
            length = len(rows).to_bytes((len(rows).bit_length() + 7) // 8, "big")
            kind, body = 169, body[:start] + bytes([0x80 | len(length)]) + length + zlib.compress(rows)
        super().add(kind, body)


def make(path, kind, size):
    seeded, n = random.Random(7), 0
    log = CompressedLog(path + ".partial") if kind == "compressed" else Log(path + ".partial")
    while log.position < size:
        count = 1 if kind == "single" else 2000
        rows = [row(i, seeded) for i in range(n, n + count)]
        if kind == "updates":
            rows = [before + row(n + i, seeded, later=True) for i, before in enumerate(rows)]
        log.begin()
        write_rows(log, 31 if kind == "updates" else 30, rows)
        log.commit()
        n += count
    log.out.close()
    os.rename(path + ".partial", path)


def decoders():
    """The servers' own. MariaDB's packages call theirs by the name of MySQL's, too."""
    found = {program: shutil.which(program) for program in ("mariadb-binlog", "mysqlbinlog")}
    paths = {os.path.realpath(path): program for program, path in reversed(found.items()) if path}
    return {program: [path] for path, program in paths.items()}


def same_keys(ours, theirs):
    """Whether the keys of all rows, before and after, are the same."""
    with open(ours, "rb") as a, open(theirs, "rb") as b:
        keys = (key for line in a for key in re.findall(rb'[{]"id":(\d+)', line))
        others = (line.split(b"@1=")[1].split(b" ")[0] for line in b if line.startswith(b"###   @1="))
        count = 0
        for count, (key, other) in enumerate(zip(keys, others), 1):
            if key != other:
                return f"row {count} has the key {key.decode()}, and {other.decode()}"
        rest = sum(1 for _ in keys), sum(1 for _ in others)
        return None if rest == (0, 0) and count else f"{rest[0]} and {rest[1]} keys more"


def run(suite, megabytes, only=""):
    for kind in ("inserts", "updates", "single", "compressed"):
        if only not in kind:
            continue
        folder = suite.path(f"log-{kind}-{megabytes}")
        os.makedirs(folder, exist_ok=True)
        path = folder + "/mysql-bin.000001"
        if not os.path.exists(path):
            make(path, kind, megabytes * 10**6)
        tools = {tool: command for tool, command in decoders().items() if kind != "compressed" or tool.startswith("mariadb")}
        others = {tool: Command([*command, "-vv", "--base64-output=decode-rows", path]) for tool, command in tools.items()}
        ours = os.path.relpath(path, suite.data)
        suite.case(f"binary log, {kind}, discarded", os.path.getsize(path), {
            "sluice": Command(suite.sluice(ours)), **others,
            "sluice, one core": Command(suite.sluice(ours, "--jobs", "1"), cores={0}),
        }, compare=dict.fromkeys(others, same_keys), targets={"best other": 5})
