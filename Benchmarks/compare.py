#!/usr/bin/env python3
"""Sluice beside other tools and yardsticks, interleaved (A B A B …), every sample kept.

Every tool turns the same file into JSON lines on standard output, which is discarded (/dev/null) unless a case says
otherwise. Before anything is timed, the rows that the tools write are compared with ours: their number, and every value as text.
"""
import argparse, collections, json, os, platform, shutil, subprocess, sys, time

import cliffs, hard_cases, parquet_cases

HERE = os.path.dirname(os.path.abspath(__file__))

POLARS = "import sys,polars as p;p.scan_csv(sys.argv[1],infer_schema=False).sink_ndjson(sys.argv[2])"
DUCKDB = "import sys,duckdb;duckdb.sql(f\"SET threads=2;COPY (FROM read_csv('{sys.argv[1]}',all_varchar=true,header=true,quote='\\\"',escape='\\\"',nullstr='\\x01')) TO '{sys.argv[2]}' (FORMAT json)\")"
CHDB = "import sys,chdb;f=open(sys.argv[2],'wb');f.write(chdb.query(f\"SELECT * FROM file('{sys.argv[1]}',{sys.argv[3]}) SETTINGS max_threads=2,{sys.argv[4]}\",'JSONEachRow').bytes())"


def python(code, *arguments):
    return [os.path.join(HERE, "venv/bin/python"), "-c", code, *arguments]


