import BackupBytes
import BackupLake
import BackupRows
import Foundation
import Testing

@testable import BackupExports

/// What a conversion has made so far, without threads, sinks or inputs.
@Suite struct LedgerTests {
    private let orders = TableName(database: "shop", table: "orders"),
        people = TableName(database: "shop", table: "people")
    private let columns = [OutputColumn(name: "id", type: "int", json: "number")]

    private func ledger(keepsInputsApart: Bool = true) -> Ledger {
        Ledger(RecordLog(folder: NSTemporaryDirectory()), keepsInputsApart: keepsInputsApart)
    }

    @Test func aTableIsNewOnceAndMayLearnItsColumnsLater() throws {
        let ledger = ledger()
        #expect(try ledger.declare(orders, []) == [])
        #expect(try ledger.declare(orders, columns) == nil)
        #expect(try ledger.table(orders)?.columns == columns)
        #expect(try ledger.declare(orders, []) == nil)
        #expect(try ledger.table(orders)?.columns == columns)
    }

    @Test func enteringATableReportsWhichOneIsLeft() throws {
        let ledger = ledger()
        #expect(ledger.enter(orders) == nil)
        #expect(ledger.enter(orders) == nil)
        #expect(ledger.enter(people) == orders)
        #expect(ledger.current == people)
        _ = try ledger.declare(people, columns)
        try ledger.remove(people)
        #expect(ledger.current == nil)
        #expect(ledger.enter(orders) == nil)
    }

    @Test(arguments: [true, false]) func twoInputsMayHaveATableInCommonOnlyWhereThatIsAskedFor(isError: Bool) throws {
        let ledger = ledger(keepsInputsApart: isError)
        _ = try ledger.declare(orders, columns)
        _ = try ledger.declare(orders, columns)
        ledger.endInput(SpillCost(), bytesRead: 10)
        if isError {
            let error = #expect(throws: ExportError.self) { try ledger.declare(orders, columns) }
            #expect(error?.code == .badStructure && error?.table == orders)
        } else {
            #expect(try ledger.declare(orders, columns) == nil)
        }
        #expect(try ledger.declare(people, columns) == columns)
    }

    @Test func aWarningIsThatOfItsTableOrOfTheWhole() throws {
        let ledger = ledger()
        _ = try ledger.declare(orders, columns)
        try ledger.warn("a", of: orders)
        try ledger.warn("a", of: orders)
        try ledger.warn("b", of: people)
        try ledger.warn("c", of: nil)
        #expect(try ledger.table(orders)?.warnings == ["a"])
        #expect(ledger.report.warnings == ["b", "c"])
    }

    @Test func anEntryIsNotedOnceWhileItIsRead() throws {
        let ledger = ledger()
        _ = try ledger.declare(orders, columns)
        for entry in ["1.csv", "1.csv", "2.csv"] { try ledger.note(entry: entry, of: orders) }
        #expect(try ledger.table(orders)?.entries == ["1.csv", "2.csv"])
    }

    @Test func aTableThatIsEmptiedKeepsWhatIsKnownOfIt() throws {
        let ledger = ledger()
        _ = try ledger.declare(orders, columns)
        _ = ledger.enter(orders)
        try ledger.note(entry: "1.sql", of: orders)
        try ledger.warn("a", of: orders)
        try ledger.empty(#require(try ledger.table(orders)))
        let emptied = try #require(try ledger.table(orders))
        #expect(emptied.columns == columns && emptied.entries == ["1.sql"] && emptied.warnings == ["a"])
        #expect(emptied.rows == 0)
        #expect(ledger.current == nil)
    }

    @Test func spillCostsAndBytesAddUp() {
        let ledger = ledger()
        var cost = SpillCost()
        (cost.parts, cost.bytes) = (2, 30)
        ledger.endInput(cost, bytesRead: 100)
        ledger.endInput(cost, bytesRead: 200)
        let report = ledger.finish(bytesRead: 200)
        #expect(report.spill.parts == 4 && report.spill.bytes == 60)
        #expect(report.inputBytes == 200)
        #expect(ledger.progress(bytesRead: 50).inputBytes == 50)
    }
}
