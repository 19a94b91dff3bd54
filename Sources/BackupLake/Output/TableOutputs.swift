import BackupBytes
import BackupRows
import Foundation

/// The outputs of all tables. Only those used last are kept as they are, with few files open, however many tables lie
/// mixed in an export; the others are evicted to the log.
final class TableOutputs {
    private static let openLimit = 64, liveLimit = 1024

    private let store: any LakeStore
    private let form: OutputForm
    private let log: RecordLog<TableParts>
    private let journal: PartJournal?
    /// Where files without names are made.
    private let spillFolder: String
    let pieces = PieceQueue()
    private var live: [Int32: TableOutput] = [:]
    /// Of those that are live, the one used last at the end.
    private var byUse: [Int32] = []
    /// In lower case; where two are the same, one table has a longer name than it needed.
    private let usedPaths: KeyIndex

    init(
        store: any LakeStore, form: OutputForm, log: RecordLog<TableParts>, journal: PartJournal?, spillFolder: String
    ) throws {
        self.journal = journal
        self.spillFolder = spillFolder
        self.store = store
        self.form = form
        self.log = log
        usedPaths = KeyIndex(folder: spillFolder)
        for number in log.all { _ = try usedPaths.insert(log.record(number).path.lowercased()) }
    }

    deinit { pieces.end() }

    var isEmpty: Bool { log.count == 0 }

    func add(_ table: TableName, _ kind: TableKind = .rows) throws {
        guard try log.number(of: table.key) == nil else { return }
        try log.put(TableParts(path: try freePath(for: table), kind: kind), for: table.key)
    }

    /// Names that differ only in case are kept apart, for file systems that would not.
    private func freePath(for table: TableName) throws -> String {
        var twin = 0
        while true {
            let path = FolderName.path(table, twin: twin)
            if try usedPaths.insert(path.lowercased()) { return path }
            twin += 1
        }
    }

    func remove(_ table: TableName) throws {
        guard let number = try log.number(of: table.key) else { return }
        try usedPaths.remove(log.record(number).path.lowercased())
        live[number] = nil
        byUse.removeAll { $0 == number }
        try log.remove(table.key)
    }

    /// Removes the table with its files.
    func discard(_ table: TableName) throws {
        guard let number = try log.number(of: table.key) else { return }
        let output = try live[number] ?? self.output(log.record(number))
        try output.removeFiles()
        try remove(table)
    }

    /// To write to.
    func output(of table: TableName) throws -> TableOutput? {
        guard let number = try log.number(of: table.key) else { return nil }
        let output = try live[number] ?? self.output(log.record(number))
        guard byUse.last != number else { return output }
        if let last = byUse.last { try live[last]?.flush() }
        live[number] = output
        byUse.removeAll { $0 == number }
        byUse.append(number)
        if byUse.count > Self.openLimit { try live[byUse[byUse.count - Self.openLimit - 1]]?.suspend() }
        if byUse.count > Self.liveLimit { try evict(byUse.removeFirst()) }
        return output
    }

    private func output(_ parts: TableParts) -> TableOutput {
        TableOutput(store: store, parts: parts, form: form, pieces: pieces, journal: journal)
    }

    private func evict(_ number: Int32) throws {
        guard let output = live.removeValue(forKey: number) else { return }
        let parts = try output.suspendedParts()
        try log.change(number) { $0 = parts }
    }

    func files(of table: TableName) throws -> [ConversionReport.File] {
        guard let number = try log.number(of: table.key) else { return [] }
        return try live[number]?.parts.whole ?? log.record(number).whole
    }

    /// Does something with every output, in the order of the tables, and keeps what has become of it. Ends with the
    /// first error.
    func visit(_ body: (TableOutput) throws -> Void) throws {
        for number in log.all {
            let output = try live[number] ?? self.output(log.record(number))
            try body(output)
            try output.suspend()
            if live[number] == nil { try log.change(number) { $0 = output.parts } }
        }
    }

    /// Makes the part files what the log says of them: what an earlier run has written after its last checkpoint is cut
    /// off. `listed`: all that it had begun.
    func recover(_ listed: [String]) throws {
        let known = KeyIndex(folder: spillFolder)
        for number in log.all {
            let parts = try log.record(number)
            for (index, file) in (parts.whole + [parts.open].compactMap { $0 }).enumerated() {
                _ = try known.insert(file.path)
                guard PartPath.isValid(file.path) else { throw RecordDamaged() }
                try store.recover(file.path, index < parts.named ? .final : .draft, length: file.bytes)
            }
        }
        try OutputCleaner.removeParts(listed.filter { try known.number(of: $0) == nil }, in: store)
    }

    /// Where the log ends when all of it is in its file.
    func flush() throws -> Int {
        for (number, output) in live {
            try output.drain()
            try log.change(number) { $0 = output.parts }
        }
        return try log.flush()
    }
}
