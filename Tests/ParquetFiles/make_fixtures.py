#!/usr/bin/env python3
"""Makes the Parquet files of the fixtures whose names begin with 34 and 35; see make.py for how to run it. What must
come of them is written here by hand."""

import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

FIXTURES = pathlib.Path(__file__).parent.parent / "Fixtures"


def write(path, columns, **options):
    path = FIXTURES / path
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = [pa.array(values, type=kind) for _, kind, values in columns]
    table = pa.Table.from_arrays(arrays, names=[name for name, _, _ in columns])
    pq.write_table(table, path, **options)


def text(path, content):
    path = FIXTURES / path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def mysql():
    name = "34-mysql-types-decide"
    text(
        f"{name}/input/shop/orders/structure.sql",
        """CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL,
  `paid` tinyint(1),
  `total` decimal(12,2),
  `at` datetime(3),
  `day` date,
  `flags` bit(4),
  `token` varbinary(8),
  `note` json
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
""",
    )
    typed = [
        ("id", pa.uint64(), [2**64 - 1, 1]),
        ("paid", pa.bool_(), [True, None]),
        ("total", pa.decimal128(12, 2), [decimal.Decimal("1.10"), decimal.Decimal("-0.05")]),
        ("at", pa.timestamp("us", tz="UTC"), [datetime.datetime(2024, 2, 29, 23, 59, 59, 500000), None]),
        ("day", pa.date32(), [datetime.date(1, 1, 1), None]),
        ("flags", pa.int32(), [10, None]),
        ("token", pa.binary(), [b"\x00\xff", b""]),
        ("note", pa.string(), ['{"a": 1.10}', None]),
    ]
    write(f"{name}/input/shop/orders/data/orders_0_part0.parquet", typed)
    texts = {
        "id": "18446744073709551615",
        "paid": "1",
        "total": "1.10",
        "at": "0000-00-00 00:00:00.000",
        "day": "0000-00-00",
        "flags": "0a",
        "token": "00ff",
        "note": "[1, 2]",
    }
    write(
        f"{name}/input/shop/orders/data/orders_0_part1.parquet",
        [(k, pa.string(), [v, None]) for k, v in texts.items()],
    )
    text(
        f"{name}/expected/shop.orders.ndjson",
        """\
{"id":18446744073709551615,"paid":1,"total":1.10,"at":"2024-02-29 23:59:59.500","day":"0001-01-01",\
"flags":10,"token":"AP8=","note":{"a":1.10}}
{"id":1,"paid":null,"total":-0.05,"at":null,"day":null,"flags":null,"token":"","note":null}
{"id":18446744073709551615,"paid":1,"total":1.10,"at":"0000-00-00 00:00:00.000","day":"0000-00-00",\
"flags":10,"token":"AP8=","note":[1,2]}
{"id":null,"paid":null,"total":null,"at":null,"day":null,"flags":null,"token":null,"note":null}
""",
    )


def postgres():
    name = "34-postgresql-strings-are-restored"
    text(
        f"{name}/input/crm/public/people/column_structure.sql",
        """CREATE TABLE public.people (
  id bigint NOT NULL,
  ok boolean,
  score numeric(10,3),
  raw bytea,
  tags text[],
  seen timestamp with time zone,
  doc jsonb
);
""",
    )
    values = {
        "id": ["7", "8"],
        "ok": ["t", "false"],
        "score": ["NaN", "1.500"],
        "raw": ["\\x00ff", None],
        "tags": ['{a,"b c",NULL}', "{}"],
        "seen": ["2024-01-02 03:04:05.6+00", "infinity"],
        "doc": ['{"k": [1.0]}', "null"],
    }
    write(
        f"{name}/input/crm/public/people/data/people_0_part0.parquet",
        [(k, pa.string(), v) for k, v in values.items()],
    )
    typed = [
        ("id", pa.int64(), [9]),
        ("ok", pa.bool_(), [False]),
        ("score", pa.decimal128(10, 3), [decimal.Decimal("2.000")]),
        ("raw", pa.binary(), [b"\xfe"]),
        ("tags", pa.list_(pa.string()), [["x", None]]),
        ("seen", pa.timestamp("us", tz="UTC"), [datetime.datetime(2024, 1, 2, 3, 4, 5, 600000)]),
        ("doc", pa.string(), ["1"]),
    ]
    write(f"{name}/input/crm/public/people/data/people_0_part1.parquet", typed)
    text(
        f"{name}/expected/crm.public.people.ndjson",
        """\
{"id":7,"ok":true,"score":"NaN","raw":"AP8=","tags":["a","b c",null],\
"seen":"2024-01-02 03:04:05.6+00","doc":{"k":[1.0]}}
{"id":8,"ok":false,"score":1.500,"raw":null,"tags":[],"seen":"infinity","doc":null}
{"id":9,"ok":false,"score":2.000,"raw":"/g==","tags":["x",null],"seen":"2024-01-02 03:04:05.6+00","doc":1}
""",
    )


def types():
    name = "35-names-twice-and-pairs"
    pairs = pa.map_(pa.string(), pa.int32())
    write(
        f"{name}/input.parquet",
        [
            ("x", pa.int32(), [1, 2, 3]),
            ("x", pa.string(), ["a", None, ""]),
            ("m", pairs, [[("k", 1), ("k", 2)], [("k", 1)], []]),
            ("n", pa.map_(pa.int32(), pa.bool_()), [[(1, True)], [], None]),
            ("t", pa.timestamp("ms", tz="UTC"), [-1, None, 0]),
            ("u", pa.time64("ns"), [1, None, 86399999999999]),
        ],
    )
    text(
        f"{name}/expected/input.ndjson",
        """\
{"x":1,"x_2":"a","m":[["k",1],["k",2]],"n":[[1,true]],"t":"1969-12-31 23:59:59.999Z","u":"00:00:00.000000001"}
{"x":2,"x_2":null,"m":{"k":1},"n":[],"t":null,"u":null}
{"x":3,"x_2":"","m":{},"n":null,"t":"1970-01-01 00:00:00.000Z","u":"23:59:59.999999999"}
""",
    )
    text(f"{name}/warning", "two columns are named “x”")


def bad_text():
    name = "35-text-that-is-no-utf-8-is-rejected"
    write(f"{name}/input.parquet", [("id", pa.int32(), [1, 2, 3]), ("s", pa.binary(), [b"a", b"\xff", b"c"])])
    path = FIXTURES / name / "input.parquet"
    # Says that the bytes are text: the column's element of the schema gets the converted type UTF8.
    table = pa.table({"id": pa.array([1, 2, 3], pa.int32()), "s": pa.array(["a", "b", "c"])})
    pq.write_table(table, path, compression="none", use_dictionary=False, write_statistics=False, store_schema=False)
    path.write_bytes(path.read_bytes().replace(b"\x01\x00\x00\x00b", b"\x01\x00\x00\x00\xff"))
    text(f"{name}/error", "2\n")
    text(f"{name}/arguments", "--rejects\n{scratch}/rejects\n")
    text(f"{name}/expected/input.ndjson", '{"id":1,"s":"a"}\n{"id":3,"s":"c"}\n')


mysql()
postgres()
types()
bad_text()
