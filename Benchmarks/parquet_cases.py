"""Parquet files beside DuckDB, ClickHouse and Polars, which write the JSON lines of the same file.

    orders     order lines of 16 columns, as `orders.csv` has them: decimals, dates, short texts, NULLs now and then
    typed      what else tables have: timestamps, times, floats, booleans, UUIDs, decimals of 38 digits
    nested     LIST, MAP and STRUCT, empty and NULL ones among them
    strings    a PostgreSQL table as the vendor writes it, all columns strings, read with its structure file

All are made by pyarrow from a seed; a file that is there is used again. What is compared before anything is timed is each row's
values as JSON; tools that spell a type otherwise are left out of the case, and the table says so.
"""
import json, math, os, subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = os.path.join(HERE, "venv/bin/python")
THREADS = "2"

POLARS = "import sys,polars as p;p.scan_parquet(sys.argv[1]).sink_ndjson(sys.argv[2])"
DUCKDB = f"import sys,duckdb;duckdb.sql(f\"SET threads={THREADS};COPY (FROM read_parquet('{{sys.argv[1]}}')) TO '{{sys.argv[2]}}' (FORMAT json)\")"
CHDB = f"import sys,chdb;chdb.query(f\"SELECT * FROM file('{{sys.argv[1]}}',Parquet) INTO OUTFILE '{{sys.argv[2]}}' TRUNCATE FORMAT JSONEachRow SETTINGS max_threads={THREADS},input_format_parquet_preserve_order=1,output_format_json_quote_64bit_integers=0,session_timezone='UTC'\")"
OTHERS = {"polars": POLARS, "duckdb": DUCKDB, "clickhouse": CHDB}

# (name, table, options of pyarrow's writer)
FILES = [
    ("orders-snappy", "orders", {"compression": "snappy"}),
    ("orders-zstd", "orders", {"compression": "zstd"}),
    ("orders-plain", "orders", {"compression": "snappy", "use_dictionary": False}),
    ("orders-dictionary", "orders", {"compression": "none"}),
    ("orders-delta", "orders", {"compression": "snappy", "use_dictionary": False, "column_encoding": {
        "l_orderkey": "DELTA_BINARY_PACKED", "l_partkey": "DELTA_BINARY_PACKED", "l_comment": "DELTA_LENGTH_BYTE_ARRAY", "l_shipmode": "DELTA_BYTE_ARRAY"}}),
    ("typed-snappy", "typed", {"compression": "snappy"}),
    ("nested-snappy", "nested", {"compression": "snappy"}),
    ("strings-snappy", "strings", {"compression": "snappy"}),
]

