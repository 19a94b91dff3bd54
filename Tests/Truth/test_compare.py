#!/usr/bin/env python3
"""The judge is judged: an output that is right passes, and every kind of damage to it is found."""

import hashlib
import json
import tempfile
import unittest
from pathlib import Path

from answers import Column, Table
from compare import Mismatch, compare, compare_stream
from expect import Options, typed_mysql
from values import NotJSON, Number, parse

TABLE = Table(
    "shop",
    None,
    "goods",
    [Column("id", "int(11)"), Column("price", "decimal(5,2)"), Column("name", "text")],
    [[b"1", b"1.10", b"tea"], [b"2", None, "中".encode()]],
)
RIGHT = '{"id":1,"price":1.10,"name":"tea"}\n{"id":2,"price":null,"name":"中"}\n'.encode()


def write_output(folder, data, **changes):
    path = folder / "shop" / "goods" / "part-00000.ndjson"
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    file = {"path": "shop/goods/part-00000.ndjson", "rows": 2, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    entry = {"database": "shop", "schema": None, "table": "goods", "rows": 2, "files": [file], **changes}
    (folder / "_manifest.json").write_text(json.dumps({"complete": True, "tables": [entry]}))
    (folder / "_SUCCESS").touch()


class Judge(unittest.TestCase):
    def verdict(self, data, **changes):
        with tempfile.TemporaryDirectory() as folder:
            write_output(Path(folder), data, **changes)
            return compare(Path(folder), typed_mysql([TABLE]), Options())

    def test_right_output_passes(self):
        self.assertEqual(self.verdict(RIGHT), 6)

    def test_damaged_output_is_found(self):
        for what, old, new in [
            ("another literal of the same number", b"1.10", b"1.1"),
            ("a string for a number", b":1,", b':"1",'),
            ("an empty string for null", b"null", b'""'),
            ("a key left out", b'"price":null,', b""),
            ("keys in another order", b'"id":2,"price":null', b'"price":null,"id":2'),
            ("the same key twice", b'"id":2', b'"id":2,"id":2'),
            ("bytes that are not UTF-8", "中".encode(), b"\xff"),
            ("NaN", b"1.10", b"NaN"),
            ("no last line end", b"\n", b""),
            ("two rows turned", RIGHT, b"".join(RIGHT.splitlines(True)[::-1])),
            ("a raw control character", b"tea", b"t\x01a"),
        ]:
            with self.subTest(what), self.assertRaises(Mismatch):
                self.verdict(RIGHT.replace(old, new))

    def test_manifest_that_lies_is_found(self):
        for change in [{"rows": 3}, {"database": "other"}, {"table": "other"}, {"schema": "public"}, {"files": []}]:
            with self.subTest(change), self.assertRaises(Mismatch):
                self.verdict(RIGHT, **change)

    def test_tagged_stream(self):
        tagged = RIGHT.replace(b"{", b'{"t":"shop.goods",')
        compare_stream(tagged, "t", typed_mysql([TABLE]), Options())
        for damaged in (RIGHT, tagged.replace(b"goods", b"other"), tagged + tagged):
            with self.assertRaises(Mismatch):
                compare_stream(damaged, "t", typed_mysql([TABLE]), Options())


class Values(unittest.TestCase):
    def test_numbers_are_their_literals(self):
        self.assertEqual(parse("[1.10, -0, 1e400]"), [Number("1.10"), Number("-0"), Number("1e400")])

    def test_what_is_not_json(self):
        for text in ("NaN", "[Infinity]", '{"a":1,"a":2}', "01", "'a'", "{} {}", ""):
            with self.subTest(text), self.assertRaises(NotJSON):
                parse(text)


if __name__ == "__main__":
    unittest.main()
