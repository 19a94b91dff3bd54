#!/usr/bin/env python3
"""A full export and the changes after it are the server's own tables: real servers, seeded loads, many settings of the logs.

    python3 Tests/Replay/run.py --sluice .build/debug/sluice [--seeds 3] [--only 'oracle/partial'] [--keep FOLDER]
"""

import argparse
import fnmatch
import json
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from documented import documented, install
from every_type import EveryType, load_sources, sources
from laws import laws
from load import CASCADES, SETUP, Load
from replay import Moment, Replay
from servers_with_logs import MARIADB_SETTINGS, ORACLE_SETTINGS, LoggingMariaDB, LoggingMySQL, oracle_mysql
from snapshots import DEFINES, Snapshots

sys.path.insert(0, str(Path(__file__).parent.parent / "Truth"))
from compare import Mismatch, lines_of, require, unpacked  # noqa: E402
from servers import ServerError  # noqa: E402

TAG = "@table"
# Settings under which the laws of sets of logs are tried: with names and checksums in the logs, and without.
LAWS = {"mariadb": {"full"}, "oracle": {"structure"}}


def sluice(binary, *words, status=0):
    done = subprocess.run([binary, *map(str, words), "--progress", "never"], capture_output=True, timeout=300)
    if done.returncode != status:
        raise Mismatch(f"exit {done.returncode}: {done.stderr.decode(errors='replace').strip()[-1500:]}")
    return done.stdout


def tables_of(output):
    """Lines of each table of an output folder, by database and table."""
    manifest = json.loads((output / "_manifest.json").read_text())
    for entry in manifest["tables"]:
        yield entry, b"".join(unpacked(output / file["path"]) for file in entry["files"])


