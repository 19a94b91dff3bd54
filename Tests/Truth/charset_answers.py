"""What real servers say each byte sequence of each of their character sets means."""

# Read by rules, not by tables; `binary` is no character set, and MULE_INTERNAL has no conversion to UTF-8.
MYSQL_BY_RULE = ("binary", "utf8", "utf8mb3", "utf8mb4", "ucs2", "utf16", "utf16le", "utf32")
POSTGRESQL_BY_RULE = ("SQL_ASCII", "UTF8", "MULE_INTERNAL")

# Where sequences of more than two bytes begin, and what may stand at each place; the servers are asked for all of it.
LONGER = {
    "ujis": [(0x8E, 0x8F), range(256), range(256)],
    "eucjpms": [(0x8E, 0x8F), range(256), range(256)],
    "gb18030": [range(0x81, 0xFF), range(0x30, 0x3A), range(0x81, 0xFF), range(0x30, 0x3A)],
    "EUC_JP": [(0x8E, 0x8F), range(256), range(256)],
    "EUC_JIS_2004": [(0x8E, 0x8F), range(256), range(256)],
    "EUC_TW": [(0x8E,), range(0xA0, 0xB8), range(0xA0, 256), range(0xA0, 256)],
    "GB18030": [range(0x81, 0xFF), range(0x30, 0x3A), range(0x81, 0xFF), range(0x30, 0x3A)],
}
TWO_BYTES = (
    *("big5", "cp932", "eucjpms", "euckr", "gb18030", "gb2312", "gbk", "sjis", "ujis"),
    *("BIG5", "EUC_CN", "EUC_JIS_2004", "EUC_JP", "EUC_KR", "EUC_TW", "GB18030", "GBK", "JOHAB", "SHIFT_JIS_2004", "SJIS", "UHC"),
)


def shapes(charset):
    """The kinds of sequence to ask for: for each its possible bytes, place by place."""
    found = [[range(256)]]
    if charset in TWO_BYTES:
        found.append([range(0x80, 256), range(256)])
    if charset in LONGER:
        found.append(LONGER[charset])
    return found


def conditions(shape):
    """SQL over the numbers n0, n1, …"""
    parts = []
    for place, values in enumerate(shape):
        parts.append(f"b{place}.n BETWEEN {min(values)} AND {max(values)}")
    return " AND ".join(parts)


def joined(shape):
    return ", ".join(f"charset_bytes b{place}" for place in range(len(shape)))


def text_of(hexadecimal):
    return bytes.fromhex(hexadecimal).decode("utf-8")


def mysql_charsets(server):
    """The names of its character sets that are read by tables."""
    rows = server.execute("SELECT CHARACTER_SET_NAME FROM information_schema.CHARACTER_SETS ORDER BY 1").decode().split()
    return [name for name in rows if name not in MYSQL_BY_RULE]


def mysql_answers(server, charset):
    """{bytes: text} of the sequences that are one character; what the server refuses, or turns into `?`, is not in it."""
    server.execute(
        "CREATE DATABASE IF NOT EXISTS charset_truth; CREATE TABLE IF NOT EXISTS charset_truth.charset_bytes "
        "(n INT PRIMARY KEY, b VARBINARY(1)); "
        + "".join(f"REPLACE INTO charset_truth.charset_bytes VALUES ({n}, 0x{n:02X});" for n in range(256))
    )
    answers = {}
    for shape in shapes(charset):
        sequence = "CONCAT(" + ", ".join(f"b{place}.b" for place in range(len(shape))) + ")"
        rows = server.execute(
            f"SELECT HEX(s), HEX(CONVERT(CONVERT(s USING {charset}) USING utf8mb4)) FROM "
            f"(SELECT {sequence} s FROM {joined(shape)} WHERE {conditions(shape)}) q "
            f"WHERE CHAR_LENGTH(CONVERT(s USING {charset})) = 1",
            database="charset_truth",
        )
        for row in rows.decode().splitlines():
            sequence, text = row.split("\t")
            if text not in ("NULL", "") and (text != "3F" or sequence == "3F"):
                answers[bytes.fromhex(sequence)] = text_of(text)
    return whole(answers)


