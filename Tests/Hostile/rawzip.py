"""Zips written by hand, whose records may lie."""

import struct
import zlib
from dataclasses import dataclass


@dataclass
class Item:
    name: bytes
    data: bytes
    method: int = 8
    flags: int = 0x800
    # What the records say instead of the truth.
    crc: int | None = None
    packed_size: int | None = None
    size: int | None = None
    local_name: bytes | None = None
    local_size: int | None = None
    local_packed_size: int | None = None
    local_crc: int | None = None
    descriptor: bytes = b""
    mode: int = 0o100644
    at: int | None = None

    def packed(self):
        if self.method != 8:
            return self.data
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
        return squeeze.compress(self.data) + squeeze.flush()


def given(value, otherwise):
    return otherwise if value is None else value


def zip_file(items, count=None, directory_size=None, directory_at=None, comment=b"", between=b""):
    out, central = bytearray(), bytearray()
    for item in items:
        packed, crc, name = item.packed(), zlib.crc32(item.data), given(item.local_name, item.name)
        at = given(item.at, len(out))
        if item.at is None:
            out += struct.pack(
                "<IHHHHHIIIHH", 0x04034B50, 20, item.flags, item.method, 0, 0x21, given(item.local_crc, crc), given(item.local_packed_size, len(packed)),
                given(item.local_size, len(item.data)), len(name), 0) + name + packed + item.descriptor
        central += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 0x0314, 20, item.flags, item.method, 0, 0x21, given(item.crc, crc), given(item.packed_size, len(packed)),
            given(item.size, len(item.data)), len(item.name), 0, 0, 0, 0, item.mode << 16, at) + item.name
    out += between
    start = len(out)
    number = given(count, len(items)) & 0xFFFF
    out += central + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, number, number, given(directory_size, len(central)), given(directory_at, start), len(comment)) + comment
    return bytes(out)


def quoted_overlap(names, kernel):
    """Entries whose deflate streams quote the local headers after them: all of them end in one kernel."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = squeeze.compress(kernel) + squeeze.flush()
    parts, central = [], []
    data = kernel
    for name in reversed(names):
        if parts:
            quoted = parts[0][1]
            body = struct.pack("<BHH", 0, len(quoted), len(quoted) ^ 0xFFFF) + quoted + body
            data = quoted + data
        local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0x21, zlib.crc32(data), len(body), len(data), len(name), 0) + name
        parts.insert(0, (name, local, len(body), len(data), zlib.crc32(data)))
    out = bytearray()
    places = []
    for index, (name, local, packed, size, crc) in enumerate(parts):
        places.append(len(out))
        out += local
        if index < len(parts) - 1:
            out += struct.pack("<BHH", 0, len(parts[index + 1][1]), len(parts[index + 1][1]) ^ 0xFFFF)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    out += squeeze.compress(kernel) + squeeze.flush()
    start = len(out)
    for at, (name, local, packed, size, crc) in zip(places, parts):
        central.append(struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0x21, crc, packed, size, len(name), 0, 0, 0, 0, 0, at) + name)
    directory = b"".join(central)
    out += directory + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(parts) & 0xFFFF, len(parts) & 0xFFFF, len(directory), start, 0)
    return bytes(out)
