"""What holds of any set of logs: how they are packed, where a run begins and ends, what is damaged, when it is killed."""

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from load import SETUP, Load, Step

sys.path.insert(0, str(Path(__file__).parent.parent / "Truth"))
from compare import require  # noqa: E402

TAG = "@table"
HEADER = 19
# Types of events with rows: after them only the end of their transaction comes, or more of them.
ROWS = {23, 24, 25, 30, 31, 32, 39, *range(166, 172)}


def key(line):
    source = json.loads(line)["source"]
    return source["file"], source["pos"], source["row"]


def shown(lines):
    return [key(line) for line in lines[:3]]


class Laws:
    """`logs`: copies of a server's logs, more than two. `structure`: of when they begin, which those that hold no names need."""

    def __init__(self, binary, logs, structure, start, folder, seed, has_checksums, has_names):
        self.binary, self.logs, self.structure, self.folder = binary, logs, structure, folder
        self.start, self.has_checksums, self.has_names, self.random = start, has_checksums, has_names, random.Random(seed)
        self.checks = self.resumed = 0
        self.whole = self.lines(*logs, after=start)

    # Running

    def run(self, *words, stdin=None, status=(0,)):
        command = [self.binary, "convert", *map(str, words), "--structure", self.structure, "--progress", "never"]
        done = subprocess.run(command, input=stdin, capture_output=True, timeout=120)
        require(done.returncode in status, lambda: f"{words}: exit {done.returncode}: {done.stderr.decode(errors='replace')[-800:]}")
        self.checks += 1
        return done

    def after(self, position):
        return ["--after", f"{position[0]}:{position[1]}"] if position else []

    def lines(self, *inputs, after=None, stdin=None):
        return self.run(*inputs, "--stdout", "--tag", TAG, *self.after(after), stdin=stdin).stdout.splitlines()

    def warnings(self, *inputs, after=None, status=(0,)):
        return self.run(*inputs, "--stdout", "--tag", TAG, *self.after(after), status=status).stderr.decode()

    def same(self, found, wanted, what):
        require(found == wanted, lambda: f"{what}: {len(found)} lines, not {len(wanted)}; {shown(found)} and {shown(wanted)}")

    # Laws

    def all(self):
        for law in (self.packed, self.alone, self.overlapping, self.begun_after_an_event, self.begun_after_the_manifest, self.out_of_order, self.with_a_gap, self.cut_between_events, self.damaged, self.killed):  # fmt: skip
            law()
        return self.checks

    def packed(self):
        """A tar, compressed or not, a zip, a folder, compressed logs, a tar from a pipe: the same lines."""
        tree = self.folder / "tree"
        tree.mkdir()
        for log in self.logs:
            shutil.copy(log, tree)
        packed = []
        for name, mode in (("logs.tar", "w"), ("logs.tar.gz", "w:gz"), ("logs.tar.xz", "w:xz")):
            with tarfile.open(self.folder / name, mode) as archive:
                for log in self.logs:
                    archive.add(log, log.name)
            packed.append(self.folder / name)
        with zipfile.ZipFile(self.folder / "logs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for log in self.logs:
                archive.write(log, f"days/{log.name}")
        for file in (*packed, self.folder / "logs.zip", tree):
            self.same(self.lines(file, after=self.start), self.whole, file.name)
        compressed = []
        for log in self.logs:
            compressed.append(self.folder / (log.name + ".gz"))
            compressed[-1].write_bytes(gzip.compress(log.read_bytes(), 1))
        self.same(self.lines(*compressed, after=self.start), self.whole, "compressed logs")
        for file in packed[:2]:
            self.same(self.lines("-", after=self.start, stdin=file.read_bytes()), self.whole, f"{file.name} from a pipe")

    def alone(self):
        """A log by itself gives what it gives in the set, but for XA transactions that are prepared in another."""
        for number, log in enumerate(self.logs if self.has_names else self.logs[:1]):
            lines = self.lines(log, after=self.start if number == 0 else None)
            self.contained(lines, f"{log.name} alone")
            own = [line for line in self.whole if key(line)[0] == log.name and b'"xa' not in line]
            require(set(own) <= set(lines), lambda: f"{log.name} alone: {len(lines)} lines, {len(own)} in the set")

    def contained(self, lines, what):
        whole = {key(line): line for line in self.whole}
        require(len({(key(line), json.loads(line)[TAG]) for line in lines}) == len(lines), f"{what}: a line twice")
        for line in lines:
            require(whole.get(key(line)) == line or key(line) not in whole, lambda: f"{what}: another line at {key(line)}: {line[:300]} {whole[key(line)][:300]}")

    def overlapping(self):
        for _ in range(3):
            middle = self.random.randrange(1, len(self.logs))
            self.contained(self.lines(*self.logs[: middle + 1], after=self.start), "the first logs")
            if self.has_names:
                self.contained(self.lines(*self.logs[middle:]), "the last logs")

    def begun_after_an_event(self):
        for number in sorted(self.random.sample(range(len(self.whole)), 6)):
            position = key(self.whole[number])[:2]
            while number + 1 < len(self.whole) and key(self.whole[number + 1])[:2] == position:
                number += 1
            self.same(self.lines(*self.logs, after=position), self.whole[number + 1 :], f"after {position}")

    def begun_after_the_manifest(self):
        """The manifest says from where to where; the next run begins there."""
        ends = self.manifest(self.logs, self.start, "all")
        last = [key(line)[:2] for line in self.whole]
        require((ends["from"]["file"], ends["from"]["pos"]) <= min(last), f"begins at {ends['from']}, and an event at {min(last)}")
        require((ends["to"]["file"], ends["to"]["pos"]) >= max(last), f"ends at {ends['to']}, and an event at {max(last)}")
        done = self.run(*self.logs, "--stdout", "--tag", TAG, *self.after((ends["to"]["file"], ends["to"]["pos"])))
        require(not done.stdout and b"nothing was new" in done.stderr, lambda: f"after the end: {done.stdout[:300]} {done.stderr}")
        for count in sorted(self.random.sample(range(1, len(self.logs)), min(4, len(self.logs) - 1))):
            first = self.lines(*self.logs[:count], after=self.start)
            ends = self.manifest(self.logs[:count], self.start, f"first-{count}")
            if ends is None:
                continue
            rest = self.lines(*self.logs, after=(ends["to"]["file"], ends["to"]["pos"]))
            self.same(first + rest, self.whole, f"{count} logs, then all after {ends['to']}")

    def manifest(self, logs, after, name):
        output = self.folder / f"manifest-{name}"
        self.run(*logs, "--output", output, *self.after(after))
        return json.loads((output / "_manifest.json").read_text()).get("logs")

    def out_of_order(self):
        done = self.run(self.logs[1], self.logs[0], "--stdout", "--tag", TAG, status=(66,))
        text = done.stderr.decode()
        require(self.logs[0].name in text and "order" in text, text)
        done = self.run(self.logs[0], self.logs[0], "--stdout", "--tag", TAG, status=(64, 65, 66))

    def with_a_gap(self):
        text = self.warnings(self.logs[0], *self.logs[2:], after=self.start)
        require("warning" in text and self.logs[1].name in text, f"no word of the missing {self.logs[1].name}: {text}")

    # Damage

    def events(self, data):
        """Where each event begins, and how long it is."""
        at = 4
        while at < len(data):
            length = int.from_bytes(data[at + 9 : at + 13], "little")
            yield at, length
            at += length

    def cut_between_events(self):
        """A log that was copied while the server wrote it: a front of the lines, and the next run has what is left."""
        *before, last = self.longest()
        data = last.read_bytes()
        cut = self.folder / "cut" / last.name
        cut.parent.mkdir(exist_ok=True)
        ends = [at for at, _ in self.events(data)][2:]
        inside = [at + length for at, length in self.events(data) if data[at + 4] in ROWS][:3]
        whole = self.lines(*before, last, after=self.start)
        for at in self.random.sample(ends, min(5, len(ends))) + inside:
            cut.write_bytes(data[:at])
            found = self.run(*before, cut, "--stdout", "--tag", TAG, *self.after(self.start))
            lines = found.stdout.splitlines()
            require(whole[: len(lines)] == lines, f"cut at {at}: other lines")
            text = found.stderr.decode()
            said = f"{last.name} ends inside the transaction that begins at byte "
            require(said in text or at not in inside, lambda: f"cut at {at}: no word of its transaction: {text}")
            if lines:
                self.same(lines + self.lines(*before, last, after=key(lines[-1])[:2]), whole, f"cut at {at}, then whole")

    def longest(self):
        number = max(range(len(self.logs)), key=lambda number: self.logs[number].stat().st_size)
        return self.logs[: number + 1]

    def damaged(self):
        """One clear line and the status of the contract; without checksums, lines of JSON or one clear line."""
        *before, last = self.longest()
        data = last.read_bytes()
        events = list(self.events(data))
        bad = self.folder / "bad" / last.name
        bad.parent.mkdir(exist_ok=True)
        for place in range(25):
            at, length = self.random.choice(events)
            broken = bytearray(data)
            kind = ("cut", "flip", "length", "type", "head")[place % 5]
            if kind == "cut":
                broken = broken[: at + self.random.randrange(1, length)]
            elif kind == "flip":
                broken[at + HEADER + self.random.randrange(length - HEADER)] ^= 1 << self.random.randrange(8)
            elif kind == "length":
                broken[at + 9 : at + 13] = self.random.choice([0, 1, 18, length - 1, length + 1, 2**31, 2**32 - 1]).to_bytes(4, "little")
            elif kind == "type":
                broken[at + 4] = self.random.choice([0, 1, 20, 39, 40, 99, 164, 255])
            else:
                broken[at + self.random.randrange(HEADER)] ^= 1 << self.random.randrange(8)
            bad.write_bytes(broken)
            is_certain = kind == "cut" or self.has_checksums and not (kind == "head" or kind == "type")
            self.judge_damage(self.run(bad, "--stdout", "--tag", TAG, status=(65, 66) if is_certain else (0, 65, 66)), f"{kind} at event {at}")

    def judge_damage(self, done, what):
        for line in done.stdout.splitlines():
            json.loads(line)
        errors = [line for line in done.stderr.decode().splitlines() if line.startswith("sluice: ") and "warning: " not in line]
        require(len(errors) == (done.returncode != 0), f"{what}: exit {done.returncode}, {errors}")
        if done.returncode:
            require("byte " in errors[0] or "bytes" in errors[0], f"{what}: no byte in {errors[0]}")

    # Kills

    def killed(self):
        """Killed at any moment and resumed: the bytes of a run that nobody disturbed."""
        whole, out = self.folder / "undisturbed", self.folder / "disturbed"
        words = [*self.logs, *self.after(self.start), "--checkpoint-every", "0s"]
        self.run(*words, "--output", whole)
        wanted, kills, resumed = content(whole), 0, 0
        for _ in range(60):
            resume = ["--resume"] if (out / ".sluice.run").exists() else []
            if not resume:
                shutil.rmtree(out, ignore_errors=True)
            command = [self.binary, "convert", *map(str, words), "--structure", self.structure, "--output", out, *resume, "-q"]
            process = subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE)
            try:
                process.wait(timeout=self.random.uniform(0.02, 0.4) if kills < 4 else None)
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                kills += 1
                resumed += (out / ".sluice.work" / "checkpoint").exists()
                continue
            errors = process.stderr.read().decode()
            require(process.returncode == 0, lambda: f"resumed: exit {process.returncode}: {errors}")
            found = {name: data for name, data in content(out).items() if not name.startswith(".sluice.")}
            different = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))
            require(not different, lambda: f"after {kills} kills other bytes: {different} {found.get('_manifest.json', '')[:3000]} {wanted['_manifest.json'][:3000]}")
            if kills >= 4:
                break
            shutil.rmtree(out)
        require(kills >= 4, f"only {kills} kills")
        self.resumed = resumed


