"""Archives that say what is not so: links, names, sizes, holes, checksums, directories."""

import os
import tempfile
from itertools import chain
from pathlib import Path

import rawtar
import rawzip
from forms import ROWS, TREE, tar, zip_of
from law import OrRefused
from rawzip import Item


BOUNDED = ["--record-limit", "1000000", "--structure-limit", "1000000"]


def tricks(judge):
    for title, data, want in chain(tar_tricks(), zip_tricks()):
        for pipe in (False, True):
            suffix = ".zip" if data.startswith(b"PK") else ".tar"
            judge.hold(f"{title}{' from a pipe' if pipe else ''}", judge.run(data, "export" + suffix, pipe, BOUNDED), want)
    folder_tricks(judge)


def tree(*extra):
    return b"".join([rawtar.member(path.encode(), data) for path, data in TREE.items()] + list(extra)) + rawtar.end()


def tar_tricks():
    yield from links()
    yield from names()
    yield from holes()
    first = b"shop/t/data/9.csv"
    for size in (1 << 40, (1 << 63) - 1, -1, -(1 << 62)):
        yield f"a tar whose entry claims {size} bytes", tree(rawtar.header(first, size)), 65
    blocks = [index for index in range(0, len(tree()) - 1024, 512) if tree()[index + 257:index + 262] == b"ustar"]
    for block in blocks:
        damaged = bytearray(tree())
        damaged[block + 149] ^= 1
        yield f"a tar with a wrong checksum in the header at {block}", bytes(damaged), 65
    yield "the same path twice", tree(rawtar.member(b"shop/t/data/1.csv", b'9,"z"\n')), 65
    yield "junk after the end of a tar", tree() + b"junk" * 300, {0, 65}
    yield "a tar in a tar", rawtar.member(b"inner.tar", tree()) + rawtar.end(), ROWS


def links():
    away = [(b"shop/t/data/7.csv", b"2", b"/etc/passwd"), (b"shop/t/data/7.csv", b"1", b"shop/t/data/1.csv"), (b"shop/t/data", b"2", b"/tmp")]
    for name, kind, target in away:
        yield f"a link to {target.decode()}", tree(rawtar.member(name, kind=kind, link=target)), ROWS
    for kind, what in ((b"3", "character device"), (b"4", "block device"), (b"6", "fifo"), (b"7", "contiguous file")):
        yield f"a {what}", tree(rawtar.member(b"shop/t/data/7.csv", kind=kind)), ROWS
    for name in (b"../up.csv", b"/tmp/sluice-hostile-root.csv", b"shop/../../up.csv", b"shop/t/../../../up.csv", b"./../up.csv", b".."):
        yield f"the path {name.decode()}", tree(rawtar.member(name, b"9,9\n")), ROWS
    yield "tables named .. and .", b"".join(rawtar.member(name, b"9\n") for name in (b"a/..b/data/1.csv", b"./.../.../data/1.csv")) + rawtar.end(), {0, 65, 66}


