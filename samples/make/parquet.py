#!/usr/bin/env python3
"""Makes the Parquet exports of samples/exports from its CSV exports with headers: the same rows, in the same tree.

Needs pyarrow (`Tests/python-packages.sh FOLDER pyarrow`) and zstd. MySQL's columns have types of Parquet where one holds
every value; PostgreSQL's are all strings, as Alibaba documents them. The structure files beside them say the rest.
"""

import decimal
import io
import re
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet

exports = Path(__file__).resolve().parents[1] / "exports"

BINARY = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit"}
ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "0": "\0", "b": "\b", "Z": "\x1a"}
INTEGERS = {"tinyint", "smallint", "mediumint", "int", "bigint", "year"}


def records(text, escape):
    """Rows of CSV. NULL, which is None, is never quoted."""
    row, at = [], 0
    while at < len(text):
        if text[at] == '"':
            value, at = "", at + 1
            while text[at] != '"' or text[at + 1:at + 2] == '"':
                character, at = text[at], at + 1
                if character in (escape, '"'):
                    after, at = text[at], at + 1
                    character = ESCAPED.get(after, after) if character == escape else after
                value += character
            at += 1
        else:
            end = re.compile("[,\n]").search(text, at).start()
            value, at = text[at:end], end
            value = None if value == ("\\N" if escape else "") else value
        row.append(value)
        if text[at] == "\n":
            yield row
            row = []
        at += 1


def mysql_types(structure):
    """name → (type, its arguments, unsigned or not)"""
    found = re.findall(r"^  `(\w+)` (\w+)(?:\(([^)]*)\))?( unsigned)?", structure, re.MULTILINE)
    return {name: (word, arguments, bool(unsigned)) for name, word, arguments, unsigned in found}


def mysql_column(values, word, arguments, unsigned):
    def put(type, read):
        return pyarrow.array([None if value is None else read(value) for value in values], type)

    if word in BINARY:
        return put(pyarrow.binary(), bytes.fromhex)
    if word in INTEGERS:
        return put(pyarrow.uint64() if unsigned else pyarrow.int64(), int)
    if word == "decimal":
        digits, scale = map(int, arguments.split(","))
        return put((pyarrow.decimal128 if digits <= 38 else pyarrow.decimal256)(digits, scale), decimal.Decimal)
    if word in ("float", "double"):
        return put(pyarrow.float32() if word == "float" else pyarrow.float64(), float)
    return put(pyarrow.string(), str)  # dates too: Parquet has none that is zero


def parquet(text, structure):
    """A file with the rows of a CSV file; `structure`: of MySQL's table, None where all columns are strings."""
    names, *rows = records(text, "\\" if structure else None)
    names = [name.strip("`") for name in names]
    columns = [[row[index] for row in rows] for index in range(len(names))]
    if structure:
        types = mysql_types(structure)
        columns = [mysql_column(values, *types[name]) for name, values in zip(names, columns)]
    else:
        columns = [pyarrow.array(values, pyarrow.string()) for values in columns]
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns, names), out, compression="snappy", row_group_size=100)
    return out.getvalue()


def converted(files, is_mysql):
    """(path, bytes): files of rows are Parquet, `<table>_0_part<N>`; those without a row stay without a byte."""
    for path, data in files:
        match = re.fullmatch(r"(.*?)/([^/]+)/data/(\d+)\.wh\.csv", path)
        if not match:
            yield path, data
            continue
        folder, table, number = match.groups()
        structure = dict(files)[f"{folder}/{table}/structure.sql"].decode() if is_mysql else None
        yield f"{folder}/{table}/data/{table}_0_part{int(number)}.parquet", parquet(data.decode(), structure) if data else b""


def packed(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path, data in files:
            info = tarfile.TarInfo(path)
            info.size, info.mode = len(data), 0o644
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def main():
    tar = subprocess.run(["zstd", "-dc", exports / "shop-mysql-csv-with-header.tar.zst"], stdout=subprocess.PIPE, check=True)
    with tarfile.open(fileobj=io.BytesIO(tar.stdout)) as archive:
        mysql = [(member.name, archive.extractfile(member).read()) for member in archive if member.isfile()]
    with zipfile.ZipFile(exports / "shop-postgresql-csv-with-header.zip") as archive:
        postgres = [(info.filename, archive.read(info)) for info in archive.infolist() if not info.is_dir()]
    for name, files in (("mysql", list(converted(mysql, True))), ("postgresql", list(converted(postgres, False)))):
        subprocess.run(["zstd", "-q", "-19", "-f", "-o", exports / f"shop-{name}-parquet.tar.zst"], input=packed(files), check=True)


if __name__ == "__main__":
    main()
