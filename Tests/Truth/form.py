"""A form is one way to get data out of a server: its name, and how to make the input and what must come out of it."""

from dataclasses import dataclass
from pathlib import Path

from expect import Expected, Options


@dataclass(frozen=True)
class Case:
    input: Path  # file or folder
    expected: list[Expected]
    options: Options = Options()
    arguments: tuple[str, ...] = ()  # what the input alone does not say: a delimiter, a dialect
    from_pipe: bool = False
    dialect: str | None = None  # what to say where the command asks for --dialect; without it asking is a failure
    exit_status: int = 0  # another one is a refusal: nothing may bear a final name
    tag: str | None = None  # convert to standard output, with the table's name under this key
    ignored_databases: tuple[str, ...] = ()  # a server's own tables, which nobody compares


FORMS = {}


def add(name, make):
    """`make(world, folder)` writes the input into the folder, which is empty, and gives the case."""
    if name in FORMS:
        raise ValueError(f"two forms are named {name}")
    FORMS[name] = make


def written(file: Path, data: bytes):
    file.write_bytes(data)
    return file
