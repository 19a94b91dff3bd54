#!/usr/bin/env python3
"""Records the terminal of a reader who converts the sample exports, as an animated SVG.

    python3 Tests/Docs/recording.py --sluice .build/debug/sluice samples/recording.svg

The commands really run, in a terminal of their own; typing is drawn at a steady speed. The picture shows all of it where
animations are switched off, and has colours for light and dark.
"""

import argparse
import html
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from dataclasses import dataclass, field

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from stage import ROOT, Stage

PICTURE = "samples/recording.svg"
COLUMNS = 100
CUT = '{"states": ["finished"], "cuts": [20000], "kill_links_after_cut": true}'

# What is typed, and what the stand-in of the service is to do before it.
STORY = [
    ("sluice inspect shop.tar.gz | grep -A 8 '^shop.orders$'", None),
    ("sluice convert shop.tar.gz --output lake", None),
    ("head -n 1 lake/shop/orders/part-00000.ndjson", None),
    ("sluice convert cut.tar.gz --output other; echo $?", None),
    ("sluice run \"$TASK\" --output from-cloud --verbose 2>&1 | grep -v -e calling -e '^ '", CUT),
    ("cmp {lake,from-cloud}/shop/orders/part-00000.ndjson && echo the same bytes", None),
]

# What differs from one run to the next: times, speeds, ports, ids.
VARYING = re.compile(r"in \d[\d.]*m?s \([^)]*\)|127\.0\.0\.1:\d+|wait=[\d.]+ m?s|\(HTTP\w+\)|dt-\d+")


@dataclass
class Line:
    """A line of the terminal, when it was complete, and whether it was typed."""

    text: str
    time: float
    typed: bool = False
    parts: list = field(default_factory=list)


def run_in_terminal(command, stage):
    """The command's output as (seconds, text), in the order it came."""
    controller, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (40, COLUMNS))
    environment = stage.environment | {"TERM": "xterm", "COLUMNS": str(COLUMNS), "NO_COLOR": "1"}
    started, pieces = time.monotonic(), []
    process = subprocess.Popen(
        ["bash", "-c", command], cwd=stage.work, env=environment, stdin=subprocess.DEVNULL, stdout=terminal,
        stderr=terminal, start_new_session=True)
    os.close(terminal)
    while True:
        try:
            piece = os.read(controller, 65536)
        except OSError:  # the last process that had the terminal is gone
            break
        if not piece:
            break
        pieces.append((time.monotonic() - started, piece))
    process.wait(60)
    os.close(controller)
    return pieces


def final_lines(pieces):
    """The lines that stay on the screen, with the time of each: a progress line overwrites itself."""
    text, moments = b"", []
    for moment, piece in pieces:
        text += piece
        moments.append((len(text), moment))
    lines, end = [], 0
    for raw in text.split(b"\n"):
        end += len(raw) + 1
        shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", raw.decode().rstrip("\r")).split("\r")[-1].rstrip()
        moment = next((moment for length, moment in moments if length >= min(end, len(text))), 0)
        lines.append((shown, moment))
    return lines[:-1] if lines and not lines[-1][0] else lines


def record(sluice):
    """Runs the story; the lines of the screen with their times in the picture."""
    now, screen = 0.6, []
    with Stage(sluice) as stage:
        for command, behaviour in STORY:
            if behaviour:
                stage.tell_service(behaviour)
            screen.append(Line("$ " + command, now, typed=True))
            now += 0.03 * len(command) + 0.4
            last = 0.0
            for text, moment in final_lines(run_in_terminal(command, stage)):
                now += min(max(round(moment - last, 1), 0.06), 1.0)
                last = moment
                screen.append(Line(text, now))
            now += 1.4
    return screen, now + 4


def width(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def wrapped(screen):
    """Lines that are wider than the screen continue in the next, as a terminal shows them."""
    for line in screen:
        text = line.text
        while width(text) > COLUMNS:
            end = COLUMNS
            while width(text[:end]) > COLUMNS:
                end -= 1
            yield Line(text[:end], line.time, line.typed)
            text = text[end:]
        yield Line(text, line.time, line.typed)


STYLE = """
    .page { fill: #fbfbfa; stroke: #d0d7de } .text { fill: #24292f } .typed { fill: #0550ae; font-weight: 600 }
    @media (prefers-color-scheme: dark) {
      .page { fill: #161b22; stroke: #30363d } .text { fill: #d5dbe1 } .typed { fill: #79c0ff }
    }
    text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre }
"""


def draw(screen, length):
    """The picture: each line appears at its time, and typed ones letter by letter, over and over."""
    lines = list(wrapped(screen))
    cell, row, margin = 7.83, 18, 16
    wide, high = round(COLUMNS * cell + 2 * margin), len(lines) * row + 2 * margin
    moves, shapes = [], []
    for number, line in enumerate(lines):
        begin = 100 * line.time / length
        if line.typed:
            end = begin + 100 * 0.03 * len(line.text) / length
            moves.append(
                f"@keyframes k{number} {{ 0%, {begin:.2f}% {{ clip-path: inset(0 100% 0 0); "
                f"animation-timing-function: steps({len(line.text)}) }} {end:.2f}%, 100% {{ clip-path: inset(0) }} }}")
        else:
            moves.append(
                f"@keyframes k{number} {{ 0%, {begin:.2f}% {{ opacity: 0 }} {begin + 0.01:.2f}%, 100% {{ opacity: 1 }} }}")
        moves.append(f"#l{number} {{ animation: k{number} {length:.1f}s infinite }}")
        shapes.append(
            f'<text id="l{number}" class="{"typed" if line.typed else "text"}" x="{margin}" y="{margin + 13 + row * number}"'
            + (f' textLength="{width(line.text) * cell:.1f}"' if line.text else "")
            + f' xml:space="preserve">{html.escape(line.text, quote=False)}</text>')
    motion = "\n      ".join(moves)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">\n'
        f"  <title>sluice at work: inspect, convert, a damaged archive, and a download over a line that breaks</title>\n"
        f"  <style>{STYLE}    @media (prefers-reduced-motion: no-preference) {{\n      {motion}\n    }}\n  </style>\n"
        f'  <rect class="page" x="0.5" y="0.5" width="{wide - 1}" height="{high - 1}" rx="8"/>\n  '
        + "\n  ".join(shapes) + "\n</svg>\n")


def differences(sluice):
    """Where the picture shows other lines than the commands print now."""
    with open(os.path.join(ROOT, PICTURE), encoding="utf-8") as file:
        shown = [html.unescape(text) for text in re.findall(r'xml:space="preserve">(.*?)</text>', file.read())]
    now = [line.text for line in wrapped(record(sluice)[0])]
    clean = [[VARYING.sub("*", line) for line in lines] for lines in (shown, now)]
    if "".join(clean[0]) != "".join(clean[1]):
        at = next((n for n, pair in enumerate(zip(*clean)) if pair[0] != pair[1]), min(map(len, clean)))
        yield (f"{PICTURE}: line {at + 1} is not what the commands print now: {now[at:at + 1]}; "
               "record it again, see Tests/Docs/recording.py")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sluice", required=True)
    parser.add_argument("picture", nargs="?", default=os.path.join(ROOT, PICTURE))
    arguments = parser.parse_args()
    with open(arguments.picture, "w", encoding="utf-8") as file:
        file.write(draw(*record(arguments.sluice)))


if __name__ == "__main__":
    main()
