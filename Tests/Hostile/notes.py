"""What an unfinished run has noted, changed by chance or by somebody: the right rows, or one clear line, and nothing outside."""

import base64
import gzip
import hashlib
import json
import random
import shutil
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import soak
from places import DONE, LAWFUL, Places, side_by_side

VICTIM = b"somebody's\n" * 1000
ODD_NUMBERS = [-1, 0, 1, 1 << 31, 1 << 55, (1 << 62) + 1, (1 << 63) - 1]
ODD_TEXTS = ["", "../../victim", "/etc/passwd", "\0", "x" * 100_000]


def inputs():
    """name → bytes, and options of the run"""
    rows = soak.rows(12_000, 3)
    tree = soak.tar(soak.tree(6000, 5))
    zstd = subprocess.run(["zstd", "-q", "-1", "-c"], input=soak.rows(60_000, 3), stdout=subprocess.PIPE)
    made = {"rows.csv": (rows, []), "tree.tar.gz": (gzip.compress(tree, 6), []), "dump.sql.gz": (gzip.compress(soak.inserts(8000, 7), 1), []),
            "pg.sql": (soak.copies(12_000, 2), [])}
    if zstd.returncode == 0:
        made["rows.csv.zst"] = (zstd.stdout, [])
    return made


class Unfinished:
    """A run that was stopped after a checkpoint, to be copied and changed."""

    def __init__(self, judge, name, data, arguments):
        self.judge, self.name, self.arguments = judge, name, arguments
        self.places = Places(judge.sluice)
        self.places.write(name, data)
        self.places.write("victim", VICTIM)
        whole = self.run(self.places, "whole")
        self.expected = {path: bytes_ for path, bytes_ in soak.content(self.places.root / "whole").items()} if whole.status in DONE else None
        size = sum(len(data) for path, data in self.expected.items() if ".ndjson" in path)
        for kib in range(size // 1024 * 3 // 4, 32, -100):
            shutil.rmtree(self.places.root / "out", ignore_errors=True)
            self.run(self.places, "out", before=f"trap '' XFSZ; ulimit -f {kib}; ")
            if self.checkpoint(self.places).exists():
                return
        raise SystemExit(f"{name}: no checkpoint to change")

    def command(self, output):
        return ["convert", self.name, "--output", output, "--checkpoint-every", "0s", *self.arguments]

    def run(self, places, output, *words, **more):
        return places.run(*self.command(output), *words, **more)

    @staticmethod
    def checkpoint(places):
        return places.root / "out" / ".sluice.work" / "checkpoint"

    def trial(self, title, change, must_match):
        """`must_match`: chance may not bring other rows; a forger may, since these notes say what was read."""
        def run():
            with self.places.copy() as places:
                change(places.root / "out")
                outcome = self.run(places, "out", "--resume", expect=LAWFUL)
                if (places.root / "victim").read_bytes() != VICTIM:
                    outcome.faults.append("the victim has changed")
                strays = {path.name for path in places.root.iterdir()} - {self.name, "victim", "whole", "out"}
                outcome.faults += [f"outside the output folder: {sorted(strays)}"] if strays else []
                if outcome.status in DONE and must_match and soak.content(places.root / "out") != self.expected:
                    outcome.faults.append("done, with other rows")
                return f"{self.name}: {title}", outcome, None
        return run


def by_chance(unfinished, chance):
    """Every note: bytes flipped, cut off, put in, all gone."""
    out = unfinished.places.root / "out"
    notes = [path.relative_to(out) for path in sorted(out.rglob("*")) if path.is_file() and str(path.relative_to(out)).startswith(".sluice.")
             and path.name != ".sluice.lock"]
    for note in notes:
        size = (out / note).stat().st_size
        ranges = 8 if note.name == "checkpoint" else 2
        places = sorted({min(size - 1, size * part // ranges + chance.randrange(max(1, size // ranges))) for part in range(ranges)}) if size else []
        for place in places:
            yield unfinished.trial(f"{note}, byte {place} flipped", edit(note, lambda data, at=place: data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1:]), True)
        for name, change in (("cut", lambda data: data[:len(data) // 2]), ("doubled", lambda data: data + data)):
            yield unfinished.trial(f"{note}, {name}", edit(note, change), True)
        yield unfinished.trial(f"{note}, gone", lambda folder, note=note: (folder / note).unlink(), True)


def edit(note, change):
    def apply(folder):
        path = folder / note
        path.write_bytes(change(path.read_bytes()))
    return apply


def leaves(tree, way=()):
    """Every value that is no container, by the way to it."""
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else []
    for key, value in items:
        if isinstance(value, (dict, list)):
            yield from leaves(value, way + (key,))
        else:
            yield way + (key,), value


def put(tree, way, value):
    for key in way[:-1]:
        tree = tree[key]
    tree[way[-1]] = value


def sealed(tree):
    body = json.dumps(tree, separators=(",", ":")).encode() + b"\n"
    return b"sluice checkpoint 4 " + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def forged(unfinished, chance, rounds):
    """The checkpoint with one value changed, and a checksum that fits."""
    tree = json.loads(unfinished.checkpoint(unfinished.places).read_bytes().split(b"\n", 1)[1])
    choices = []
    for way, value in leaves(tree):
        name = ".".join(map(str, way))
        if isinstance(value, bool) or value is None:
            choices.append((name, way, not value))
        elif isinstance(value, (int, float)):
            choices += [(f"{name} = {odd}", way, odd) for odd in ODD_NUMBERS]
        elif len(value) > 1000:
            choices += [(f"{name}, a bit at {at}", way, changed) for at, changed in (flipped(value, chance) for _ in range(max(30, rounds // 2)))]
        else:
            choices += [(f"{name} = {odd[:20]!r}", way, odd) for odd in ODD_TEXTS]
    for name, way, value in chance.sample(choices, min(rounds, len(choices))):
        changed = json.loads(json.dumps(tree))
        put(changed, way, value)
        yield unfinished.trial(f"forged: {name}", edit(Path(".sluice.work/checkpoint"), lambda _, data=sealed(changed): data), False)


def flipped(text, chance):
    """One bit of a saved state; most lie in tables, some at the front and the end, where the lengths are."""
    data = bytearray(base64.b64decode(text))
    at = chance.choice([chance.randrange(len(data)), chance.randrange(min(64, len(data))), chance.randrange(16_384, 24_600) if len(data) > 24_600 else 0])
    data[at] ^= 1 << chance.randrange(8)
    return at, base64.b64encode(bytes(data)).decode()


def checksum(key, record, place):
    total = 0xCBF29CE484222325
    for byte in struct.pack("<q", place) + key + (b"\0" if record is None else b"\1" + record):
        total = (total ^ byte) * 0x100000001B3 % (1 << 64)
    return total


def forged_log(change):
    """A log with every record changed, and checksums that fit. As long as before, so that the checkpoint's length still holds."""
    def apply(data):
        out, at = b"", 0
        while at + 24 <= len(data):
            key_length, length = struct.unpack_from("<qq", data, at)
            key = data[at + 24:at + 24 + key_length]
            record = None if length < 0 else change(data[at + 24 + key_length:at + 24 + key_length + length])
            out += struct.pack("<qqQ", key_length, length, checksum(key, record, at)) + key + (record or b"")
            at += 24 + key_length + max(0, length)
        return out
    return apply


def forged_logs(unfinished, chance):
    out = unfinished.places.root / "out"
    for log in sorted(path.relative_to(out) for path in (out / ".sluice.work").iterdir() if path.name != "checkpoint"):
        for name, change in (("paths that lead out", lambda record: record.replace(b"part-00000", b"../../vict")),
                             ("huge numbers", lambda record: b"\xff" * 7 + b"\x7f" + record[8:] if len(record) >= 8 else record),
                             ("negative numbers", lambda record: record[:-8] + b"\xff" * 8 if len(record) >= 8 else record),
                             ("noise", lambda record: bytes(chance.randrange(256) for _ in record))):
            yield unfinished.trial(f"forged {log}: {name}", edit(log, forged_log(change)), False)


def notes(judge, rounds, seed):
    chance, trials, kept = random.Random(f"notes {seed}"), [], []
    for name, (data, arguments) in inputs().items():
        unfinished = Unfinished(judge, name, data, arguments)
        kept.append(unfinished)
        trials += [unfinished.trial("as it was left", lambda folder: None, True)]
        trials += by_chance(unfinished, chance)
        trials += forged(unfinished, chance, rounds * 4)
        trials += forged_logs(unfinished, chance)
    side_by_side(judge, trials)
    for unfinished in kept:
        unfinished.places.scratch.cleanup()
