"""Little that unpacks to much: by ratio, by nesting, by number, by length. Each ends soon, in bounded memory."""

import bz2
import lzma
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

import rawtar
import rawwindow
from forms import TREE, gz, lz4, tar, through, zip_of
from law import MEBIBYTE, MEMORY

ZEROS = 1 << 30  # as many as are unpacked before the ratio counts
STRUCTURE = TREE["shop/t/structure.sql"]


def bombs(judge):
    ratios(judge)
    windows(judge)
    nesting(judge)
    lines(judge)
    logs(judge)
    numbers(judge)
    deep_text(judge)


def repeated(piece, times):
    """`piece` so many times, compressed without ever being held."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    out = [squeeze.compress(piece) for _ in range(times)]
    return b"".join(out) + squeeze.flush()


def ratios(judge):
    block = bytes(1 << 16)
    zeros = repeated(block, ZEROS >> 16)
    judge.hold("1 GiB of zeros in a .csv.gz", judge.run(zeros, "zeros.csv.gz", words=["--record-limit", "8000000"]), {65, 66}, MEMORY + 64 * MEBIBYTE)
    data = rawtar.member(b"shop/t/structure.sql", STRUCTURE) + rawtar.member(b"shop/t/data/1.csv.gz", zeros) + rawtar.end()
    judge.hold("the same as data in a tar", judge.run(data, words=["--record-limit", "8000000"]), 65, MEMORY + 64 * MEBIBYTE)
    data = rawtar.member(b"shop/t/data/1.csv.gz", zeros) + rawtar.end()
    judge.hold("the same without a structure, from a pipe", judge.run(data, pipe=True, words=["--record-limit", "8000000"]), 65, MEMORY + 64 * MEBIBYTE)
    data = rawtar.member(b"shop/t/structure.sql.gz", zeros) + rawtar.end()
    judge.hold("the same as a structure", judge.run(data, words=["--structure-limit", "8000000"]), 65, MEMORY + 64 * MEBIBYTE)
    empty_lines = repeated(b"\n" * (1 << 16), 1 << 6)
    judge.hold("4 MiB of empty lines", judge.run(empty_lines, "lines.csv.gz"), 0)
    hole = rawtar.gnu_sparse(b"shop/v/data/1.csv", [(1 << 50, 512)], (1 << 50) + 512, b"9\n" * 256) + rawtar.end()
    judge.hold("a hole of 1 PiB that waits for its structure", judge.run(hole, pipe=True), 65)


def windows(judge):
    """What a decoder keeps to look back to: 128 MiB are enough, more are refused before a byte of it is used."""
    data, more = b"1,2\n" * 1000, ["--window-limit", str(2 << 30)]
    long = {log: through(["zstd", "-qc", "--ultra", f"--long={log}", "-3", "--no-check"], data * 5000) for log in (27, 28)}
    zipped = zip_of({"t/a.csv": data}, method=zipfile.ZIP_LZMA)
    for title, name, fits, passes in (
        ("zstd window", "t.csv.zst", long[27], long[28]),
        ("xz dictionary", "t.csv.xz", rawwindow.xz(data, 30), rawwindow.xz(data, 31)),
        ("7z dictionary", "t.7z", rawwindow.seven_zip("t/a.csv", data, 1 << 27), rawwindow.seven_zip("t/a.csv", data, (1 << 27) + 1)),
        (
            "dictionary of a 7z's header", "t.7z", rawwindow.seven_zip("t/a.csv", data, 1 << 16, packs_header=True),
            rawwindow.seven_zip("t/a.csv", data, 1 << 16, packs_header=True, header_dictionary=1 << 30),
        ),
    ):
        judge.hold(f"a usual {title}", judge.run(fits, name), 0, MEMORY + 128 * MEBIBYTE)
        refused = judge.run(passes, name)
        if "--window-limit" not in refused.errors:
            refused.faults.append(f"not by its name: {refused.errors}")
        judge.hold(f"a large {title}", refused, 65)
        judge.hold(f"a large {title} that is allowed", judge.run(passes, name, words=more), 0, MEMORY + 256 * MEBIBYTE)
    judge.hold("a 7z's header that is packed in itself", judge.run(rawwindow.seven_zip_in_itself(), "t.7z"), 65)
    judge.hold("LZMA in a zip", judge.run(zipped, "t.zip"), 0)
    judge.hold("LZMA in a zip, an entry longer than the limit", judge.run(zipped, "t.zip", words=["--window-limit", "3999"]), 65)
    judge.hold("LZMA in a zip, an entry as long as it", judge.run(zipped, "t.zip", words=["--window-limit", "4000"]), 0)


def nesting(judge):
    for name, around in (("gz", gz), ("xz", lzma.compress), ("bz2", bz2.compress), ("lz4", lz4)):
        data = b"1,2\n"
        for _ in range(7):
            data = around(data)
        judge.hold(f"7 layers of {name}", judge.run(data, "deep.csv"), 65)
    for name, around in (("tar", lambda data: tar({"inner": data})), ("zip", lambda data: zip_of({"inner": data}))):
        data = tar()
        for _ in range(7):
            data = around(data)
        judge.hold(f"7 {name}s in each other", judge.run(data), 65)
    judge.hold("100,000 empty gzip members", judge.run(gz(b"") * 100_000 + gz(b"1,2\n"), "members.csv.gz"), 0)
    judge.hold("a gzip header with a name of 20 MB", judge.run(b"\x1f\x8b\x08\x08" + bytes(6) + b"n" * 20_000_000 + b"\0" + gz(b"1\n")[10:], "name.csv.gz"), {0, 65})


def lines(judge):
    limit = 4 * MEBIBYTE
    bound = MEMORY + 6 * limit
    for title, unit, name in (("one letter", b"x", "a.csv"), ("an open quote", b'"', "a.csv"), ("a string", b"INSERT INTO t VALUES ('", "a.sql"), ("a comment", b"/* ", "a.sql")):
        data = unit + b"y" * (3 * limit)
        judge.hold(f"a record that never ends, {title}", judge.run(data, name, words=["--record-limit", str(limit)]), 65, bound)
    judge.hold("a line of 2 million fields", judge.run(b"," * 2_000_000 + b"\n", "a.csv"), 65, bound)
    judge.hold("a row of 2 million values", judge.run(b"INSERT INTO t VALUES (1" + b",1" * 2_000_000 + b");\n", "a.sql"), 65, bound)
    names = b",".join(b"c%d" % number for number in range(200_000))
    judge.hold("a list of 200,000 columns", judge.run(b"INSERT INTO t (" + names + b") VALUES (1);\n", "a.sql"), 65, bound)


def logs(judge):
    """Rows of a binary log: one is in memory once as it lies in the log, and once as a line, however many workers there are."""
    size, count = 24 * MEBIBYTE, 6
    rows = b"".join(b"\0" + struct.pack("<iI", number, size) + b"x" * size for number in range(2))
    for title, events in (("an event each", [rows[: len(rows) // 2]] * count), ("two an event", [rows] * (count // 2))):
        for jobs in ("1", "8"):
            log = binary_log(events)
            bound = MEMORY + (3 if title == "an event each" else 5) * size
            judge.hold(f"rows of 24 MiB of a binary log, {title}, {jobs} workers", judge.run(log, "mysql-bin.000001", words=["--jobs", jobs]), 0, bound)


def binary_log(events):
    """A log of MySQL without checksums: `events` are rows of an INT and a LONGTEXT, of one transaction each."""
    out, position = [b"\xfebin"], 4

    def add(kind, body):
        nonlocal position
        position += 19 + len(body)
        out.append(struct.pack("<IBIIIH", 1, kind, 1, 19 + len(body), position, 0) + body)

    add(15, struct.pack("<H50sIB", 4, b"8.0.36", 0, 19) + bytes([0, 13, 0, 8]) + bytes(38) + b"\0" + bytes(4))
    for rows in events:
        add(2, struct.pack("<IIBHH", 8, 0, 4, 0, 0) + b"shop\0BEGIN")
        add(19, struct.pack("<IHH", 7, 0, 1) + b"\4shop\0\1t\0" + b"\2\x03\xfc" + b"\1\4" + b"\0" + b"\1\1\0" + b"\2\3\xfc\xff\0" + b"\4\x08\2id\4body")
        add(30, struct.pack("<IHHH", 7, 0, 1, 2) + b"\2\xff" + rows)
        add(16, struct.pack("<Q", 1))
    return b"".join(out)


def numbers(judge):
    count = 100_000
    same = b"".join(rawtar.member(b"shop/t/data/%d.csv" % number, b"1,a\n") for number in range(count // 10)) + rawtar.end()
    judge.hold("10,000 parts of one table", judge.run(rawtar.member(b"shop/t/structure.sql", STRUCTURE) + same, limit=300), 0, MEMORY)
    many = b"".join(rawtar.member(b"shop/picture%d.png" % number, b"\x89PNG\0") for number in range(count))
    judge.hold("100,000 entries that are none", judge.run(tar()[:-1024] + many + rawtar.end(), limit=120), 0, MEMORY + 64 * MEBIBYTE)
    judge.hold("as many, with a limit", judge.run(tar()[:-1024] + many + rawtar.end(), words=["--entry-limit", "99999"]), 65)
    del many
    packed = zip_of({f"shop/picture{number}.png": b"x" for number in range(count)} | TREE)
    judge.hold("a zip of 100,000 entries", judge.run(packed, limit=120), 0, MEMORY + 128 * MEBIBYTE)
    judge.hold("as many from a pipe", judge.run(packed, pipe=True, limit=120), 0, MEMORY + 64 * MEBIBYTE)
    judge.hold("as many, with a limit of less", judge.run(packed, words=["--entry-limit", "99999"]), 65)
    judge.hold("more tables than a limit", judge.run(tar(), words=["--table-limit", "1"]), 65)
    waiting = b"".join(rawtar.member(b"shop/t%d/data/1.csv" % number, b"1\n") for number in range(2000))
    waiting += b"".join(rawtar.member(b"shop/t%d/structure.sql" % number, b"CREATE TABLE t (a int);\n") for number in range(2000)) + rawtar.end()
    judge.hold("2,000 tables that wait for their structures", judge.run(waiting, pipe=True, limit=120), 0, MEMORY + 64 * MEBIBYTE)
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(20_000):
            (Path(scratch) / f"picture{number}.png").touch()
        (Path(scratch) / "t.csv").write_bytes(b"1\n")
        judge.hold("a folder of 20,000 files", judge.run(Path(scratch), limit=120), 0)


def deep_text(judge):
    """Brackets in brackets, wherever something counts them."""
    depth = 1_000_000
    for title, data in (
        ("in CREATE TABLE", b"CREATE TABLE t (a int DEFAULT " + b"(" * depth + b"1" + b")" * depth + b");\n"),
        ("in a type", b"CREATE TABLE t (a enum" + b"(" * depth + b");\n"),
        ("in a tuple", b"INSERT INTO t VALUES (" + b"(" * depth + b");\n"),
        ("of comments", b"/*!40000 " * depth + b"\n"),
        ("in a JSON column", b"CREATE TABLE t (a json);\nINSERT INTO t VALUES ('" + b"[" * depth + b"]" * depth + b"');\n"),
        ("in a JSON object", b"CREATE TABLE t (a json);\nINSERT INTO t VALUES ('" + b'{"a":' * depth + b"1" + b"}" * depth + b"');\n"),
        ("in an array", b"SET client_encoding = 'UTF8';\nCREATE TABLE t (a integer[]);\nCOPY t (a) FROM stdin;\n" + b"{" * depth + b"1" + b"}" * depth + b"\n\\.\n"),
    ):
        judge.hold(f"a million brackets {title}", judge.run(data, "deep.sql"), None, MEMORY + 512 * MEBIBYTE)
