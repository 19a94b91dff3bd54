import BackupRows
import BackupText
import TestSupport
import Testing

/// Law 3 for INSERT: random literals in random spellings, then the same with a byte changed.
@Suite struct OracleInsertTests {
    private static let mysql = [
        "\"", "\\'", "''", "\\\\", "\\n", "\\0", "\\%", "a", "b c", ",", "(", ")", ";", "é", "😀", "\n", "--", "/*",
        "\\Z", "\u{1}",
    ]
    private static let postgres = [
        "''", "\"", "\\", "a", ",", "(", ")", ";", "é", "😀", "\n", "--", "/*", "$", "\\n", "\u{1}",
    ]
    private static let space = ["", "", "", " ", "\n", "  ", "/* ,) */", "-- ');\n"]

    private func value(_ random: inout SeededRandom, isMySQL: Bool) -> String {
        let pieces = isMySQL ? Self.mysql : Self.postgres
        let text = (0 ..< Int.random(in: 0 ... 6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
        }.joined()
        let number = "\(Int.random(in: -999 ... 999, using: &random))"
        let spellings: [String]
        if isMySQL {
            let double = text.replacing("\"", with: "\"\"")
            spellings = [
                "'\(text)'", "'\(text)'", "\"\(double)\"", "_binary '\(text)'", "N'\(text)'", "0x4a4B00", "x'ff'",
                "x''",
            ]
        } else {
            spellings = ["'\(text)'", "'\(text)'", "$$\(text.replacing("$", with: ""))$$", "X'00fF'", "B'101'"]
        }
        return (spellings + ["NULL", "null", "DEFAULT", number, "\(number).50", "007", ".5", "-1.5e-10", "1E5"])
            .randomElement(using: &random) ?? "NULL"
    }

    private func statement(_ random: inout SeededRandom, isMySQL: Bool, columns: Int) -> String {
        func gap() -> String { Self.space.randomElement(using: &random) ?? "" }
        let tuples = (0 ..< Int.random(in: 1 ... 4, using: &random)).map { _ in
            "(" + (0 ..< columns).map { _ in gap() + value(&random, isMySQL: isMySQL) + gap() }.joined(separator: ",")
                + ")"
        }
        return "INSERT INTO t VALUES " + tuples.joined(separator: gap() + "," + gap()) + gap() + ";\n"
    }

    @Test(arguments: [true, false])
    func randomLiterals(isMySQL: Bool) throws {
        var random = SeededRandom(seed: 7)
        for _ in 0 ..< Effort.rounds(1200) {
            let columns = Int.random(in: 1 ... 4, using: &random)
            let text = (0 ..< Int.random(in: 1 ... 3, using: &random)).map { _ in
                statement(&random, isMySQL: isMySQL, columns: columns)
            }.joined()
            let expected = try #require(OracleInsert.read(text, isMySQL: isMySQL), "\(text)")
            let slab = Int.random(in: 1 ... 200, using: &random)
            let rows = try FastRows.sql(Array(text.utf8), isMySQL ? .mysql : .postgresql, slab: slab)
            #expect(rows.text == expected, "\(text)")
            #expect(rows.faults.isEmpty && rows.cuts == 0, "\(text) \(rows.faults)")
        }
    }

    /// Hostile: one byte of it changed, or the text cut. What the slow reader still understands, both must understand
    /// alike; of everything else the fast reader makes whole JSON lines or an error.
    @Test(arguments: [true, false])
    func changedByOneByteOrCut(isMySQL: Bool) throws {
        var random = SeededRandom(seed: 11)
        for round in 0 ..< Effort.rounds(2500) {
            var bytes = Array(statement(&random, isMySQL: isMySQL, columns: 2).utf8)
            let place = Int.random(in: 21 ..< bytes.count, using: &random)
            if round % 4 == 0 {
                bytes.removeSubrange(place...)
            } else {
                bytes[place] = Array("'\"\\,();-#$0x\n".utf8).randomElement(using: &random) ?? 0
            }
            let rows = try FastRows.sql(bytes, isMySQL ? .mysql : .postgresql)
            let split = try FastRows.sql(
                bytes, isMySQL ? .mysql : .postgresql, slab: Int.random(in: 1 ... 30, using: &random), chunk: 5)
            #expect(rows == split, "\(String(decoding: bytes, as: UTF8.self))")
            #expect(JSONLines.fault(in: rows.lines) == nil)
            if let text = String(validating: bytes, as: UTF8.self),
                let expected = OracleInsert.read(text, isMySQL: isMySQL)
            {
                #expect(rows.text == expected, "\(text)")
            }
        }
    }
}
