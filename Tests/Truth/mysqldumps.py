"""Oracle's mysqldump 8, which is not installed here: its frame and its spelling around a MariaDB's own values."""

from functools import partial

import mysql_tree
from answers import Column, Table, base_type, quote_mariadb
from expect import typed_mysql
from form import Case, add, written

HEAD = """-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: {database}
-- ------------------------------------------------------
-- Server version	8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
SET @MYSQLDUMP_TEMP_LOG_BIN = @@SESSION.SQL_LOG_BIN;
SET @@SESSION.SQL_LOG_BIN= 0;
SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11:1-77';

CREATE DATABASE /*!32312 IF NOT EXISTS*/ `{database}` /*!40100 DEFAULT CHARACTER SET utf8mb4 */ /*!80016 DEFAULT ENCRYPTION='N' */;

USE `{database}`;
"""
TABLE = """
--
-- Table structure for table {name}
--

DROP TABLE IF EXISTS {name};
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
{create}/*!40101 SET character_set_client = @saved_cs_client */;

LOCK TABLES {name} WRITE;
/*!40000 ALTER TABLE {name} DISABLE KEYS */;
"""
TABLE_END = "/*!40000 ALTER TABLE {name} ENABLE KEYS */;\nUNLOCK TABLES;\n"
ESCAPES = {0: b"\\0", 10: b"\\n", 13: b"\\r", 26: b"\\Z", 34: b'\\"', 39: b"\\'", 92: b"\\\\"}


def quoted(data):
    return b"'" + b"".join(ESCAPES.get(byte, bytes([byte])) for byte in data) + b"'"


def literal(column, cell, hex_blob):
    if cell is None:
        return b"NULL"
    if base_type(column) in mysql_tree.NUMBERS:
        return cell
    if not mysql_tree.is_bytes(column):
        return quoted(cell)
    data = mysql_tree.raw_bytes(column, cell)
    return b"0x" + data.hex().upper().encode() if hex_blob and data else b"_binary " + quoted(data)


def mysqldump(world, folder, database, hex_blob):
    """Generated columns are left out, and only then are the columns named; so are they beside invisible ones."""
    tables = world.mariadb_tables(database)
    dump = [HEAD.format(database=database).encode()]
    for table in tables:
        name = quote_mariadb(table.name)
        create = mysql_tree.as_mysql_8(mysql_tree.create_table(world.mariadb, table, table.columns))
        dump.append(TABLE.format(name=name, create=create).encode())
        written_table = table.without(lambda column: column.generated)
        named = len(written_table.columns) < len(table.columns) or any(column.invisible for column in table.columns)
        names = " (" + ", ".join(quote_mariadb(column.name) for column in written_table.columns) + ")" if named else ""
        rows = (
            b"(" + b",".join(literal(column, cell, hex_blob) for column, cell in zip(written_table.columns, row)) + b")"
            for row in written_table.rows
        )
        if table.rows:
            dump.append(f"INSERT INTO {name}{names} VALUES ".encode() + b",".join(rows) + b";\n")
        dump.append(TABLE_END.format(name=name).encode())
    dump.append(b"\n-- Dump completed on 2026-01-01  0:00:00\n")
    expected = typed_mysql([table.without(lambda column: column.generated) for table in tables])
    return Case(written(folder / "dump.sql", b"".join(dump)), expected)


def vectors(world, folder):
    """MySQL 9: a vector is dumped like any other bytes."""
    table = Table("truth", None, "v", [Column("id", "int"), Column("v", "vector(2)")])
    table.rows = [[b"1", bytes.fromhex("0000803F0A275C22")], [b"2", None]]
    create = "CREATE TABLE `v` (\n  `id` int NOT NULL,\n  `v` vector(2) DEFAULT NULL\n) ENGINE=InnoDB;\n"
    rows = b",".join(b"(%s,%s)" % (row[0], literal(table.columns[1], row[1], hex_blob=False)) for row in table.rows)
    dump = HEAD.format(database="truth") + TABLE.format(name="`v`", create=create)
    return Case(written(folder / "dump.sql", dump.encode() + b"INSERT INTO `v` VALUES " + rows + b";\n"), typed_mysql([table]))


for short in ("types", "texts", "random", "quoting"):
    add(f"mysqldump/binary-prefix/{short}", partial(mysqldump, database=f"truth_{short}", hex_blob=False))
    add(f"mysqldump/hex-blob/{short}", partial(mysqldump, database=f"truth_{short}", hex_blob=True))
add("mysqldump/vector", vectors)
