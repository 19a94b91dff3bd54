#!/usr/bin/env python3
"""Each byte sequence of each character set of each server: what the command makes of it, and what the server says.

    python3 Tests/Truth/charsets.py --sluice .build/release/sluice [--only 'postgresql/*']

Three questions for each character set. *sequences*: a dump made here, with a row for each sequence; those that the server
refuses must be rejected. *dump*: the server's own tool writes a table of all characters in that character set. *tab*: the
same as files of `--tab`.
"""

import argparse
import fnmatch
import itertools
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import charset_answers
import oracle_mysql
from servers import ServerError
from world import World

ESCAPES = {0: b"\\0", 10: b"\\n", 13: b"\\r", 26: b"\\Z", 39: b"\\'", 92: b"\\\\"}
COPY_ESCAPES = {8: b"\\b", 9: b"\\t", 10: b"\\n", 11: b"\\v", 12: b"\\f", 13: b"\\r", 92: b"\\\\"}
COPY_HEAD = """--
-- PostgreSQL database dump
--

SET client_encoding = '{}';
SET standard_conforming_strings = on;
CREATE TABLE public.t (
    n integer,
    c text
);

COPY public.t (n, c) FROM stdin;
"""
COPY_TAIL = b"\\.\n\n--\n-- PostgreSQL database dump complete\n--\n"


class Wrong(Exception):
    pass


def converted(sluice, source, *options):
    """{n: c} of the only table, and the exit status with what the command said."""
    done = subprocess.run([sluice, "convert", source, "--stdout", "--quiet", *options], capture_output=True, timeout=600)
    rows = (json.loads(line) for line in done.stdout.decode().split("\n") if line)
    return {row["n"]: row["c"] for row in rows}, done.returncode, done.stderr.decode(errors="replace")


def require_equal(got, wanted, sequences=None):
    for number in wanted.keys() | got.keys():
        if got.get(number) != wanted.get(number):
            name = sequences[number].hex() if sequences else number
            raise Wrong(f"{name}: got {got.get(number)!r}, the server says {wanted.get(number)!r}")


def asked(charset, answers):
    """Every sequence that is one character, or none; of GB18030's four bytes some."""
    for shape in charset_answers.shapes(charset):
        step = 13 if len(shape) == 4 and charset.lower() == "gb18030" else 1
        for sequence in itertools.islice(itertools.product(*shape), 0, None, step):
            sequence = bytes(sequence)
            if not any(sequence[:cut] in answers for cut in range(1, len(sequence))):
                yield sequence


def mysql_sequences(sluice, folder, charset, answers):
    sequences = dict(enumerate(asked(charset, answers)))
    file = folder / "sequences.sql"
    with file.open("wb") as out:
        out.write(b"/*!40101 SET NAMES binary */;\nCREATE TABLE `t` (`n` int, `c` varchar(9) CHARACTER SET %s);\n" % charset.encode())
        for number, sequence in sequences.items():
            text = b"".join(ESCAPES.get(byte, bytes((byte,))) for byte in sequence)
            out.write((b"," if number % 500 else b";\nINSERT INTO `t` VALUES " if number else b"INSERT INTO `t` VALUES ") + b"(%d,'%s')" % (number, text))
        out.write(b";\n")
    got, status, words = converted(sluice, file, "--rejects", folder / "rejects", "--max-rejects", str(len(sequences)))
    wanted = {number: answers[sequence] for number, sequence in sequences.items() if sequence in answers}
    if status != (0 if len(wanted) == len(sequences) else 2):
        raise Wrong(f"exit {status}: {words[-400:]}")
    require_equal(got, wanted, sequences)
    return f"{len(wanted)} characters, {len(sequences) - len(wanted)} refused"


def postgres_file(folder, charset, rows):
    file = folder / "sequences.sql"
    with file.open("wb") as out:
        out.write(COPY_HEAD.format(charset).encode())
        for number, sequence in rows:
            out.write(b"%d\t%s\n" % (number, COPY_ESCAPES.get(sequence[0], sequence) if len(sequence) == 1 else sequence))
        out.write(COPY_TAIL)
    return file


def postgres_sequences(sluice, folder, charset, answers):
    sequences = {number: each for number, each in enumerate(asked(charset, answers)) if each != b"\0"}
    # COPY is decoded first: another backslash than 5C escapes what follows, and is never written.
    known = {number: each for number, each in sequences.items() if each in answers and (answers[each] != "\\" or each == b"\\")}
    got, status, words = converted(sluice, postgres_file(folder, charset, known.items()))
    if status:
        raise Wrong(f"exit {status}: {words[-400:]}")
    require_equal(got, {number: answers[each] for number, each in known.items()}, sequences)
    refused = sorted(number for number, each in sequences.items() if each not in answers)
    some = random.Random(charset).sample(refused, min(8, len(refused)))  # the first ends the file
    for number in some:
        got, status, words = converted(sluice, postgres_file(folder, charset, [(number, sequences[number])]))
        if status not in (65, 66):  # 66: two bytes alone may look like no text at all
            raise Wrong(f"{sequences[number].hex()} is refused by the server and came out as {got}, exit {status}: {words[-400:]}")
    return f"{len(known)} characters, {len(some)} of {len(refused)} refused tried"