def postgres_charsets(server):
    rows = server.execute("SELECT pg_encoding_to_char(i) FROM generate_series(0, 60) i WHERE pg_encoding_to_char(i) <> ''")
    return [name for name in rows.decode().split() if name not in POSTGRESQL_BY_RULE]


def postgres_answers(server, charset):
    """The same of PostgreSQL; NUL is no text there, but is itself."""
    server.execute(
        """CREATE TABLE IF NOT EXISTS charset_bytes AS SELECT n, decode(lpad(to_hex(n), 2, '0'), 'hex') b FROM generate_series(0, 255) n;
        CREATE OR REPLACE FUNCTION charset_text(s bytea, charset text) RETURNS text LANGUAGE plpgsql AS $$
        BEGIN RETURN encode(convert_to(convert_from(s, charset), 'UTF8'), 'hex'); EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;"""
    )
    answers = {b"\0": "\0"}
    for shape in shapes(charset):
        sequence = " || ".join(f"b{place}.b" for place in range(len(shape)))
        rows = server.execute(
            f"SELECT encode(s, 'hex'), t FROM (SELECT s, charset_text(s, '{charset}') t FROM "
            f"(SELECT {sequence} s FROM {joined(shape)} WHERE {conditions(shape)}) p) q WHERE t IS NOT NULL"
        )
        for row in rows.decode().splitlines():
            sequence, text = row.split("\t")
            answers[bytes.fromhex(sequence)] = text_of(text)
    return with_written(whole(answers), postgres_written(server, charset))


# Some that PostgreSQL writes, in a dump, and refuses to read: JOHAB's second bytes below 0xA1, EUC_TW's planes, EUC_JIS_2004's
# controls. (COPY writes what stands in memory after single bytes of GBK and JOHAB: they stay refused. So do JOHAB's sequences
# that begin with 8F: the server counts three bytes for them, reads none, and writes the third as it stands, so that a tab, a
# backslash or a quote there is not escaped, and after the last character of a value comes a NUL or a blank.)
WRITTEN_BUT_NOT_READ = ("EUC_JIS_2004", "EUC_TW", "JOHAB")


def postgres_written(server, charset):
    if charset not in WRITTEN_BUT_NOT_READ:
        return {}
    server.execute(
        """CREATE OR REPLACE FUNCTION charset_bytes_of(n int, charset text) RETURNS bytea LANGUAGE plpgsql AS $$
        BEGIN RETURN convert_to(chr(n), charset); EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$;"""
    )
    rows = server.execute(
        f"SELECT n, encode(b, 'hex') FROM (SELECT n, charset_bytes_of(n, '{charset}') b FROM generate_series(1, 196607) n "
        "WHERE n NOT BETWEEN 55296 AND 57343) q WHERE b IS NOT NULL"
    )
    written = {bytes.fromhex(sequence): chr(int(n)) for n, sequence in (row.split("\t") for row in rows.decode().splitlines())}
    is_sure = charset != "JOHAB"
    return {sequence: text for sequence, text in written.items() if is_sure or (len(sequence) > 1 and sequence[0] != 0x8F)}


def with_written(answers, written):
    """A sequence that is written for one character and begins no other is that character."""
    begun = {sequence[:cut] for sequence in answers for cut in range(1, len(sequence))}
    more = {sequence: text for sequence, text in written.items() if sequence not in begun and sequence not in answers}
    return answers | more


def whole(answers):
    """Without the sequences that are several characters one after another."""
    return {
        sequence: text
        for sequence, text in answers.items()
        if not any(sequence[:cut] in answers for cut in range(1, len(sequence)))
    }
