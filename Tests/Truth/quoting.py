"""Rows that quote other dumps: heads, statements, ends and marks of every tool, as text in a column.

Each table is one kind of text, so that a dump of it alone holds nothing else: what a reader might take for evidence stands in its rows.
"""

import literals

MYSQLDUMP = r"""-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
-- Server version	8.0.36

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!50503 SET NAMES utf8mb4 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
DROP TABLE IF EXISTS `orders`;
CREATE TABLE `orders` (
  `id` int NOT NULL AUTO_INCREMENT,
  `note` text,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
LOCK TABLES `orders` WRITE;
INSERT INTO `orders` VALUES (1,'it\'s a \\ back\nslash'),(2,'"');
UNLOCK TABLES;
DELIMITER ;;
CREATE TRIGGER t BEFORE INSERT ON orders FOR EACH ROW BEGIN SET NEW.note = ''; END ;;
DELIMITER ;
-- Dump completed on 2026-01-01  0:00:00
"""
MARIADB_DUMP = "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19  Distrib 10.11.6-MariaDB\n/*!40101 SET NAMES gbk */;\n" + MYSQLDUMP
MYDUMPER = '/*!40101 SET NAMES binary*/;\n/*!40014 SET FOREIGN_KEY_CHECKS=0*/;\nINSERT INTO `t` VALUES\n(1,"say \\"hi\\"","C:\\\\new")\n,(2,NULL,"");\n'
PG_DUMP = r"""--
-- PostgreSQL database dump
--

\restrict 9hPTyKgXRCDRcZ2AVAcQdl2Gg4a2gbJf0JzFVDFmsSRlgqRrUuTzdS5rmaPv0Yb

-- Dumped from database version 15.14
-- Dumped by pg_dump version 15.14

SET statement_timeout = 0;
SET client_encoding = 'LATIN1';
SET standard_conforming_strings = off;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE TABLE public.orders (
    id integer NOT NULL,
    note text DEFAULT 'x'::text
);

ALTER TABLE public.orders OWNER TO postgres;

COPY public.orders (id, note) FROM stdin;
1	back\\slash
2	\N
\.

SELECT pg_catalog.setval('public.orders_id_seq', 2, true);
CREATE FUNCTION public.f() RETURNS text LANGUAGE sql AS $_$ SELECT 'x'; $_$;
\unrestrict 9hPTyKgXRCDRcZ2AVAcQdl2Gg4a2gbJf0JzFVDFmsSRlgqRrUuTzdS5rmaPv0Yb

--
-- PostgreSQL database dump complete
--
"""
PG_DUMPALL = "--\n-- PostgreSQL database cluster dump\n--\n\nSET default_transaction_read_only = off;\n\\connect template1\n" + PG_DUMP
SQLITE = "PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\nCREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT);\nINSERT INTO t VALUES(1,'C:\\new');\nCOMMIT;\n"
SQL_SERVER = "USE [shop]\nGO\nSET IDENTITY_INSERT [dbo].[t] ON\nINSERT [dbo].[t] ([id], [n]) VALUES (1, N'x')\nGO\n"

TEXTS = {
    "of_mysql": [
        MYSQLDUMP,
        MARIADB_DUMP,
        MYDUMPER,
        "DELIMITER ;;",
        "\nDELIMITER $$\n",
        "delimiter //",
        "/*!40101 SET NAMES gbk */;",
        "SET NAMES latin1;",
        "USE `other`;",
        "INSERT INTO `t` VALUES (1,'x\\'y');",
        "');\nINSERT INTO `of_mysql` VALUES (999,'x');\n--",
        "-- Dump completed on 2026-01-01",
        ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;",
        "LOCK TABLES `x` WRITE;",
        "SET sql_mode = 'NO_BACKSLASH_ESCAPES';",
        "SET @@SESSION.SQL_MODE='ANSI_QUOTES';",
    ],
    "of_postgres": [
        PG_DUMP,
        PG_DUMPALL,
        "COPY public.t (id) FROM stdin;\n1\n\\.\n",
        "\\.",
        "\n\\.\n",
        "a\n\\.\nb",
        "\\connect other",
        "\\restrict x",
        "SET client_encoding = 'SJIS';",
        "SET standard_conforming_strings = off;",
        "SELECT pg_catalog.set_config('search_path', 'other', false);",
        "'x'::text",
        "$$ body $$",
        "$_$",
        "E'\\''",
        "-- PostgreSQL database dump complete",
        "\n-- PostgreSQL database dump\n",
        "ALTER TABLE ONLY public.t OWNER TO postgres;",
        "CREATE SCHEMA s;",
        "');\nCOPY public.of_postgres (id, note) FROM stdin;\n999\tx\n\\.\n--",
    ],
    "of_others": [SQLITE, SQL_SERVER, "PRAGMA foreign_keys=OFF;", "sqlite_sequence", "GO", "\nGO\n", "SET IDENTITY_INSERT t ON", "\ufeffUSE x;", "#!/bin/sh"],
    "addresses": ["::1", "2001:db8::ff00:42:8329", "::ffff:192.0.2.1", "a::b::c", "fe80::1%eth0", "std::vector<int>", "12::34", "::"],
    "paths": ["C:\\new\\table", "\\\\server\\share", "\\", "\\\\", "a\\", "\\'", "\\\"", "\\n", "\\N", "100\\%", "\\_", "C:\\", "'\\''", "''", "\\0", "\\Z", "\\x41"],
    "plain": ["a", "it's", "say \"hi\"", "semi; colon", "-- no comment", "# nor this", "/* nor */ this", "`tick`", "$1", "x'41'", "é 中 😀"],
}


def rows(name):
    """An id, the text, and a second one with the text between others."""
    for number, text in enumerate(TEXTS[name], 1):
        yield [number, text, f"before {text} after" if number % 2 else None]


def of_mysql():
    for name in TEXTS:
        yield f"CREATE TABLE {name} (id INT PRIMARY KEY, note TEXT, more TEXT);"
        yield from literals.insert(name, list(rows(name)), literals.mariadb)


def of_postgres():
    for name in TEXTS:
        yield f"CREATE TABLE {name} (id integer PRIMARY KEY, note text, more text);"
        yield from literals.insert(name, list(rows(name)), literals.postgres)