def names():
    for raw in (b"\xff\xfe", "表".encode("gbk"), "é".encode("latin-1"), b"\xed\xa0\x80"):
        for twin in (b"\xfe\xff", b"%FF%FE"):
            yield f"names in no encoding, {raw!r} and {twin!r}", tree(*[rawtar.member(b"shop/" + name + b"/data/1.csv", b"9\n") for name in (raw, twin)]), {0, 65}
    for ugly in (b"a\nb", b"a\x1b[31mb", b"a\rb", b"a\tb", b'a"b\\', "a\u202eb".encode(), b" ", b"~", b"-", b"%2e%2e", b"\x7f"):
        yield f"the name {ugly!r}", tree(rawtar.member(b"shop/" + ugly + b"/data/1.csv", b"9\n")), 0
        yield f"an error in the name {ugly!r}", tree(rawtar.member(b"shop/" + ugly + b"/data/1.csv", b'9,"\n')), 65
    for length in (5_000, 200_000, 1 << 20, 100 << 20):
        name = b"shop/" + b"n" * length + b"/data/1.csv"
        yield f"a GNU name of {length} bytes", tree(rawtar.long_name(name), rawtar.member(name, b"9\n")), 65
        yield f"a pax path of {length} bytes", tree(rawtar.pax([(b"path", name)]), rawtar.member(b"x", b"9\n")), 65
        yield f"a link name of {length} bytes", tree(rawtar.long_name(name, b"K"), rawtar.member(b"x", kind=b"2")), {0, 65}
        yield f"a pax comment of {length} bytes", tree(rawtar.pax([(b"comment", name)]), rawtar.member(b"shop/x/data/1.csv", b"9\n")), {0, 65}
    yield "a path of 2000 folders", tree(rawtar.long_name(b"d/" * 2000 + b"1.csv"), rawtar.member(b"x", b"9\n")), {0, 65}
    yield "a pax header of 100,000 records", tree(rawtar.pax([(b"k%d" % index, b"v") for index in range(60_000)]), rawtar.member(b"x", b"9\n")), {0, 65}
    yield "a pax path of nothing", tree(rawtar.pax([(b"path", b"")]), rawtar.member(b"shop/x/data/1.csv", b"9\n")), {0, 65}
    yield "a pax size that lies", tree(rawtar.pax([(b"size", b"99999999999999999999")]), rawtar.member(b"shop/x/data/1.csv", b"9\n")), 65
    yield "a pax record without an end", tree(rawtar.member(b"PaxHeader", b"99 path=x", b"x"), rawtar.member(b"shop/x/data/1.csv", b"9\n")), {0, 65}


def holes():
    row = b"9\n" * 256
    for size in (1 << 20, 1 << 36, (1 << 62)):
        for place in ("shop/v/data/1.csv", "shop/v/structure.sql"):
            name, pieces = place.encode(), [(size - 512, 512)]
            yield f"a GNU sparse {place} of {size} bytes", tree(rawtar.gnu_sparse(name, pieces, size, row)), {65} if size > 1 << 20 else {0, 65}
            for version in (b"1.0", b"0.1"):
                yield (
                    f"a pax {version.decode()} sparse {place} of {size} bytes", tree(rawtar.pax_sparse(name, pieces, size, row, version)),
                    {65} if size > 1 << 20 else {0, 65})
    yield "a sparse file that is not read", tree(rawtar.gnu_sparse(b"shop/picture.bin", [(1 << 40, 512)], (1 << 40) + 512, row)), ROWS
    yield "sparse pieces out of order", tree(rawtar.gnu_sparse(b"shop/v/data/1.csv", [(1024, 256), (0, 256)], 2048, row)), 65
    yield "sparse pieces over each other", tree(rawtar.gnu_sparse(b"shop/v/data/1.csv", [(0, 256), (100, 256)], 2048, row)), 65
    yield "sparse pieces below zero", tree(rawtar.gnu_sparse(b"shop/v/data/1.csv", [(-512, 512)], 512, row)), {0, 65}