def content(folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.name == "_manifest.json":
                manifest = json.loads(data)
                manifest["source"].pop("seconds"), manifest["source"].pop("spool")
                data = json.dumps(manifest, sort_keys=True)
            found[str(path.relative_to(folder))] = data
    return found


def laws(turn):
    """A load with DDL and XA over several logs, of which no step is judged here."""
    server, folder = turn.server, turn.folder
    server.execute("DROP DATABASE IF EXISTS shop; CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
    server.execute(SETUP, "shop")
    dump, start = server.dump("shop")
    (folder / "full.sql").write_bytes(dump)
    load = Load(turn.seed, folder, server.NAME == "oracle")
    steps = [*load.rows(10), Step(load.prepared_over_logs()), *load.definitions(), Step("FLUSH BINARY LOGS;"), *load.rows(5)]
    for step in steps:
        for piece in step.sql.split("\0"):
            server.execute(piece, "shop")
    server.execute("FLUSH BINARY LOGS")
    logs = [Path(shutil.copy(log, folder)) for log in server.logs_since(start.file)[:-1]]
    has_checksums = server.execute("SELECT @@global.binlog_checksum").strip() != b"NONE"
    has_names = "binlog_row_metadata=FULL" in server.SETTINGS_OF_LOGS[turn.setting]
    judge = Laws(turn.binary, logs, folder / "full.sql", (start.file, start.byte), folder, turn.seed, has_checksums, has_names)
    checks = judge.all()
    turn.report = f"{len(logs)} logs, {checks} runs, {judge.resumed} of 4 killed ones resumed from a checkpoint"
