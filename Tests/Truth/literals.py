"""Python values as SQL literals that no quote, character set or SQL mode can touch; the word DEFAULT stays bare."""

DEFAULT = object()


def mariadb(value):
    if isinstance(value, str):
        return "''" if not value else f"CONVERT(x'{value.encode().hex()}' USING utf8mb4)"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if value is DEFAULT:
        return "DEFAULT"
    return "NULL" if value is None else str(value)


def postgres(value):
    if isinstance(value, str):  # a literal without a type yet, so that it can become any
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'::bytea"
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is DEFAULT:
        return "DEFAULT"
    return "NULL" if value is None else str(value)


def insert(target, rows, literal, rows_per_statement=200):
    """INSERT statements for rows of Python values; `target` may continue after the table's name."""
    for start in range(0, len(rows), rows_per_statement):
        tuples = ("(" + ", ".join(map(literal, row)) + ")" for row in rows[start : start + rows_per_statement])
        yield f"INSERT INTO {target} VALUES\n" + ",\n".join(tuples) + ";\n"
