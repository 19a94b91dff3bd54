"""Limits of the system: threads, descriptors, the size of files, memory, a full disk, folders that may not be read.

Right rows, or one clear line and a documented status; nothing waits for ever, nothing traps.
"""

import os
import pty
import select
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from law import SANITIZED

# Nobody else's: the limit of processes counts all of a user's.
USER = 64_999
SECONDS = 20
ROOT = os.geteuid() == 0
TABLES = 40


class Folder:
    """Inputs that everybody may read, and an output folder that everybody may fill."""

    def __init__(self, path):
        self.path = path
        self.path.chmod(0o777)
        self.csv = self.write("rows.csv", "".join(f"{number},text of row {number}\n" for number in range(50_000)))
        rows = "".join(f"INSERT INTO t{number % TABLES} VALUES ({number});\n" for number in range(2000))
        self.dump = self.write("dump.sql", "-- MySQL dump 10.13\n" + rows + "-- Dump completed\n")

    def write(self, name, text):
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return place

    def fresh(self):
        shutil.rmtree(self.path / "out", ignore_errors=True)
        return self.path / "out"


def run(judge, title, command, out, allowed, words=(), environment=None, cwd=None):
    """One clear line and one of the statuses; or 0 and a whole output. `out`: None where the command makes none."""
    started = time.monotonic()
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, cwd=cwd, start_new_session=True)
    try:
        errors = process.communicate(timeout=SECONDS * (5 if SANITIZED else 1))[1].decode(errors="replace")
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        errors = process.communicate()[1].decode(errors="replace")
        return judge.say(title, [f"it waits for ever: {errors[:200]!r}"], time.monotonic() - started)
    faults = faults_of(process.returncode, errors, out, allowed)
    faults += [f"no word of {word!r}: {errors[:200]!r}" for word in words if process.returncode and word not in errors]
    judge.say(title, faults, time.monotonic() - started, f"{process.returncode}: {errors.strip()[:160]}")
    return None


def faults_of(status, errors, out, allowed):
    faults = [] if status in allowed else [f"status {status}: {errors[:300]!r}"]
    lines = [line for line in errors.splitlines() if not line.startswith("sluice: warning: ")]
    if status not in (0, 2) and (len(lines) != 1 or not lines[0].startswith("sluice: ")):
        faults.append(f"not one clear line: {errors[:300]!r}")
    if out is None:
        return faults
    finished = (out / "_SUCCESS").exists()
    final = [path.name for path in out.rglob("*.ndjson")] if out.exists() else []
    if status not in (0, 2) and (finished or final):
        faults.append(f"looks complete: {final[:3]}")
    if status == 0 and not finished:
        faults.append("done, without _SUCCESS")
    return faults


def limits(judge):
    with tempfile.TemporaryDirectory(prefix="sluice-limits-") as scratch:
        folder = Folder(Path(scratch))
        descriptors(judge, folder)
        size_of_files(judge, folder)
        surroundings(judge, folder)
        if not SANITIZED:
            memory(judge, folder)
        if ROOT:
            threads(judge, folder)
            unreadable(judge, folder)
        terminal(judge, folder)
        many_jobs(judge, folder)


def shell(limit, *words):
    return ["bash", "-c", f'{limit}; exec "$0" "$@"', *map(str, words)]


def descriptors(judge, folder):
    for count in (4, 6, 7, 8, 9, 10, 12, 14, 16, 32):
        for source in (folder.csv, folder.dump):
            out = folder.fresh()
            run(judge, f"{count} descriptors, {source.name}", shell(f"ulimit -n {count}", judge.sluice, "convert", source, "--output", out), out, {0, 75}, ["ulimit"])
    for count in (4, 6, 8, 10):
        run(judge, f"{count} descriptors for inspect", shell(f"ulimit -n {count}", judge.sluice, "inspect", folder.dump), None, {0, 75}, ["ulimit"])


def threads(judge, folder):
    def nobody(limit, *words):
        return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", *shell(limit, *words)]

    reachable = Path(folder.path) / "sluice"
    shutil.copy2(judge.sluice, reachable)
    for count in (1, 2, 3, 4, 6, 8, 10, 12, 16, 24, 48):
        for jobs in ((), ("--jobs", "8")):
            out = folder.fresh()
            run(
                judge, f"{count} threads {' '.join(jobs)}", nobody(f"ulimit -u {count}", reachable, "convert", folder.csv, "--output", out, *jobs), out,
                {0, 75}, ["threads"])
    run(
        judge, "a cloud command without threads",
        nobody("ulimit -u 4", reachable, "list", "--instance", "rm-x", "--region", "cn-hangzhou"), None, {75}, ["threads"])