def some_of(answers):
    """All characters; of GB18030's four bytes some."""
    return [each for number, each in enumerate(sorted(answers)) if len(answers) < 200_000 or len(each) < 4 or number % 31 == 0]


def mysql_table(server, charset, answers):
    sequences = dict(enumerate(some_of(answers)))
    statements = [
        f"DROP DATABASE IF EXISTS charset_rows; CREATE DATABASE charset_rows; CREATE TABLE charset_rows.t (n INT, c VARCHAR(4) CHARACTER SET {charset});"
    ]
    for start in range(0, len(sequences), 1000):
        rows = (f"({number},_{charset} 0x{sequences[number].hex()})" for number in range(start, min(start + 1000, len(sequences))))
        statements.append(f"INSERT INTO charset_rows.t VALUES {','.join(rows)};")
    server.execute("".join(statements))
    return {number: answers[sequence] for number, sequence in sequences.items()}


def mysql_dump(sluice, folder, server, tool, charset, wanted):
    file = folder / "dump.sql"
    file.write_bytes(server.client(tool, f"--default-character-set={charset}", "charset_rows"))
    got, status, words = converted(sluice, file)
    if status:
        raise Wrong(f"exit {status}: {words[-400:]}")
    require_equal(got, wanted)
    return f"{len(wanted)} characters"


def mysql_tab(sluice, folder, server, tool, charset, wanted, asks):
    """`asks`: the tool is given the character set; else each column is in its own."""
    source = folder / f"tab-{asks}"
    source.mkdir()
    source.chmod(0o777)
    options = [f"--default-character-set={charset}"] if asks else []
    server.client(tool, f"--tab={source}", *options, "charset_rows")
    # The bytes of swe7 are all ASCII, and could be UTF-8.
    got, status, words = converted(sluice, source, *(["--encoding", "binary"] if charset == "swe7" else []))
    if status:
        raise Wrong(f"exit {status}: {words[-400:]}")
    require_equal(got, wanted)
    return f"{len(wanted)} characters"


def postgres_dump(sluice, folder, server, charset, answers):
    wanted = dict(enumerate(sorted({answers[each] for each in some_of(answers)} - {"\0"})))
    rows = b"".join(b"%d\t%s\n" % (n, "".join(COPY_ESCAPES.get(ord(c), c.encode()).decode() for c in text).encode()) for n, text in wanted.items())
    server.execute(b"DROP TABLE IF EXISTS charset_rows; CREATE TABLE charset_rows (n integer, c text); COPY charset_rows FROM stdin;\n" + rows + b"\\.\n")
    file = folder / "dump.sql"
    file.write_bytes(server.client("pg_dump", f"--encoding={charset}", "--table=charset_rows", "postgres"))
    got, status, words = converted(sluice, file)
    if status:
        raise Wrong(f"exit {status}: {words[-400:]}")
    require_equal(got, wanted)
    return f"{len(wanted)} characters"


def questions(world, families):
    """(name, question): each takes the command and a folder of its own."""
    for family, server, tool in families:
        if family == "postgresql":
            for charset in charset_answers.postgres_charsets(server()):
                answers = charset_answers.postgres_answers(server(), charset)
                yield f"{family}/sequences/{charset}", lambda sluice, folder: postgres_sequences(sluice, folder, charset, answers)
                yield f"{family}/dump/{charset}", lambda sluice, folder: postgres_dump(sluice, folder, server(), charset, answers)
            continue
        for charset in charset_answers.mysql_charsets(server()):
            answers = charset_answers.mysql_answers(server(), charset)
            yield f"{family}/sequences/{charset}", lambda sluice, folder: mysql_sequences(sluice, folder, charset, answers)
            wanted = mysql_table(server(), charset, answers)
            yield f"{family}/tab-own/{charset}", lambda sluice, folder: mysql_tab(sluice, folder, server(), tool, charset, wanted, False)
            if charset == "swe7":  # no backquotes in it: the tool's own questions are no SQL
                continue
            yield f"{family}/dump/{charset}", lambda sluice, folder: mysql_dump(sluice, folder, server(), tool, charset, wanted)
            yield f"{family}/tab/{charset}", lambda sluice, folder: mysql_tab(sluice, folder, server(), tool, charset, wanted, True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sluice", type=Path, required=True, help="the sluice binary")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="questions to ask, e.g. 'mariadb/dump/*'")
    options = parser.parse_args()
    failed = passed = 0
    with World("1", 1) as world:
        families = [("mariadb", lambda: world.mariadb, "mariadb-dump"), ("postgresql", lambda: world.postgres, None)]
        reason = oracle_mysql.why_not()
        if reason:
            print(f"SKIPPED Oracle MySQL: {reason}")
        else:
            families.insert(1, ("oracle", lambda: world.oracle, "mysqldump"))
        wanted = [family for family in families if fnmatch.fnmatch(family[0], options.only.split("/")[0])]
        for name, question in questions(world, wanted):
            if not fnmatch.fnmatch(name, options.only):
                continue
            with tempfile.TemporaryDirectory(dir=world.folder) as folder:
                Path(folder).chmod(0o777)
                try:
                    print(f"passed  {name}: {question(options.sluice.resolve(), Path(folder))}", flush=True)
                    passed += 1
                except (Wrong, ServerError) as found:
                    print(f"FAILED  {name}: {found}", flush=True)
                    failed += 1
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
