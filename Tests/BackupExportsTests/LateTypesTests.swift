import BackupExports
import TestSupport
import Testing

/// A domain means what it stands for, whatever comes first: it, the table that uses it, or the rows.
@Suite struct LateTypesTests {
    private static let entries = [
        ("d/s/structure.sql", "CREATE SCHEMA s; CREATE DOMAIN s.k AS bytea; CREATE DOMAIN s.n AS integer;"),
        ("d/s/a/column_structure.sql", "CREATE TABLE s.a (x s.k, n s.n[], g public.geometry);"),
        ("d/s/a/data/1.csv", "\\x61,\"{1,2}\",0101\n"),
        ("d/s/empty/column_structure.sql", "CREATE TABLE s.empty (n s.n);"),
    ]
    private static let inserts = ("d/s/a/data/1.sql", "INSERT INTO s.a VALUES ('\\x61', '{1,2}', '0101');\n")

    private static let orders: [[Int]] = (0 ..< 24).map { number in
        var left = [0, 1, 2, 3], number = number
        return (1 ... 4).reversed().map { size in
            defer { number /= size }
            return left.remove(at: number % size)
        }
    }

    @Test(arguments: orders)
    func inEveryOrderFromAPipeAndFromAFile(order: [Int]) async throws {
        for rows in [Self.entries[2], Self.inserts] {
            let tar = TarWriter.archive(order.map { $0 == 2 ? rows : Self.entries[$0] }), scratch = try Scratch()
            for export in [
                BackupExport(source: BytesSource(tar, chunk: 700), name: "d.tar"),
                BackupExport(path: try scratch.write("d.tar", tar)),
            ] {
                let sink = CollectingSink(), report = try await export.convert(into: sink)
                #expect(
                    sink.lines == [
                        "d.s.a": Array("{\"x\":\"YQ==\",\"n\":[1,2],\"g\":\"0101\"}\n".utf8), "d.s.empty": [],
                    ])
                #expect(report.tables.first { $0.name.table == "empty" }?.columns.map(\.json) == ["number"])
            }
        }
    }
}
