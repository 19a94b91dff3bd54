#!/usr/bin/env python3
"""Sluice beside other tools and yardsticks: the cases of the suite, in order.

How a case is measured is in `measuring.py`; what the others are asked to do, in `other_tools.py`.
"""
import argparse, json

import change_cases, cliffs, ends_cases, hard_cases, json_cases, measuring, parquet_cases, text_cases


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--sluice", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", required=True)
    parser.add_argument("--size", type=int, default=128, help="megabytes of the data that is made here")
    parser.add_argument("--cliffs", metavar="TEXT", help="only kinds of data with this in their names ('' for all)")
    parser.add_argument("--parquet", metavar="TEXT", help="only Parquet files with this in their names ('' for all)")
    parser.add_argument("--json-sets", metavar="TEXT", help="only JSON with this in its names ('' for all)")
    parser.add_argument("--thresholds", help="measure a case again whose ratios are under those of this file")
    parser.add_argument("--changes", metavar="TEXT", help="only binary logs with this in their names ('' for all)")
    parser.add_argument("--memory", action="store_true", help="also the peaks for 1 GiB and 8 GiB")
    a = parser.parse_args()
    thresholds = json.load(open(a.thresholds)) if a.thresholds else None
    suite = measuring.Suite(a.data, a.sluice, a.rounds, a.out, thresholds)
    print("machine:", measuring.card())
    if a.cliffs is not None:
        cliffs.run(suite, a.size, a.cliffs)
    elif a.parquet is not None:
        parquet_cases.run(suite, a.size, a.parquet)
    elif a.json_sets is not None:
        json_cases.run(suite, a.size, a.json_sets)
    elif a.changes is not None:
        change_cases.run(suite, a.size, a.changes)
    else:
        everything(suite, a.size)
        if a.memory:
            hard_cases.memory(suite)


def everything(suite, size):
    text_cases.csv(suite, "orders", {"best other": 6})
    text_cases.csv(suite, "text", {"best other": 4.5})
    text_cases.csv(suite, "wide", {"best other": 10})
    text_cases.inserts(suite, "orders-inserts", {"best other": 6})
    text_cases.inserts(suite, "text-inserts", {"best other": 3.5})
    text_cases.copy(suite, "orders-copy", {"best other": 8})
    text_cases.copy(suite, "text-copy", {"best other": 5})
    text_cases.typed_csv(suite)
    for name in ("orders.csv", "text.csv", "wide.csv", "orders-inserts.sql"):
        text_cases.rows(suite, name)
    parquet_cases.run(suite, size)
    json_cases.run(suite, size)
    change_cases.run(suite, max(size, 16))  # in less the start of a process is most of it
    text_cases.two_cores(suite, "orders")
    text_cases.two_cores(suite, "text")
    ends_cases.archives(suite)
    ends_cases.structure(suite)
    hard_cases.long_row(suite, size)
    hard_cases.many_columns(suite, size)
    ends_cases.disk(suite)
    ends_cases.slow_reader(suite)
    hard_cases.many_tables(suite, min(20_000, size * 1000))
    cliffs.run(suite, max(size // 2, 16))


main()
