import BackupExports
import Foundation
import TestSupport
import Testing

/// `tables()`, rows and batches are read once, in order, by one task: anything else is an error by name, and no row is
/// lost, mixed or given twice.
@Suite struct TableTurnTests {
    private func export(_ bytes: [UInt8] = SampleExport.tar) -> BackupExport {
        BackupExport(source: BytesSource(bytes), name: "shop.tar")
    }

    /// One table of some batches.
    private static let rows = 30_000
    private static let longBytes = Array((1 ... rows).map { "\($0),a row of a long table, \($0)\n" }.joined().utf8)
    private func long() -> BackupExport { BackupExport(source: BytesSource(Self.longBytes), name: "long.csv") }

    private func expect(outOfTurn comment: Comment, _ body: () async throws -> Void) async {
        let error = await #expect(throws: ExportError.self, comment) { try await body() }
        #expect(error?.code == .outOfTurn, comment)
    }

    @Test func rowsAskedForAfterTheNextTableAreAnError() async throws {
        var tables = export().tables().makeAsyncIterator()
        let orders = try #require(try await tables.next())
        var rows = orders.rows.makeAsyncIterator()
        #expect(try await rows.next()?["id"]?.int == 1)
        let people = try #require(try await tables.next())
        await expect(outOfTurn: "a reader that began before") { _ = try await rows.next() }
        await expect(outOfTurn: "a reader that begins now") { for try await _ in orders.batches {} }
        var names: [String] = []
        for try await row in people.rows { names.append(row["name"]?.string ?? "-") }
        #expect(names.count == 2)
        #expect(try await tables.next() == nil)
    }

    @Test func aSecondLoopOverATableIsAnError() async throws {
        for try await table in export().tables() {
            var count = 0
            for try await _ in table.rows {
                count += 1
                if count == 1 { break }
            }
            await expect(outOfTurn: "rows again") { for try await _ in table.rows {} }
            await expect(outOfTurn: "batches after rows") { for try await _ in table.batches {} }
        }
    }

    @Test func copiesOfAnIteratorReadOn() async throws {
        var tables = long().tables().makeAsyncIterator()
        let table = try #require(try await tables.next())
        var first = table.rows.makeAsyncIterator()
        var ids: [Int] = []
        if let row = try await first.next() { ids.append(row[0]?.string.flatMap(Int.init) ?? 0) }
        var second = first
        while true {
            guard let a = try await first.next() else { break }
            ids.append(a[0]?.string.flatMap(Int.init) ?? 0)
            guard let b = try await second.next() else { break }
            ids.append(b[0]?.string.flatMap(Int.init) ?? 0)
        }
        #expect(ids == Array(1 ... Self.rows))
    }

