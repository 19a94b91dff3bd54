#!/usr/bin/env python3
"""Writes the seeds of the readers' targets, after the option bytes that choose how they are read: files of the
fixtures, and of other folders where they are named. seeds_readers.py TARGET FOLDER [MORE…]"""

import sys
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent.parent / "Fixtures"
# By target: a pattern of names, the options, and the most bytes of a file that is worth the time.
TARGETS = {
    "changes": ("mysql-bin.*", [bytes([flags, size]) for flags, size in ((4, 6), (5, 18), (0, 99), (14, 0))], 16_000),
    "parquet": ("*.parquet", [bytes([flags, size]) for flags, size in ((0, 6), (15, 0))], 20_000),
    # By decoder: a width, values by four, values at a time.
    "pages": ("*.parquet", [bytes([decoder, 7, 20, 9]) for decoder in range(11)], 3_000),
}

if __name__ == "__main__":
    pattern, options, limit = TARGETS[sys.argv[1]]
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    files = [path for root in [FIXTURES, *map(Path, sys.argv[3:])] for path in sorted(root.rglob(pattern))]
    files = [path for path in files if path.stat().st_size <= limit]
    for number, path in enumerate(files):
        for index, option in enumerate(options):
            (folder / f"{number:03}-{index}").write_bytes(option + path.read_bytes())
