import BackupRows
import BackupText

/// Who reads a table: an iterator and all its copies.
final class TableReader: Sendable {
    let turn: Int
    init(turn: Int) { self.turn = turn }
}

/// Whose turn it is to read: the tables come one after another, each has one reader, and no other is served
/// meanwhile.
///
///     nextTable → table 1 → its reader: batch, batch, … → nextTable → table 2 → its reader …
///
/// A state machine without threads; `TableFeed` keeps it under a lock.
struct TableTurns {
    /// Number of the table that was given out last; 0 before the first.
    private(set) var turn = 0
    private(set) var table: TableName?
    private var reader: TableReader?
    /// Somebody waits for a batch.
    private var isBusy = false
    /// What ended the reading of this table.
    private var failure: (any Error)?

    /// Somebody asks for the next table.
    mutating func beginTable() throws(ExportError) {
        if isBusy {
            throw .outOfTurn(
                table, "it was asked for while another task waits for rows of the same export", Self.oneTask)
        }
        isBusy = true
    }

    /// The next table is there.
    mutating func enter(_ table: TableName) -> Int {
        turn += 1
        (self.table, reader, failure) = (table, nil, nil)
        return turn
    }

    /// A reader asks for rows of its table.
    mutating func begin(_ reader: TableReader) throws {
        if reader.turn != turn {
            throw ExportError.outOfTurn(
                nil, "rows of a table were asked for after the next table",
                "read a table before asking for the next one; rows that you keep stay as they are")
        }
        if let first = self.reader, first !== reader {
            throw ExportError.outOfTurn(
                table, "its rows were asked for by a second loop",
                "read it once, and keep the rows that are needed again")
        }
        if isBusy { throw ExportError.outOfTurn(table, "two tasks asked for its rows at the same time", Self.oneTask) }
        if let failure { throw failure }
        self.reader = reader
        isBusy = true
    }

    mutating func end() { isBusy = false }

    mutating func fail(_ error: any Error) { failure = error }

    private static let oneTask: Remedy = "read an export in one task, or open it once for each"
}

extension ExportError {
    static func outOfTurn(_ table: TableName?, _ why: String, _ remedy: Remedy) -> ExportError {
        ExportError(.outOfTurn, table: table, why: why, remedy: remedy)
    }
}
