#!/usr/bin/env python3
"""Every block of code in README.md and the articles runs or is compiled, and what they say is so.

    python3 Tests/Docs/run.py --sluice .build/debug/sluice
"""

import argparse
import sys

import facts
import recording
import shell
from texts import articles, blocks

# Blocks of these languages are checked; `text` is a picture or a layout, and Tests/Replay runs `sql`.
LANGUAGES = {"sh", "console", "swift", "json", "text", "sql"}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sluice", required=True)
    sluice = parser.parse_args().sluice
    passed, wrong = 0, []

    def count(faults):
        nonlocal passed
        wrong.extend(faults)
        passed += 0 if faults else 1

    for path in articles():
        found = blocks(path)
        for block in found:
            if block.language not in LANGUAGES:
                wrong.append(f"{block.location}: no test knows the language {block.language}")
            if block.reason:
                print(f"not run: {block.location}: {block.reason}")
        run = [block for block in found if block.language in shell.LANGUAGES and not block.reason]
        for fault in shell.check(run, sluice):
            count([fault] if fault else [])
    count(list(facts.fences_name_their_language()))
    count(list(facts.swift_blocks_are_programs()))
    count(list(facts.json_blocks_are_json()))
    count(list(facts.options_exist(sluice)))
    count(list(facts.every_option_is_described(sluice)))
    count(list(facts.links_lead_somewhere()))
    count(list(facts.paths_exist()))
    count(list(facts.what_was_measured_stands_with_the_benchmarks()))
    count(list(facts.no_figure_stands_in_two_files()))
    count(list(facts.readme_is_short()))
    count(list(facts.every_target_is_in_the_picture()))
    count(list(facts.version_is_that_of_the_notes(sluice)))
    count(list(facts.statuses_are_those_of_the_command()))
    count(list(facts.limits_are_those_of_the_sources()))
    count(list(recording.differences(sluice)))
    for fault in wrong:
        print(fault)
    print(f"{passed} passed, {len(wrong)} failed")
    sys.exit(1 if wrong else 0)


main()
