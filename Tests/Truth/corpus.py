#!/usr/bin/env python3
"""The developers' dumps: every case of a corpus folder is converted and compared with the expected rows beside it."""

import argparse
import base64
import gzip
import json
import sys
import tempfile
from pathlib import Path

from compare import Mismatch, compare_row, files_of, lines_of, require
from expect import Kind, Options, value
from form import Case
from run import convert

CSV_OPTIONS = {"delimiter": "--delimiter", "quote": "--quote", "escape": "--escape", "null": "--null"}
KINDS = {"int": "integer", "year": "integer", "decimal": "decimal", "float": "float", "json": "json"}


def arguments(case):
    """What case.json says about the data, as options of the command."""
    yield from ("--dialect", {"postgres": "postgresql"}.get(case["dialect"], case["dialect"]))
    if case["format"] == "csv":
        yield from ("--format", "csv")
        for name, option in CSV_OPTIONS.items():
            if name in case["csv"] and (name != "escape" or case["csv"]["escape"] != case["csv"]["quote"]):
                yield from (option, case["csv"][name])
        yield "--header" if case["csv"]["header"] else "--no-header"


def wanted_cell(kind, cell, typed):
    """Every value that may stand for a cell; without structure all is text, and bytes the text that the tool made of them."""
    if cell is None:
        return [None]
    if kind in ("binary", "bytea"):
        return [base64.b64encode(bytes.fromhex(cell)).decode()] if typed else [cell.upper(), "\\x" + cell]
    return [value(Kind(KINDS.get(kind, "text") if typed else "text"), cell.encode(), Options())]


def compare_table(corpus, output, entry, table, typed):
    require(entry["rows"] == table["rows"], f"{table['table']}: {entry['rows']} rows, expected {table['rows']}")
    data = b"".join(plain for _, plain in files_of(output, entry))
    rows = list(lines_of(data, table["table"]))
    with gzip.open(corpus / "dumps" / table["file"], "rt", encoding="utf-8") as lines:
        expected = [json.loads(line) for line in lines]
    require(len(rows) == len(expected), f"{table['table']}: {len(rows)} lines, expected {len(expected)}")
    columns = [column for column in table["columns"] if column["name"] not in table["omitted"]]
    for number, (row, cells) in enumerate(zip(rows, expected), 1):
        wanted = []
        for place, (column, cell) in enumerate(zip(columns, cells)):
            choices = wanted_cell(column["kind"], cell, typed)
            got = row[place][1] if place < len(row) else None
            wanted.append((column["name"], got if got in choices else choices[0]))
        compare_row(f"{table['table']}, row {number}", row, wanted)


def judge(sluice, corpus, folder, case, scratch):
    """Number of cells compared; raises `Mismatch` at the first difference."""
    output = scratch / "output"
    convert(sluice, Case(folder / case["input"], [], arguments=tuple(arguments(case))), output)
    entries = json.loads((output / "_manifest.json").read_text(encoding="utf-8"))["tables"]
    cells = 0
    for table in case["tables"]:
        found = [entry for entry in entries if entry["table"] == table["table"] and entry["database"] in (table["db"], None)]
        found = [entry for entry in found if entry["schema"] == table.get("schema")]
        require(
            len(found) == 1,
            f"{table['table']}: {len(found)} times in the manifest, which has "
            f"{sorted((entry['database'] or '', entry['schema'] or '', entry['table']) for entry in entries)}",
        )
        entries.remove(found[0])
        compare_table(corpus, output, found[0], table, case.get("schema_known", True))
        cells += table["rows"] * len(table["columns"])
    require(not entries, lambda: f"unexpected tables {[entry['table'] for entry in entries]}")
    return cells


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sluice", type=Path, required=True, help="the sluice binary")
    parser.add_argument("corpus", type=Path, nargs="?", default=Path(__file__).resolve().parents[2].parent / "shared" / "corpus")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"SKIPPED: no corpus at {options.corpus}")
        return 0
    passed = failed = 0
    for description in sorted((options.corpus / "dumps" / "cases").glob("*/case.json")):
        case = json.loads(description.read_text(encoding="utf-8"))
        with tempfile.TemporaryDirectory() as scratch:
            try:
                cells = judge(options.sluice.resolve(), options.corpus, description.parent, case, Path(scratch))
                passed += 1
                print(f"passed  {case['id']}: {cells} cells", flush=True)
            except Mismatch as difference:
                failed += 1
                print(f"FAILED  {case['id']}\n        {difference}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
