"""What real exports hold, each kind beside plain text of the same shape, in one run.

A kind is a file and its yardstick: the same rows, in which every value that is no number is plain text of as many
bytes, in long statements and UTF-8. Both are read on one thread, their lines discarded. "Of plain text" is the ratio of
the bytes that a second of CPU time reads, after the start of the process is taken off: at 1, the kind costs no more
than plain text.
"""
import base64, collections, json, os, random, shutil

ROWS = 2000
"""Rows of a block; a file is a block again and again."""

File = collections.namedtuple("File", "path head block tail beside", defaults=[{}])
"""A file of rows: `block` again and again between `head` and `tail`; `beside`: other files of its folder, by path."""


def words(seeded, length):
    """Plain text of exactly so many characters."""
    out = ""
    while len(out) < length:
        out += "".join(seeded.choice("abcdefghijklmnoprstuvwy") for _ in range(seeded.randrange(2, 9))) + " "
    return out[:length]


def document(seeded):
    """JSON as an application writes it: strings with escapes, numbers, a list, an object inside."""
    return json.dumps({
        "id": seeded.randrange(10**6), "tags": [words(seeded, seeded.randrange(3, 9)) for _ in range(seeded.randrange(4))],
        "price": round(seeded.random() * 1000, 2), "active": seeded.random() < 0.5, "note": None,
        "address": {"city": words(seeded, 9), "zip": str(seeded.randrange(10**5)), "lines": 'a "quoted"\nword'}})


def chinese(seeded, length):
    return "".join(chr(seeded.randrange(0x4E00, 0x5200)) for _ in range(length))


def emoji(seeded, length):
    return "".join(chr(seeded.randrange(0x1F300, 0x1F600)) for _ in range(length))


def controls(seeded, length):
    return "".join(chr(seeded.choice([1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 20, 27])) for _ in range(length))


def encodable(seeded, length, charset, make):
    """So many characters of `make` that the charset has."""
    return make(seeded, length).encode(charset, "ignore").decode(charset)


def japanese(seeded, length):
    return "".join(seeded.choice("あいうえおかきくけこさしすせそたちつてとなにアイウエオ日本語東京都会社注文表示") for _ in range(length))


def korean(seeded, length):
    return "".join(seeded.choice("가나다라마바사아자차카타파하주문고객서울대한민국") for _ in range(length))


def western(seeded, length):
    """Words with an accented letter now and then."""
    return "".join(seeded.choice("éäöüñ") if seeded.random() < 0.08 else c for c in words(seeded, length))


# How each kind of file spells a value.

def mysql(value, charset="utf-8"):
    out = bytearray(b"'")
    for char in value:
        out += {"'": b"\\'", "\\": b"\\\\", '"': b'\\"', "\n": b"\\n", "\0": b"\\0"}.get(char) or char.encode(charset)
    return bytes(out + b"'")


