#!/usr/bin/env python3
"""Hostile and damaged archives, options against each other, planted files and forged notes through the real command: right rows or one clear error,
bounded memory, no hang, nothing left over, nothing destroyed.

    Tests/Hostile/run.py --sluice PATH [--rounds N] [--seed N] [--verbose] [damage|tricks|bombs|options|planted|notes|signals|limits …]

--rounds 0 tries every byte.
"""

import argparse
import os
import sys

sys.dont_write_bytecode = True

from bombs import bombs
from damage import damage
from law import SANITIZED, Judge
from limits import limits
from notes import notes
from options import options as option_pairs
from planted import planted
from signals import signals
from tricks import tricks


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", default=[], help="damage, tricks, bombs, options, planted, notes, signals, limits; all when nothing is said")
    parser.add_argument("--sluice", default=".build/debug/sluice")
    parser.add_argument("--rounds", type=int, default=6 * int(os.environ.get("SLUICE_LONG", "1")))
    parser.add_argument("--seed", default="1")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    judge = Judge(options.sluice, options.verbose)
    parts = options.parts or ["damage", "tricks", "bombs", "options", "planted", "notes", "signals", "limits"]
    if "damage" in parts:
        damage(judge, options.rounds, options.seed)
    if "tricks" in parts:
        tricks(judge)
    if "bombs" in parts:
        bombs(judge)
    if "options" in parts:
        option_pairs(judge)
    if "planted" in parts:
        planted(judge)
    if "notes" in parts:
        notes(judge, options.rounds or 100, options.seed)
    if "signals" in parts:
        signals(judge, options.seed)
    if "limits" in parts:
        limits(judge)
    print(f"most memory: {judge.peak[0] >> 20} MiB ({judge.peak[1]}); longest: {judge.slowest[0]:.1f} s ({judge.slowest[1]})")
    if SANITIZED:
        print("skipped: the bounds of memory, which are not for a program under a sanitizer")
    print(f"{judge.passed} passed, {judge.failed} failed")
    return 1 if judge.failed else 0


if __name__ == "__main__":
    sys.exit(main())
