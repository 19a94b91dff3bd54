"""What a server itself says: every table, every column with its declared type, every cell as bytes."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    name: str
    type: str  # as declared, lower case: `int(10) unsigned`, `character varying(20)[]`
    generated: bool = False
    invisible: bool = False
    by_expression: bool = False  # its default is an expression
    charset: str | None = None  # of a MariaDB text
    domain_of: str | None = None  # the type under a PostgreSQL domain


@dataclass
class Table:
    database: str
    schema: str | None
    name: str
    columns: list[Column]
    rows: list[list[bytes | None]] = field(default_factory=list)  # text as UTF-8, binary columns as their bytes

    def without(self, dropped):
        """The same table as an export sees it that leaves some columns out."""
        kept = [place for place, column in enumerate(self.columns) if not dropped(column)]
        return Table(
            self.database,
            self.schema,
            self.name,
            [self.columns[place] for place in kept],
            [[row[place] for place in kept] for row in self.rows],
        )

    def turned(self):
        """The same columns from last to first."""
        return Table(self.database, self.schema, self.name, self.columns[::-1], [row[::-1] for row in self.rows])

    def without_rows(self):
        return Table(self.database, self.schema, self.name, self.columns)


def cells(answer):
    """Hex cells with tabs between them; a NULL is the word NULL, which is not hex."""
    for line in answer.decode().splitlines():
        yield [None if cell == "NULL" else bytes.fromhex(cell) for cell in line.split("\t")]


# MariaDB

MYSQL_BINARY = (
    "binary",
    "varbinary",
    "tinyblob",
    "blob",
    "mediumblob",
    "longblob",
    "geometry",
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
    "geometrycollection",
    "geomcollection",
    "vector",
)


def base_type(column):
    """`varbinary(20)` → `varbinary`."""
    return column.type.split("(")[0].split(" ")[0]


def quote_mariadb(name):
    return "`" + name.replace("`", "``") + "`"


def hex_of_mariadb(column):
    name = quote_mariadb(column.name)
    if base_type(column) in MYSQL_BINARY:
        return f"HEX({name})"
    if base_type(column) == "bit":
        return f"HEX(CAST({name} + 0 AS CHAR))"
    return f"HEX(CONVERT(CAST({name} AS CHAR) USING utf8mb4))"


def mariadb_columns(server, database, table):
    answer = server.execute(
        "SELECT HEX(COLUMN_NAME), HEX(COLUMN_TYPE), HEX(EXTRA), HEX(IS_GENERATED), "
        "HEX(IFNULL(CHARACTER_SET_NAME, '')) FROM information_schema.COLUMNS "
        f"WHERE HEX(TABLE_SCHEMA) = '{database.encode().hex()}' AND HEX(TABLE_NAME) = '{table.encode().hex()}' "
        "ORDER BY ORDINAL_POSITION"
    )
    json_checks = server.execute(
        "SELECT HEX(CHECK_CLAUSE) FROM information_schema.CHECK_CONSTRAINTS "
        f"WHERE HEX(CONSTRAINT_SCHEMA) = '{database.encode().hex()}' AND HEX(TABLE_NAME) = '{table.encode().hex()}'"
    )
    json_clauses = {row[0].decode() for row in cells(json_checks)}
    for row in cells(answer):
        name, declared, extra, generated, charset = [cell.decode() for cell in row]
        is_json = declared == "longtext" and f"json_valid({quote_mariadb(name)})" in json_clauses
        yield Column(name, "json" if is_json else declared, generated == "ALWAYS", "INVISIBLE" in extra, charset=charset or None)


def mariadb_tables(server, database, time_zone="+00:00", columns_of=mariadb_columns):
    """All base tables of a database, in the order of their names, rows in the order of a full scan."""
    names = server.execute(
        "SELECT HEX(TABLE_NAME) FROM information_schema.TABLES WHERE TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') "
        f"AND HEX(TABLE_SCHEMA) = '{database.encode().hex()}' ORDER BY TABLE_NAME"
    )
    for row in cells(names):
        name = row[0].decode()
        columns = list(columns_of(server, database, name))
        chosen = ", ".join(hex_of_mariadb(column) for column in columns)
        answer = server.execute(
            f"SET time_zone = '{time_zone}'; SELECT {chosen} FROM {quote_mariadb(database)}.{quote_mariadb(name)}"
        )
        yield Table(database, None, name, columns, list(cells(answer)))


# PostgreSQL


def quote_postgres(name):
    return '"' + name.replace('"', '""') + '"'


def hex_of_postgres(column):
    name = quote_postgres(column.name)
    if column.type == "bytea":
        return f"encode({name}, 'hex')"
    # format() asks the type's own output function; a cast to text would drop the blanks of char(n)
    return f"CASE WHEN num_nulls({name}) = 0 THEN encode(convert_to(format('%s', {name}), 'UTF8'), 'hex') END"


def postgres_domains(server, database):
    """Domain → the type it was made from."""
    answer = server.execute(
        "SELECT encode(convert_to(format_type(oid, NULL), 'UTF8'), 'hex'), "
        "encode(convert_to(format_type(typbasetype, typtypmod), 'UTF8'), 'hex') "
        "FROM pg_type WHERE typtype = 'd'",
        database,
    )
    return {name.decode(): base.decode() for name, base in cells(answer)}


def under_domains(declared, domains):
    """A domain may be made from a domain, and an array from either."""
    name, dimension = (declared[:-2], "[]") if declared.endswith("[]") else (declared, "")
    return under_domains(domains[name], domains) + dimension if name in domains else declared


def postgres_columns(server, database, relation, domains):
    answer = server.execute(
        "SELECT encode(convert_to(attname, 'UTF8'), 'hex'), "
        "encode(convert_to(format_type(atttypid, atttypmod), 'UTF8'), 'hex'), encode(attgenerated::text::bytea, 'hex') "
        f"FROM pg_attribute WHERE attrelid = {relation} AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        database,
    )
    for row in cells(answer):
        name, declared, generated = [cell.decode() for cell in row]
        yield Column(name, declared, generated == "s", domain_of=under_domains(declared, domains))


def postgres_relations(server, database, kind):
    """Relations of one kind (`r` an ordinary table, `p` a partitioned one) as tables without rows."""
    found = server.execute(
        "SELECT c.oid, encode(convert_to(nspname, 'UTF8'), 'hex'), encode(convert_to(relname, 'UTF8'), 'hex') "
        f"FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind = '{kind}' "
        "AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' ORDER BY nspname, relname",
        database,
    )
    domains = postgres_domains(server, database)
    for line in found.decode().splitlines():
        oid, *names = line.split("\t")
        schema, name = (bytes.fromhex(name).decode() for name in names)
        yield Table(database, schema, name, list(postgres_columns(server, database, oid, domains)))


def postgres_tables(server, database, settings=""):
    """All ordinary tables (partitions and children too, with their own rows only), rows in heap order."""
    for table in postgres_relations(server, database, "r"):
        chosen = ", ".join(hex_of_postgres(column) for column in table.columns) or "'' AS nothing"
        source = f"{quote_postgres(table.schema)}.{quote_postgres(table.name)}"
        answer = server.execute(f"{settings} SELECT {chosen} FROM ONLY {source}", database)
        table.rows = list(cells(answer)) if table.columns else [[] for _ in answer.splitlines()]
        yield table