MAKE = r'''
import sys, json, os
import numpy as np, pyarrow as pa, pyarrow.compute as pc, pyarrow.parquet as pq
path, kind, rows, options = sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4])
seeded = np.random.default_rng(7)
def some(values): return pa.array(np.array(values, dtype=object)[seeded.integers(0, len(values), rows)])
def comment():
    words = np.array(["carefully", "final", "deposits", "detect", "slyly", "again", "quickly", "even", "foxes"], dtype=object)
    picks, counts = words[seeded.integers(0, len(words), (rows, 6))], seeded.integers(1, 7, rows)
    return [" ".join(p[:c]) for p, c in zip(picks, counts)]
def nulls(array, share): return pc.if_else(pa.array(seeded.random(rows) < share), pa.scalar(None, array.type), array)
def money(low, high):
    raw = seeded.integers(low, high, rows)
    buffer = np.zeros((rows, 2), dtype=np.int64); buffer[:, 0] = raw; buffer[:, 1] = np.where(raw < 0, -1, 0)
    return pa.Array.from_buffers(pa.decimal128(12, 2), rows, [None, pa.py_buffer(buffer.tobytes())])
def days(): return pa.array(seeded.integers(8036, 10592, rows).astype("int32")).cast(pa.date32())
if kind == "orders":
    n = np.arange(rows)
    table = pa.table({
        "l_orderkey": pa.array(n // 4), "l_partkey": pa.array(seeded.integers(0, 200_000, rows)), "l_suppkey": pa.array(seeded.integers(0, 10_000, rows).astype("int32")),
        "l_linenumber": pa.array((n % 7 + 1).astype("int32")), "l_quantity": pa.array(seeded.integers(1, 51, rows).astype("int32")),
        "l_extendedprice": money(90_000, 9_100_000), "l_discount": money(0, 11), "l_tax": money(0, 9),
        "l_returnflag": some(["A", "R", "N"]), "l_linestatus": some(["O", "F"]), "l_shipdate": days(), "l_commitdate": days(), "l_receiptdate": days(),
        "l_shipinstruct": nulls(some(["DELIVER IN PERSON", "COLLECT COD", "NONE", "TAKE BACK RETURN"]), 0.02),
        "l_shipmode": some(["REG AIR", "AIR", "RAIL", "SHIP", "TRUCK", "MAIL", "FOB"]), "l_comment": pa.array(comment())})
elif kind == "typed":
    instants = seeded.integers(0, 1_800_000_000_000_000, rows)
    table = pa.table({
        "id": pa.array(np.arange(rows)), "made": pa.array(instants).cast(pa.timestamp("us")), "seen": nulls(pa.array(instants // 1000).cast(pa.timestamp("ms")), 0.1),
        "at": pa.array(seeded.integers(0, 86_400_000_000, rows)).cast(pa.time64("us")), "day": days(),
        "ratio": pa.array(seeded.random(rows)), "weight": pa.array(seeded.random(rows).astype("float32") * 100), "score": nulls(pa.array(np.round(seeded.random(rows) * 1000, 2)), 0.05),
        "open": pa.array(seeded.random(rows) < 0.5), "price": money(-10_000_000, 10_000_000), "small": pa.array(seeded.integers(-99, 99, rows).astype("int16")),
        "large": pa.array(seeded.integers(0, 2**62, rows, dtype=np.int64)), "name": pa.array(comment())})
elif kind == "nested":
    table = pa.table({
        "id": pa.array(np.arange(rows)),
        "tags": pa.array([None if i % 17 == 0 else [f"tag {v}" for v in row[: i % 5]] for i, row in enumerate(seeded.integers(0, 50, (rows, 4)).tolist())], pa.list_(pa.string())),
        "lines": pa.array([[{"sku": f"S{a}", "count": b, "price": a / 4} for a, b in zip(row[: i % 4], row[3:])] for i, row in enumerate(seeded.integers(0, 1000, (rows, 6)).tolist())],
                          pa.list_(pa.struct([("sku", pa.string()), ("count", pa.int32()), ("price", pa.float64())]))),
        "attributes": pa.array([[(f"k{j}", f"v{v}") for j, v in enumerate(row[: i % 4])] for i, row in enumerate(seeded.integers(0, 90, (rows, 3)).tolist())], pa.map_(pa.string(), pa.string())),
        "address": pa.array([None if i % 29 == 0 else {"city": f"city {a}", "zip": b, "lines": [f"{a} road"] if a % 2 else []} for i, (a, b) in enumerate(seeded.integers(0, 999, (rows, 2)).tolist())],
                            pa.struct([("city", pa.string()), ("zip", pa.int32()), ("lines", pa.list_(pa.string()))]))})
else:
    n = np.arange(rows)
    table = pa.table({
        "id": pa.array(n).cast(pa.string()), "price": money(90_000, 9_100_000).cast(pa.string()), "ratio": pa.array(seeded.random(rows)).cast(pa.string()),
        "open": some(["t", "f"]), "made": pa.array(seeded.integers(0, 1_800_000_000_000_000, rows)).cast(pa.timestamp("us")).cast(pa.string()),
        "document": pa.array([f'{{"a": {a}, "b": ["x", {b}], "note": null}}' for a, b in seeded.integers(0, 10**6, (rows, 2)).tolist()]),
        "numbers": pa.array(["{" + ",".join(map(str, row)) + "}" for row in seeded.integers(0, 1000, (rows, 4)).tolist()]),
        "body": pa.array(comment())})
pq.write_table(table, path + ".partial", row_group_size=1 << 17, **options)
os.rename(path + ".partial", path)
'''

