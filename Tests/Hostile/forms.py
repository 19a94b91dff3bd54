"""A small export in every container that is read."""

import bz2
import gzip
import io
import lzma
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

TREE = {
    "shop/t/structure.sql": b"CREATE TABLE `t` (`id` int, `s` text);\n",
    "shop/t/data/1.csv": b'1,"a"\n2,"b"\n',
    "shop/t/data/2.csv": b'3,"c"\n',
    "shop/u/structure.sql": b"CREATE TABLE `u` (`id` int);\n",
    "shop/u/data/1.csv": b"".join(b"%d\n" % number for number in range(40)),
}
ROWS = {
    "shop.t": b'{"id":1,"s":"a"}\n{"id":2,"s":"b"}\n{"id":3,"s":"c"}\n',
    "shop.u": b"".join(b'{"id":%d}\n' % number for number in range(40)),
}


def tar(tree=TREE):
    out = io.BytesIO()
    # Two closing blocks and no more padding: each byte of it means something.
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for path, data in tree.items():
            member = tarfile.TarInfo(path)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        length = archive.offset
    return out.getvalue()[:length] + bytes(1024)


class Unseekable(io.RawIOBase):
    """Makes zipfile write sizes after the data."""

    def __init__(self):
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


def zip_of(tree=TREE, method=zipfile.ZIP_DEFLATED, streamed=False, zip64=False):
    out = Unseekable() if streamed else io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for path, data in tree.items():
            info = zipfile.ZipInfo(path)
            info.compress_type = method
            with archive.open(info, "w", force_zip64=zip64) as entry:
                entry.write(data)
    return bytes(out.data) if streamed else out.getvalue()


def seven_zip(tree=TREE):
    with tempfile.TemporaryDirectory() as folder:
        for path, data in tree.items():
            place = Path(folder) / "tree" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        out = Path(folder) / "a.7z"
        subprocess.run(["bsdtar", "--format", "7zip", "-cf", out, "-C", Path(folder) / "tree", *tree], check=True)
        return out.read_bytes()


def through(command, data):
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def gz(data):
    return gzip.compress(data, mtime=0)


def zst(data):
    return through(["zstd", "-qc", "--check"], data)


def lz4(data):
    return through(["lz4", "-qc", "-BX", "-"], data)


def all_forms():
    """name: bytes."""
    plain = tar()
    return {
        "a.tar": plain,
        "a.tar.gz": gz(plain),
        "a.tar.zst": zst(plain),
        "a.tar.xz": lzma.compress(plain),
        "a.tar.bz2": bz2.compress(plain),
        "a.tar.lz4": lz4(plain),
        "deflated.zip": zip_of(),
        "stored.zip": zip_of(method=zipfile.ZIP_STORED),
        "streamed.zip": zip_of(streamed=True),
        "zip64.zip": zip_of(zip64=True),
        "two-members.tar.gz": gz(plain[:3000]) + gz(plain[3000:]),
        "two-frames.tar.zst": zst(plain[:3000]) + zst(plain[3000:]),
        "two-streams.tar.xz": lzma.compress(plain[:3000]) + lzma.compress(plain[3000:]),
        "two-streams.tar.bz2": bz2.compress(plain[:3000]) + bz2.compress(plain[3000:]),
        "two-frames.tar.lz4": lz4(plain[:3000]) + lz4(plain[3000:]),
        "files-gz.tar": tar({path + ".gz": gz(data) for path, data in TREE.items()}),
        "a.7z": seven_zip(),
        **{f"two-pieces.csv.{suffix}": squeeze(LINES[:40]) + squeeze(LINES[40:]) for suffix, squeeze in SQUEEZERS.items()},
    }


LINES = b"".join(b"%d,text %d\n" % (number, number * 7919) for number in range(12))
SQUEEZERS = {"gz": gz, "zst": zst, "xz": lzma.compress, "bz2": bz2.compress, "lz4": lz4}


def first_piece(form):
    return len(SQUEEZERS[form.rsplit(".", 1)[1]](LINES[:40]))


def rows_of(form):
    if "csv" not in form:
        return ROWS
    return {"two-pieces": b"".join(b'{"c1":"%d","c2":"text %d"}\n' % (number, number * 7919) for number in range(12))}


# Where every byte of names and of rows is under a checksum.
CHECKED = {
    "a.tar.gz", "a.tar.zst", "a.tar.xz", "a.tar.bz2", "a.tar.lz4", "two-members.tar.gz", "two-frames.tar.zst", "two-streams.tar.xz",
    "two-streams.tar.bz2", "two-frames.tar.lz4", "a.7z",
    *[f"two-pieces.csv.{suffix}" for suffix in SQUEEZERS],
}
