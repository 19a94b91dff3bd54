#!/usr/bin/env python3
"""Makes the small Parquet files of Tests/ParquetFiles, and beside each the lines that it must become (but for
many.parquet, whose rows are n = 0 … 59999 and word = "w" and n modulo 7).

    Tests/python-packages.sh /tmp/parquet pyarrow
    /tmp/parquet/bin/python Tests/ParquetFiles/make.py

The lines are made from the same Python values by the rules of values, not by reading the files again.
"""

import base64
import datetime
import decimal
import json
import math
import pathlib
import random

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent
ROWS = 70


def text(value):
    """The JSON of one value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, decimal.Decimal)):
        return format(value, "f") if isinstance(value, decimal.Decimal) else str(value)
    if isinstance(value, float):
        if math.isnan(value):
            return '"NaN"'
        if math.isinf(value):
            return '"Infinity"' if value > 0 else '"-Infinity"'
        return repr(value)
    if isinstance(value, bytes):
        return json.dumps(base64.b64encode(value).decode())
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime.datetime):
        return f'"{value:%Y-%m-%d %H:%M:%S.%f}"'
    if isinstance(value, datetime.date):
        return f'"{value.year:04}-{value:%m-%d}"'
    if isinstance(value, datetime.time):
        return f'"{value:%H:%M:%S.%f}"'
    if isinstance(value, list):
        return "[" + ",".join(text(item) for item in value) + "]"
    if isinstance(value, dict):
        return (
            "{" + ",".join(f"{json.dumps(key, ensure_ascii=False)}:{text(item)}" for key, item in value.items()) + "}"
        )
    raise TypeError(type(value))


def write(name, columns, **options):
    """`columns`: name → (Arrow type, values)."""
    arrays = {key: pa.array(values, type=kind) for key, (kind, values) in columns.items()}
    schema = pa.schema([pa.field(key, kind, nullable=None in values) for key, (kind, values) in columns.items()])
    pq.write_table(pa.table(arrays, schema=schema), HERE / f"{name}.parquet", **options)
    rows = zip(*(values for _, values in columns.values()))
    lines = (text(dict(zip(columns, row))) for row in rows)
    (HERE / f"{name}.ndjson").write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def values(random, holes, make):
    return [None if holes and random.random() < holes else make(index) for index in range(ROWS)]


WORDS = [
    "",
    "a",
    "Zoë",
    "日本",
    'he said "no"',
    "back\\slash",
    "tab\there",
    "line\nfeed",
    "plain words " * 4,
    "\x00\x1f",
]


def flat(random, holes):
    at = datetime.datetime(1970, 1, 1)
    make = {
        "i8": (pa.int8(), lambda _: random.randint(-128, 127)),
        "u16": (pa.uint16(), lambda _: random.randint(0, 65535)),
        "i32": (pa.int32(), lambda _: random.choice([random.randint(-(2**31), 2**31 - 1), 0, 7, -(2**31)])),
        "u32": (pa.uint32(), lambda _: random.randint(0, 2**32 - 1)),
        "i64": (pa.int64(), lambda i: random.choice([random.randint(-(2**63), 2**63 - 1), i, -(2**63), 2**63 - 1])),
        "u64": (pa.uint64(), lambda _: random.randint(0, 2**64 - 1)),
        "f64": (
            pa.float64(),
            lambda _: random.choice([random.gauss(0, 1), 0.1, -0.0, 1e300, 5e-324, float("nan"), -math.inf, 3.0]),
        ),
        "ok": (pa.bool_(), lambda _: random.random() < 0.7),
        "word": (pa.string(), lambda _: random.choice(WORDS)),
        "long": (pa.string(), lambda i: f"row {i} " + "x" * random.randint(0, 60)),
        "raw": (pa.binary(), lambda _: random.randbytes(random.randint(0, 9))),
        "fix": (pa.binary(5), lambda _: random.randbytes(5)),
        "dec": (
            pa.decimal128(20, 4),
            lambda _: decimal.Decimal(random.randint(-(10**19), 10**19)).scaleb(-4, decimal.Context(40)),
        ),
        "big": (
            pa.decimal256(60, 10),
            lambda _: decimal.Decimal(random.randint(-(10**59), 10**59)).scaleb(-10, decimal.Context(80)),
        ),
        "day": (pa.date32(), lambda _: datetime.date(1, 1, 1) + datetime.timedelta(random.randint(0, 3652058))),
        "at": (pa.timestamp("us"), lambda _: at + datetime.timedelta(microseconds=random.randint(-(10**16), 10**17))),
        "time": (
            pa.time64("us"),
            lambda _: (at + datetime.timedelta(microseconds=random.randint(0, 86399999999))).time(),
        ),
    }
    return {key: (kind, values(random, holes, one)) for key, (kind, one) in make.items()}


def nested(random):
    def maybe(make, chance=0.2):
        return None if random.random() < chance else make()

    def some(make):
        return [make() for _ in range(random.choice([0, 1, 1, 2, 5]))]

    number, word = lambda: random.randint(-999, 999), lambda: random.choice(WORDS)
    leaf = pa.struct([("n", pa.int32()), ("s", pa.string())])
    struct = lambda: {"n": maybe(number), "s": maybe(word)}
    return {
        "list": (pa.list_(pa.int32()), values(random, 0.2, lambda _: some(lambda: maybe(number)))),
        "deep": (
            pa.list_(pa.list_(pa.list_(pa.string()))),
            values(
                random,
                0.1,
                lambda _: some(lambda: maybe(lambda: some(lambda: maybe(lambda: some(lambda: maybe(word)))))),
            ),
        ),
        "one": (leaf, values(random, 0.2, lambda _: struct())),
        "many": (pa.list_(leaf), values(random, 0.1, lambda _: some(lambda: maybe(struct)))),
        "map": (
            pa.map_(pa.string(), leaf),
            values(random, 0.1, lambda _: {f"k{i}": maybe(struct) for i in range(random.choice([0, 1, 3]))}),
        ),
        "times": (
            pa.list_(pa.date32()),
            values(random, 0, lambda i: [datetime.date(2000, 1, 1) + datetime.timedelta(i)] * (i % 3)),
        ),
        "bytes": (pa.list_(pa.binary()), values(random, 0, lambda i: [random.randbytes(i % 4)] * (i % 3))),
    }


def maps(columns):
    """Arrow takes maps as pairs."""
    return {
        key: (kind, [None if v is None else list(v.items()) for v in values] if pa.types.is_map(kind) else values)
        for key, (kind, values) in columns.items()
    }


def write_nested(name, columns, **options):
    arrays = {key: pa.array(values, type=kind) for key, (kind, values) in maps(columns).items()}
    pq.write_table(pa.table(arrays), HERE / f"{name}.parquet", **options)
    rows = zip(*(values for _, values in columns.values()))
    lines = (text(dict(zip(columns, row))) for row in rows)
    (HERE / f"{name}.ndjson").write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def main():
    for old in list(HERE.glob("*.parquet")) + list(HERE.glob("*.ndjson")):
        old.unlink()
    rng = random.Random(17)
    small = dict(data_page_size=256, write_batch_size=16, row_group_size=32)
    plain = dict(use_dictionary=False, **small)
    write("plain", flat(rng, 0), compression="none", **plain)
    write(
        "plain-nulls-v2-crc",
        flat(rng, 0.3),
        compression="none",
        data_page_version="2.0",
        write_page_checksum=True,
        **plain,
    )
    write("dictionary-snappy", flat(rng, 0.1), compression="snappy", **small)
    write("dictionary-gzip-v2", flat(rng, 0.5), compression="gzip", data_page_version="2.0", **small)
    write("dictionary-too-large", flat(rng, 0), compression="none", dictionary_pagesize_limit=200, **small)
    for codec in ["brotli", "zstd", "lz4"]:
        write(
            codec,
            {k: v for k, v in flat(rng, 0.2).items() if k in ("i64", "word", "dec", "ok")},
            compression=codec,
            **plain,
        )
    delta = {
        "i8": "DELTA_BINARY_PACKED",
        "i32": "DELTA_BINARY_PACKED",
        "u32": "DELTA_BINARY_PACKED",
        "i64": "DELTA_BINARY_PACKED",
        "u64": "DELTA_BINARY_PACKED",
        "ok": "RLE",
        "word": "DELTA_LENGTH_BYTE_ARRAY",
        "long": "DELTA_BYTE_ARRAY",
        "raw": "DELTA_BYTE_ARRAY",
        "fix": "DELTA_BYTE_ARRAY",
        "day": "DELTA_BINARY_PACKED",
    }
    for holes in (0, 0.4):
        columns = {k: v for k, v in flat(rng, holes).items() if k in delta}
        write(
            "delta" + ("-nulls" if holes else ""),
            columns,
            compression="none",
            column_encoding=delta,
            data_page_version="2.0",
            **plain,
        )
    split = {k: "BYTE_STREAM_SPLIT" for k in ("i32", "i64", "f64", "fix", "dec")}
    write(
        "split",
        {k: v for k, v in flat(rng, 0.2).items() if k in split},
        compression="snappy",
        column_encoding=split,
        **plain,
    )
    write_nested("nested", nested(rng), compression="snappy", **small)
    write_nested("nested-plain-v2", nested(rng), compression="none", data_page_version="2.0", **plain)
    delta = {
        "list.list.element": "DELTA_BINARY_PACKED",
        "one.s": "DELTA_BYTE_ARRAY",
        "many.list.element.s": "DELTA_LENGTH_BYTE_ARRAY",
    }
    write_nested(
        "nested-delta",
        {k: v for k, v in nested(rng).items() if k in ("list", "one", "many")},
        compression="none",
        column_encoding=delta,
        **plain,
    )
    write("no-rows", {k: (kind, [None][:0]) for k, (kind, _) in flat(rng, 0).items()}, compression="none")
    many = pa.table(
        {"n": pa.array(range(60_000), pa.int64()), "word": pa.array([f"w{i % 7}" for i in range(60_000)])}
    )
    pq.write_table(
        many,
        HERE / "many.parquet",
        compression="zstd",
        use_dictionary=["word"],
        row_group_size=10_000,
        column_encoding={"n": "DELTA_BINARY_PACKED"},
        write_statistics=False,
    )


main()
