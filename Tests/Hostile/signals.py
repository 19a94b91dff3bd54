"""Signals at many moments: status 130 or a whole run, nothing looks complete that is not, and a rerun gives the same bytes."""

import hashlib
import os
import random
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from law import SANITIZED

SECONDS = 30


def signals(judge, seed):
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="sluice-signals-") as scratch:
        folder = Path(scratch)
        source = folder / "rows.csv"
        source.write_text("".join(f"{number},text of row {number}\n" for number in range(150_000)))
        whole, seconds = undisturbed(judge, source, folder / "whole")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for moment in range(4):
                out = folder / f"{number.name}-{moment}"
                at = chance.uniform(0, seconds)
                interrupted(judge, f"{number.name} after {at:.2f} s", source, out, [(at, number)], whole)
        twice = [(seconds / 3, signal.SIGINT), (0.01, signal.SIGINT)]
        interrupted(judge, "SIGINT twice", source, folder / "twice", twice, whole)
        closed_pipe(judge, source)
        left_alone(judge, source, folder / "nohup")
        silent_pipe(judge, folder / "silent")
        wide_header(judge, folder)


def undisturbed(judge, source, out):
    started = time.monotonic()
    subprocess.run([judge.sluice, "convert", str(source), "--output", str(out), "-q"], check=True, timeout=SECONDS * 5)
    return digest(out), time.monotonic() - started


def digest(out):
    sums = hashlib.sha256()
    for path in sorted(out.rglob("*.ndjson")):
        sums.update(path.relative_to(out).as_posix().encode() + path.read_bytes())
    return sums.hexdigest()


def interrupted(judge, title, source, out, moments, whole):
    command = [judge.sluice, "convert", str(source), "--output", str(out), "-q", "--checkpoint-every", "0s"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, preexec_fn=as_in_a_terminal)
    for pause, number in moments:
        time.sleep(pause)
        process.send_signal(number)
    errors = process.communicate(timeout=SECONDS * (5 if SANITIZED else 1))[1].decode(errors="replace")
    faults = []
    finished = (out / "_SUCCESS").exists()
    # A signal before the first line of the program ends it as any other program.
    statuses = {0, 130, *(-number for _, number in moments)}
    if process.returncode not in statuses:
        faults.append(f"status {process.returncode}: {errors[:200]!r}")
    if process.returncode != 0 and (finished or list(out.rglob("*.ndjson"))):
        faults.append("looks complete")
    if process.returncode == 0 and not finished:
        faults.append("done, without _SUCCESS")
    again = subprocess.run(
        [judge.sluice, "convert", str(source), "--output", str(out), "-q", "--overwrite" if finished or not out.exists() else "--resume"],
        capture_output=True, timeout=SECONDS * 5)
    if again.returncode == 73:
        again = subprocess.run([judge.sluice, "convert", str(source), "--output", str(out), "-q", "--overwrite"], capture_output=True, timeout=SECONDS * 5)
    if again.returncode != 0:
        faults.append(f"the rerun: {again.returncode}: {again.stderr[:200]!r}")
    elif digest(out) != whole:
        faults.append("the rerun gives other bytes")
    judge.say(title, faults, told=f"{process.returncode}, then {again.returncode}")


def as_in_a_terminal():
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)


def closed_pipe(judge, source):
    for lines in (0, 1, 1000):
        line = f'"$0" convert "$1" --stdout | head -n {lines} > /dev/null; exit ${{PIPESTATUS[0]}}'
        run = subprocess.run(["bash", "-c", line, judge.sluice, str(source)], capture_output=True, timeout=SECONDS, preexec_fn=as_in_a_terminal)
        judge.say(f"a reader that leaves after {lines} lines", [] if run.returncode == 0 and not run.stderr else [f"{run.returncode}: {run.stderr[:200]!r}"])


def left_alone(judge, source, out):
    """nohup: a hang-up that was switched off stays so."""
    process = subprocess.Popen(
        [judge.sluice, "convert", str(source), "--output", str(out), "-q"], stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    for _ in range(5):
        time.sleep(0.1)
        process.send_signal(signal.SIGHUP)
    errors = process.communicate(timeout=SECONDS * 5)[1]
    judge.say("SIGHUP under nohup", [] if process.returncode == 0 and (out / "_SUCCESS").exists() else [f"{process.returncode}: {errors[:200]!r}"])


def silent_pipe(judge, out):
    """A pipe without data: its reader is woken."""
    for words in (["convert", "-", "--output", str(out)], ["inspect", "-"]):
        reads, writes = os.pipe()
        process = subprocess.Popen([judge.sluice, *words], stdin=reads, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=as_in_a_terminal)
        os.close(reads)
        os.write(writes, b"a,b\n1,2\n")
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=10)
            faults = [] if process.returncode == 130 else [f"status {process.returncode}"]
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            faults = ["it waits for ever"]
        os.close(writes)
        judge.say(f"SIGINT before a silent pipe: {words[0]}", faults)


def wide_header(judge, folder):
    """A header that is long work: done soon, or interrupted soon."""
    for title, names in (("one name", ["x"] * 65_000), ("names of their own", [f"column_{number}" for number in range(65_000)])):
        source, out = folder / "wide.csv", folder / title.replace(" ", "-")
        source.write_text(",".join(names) + "\n" + ",".join(["1"] * len(names)) + "\n")
        process = subprocess.Popen(
            [judge.sluice, "convert", str(source), "--output", str(out), "--header", "-q"], stderr=subprocess.PIPE, preexec_fn=as_in_a_terminal)
        try:
            errors = process.communicate(timeout=15 * (5 if SANITIZED else 1))[1]
            faults = [] if process.returncode == 0 else [f"status {process.returncode}: {errors[:200]!r}"]
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            faults = ["more than 15 s"]
        judge.say(f"a header of 65,000 columns of {title}", faults)
