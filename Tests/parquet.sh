#!/bin/sh
# Parquet of other writers: files by pyarrow, DuckDB, Polars and fastparquet become the lines that pyarrow reads,
# the samples as Parquet give the rows of the samples as CSV, and large files need no more memory than they may.
#
#     Tests/parquet.sh PATH-OF-SLUICE
#
# Installs them from PyPI into .build-parquet, in the versions of Tests/versions.txt (SLUICE_NEWEST=1: the newest). A
# writer that cannot be had is named, and its files are skipped. Needs python3 with venv.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
sluice=${1:-$root/.build/debug/sluice}
venv=$root/.build-parquet

"$root/Tests/python-packages.sh" "$venv" pyarrow
for package in duckdb polars fastparquet; do
    "$root/Tests/python-packages.sh" "$venv" "$package" || echo "$package cannot be installed"
done
"$venv/bin/python" -B "$root/Tests/ParquetFiles/memory.py" --sluice "$sluice"
python3 -B "$root/Tests/ParquetFiles/samples.py" --sluice "$sluice"
"$venv/bin/python" -B "$root/Tests/ParquetFiles/writers.py" --sluice "$sluice"
