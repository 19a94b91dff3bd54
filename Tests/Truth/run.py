#!/usr/bin/env python3
"""Real servers judge the converter: every form is dumped, converted, and compared cell by cell with what the server says."""

import argparse
import fnmatch
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import form
import loaded  # noqa: F401
import mariadb_dumps  # noqa: F401  (each module adds its forms)
import mariadb_files  # noqa: F401
import mysql_trees  # noqa: F401
import mysqldumps  # noqa: F401
import oracle_dumps  # noqa: F401
import oracle_files  # noqa: F401
import oracle_mysql
import postgres_dumps  # noqa: F401
import postgres_files  # noqa: F401
import postgres_trees  # noqa: F401
import quoted_dumps  # noqa: F401
import scripts  # noqa: F401
import servers
import streams  # noqa: F401
import tools  # noqa: F401
from compare import Mismatch, compare, compare_refusal, compare_stream
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
    if done.returncode not in (0, case.exit_status) and case.dialect and b"--dialect" in done.stderr:
        compare_refusal(output)
        shutil.rmtree(output, ignore_errors=True)
        told = replace(case, dialect=None, arguments=(*case.arguments, "--dialect", case.dialect))
        return convert(sluice, told, output)
    if done.returncode != case.exit_status:
        raise Mismatch(f"exit {done.returncode}: {done.stderr.decode(errors='replace').strip()[-600:]}")
    return done.stdout


def difference(sluice, world, make, folder):
    """None when all cells agree; a form that cannot be made has failed too."""
    try:
        case = make(world, folder)
        printed = convert(sluice, case, folder / "output")
        if case.exit_status:
            compare_refusal(folder / "output")
        elif case.tag:
            compare_stream(printed, case.tag, case.expected, case.options)
        else:
            compare(folder / "output", case.expected, case.options, case.ignored_databases)
    except (Mismatch, ServerError, subprocess.TimeoutExpired) as found:
        return f"{type(found).__name__}: {found}"
    return None


def judge(world, options, name):
    """Runs one form in a folder of its own, and prints and returns whether it passed."""
    folder = world.folder / name.replace("/", "-")
    folder.mkdir()
    folder.chmod(0o777)  # the servers write files into it
    start = time.monotonic()
    found = difference(options.sluice.resolve(), world, form.FORMS[name], folder)
    line = f"{'FAILED' if found else 'passed'}  {time.monotonic() - start:5.2f} s  {name}"
    sys.stdout.write(f"{line}\n        {found}\n" if found else f"{line}\n")  # one call: forms run side by side
    sys.stdout.flush()
    if found and options.keep:
        shutil.copytree(folder, options.keep / name, dirs_exist_ok=True)
    shutil.rmtree(folder)
    return found is None


def without_missing_servers(chosen):
    """Oracle's MySQL is in no stable suite of Debian: its forms are skipped, and said to be, where it cannot be had."""
    of_oracle = [name for name in chosen if name.startswith("oracle/")]
    reason = oracle_mysql.why_not() if of_oracle else None
    print_versions(of_oracle and not reason)
    if not reason:
        return chosen, []
    words = f"SKIPPED {len(of_oracle)} forms of Oracle MySQL: {reason}"
    print(words, flush=True)
    return [name for name in chosen if name not in of_oracle], [words]


def print_versions(has_oracle):
    """These are the machine's own: no list of versions can pin them."""
    postgres = servers.postgres_programs() / "postgres"
    commands = [["mariadbd"], ["mariadb-dump"], [postgres], ["mydumper"], *([oracle_mysql.program("mysqld")] if has_oracle else [])]
    for command in commands:
        if shutil.which(command[0]):
            done = subprocess.run([*command, "--version"], capture_output=True, text=True)
            print("version", " ".join(done.stdout.splitlines()[0].replace(str(oracle_mysql.PROGRAMS), "").split()), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sluice", type=Path, required=True, help="the sluice binary")
    parser.add_argument("--seed", default="1", help="of the random tables (default: 1)")
    parser.add_argument("--rows", type=int, default=60, help="of each random table (default: 60)")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="forms to run, e.g. 'mariadb/tab/*'")
    parser.add_argument("--jobs", type=int, default=2, help="forms at a time (default: 2)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep inputs and outputs of the forms that fail")
    parser.add_argument("--list", action="store_true", help="name the forms and do nothing")
    options = parser.parse_args()
    chosen = [name for name in sorted(form.FORMS) if fnmatch.fnmatch(name, options.only)]
    if options.list:
        print("\n".join(chosen))
        return 0

    chosen, skipped = without_missing_servers(chosen)

    with World(options.seed, options.rows) as world, ThreadPoolExecutor(options.jobs) as workers:
        verdicts = list(workers.map(lambda name: judge(world, options, name), chosen))
    for reason in skipped:
        print(reason)
    print(f"{verdicts.count(True)} passed, {verdicts.count(False)} failed")
    return 0 if verdicts and all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
