"""The output folder against what is expected: manifest, files, and every cell by its literal."""

import gzip
import hashlib
import itertools
import json
import re
import subprocess
from pathlib import Path

from values import NotJSON, Object, parse, shown

PLAIN_NAME = re.compile(r"^[a-z0-9][a-z0-9_-]*$")
SAFE_PATH = re.compile(r"^(?:[\w%-][\w%.-]*/)*part-\d{5}\.ndjson(?:\.gz|\.zst)?$")


class Mismatch(Exception):
    """The first difference, for a person to read."""


def require(holds, difference):
    if not holds:
        raise Mismatch(difference() if callable(difference) else difference)


def unpacked(file: Path):
    data = file.read_bytes()
    if file.suffix == ".gz":
        return gzip.decompress(data)
    if file.suffix == ".zst":
        return subprocess.run(["zstd", "-q", "-d", "-c"], input=data, capture_output=True, check=True).stdout
    return data


def lines_of(data, where):
    """Lines as JSON objects: UTF-8, LF after every line, no key twice."""
    require(not data or data.endswith(b"\n"), f"{where}: the last line has no line end")
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            row = parse(line.decode("utf-8"))
        except (UnicodeDecodeError, NotJSON) as error:
            raise Mismatch(f"{where}, line {number}: {error}: {line[:160]!r}") from error
        require(isinstance(row, Object), f"{where}, line {number}: not an object")
        yield row


def compare_row(where, row, wanted):
    require(
        [key for key, _ in row] == [key for key, _ in wanted],
        lambda: f"{where}: keys {[key for key, _ in row]}, expected {[key for key, _ in wanted]}",
    )
    for (key, got), (_, expected) in zip(row, wanted):
        require(
            got == expected and type(got) is type(expected),
            lambda: f"{where}, {key!r}: got {shown(got)}, expected {shown(expected)}",
        )


def compare_rows(where, rows, wanted):
    missing = object()
    for number, (row, expected) in enumerate(itertools.zip_longest(rows, wanted, fillvalue=missing), 1):
        require(row is not missing, f"{where}: ends after {number - 1} rows, more are expected")
        require(expected is not missing, lambda: f"{where}: row {number} is one too many: {shown(row)}")
        compare_row(f"{where}, row {number}", row, expected)


def files_of(output, entry):
    """A table's files, after the manifest's own words about them have been held against them."""
    for file in entry["files"]:
        require(SAFE_PATH.match(file["path"]), f"unsafe path {file['path']!r}")
        path = output / file["path"]
        require(path.is_file(), f"{file['path']} is in the manifest but not in the folder")
        data = path.read_bytes()
        require(len(data) == file["bytes"], f"{file['path']}: {len(data)} bytes, the manifest says {file['bytes']}")
        require(hashlib.sha256(data).hexdigest() == file["sha256"], f"{file['path']}: not the manifest's sha256")
        plain = unpacked(path)
        lines = plain.count(b"\n")
        require(lines == file["rows"], f"{file['path']}: {lines} lines, the manifest says {file['rows']}")
        yield file["path"], plain


def folder_of(entry):
    """`database/schema/table`, where all of them are names that need no encoding."""
    names = [name for name in (entry["database"], entry["schema"], entry["table"]) if name is not None]
    return "/".join(names) if all(PLAIN_NAME.match(name) for name in names) else None


def entry_for(expected, entries):
    """The manifest's entry of a table; one whose database no input names may stand under none."""
    table = expected.table
    found = [
        entry
        for entry in entries
        if entry["table"] == table.name
        and entry["schema"] == table.schema
        and (entry["database"] == table.database or entry["database"] is None and not expected.database_is_known)
    ]
    require(len(found) < 2, f"{table.name}: twice in the manifest")
    return found[0] if found else None


def compare(output: Path, expected, options, ignored_databases=()):
    """Raises `Mismatch` at the first difference; gives the number of cells compared."""
    require((output / "_SUCCESS").is_file(), "no _SUCCESS")
    manifest = json.loads((output / "_manifest.json").read_text(encoding="utf-8"))
    require(manifest["complete"] is True, "the manifest says incomplete")
    entries = [entry for entry in manifest["tables"] if entry["database"] not in ignored_databases]
    cells, written = 0, {}
    for one in expected:
        where = ".".join(filter(None, (one.table.database, one.table.schema, one.table.name)))
        entry = entry_for(one, entries)
        if entry is None and one.may_be_missing:
            continue
        require(
            entry,
            lambda: (
                f"{where}: not in the manifest, which has "
                f"{sorted((entry['database'] or '', entry['schema'] or '', entry['table']) for entry in entries)}"
            ),
        )
        entries.remove(entry)
        require(
            entry["rows"] == len(one.table.rows),
            f"{where}: the manifest says {entry['rows']} rows, expected {len(one.table.rows)}",
        )
        data = b""
        for path, plain in files_of(output, entry):
            require(
                written.setdefault(path.casefold(), where) == where,
                f"{where}: {path} is also a path of {written[path.casefold()]}",
            )
            plain_folder = folder_of(entry)
            require(
                plain_folder is None or re.sub(r"-[0-9a-f]{16}$", "", path.rsplit("/", 1)[0]) == plain_folder,
                f"{where}: unexpected path {path}",
            )
            data += plain
        compare_rows(where, lines_of(data, where), one.rows(options))
        cells += len(one.table.rows) * len(one.keys)
    require(
        not entries, lambda: f"unexpected tables {[(entry['database'], entry['schema'], entry['table']) for entry in entries]}"
    )
    return cells


def compare_refusal(output: Path):
    """After an error nothing looks complete."""
    final = [str(file.relative_to(output)) for file in output.rglob("*") if file.name == "_SUCCESS" or SAFE_PATH.match(file.name)]
    require(not final, f"left under final names: {final}")


def compare_stream(data, tag, expected, options):
    """Standard output of all tables, whose names stand under the tag: `database.table`, or with a schema between them."""
    rows_of = {}
    for row in lines_of(data, "standard output"):
        require([key for key, _ in row].count(tag) == 1, lambda: f"no {tag!r} in {shown(row)}")
        rows_of.setdefault(dict(row)[tag], []).append(Object(pair for pair in row if pair[0] != tag))
    for one in expected:
        name = ".".join(filter(None, (one.table.database, one.table.schema, one.table.name)))
        compare_rows(name, rows_of.pop(name, []), one.rows(options))
    require(not rows_of, lambda: f"unexpected tables {sorted(rows_of)}")