    @Test func rowsThatAreKeptStayWhatTheyWere() async throws {
        var kept: [Row] = [], batches: [Rows] = []
        for try await table in long().tables() { for try await row in table.rows { kept.append(row) } }
        for try await table in long().tables() { for try await batch in table.batches { batches.append(batch) } }
        #expect(kept.count == Self.rows)
        #expect(
            kept.enumerated().allSatisfy {
                $1.json == "{\"c1\":\"\($0 + 1)\",\"c2\":\"a row of a long table\",\"c3\":\" \($0 + 1)\"}"
            })
        #expect(batches.count > 1)
        #expect(batches.joined().elementsEqual(kept) { $0.json == $1.json && $0.number == $1.number })
    }

    /// Many tasks at one table: each row comes to one of them, or to none, and that one knows it.
    @Test func tasksAtTheSameTableAreNamed() async throws {
        for try await table in long().tables() {
            let (rows, errors) = await withTaskGroup(of: ([Int], [ExportError.Code]).self) { group in
                for _ in 0 ..< 8 {
                    group.addTask {
                        var seen: [Int] = []
                        do {
                            for try await row in table.rows { seen.append(row.number) }
                            return (seen, [])
                        } catch { return (seen, [(error as? ExportError)?.code ?? .badOption]) }
                    }
                }
                return await group.reduce(into: ([Int](), [ExportError.Code]())) {
                    $0.0 += $1.0
                    $0.1 += $1.1
                }
            }
            #expect(errors == Array(repeating: .outOfTurn, count: 7))
            #expect(rows == Array(1 ... Self.rows))
        }
    }

    /// One task at the rows of a table, others at the tables themselves.
    @Test func aTaskThatAsksForTheNextTableMeanwhileGetsNoRows() async throws {
        let taken = Mutexed(tables: export(SampleExport.tar).tables().makeAsyncIterator())
        let outcomes = await withTaskGroup(of: [String].self) { group in
            for _ in 0 ..< 4 {
                group.addTask {
                    var seen: [String] = []
                    do {
                        while let table = try await taken.next() {
                            for try await row in table.rows { seen.append("\(table.name) \(row.json)") }
                        }
                    } catch { seen.append((error as? ExportError)?.code == .outOfTurn ? "out of turn" : "\(error)") }
                    return seen
                }
            }
            return await group.reduce(into: [String]()) { $0 += $1 }
        }
        let rows = outcomes.filter { $0 != "out of turn" }
        #expect(rows.count == Set(rows).count)
        #expect(
            rows.allSatisfy { $0.hasPrefix("shop.orders ") || $0.hasPrefix("shop.people ") },
            "\(rows.filter { !$0.hasPrefix("shop.") })")
    }

    /// What the compiler would not let through: one iterator in several tasks.
    private final class Mutexed: @unchecked Sendable {
        private var tables: TableSequence.Iterator
        init(tables: TableSequence.Iterator) { self.tables = tables }

        func next() async throws -> ExportTable? {
            var copy = tables
            return try await copy.next()
        }
    }

    @Test func aBadRowEndsItsTableForGood() async throws {
        let tar = TarWriter.archive([
            ("shop/people/structure.sql", SampleExport.people),
            ("shop/people/data/1.csv", "1,\"Ann\"\nx,\"Bob\"\n3,\"Cid\"\n"),
        ])
        for try await table in export(tar).tables() {
            var rows = table.rows.makeAsyncIterator()
            for _ in 0 ..< 3 {
                let error = await #expect(throws: ExportError.self) { while try await rows.next() != nil {} }
                #expect(error?.code == .badRow)
            }
        }
    }

    @Test func aStreamIsReadOnce() async throws {
        let source = BytesSource(SampleExport.tar)
        let first = BackupExport(source: source, name: "shop.tar"),
            second = BackupExport(source: source, name: "again.tar")
        _ = try await first.inspect()
        await expect(outOfTurn: "convert after inspect") { _ = try await second.convert(into: CollectingSink()) }
        await expect(outOfTurn: "tables after inspect") { for try await _ in second.tables() {} }
        await expect(outOfTurn: "the same stream twice") {
            let twice = BytesSource(SampleExport.tar)
            _ = try await BackupExport(inputs: [.source(twice, name: "a"), .source(twice, name: "b")]).convert(
                into: CollectingSink())
        }
    }

    /// Threads of this process that read for a loop.
    private var walks: Int {
        Files.names(in: "/proc/self/task").count {
            (try? Files.text("/proc/self/task/\($0)/comm"))?.hasPrefix("sluice.walk") ?? false
        }
    }

    @Test func loopsThatAreLeftEarlyLeaveNoThread() async throws {
        var seen = 0
        for _ in 0 ..< 100 {
            tables: for try await table in long().tables() {
                for try await row in table.rows {
                    seen += row.number
                    break tables
                }
            }
        }
        #expect(seen == 100)
        for _ in 0 ..< 200 where walks > 20 { try await Task.sleep(for: .milliseconds(50)) }
        #expect(walks <= 20)  // those of tests that run at the same time
    }

    @Test func aColumnThatIsNotThereIsNil() async throws {
        for try await table in export().tables() {
            for try await row in table.rows { #expect(row[99] == nil && row[-1] == nil && row["99"] == nil) }
        }
    }
}