def raw_blob(data, prefix=b"_binary "):
    for byte, escape in ((b"\\", b"\\\\"), (b"'", b"\\'"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\0", b"\\0"), (b"\x1a", b"\\Z")):
        data = data.replace(byte, escape)
    return prefix + b"'" + data + b"'"


def base64_lines(data):
    """As TO_BASE64 writes it, its line ends escaped."""
    text = base64.b64encode(data)
    return b"\\n".join(text[i:i + 76] for i in range(0, len(text), 76))


def postgres(value):
    return b"'" + value.replace("'", "''").encode() + b"'"


def copied(value):
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").encode()


def quoted(value, charset="utf-8"):
    return b'"' + value.replace('"', '""').encode(charset) + b'"'


# The files that hold rows of spelled values.

def inserts(family, columns, rows, rows_a_statement=200, tables=1, names="utf8mb4", lists=False):
    """INSERT statements; with several tables each statement is of the next one. `lists`: of columns, in each."""
    quote, schema = ("`", "") if family == "mysql" else ("", "public.")
    head = {
        "mysql": f"-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n\n/*!40101 SET NAMES {names} */;\n",
        "postgres": "--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n"
                    "SET standard_conforming_strings = on;\n\n"}[family]
    for table in range(tables):
        head += f"CREATE TABLE {schema}{quote}t{table}{quote} (\n"
        head += ",\n".join(f"  {quote}{name}{quote} {kind}" for name, kind in columns) + "\n);\n"
    listed = " (" + ", ".join(f"{quote}{name}{quote}" for name, _ in columns) + ")" if lists else ""
    tuples = [b"(" + b",".join(row) + b")" for row in rows]
    statements = [
        f"INSERT INTO {schema}{quote}t{number % tables}{quote}{listed} VALUES ".encode()
        + (b"," if family == "mysql" else b",\n\t").join(tuples[start:start + rows_a_statement]) + b";\n"
        for number, start in enumerate(range(0, len(tuples), rows_a_statement))]
    tail = {"mysql": "\n-- Dump completed on 2026-01-01  0:00:00\n", "postgres": "\n--\n-- PostgreSQL database dump complete\n--\n"}
    return File("dump.sql", head.encode(), b"".join(statements), tail[family].encode())


def copy(columns, rows):
    """A COPY block of pg_dump."""
    head = inserts("postgres", columns, []).head + f"COPY public.t0 ({', '.join(n for n, _ in columns)}) FROM stdin;\n".encode()
    return File("copy.sql", head, b"".join(b"\t".join(row) + b"\n" for row in rows), b"\\.\n\n--\n-- PostgreSQL database dump complete\n--\n")


def tree(columns, rows):
    """A CSV file of the vendor's tree, with its structure."""
    structure = inserts("mysql", columns, []).head.partition(b"CREATE")
    return File("shop/t0/data/t0.csv", b"", b"".join(b",".join(row) + b"\n" for row in rows), b"",
                {"shop/t0/structure.sql": structure[1] + structure[2]})


def shell(columns, rows):
    """A dump of MySQL Shell, whose blobs are base64: that of a fixture, with other columns and rows."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../Tests/Fixtures/31-mysql-shell-dump-without-compression/input")
    beside = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as source:
            beside[name] = source.read()
    rows_path = "sh@t@0.tsv"
    del beside[rows_path]
    beside["sh@t@@1.tsv"] = b""
    table = json.loads(beside["sh@t.json"])
    table["options"]["columns"] = [name for name, _ in columns]
    table["options"]["decodeColumns"] = {name: "FROM_BASE64" for name, kind in columns if kind == "blob"}
    beside["sh@t.json"] = json.dumps(table).encode()
    declared, made = beside["sh@t.sql"].split(b"CREATE TABLE")[0], ", ".join(f"`{n}` {k}" for n, k in columns).encode()
    beside["sh@t.sql"] = declared + b"CREATE TABLE IF NOT EXISTS `t` (" + made + b");\n"
    return File(rows_path, b"", b"".join(b"\t".join(row) + b"\n" for row in rows), b"", beside)


def objects(columns, rows):
    """Lines of JSON without a structure: an object a row."""
    keys = [json.dumps(name).encode() for name, _ in columns]
    lines = (b"{" + b",".join(key + b":" + value for key, value in zip(keys, row)) + b"}\n" for row in rows)
    return File("t0.json", b"", b"".join(lines), b"")


def mixed_objects(columns, rows):
    """The same, each third row without one of its keys, and each hundredth with its keys in another order."""
    out = b""
    for number, row in enumerate(rows):
        pairs = list(zip(columns, row))
        if number % 3 == 0:
            del pairs[1 + number % (len(pairs) - 1)]
        if number % 100 == 0:
            pairs.reverse()
        out += objects([column for column, _ in pairs], [[value for _, value in pairs]]).block
    return File("t0.json", b"", out, b"")


QUOTES = {"t0.json": b'"', "dump.sql": b"'", "shop/t0/data/t0.csv": b'"', "copy.sql": b"", "sh@t@0.tsv": b""}
"""What a text stands in, by the file's path."""


def plain(value, quote, seeded):
    """Plain text of as many bytes, quotes included."""
    return value if value.isdigit() else quote + words(seeded, max(1, len(value) - 2 * len(quote))).encode() + quote


class Kind:
    def __init__(self, name, least, columns, row, file, yardstick=None, options=()):
        """`row(seeded)` gives the spelled values of a row; `file` and `yardstick` make a File of columns and rows."""
        self.name, self.least, self.columns, self.row, self.file, self.options = name, least, columns, row, file, options
        self.yardstick = yardstick or file

    def files(self):
        seeded = random.Random(self.name)
        rows = [self.row(seeded) for _ in range(ROWS)]
        hard = self.file(self.columns, rows)
        as_text = [(name, kind if kind == "int" else "text") for name, kind in self.columns]
        easy = [[plain(value, QUOTES[hard.path], seeded) for value in row] for row in rows]
        return hard, self.yardstick(as_text, easy)


def around(kind, special, spell):
    """A table of an id, a name, a value of this kind, and a note."""
    columns = [("id", "int"), ("name", "varchar(40)"), ("special", kind), ("note", "text")]
    return columns, lambda seeded: [
        str(seeded.randrange(10**7)).encode(), spell(words(seeded, 12)), special(seeded), spell(words(seeded, 20))]


def of_text(make, spell):
    """A table of an id and three texts."""
    columns = [("id", "int"), ("name", "varchar(40)"), ("special", "text"), ("note", "text")]
    return columns, lambda seeded: [str(seeded.randrange(10**7)).encode(), *(spell(make(seeded, n)) for n in (8, 40, 16))]


def in_charset(name, python, make):
    """A mysqldump whose statements are in a charset, and what it is measured by."""
    columns, row = of_text(lambda s, n: encodable(s, n, python, make), lambda v: mysql(v, python))
    return columns, row, lambda c, r: inserts("mysql", c, r, names=name), lambda c, r: inserts("mysql", c, r)


def own_charsets():
    """A dump of `SET NAMES binary`, each column in its own charset: bytes are escaped, not characters."""
    columns = [("id", "int"), ("name", "varchar(40) CHARACTER SET latin1"), ("special", "text CHARACTER SET gbk"),
               ("note", "text CHARACTER SET cp932")]
    def row(seeded):
        texts = (western(seeded, 12).encode("latin1"), chinese(seeded, 30).encode("gbk", "ignore"), japanese(seeded, 16).encode("cp932"))
        return [str(seeded.randrange(10**7)).encode(), *(raw_blob(text, b"") for text in texts)]
    return columns, row, lambda c, r: inserts("mysql", c, r, names="binary"), lambda c, r: inserts("mysql", c, r)


def numbers(seeded):
    return [str(seeded.randrange(10**7)).encode(), b"b'" + bin(seeded.randrange(1, 256))[2:].encode() + b"'",
            b"'20%02d-%02d-%02d'" % (seeded.randrange(30), seeded.randrange(1, 13), seeded.randrange(1, 29)),
            b"%d.%02d" % (seeded.randrange(10**5), seeded.randrange(100)), b"'2024-01-02 03:04:%02d'" % seeded.randrange(60),
            str(seeded.randrange(-10**9, 10**9)).encode(), b"%d.5e3" % seeded.randrange(100)]


NUMBERS = [("id", "int"), ("bits", "bit(8)"), ("day", "date"), ("price", "decimal(10,2)"), ("at", "datetime"), ("count", "bigint"), ("ratio", "double")]


def casts(seeded):
    return [str(seeded.randrange(10**7)).encode(), seeded.choice([b"true", b"false"]),
            b"'2024-01-02 03:04:%02d'::timestamp without time zone" % seeded.randrange(60),
            b"E" + postgres(words(seeded, 20)), b"N'" + words(seeded, 12).strip().encode() + b"'"]


CASTS = [("id", "int"), ("active", "boolean"), ("at", "timestamp"), ("name", "text"), ("note", "text")]


def array_of_numbers(seeded):
    return b"{" + b",".join(str(seeded.randrange(10**6)).encode() for _ in range(seeded.randrange(12))) + b"}"


def array_of_arrays(seeded):
    rows = [b"{" + b",".join(b"%d.%02d" % (seeded.randrange(1000), seeded.randrange(100)) for _ in range(3)) + b"}" for _ in range(seeded.randrange(1, 5))]
    return b"{" + b",".join(rows) + b"}"


def array_of_text(seeded):
    return copied("{" + ",".join(seeded.choice([words(seeded, 6).strip() or "x", f'"{words(seeded, 9)}"', "NULL", '"a \\"b\\""']) for _ in range(seeded.randrange(8))) + "}")


def kinds():
    my, pg = (lambda c, r: inserts("mysql", c, r)), (lambda c, r: inserts("postgres", c, r))
    one = lambda family, tables=1, lists=False: lambda c, r: inserts(family, c, r, rows_a_statement=1, tables=tables, lists=lists)
    blob = lambda s: s.randbytes(60)
    yield Kind("INSERTs, one row a statement", 0.4, *of_text(words, mysql), one("mysql"), my)
    yield Kind("INSERTs, another of 100 tables with each statement", 0.4, *of_text(words, mysql), one("mysql", 100), my, ("--tag", "table"))
    yield Kind("INSERTs with lists of columns, one row a statement", 0.4, *of_text(words, mysql), one("mysql", lists=True), my)
    yield Kind("PostgreSQL INSERTs, another of 100 tables with each statement", 0.4, *of_text(words, postgres), one("postgres", 100), my, ("--tag", "table"))
    yield Kind("PostgreSQL INSERTs with lists of columns, one row a statement", 0.4, *of_text(words, postgres), one("postgres", lists=True), my)
    yield Kind("PostgreSQL INSERTs, one row a statement", 0.4, *of_text(words, postgres), one("postgres"), my)
    yield Kind("PostgreSQL INSERTs, 200 rows a statement", 0.5, *of_text(words, postgres), pg, my)
    yield Kind("INSERTs of numbers, bits and dates", 0.5, NUMBERS, numbers, my)
    yield Kind("PostgreSQL INSERTs with casts", 0.5, CASTS, casts, pg, pg)
    yield Kind("INSERTs with 0x blobs", 0.5, *around("blob", lambda s: b"0x" + blob(s).hex().upper().encode(), mysql), my)
    yield Kind("INSERTs with raw blobs", 0.5, *around("blob", lambda s: raw_blob(blob(s)), mysql), my)
    yield Kind("INSERTs with JSON", 0.5, *around("json", lambda s: mysql(document(s)), mysql), my)
    yield Kind("CSV with JSON", 0.5, *around("json", lambda s: quoted(document(s).replace("\\", "\\\\")), quoted), tree)
    yield Kind("CSV with text that is almost JSON", 0.5, *around("json", lambda s: quoted(document(s)), quoted), tree)
    yield Kind("CSV with blobs as hex", 0.5, *around("blob", lambda s: quoted(blob(s).hex()), quoted), tree)
    yield Kind("CSV with blobs as hex, written as hex", 0.5, *around("blob", lambda s: quoted(blob(s).hex()), quoted), tree, options=("--binary", "hex"))
    yield Kind("TSV with blobs as base64", 0.5, *around("blob", lambda s: base64_lines(s.randbytes(s.randrange(20, 300))), copied), shell)
    yield Kind("COPY with bytea", 0.5, *around("bytea", lambda s: b"\\\\x" + blob(s).hex().encode(), copied), copy)
    yield Kind("COPY with jsonb", 0.5, *around("jsonb", lambda s: copied(document(s)), copied), copy)
    yield Kind("COPY with arrays of numbers", 0.5, *around("integer[]", array_of_numbers, copied), copy)
    yield Kind("COPY with arrays of text", 0.5, *around("text[]", array_of_text, copied), copy)
    yield Kind("COPY with arrays of arrays", 0.5, *around("numeric[]", array_of_arrays, copied), copy)
    text = lambda value: json.dumps(value, ensure_ascii=False).encode()
    yield Kind("JSON lines", 0.5, *of_text(words, text), objects, tree)
    yield Kind("JSON lines of mixed keys", 0.4, *of_text(words, text), mixed_objects, tree)
    yield Kind("JSON lines with objects inside", 0.5, *around("json", lambda s: document(s).encode(), text), objects, tree)
    yield Kind("JSON lines with escaped text", 0.4, *of_text(chinese, lambda value: json.dumps(value).encode()), objects, tree)
    escaped = lambda value: json.dumps(value).encode()
    yield Kind("JSON lines with escaped emoji", 0.3, *of_text(emoji, escaped), objects, tree)
    yield Kind("JSON lines with escaped slashes", 0.4, *of_text(lambda s, n: "/" * n, lambda value: text(value).replace(b"/", b"\\/")), objects, tree)
    yield Kind("COPY with octal escapes", 0.3, *of_text(words, lambda value: b"".join(b"\\%03o" % byte for byte in value.encode())), copy)
    yield Kind("COPY with control characters", 0.3, *of_text(controls, copied), copy)
    yield Kind("INSERTs in latin1", 0.5, *in_charset("latin1", "latin1", western))
    for name, python, make in (("gbk", "gbk", chinese), ("gb18030", "gb18030", chinese), ("big5", "big5", chinese), ("cp932", "cp932", japanese),
                               ("ujis", "euc-jp", japanese), ("euckr", "euc-kr", korean)):
        yield Kind(f"INSERTs in {name}", 0.3, *in_charset(name, python, make))
    yield Kind("INSERTs, each column in its own charset", 0.3, *own_charsets())
    for name, python, make, least in (("latin1", "latin1", western, 0.5), ("gbk", "gbk", chinese, 0.3), ("gb18030", "gb18030", chinese, 0.3), ("big5", "big5", chinese, 0.3),
                                      ("cp932", "cp932", japanese, 0.3), ("ujis", "euc-jp", japanese, 0.3), ("euckr", "euc-kr", korean, 0.3)):
        columns, row = of_text(lambda s, n, p=python, m=make: encodable(s, n, p, m), lambda v, p=python: quoted(v, p))
        yield Kind(f"CSV in {name}", least, columns, row, tree, options=("--encoding", name))


def write(folder, file, size):
    """The file in a new folder, of about so many bytes; returns its length."""
    shutil.rmtree(folder, ignore_errors=True)
    path = os.path.join(folder, file.path)
    os.makedirs(os.path.dirname(path))
    with open(path, "wb") as out:
        out.write(file.head)
        for _ in range(size // len(file.block) if size else 0):
            out.write(file.block)
        out.write(file.tail)
    for name, content in file.beside.items():
        with open(os.path.join(folder, name), "wb") as out:
            out.write(content)
    return os.path.getsize(path)


def run(suite, megabytes, only=""):
    """A case for each kind whose name has `only` in it."""
    for kind in kinds():
        if only not in kind.name:
            continue
        hard, easy = kind.files()
        folders = [suite.path(name) for name in ("cliff", "cliff.plain", "cliff.start")]
        sizes = [write(folder, file, size) for folder, file, size in
                 zip(folders, (hard, easy, easy), (megabytes * 10**6, megabytes * 10**6, 0))]
        read = lambda folder, options=(): (
            [suite.binary, "convert", folder, "--stdout", "--quiet", "--no-header", "--jobs", "1", *options], "/dev/null", {0}, None)
        suite.case(kind.name, sizes[0], {
            "sluice": read(folders[0], kind.options), "plain text": read(folders[1]), "start": read(folders[2]),
        }, targets={"of plain text": kind.least}, sizes=dict(zip(("sluice", "plain text"), sizes)), turns=3)
        for folder in folders:
            shutil.rmtree(folder)
