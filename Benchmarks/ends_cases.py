"""What is at the ends of a conversion: archives that are inflated, a disk, a slow reader."""
import os, shutil, subprocess, sys

import text_cases
from measuring import Command, run

PLAIN_WRITING = """import os,sys
block=open(sys.argv[1],'rb').read(1<<20)
out=os.open(sys.argv[2],os.O_WRONLY|os.O_CREAT|os.O_TRUNC);left=int(sys.argv[3])
while left>0: left-=os.write(out,block[:left])
os.fsync(out)"""
SLOW_READER = """import sys,time
began=time.monotonic();read=0
while block:=sys.stdin.buffer.read(1<<20):
    read+=len(block);time.sleep(max(0,began+read/2e8-time.monotonic()))"""


def archives(suite):
    """A .tar.gz and a .tar.zst, beside what only inflates them."""
    file, size = text_cases.long(suite, "orders")
    tar = suite.path("orders-long.tar")
    if not os.path.exists(tar + ".gz"):
        subprocess.check_call(["tar", "-C", suite.data, "-cf", tar, file])
        pack = 'gzip -6 -c "$0" > "$0.gz"; zstd -q -3 -f "$0" -o "$0.zst"; rm "$0"'
        subprocess.check_call(["sh", "-c", pack, tar])
    for suffix, yardstick in ((".gz", ["igzip", "-dc"]), (".zst", ["zstd", "-q", "-dc"])):
        suite.case(f"orders-long.tar{suffix}, discarded", size, {
            "sluice": Command(suite.sluice("orders-long.tar" + suffix, "--header", "--types", "text")),
            yardstick[0]: Command([*yardstick, tar + suffix]),
        }, targets={yardstick[0]: 0.9}, turns=3)


def structure(suite):
    """A .tar.gz whose structure comes after its data, or not at all, beside one whose structure comes first: from a
    file, and from a pipe, where the data waits on disk. `text_cases.typed_csv` has made the tree."""
    tree, declared, data = suite.path("typed"), "shop/orders/structure.sql", "shop/orders/data/orders.csv"
    for name, members in (("first", [declared, data]), ("last", [data, declared]), ("none", [data])):
        with open(suite.path(f"structure-{name}.tar.gz"), "wb") as out:
            tar = subprocess.Popen(["tar", "-C", tree, "-c", *members], stdout=subprocess.PIPE)
            subprocess.check_call(["gzip", "-6"], stdin=tar.stdout, stdout=out)
            if tar.wait():
                raise RuntimeError("tar failed")
    piped = 'cat "$0" | "$1" convert - --header --stdout --quiet'
    ways = {
        "a file": lambda name: Command(suite.sluice(name, "--header")),
        "a pipe": lambda name: Command(["sh", "-c", piped, suite.path(name), suite.binary])}
    size = os.path.getsize(os.path.join(tree, data))
    for way, least in (("a file", 1 / 1.5), ("a pipe", 1 / 1.7)):
        for name in ("last", "none"):
            suite.case(f"structure {name}, from {way}, discarded", size, {
                "sluice": ways[way](f"structure-{name}.tar.gz"),
                "structure first": ways[way]("structure-first.tar.gz"),
            }, targets={"structure first": least}, turns=3)


def disk(suite):
    """Into a folder, synced, beside writing as many bytes."""
    lake, lines = suite.path("lake"), suite.path("orders.ndjson")
    run(suite.sluice("orders.csv", "--header"), lines)

    def convert(*more):
        return Command([
            suite.binary, "convert", suite.path("orders.csv"), "--header", "--quiet", "--overwrite", "--output", lake,
            *more])
    written = str(os.path.getsize(lines))
    suite.case("orders.csv, onto disk and synced", os.path.getsize(suite.path("orders.csv")), {
        "sluice": convert(),
        "plain writing": Command([sys.executable, "-c", PLAIN_WRITING, lines, lake + ".plain", written]),
        "sluice, zstd": convert("--compress", "zstd"), "sluice, gzip": convert("--compress", "gzip"),
    }, targets={"plain writing": 0.8})
    for left in (lines, lake + ".plain"):
        if os.path.exists(left):
            os.unlink(left)
    shutil.rmtree(lake, ignore_errors=True)


def slow_reader(suite):
    """Through a pipe to a program that reads 200 MB a second: compressed lines are fewer bytes."""
    pipe = 'set -o pipefail; "$1" convert "$2" --header --quiet --stdout $3 | "$4" -c "$5"'

    def piped(more):
        return Command([
            "bash", "-c", pipe, "pipe", suite.binary, suite.path("orders.csv"), more, sys.executable, SLOW_READER])
    suite.case("orders.csv, to a reader that takes 200 MB/s", os.path.getsize(suite.path("orders.csv")), {
        "sluice": piped(""), "sluice, zstd": piped("--compress zstd"), "sluice, gzip": piped("--compress gzip")})
