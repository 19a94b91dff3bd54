"""Folders with inputs, outputs and what lies elsewhere, and the law for what a command does with them."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from law import Outcome, SANITIZED

LAWFUL = {0, 2, 64, 65, 66, 73, 75}
DONE = {0, 2}
ROWS = b"1,2\n3,4\n1,2,3\n"


class Places:
    """A scratch folder in which commands run, and every file of it before and after."""

    def __init__(self, sluice):
        self.sluice = sluice
        self.scratch = tempfile.TemporaryDirectory(prefix="sluice-hostile-")
        self.root = Path(self.scratch.name) / "work"
        self.root.mkdir()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.scratch.cleanup()

    def write(self, name, data=b""):
        place = self.root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        return place

    def files(self, folder="."):
        """Path → bytes or what a link says; nothing that is no file is opened."""
        found = {}
        for place, folders, names in os.walk(self.root / folder):
            for name in names + [name for name in folders if (Path(place) / name).is_symlink()]:
                path = Path(place) / name
                key = str(path.relative_to(self.root))
                found[key] = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else "special"
        return found

    def run(self, *words, limit=30, stdin=subprocess.DEVNULL, before="", expect=LAWFUL):
        """The outcome, with every breach of the law. `before`: a line of shell."""
        command = ["bash", "-c", before + 'exec "$@"', "bash", self.sluice, *map(str, words), "--progress", "never"]
        errors, started, faults = Path(self.scratch.name) / "errors", time.monotonic(), []
        with open(errors, "wb") as handle:
            process = subprocess.Popen(command, cwd=self.root, stdin=stdin, stdout=subprocess.DEVNULL, stderr=handle, start_new_session=True)
            try:
                process.wait(limit * 5 if SANITIZED else limit)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                faults.append(f"not over after {limit} s")
        outcome = Outcome(process.returncode, errors.read_text(errors="replace"), {}, 0, time.monotonic() - started, faults)
        if outcome.status not in expect:
            faults.append(f"status {outcome.status}, not one of {sorted(expect)}: {outcome.errors[-300:]}")
        elif outcome.status not in DONE:
            told = [line for line in outcome.errors.splitlines() if not line.startswith("sluice: warning: ")]
            # Bad arguments have their usage after them.
            one_line = len(told) == 1 and told[0].startswith("sluice: ") and told[0].isprintable()
            if not one_line and not (outcome.status == 64 and told and told[0].startswith("Error: ")):
                faults.append(f"not one clear line: {outcome.errors[-300:]!r}")
        return outcome

    def lake_faults(self, folder, status):
        """What is wrong with an output folder, by what it says of itself."""
        out = self.root / folder
        manifest = out / "_manifest.json"
        has_success = (out / "_SUCCESS").is_file()
        if status in DONE and not has_success:
            return ["done, without _SUCCESS"]
        if not has_success:
            final = [path for path in out.rglob("part-*") if path.is_file() and ".partial" not in path.name] if out.is_dir() else []
            told = manifest.is_file() and not manifest.is_symlink() and json.loads(manifest.read_bytes() or b"{}").get("complete")
            return [f"looks complete: {final}"] if told and final else []
        faults = []
        for table in json.loads(manifest.read_bytes())["tables"]:
            for file in table["files"]:
                data = (out / file["path"]).read_bytes()
                if len(data) != file["bytes"] or hashlib.sha256(data).hexdigest() != file["sha256"]:
                    faults.append(f"_SUCCESS, and {file['path']} is another")
        return faults

    def copy(self):
        """The same files elsewhere, with their times: a run that resumes asks for them."""
        other = Places(self.sluice)
        shutil.copytree(self.root, other.root, symlinks=True, dirs_exist_ok=True)
        return other


def side_by_side(judge, trials):
    """Runs trials, which are functions that give a title, an outcome and what is wanted, two at a time."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for title, outcome, want in pool.map(lambda trial: trial(), trials):
            judge.hold(title, outcome, want)
