"""An export like the service's, made up: a tree of tables as CSV, in any container; the same bytes for the same arguments."""

import bz2
import gzip
import io
import lzma
import random
import subprocess
import tarfile
import zipfile


def files(rows=40_000, late=False):
    """(path, bytes) of a MySQL export; `late`: structures after the data."""
    rng = random.Random(5)
    orders = [f'{n},"{rng.randbytes(30).hex()}",{n % 977}.50,"café ""{n}"""\n' for n in range(1, rows + 1)]
    third = rows // 3
    structures = [
        ("shop/structure.sql", "CREATE DATABASE `shop`;\n"),
        ("shop/orders/structure.sql", "CREATE TABLE `orders` (`id` bigint, `code` varchar(64), `total` decimal(10,2), `note` text);\n"),
        ("shop/people/structure.sql", "CREATE TABLE `people` (`id` int, `name` varchar(20));\n")]
    data = [
        ("shop/orders/data/1.csv", "".join(orders[:third])), ("shop/people/data/1.csv", '1,"Ann"\n2,NULL\n'),
        ("shop/orders/data/2.csv", "".join(orders[third:]))]
    return [(path, text.encode()) for path, text in (data + structures if late else structures + data)]


def tar(entries):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for path, content in entries:
            info = tarfile.TarInfo(path)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def zipped(entries):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in entries:
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def gzipped(content):
    return gzip.compress(content, 1, mtime=0)


def zstandard(content):
    return subprocess.run(["zstd", "-q", "-1", "-c"], input=content, capture_output=True, check=True).stdout


CONTAINERS = {
    "tar.gz": lambda entries: gzipped(tar(entries)),
    "tar.gz with zeros after": lambda entries: gzipped(tar(entries)) + bytes(6 << 20),
    "tar": tar,
    "tar.zst": lambda entries: zstandard(tar(entries)),
    "tar.xz": lambda entries: lzma.compress(tar(entries), preset=0),
    "tar.bz2": lambda entries: bz2.compress(tar(entries)),
    "zip": zipped,
    "csv": lambda entries: entries[-1][1],
    "csv.gz": lambda entries: gzipped(entries[-1][1]),
    "sql": lambda entries: b"".join(content for path, content in entries if path.endswith(".sql"))
    + b"INSERT INTO `people` VALUES (1,'Ann'),(2,NULL);\n" + b"-- rows as a comment\n" * 300_000,
}