class Turn:
    """One load under one setting of the logs."""

    def __init__(self, binary, server, setting, seed, folder):
        self.binary, self.server, self.setting, self.seed, self.folder = binary, server, setting, seed, folder

    def sluice(self, *words, status=0):
        return sluice(self.binary, *words, status=status)

    def changes(self, start, output):
        """Converts all logs from the export's position on, as the server has them now."""
        copies = []
        for log in self.server.logs_since(start.file):
            copies.append(shutil.copy(log, self.folder))
        self.sluice("convert", *copies, "--structure", self.folder / "full.sql", "--after", f"{start.file}:{start.byte}", "--output", output)

    def play(self, database, setup, steps, unjudged=()):
        """Makes the tables, exports them, plays the steps, and judges the change events."""
        server = self.server
        server.execute(f"DROP DATABASE IF EXISTS {database}; CREATE DATABASE {database} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        server.execute(setup, database, force=True)
        snapshots = Snapshots(server, database)
        dump, start = server.dump(database)
        (self.folder / "full.sql").write_bytes(dump)
        moments = [Moment(start, snapshots.now())]
        for step in steps:
            for piece in step.sql.split("\0"):
                server.execute(piece, database, force=database == "every")
            if DEFINES.search(step.sql):
                snapshots.define(step.sql)
            moments.append(Moment(server.position(), snapshots.now(), step.anew, step.sql))
        logs = server.logs_since(start.file)
        for log in logs:
            shutil.copy(log, self.folder)
        self.convert(database, start, [self.folder / log.name for log in logs], moments, unjudged)

    def convert(self, database, start, logs, moments, unjudged):
        base, changes = self.folder / "base", self.folder / "changes"
        self.sluice("convert", self.folder / "full.sql", "--output", base)
        rows = {entry["table"]: list(lines_of(data, entry["table"])) for entry, data in tables_of(base) if entry["database"] == database}
        words = ["convert", *logs, "--structure", self.folder / "full.sql", "--after", f"{start.file}:{start.byte}"]
        stream = self.sluice(*words, "--stdout", "--tag", TAG)
        self.sluice(*words, "--output", changes)
        replay = Replay(database, rows, moments, unjudged)
        replay.apply_all(lines_of(stream, "changes"), TAG)
        self.require_same_lines(stream, changes)
        require(replay.applied > 0, "no event")
        self.report = f"{replay.applied} events, {replay.compared} cells"

    def require_same_lines(self, stream, changes):
        """A folder a table has the lines of the stream."""
        wanted = {}
        for line in stream.splitlines():
            head, tag, rest = line.partition(f'"{TAG}":'.encode())
            require(bool(tag) and not head.strip(b"{"), lambda: f"the tag is not first in {line[:80]!r}")
            name, _, rest = rest.partition(b",")
            wanted.setdefault(json.loads(name), []).append(b"{" + rest)
        found = {}
        for entry, data in tables_of(changes):
            require(entry["kind"] == ("ddl" if entry["table"] == "_ddl" else "changes"), entry["kind"])
            found[".".join(filter(None, (entry["database"], entry["table"])))] = data.splitlines()
        require(found == wanted, lambda: f"the folder has other lines than the stream: {found.keys() ^ wanted.keys()}")


def engines_of(options):
    return ["duckdb", "spark"] if options.spark else ["duckdb"]


def turns(kind, options):
    """Names of all turns, and what each plays."""
    engines = engines_of(options)
    settings = MARIADB_SETTINGS if kind == "mariadb" else ORACLE_SETTINGS
    for seed in range(options.seed, options.seed + options.seeds):
        for setting in settings:
            yield f"{kind}/{setting}/{seed}/shop", setting, seed, shop
            if seed == options.seed:
                yield f"{kind}/{setting}/{seed}/every", setting, seed, every
            if seed == options.seed and setting in LAWS[kind]:
                yield f"{kind}/{setting}/{seed}/laws", setting, seed, laws
            if "binlog_row_image" not in settings[setting]:
                yield f"{kind}/{setting}/{seed}/article", setting, seed, lambda turn: documented(turn, engines)


def shop(turn):
    load = Load(turn.seed, turn.folder, turn.server.NAME == "oracle")

    def steps():
        yield from load.rows(12)
        yield from load.definitions()
        yield from load.cascades()
        yield from load.rows(6)

    is_logged = turn.server.NAME == "oracle"  # of MySQL 9.6 or later
    turn.play("shop", SETUP, steps(), () if is_logged else (CASCADES,))


def every(turn):
    copies = EveryType(sources(turn.server), turn.seed)
    turn.play("every", "\n".join(copies.setup()), copies.steps())


def judge(binary, server, name, setting, seed, play, options):
    began = time.monotonic()
    found = None
    with tempfile.TemporaryDirectory(prefix="sluice-replay-") as folder:
        Path(folder).chmod(0o755)
        turn = Turn(binary, server, setting, seed, Path(folder))
        try:
            server.begin(setting)
            play(turn)
        except (Mismatch, ServerError, subprocess.TimeoutExpired) as error:
            found = f"{type(error).__name__}: {error}"
        if found and options.keep:
            shutil.copytree(folder, options.keep / name, dirs_exist_ok=True)
    print(f"{'FAILED' if found else 'passed'}  {time.monotonic() - began:5.1f} s  {name}  {found or turn.report}", flush=True)
    return found is None


def judge_all(kind, make, options):
    """All turns of one server: whether each passed."""
    chosen = [turn for turn in turns(kind, options) if fnmatch.fnmatch(turn[0], options.only)]
    if not chosen:
        return []
    with tempfile.TemporaryDirectory(prefix="sluice-replay-") as folder:
        Path(folder).chmod(0o755)
        with make(Path(folder)) as server:
            load_sources(server, options.seed)
            return [judge(options.sluice.resolve(), server, *turn, options) for turn in chosen]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sluice", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", default="*", help="a pattern of names")
    parser.add_argument("--spark", action="store_true", help="the article's statements in Spark, too: pyspark is large")
    parser.add_argument("--keep", type=Path, help="where the files of what failed are kept")
    options = parser.parse_args()
    install(engines_of(options))
    why_not = oracle_mysql.why_not()
    if why_not:
        print(f"SKIPPED: Oracle MySQL: {why_not}", flush=True)
    kinds = [("mariadb", LoggingMariaDB), *([] if why_not else [("oracle", LoggingMySQL)])]
    with ThreadPoolExecutor() as servers:  # side by side
        judged = [one for found in servers.map(lambda kind: judge_all(*kind, options), kinds) for one in found]
    passed, failed = judged.count(True), judged.count(False)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