def size_of_files(judge, folder):
    for kilobytes in (0, 1, 64, 1000):
        out = folder.fresh()
        run(judge, f"files of {kilobytes} KiB", shell(f"ulimit -f {kilobytes}", judge.sluice, "convert", folder.csv, "--output", out), out, {75})


def memory(judge, folder):
    for mebibytes in (300, 600, 2000):
        for limit in ("-v", "-d"):
            out = folder.fresh()
            run(
                judge, f"{mebibytes} MiB of memory ({limit})",
                shell(f"ulimit {limit} {mebibytes * 1024}", judge.sluice, "convert", folder.csv, "--output", out), out, {0, 75})


def surroundings(judge, folder):
    for title, environment in (
        ("no environment", {}), ("no HOME", {"PATH": os.environ["PATH"]}), ("a HOME that is not there", {"HOME": "/nowhere", "TMPDIR": "/nowhere"}),
        ("a locale that is not there", {"LC_ALL": "xx_YY.KOI8-R", "LANG": "C"}),
    ):
        out = folder.fresh()
        run(judge, title, [judge.sluice, "convert", str(folder.csv), "--output", str(out)], out, {0}, environment=environment)
    for closed in ("0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"):
        out = folder.fresh()
        command = ["bash", "-c", f'exec "$0" convert "$1" --output "$2" {closed}', judge.sluice, str(folder.csv), str(out)]
        run(judge, f"closed streams {closed}", command, out, {0})
    gone = folder.path / "gone"
    gone.mkdir()
    out = folder.fresh()
    command = ["bash", "-c", 'rmdir "$PWD" && exec "$0" convert "$1" --output "$2"', judge.sluice, str(folder.csv), str(out)]
    run(judge, "a working folder that is not there any more", command, out, {0, 66, 73}, cwd=gone)


def unreadable(judge, folder):
    tree = folder.path / "tree"
    folder.write("tree/a.csv", "1,2\n")
    (folder.write("tree/locked/b.csv", "1,2\n").parent).chmod(0)
    out = folder.fresh()
    command = [
        "setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", str(folder.path / "sluice"), "convert", str(tree), "--output", str(out)]
    run(judge, "a folder in the input that may not be read", command, out, {66}, ["locked"])
    (tree / "locked").chmod(0o755)


def many_jobs(judge, folder):
    for jobs in ("257", "100000", "9223372036854775807", "0", "-1"):
        out = folder.fresh()
        process = subprocess.run([judge.sluice, "convert", str(folder.csv), "--output", str(out), f"--jobs={jobs}"], capture_output=True, timeout=SECONDS)
        judge.say(f"{jobs} jobs", [] if process.returncode == 64 and not out.exists() else [f"status {process.returncode}"])


UGLY = "t\x1b[2J\x9b31m\u202e" + "表" * 40


def terminal(judge, folder):
    """A progress line on a real terminal of 40 columns: none of a table's controls, and no longer than the line."""
    dump = folder.write("ugly.sql", f"INSERT INTO `{UGLY}` VALUES {','.join(f'({number})' for number in range(3000))};\n" * 100)
    out = folder.fresh()
    with on_terminal([judge.sluice, "convert", str(dump), "--output", str(out)], 40) as (process, text):
        shown = text.replace("\r\n", "\n").replace("\r\x1b[K", "\n")
        raw = [character for character in shown if character in "\x1b\x9b\u202e\x07\x7f"]
        lines = [line for line in shown.split("\n") if "kB/s" in line and "rows" not in line and columns(line) >= 40]
        faults = [f"raw {raw[:3]!r} in {shown[:200]!r}"] if raw else []
        faults += [f"{columns(lines[0])} columns: {lines[0]!r}"] if lines else []
        faults += [] if process.returncode == 0 else [f"status {process.returncode}: {shown[-200:]!r}"]
    judge.say("a progress line on a terminal", faults)


def columns(line):
    return sum(2 if "\u2e80" <= character <= "\uffe6" else 1 for character in line)


@contextmanager
def on_terminal(command, width):
    here, there = pty.openpty()
    subprocess.run(["stty", "cols", str(width), "rows", "24"], stdin=there, check=True)
    process = subprocess.Popen(command, stdin=there, stdout=there, stderr=there, start_new_session=True)
    os.close(there)
    text, deadline = b"", time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if not select.select([here], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(here, 65536)
        except OSError:
            break
        if not piece:
            break
        text += piece
    if process.poll() is None and time.monotonic() >= deadline:
        process.kill()
    process.wait()
    os.close(here)
    yield process, text.decode(errors="replace")
