import BackupRows
import BackupText
import TestSupport
import Testing

/// A reader that resumes at a point reads what the first one would have read: rows, row numbers, offsets of faults.
@Suite struct ReaderResumePointTests {
    private func rows(_ random: inout SeededRandom, header: Bool) -> String {
        let pieces = ["a", "b c", "\"\"", "\\\"", "\\\\", "\n", "\r\n", ",", "é", "😀", "\\N", ""]
        var text = header ? "\u{FEFF}id,\"na\"\"me\",x\r\n" : ""
        for row in 0 ..< 400 {
            let value = (0 ..< Int.random(in: 0 ... 5, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            text += "\(row),\"\(value)\",\(row % 7 == 0 ? "NULL" : "x")" + (row % 50 == 49 ? ",too many" : "") + "\n"
        }
        return text
    }

    @Test(arguments: [true, false])
    func delimitedText(header: Bool) throws {
        var random = SeededRandom(seed: 3), dialect = CSVDialect.mysql
        dialect.hasHeader = header
        for _ in 0 ..< Effort.rounds(30) {
            let bytes = Array(rows(&random, header: header).utf8), slab = Int.random(in: 100 ... 900, using: &random)
            let whole = try FastRows.csv(bytes, dialect)
            var parts = try FastRows.csv(bytes, dialect, slab: slab, resuming: true)
            #expect(parts.timesResumed > 5)
            parts.timesResumed = 0
            #expect(parts == whole)
        }
    }

    private func script(_ random: inout SeededRandom) -> String {
        var text =
            "-- MySQL dump\nSET NAMES utf8mb4;\n/*!40000 ALTER TABLE x */;\n"
            + "CREATE TABLE t (id int, b bit(8), s text, n int GENERATED ALWAYS AS (id));\n"
        let heads = [
            "INSERT INTO `t` VALUES ", "INSERT INTO t (s, id) VALUES\n", "INSERT INTO u VALUES ",
            "REPLACE INTO db.u (x,y) VALUES ",
        ]
        for statement in 0 ..< 60 {
            let head = heads.randomElement(using: &random) ?? heads[0]
            let tuples = (0 ..< Int.random(in: 1 ... 12, using: &random)).map { row -> String in
                switch head {
                case heads[0]: "(\(row),b'101','it''s \\' \\n \(statement)')"
                case heads[1]: row == 7 ? "('x',1+1)" : "('é\n',\(row))"
                default: "(\(row),'u')"
                }
            }
            text +=
                head + tuples.joined(separator: ",\n")
                + (statement % 9 == 0 ? " ON DUPLICATE KEY UPDATE s=VALUES(s)" : "") + ";\n"
            if statement % 20 == 19 {
                text +=
                    "DELIMITER //\nCREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN INSERT INTO t VALUES (1); "
                    + "END//\nDELIMITER ;\nUSE `other`;\n"
            }
        }
        return text + "-- Dump completed\n"
    }

    @Test func statements() throws {
        var random = SeededRandom(seed: 5)
        for _ in 0 ..< Effort.rounds(30) {
            let bytes = Array(script(&random).utf8), slab = Int.random(in: 200 ... 1500, using: &random)
            let whole = try FastRows.sql(bytes, .mysql)
            var parts = try FastRows.sql(bytes, .mysql, slab: slab, resuming: true)
            #expect(parts.timesResumed > 1)
            parts.timesResumed = 0
            #expect(parts == whole)
        }
    }

    @Test func copyLines() throws {
        var text =
            "-- PostgreSQL database dump\nCREATE TABLE public.t (id integer, s text, b boolean);\n"
            + "COPY public.t (id, s, b) FROM stdin;\n"
        for row in 0 ..< 500 { text += "\(row)\ttab\\there \\N\tt\n" }
        text +=
            "\\.\nINSERT INTO public.t VALUES (1, $$x$$, true), (2, 'y', NULL);\n-- PostgreSQL database dump complete\n"
        let bytes = Array(text.utf8), whole = try FastRows.sql(bytes, .postgresql)
        for slab in stride(from: 150, to: 2000, by: 77) {
            var parts = try FastRows.sql(bytes, .postgresql, slab: slab, resuming: true)
            #expect(parts.timesResumed > 3)
            parts.timesResumed = 0
            #expect(parts == whole)
        }
    }

    /// Bytes of the file are not bytes of the text; letters are cut by reads, and CP1255 holds one back.
    @Test(arguments: ["LATIN1", "gbk", "sjis", "utf-16le", "win1255", "utf8"])
    func decodedText(name: String) throws {
        let letters = ["win1255": "אבגש", "gbk": "李小龙", "sjis": "表ソ日本"][name] ?? "äöü"
        let text = (0 ..< 4000).map { "\($0),\(letters) \($0)\(letters),\"\n\($0 % 7)\"\n" }.joined()
        let names = ["win1255": "CP1255", "sjis": "SJIS", "utf8": "UTF-8"]
        let bytes = try Packing.through(["iconv", "-f", "UTF-8", "-t", names[name] ?? name], Array(text.utf8)),
            charset = try #require(Charset(named: name))
        let whole = try FastRows.csv(Array(text.utf8), .mysql)
        for (slab, chunk) in [(3000, 777), (20_000, 4096), (100_000, 65_536)] {
            var parts = try FastRows.csv(bytes, .mysql, charset: charset, slab: slab, chunk: chunk, resuming: true)
            #expect(parts.timesResumed > 1)
            parts.timesResumed = 0
            #expect(parts == whole)
        }
    }

    /// pg_dump of one encoding after another, and back to UTF-8.
    @Test func charsetsThatChangeMidway() throws {
        func part(_ set: String, _ encoding: String) throws -> [UInt8] {
            var text = "SET client_encoding = '\(set)';\nCOPY public.t (id, s) FROM stdin;\n"
            for row in 0 ..< 700 { text += "\(row)\täöü\\nß \(row)\n" }
            return try Packing.through(["iconv", "-f", "UTF-8", "-t", encoding], Array((text + "\\.\n").utf8))
        }
        let head = Array("-- PostgreSQL database dump\nCREATE TABLE public.t (id integer, s text);\n".utf8),
            foot = Array("-- PostgreSQL database dump complete\n".utf8)
        let mixed =
            try head + part("LATIN1", "ISO-8859-1") + part("LATIN9", "ISO-8859-15") + part("UTF8", "UTF-8")
            + part("LATIN1", "ISO-8859-1") + foot
        let whole = try FastRows.sql(mixed, .postgresql)
        #expect(whole.faults.isEmpty && whole.text.split(separator: "\n").allSatisfy { $0.contains("äöü\\nß") })
        for slab in [400, 1500, 9000] {
            var parts = try FastRows.sql(mixed, .postgresql, slab: slab, chunk: 611, resuming: true)
            #expect(parts.timesResumed > 5)
            parts.timesResumed = 0
            #expect(parts == whole)
        }
    }
}
