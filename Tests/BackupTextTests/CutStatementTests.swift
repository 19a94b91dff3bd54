import BackupRows
import BackupText
import TestSupport
import Testing

/// A dump that was cut says so, wherever in a statement the cut is.
@Suite struct CutStatementTests {
    private static let mysql = "INSERT INTO `t` (`a`,`b`) VALUES (1,'x'),(2,'y') ON DUPLICATE KEY UPDATE `a`=1"
    private static let postgres =
        "INSERT INTO public.t (a, b) OVERRIDING SYSTEM VALUE VALUES (1, 'x') ON CONFLICT DO NOTHING"

    @Test(arguments: [(mysql, SQLDialect.Family.mysql), (postgres, .postgresql)])
    func inAnInsert(statement: String, family: SQLDialect.Family) throws {
        let before = "INSERT INTO t VALUES (7);\n"
        for length in 1 ... statement.utf8.count {
            let text = Array((before + statement).utf8.prefix(before.utf8.count + length))
            let rows = try FastRows.sql(text, family)
            #expect(rows.cuts + rows.faults.count > 0, "\(String(decoding: text, as: UTF8.self))")
            #expect(rows.lines.starts(with: #"{"c1":7}"#.utf8))
            for slab in [1, 9, 64] { #expect(try FastRows.sql(text, family, slab: slab) == rows) }
        }
    }

    @Test(arguments: [
        "INSERT INTO t (a, b", "INSERT INTO t (a, b)", "INSERT INTO t VAL", "INSERT INTO t (a, `b", "COPY t (a",
        "COPY t FROM stdin", "SET NAM", "UPDATE t SET a = 'x",
    ])
    func inTheHeadOfAStatement(text: String) throws {
        let rows = try FastRows.sql(Array(text.utf8), text.hasPrefix("COPY") ? .postgresql : .mysql)
        #expect(rows.cuts == 1 && rows.faults.isEmpty)
    }

    @Test(arguments: [
        "", "-- the end", "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1);",
        "INSERT INTO t VALUES (1) ON DUPLICATE KEY UPDATE a=1;", "DELIMITER ;", "\\unrestrict abc",
    ])
    func whatIsWholeIsNotCut(text: String) throws {
        #expect(try FastRows.sql(Array(text.utf8), text.hasPrefix("\\") ? .postgresql : .mysql).cuts == 0)
    }

    @Test func aListOfColumnsThatIsDamagedIsAFault() throws {
        let rows = try FastRows.sql(
            Array("INSERT INTO t (a,b; VALUES (1,2);\nINSERT INTO t VALUES (7);\n".utf8), .mysql)
        #expect(rows.faults == ["t 1 notALiteral 0"] && rows.text == "{\"c1\":7}\n")
    }
}
