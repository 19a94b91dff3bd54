"""The Markdown files of the project, and the blocks of code in them."""

import os
import re
from dataclasses import dataclass

from stage import ROOT

NOT_RUN = re.compile(r"<!-- not run: (.+) -->")


@dataclass
class Block:
    """A fenced block. `reason` says why it is not run, where a comment before it does."""

    path: str
    line: int
    language: str
    text: str
    reason: str | None = None

    @property
    def location(self):
        return f"{self.path}:{self.line}"


def markdown_files():
    """All Markdown files that are in the repository, or about to be; results of benchmarks are data."""
    found = ["README.md"]
    for top in [".github", "Sources", "Tests", "Benchmarks", "samples"]:
        for folder, folders, files in os.walk(os.path.join(ROOT, top)):
            folders[:] = [name for name in folders if name not in (".build", "out", "results", "venv", "__pycache__")]
            found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in files if name.endswith(".md")]
    return sorted(found)


def read(path):
    with open(os.path.join(ROOT, path), encoding="utf-8") as file:
        return file.read()


def articles():
    """README.md, and the articles of the DocC catalogs: what a user reads."""
    return [path for path in markdown_files() if path == "README.md" or ".docc/" in path]


def blocks(path):
    """The fenced blocks of a file, in order."""
    found, reason, opened = [], None, None
    for number, line in enumerate(read(path).split("\n"), 1):
        fence = re.match(r"\s*```(\S*)", line)
        if opened is None and fence:
            opened = Block(path, number, fence[1], "", reason)
        elif opened and line.strip() == "```":
            found.append(opened)
            opened, reason = None, None
        elif opened:
            opened.text += line + "\n"
        else:
            comment = NOT_RUN.search(line)
            reason = comment[1] if comment else (reason if not line.strip() else None)
    return found


def prose(path):
    """The text without its blocks of code, as (number, line)."""
    inside = False
    for number, line in enumerate(read(path).split("\n"), 1):
        if re.match(r"\s*```", line):
            inside = not inside
        elif not inside:
            yield number, line