def zip_tricks():
    base = [Item(path.encode(), data) for path, data in TREE.items()]
    yield "a zip by hand", rawzip.zip_file(base), ROWS
    data = b"9\n" * 500

    def lying(**lies):
        return rawzip.zip_file([*base, Item(b"shop/t/data/9.csv", b'4,"d"\n' * 50, **lies)])

    for lies in (
        {"size": 10}, {"size": 1 << 31}, {"packed_size": 5}, {"packed_size": 1 << 31}, {"crc": 1}, {"local_crc": 1}, {"local_size": 10}, {"local_size": 1 << 31},
        {"local_packed_size": 3}, {"local_packed_size": 1 << 30}, {"size": 10, "local_size": 10}, {"crc": 1, "local_crc": 1},
        {"size": 0xFFFFFFFF, "packed_size": 0xFFFFFFFF},
        {"method": 0, "size": 5, "local_size": 5}, {"method": 0, "size": 5000, "local_size": 5000, "packed_size": 5000, "local_packed_size": 5000},
        {"flags": 0x808, "local_size": 0, "local_packed_size": 0, "local_crc": 0},
        {"flags": 0x808, "local_size": 0, "local_packed_size": 0, "local_crc": 0, "descriptor": b"PK\7\x08" + bytes(12)},
        {"method": 97}, {"method": 14}, {"method": 93}, {"at": 1 << 30}, {"at": 5},
    ):
        rows = {**ROWS, "shop.t": ROWS["shop.t"] + b'{"id":4,"s":"d"}\n' * 50}
        yield f"a zip with {lies}", lying(**lies), OrRefused(rows)
    yield "a zip entry of nothing with a checksum", lying(size=0, packed_size=0, local_size=0, local_packed_size=0), {0, 65}
    yield "an encrypted entry", lying(flags=0x801), 66
    yield "a name that differs in the directory", lying(local_name=b"shop/w/data/9.csv"), {0, 65}
    for lies in ({"count": 2}, {"count": 60000}, {"directory_size": 9}, {"directory_at": 3}, {"comment": b"PK\5\6" + bytes(18)}, {"between": b"junk" * 9}):
        yield f"a zip directory with {lies}", rawzip.zip_file(base, **lies), OrRefused(ROWS)
    yield "entries over each other", rawzip.zip_file([*base, *[Item(b"shop/n%d/data/1.csv" % index, data, at=0) for index in range(50)]]), {0, 65}
    yield "quoted entries over each other", rawzip.quoted_overlap([b"shop/t/data/%d.csv" % index for index in range(200)], b'1,"a"\n' * 1000), {0, 65}
    yield "the same path twice in a zip", rawzip.zip_file([*base, base[1]]), 65
    for name in (b"../up.csv", b"/tmp/up.csv", b"C:\\up.csv", b"..\\up.csv", b"shop/t/data/\0x.csv", b"shop\\x\\data\\1.csv"):
        yield f"a zip with the path {name!r}", rawzip.zip_file([*base, Item(name, b"9\n")]), {0, 65}
    for raw in (b"\xff\xfe", "表".encode("gbk")):
        for flags in (0, 0x800):
            yield f"a zip with the name {raw!r}, flags {flags:x}", rawzip.zip_file([*base, Item(b"shop/" + raw + b"/data/1.csv", b"9\n", flags=flags)]), 0
    yield "a zip name of 65,000 bytes", rawzip.zip_file([*base, Item(b"shop/" + b"n" * 65000 + b"/data/1.csv", b"9\n")]), 65
    yield "a link in a zip", rawzip.zip_file([*base, Item(b"shop/t/data/7.csv", b"/etc/passwd", mode=0o120777)]), {0, 65}
    yield "a zip in a zip", rawzip.zip_file([Item(b"inner.zip", zip_of(), method=0)]), OrRefused(ROWS)
    yield "a zip of nothing", rawzip.zip_file([]), 66


def folder_tricks(judge):
    with tempfile.TemporaryDirectory() as scratch:
        for path, data in TREE.items():
            place = Path(scratch) / "in" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        root = Path(scratch) / "in"
        judge.hold("a folder", judge.run(root), ROWS)
        os.mkfifo(root / "shop/t/data/8.csv")
        os.symlink("/etc", root / "shop/etc")
        os.symlink("..", root / "shop/loop")
        os.symlink("/nowhere", root / "shop/t/data/9.csv")
        judge.hold("a folder with a fifo, links and a loop", judge.run(root), ROWS)
        (root / "shop/v/data").mkdir(parents=True)
        nameless = os.fsencode(root) + b"/shop/v/data/\xff.csv"
        os.close(os.open(nameless, os.O_CREAT))
        judge.hold("a folder with a name in no encoding", judge.run(root), {0, 65, 66})
        os.unlink(nameless)
        with open(root / "shop/v/data/1.csv", "wb") as hole:
            hole.truncate(1 << 40)
        judge.hold("a folder with a file of 1 TiB of nothing", judge.run(root, words=BOUNDED), 65)
    with tempfile.TemporaryDirectory() as scratch:
        pipe = Path(scratch) / "pipe.tar"
        os.mkfifo(pipe)
        child = os.fork()
        if child == 0:
            with open(pipe, "wb") as out:
                out.write(tar())
            os._exit(0)
        judge.hold("a named pipe", judge.run(pipe), ROWS)
        os.waitpid(child, 0)
