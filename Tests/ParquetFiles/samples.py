#!/usr/bin/env python3
"""The samples as Parquet give the rows of the samples as CSV: those of MySQL value for value, since Parquet's floats have no
spelling of their own; those of PostgreSQL, where all columns are strings, byte for byte.

    Tests/ParquetFiles/samples.py --sluice .build/debug/sluice
"""
import argparse
import decimal
import json
import pathlib
import subprocess
import sys
import tempfile

EXPORTS = pathlib.Path(__file__).resolve().parents[2] / "samples" / "exports"


def lines(sluice, export, output):
    """path → lines"""
    subprocess.run([sluice, "convert", EXPORTS / export, "--output", output, "--quiet"], check=True)
    return {str(path.relative_to(output)): path.read_text().rstrip("\n").split("\n") if path.stat().st_size else [] for path in sorted(output.rglob("*.ndjson"))}


def exact(line):
    return json.loads(line, parse_int=decimal.Decimal, parse_float=decimal.Decimal, object_pairs_hook=list)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sluice", required=True)
    sluice = parser.parse_args().sluice
    failed = 0
    pairs = [("mysql", ".tar.zst", exact), ("postgresql", ".zip", str)]
    with tempfile.TemporaryDirectory() as folder:
        for server, suffix, read in pairs:
            found = lines(sluice, f"shop-{server}-parquet.tar.zst", pathlib.Path(folder, server, "parquet"))
            wanted = lines(sluice, f"shop-{server}-csv-with-header{suffix}", pathlib.Path(folder, server, "csv"))
            rows = sum(map(len, wanted.values()))
            wrong = [
                f"{table}, row {number}"
                for table in sorted(found.keys() | wanted.keys())
                for number, (left, right) in enumerate(zip(found.get(table, []), wanted.get(table, [])), 1)
                if read(left) != read(right)
            ] + [table for table in found.keys() | wanted.keys() if len(found.get(table, [])) != len(wanted.get(table, []))]
            failed += bool(wrong) or rows < 1000
            print(f"{server}: {rows} rows, " + (f"{len(wrong)} differ: {wrong[:3]}" if wrong else "all alike"))
    print(f"{len(pairs) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
