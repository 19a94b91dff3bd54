"""Runs the shell blocks of a document, in order, in one shell.

A block `sh` is a script: any command that fails, fails it. A block `console` has lines `$ command`, each with the output
that follows it: a line `…` stands for any lines, and `…` in a line for any text.
"""

import os
import re
import subprocess

from stage import Stage

LANGUAGES = ("sh", "console")


def commands(block):
    """(command, lines of output) of a block `console`. A command that ends in a backslash continues in the next line."""
    found = []
    for line in block.text.rstrip("\n").split("\n"):
        if found and found[-1][0].endswith("\\"):
            found[-1][0] += "\n" + line
        elif line.startswith("$ "):
            found.append([line[2:], []])
        elif found:
            found[-1][1].append(line)
        else:
            raise ValueError(f"{block.location}: a console block begins with `$ `")
    return found


def pattern(lines):
    """What the output must be, as a regular expression."""
    return re.compile("".join(
        r"(?:[^\n]*\n)*" if line == "…" else r"[^\n]*".join(map(re.escape, line.split("…"))) + "\n" for line in lines))


def script(blocks, outputs):
    """The shell script of a document: what it prints and the statuses of its commands go to files in `outputs`."""
    text = ["set -u"]
    for number, block in enumerate(blocks):
        text.append(f"echo {number} >{outputs}/begun")
        if block.language == "sh":
            text.append(f"set -e -o pipefail\n{block.text}\nset +e +o pipefail")
            continue
        for index, (command, _) in enumerate(commands(block)):
            name = f"{outputs}/{number}.{index}"
            text.append(f"(exit ${{status:-0}})\n{{ {command}\n}} >{name} 2>&1\nstatus=$?; echo $status >{name}.status")
    return "\n".join(text) + f"\necho done >{outputs}/begun\n"


def check_console(block, number, outputs):
    """Says how the output of a block `console` differs from what the document shows."""
    asked = commands(block)
    for index, (command, lines) in enumerate(asked):
        with open(f"{outputs}/{number}.{index}", encoding="utf-8") as file:
            printed = file.read()
        with open(f"{outputs}/{number}.{index}.status") as file:
            status = int(file.read())
        if not pattern(lines).fullmatch(printed):
            return f"{block.location}: `{command}` prints\n{printed}"
        if status != 0 and not (index + 1 < len(asked) and asked[index + 1][0] == "echo $?"):
            return f"{block.location}: `{command}` ends with status {status}"
    return None


def check(blocks, sluice):
    """Runs the blocks of one document; what is wrong with each, or None."""
    if not blocks:
        return []
    with Stage(sluice) as stage:
        outputs = stage.path("outputs")
        os.makedirs(outputs)
        done = subprocess.run(
            ["bash", "-c", script(blocks, outputs)], cwd=stage.work, env=stage.environment, text=True,
            capture_output=True, timeout=300, stdin=subprocess.DEVNULL)
        with open(f"{outputs}/begun") as file:
            begun = file.read().strip()
        results = []
        for number, block in enumerate(blocks):
            if begun != "done" and number >= int(begun):
                results.append(f"{block.location}: does not run to its end:\n{done.stdout}{done.stderr}")
            elif block.language == "console":
                results.append(check_console(block, number, outputs))
            else:
                results.append(None)
        return results
