"""Links, pipes and files that somebody has put into an output folder: never followed, never destroyed elsewhere."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import soak
from places import DONE, ROWS, Places, side_by_side

NAMES = [".sluice.work", ".sluice.run", ".sluice.run.partial", ".sluice.files", ".sluice.lock", ".sluice.new", "_manifest.json", "_manifest.json.partial", "_SUCCESS",
         "_SUCCESS.partial", "rows", "rows/part-00000.ndjson", "rows/part-00000.ndjson.partial", ".sluice.work/checkpoint", ".sluice.work/outputs", ".sluice.work/tables"]
# What is read from a pipe is noted here while it waits.
LOGS = [".sluice.work/0." + log for log in ("schemas", "rows", "locations", "paths", "homes", "queues", "items", "spill")]
DUMPS = [(f"{name}.sql", b"CREATE TABLE public.users (id integer, t text);\nCOPY public.users (id, t) FROM stdin;\n" + b"1\ta\n" * 9000 + b"\\.\n") for name in ("shop", "crm")]
KINDS = ["link to a folder", "link to a file", "dangling link", "hard link", "pipe", "folder", "file"]
# Into an empty folder a run writes nothing unless all that lies there is its own.
STATES = {"empty": ["link to a folder", "dangling link", "hard link"], "finished": ["link to a folder", "link to a file", "hard link", "file"], "unfinished": KINDS}


def plant(places, name, kind):
    place = places.root / "out" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.is_symlink() or place.is_file():
        place.unlink()
    elif place.is_dir():
        os.rename(place, places.root / "moved")
    up = "../" * (name.count("/") + 1)
    if kind == "link to a folder":
        place.symlink_to(up + "elsewhere")
    elif kind == "link to a file":
        place.symlink_to(up + "elsewhere/part-00000.ndjson")
    elif kind == "dangling link":
        place.symlink_to(up + "elsewhere/new")
    elif kind == "hard link":
        place.hardlink_to(places.root / "elsewhere/part-00000.ndjson")
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        (place / "deep").mkdir(parents=True)
        (place / "deep" / "mine").write_bytes(b"mine")
    else:
        place.write_bytes(b"mine\n")


def planted_in(sluice, state, name, kind):
    def trial():
        with Places(sluice) as places:
            for path in ("part-00000.ndjson", "checkpoint", "deep/mine", "rows/part-00000.ndjson.partial"):
                places.write("elsewhere/" + path, b"somebody's\n" * 500)
            places.write("rows.csv", b"".join(b"%d,some text,x\n" % row for row in range(24_000)) if state == "unfinished" else b"1,2\n3,4\n")
            command, words, before = ["convert", "rows.csv", "--output", "out", "--checkpoint-every", "0s"], [], ""
            if state == "finished":
                places.run(*command)
                words = ["--overwrite"]
            elif state == "unfinished":
                places.run(*command, before="trap '' XFSZ; ulimit -f 400; ", expect={73})
                words = ["--resume"]
            plant(places, name, kind)
            elsewhere = places.files("elsewhere")
            outcome = places.run(*command, *words, before=before)
            after = places.files("elsewhere")
            outcome.faults += [f"{path} has changed" for path in sorted(set(elsewhere) | set(after)) if elsewhere.get(path) != after.get(path)]
            if outcome.status in DONE:
                outcome.faults += places.lake_faults("out", outcome.status)
            return f"{kind} at {name}, {state} folder", outcome, None
    return trial


def planted_log(sluice, name, kind):
    """Where a run from a pipe is about to note something. An output folder in which nothing else lies is taken."""
    def trial():
        with Places(sluice) as places:
            places.write("elsewhere/part-00000.ndjson", b"somebody's\n" * 500)
            places.write("dumps.tar", soak.tar(DUMPS))
            plant(places, name, kind)
            elsewhere = places.files("elsewhere")
            with open(places.root / "dumps.tar", "rb") as pipe:
                outcome = places.run("convert", "-", "--output", "out", "--checkpoint-every", "0s", stdin=pipe)
            if places.files("elsewhere") != elsewhere:
                outcome.faults.append("what lies elsewhere has changed")
            if outcome.status in DONE:
                outcome.faults += places.lake_faults("out", outcome.status)
            return f"{kind} at {name}, a run from a pipe", outcome, None
    return trial


def output_may_be_a_link(sluice):
    def trial():
        with Places(sluice) as places:
            places.write("rows.csv", ROWS)
            (places.root / "real").mkdir()
            (places.root / "out").symlink_to("real")
            outcome = places.run("convert", "rows.csv", "--output", "out", "--rejects", "/dev/null", expect={2})
            outcome.faults += places.lake_faults("real", outcome.status)
            return "an output folder that is a link, by the user's choice", outcome, 2
    return trial


def planted(judge):
    trials = [planted_in(judge.sluice, state, name, kind) for state, kinds in STATES.items() for name in NAMES for kind in kinds]
    trials += [planted_log(judge.sluice, name, kind) for name in [".sluice.work", *LOGS] for kind in KINDS]
    side_by_side(judge, trials + [output_may_be_a_link(judge.sluice)])