def run(command, sink, cores=None):
    """Seconds of wall clock, seconds of CPU, peak MiB."""
    def pin():
        if cores:
            os.sched_setaffinity(0, cores)
    out = open(sink, "wb")
    before = time.monotonic()
    process = subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, preexec_fn=pin)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - before
    out.close()
    if process.returncode:
        raise RuntimeError(f"{os.path.basename(command[0])} failed: {errors.decode(errors='replace')[-400:]}".replace(HERE, "."))
    return {"wall": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


def plain(value):
    text = "" if value is None else str(value)
    try:
        return float(text)
    except ValueError:
        return text


def same_rows(ours, theirs):
    """Whether two NDJSON files hold the same rows, values compared as text. Returns what differs, or None."""
    with open(ours) as a, open(theirs) as b:
        count = 0
        for left, right in zip(a, b):
            count += 1
            if left == right:
                continue
            x, y = json.loads(left), json.loads(right)
            # Tools differ in what an empty field without quotes is (null or ""), and in how they write a number's zeros.
            if [plain(v) for v in x.values()] != [plain(v) for v in y.values()]:
                return f"row {count}: {left[:200]} … {right[:200]}"
        rest = sum(1 for _ in a), sum(1 for _ in b)
        return None if rest == (0, 0) else f"{rest[0]} and {rest[1]} rows more"


def same_rows_in_any_order(ours, theirs):
    """The same for tools whose rows come in another order: how often each row stands in both."""
    def counted(path):
        with open(path) as lines:
            return collections.Counter(hash(tuple(plain(v) for v in json.loads(line).values())) for line in lines)
    a, b = counted(ours), counted(theirs)
    return None if a == b else f"{sum((a - b).values())} rows of ours are not theirs, {sum((b - a).values())} of theirs not ours"


def same_bytes(ours, theirs):
    """For the bounds, which are ours too."""
    return None if subprocess.run(["cmp", "-s", ours, theirs]).returncode == 0 else "not byte for byte the same"


class Suite:
    def __init__(self, arguments):
        self.a = arguments
        self.results = []

    def path(self, name):
        return os.path.join(self.a.data, name)

    def case(self, name, size, commands, compare={}, targets=None, turns=1, sizes=None):
        """commands: name → (command, sink, cores, command that writes to be compared); compare: name → how; turns: in each round;
        sizes: bytes that a command reads, where they differ."""
        missing, good = [], {}
        ours = os.path.join(self.a.data, "check.ours")
        for tool, (command, sink, cores, check) in commands.items():
            try:
                if tool == "sluice" and compare:
                    run(command, ours)
                if tool in compare:
                    theirs = self.path("check.theirs")
                    run(check or command, "/dev/null" if theirs in (check or []) else theirs)
                    wrong = compare[tool](ours, theirs)
                    if wrong:
                        raise RuntimeError("other rows than ours: " + wrong)
                good[tool] = (command, sink, cores)
            except Exception as error:  # a tool that is missing or reads it otherwise is left out, and said so
                missing.append(f"{tool}: {str(error)[:300]}")
                print(f"  {name}: {tool} left out: {str(error)[:200]}", file=sys.stderr)
        for left in ("check.ours", "check.theirs"):
            if os.path.exists(self.path(left)):
                os.unlink(self.path(left))
        samples = {tool: [] for tool in good}
        for _ in range(self.a.rounds * turns):
            for tool, (command, sink, cores) in good.items():
                if self.is_far_behind(samples[tool], samples.get("sluice")):
                    continue
                try:
                    samples[tool].append(run(command, sink, cores))
                except Exception as error:
                    missing.append(f"{tool}: {str(error)[:300]}")
        best = {tool: min(s["wall"] for s in taken) for tool, taken in samples.items() if taken}
        cpu = {tool: min(s["cpu"] for s in taken) for tool, taken in samples.items() if taken}
        self.results.append({"case": name, "bytes": size, "samples": samples, "sizes": sizes or {}, "left_out": missing, "targets": targets or {}})
        with open(self.a.out, "w") as out:  # after every case: what has been measured is kept, whatever comes next
            json.dump({"machine": card(), "cases": self.results}, out, indent=1)
        base = best.get("sluice")
        if not base:
            return
        print(f"{name}:", ", ".join(f"{t} {(sizes or {}).get(t, size) / w / 1e6:.0f} MB/s ({w / base:.2f}x our time, cpu {cpu[t] / cpu['sluice']:.2f}x)" for t, w in best.items()), flush=True)

    @staticmethod
    def is_far_behind(samples, ours):
        """After three rounds with more than fifteen times our time there is nothing left to learn, and much to wait for."""
        return bool(ours) and len(samples) >= 3 and min(s["wall"] for s in samples) > 15 * min(s["wall"] for s in ours)

    def sluice(self, name, *options):
        return [self.a.sluice, "convert", self.path(name), "--stdout", "--quiet", *options]

    def csv(self, name, targets):
        file, size = self.path(name + ".csv"), os.path.getsize(self.path(name + ".csv"))
        null = "/dev/null"
        theirs = self.path("check.theirs")
        columns = open(file).readline().strip().split(",")
        structure = "'CSVWithNames','" + ",".join(f"{c} String" for c in columns) + "'"
        self.case(f"{name}.csv, discarded", size, {
            "sluice": (self.sluice(name + ".csv", "--header"), null, None, None),
            "polars": (python(POLARS, file, null), null, None, python(POLARS, file, theirs)),
            "duckdb": (python(DUCKDB, file, null), null, None, python(DUCKDB, file, theirs)),
            "clickhouse": (python(CHDB, file, null, structure, "input_format_csv_empty_as_default=0"), null, None, python(CHDB, file, theirs, structure, "input_format_csv_empty_as_default=0")),
            "miller": (["mlr", "--icsv", "--ojsonl", "-S", "cat", file], null, None, None),
            "bound": ([os.path.join(HERE, "bin/bound"), file, "-d"], null, None, [os.path.join(HERE, "bin/bound"), file]),
            "sluice, one core": (self.sluice(name + ".csv", "--header", "--jobs", "1"), null, {0}, None),
            "bound, one core": ([os.path.join(HERE, "bin/bound"), file, "-d"], null, {0}, None),
        }, compare={"polars": same_rows, "duckdb": same_rows, "clickhouse": same_rows, "miller": same_rows, "bound": same_bytes}, targets=targets)

    def typed_csv(self):
        """Order lines with the structure file of the vendor's tree, so that numbers are numbers."""
        size, tree = os.path.getsize(self.path("orders.csv")), self.path("typed")
        os.makedirs(tree + "/shop/orders/data", exist_ok=True)
        with open(tree + "/shop/orders/structure.sql", "w") as out:
            out.write(structure_of(self.path("orders-inserts.sql")))
        data = tree + "/shop/orders/data/orders.csv"
        if not os.path.exists(data):
            os.link(self.path("orders.csv"), data)
        bound = [os.path.join(HERE, "bin/bound"), data]
        self.case("orders.csv with its structure, discarded", size, {
            "sluice": (self.sluice("typed", "--header"), "/dev/null", None, None),
            "sluice, one core": (self.sluice("typed", "--header", "--jobs", "1"), "/dev/null", {0}, None),
            "bound": (bound + ["-d", "nnnnnnnn"], "/dev/null", None, bound + ["nnnnnnnn"]),
            "bound, one core": (bound + ["-d", "nnnnnnnn"], "/dev/null", {0}, None),
        }, compare={"bound": same_bytes}, targets={"of the bound": 0.7})

    def sql(self, name, targets, is_copy=False):
        file, size = self.path(name + ".sql"), os.path.getsize(self.path(name + ".sql"))
        null = "/dev/null"
        commands = {"sluice": (self.sluice(name + ".sql"), null, None, None)}
        if is_copy:  # ClickHouse has no reader for the dump: it gets the block alone
            block = self.path(name + ".tsv")
            if not os.path.exists(block):
                with open(file, "rb") as dump, open(block, "wb") as out:
                    lines = iter(dump)
                    for line in lines:
                        if line.startswith(b"COPY "):
                            break
                    for line in lines:
                        if line == b"\\.\n":
                            break
                        out.write(line)
            count = open(block).readline().count("\t") + 1
            structure = "'TabSeparated','" + ",".join(f"c{i} Nullable(String)" for i in range(count)) + "'"
            commands["clickhouse"] = (python(CHDB, block, null, structure, "max_block_size=65536"), null, None, python(CHDB, block, self.path("check.theirs"), structure, "max_block_size=65536"))
        else:
            commands["clickhouse"] = (python(CHDB, file, null, "'MySQLDump'", "max_block_size=65536"), null, None, python(CHDB, file, self.path("check.theirs"), "'MySQLDump'", "max_block_size=65536"))
        commands["sluice, one core"] = (self.sluice(name + ".sql", "--jobs", "1"), null, {0}, None)
        bound = [os.path.join(HERE, "bin/bound_sql"), file]
        commands["bound"] = (bound + ["-d"], null, None, bound)
        commands["bound, one core"] = (bound + ["-d"], null, {0}, None)
        # MySQLDump's reader gives its blocks in any order.
        compare = {"clickhouse": same_rows if is_copy else same_rows_in_any_order, "bound": same_bytes}
        self.case(f"{name}.sql, discarded", size, commands, compare=compare, targets=targets)

    def long(self, name):
        """The rows of a data set four times over: so long that a start weighs as little as it does in a backup."""
        path = self.path(f"{name}-long.csv")
        if not os.path.exists(path):
            subprocess.check_call(["sh", "-c", '{ cat "$0"; for i in 2 3 4; do tail -n +2 "$0"; done; } > "$1"', self.path(name + ".csv"), path])
        return os.path.basename(path), os.path.getsize(path)

    def rows(self, name):
        """Programs that read every value of every row, at top level and detached (samples/programs/rows and rows-detached),
        beside the conversion of the same."""
        file = self.path(name)
        program = os.path.join(os.path.dirname(os.path.abspath(self.a.sluice)), "sample-rows")
        self.case(f"{name}, value by value", os.path.getsize(file), {
            "sluice": (self.sluice(name), "/dev/null", None, None),
            "loop over rows": ([program, file], "/dev/null", None, None),
            "loop over rows, detached": ([program + "-detached", file], "/dev/null", None, None),
        }, targets={"of the conversion": 0.33, "of the conversion, detached": 0.33})

    def two_cores(self, name):
        """One process on two cores, beside one on one core, and beside two that share nothing but the machine: what it has to give."""
        file, size = self.long(name)
        alone = self.sluice(file, "--header", "--jobs", "1")
        both = 'taskset -c 0 "$@" & other=$!; taskset -c 1 "$@" && wait $other'
        self.case(f"{file}, two cores, discarded", size, {
            "sluice": (self.sluice(file, "--header"), "/dev/null", None, None),
            "sluice, one core": (alone, "/dev/null", {0}, None),
            "two processes": (["sh", "-c", both, "two", *alone], "/dev/null", None, None),
        }, targets={"sluice, one core": 1.7}, turns=3)

    def archives(self):
        file, size = self.long("orders")
        tar = self.path("orders-long.tar")
        if not os.path.exists(tar + ".gz"):
            subprocess.check_call(["tar", "-C", self.a.data, "-cf", tar, file])
            subprocess.check_call(f"gzip -6 -c {tar} > {tar}.gz; zstd -q -3 -f {tar} -o {tar}.zst; rm {tar}", shell=True)
        for suffix, yardstick in ((".gz", ["igzip", "-dc", tar + ".gz"]), (".zst", ["zstd", "-q", "-dc", tar + ".zst"])):
            self.case(f"orders-long.tar{suffix}, discarded", size, {
                "sluice": (self.sluice("orders-long.tar" + suffix, "--header", "--types", "text"), "/dev/null", None, None),
                yardstick[0]: (yardstick, "/dev/null", None, None),
            }, targets={yardstick[0]: 0.9}, turns=3)

    def disk(self):
        out = self.path("lake")
        size = os.path.getsize(self.path("orders.csv"))
        lines = self.path("orders.ndjson")
        run(self.sluice("orders.csv", "--header"), lines)
        written = os.path.getsize(lines)
        script = "import os,sys;b=open(sys.argv[1],'rb').read(1<<20);f=os.open(sys.argv[2],os.O_WRONLY|os.O_CREAT|os.O_TRUNC);n=int(sys.argv[3])\nwhile n>0: n-=os.write(f,b[:n])\nos.fsync(f)"
        convert = lambda *more: ([self.a.sluice, "convert", self.path("orders.csv"), "--header", "--quiet", "--overwrite", "--output", out, *more], "/dev/null", None, None)
        self.case("orders.csv, onto disk and synced", size, {
            "sluice": convert(), "plain writing": ([sys.executable, "-c", script, lines, out + ".plain", str(written)], "/dev/null", None, None),
            "sluice, zstd": convert("--compress", "zstd"), "sluice, gzip": convert("--compress", "gzip"),
        }, targets={"plain writing": 0.8})
        for left in (lines, out + ".plain"):
            os.path.exists(left) and os.unlink(left)
        slow = "import sys,time;began=time.monotonic();n=0\nwhile b:=sys.stdin.buffer.read(1<<20): n+=len(b);time.sleep(max(0,began+n/2e8-time.monotonic()))"
        pipe = 'set -o pipefail; "$1" convert "$2" --header --quiet --stdout $3 | "$4" -c "$5"'
        piped = lambda more: (["bash", "-c", pipe, "pipe", self.a.sluice, self.path("orders.csv"), more, sys.executable, slow], "/dev/null", None, None)
        self.case("orders.csv, to a reader that takes 200 MB/s", size, {
            "sluice": piped(""), "sluice, zstd": piped("--compress zstd"), "sluice, gzip": piped("--compress gzip"),
        })
        shutil.rmtree(out, ignore_errors=True)


def structure_of(dump):
    """The CREATE TABLE of a dump."""
    text = open(dump, errors="replace").read(65536)
    begin = text.index("CREATE TABLE")
    return text[begin:text.index(";", begin) + 1] + "\n"


def card():
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.processor()) if os.path.exists("/proc/cpuinfo") else platform.processor()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return {"cpu": cpu, "cores": os.cpu_count(), "memory_gib": memory, "system": platform.platform(), "load": os.getloadavg()[0], "date": time.strftime("%Y-%m-%d")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--sluice", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", required=True)
    parser.add_argument("--size", type=int, default=128, help="megabytes of the data that is made here")
    parser.add_argument("--cliffs", metavar="TEXT", help="only kinds of data with this in their names ('' for all), beside plain text")
    parser.add_argument("--parquet", metavar="TEXT", help="only Parquet files with this in their names ('' for all)")
    parser.add_argument("--memory", action="store_true", help="also the peaks for 1 GiB and 8 GiB")
    a = parser.parse_args()
    suite = Suite(a)
    print("machine:", card())
    if a.cliffs is not None:
        return cliffs.run(suite, a.size, a.cliffs)
    if a.parquet is not None:
        return parquet_cases.run(suite, a.size, a.parquet)
    suite.csv("orders", {"best other": 6, "of the bound": 0.7})
    suite.csv("text", {"best other": 4.5, "of the bound": 0.7})
    suite.csv("wide", {"best other": 10, "of the bound": 0.7})
    suite.sql("orders-inserts", {"best other": 6, "of the bound": 0.7})
    suite.sql("text-inserts", {"best other": 3.5, "of the bound": 0.7})
    suite.sql("orders-copy", {"best other": 8, "of the bound": 0.7}, is_copy=True)
    suite.sql("text-copy", {"best other": 5, "of the bound": 0.7}, is_copy=True)
    suite.typed_csv()
    for name in ("orders.csv", "text.csv", "wide.csv", "orders-inserts.sql"):
        suite.rows(name)
    parquet_cases.run(suite, a.size)
    suite.two_cores("orders")
    suite.two_cores("text")
    suite.archives()
    hard_cases.long_row(suite, a.size)
    hard_cases.many_columns(suite, a.size)
    suite.disk()
    hard_cases.many_tables(suite, min(20_000, a.size * 1000))
    cliffs.run(suite, max(a.size // 2, 16))
    if a.memory:
        hard_cases.memory(suite)


main()
