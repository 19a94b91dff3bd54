#!/usr/bin/env python3
"""Readers guess types from the first rows. What becomes of the first odd value after 30,000 usual ones? Prints a table.

Run it with the Python of .build-lake/venv, which run.py makes: guesses.py [readers…]
"""

import sys
import tempfile
from pathlib import Path

from readers import READERS, Refused

ROWS = 30_000
CASES = {
    "NULL, then a text": ('"v": null', '"v": "x"'),
    "no key, then a text (`--omit-nulls`)": ("", '"v": "x"'),
    "1, then 1.5": ('"v": 1', '"v": 1.5'),
    "a date, then 0000-00-00": ('"v": "2024-01-01"', '"v": "0000-00-00"'),
    "a time, then 0000-00-00 00:00:00": ('"v": "2024-01-01 00:00:00"', '"v": "0000-00-00 00:00:00"'),
}


def line(number, value):
    return f'{{"id": {number}{", " if value else ""}{value}}}\n'


def last_value(reader, folder):
    try:
        row = reader.load(folder).rows[-1]
    except Refused:
        return "refused"
    return f"`{getattr(row['v'], 'literal', row['v'])}`" if "v" in row else "no column"


def main():
    readers = [READERS[name]() for name in sys.argv[1:] or READERS]
    print("| | " + " | ".join(reader.name for reader in readers) + " |\n" + "|---" * (len(readers) + 1) + "|")
    for case, (usual, odd) in CASES.items():
        with tempfile.TemporaryDirectory(prefix="sluice-lake-") as folder:
            lines = [line(number, usual) for number in range(ROWS)] + [line(ROWS, odd)]
            Path(folder, "part-00000.ndjson").write_text("".join(lines))
            print(f"| {case} | " + " | ".join(last_value(reader, folder) for reader in readers) + " |", flush=True)


if __name__ == "__main__":
    main()
