"""What was seen, added up, and as the table of the docs."""

from collections import Counter, defaultdict

from carry import SAME
from kinds import KINDS


class Tally:
    def __init__(self):
        self.types = defaultdict(Counter)  # (reader, kind) → type: columns
        self.verdicts = defaultdict(Counter)  # (reader, kind) → verdict: cells
        self.refused = defaultdict(Counter)  # reader → reason: folders
        self.loaded = Counter()  # reader: folders

    def markdown(self, readers):
        yield "| | " + " | ".join(f"{reader.name} {reader.version}" for reader in readers) + " |"
        yield "|---" * (len(readers) + 1) + "|"
        for kind in KINDS:
            if any((reader.name, kind) in self.types for reader in readers):
                yield f"| {kind} | " + " | ".join(self.cell(reader.name, kind) for reader in readers) + " |"
        yield "| does not load | " + " | ".join(self.refusals(reader.name) for reader in readers) + " |"

    def cell(self, reader, kind):
        types = ", ".join(f"`{name}`" for name, _ in self.types[reader, kind].most_common(4))
        total = self.verdicts[reader, kind].total()
        odd = [f"{verdict} {count}" for verdict, count in self.verdicts[reader, kind].most_common() if verdict != SAME]
        return f"{types}; " + (f"{', '.join(odd)} of {total} cells" if odd else f"all {total} cells")

    def refusals(self, reader):
        refused = ", ".join(f"{reason} ({count})" for reason, count in self.refused[reader].most_common())
        return f"{refused or 'nothing'}; {self.loaded[reader]} folders loaded"
