"""Options against each other: every pair that names a path, with the same file, another spelling, a link, another name, or one inside the other."""

import json

from places import DONE, ROWS, Places, side_by_side

SPELLINGS = ["same", "dotted", "link", "hard link", "link to a link"]
# The name that an option is given, and the file or folder that it must not destroy.
VICTIMS = ["in.csv", "folder", "folder/rows.csv", "lake", "lake/_SUCCESS", "lake/_manifest.json", "lake/.sluice.run", "lake/rows", "lake/rows/part-00000.ndjson",
           "lake/mine.txt", "side", "spool"]
OPTIONS = ["--rejects", "--events", "--spool-dir", "--output", "input"]


def spelled(places, name, spelling):
    """Another way to say a name; nothing where there is none."""
    place = places.root / name
    if spelling == "same":
        return name
    if spelling == "dotted":
        return f"./folder/../{name}"
    if spelling == "hard link":
        if not place.is_file():
            return None
        (places.root / "twin").hardlink_to(place)
        return "twin"
    (places.root / "other").symlink_to(name)
    if spelling == "link":
        return "other"
    (places.root / "third").symlink_to("other")
    return "third"


def prepare(places):
    places.write("in.csv", ROWS)
    places.write("folder/rows.csv", ROWS)
    places.write("side", b"what somebody wrote\n")
    (places.root / "spool").mkdir()
    places.run("convert", "folder", "--output", "lake", "--rejects", "/dev/null")
    places.write("lake/mine.txt", b"mine\n")


def pair(template, option, victim, spelling, overwrites):
    def trial():
        with template.copy() as places:
            name = spelled(places, victim, spelling)
            title = f"{option} {victim} ({spelling}){', --overwrite' if overwrites else ''}"
            if name is None:
                return title, places.run("--version"), None
            words = {"input": "folder" if victim.startswith("folder") else "in.csv", "--output": "lake", "--rejects": "/dev/null", option: name}
            if victim in ("lake", "in.csv") and option == "--output":
                words["--output"] = name
            source = words.pop("input")
            command = ["convert", source, *[word for key, value in words.items() for word in (key, value)], *(["--overwrite"] if overwrites else [])]
            before = places.files()
            outcome = places.run(*command)
            after = places.files()
            kept = {"in.csv", "folder/rows.csv", "lake/mine.txt"} | ({"side"} if option in ("--output", "input", "--spool-dir") else set())
            if victim == "lake/mine.txt":  # the user has said so
                kept.discard("lake/mine.txt")
            if outcome.status not in DONE or not overwrites:
                kept |= {path for path in before if path.startswith("lake/") and path not in ("lake/mine.txt",)}
            outcome.faults += [f"{path} has changed" for path in sorted(kept) if before[path] != after.get(path)]
            outcome.faults += places.lake_faults("lake", 0 if overwrites and outcome.status in DONE and words["--output"] == "lake" else None)
            return title, outcome, None
    return trial


def two_files(template, first, second, refused):
    """Rejected rows and events in one file, or in two."""
    def trial():
        with template.copy() as places:
            (places.root / "dangling").symlink_to("new")
            (places.root / "twin").hardlink_to(places.root / "side")
            outcome = places.run("convert", "in.csv", "--output", "out", "--rejects", first, "--events", second)
            if outcome.status == 2:
                for name in (first, second):
                    for line in (places.root / name).read_text().splitlines():
                        json.loads(line)
            return f"--rejects {first} --events {second}", outcome, 64 if refused else 2
    return trial


def options(judge):
    template = Places(judge.sluice)
    prepare(template)
    trials = [pair(template, option, victim, spelling, True) for option in OPTIONS for victim in VICTIMS
              for spelling in (SPELLINGS if option in ("--rejects", "--events") else ("same", "link"))]
    trials += [pair(template, option, victim, "same", False) for option in OPTIONS for victim in VICTIMS]
    for first, second, refused in [("new", "new", True), ("new", "./new", True), ("new", "dangling", True), ("dangling", "new", True), ("side", "twin", True),
                                   ("new", "side", False), ("out/r.ndjson", "out/e.ndjson", False), ("out/r", "folder/../out/r", True),
                                   ("/dev/null", "/dev/null", False)]:
        if first != "/dev/null":
            trials.append(two_files(template, first, second, refused))
    side_by_side(judge, trials)
    template.scratch.cleanup()
