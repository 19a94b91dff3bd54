"""The tables of an output folder, by its manifest."""

import json
from dataclasses import dataclass
from pathlib import Path

from compare import lines_of
from kinds import kind_of


@dataclass
class OutputTable:
    name: str
    folder: Path
    rows: int
    kinds: dict[str, str]  # by key
    files: list[Path]

    def lines(self):
        """Our own lines, by their literals."""
        for file in self.files:
            for row in lines_of(file.read_bytes(), file.name):
                yield dict(row)


def keys_of(columns):
    """Columns of one name have a number after it (the manifest has the names as the database gives them)."""
    taken, seen = {column["name"] for column in columns}, set()
    for column in columns:
        name, number = column["name"], 2
        if name in seen:
            while f"{name}_{number}" in taken:
                number += 1
            name = f"{name}_{number}"
            taken.add(name)
        seen.add(name)
        yield name


def tables_of(output):
    manifest = json.loads((output / "_manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["tables"]:
        files = [output / file["path"] for file in entry["files"]]
        name = ".".join(filter(None, (entry["database"], entry["schema"], entry["table"])))
        kinds = dict(zip(keys_of(entry["columns"]), map(kind_of, entry["columns"])))
        yield OutputTable(name, files[0].parent, entry["rows"], kinds, files)
