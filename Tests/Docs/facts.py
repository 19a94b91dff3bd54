"""Checks of what the texts say: options, links, figures, versions, programs that they quote."""

import glob
import json
import os
import re
import subprocess
import textwrap

from stage import ROOT
from texts import articles, blocks, markdown_files, prose, read

COMMANDS = ("convert", "inspect", "verify", "backup", "create", "list", "show", "wait", "fetch", "run", "binlogs")
PLANS = "WhatIsToCome.md"

# Options of other tools that the articles name, one that is spelled wrong, and one that no help lists.
FOREIGN = {"--tab", "--ouput", "--generate-completion-script", "--long", "--smoke", "--memory", "--fix", "--static-swift-stdlib", "--product"} | {"--single-transaction", "--source-data", "--master-data"}

# A number and a unit of something measured.
MEASURED = re.compile(r"(?<![\w.])\d[\d.,]*\s?(?:GB/s|MB/s|kB/s|ns|µs|ms|CPU s)(?![\w/])")
FIGURE = re.compile(r"(?<![\w.,-])\d[\d.,]*\s?(?:[KMGT]iB|[kMGT]B|GB/s|MB/s|ns|µs|ms)(?![\w/])")


def fences_name_their_language():
    for path in markdown_files():
        for block in blocks(path):
            if not block.language:
                yield f"{block.location}: the block does not say its language"


def swift_blocks_are_programs():
    """A block of Swift is a passage of a program that the package builds and the tests run."""
    programs = [read(os.path.relpath(path, ROOT)) for path in glob.glob(ROOT + "/samples/programs/*/*.swift")]
    passages = [re.sub(r"(?m)^[ \t]+|[ \t]+$", "", program) for program in programs]
    for path in articles():
        for block in blocks(path):
            if block.language == "swift":
                wanted = re.sub(r"(?m)^[ \t]+|[ \t]+$", "", textwrap.dedent(block.text))
                if not any(wanted in passage for passage in passages):
                    yield f"{block.location}: no program of samples/programs has these lines"


def json_blocks_are_json():
    for path in articles():
        for block in blocks(path):
            if block.language == "json":
                try:
                    json.loads(block.text)
                except ValueError as error:
                    yield f"{block.location}: {error}"


def options(sluice):
    """All options that the help texts of the command name."""
    for words in ([], *([command] for command in COMMANDS)):
        text = subprocess.run([sluice, *words, "--help"], text=True, capture_output=True, check=True).stdout
        yield from re.findall(r"--[a-z][a-z0-9-]*", text)


def every_option_is_described(sluice):
    described = "".join(read(path) for path in articles())
    for option in sorted(set(options(sluice)) - {"--help"}):
        if not re.search(re.escape(option) + r"(?![\w-])", described):
            yield f"no article describes {option}"


def options_exist(sluice):
    known = FOREIGN | set(options(sluice))
    for path in articles():
        if path.endswith(PLANS):
            continue
        for number, line in enumerate(read(path).split("\n"), 1):
            if line.startswith("<!--"):
                continue
            for option in re.findall(r"(?<![\w-])--[a-z][a-z0-9-]*", line):
                if option not in known:
                    yield f"{path}:{number}: there is no option {option}"


def links_lead_somewhere():
    for path in markdown_files():
        folder = os.path.dirname(path)
        for number, line in prose(path):
            for target in re.findall(r"\]\(([^)\s]+)\)", line) + re.findall(r"<doc:([^>]+)>", line):
                target = target.split("#")[0]
                if not target or re.match(r"[a-z]+:", target):
                    continue
                if "<doc:" in line and target in re.findall(r"<doc:([^>]+)>", line):
                    target += ".md"
                if not os.path.exists(os.path.join(ROOT, folder, target)):
                    yield f"{path}:{number}: {target} is not there"


def paths_exist():
    """Files of this repository that the texts name in code: `Tests/…`, `Benchmarks/…`, `samples/…`, `Sources/…`."""
    for path in markdown_files():
        for number, line in prose(path):
            for name in re.findall(r"`((?:Tests|Benchmarks|samples|Sources|\.github)/[\w./+-]*)`", line):
                if not any(os.path.exists(os.path.join(ROOT, folder, name)) for folder in ("", os.path.dirname(path))):
                    yield f"{path}:{number}: {name} is not there"


def what_was_measured_stands_with_the_benchmarks():
    for path in articles():
        for number, line in prose(path):
            for figure in MEASURED.findall(line):
                yield f"{path}:{number}: {figure} was measured: it belongs to Benchmarks/README.md"


def no_figure_stands_in_two_files():
    seen = {}
    for path in [*articles(), "Benchmarks/README.md"]:
        for number, line in prose(path):
            for figure in FIGURE.findall(line):
                first = seen.setdefault(figure, (path, number))
                if first[0] != path:
                    yield f"{path}:{number}: {figure} stands in {first[0]}:{first[1]}, too"


def readme_is_short():
    lines = read("README.md").count("\n")
    if lines > 250:
        yield f"README.md has {lines} lines, more than 250"


def every_target_is_in_the_picture():
    """The architecture part of README.md names each target that has sources of its own."""
    text = read("README.md").partition("## Architecture")[2].partition("\n## ")[0]
    for folder in sorted(glob.glob(ROOT + "/Sources/*")):
        name = os.path.basename(folder)
        if not os.path.exists(folder + "/module.modulemap") and not re.search(rf"\b{name}\b", text):
            yield f"README.md: the picture lacks {name}"


def version_is_that_of_the_notes(sluice):
    printed = subprocess.run([sluice, "--version"], text=True, capture_output=True, check=True).stdout.strip()
    noted = re.search(r"(?m)^## (\S+)", read(".github/CHANGELOG.md"))
    if not noted or noted[1] != printed:
        yield f".github/CHANGELOG.md begins with {noted and noted[1]}, and the command says {printed}"


def statuses_are_those_of_the_command():
    article = "Sources/BackupExports/BackupExports.docc/ExitStatus.md"
    table = {int(number) for number in re.findall(r"(?m)^\| (\d+) \|", read(article))}
    cases = {int(number) for number in re.findall(r"(?m)^    case \w+ = (\d+)", read("Sources/sluice/ExitStatus.swift"))}
    if table != cases:
        yield f"{article}: {sorted(table ^ cases)} stand in the article or in ExitStatus.swift only"


def limits_are_those_of_the_sources():
    """The defaults of the table in Limits.md are those that the comments of `ExportLimits` give."""
    article = "Sources/BackupExports/BackupExports.docc/Limits.md"
    table = dict(re.findall(r"(?m)^\| `--([a-z]+)-limit[^|]*\| ([^|]+?) \|", read(article)))
    sources = "".join(read(os.path.relpath(path, ROOT)) for path in glob.glob(
        ROOT + "/Sources/BackupExports/**/ExportLimits.swift", recursive=True))
    comments = dict((name, value) for value, name in re.findall(
        r"///[^\n]*?: ([\d,]+(?: [KMG]iB)?)\. `--([a-z]+)-limit`", sources))
    if not table or table != comments:
        yield f"{article}: {sorted(set(table.items()) ^ set(comments.items()))} differ from ExportLimits"
