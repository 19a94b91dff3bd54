#!/usr/bin/env python3
"""Makes the manual page, sluice(1), of what the command says of itself.

    .ci/release/manual.py SLUICE > sluice.1

The names, the texts and the order are those of `sluice COMMAND --help`. The language is mdoc(7).
"""
import json, os, re, subprocess, sys, textwrap

EXIT_STATUS = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../Sources/BackupExports/BackupExports.docc/ExitStatus.md")


def exit_statuses():
    """(status, text) of each row of the article's table."""
    with open(EXIT_STATUS) as article:
        return re.findall(r"(?m)^\| (\d+) \| (.+?) \|$", article.read())


def plain(text):
    """Text of a line: backslashes and leading dots mean something to mdoc."""
    text = text.replace("\\", "\\e").replace("“", "\\(lq").replace("”", "\\(rq").replace("‘", "\\(oq")
    text = text.replace("’", "\\(cq").replace("…", "\\&...").replace("→", "\\(->")
    return "\\&" + text if text[:1] in (".", "'") else text


def sentences(text):
    """A sentence a line, as mdoc wants it."""
    found = re.split(r"(?<=[.!?]) (?=[A-Z])", " ".join(text.split()))
    return [plain(line) for sentence in found for line in textwrap.wrap(sentence, 76, break_on_hyphens=False)]


def item(argument):
    """The line that names an option or an argument."""
    if argument["kind"] == "positional":
        return ".It Ar " + argument.get("valueName", "argument")
    names = sorted((name for name in argument["names"]), key=lambda name: len(name["name"]))
    words = " , ".join("Fl " + ("" if name["kind"] == "short" else "\\-") + name["name"] for name in names)
    return f".It {words}" + (f" Ar {argument['valueName']}" if argument["kind"] == "option" else "")


def body(argument):
    text = argument.get("abstract", "")
    values, default = argument.get("allValueStrings") or argument.get("allValues"), argument.get("defaultValue")
    if values:
        text += f" One of {', '.join(values)}" + (f"; {default} unless said." if default else ".")
    return sentences(text)


def section(command):
    yield f".Ss {command['commandName']}"
    yield from sentences(command["abstract"])
    for paragraph in (command.get("discussion") or "").strip().split("\n\n"):
        lines = [line.strip() for line in paragraph.splitlines()]
        examples = [line for line in lines if re.match(r"(sluice|curl|--)", line)]
        text = [line for line in lines if line not in examples and line != "Examples:"]
        if text:
            yield ".Pp"
            yield from sentences(" ".join(text))
        if examples:
            yield from (".Bd -literal -offset indent", *map(plain, examples), ".Ed")
    title = None
    arguments = [a for a in command.get("arguments", []) if a["shouldDisplay"] and not is_help(a)]
    for argument in arguments:
        if title is None or argument.get("sectionTitle", "") != title:
            if title is not None:
                yield ".El"
            title = argument.get("sectionTitle", "")
            if title:
                yield from (".Pp", f".Sy {title}")
            yield ".Bl -tag -width Ds"
        yield item(argument)
        yield from body(argument)
    if title is not None:
        yield ".El"


def is_help(argument):
    return any(name["name"] in ("help", "version") for name in argument.get("names", []))


def page(root, version):
    yield f".\\\" Made by .ci/release/manual.py of sluice {version}."
    yield ".Dd $Mdocdate$"
    yield ".Dt SLUICE 1"
    yield ".Os"
    yield ".Sh NAME"
    yield ".Nm sluice"
    yield ".Nd database backups of Alibaba Cloud as line-delimited JSON"
    yield ".Sh SYNOPSIS"
    yield ".Nm"
    yield ".Ar command"
    yield ".Op Ar options"
    yield ".Sh DESCRIPTION"
    yield from sentences(root["abstract"])
    yield ".Sh COMMANDS"
    for command in root["subcommands"]:
        if command["commandName"] != "help":
            yield from section(command)
    yield ".Sh ENVIRONMENT"
    yield "Every option can be given as a variable:"
    yield ".Ev SLUICE_PART_SIZE"
    yield "is"
    yield ".Fl \\-part-size ."
    yield "The command line wins."
    yield ".Sh EXIT STATUS"
    yield ".Bl -tag -width Ds"
    for status, text in exit_statuses():
        yield f".It {status}"
        yield from sentences(text[0].upper() + text[1:] + ".")
    yield ".El"


def main():
    sluice = sys.argv[1]
    root = json.loads(subprocess.check_output([sluice, "--experimental-dump-help"]))["command"]
    version = subprocess.check_output([sluice, "--version"], text=True).strip()
    print("\n".join(page(root, version)))


main()
