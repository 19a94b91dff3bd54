"""The law that every case is judged by: right rows or one clear line, and nothing left over."""

import json
import os
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

MEBIBYTE = 1 << 20
# What the README promises: a constant, and a few times the longest row.
MEMORY = 64 * MEBIBYTE
ERRORS = {65, 66}
# Tests/sanitize.sh names a sanitizer: such a program takes several times the memory and the time, which says nothing of sluice.
SANITIZED = "SLUICE_SANITIZER" in os.environ


@dataclass
class Outcome:
    status: int
    errors: str
    rows: dict
    memory: int
    seconds: float
    faults: list = field(default_factory=list)


class Judge:
    """Runs the command in a folder of its own, and counts."""

    def __init__(self, sluice, verbose=False):
        self.sluice = str(Path(sluice).resolve())
        self.verbose = verbose
        self.passed = self.failed = 0
        self.peak = (0, "")
        self.slowest = (0.0, "")

    def run(self, data, name="export", pipe=False, words=(), limit=60):
        """`data`: bytes, or a path. The outcome, with every breach of the law that needs no knowledge of the case."""
        with tempfile.TemporaryDirectory(prefix="sluice-hostile-") as scratch:
            work = Path(scratch) / "work"
            work.mkdir()
            source = Path(data) if isinstance(data, (str, Path)) else work / name
            if source.parent == work:
                source.write_bytes(data)
            command = [self.sluice, "convert", "-" if pipe else str(source), "--output", "out", "--progress", "never", *words]
            started = time.monotonic()
            with open(Path(scratch) / "errors", "wb") as errors, open(source if source.is_file() else os.devnull, "rb") as handle:
                process = subprocess.Popen(command, cwd=work, stdin=feeder(handle) if pipe else subprocess.DEVNULL, stdout=errors, stderr=errors)
                status, memory = wait(process, limit * 5 if SANITIZED else limit)
            outcome = Outcome(status, (Path(scratch) / "errors").read_text(errors="replace"), {}, memory, time.monotonic() - started)
            self.look(outcome, Path(scratch), work / "out", source.name if source.parent == work else None)
            return outcome

    def look(self, outcome, scratch, out, own):
        faults = outcome.faults
        if outcome.status not in {0, 2} | ERRORS:
            faults.append(f"status {outcome.status}")
        names = {path.name for path in scratch.iterdir()} | {path.name for path in out.parent.iterdir()}
        if strays := names - {"work", "errors", "out", own}:
            faults.append(f"outside the output folder: {sorted(strays)}")
        files = [path for path in out.rglob("*") if not path.is_dir()] if out.exists() else []
        manifest = json.loads((out / "_manifest.json").read_text()) if (out / "_manifest.json").exists() else {}
        told = [line for line in outcome.errors.splitlines() if not line.startswith("sluice: warning: ")]
        if outcome.status in (0, 2):
            if not (out / "_SUCCESS").exists() or not manifest.get("complete"):
                faults.append("done, without _SUCCESS")
            for table in manifest.get("tables", []):
                name = ".".join(part for part in (table["database"], table.get("schema"), table["table"]) if part)
                outcome.rows[name] = b"".join((out / file["path"]).read_bytes() for file in table["files"])
                faults.extend(invalid_lines(name, outcome.rows[name]))
        else:
            if len(told) != 1 or not told[0].startswith("sluice: ") or len(told[0]) > 4000 or not told[0].isprintable():
                faults.append(f"not one clear line: {outcome.errors[:300]!r}")
            final = [path.name for path in files if path.name == "_SUCCESS" or ".ndjson" in path.name and not path.name.endswith(".partial")]
            if final or manifest.get("complete"):
                faults.append(f"looks complete: {final}")

    def hold(self, title, outcome, want=None, memory=MEMORY):
        """`want`: rows of each table; statuses; or None, where any lawful end will do."""
        faults = outcome.faults
        if isinstance(want, dict) and outcome.status == 0 and outcome.rows != want:
            faults.append(f"other rows: {short(outcome.rows)}")
        if isinstance(want, dict) and want and outcome.status != 0 and not getattr(want, "may_fail", False):
            faults.append(f"refused: {outcome.errors[:300]}")
        if isinstance(want, (set, int)) and outcome.status not in (want if isinstance(want, set) else {want}):
            faults.append(f"status {outcome.status}, not {want}: {outcome.errors[:300]}")
        if outcome.memory > memory and not SANITIZED:
            faults.append(f"{outcome.memory >> 20} MiB of memory")
        if outcome.memory > self.peak[0]:
            self.peak = (outcome.memory, title)
        if outcome.seconds > self.slowest[0]:
            self.slowest = (outcome.seconds, title)
        if faults:
            self.failed += 1
            print(f"FAILED  {title}: " + "; ".join(faults), flush=True)
        else:
            self.passed += 1
            if self.verbose:
                print(f"ok      {title}: {outcome.status}, {outcome.memory >> 20} MiB, {outcome.seconds:.1f} s: {outcome.errors.strip()[:200]}", flush=True)


    def say(self, title, faults, seconds=0.0, told=""):
        """Counts a case that was judged elsewhere: by `faults`, none of which there may be."""
        if seconds > self.slowest[0]:
            self.slowest = (seconds, title)
        if faults:
            self.failed += 1
            print(f"FAILED  {title}: " + "; ".join(faults), flush=True)
        else:
            self.passed += 1
            if self.verbose:
                print(f"ok      {title}: {told}", flush=True)


class OrRefused(dict):
    """These rows, or an error: never others."""

    may_fail = True


def feeder(handle):
    """The file through a real pipe, which cannot be sought."""
    return subprocess.Popen(["cat"], stdin=handle, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def wait(process, limit):
    """Its status, and the most memory it had: as /proc says it, since getrusage counts what this program had when it forked."""
    deadline, memory = time.monotonic() + limit, 0
    while process.poll() is None:
        memory = max(memory, high_water(process.pid))
        if time.monotonic() > deadline:
            process.send_signal(signal.SIGKILL)
        time.sleep(0.003)
    return process.returncode, memory


def high_water(pid):
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def invalid_lines(name, data):
    if data and not data.endswith(b"\n"):
        return [f"{name}: no line feed at the end"]
    for line in data.split(b"\n")[:-1] if len(data) < 1 << 22 else []:
        try:
            json.loads(line)
        except ValueError as error:
            return [f"{name}: {error}: {line[:100]!r}"]
    return []


def short(rows):
    return {name: lines[:200] for name, lines in rows.items()}
