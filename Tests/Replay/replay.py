"""Applies change events to rows, one after the other, and holds them against what the server said on the way.

An event must fit the rows that are there: what it says of a row before the change is what the row is.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from servers_with_logs import Position

sys.path.insert(0, str(Path(__file__).parent.parent / "Truth"))
from compare import require  # noqa: E402
from values import Object, shown  # noqa: E402

# What the server fills in for a column that an image of an INSERT does not hold.
DEFAULT = type("Default", (), {"__repr__": lambda self: "DEFAULT"})()
NAME = r"(?:(?:`(?:[^`]|``)*`|\w+)\.)?(`(?:[^`]|``)*`|\w+)"


def plain(name):
    return name[1:-1].replace("``", "`") if name.startswith("`") else name


def same(one, other):
    return one is DEFAULT or other is DEFAULT or one == other


@dataclass
class Moment:
    position: Position
    answers: dict
    # Tables that a statement has made anew, in a way that no event shows.
    anew: tuple = ()
    # What was executed before.
    sql: str = ""


class Replay:
    """`start`: rows of each table in the full export. `moments`: what the server said at positions in the logs."""

    def __init__(self, database, start, moments, unjudged=()):
        self.database, self.moments, self.unjudged = database, list(moments), set(unjudged)
        self.forms = {name: answer.forms for name, answer in self.moments[0].answers.items()}
        self.rows = {name: [self.row(name, row) for row in rows] for name, rows in start.items()}
        self.applied = self.compared = 0
        self.seen = set()

    def apply_all(self, lines, tag):
        for line in lines:
            event = dict(line)
            source = dict(event["source"])
            table = event.pop(tag)
            key = (source["file"], source["pos"], source["row"], table == "_ddl")
            require(key not in self.seen, lambda: f"twice: {key}")
            self.seen.add(key)
            self.reach(Position(source["file"], int(source["pos"].literal)))
            where = f"{source['file'] if isinstance(source['file'], str) else ''}:{source['pos'].literal} row {source['row'].literal}"
            if table == "_ddl":
                if event["db"] == self.database:
                    self.define(event["ddl"])
            elif source["db"] == self.database and source["table"] not in self.unjudged:
                self.apply(f"{where} of {source['table']}", source["table"], event)
        self.reach(None)

    # Moments

    def reach(self, position):
        """Compares with all answers that lie before this event; None: with all that are left."""
        while self.moments and (position is None or not position.precedes(self.moments[0].position)):
            moment = self.moments.pop(0)
            for name, answer in moment.answers.items():
                if name in self.unjudged:
                    continue
                if name in moment.anew:
                    self.rows[name] = list(answer.rows)
                elif name in self.rows or answer.rows:
                    self.compare(name, answer, moment)
                self.forms[name] = answer.forms
            for name in set(self.rows) - set(moment.answers):
                require(not self.rows[name] or name in moment.anew, lambda: f"{name} is gone at {moment.position}")

    def compare(self, name, answer, moment):
        where = f"{name} at {moment.position.file}:{moment.position.byte} (after {moment.sql[:300]!r})"
        found = list(self.rows.get(name, []))
        for wanted in answer.rows:
            index = next((index for index, row in enumerate(found) if self.fits(row, wanted)), None)
            require(index is not None, lambda: f"{where}: no such row: {self.shown(wanted)}; left: {self.nearest(wanted, found)}")
            found.pop(index)
            self.compared += len(wanted)
        require(not found, lambda: f"{where}: too many: {self.shown(found[0])}")
        self.rows[name] = list(answer.rows)

    @staticmethod
    def fits(row, wanted):
        return all(same(row.get(key, DEFAULT), value) for key, value in wanted.items()) and row.keys() <= wanted.keys()

    @staticmethod
    def shown(row):
        return "{" + ", ".join(f"{key}: {shown(value)}" for key, value in row.items()) + "}"

    def nearest(self, wanted, found):
        best = max(found, key=lambda row: sum(same(row.get(key), value) for key, value in wanted.items()), default={})
        return {key: (shown(best.get(key)), shown(value)) for key, value in wanted.items() if not same(best.get(key, DEFAULT), value)} or self.shown(best)

    # Events

    def row(self, table, image):
        forms = self.forms.get(table, {})
        return {key: forms[key].canonical(value) if key in forms else value for key, value in image}

    def apply(self, where, table, event):
        require(event["op"] in ("c", "u", "d"), lambda: f"{where}: {event['op']!r}")
        rows = self.rows.setdefault(table, [])
        before, after = event["before"], event["after"]
        require((before is None) == (event["op"] == "c") and (after is None) == (event["op"] == "d"), f"{where}: images of {event['op']}")
        self.applied += 1
        old = {}
        if before is not None:
            wanted = self.row(table, before)
            index = next((index for index, row in enumerate(rows) if self.has(row, wanted)), None)
            require(index is not None, lambda: f"{where}: the row before is not there: {self.shown(wanted)}; {self.nearest(wanted, rows)}")
            old = rows.pop(index)
        if after is not None:
            require(isinstance(after, Object), f"{where}: after")
            kept = {key: value for key, value in old.items() if key not in self.forms.get(table, {}) or not self.forms[table][key].is_generated}
            rows.append({**kept, **self.row(table, after)})

    @staticmethod
    def has(row, wanted):
        return all(same(row.get(key, DEFAULT), value) for key, value in wanted.items())

    # Statements

    def define(self, text):
        """Statements that make, empty, rename and drop tables; columns that change are compared at the next moment."""
        text = re.sub(r"/\*.*?\*/", " ", text).strip().rstrip(";")
        if found := re.match(rf"TRUNCATE\s+(?:TABLE\s+)?{NAME}", text, re.I):
            self.rows[plain(found[1])] = []
        elif found := re.match(rf"DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?{NAME}", text, re.I):
            self.rows.pop(plain(found[1]), None)
        elif found := re.match(rf"CREATE\s+(?:OR\s+REPLACE\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{NAME}(?:\s+LIKE\s+{NAME})?", text, re.I):
            name = plain(found[1])
            self.rows[name] = []
            if found[2]:
                self.forms[name] = self.forms[plain(found[2])]
        elif found := re.match(r"RENAME\s+TABLE\s+(.*)", text, re.I | re.S):
            for old, new in re.findall(rf"{NAME}\s+TO\s+{NAME}", found[1], re.I):
                self.move(plain(old), plain(new))
        elif found := re.match(rf"ALTER\s+TABLE\s+{NAME}\s+RENAME\s+(?:TO\s+)?{NAME},", text, re.I):
            self.move(plain(found[1]), plain(found[2]))

    def move(self, old, new):
        self.rows[new], self.forms[new] = self.rows.pop(old), self.forms[old]

