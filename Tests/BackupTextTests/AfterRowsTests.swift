import BackupRows
import BackupText
import TestSupport
import Testing

/// After a row of INSERT comes another, the statement's end, or one of few clauses. Anything else is said, wherever
/// slabs end.
@Suite struct AfterRowsTests {
    private func expect(_ text: String, _ family: SQLDialect.Family = .mysql, lines: [Int], faults: [String]) throws {
        for slab in Array(1 ... 40) + [4096] {
            let rows = try FastRows.sql(Array(text.utf8), family, slab: slab)
            #expect(rows.text == lines.map { "{\"c1\":\($0)}\n" }.joined(), "\(text), slab of \(slab)")
            #expect(rows.faults == faults, "\(text), slab of \(slab)")
        }
    }

    @Test(arguments: [
        ("(1),x(2);", [1, 7], ["t 2 notARow 25"]), ("(1),x(2),(3);", [1, 3, 7], ["t 2 notARow 25"]),
        ("(1),;", [1, 7], ["t 2 notARow 25"]),
        ("(1),,(2),(3);", [1, 3, 7], ["t 2 notARow 25"]), ("(1), /* c */ x(2);", [1, 7], ["t 2 notARow 34"]),
        ("(1) x(2),(3);", [1, 3, 7], ["t 2 notARow 25"]),
        ("(1)l(2);", [1, 7], ["t 2 notARow 24"]), ("(1),ON(2);", [1, 7], ["t 2 notARow 25"]),
        ("ROW(1),ROW(2);", [7], ["t 1 notALiteral 21", "t 2 notARow 28"]),
        ("(1+1) ON DUPLICATE KEY UPDATE x=2;", [7], ["t 1 notALiteral 22"]),
        ("(1),(2;", [1, 7], ["t 2 notALiteral 26"]),
    ])
    func whatIsNoRowIsAFault(values: String, lines: [Int], faults: [String]) throws {
        try expect("INSERT INTO t VALUES \(values)\nINSERT INTO t VALUES (7);\n", lines: lines, faults: faults)
    }

    @Test(arguments: [
        "(1),(2) ON DUPLICATE KEY UPDATE a=VALUES(a);", "(1) , (2) AS new ON DUPLICATE KEY UPDATE a=new.a;",
        "(1), /* c */ (2);", "(1),-- c\n(2) -- d\n;",
        "(1),\n\t(2) RETURNING a;", "(1)/*!40000 ,(2)*/;", "(1),# c\n(2);", "(1)\n,(2)\n;",
    ])
    func whatMySQLWritesAfterRows(values: String) throws {
        try expect("INSERT INTO t VALUES \(values)\nINSERT INTO t VALUES (7);\n", lines: [1, 2, 7], faults: [])
    }

    @Test(arguments: [
        "(1),(2) ON CONFLICT DO NOTHING;", "(1),(2) RETURNING (a), 'x;y';",
        "(1),/* c */(2) on conflict (a) DO UPDATE SET a = 1;",
    ])
    func whatPostgreSQLWritesAfterRows(values: String) throws {
        try expect(
            "INSERT INTO public.t VALUES \(values)\nINSERT INTO public.t VALUES (7);\n", .postgresql, lines: [1, 2, 7],
            faults: [])
    }

    @Test func aDelimiterOfTheClientEndsTheRows() throws {
        try expect(
            "DELIMITER //\nINSERT INTO t VALUES (1)//\nINSERT INTO t VALUES (2) ON DUPLICATE KEY UPDATE a=1//\n"
                + "DELIMITER ;\nINSERT INTO t VALUES (7);\n",
            lines: [1, 2, 7], faults: [])
    }
}
