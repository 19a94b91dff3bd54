import BackupRows
import BackupText
import TestSupport
import Testing

/// Law 2: whatever the slabs and the reads, the lines are the same.
@Suite struct SplitAnywhereTests {
    static let sizes = Array(1 ... 40) + [47, 64, 65, 100, 127, 128, 200, 255, 333, 512]

    @Test(arguments: Dialects.names)
    func csv(name: String) throws {
        let dialect = Dialects.named(name),
            text = name == "copy-text" || name == "mysql-tab" ? AwkwardText.copy : AwkwardText.csv
        let whole = try FastRows.csv(text, dialect)
        #expect(!whole.lines.isEmpty)
        for size in Self.sizes {
            #expect(try FastRows.csv(text, dialect, slab: size) == whole, "slab of \(size)")
            #expect(try FastRows.csv(text, dialect, chunk: size) == whole, "reads of \(size)")
            #expect(try FastRows.csv(text, dialect, slab: size, chunk: 1) == whole, "slab of \(size), reads of 1")
        }
    }

    @Test(arguments: [
        "a,\"b\r\nc\"\r\nd,e\r\n", "a,b\r\nc,d", "a,b\nc,d\r\n", "a,\"b\rc\"\nd,e\n", "a,b\rc,\"d\ne\"\rf,g",
        "\u{FEFF}a,b\nc,d\n", "\r\n", "\r", "a,b",
    ])
    func lineEndsAreDecidedByTheSameBytes(text: String) throws {
        for dialect in [CSVDialect(), .mysql] {
            let whole = try FastRows.csv(Array(text.utf8), dialect)
            for size in 1 ... 16 {
                #expect(try FastRows.csv(Array(text.utf8), dialect, slab: size) == whole, "slab of \(size)")
            }
        }
    }

    /// The first record may be longer than what is looked at first, and than any slab.
    @Test(arguments: [("\r\n", false), ("\n", false), ("\r", false), ("\r\n", true)])
    func lineEndsAfterALongFirstRecord(end: String, isTab: Bool) throws {
        let long = String(repeating: isTab ? "x\\\n\r" : "x", count: 70_000), separator = isTab ? "\t" : ","
        let text = Array(["\(long)\(separator)a", "2\(separator)b", "3\(separator)c", ""].joined(separator: end).utf8)
        let dialect = isTab ? CSVDialect.mysqlTab : .mysql, whole = try FastRows.csv(text, dialect)
        #expect(whole.text.hasSuffix("\"c2\":\"a\"}\n{\"c1\":\"2\",\"c2\":\"b\"}\n{\"c1\":\"3\",\"c2\":\"c\"}\n"))
        for size in [1000, 65_536, 70_002, 300_000] {
            #expect(try FastRows.csv(text, dialect, slab: size, chunk: size) == whole, "slab of \(size)")
        }
    }

    /// In a file of one column nothing shows whether a line feed without carriage return is data.
    @Test(arguments: [1, 3, 64, 4096])
    func aLineFeedAloneAmongCRLFIsAnErrorInOneColumn(size: Int) throws {
        let text = Array((String(repeating: "a\r\n", count: 30_000) + "b\nc\r\n").utf8)
        #expect(throws: LineEnds.Ambiguous.self) { try FastRows.csv(text, .mysqlTab, slab: size) }
    }

    @Test func headerLongerThanASlab() throws {
        var dialect = CSVDialect()
        dialect.hasHeader = true
        let text = Array("\u{FEFF}first,\"sec\"\"ond\",`third`\n1,2,3\n".utf8)
        let whole = try FastRows.csv(text, dialect)
        #expect(whole.text == "{\"first\":\"1\",\"sec\\\"ond\":\"2\",\"third\":\"3\"}\n")
        for size in 1 ... 48 { #expect(try FastRows.csv(text, dialect, slab: size, chunk: size) == whole) }
    }

    @Test(arguments: [SQLDialect.Family.mysql, .postgresql])
    func sql(family: SQLDialect.Family) throws {
        let text = Array((family == .mysql ? AwkwardText.mysql : AwkwardText.postgres).utf8)
        let whole = try FastRows.sql(text, family)
        #expect(whole.lines.count > 400)
        #expect(!whole.faults.isEmpty)
        #expect(!whole.text.contains("fake"))
        for size in Self.sizes + [1000, 2000] {
            #expect(try FastRows.sql(text, family, slab: size) == whole, "slab of \(size)")
            #expect(try FastRows.sql(text, family, slab: size, chunk: 3) == whole, "slab of \(size), reads of 3")
        }
    }

    @Test func gbkStringsWhoseSecondByteIsABackslash() throws {
        let text =
            Array("INSERT INTO t VALUES (1,'".utf8) + [0xBF, 0x5C] + Array("'),(2,'".utf8) + [
                0xBF, 0x5C, 0x5C, 0x27, 0x81, 0x40,
            ] + Array("');\n".utf8)
        let whole = try FastRows.sql(text, .mysql, charset: "gbk")
        #expect(whole.text == "{\"c1\":1,\"c2\":\"縗\"}\n{\"c1\":2,\"c2\":\"縗'丂\"}\n")
        for size in 1 ... 40 {
            #expect(try FastRows.sql(text, .mysql, charset: "gbk", slab: size, chunk: size) == whole)
        }
    }

    @Test func clientEncodingIsDecodedFromItsStatementOn() throws {
        let text =
            Array("SET client_encoding = 'LATIN1';\nCOPY public.t (a) FROM stdin;\ncaf".utf8) + [0xE9]
            + Array("\n\\.\n".utf8)
        for size in [1, 2, 7, 30, 64, 4096] {
            #expect(try FastRows.sql(text, .postgresql, slab: size, chunk: size).text == "{\"a\":\"café\"}\n")
        }
    }

    /// A long statement makes the slab grow, and rows of one kind then fill it: more than the mark arrays hold.
    @Test func moreRowsInASlabThanMarksHold() throws {
        let body = String(repeating: "x", count: 300_000), count = 30_000
        let text =
            "CREATE FUNCTION f() AS $$\(body)$$;\n" + String(repeating: "INSERT INTO t DEFAULT VALUES;\n", count: count)
        let rows = try FastRows.sql(Array(text.utf8), .postgresql)
        #expect(rows.lines.count == count * 3)
    }
}
