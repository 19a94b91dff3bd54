#!/usr/bin/env python3
"""The lake's own readers judge the output: each loads every folder without options and must have the same rows and values."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ENVIRONMENT = ROOT / ".build-lake" / "venv"
QUICK = ["duckdb", "polars"]
ALL = [*QUICK, "chdb", "pyspark"]
# Every value that a reader's numbers or nested types might not carry is a string.
AS_STRINGS = ["--decimals", "string", "--big-integers", "string", "--json", "string", "--arrays", "text"]


def in_environment(readers):
    """Starts over inside the virtual environment that has the readers in the versions of Tests/versions.txt."""
    if Path(sys.prefix) != ENVIRONMENT:
        subprocess.run([HERE.parent / "python-packages.sh", ENVIRONMENT, *readers], check=True)
        python = ENVIRONMENT / "bin" / "python"
        os.execv(python, [python, *sys.argv])


def convert(sluice, case, output, options):
    command = [sluice, "convert", case.input, "--output", output, *case.arguments, *options, "--progress", "never"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=300)
    return None if done.returncode == 0 else f"exit {done.returncode}: {done.stderr.strip()[-400:]}"


class Judge:
    def __init__(self, readers, verbose):
        from tally import Tally

        self.readers, self.verbose = readers, verbose
        self.failures = []
        self.tallies = {"as is": Tally(), "as strings": Tally()}

    def fail(self, words):
        self.failures.append(words)
        print(f"FAILED  {words}", flush=True)

    def judge(self, name, output, form):
        from tables import tables_of

        for table in tables_of(output):
            lines = list(table.lines())
            for reader in self.readers:
                self.judge_table(f"{name} ({form}), {table.name}, {reader.name}", reader, table, lines, self.tallies[form])

    def judge_table(self, where, reader, table, lines, tally):
        from readers import Refused
        from refusals import reason_for

        try:
            loaded = reader.load(table.folder)
        except Refused as refused:
            reason = reason_for(reader.name, str(refused))
            tally.refused[reader.name][reason or "unknown"] += 1
            if reason is None:
                self.fail(f"{where}: {' '.join(str(refused).split())[:300]}")
            elif self.verbose:
                print(f"refused {where}: {reason}")
            return
        tally.loaded[reader.name] += 1
        if len(loaded.rows) != len(lines):
            self.fail(f"{where}: {len(loaded.rows)} rows, not {len(lines)}")
            return
        if lines:
            self.judge_values(where, reader, table, lines, loaded, tally)

    def judge_values(self, where, reader, table, lines, loaded, tally):
        from carry import CHANGED, compare_row

        types = {key: re.match(r'(?:Nullable\()?"?(\w+(?: WITH TIME ZONE)?(?:\[\])*)', loaded.types.get(key, "none"))[1] for key in table.kinds}
        for key, kind in table.kinds.items():
            tally.types[reader.name, kind][types[key]] += 1
        told = set()
        for number, (line, got) in enumerate(zip(lines, loaded.rows), 1):
            for key, verdict in compare_row(line, got, table.kinds).items():
                tally.verdicts[reader.name, table.kinds[key]][verdict] += 1
                if verdict == CHANGED and key not in told:
                    told.add(key)
                    ours, theirs = str(line.get(key))[:120], str(got.get(key))[:120]
                    self.fail(f"{where}, row {number}, {key!r} ({types[key]}): {ours!r} became {theirs!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sluice", type=Path, required=True, help="the sluice binary")
    parser.add_argument("--readers", default=",".join(ALL), help=f"some of {','.join(ALL)} (default: all)")
    parser.add_argument("--quick", action="store_true", help=f"only {' and '.join(QUICK)}, whose packages are small")
    parser.add_argument("--samples", action="store_true", help="only the samples: no server is started")
    parser.add_argument("--verbose", action="store_true", help="name every folder that a reader does not load")
    options = parser.parse_args()
    chosen = QUICK if options.quick else options.readers.split(",")
    in_environment(chosen)

    sys.path.insert(0, str(HERE.parent / "Truth"))
    import inputs
    from readers import READERS

    judge = Judge([READERS[name]() for name in chosen], options.verbose)
    print("readers ", *(f"{reader.name} {reader.version}" for reader in judge.readers), flush=True)
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="sluice-lake-") as folder:
        cases = [*inputs.samples(), *(() if options.samples else inputs.truth(stack))]
        for number, (name, case) in enumerate(cases):
            for form, arguments in (("as is", []), ("as strings", AS_STRINGS)):
                output = Path(folder) / f"{number}-{form.replace(' ', '-')}"
                error = convert(options.sluice.resolve(), case, output, arguments)
                if error:
                    judge.fail(f"{name}: {error}")
                else:
                    judge.judge(name, output, form)
            print(f"read    {name}", flush=True)

    for form, tally in judge.tallies.items():
        print(f"\n{form}:\n", *tally.markdown(judge.readers), sep="\n")
    print(f"\n{len(judge.failures)} failures")
    return 1 if judge.failures else 0


if __name__ == "__main__":
    sys.exit(main())
