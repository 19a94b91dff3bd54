import BackupRows
import BackupText
import Testing

/// Whose SQL a file is: what stands in statement position decides, what lies in strings, comments and rows does not.
@Suite struct SQLFamilyTests {
    private func verdict(
        _ text: String, isWhole: Bool = true, shape: SQLDialect.Family? = nil
    ) -> SQLFamilyFinding.Verdict {
        finding(text, isWhole: isWhole, shape: shape).verdict
    }

    private func finding(_ text: String, isWhole: Bool = true, shape: SQLDialect.Family? = nil) -> SQLFamilyFinding {
        Array(text.utf8).withUnsafeBytes { SQLFamilyFinding($0, isWhole: isWhole, shape: shape) }
    }

    @Test(arguments: [
        "-- MySQL dump 10.13\nCOPY t FROM stdin;\n",
        "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19\n", "-- phpMyAdmin SQL Dump\n",
        "# ****\n# Sequel Pro SQL dump\n", "/*\n Navicat MySQL Data Transfer\n Source Server Type    : MariaDB\n*/\n",
        "-- Adminer 4.8.1 MySQL 8.0.28 dump\n",
        "/*!40101 SET NAMES binary*/;\n", "INSERT INTO `t` VALUES (1);", "LOCK TABLES t WRITE;",
        "CREATE TABLE t (a int) ENGINE=InnoDB;",
        "CREATE TABLE t (a int unsigned);", "CREATE TABLE t (a int AUTO_INCREMENT);", "DELIMITER ;;\nSELECT 1;;\n",
        "USE shop;", "REPLACE INTO t VALUES (1);",
        "INSERT IGNORE INTO t VALUES ('a\\b');", "INSERT INTO t VALUES (_binary 'a\\b');",
        "INSERT INTO t VALUES (\"a\\b\");",
        "INSERT INTO t VALUES (1,'it\\'s');", "SET @a = 1;", "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a = 1;",
        "SET NAMES utf8;", "# note\nSELECT 1;",
        "CREATE TABLE t (a tinyint, b boolean);",
    ])
    func mysql(_ text: String) { #expect(verdict(text) == .family(.mysql, isAssumed: false)) }

    @Test(arguments: [
        "--\n-- PostgreSQL database dump\n--\nLOCK TABLES `t`;", "-- PostgreSQL database cluster dump\n",
        "\\restrict abc\n", "\\connect shop\n",
        "COPY t (a, b) FROM stdin;\n1\t`x`\n\\.\n", "copy public.t from STDIN with csv;\n\\.\n",
        "SET client_encoding = 'UTF8';",
        "SELECT pg_catalog.set_config('search_path', '', false);", "ALTER TABLE ONLY public.t ADD PRIMARY KEY (a);",
        "ALTER TABLE t OWNER TO me;",
        "CREATE TABLE t (a timestamp without time zone);", "CREATE TABLE t (a bytea);", "CREATE TABLE t (a integer[]);",
        "CREATE EXTENSION hstore;",
        "INSERT INTO t VALUES ('a\\b'::text);", "INSERT INTO t VALUES (E'it\\'s');",
        "CREATE FUNCTION f() RETURNS int AS $$ LOCK TABLES t; USE x; $$;",
        "INSERT INTO t VALUES (1,'C:\\'),(2,'x');", "CREATE TABLE t (a character varying(5), b boolean);",
        "INSERT INTO public.t VALUES ('a\\b');",
    ])
    func postgresql(_ text: String) { #expect(verdict(text) == .family(.postgresql, isAssumed: false)) }

    @Test(arguments: [
        "INSERT INTO t VALUES (1,'a\\b');", "INSERT INTO \"t\" VALUES (1,'C:\\new');", "INSERT INTO t VALUES (true);",
        "INSERT INTO t VALUES (X'00FF');",
        "INSERT INTO t VALUES (b'101');", "INSERT INTO t VALUES (0x1F);", "CREATE TABLE t (a boolean);",
        "BEGIN TRANSACTION;\nINSERT INTO t VALUES ('C:\\new');\nCOMMIT;",
        "INSERT INTO t VALUES ('`t` LOCK TABLES; COPY t FROM stdin; a::b \\n');",
    ])
    func undecided(_ text: String) {
        let verdict = verdict(text)
        var isUndecided = false
        if case .undecided = verdict { isUndecided = true }
        #expect(isUndecided, "\(verdict)")
    }

    @Test(arguments: [
        ("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n", SQLProduct.sqlite),
        ("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT);", .sqlite),
        ("DELETE FROM sqlite_sequence;", .sqlite), ("-- Adminer 4.8.1 SQLite 3 3.31.1 dump\n", .sqlite),
        ("USE [shop]\nGO\nINSERT [dbo].[t] VALUES (1)", .sqlServer), ("SET IDENTITY_INSERT t ON\n", .sqlServer),
        ("SET DEFINE OFF;\n", .oracle),
    ])
    func refused(_ text: String, _ product: SQLProduct) { #expect(verdict(text) == .refused(product)) }

    @Test func nothingShowsItAndNothingDiffers() {
        #expect(verdict("INSERT INTO t VALUES (1,'it''s ::1');") == .family(.mysql, isAssumed: false))
        #expect(verdict("INSERT INTO t VALUES (1,'x'),", isWhole: false) == .family(.mysql, isAssumed: true))
    }

    @Test func aStructureBesideTheFileDecides() {
        #expect(
            verdict("INSERT INTO t VALUES (1,'a\\b');", shape: .postgresql) == .family(.postgresql, isAssumed: false))
        #expect(verdict("INSERT INTO `t` VALUES (1);", shape: .postgresql) == .family(.mysql, isAssumed: false))
    }

    @Test func bothSidesContradict() throws {
        guard
            case .contradiction(let first, let second) = verdict(
                "SET client_encoding = 'UTF8';\nINSERT INTO `t` VALUES (1);")
        else {
            Issue.record("no contradiction")
            return
        }
        #expect((first.product, first.offset, first.line) == (.postgresql, 0, 1))
        #expect((second.product, second.offset, second.line) == (.mysql, 42, 2))
    }

    @Test func bannersOfBothLeaveItToTheStatements() {
        let banners = "-- PostgreSQL database dump\n-- MySQL dump 10.13\n"
        #expect(verdict(banners + "INSERT INTO `t` VALUES ('a\\b');") == .family(.mysql, isAssumed: false))
        #expect(verdict(banners + "COPY t FROM stdin;\n\\.\n") == .family(.postgresql, isAssumed: false))
    }

    /// What a head that is cut anywhere shows is never the other family's name.
    @Test(arguments: [
        (
            "-- MySQL dump 10.13\nINSERT INTO `t` VALUES (1,'it\\'s -- PostgreSQL database dump');\n",
            SQLDialect.Family.mysql
        ),
        (
            "CREATE TABLE t (a bytea);\nCOPY t FROM stdin;\n`x` \\\\restrict\n\\.\n"
                + "INSERT INTO t VALUES (E'\\'', '`');\n",
            .postgresql
        ),
        ("INSERT INTO t VALUES (1,'it\\'s'),(2,\"x\");\nREPLACE INTO t VALUES (1);\n", .mysql),
    ])
    func cutAnywhere(_ text: String, _ family: SQLDialect.Family) {
        let bytes = Array(text.utf8)
        for length in bytes.indices {
            let found = bytes[..<length].withUnsafeBytes { SQLFamilyFinding($0, isWhole: false).verdict }
            if case .family(let other, isAssumed: false) = found { #expect(other == family, "cut to \(length) bytes") }
            if case .contradiction = found { Issue.record("a contradiction in \(length) bytes") }
            if case .refused = found { Issue.record("refused in \(length) bytes") }
        }
    }
}
