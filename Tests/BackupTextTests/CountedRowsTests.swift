import BackupRows
import BackupText
import TestSupport
import Testing

/// Rows that the reader counts and a worker marks are those of one thread: lines, row numbers, offsets of faults, and
/// what a reader that resumes after any batch reads.
@Suite struct CountedRowsTests {
    /// - Returns: how many batches were counted only.
    private func expect(_ rows: FastRows, equals whole: FastRows, _ comment: Comment) -> Int {
        var rows = rows
        let count = rows.timesCounted
        (rows.timesCounted, rows.timesResumed) = (0, 0)
        #expect(rows == whole, comment)
        return count
    }

    @Test(arguments: Dialects.names)
    func awkwardTextOfEveryDialect(name: String) throws {
        let dialect = Dialects.named(name),
            text = name == "copy-text" || name == "mysql-tab" ? AwkwardText.copy : AwkwardText.csv
        let whole = try FastRows.csv(text, dialect)
        for size in SplitAnywhereTests.sizes + [1000, 4000] {
            for resuming in [false, true] {
                let counted = try FastRows.csv(text, dialect, slab: size, resuming: resuming, marksInWorkers: true)
                _ = expect(counted, equals: whole, "slabs of \(size)")
            }
        }
    }

    /// Most records can be counted; some slabs have a fault, a quote in the middle, or an end of COPY that is none.
    @Test(arguments: Dialects.names)
    func mostSlabsAreCounted(name: String) throws {
        let dialect = Dialects.named(name), isTab = dialect.quote == nil && dialect.delimiter == 0x09
        let end = dialect.newline == .cr ? "\r" : dialect.newline == .crlf ? "\r\n" : "\n"
        var random = SeededRandom(seed: 21), counted = 0
        for round in 0 ..< Effort.rounds(20) {
            var text = ""
            for row in 0 ..< 2000 {
                let odd = round % 2 == 0 && Int.random(in: 0 ..< 300, using: &random) == 0
                let value = [odd ? "a\"b" : "a b", "", "\\N", "é", "x\\\\y"].randomElement(using: &random) ?? ""
                let quoted = isTab || dialect.quote == nil ? value : "\"\(value), \(end)\"\"z\""
                let separator = isTab ? "\t" : ","
                text += ["\(row)", quoted, value].joined(separator: separator) + (odd ? separator + "y" : "") + end
            }
            let bytes = Array(text.utf8), size = Int.random(in: 400 ... 3000, using: &random)
            let whole = try FastRows.csv(bytes, dialect)
            let rows = try FastRows.csv(
                bytes, dialect, slab: size, chunk: size / 3, resuming: round % 3 == 0, marksInWorkers: true)
            counted += expect(rows, equals: whole, "round \(round)")
        }
        // Of these two every record is read byte by byte.
        #expect(name == "postgresql-escape" ? counted == 0 : counted > 10)
    }

    @Test func linesOfCOPYAmongOtherStatements() throws {
        var random = SeededRandom(seed: 22), counted = 0
        for round in 0 ..< Effort.rounds(20) {
            var text = "CREATE TABLE public.t (a integer, b text);\nCREATE TABLE public.u (a integer, b text);\n"
            for block in 0 ..< 6 {
                let table = ["t", "u"][block % 2], columns = block == 3 ? "b, a" : "a, b"
                if block == 4 { text += "INSERT INTO public.t VALUES (1,'x'),(2,'y');\n" }
                text += "COPY public.\(table) (\(columns)) FROM stdin;\n"
                for row in 0 ..< Int.random(in: 0 ... 300, using: &random) {
                    let value = ["x\\ty", "\\N", "", "\\\\.", "é \\n"].randomElement(using: &random) ?? ""
                    text += "\(row)\t\(value)\(row % 97 == 96 ? "\tz" : "")\n"
                }
                text += "\\.\n\n"
            }
            let bytes = Array(text.utf8), size = Int.random(in: 200 ... 1500, using: &random)
            let whole = try FastRows.sql(bytes, .postgresql)
            let rows = try FastRows.sql(
                bytes, .postgresql, slab: size, resuming: round % 2 == 0, marksInWorkers: true)
            counted += expect(rows, equals: whole, "round \(round)")
        }
        #expect(counted > 50)
    }

    @Test func dumpsOfBothFamiliesInAnySlabs() throws {
        for (text, family) in [(AwkwardText.mysql, SQLDialect.Family.mysql), (AwkwardText.postgres, .postgresql)] {
            let whole = try FastRows.sql(Array(text.utf8), family)
            for size in SplitAnywhereTests.sizes + [1000, 2000] {
                let rows = try FastRows.sql(Array(text.utf8), family, slab: size, marksInWorkers: true)
                _ = expect(rows, equals: whole, "slabs of \(size)")
            }
        }
    }
}
