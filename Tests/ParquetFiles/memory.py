#!/usr/bin/env python3
"""The peak of memory over Parquet files that are large in one way each, and as many lines as rows.

    wide      a thousand columns of numbers in one row group, a page each
    distinct  the same with a dictionary a column
    group     a row group of a gigabyte, which compresses to nearly nothing
    pages     a page of tens of megabytes of strings for each codec
    nested    lists of groups, and twelve lists inside each other
    words     a dictionary of 100 MB
    value     values of 64 MB
    list      a list of two million numbers

128 MiB hold for all but the last two: a row is in memory as a whole, a few times (BackupExports, "Limits").

`--sluice` may be a debug binary, as it is where all tests run: its memory is that of a release binary, and it takes a
minute for what takes that one seconds. `--scale N` is for a release binary: N times the rows. Needs pyarrow."""

import argparse
import os
import subprocess
import sys
import tempfile

MOST = 128 << 20
CODECS = ("snappy", "zstd", "gzip", "brotli", "lz4")
ONE_PAGE = {"use_dictionary": False, "max_rows_per_page": 10**9, "data_page_size": 1 << 30}
# Bytes of the longest row's line, and how often it may be in memory.
LONG_ROWS = {"value": (64_000_000, 3), "list": (6_000_000, 12)}


def write(name, path, scale):
    """Writes a file, and prints how many rows it has. In a process of its own: what a process has before it becomes
    another program counts as that one's peak."""
    import pyarrow.parquet as pq

    table, options = KINDS[name](scale)
    pq.write_table(table, path, **{"compression": "snappy", "row_group_size": 1 << 40, **options})
    print(table.num_rows)


def columns(count, make):
    import pyarrow as pa

    return pa.table({f"c{i}": make() for i in range(count)})


def seeded():
    import numpy as np

    return np.random.default_rng(128)


def words(random, count):
    import pyarrow as pa

    return pa.array([f"word number {i}" for i in range(500)]).take(pa.array(random.integers(0, 500, count)))


def wide(scale):
    import pyarrow as pa

    random = seeded()
    return columns(1000, lambda: pa.array(random.integers(0, 1 << 40, 6000 * scale))), ONE_PAGE


def distinct(scale):
    random = seeded()
    return columns(1000, lambda: words(random, 6000 * scale)), {}


def group(scale):
    import pyarrow as pa

    text = pa.array([seeded().bytes(1000).hex()])
    return pa.table({"s": text.take(pa.array([0] * (500_000 * scale)))}), {**ONE_PAGE, "data_page_size": 1 << 20}


def strings(count):
    text = seeded().bytes(3000).hex()
    return [f"{i}{text[i % 4000 : i % 4000 + 1000]}" for i in range(count)]


def pages(scale):
    import pyarrow as pa

    table = pa.table({codec: pa.array(strings(25_000 * scale)) for codec in CODECS})
    return table, {**ONE_PAGE, "compression": {codec: codec for codec in CODECS}}


def nested(scale):
    import numpy as np
    import pyarrow as pa

    random, rows = seeded(), 4000 * scale
    ends = pa.array(np.arange(0, 3 * rows + 1, 3, dtype="int32"))

    def lists():
        numbers = pa.array(random.integers(0, 1 << 40, 3 * rows))
        return pa.ListArray.from_arrays(
            ends, pa.StructArray.from_arrays([numbers, words(random, 3 * rows)], ["n", "word"]))

    deep = pa.array(np.arange(rows))
    for _ in range(12):
        deep = pa.ListArray.from_arrays(pa.array(np.arange(rows + 1, dtype="int32")), deep)
    return columns(20, lists).append_column("deep", deep), {}


def dictionary(scale):
    import pyarrow as pa

    text = pa.array(strings(100_000))
    return pa.table({"s": pa.concat_arrays([text] * (1 + scale))}), {"dictionary_pagesize_limit": 1 << 30}


def value(_):
    import pyarrow as pa

    return pa.table({"s": pa.array([letter * 64_000_000 for letter in "abc"])}), ONE_PAGE


def long_list(_):
    import pyarrow as pa

    numbers = pa.array(seeded().integers(0, 100, 4_000_000))
    return pa.table({"l": pa.ListArray.from_arrays(pa.array([0, 2_000_000, 2_000_010, 4_000_000]), numbers)}), ONE_PAGE


KINDS = {
    "wide": wide, "distinct": distinct, "group": group, "pages": pages, "nested": nested, "words": dictionary,
    "value": value, "list": long_list,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sluice")
    parser.add_argument("--only", choices=KINDS, help="one kind of file")
    parser.add_argument("--write", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--scale", type=int, default=1, help="times the rows")
    arguments = parser.parse_args()
    if arguments.write:
        return write(*arguments.write, arguments.scale)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "large.parquet")
        for name in [arguments.only] if arguments.only else KINDS:
            writer = [sys.executable, "-B", __file__, "--scale", str(arguments.scale), "--write", name, path]
            rows = int(subprocess.run(writer, check=True, capture_output=True, text=True).stdout)
            length, times = LONG_ROWS.get(name, (0, 0))
            for jobs in ("1", "8"):
                command = [arguments.sluice, "convert", path, "--stdout", "--quiet", "--jobs", jobs]
                process = subprocess.Popen(command, stdout=subprocess.PIPE)
                lines = 0
                while piece := process.stdout.read(1 << 20):
                    lines += piece.count(b"\n")
                _, status, usage = os.wait4(process.pid, 0)
                peak = usage.ru_maxrss << 10
                is_good = status == 0 and lines == rows and peak <= MOST + length * times
                passed, failed = passed + is_good, failed + (not is_good)
                print(
                    f"{'ok' if is_good else 'FAILED'}: {name}, --jobs {jobs}: {peak >> 20} MiB, {lines} lines, "
                    f"{usage.ru_utime + usage.ru_stime:.1f} s", flush=True)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
