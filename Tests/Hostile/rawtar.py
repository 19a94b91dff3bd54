"""Tars written by hand, with whatever a header can say."""


def number(value, width):
    """Octal as usual, base 256 where that is too long or below zero."""
    if 0 <= value < 8 ** (width - 1):
        return b"%0*o\0" % (width - 1, value)
    encoded = value.to_bytes(width, "big", signed=True)
    return bytes([encoded[0] | 0x80]) + encoded[1:]


def header(name, size=0, kind=b"0", link=b"", magic=b"ustar\x0000", tail=b"", checksum=None):
    """`tail`: what stands from byte 345 on."""
    block = bytearray(512)
    block[0:min(100, len(name))] = name[:100]
    block[100:108], block[108:116], block[116:124] = b"0000644\0", b"0000000\0", b"0000000\0"
    block[124:136], block[136:148] = number(size, 12), b"00000000000\0"
    block[148:156] = b"        "
    block[156:157] = kind
    block[157:157 + len(link)] = link
    block[257:257 + len(magic)] = magic
    block[345:345 + len(tail)] = tail
    block[148:156] = b"%06o\0 " % (sum(block) if checksum is None else checksum)
    return bytes(block)


def padded(data):
    return data + bytes(-len(data) % 512)


def member(name, data=b"", kind=b"0", **fields):
    return header(name, len(data), kind, **fields) + padded(data)


def end():
    return bytes(1024)


def long_name(name, kind=b"L"):
    return member(b"././@LongLink", name + b"\0", kind, magic=b"ustar  \0")


def pax(records, kind=b"x"):
    body = b"".join(record(key, value) for key, value in records)
    return member(b"PaxHeader", body, kind)


def record(key, value):
    rest = b" " + key + b"=" + value + b"\n"
    length = len(rest)
    while len(str(length)) + len(rest) != length:
        length = len(str(length)) + len(rest)
    return str(length).encode() + rest


def gnu_sparse(name, pieces, size, stored):
    """An old GNU sparse member: `pieces` are (offset, length), `size` is what it claims to be."""
    tail = bytearray(167)
    for index, (offset, length) in enumerate(pieces[:4]):
        at = 41 + index * 24
        tail[at:at + 12], tail[at + 12:at + 24] = number(offset, 12), number(length, 12)
    tail[138:150] = number(size, 12)
    return header(name, len(stored), b"S", magic=b"ustar  \0", tail=bytes(tail)) + padded(stored)


def pax_sparse(name, pieces, size, stored, version=b"1.0"):
    if version == b"1.0":
        table = b"%d\n" % len(pieces) + b"".join(b"%d\n%d\n" % piece for piece in pieces)
        records = [(b"GNU.sparse.major", b"1"), (b"GNU.sparse.minor", b"0"), (b"GNU.sparse.name", name), (b"GNU.sparse.realsize", b"%d" % size)]
        return pax(records) + member(b"GNUSparseFile.0/x", padded(table) + stored)
    pairs = b",".join(b"%d,%d" % piece for piece in pieces)
    records = [(b"GNU.sparse.size", b"%d" % size), (b"GNU.sparse.numblocks", b"%d" % len(pieces)), (b"GNU.sparse.map", pairs), (b"GNU.sparse.name", name)]
    return pax(records) + member(name, stored)
