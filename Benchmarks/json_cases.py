"""JSON sets beside plain CSV of the same rows, and beside DuckDB, ClickHouse, Polars and jq, which write the lines of the same file.

    orders     order lines of 16 columns: numbers, dates, short texts, NULLs now and then
    nested     objects and arrays inside the rows, texts with escapes

Each is written as lines and as one array. All are made from a seed; a file that is there is used again. What is compared before
anything is timed is each row's values as JSON. CSV has no nested values: there it holds them as text.
"""
import csv, json, os, random, shutil

from measuring import Command
from parquet_cases import PYTHON, THREADS, same_values

POLARS = "import sys,polars as p;p.scan_ndjson(sys.argv[1]).sink_ndjson(sys.argv[2])"
DUCKDB = f"import sys,duckdb;duckdb.sql(f\"SET threads={THREADS};COPY (FROM read_json('{{sys.argv[1]}}',format='{{sys.argv[3]}}')) TO '{{sys.argv[2]}}' (FORMAT json)\")"
CHDB = f"import sys,chdb;chdb.query(f\"SELECT * FROM file('{{sys.argv[1]}}',JSONEachRow) INTO OUTFILE '{{sys.argv[2]}}' TRUNCATE FORMAT JSONEachRow SETTINGS max_threads={THREADS},output_format_json_quote_64bit_integers=0\")"
WORDS = ["carefully", "final", "deposits", "detect", "slyly", "again", "quickly", "even", "foxes"]


def order(seeded, n):
    date = lambda: f"199{seeded.randrange(2, 9)}-{seeded.randrange(1, 13):02}-{seeded.randrange(1, 29):02}"
    return {
        "l_orderkey": n // 4, "l_partkey": seeded.randrange(200_000), "l_suppkey": seeded.randrange(10_000), "l_linenumber": n % 7 + 1,
        "l_quantity": seeded.randrange(1, 51), "l_extendedprice": seeded.randrange(90_000, 9_100_000) / 4, "l_discount": seeded.randrange(4) / 4,
        "l_tax": seeded.randrange(4) / 8, "l_returnflag": seeded.choice("ARN"), "l_linestatus": seeded.choice("OF"), "l_shipdate": date(),
        "l_commitdate": date(), "l_receiptdate": date(), "l_shipinstruct": seeded.choice([None, "COLLECT COD", "NONE", "TAKE BACK RETURN"]),
        "l_shipmode": seeded.choice(["REG AIR", "AIR", "RAIL", "SHIP"]), "l_comment": " ".join(seeded.choices(WORDS, k=seeded.randrange(1, 7)))}


def nested(seeded, n):
    return {
        "id": n, "name": " ".join(seeded.choices(WORDS, k=2)), "tags": seeded.choices(WORDS, k=n % 5),
        "address": {"city": seeded.choice(WORDS), "zip": seeded.randrange(99_999), "lines": seeded.choices(WORDS, k=2)},
        "lines": [{"sku": f"S{seeded.randrange(1000)}", "count": seeded.randrange(9), "price": seeded.randrange(4000) / 4} for _ in range(n % 4)],
        "body": "said \"" + " ".join(seeded.choices(WORDS, k=6)) + "\"\n\tC:\\dir"}


def make(suite, name, row, megabytes):
    """Paths of lines, of an array, and of CSV."""
    paths = [suite.path(f"{name}-{megabytes}.{end}") for end in ("ndjson", "json", "csv")]
    if all(map(os.path.exists, paths)):
        return paths
    seeded, written, n = random.Random(7), 0, 0
    with open(paths[0], "w") as lines, open(paths[1], "w") as array, open(paths[2], "w") as table:
        rows = csv.writer(table)
        while written < megabytes * 10**6:
            values = row(seeded, n)
            text = json.dumps(values, separators=(",", ":"))
            lines.write(text + "\n")
            array.write(("," if n else "[") + text)
            if n == 0:
                rows.writerow(values)
            rows.writerow([json.dumps(v) if isinstance(v, (dict, list)) else v for v in values.values()])
            written, n = written + len(text), n + 1
        array.write("]\n")
    return paths


def run(suite, megabytes, only=""):
    null, theirs = "/dev/null", suite.path("check.theirs")
    one_row = suite.path("start.ndjson")
    with open(one_row, "w") as out:
        out.write('{"a":1}\n')
    for name, row in (("orders", order), ("nested", nested)):
        if only not in name:
            continue
        lines, array, table = make(suite, f"json-{name}", row, megabytes)
        for path, form in ((lines, "newline_delimited"), (array, "array")):
            def python(code, out):
                return [PYTHON, "-c", code, path, out, form]
            others = {"duckdb": DUCKDB, "clickhouse": CHDB}
            if path == lines:  # Polars reads arrays only at once
                others = {"polars": POLARS, **others}
            commands = {tool: Command(python(code, null), written=python(code, theirs)) for tool, code in others.items()}
            compare = dict.fromkeys(others, same_values)
            if path == lines and shutil.which("jq"):
                commands["jq"] = Command(["jq", "-c", ".", path])
            def ours(path, *options):
                return Command([suite.binary, "convert", path, "--stdout", "--quiet", "--jobs", "1", *options], cores={0})
            size = os.path.getsize(path)
            suite.case(f"json-{name}, {'lines' if path == lines else 'an array'}, discarded", size, {
                "sluice": Command(suite.sluice(os.path.basename(path))), **commands}, compare=compare, targets={"best other": 1})
            suite.case(f"json-{name}, {'lines' if path == lines else 'an array'}, beside CSV", size, {
                "sluice": ours(path), "plain text": ours(table, "--header"), "start": ours(one_row),
            }, targets={"of plain text": 0.5}, sizes={"sluice": size, "plain text": os.path.getsize(table)})
