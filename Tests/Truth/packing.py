"""Containers: a list of (path, bytes) entries becomes an archive, the same bytes each time."""

import gzip
import io
import subprocess
import tarfile
import zipfile
from pathlib import Path

MIDNIGHT = 1_767_225_600  # 2026-01-01, the time of every entry


def tar(entries, prefix="", format=tarfile.GNU_FORMAT):
    """One tar archive; `prefix` is `./` or an outer folder with its slash. An entry whose path ends in a slash is a folder."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=format) as archive:
        for path, data in entries:
            entry = tarfile.TarInfo("placeholder")
            entry.name = prefix + path
            entry.size, entry.mtime, entry.mode = len(data), MIDNIGHT, 0o644
            if path.endswith("/"):
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def with_folders(entries):
    """The same entries with one of its own for every folder, as the usual programs write them."""
    seen = set()
    for path, data in entries:
        steps = path.split("/")[:-1]
        for depth in range(len(steps)):
            name = "/".join(steps[: depth + 1]) + "/"
            if name not in seen:
                seen.add(name)
                yield name, b""
        yield path, data


def gz(data):
    return gzip.compress(data, compresslevel=9, mtime=MIDNIGHT)


def zst(data):
    return subprocess.run(["zstd", "-q", "-19", "-c"], input=data, capture_output=True, check=True).stdout


def xz(data):
    return subprocess.run(["xz", "-6", "-c"], input=data, capture_output=True, check=True).stdout


def zipped(entries, prefix=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in entries:
            entry = zipfile.ZipInfo(prefix + path, (2026, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def tars_in_members(entries, prefix="", pieces=3):
    """Several whole tars one after another, each a gzip member of its own: why the documented command says `tar -i`."""
    size = -(-len(entries) // pieces)
    groups = [entries[start : start + size] for start in range(0, len(entries), size)]
    return b"".join(gz(tar(group, prefix)) for group in groups)


def folder(entries, root: Path):
    """The unpacked tree."""
    for path, data in entries:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return root
