"""What the others are asked to do with a file of text: JSON lines of it, all columns as text."""
import os

from measuring import HERE, Command

POLARS = "import sys,polars as p;p.scan_csv(sys.argv[1],infer_schema=False).sink_ndjson(sys.argv[2])"
DUCKDB = r"""import sys,duckdb
read="read_csv(?,all_varchar=true,header=true,quote='\"',escape='\"',nullstr='\x01')".replace('?',repr(sys.argv[1]))
duckdb.sql(f"SET threads=2;COPY (FROM {read}) TO '{sys.argv[2]}' (FORMAT json)")"""
CLICKHOUSE = """import sys,chdb
query=f"SELECT * FROM file('{sys.argv[1]}',{sys.argv[3]}) SETTINGS max_threads=2,{sys.argv[4]}"
open(sys.argv[2],'wb').write(chdb.query(query,'JSONEachRow').bytes())"""


def python(code, *arguments):
    """A program in the environment that has the other tools."""
    return [os.path.join(HERE, "venv/bin/python"), "-c", code, *arguments]


def written_by(code, file, theirs, *arguments):
    """A tool that writes to a path: nowhere when it is timed, to `theirs` when it is compared."""
    return Command(python(code, file, "/dev/null", *arguments), written=python(code, file, theirs, *arguments))


def clickhouse(file, theirs, form, settings):
    """`form`: ClickHouse's name of the format, and the columns where it needs them."""
    return written_by(CLICKHOUSE, file, theirs, form, settings)


def bound(program, file, types=()):
    """A program of `Bound`; `-d` discards what it has written into memory."""
    command = [os.path.join(HERE, "bin", program), file]
    return Command([*command, "-d", *types], written=[*command, *types])
