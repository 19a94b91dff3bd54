"""CRC-64/XZ, by liblzma where it is found: not the library that Sluice computes it with."""

import ctypes
import ctypes.util

POLYNOMIAL = 0xC96C5795D7870F42
TABLE = []
for value in range(256):
    for _ in range(8):
        value = value >> 1 ^ (POLYNOMIAL if value & 1 else 0)
    TABLE.append(value)


def _plain(data, crc=0):
    crc ^= 0xFFFFFFFFFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFFFFFFFFFF


def _lzma():
    name = ctypes.util.find_library("lzma")
    if not name:
        return _plain
    function = ctypes.CDLL(name).lzma_crc64
    function.restype = ctypes.c_uint64
    function.argtypes = [ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint64]
    return lambda data, crc=0: function(bytes(data), len(data), crc)


crc64 = _lzma()
assert crc64(b"123456789") == _plain(b"123456789") == 0x995DC9BBDF1939FA
