"""Archives that ask for a dictionary of any size, whatever they hold. xz and 7z by their own descriptions."""

import lzma
import struct
import zlib

SMALL = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]


def xz(data, dictionary_code):
    """`dictionary_code`: as LZMA2 has it; 30 is 128 MiB, 31 is 192 MiB, 40 is 4 GiB."""
    packed = bytearray(lzma.compress(data, preset=0))
    end = 12 + 4 * (packed[12] + 1)
    assert packed[14:16] == b"\x21\x01"  # the only filter, with one byte of properties
    packed[16] = dictionary_code
    packed[end - 4:end] = struct.pack("<I", zlib.crc32(packed[12:end - 4]))
    return bytes(packed)


def seven_zip(name, data, dictionary, packs_header=False, header_dictionary=1 << 16):
    stream = lzma.compress(data, format=lzma.FORMAT_RAW, filters=SMALL)
    files = b"\x05\x01\x11" + number(1 + 2 * len(name) + 2) + b"\0" + name.encode("utf-16-le") + b"\0\0" + b"\0"
    header = b"\x01\x04" + streams(0, stream, data, dictionary) + b"\x08\0\0" + files + b"\0"
    if packs_header:
        packed = lzma.compress(header, format=lzma.FORMAT_RAW, filters=SMALL)
        header = b"\x17" + streams(len(stream), packed, header, header_dictionary) + b"\0"
        stream += packed
    place = struct.pack("<QQI", len(stream), len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(place)) + place + stream + header


def seven_zip_in_itself():
    """A header that says it is packed, not at all, and lies where it lies."""
    header = bytearray(b"\x17\x06\x00\x01\x09L\x00\x07\x0b\x01\x00\x01\x01\x00\x0cL\x00\x00")
    header[5] = header[-3] = len(header)
    place = struct.pack("<QQI", 0, len(header), zlib.crc32(header))
    return b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(place)) + place + header


def streams(place, packed, data, dictionary):
    """One stream by one coder, LZMA with lc=3, lp=0, pb=2."""
    coder = b"\x23\x03\x01\x01\x05" + b"\x5d" + struct.pack("<I", dictionary)
    pack_info = b"\x06" + number(place) + number(1) + b"\x09" + number(len(packed)) + b"\0"
    return pack_info + b"\x07\x0b\x01\x00\x01" + coder + b"\x0c" + number(len(data)) + b"\x0a\x01" + struct.pack("<I", zlib.crc32(data)) + b"\0"


def number(value):
    return b"\xff" + struct.pack("<Q", value) if value > 127 else bytes([value])
