#!/usr/bin/env python3
"""Writes the seeds: a few rows in every dialect, after the option bytes that choose it. make_corpus.py FOLDER"""

import itertools
import sys
from pathlib import Path

CSV = [
    b'1,"say ""hi""",\\N\n2,it\'s,NULL\n',
    b'1,"a\\"b\\n\\\\",-1.50\r\n0042,"",\r\n',
    b"1\ttab\\tin\t\\N\n2\t\\x41\\101\t\\\\x4142\n\\.\n",
    b'"N,"Na",t\n"x",,f\n',
    "é,日本,😀\n\xff,b\n".encode("latin-1", "ignore") + "é,日本,😀\n".encode(),
    b"a,b\n\nc,d\n,\n",
    b"\xb1\x5c,\x81\x22\n\\\xb1,\x5c\x5c\n",
    b"one line of sixty-four bytes and more, so that a whole block is clean,2,3\n" * 3,
]
TUPLES = [
    b"(1,'it''s',NULL,_binary 'x\\0',0x41),(2,'a\\nb',DEFAULT,x'41',b'101');",
    b"\n(1,\"d\"\"q\",-1.5e+10),\n(2,N'n',.5);\n",
    b"(E'\\u00e9\\x41\\101', $$a'b$$, $t$x$t$, 'x'::text, B'10'::\"bit\"(2)), (NULL,true,false,'\\x4142',5);",
    b"/* c */ (1 /*!50000 , 2 */) -- end\n, (3,4) # more\n;",
    b"('\xb1\x5c','\x81\x27')",
    b"('long enough to fill a block of sixty-four bytes without anything odd in it', 123456789),\n" * 3,
]
TEXTS = [b"plain", "é日本😀".encode(), b"\xed\xa0\x80\xf4\x90\x80\x80\xc0\xaf", b"\\x41\\101\\u00e9\\ud83d\\ude00\\%\\_''\"\"\\"]
CHARSETS = [b"caf\xe9 \x80uro, it\\'s", b"\xb0\xa1\xd6\xd0\xb9\xfa a \xbf\x5c\x5c\x81\x30\x81\x30", b"\x8f\xa2\xb7\x8e\xb1\xa4\xa2 x\xff"]


JSON = [
    b'{"a": [1, -2.50e+3, true, null], "\\u0061b" : {"c":"}{\\n\\ud83d\\ude00"}}\n',
    '{"é":1,"\\u00e9":2}'.encode(), b'["' + b"long " * 30 + b'",\n\t 0.5 , false ]', b'"\xed\xa0\x80"', b"[[[[[[]]]]]]",
    b'{1,NULL,{-2.50,3}}', b'{"a \\"b\\"",plain,"NULL",\\x41}', b"{{{{{{{1}}}}}}}", b'{t,f,"\\\\x6162",1e5}', b"[0:1]={7,8}",
]


OBJECTS = [
    b'{"a": 1, "b": [true, {"c": null}]}\n{"b":"x\\n","a":-2.50}\r\n\n{}\n{"a":1e5}', b'{"a":1},\n{"b":"\\u00e9"}\n]\n',
    b'{"long":"' + b"long " * 30 + b'"}\n{"a":{"b":[[[]]]}}', b'{"a":1} {"b":2}\n[1]\n{"a":01}', b'{"a":"\\x"}\n{"a":"cut',
]


def write(folder, options, texts):
    folder.mkdir(parents=True, exist_ok=True)
    for number, (option, text) in enumerate(itertools.product(options, texts)):
        (folder / f"{number:03}").write_bytes(option + text)


if __name__ == "__main__":
    root = Path(sys.argv[1])
    common = [bytes([4, 3, 128, 0, 34, 40, 1, repeat]) for repeat in (0, 0x71)]  # once, and five times
    write(root / "csv", [bytes([dialect, 0, charset]) + more for dialect in range(8) for charset in (0, 1) for more in common], CSV)
    write(root / "tuples", [bytes([dialect, charset]) + more for dialect in range(8) for charset in (0, 1) for more in common], TUPLES)
    write(root / "utf8", [bytes([1, 0, repeat]) for repeat in (0, 39)], TEXTS)
    write(root / "unescape", [bytes([choice, 0]) for choice in range(0, 40)], TEXTS)
    write(root / "charset", [bytes([table, choice, 0, repeat]) for table in range(0, 80, 3) for choice in (0, 22) for repeat in (0, 6)], CHARSETS)
    write(root / "json", [bytes([choice, 34, tight]) for choice in (0, 1, 15, 20) for tight in (0, 200)], JSON)
    write(root / "objects", [bytes([choice, 0, place]) for choice in (0, 1) for place in (0, 100, 200)], OBJECTS)
