#!/usr/bin/env python3
"""Real servers judge the converter: every form is dumped, converted, and compared cell by cell with what the server says."""

import argparse
import fnmatch
import shutil
import subprocess
import sys
import time
from pathlib import Path

import form
import mariadb_dumps  # noqa: F401  (each module adds its forms)
import mariadb_files  # noqa: F401
import mysql_trees  # noqa: F401
import mysqldumps  # noqa: F401
import postgres_dumps  # noqa: F401
import postgres_files  # noqa: F401
import postgres_trees  # noqa: F401
import streams  # noqa: F401
from compare import Mismatch, compare, compare_stream
from servers import ServerError
from world import World


def convert(sluice, case, output):
    """Runs the command and gives its standard output; its own words are the difference when it fails."""
    target = ["--stdout", "--tag", case.tag] if case.tag else ["--output", str(output)]
    command = [
        str(sluice),
        "convert",
        "-" if case.from_pipe else str(case.input),
        *target,
        *case.options.arguments(),
        *case.arguments,
        "--progress",
        "never",
    ]
    with open(case.input if case.from_pipe else "/dev/null", "rb") as standard_input:
        done = subprocess.run(command, stdin=standard_input, capture_output=True, timeout=300)
    if done.returncode != 0:
        raise Mismatch(f"exit {done.returncode}: {done.stderr.decode(errors='replace').strip()[-600:]}")
    return done.stdout


def judge(sluice, world, make, folder):
    """None when all cells agree, else the first difference; a form that cannot be made has failed too."""
    try:
        case = make(world, folder)
        printed = convert(sluice, case, folder / "output")
        if case.tag:
            compare_stream(printed, case.tag, case.expected, case.options)
        else:
            compare(folder / "output", case.expected, case.options, case.ignored_databases)
    except (Mismatch, ServerError, subprocess.TimeoutExpired) as difference:
        return f"{type(difference).__name__}: {difference}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sluice", type=Path, required=True, help="the sluice binary")
    parser.add_argument("--seed", default="1", help="of the random tables (default: 1)")
    parser.add_argument("--rows", type=int, default=60, help="of each random table (default: 60)")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="forms to run, e.g. 'mariadb/tab/*'")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep inputs and outputs of the forms that fail")
    parser.add_argument("--list", action="store_true", help="name the forms and do nothing")
    options = parser.parse_args()
    chosen = [name for name in sorted(form.FORMS) if fnmatch.fnmatch(name, options.only)]
    if options.list:
        print("\n".join(chosen))
        return 0

    passed = failed = 0
    with World(options.seed, options.rows) as world:
        for name in chosen:
            folder = world.folder / "case"
            folder.mkdir()
            folder.chmod(0o777)  # the servers write files into it
            start = time.monotonic()
            difference = judge(options.sluice.resolve(), world, form.FORMS[name], folder)
            passed, failed = (passed, failed + 1) if difference else (passed + 1, failed)
            print(
                f"{'FAILED' if difference else 'passed'}  {time.monotonic() - start:5.2f} s  {name}"
                + (f"\n        {difference}" if difference else ""),
                flush=True,
            )
            if difference and options.keep:
                shutil.copytree(folder, options.keep / name, dirs_exist_ok=True)
            shutil.rmtree(folder)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
