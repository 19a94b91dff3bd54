#!/usr/bin/env python3
"""Files written by pyarrow, DuckDB, Polars and fastparquet, converted by the real command; each cell is compared with what
pyarrow reads of the same file, spelled by the rules of values (make.py).

    Tests/ParquetFiles/writers.py --sluice .build/debug/sluice [--only polars]

Needs the packages of Tests/versions.txt; a writer that cannot be imported is named and left out.
"""

import argparse
import datetime
import decimal
import importlib
import pathlib
import random
import subprocess
import sys
import tempfile

import pyarrow as pa
import pyarrow.parquet as pq

import make

ROWS = 3000
CODECS = ("none", "snappy", "gzip", "zstd")


def columns(seed):
    """Values of a table, NULLs among them, that every writer can hold."""
    chance = random.Random(seed)
    day = datetime.date(1970, 1, 1)

    def some(value):
        return None if chance.random() < 0.1 else value

    return pa.table({
        "id": pa.array(range(ROWS), pa.int64()),
        "small": pa.array([some(chance.randrange(-2**31, 2**31)) for _ in range(ROWS)], pa.int32()),
        "big": pa.array([some(chance.randrange(-2**63, 2**63)) for _ in range(ROWS)], pa.int64()),
        "flag": pa.array([some(chance.random() < 0.5) for _ in range(ROWS)], pa.bool_()),
        "ratio": pa.array([some(chance.choice([0.1, -0.0, 1e300, 5e-324, chance.random()])) for _ in range(ROWS)], pa.float64()),
        "word": pa.array([some(chance.choice(["", "é中😀", 'a "q"\n', "w" * chance.randrange(300)])) for _ in range(ROWS)]),
        "bytes": pa.array([some(chance.randbytes(chance.randrange(20))) for _ in range(ROWS)], pa.binary()),
        "day": pa.array([some(day + datetime.timedelta(chance.randrange(-30000, 30000))) for _ in range(ROWS)], pa.date32()),
    })


def more_columns(seed):
    """What fastparquet does not hold as it is."""
    chance = random.Random(seed)
    start = datetime.datetime(1950, 1, 1)
    cents = [decimal.Decimal(chance.randrange(-10**15, 10**15)).scaleb(-2) for _ in range(ROWS)]
    moments = [start + datetime.timedelta(microseconds=chance.randrange(10**16)) for _ in range(ROWS)]
    lists = [None if chance.random() < 0.1 else [chance.choice([None, 1, -7]) for _ in range(chance.randrange(4))] for _ in range(ROWS)]
    return columns(seed).append_column("price", pa.array(cents, pa.decimal128(18, 2))).append_column(
        "at", pa.array(moments, pa.timestamp("us"))).append_column("list", pa.array(lists, pa.list_(pa.int64()))).append_column(
        "pair", pa.array([{"a": number, "b": None if number % 3 else "x"} for number in range(ROWS)],
                         pa.struct([("a", pa.int64()), ("b", pa.string())])))


def by_pyarrow(path, codec):
    pq.write_table(more_columns(1), path, compression=codec, row_group_size=700, data_page_version="2.0")


def by_duckdb(path, codec):
    import duckdb
    table = more_columns(2)
    codec = {"none": "uncompressed"}.get(codec, codec)
    connection = duckdb.connect()
    connection.register("rows_of_it", table)
    connection.execute(f"COPY (SELECT * FROM rows_of_it) TO '{path}' (FORMAT parquet, CODEC '{codec}', ROW_GROUP_SIZE 2048)")


def by_polars(path, codec):
    import polars
    codec = {"none": "uncompressed"}.get(codec, codec)
    polars.from_arrow(more_columns(3)).write_parquet(path, compression=codec, row_group_size=1000)


def by_fastparquet(path, codec):
    import fastparquet
    frame = columns(4).select(["id", "ratio", "word", "bytes"]).to_pandas()
    for name in ("word", "bytes"):
        frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    codec = {"none": "UNCOMPRESSED"}.get(codec, codec.upper())
    fastparquet.write(str(path), frame, compression=codec, row_group_offsets=1000, object_encoding={"word": "utf8", "bytes": "bytes"})


WRITERS = {"pyarrow": by_pyarrow, "duckdb": by_duckdb, "polars": by_polars, "fastparquet": by_fastparquet}


def lines(path):
    """What the file's rows must become, by pyarrow's reading."""
    table = pq.ParquetFile(path).read()
    rows = zip(*(cells(column) for column in table.columns))
    keys = [make.text(name) for name in table.column_names]
    return ["{" + ",".join(f"{key}:{cell}" for key, cell in zip(keys, row)) + "}" for row in rows]


def cells(column):
    kind = column.type
    return [cell(value, kind) for value in column.to_pylist()]


def cell(value, kind):
    if value is not None and pa.types.is_timestamp(kind):
        digits = {"ms": 3, "us": 6, "ns": 9}[kind.unit]
        fraction = f"{value.microsecond:06}".ljust(9, "0")[:digits]
        return f'"{value:%Y-%m-%d %H:%M:%S}.{fraction}{"Z" if kind.tz else ""}"'
    if value is not None and pa.types.is_date(kind):
        return f'"{value.isoformat()}"'
    if value is not None and (pa.types.is_list(kind) or pa.types.is_large_list(kind)):
        return "[" + ",".join(cell(item, kind.value_type) for item in value) + "]"
    if value is not None and pa.types.is_struct(kind):
        return "{" + ",".join(f"{make.text(field.name)}:{cell(value[field.name], field.type)}" for field in kind) + "}"
    return make.text(value)


def same(ours, wanted):
    """Floats may be spelled in two ways with the same digits (1e+300, 1e300): then their values decide."""
    import json
    return ours == wanted or repr(json.loads(ours)) == repr(json.loads(wanted))


def check(sluice, name, write, codec, folder):
    path = folder / f"{name}-{codec}.parquet"
    write(path, codec)
    run = subprocess.run([sluice, "convert", str(path), "--stdout", "--quiet"], capture_output=True, text=True)
    if run.returncode:
        return f"status {run.returncode}: {run.stderr.strip()}"
    ours, wanted = run.stdout.splitlines(), lines(path)
    if len(ours) != len(wanted):
        return f"{len(ours)} lines of {len(wanted)} rows"
    for number, (line, want) in enumerate(zip(ours, wanted), 1):
        if not same(line, want):
            return f"row {number}:\n  {line}\n  {want}"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sluice", default=".build/debug/sluice")
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, write in WRITERS.items():
            if chosen.only not in name:
                continue
            try:
                version = importlib.import_module(name).__version__
            except ImportError:
                print(f"SKIPPED {name}: the package is not here")
                continue
            for codec in CODECS:
                problem = check(chosen.sluice, name, write, codec, pathlib.Path(folder))
                failures += problem is not None
                print(f"{name} {version}, {codec}: {problem or f'{ROWS} rows alike'}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