STRUCTURE = """CREATE TABLE public.lines (id bigint, price numeric(12,2), ratio double precision, open boolean, made timestamp(6) without time zone,
document jsonb, numbers integer[], body text);
"""

# Bytes of a row in a file of each table, about.
WEIGHTS = {"orders": 33, "typed": 80, "nested": 18, "strings": 87}


def normal(value):
    """A value as JSON has it, of which tools have several spellings: decimals as numbers or strings, T between date and time, a time
    with the day 1970-01-01, a map as object or pairs."""
    if isinstance(value, dict):
        return {key: normal(v) for key, v in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(v, dict) and set(v) == {"key", "value"} for v in value):
            return {v["key"]: normal(v["value"]) for v in value}
        return [normal(v) for v in value]
    if isinstance(value, bool) or value is None:
        return value
    text = str(value)
    if text in ("true", "false"):
        return text == "true"
    try:
        number = float(text)
        return number if math.isfinite(number) else text
    except ValueError:
        pass
    if len(text) >= 16 and text[4] == "-" and text[10] in "T ":
        text = text[:10] + " " + text[11:]
    text = text.removeprefix("1970-01-01 ")
    return text.rstrip("0").rstrip(".") if "." in text and ":" in text else text


def same_values(ours, theirs):
    """Whether two files of lines hold the same rows; an empty map and an empty list are one."""
    empty = ({}, [])
    with open(ours) as a, open(theirs) as b:
        for count, (left, right) in enumerate(zip(a, b), 1):
            if left == right:
                continue
            x, y = normal(json.loads(left)), normal(json.loads(right))
            if x != y:
                keys = [key for key in x if x[key] != y.get(key) and not (x[key] in empty and y.get(key) in empty)]
                if keys:
                    return f"row {count}: {keys[0]} is {json.dumps(x[keys[0]])} and {json.dumps(y.get(keys[0]))}"
        rest = sum(1 for _ in a), sum(1 for _ in b)
        return None if rest == (0, 0) else f"{rest[0]} and {rest[1]} rows more"


def make(suite, name, table, options, megabytes):
    path = suite.path(f"{name}-{megabytes}.parquet")
    if not os.path.exists(path):
        subprocess.run([PYTHON, "-c", MAKE, path, table, str(megabytes * 10**6 // WEIGHTS[table]), json.dumps(options)], check=True)
    return path


def run(suite, megabytes, only=""):
    for name, table, options in FILES:
        if only not in name:
            continue
        path, null, theirs = make(suite, name, table, options, megabytes), "/dev/null", suite.path("check.theirs")
        ours = os.path.basename(path)
        others = {tool: ([PYTHON, "-c", code, path, null], null, None, [PYTHON, "-c", code, path, theirs]) for tool, code in OTHERS.items()}
        compare = dict.fromkeys(others, same_values)
        if table == "strings":  # ours alone makes of the strings what they were; the others write them as strings
            tree = suite.path("parquet-strings")
            os.makedirs(tree + "/shop/public/lines/data", exist_ok=True)
            with open(tree + "/shop/public/lines/structure.sql", "w") as out:
                out.write(STRUCTURE)
            linked = tree + "/shop/public/lines/data/lines_0_part0.parquet"
            if os.path.exists(linked):
                os.unlink(linked)
            os.link(path, linked)
            ours, compare = "parquet-strings", {}
        suite.case(f"{name}.parquet, discarded", os.path.getsize(path), {
            "sluice": (suite.sluice(ours), null, None, None), **others,
            "sluice, one core": (suite.sluice(ours, "--jobs", "1"), null, {0}, None),
        }, compare=compare, targets={"best other": 5} if name == "orders-snappy" else {"best other": 3})
