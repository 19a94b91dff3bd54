import BackupBytes
import BackupLake
import BackupRows
import BackupText
import DequeModule
import Foundation

/// A file of rows, and what its name and first bytes say of it.
struct RowFile: Codable {
    var role: EntryRole
    var origin: String
    /// Its name says SQL, and its first bytes do not.
    var isDoubtful = false
    var isEmpty = false
    /// It was spilled to be read by ranges, and waits for nothing else.
    var isReady = false

    /// It is read by ranges: what is last in it comes first.
    var isRanged: Bool { if case .data(let data) = role { data.format == .parquet } else { false } }
    var isDoubtfulSQL: Bool { if case .data(let data) = role { data.format == .sql && isDoubtful } else { false } }

    func noSQL(of table: TableName?) -> ExportError {
        ExportError(
            .badStructure, entry: origin, table: table, why: "there is no SQL in it", remedy: "see \(.format, "csv")")
    }

    /// Whether a walk can have noted it, and it is not made up.
    var isPossible: Bool {
        switch role {
        case .data(let data): !data.names.isEmpty
        case .dump, .shell, .log: true
        case .structure, .ignored: false
        }
    }
}

/// What waits for a structure, or for the types of a schema, by the location where that will be: files of rows, whose
/// bytes are spilled, and tables that are to be reported.
///
/// It lies in two logs, so that memory does not grow with it and another process can resume with it:
///
///     location → how many items wait for it, how many of them have been released
///     location, number → the item
final class PendingItems {
    enum Item: Codable {
        case file(RowFile, Spill.Rows)
        case table(at: String)
    }

    /// What was there when the logs were so long.
    struct ResumePoint: Codable {
        var queues: Int
        var items: Int
        /// The locations whose items are next.
        var released: [String]
        var isOpen: Bool
        var spill: Spill.ResumePoint
    }

    let spill: Spill
    private let queues: RecordLog<Queue>
    private let items: RecordLog<Item>
    private var released: Deque<String> = []
    /// All are released; those of the first queues have been given out.
    private var isOpen = false
    private var queuesGone = 0

    private struct Queue: Recordable {
        var count = 0
        var gone = 0

        init() {}
        init(from record: inout RecordReader) throws { (count, gone) = (try record.count(), try record.count()) }

        func write(to record: inout RecordWriter) {
            record.put(count)
            record.put(gone)
        }
    }

    /// `logs`: where it outlives the process, and where the spill file lies if it may lie there.
    init(_ options: ExportOptions, logs: WorkFolder.Logs?, isStream: Bool, at point: ResumePoint? = nil) throws {
        let folder = options.temporaryFolder
        spill = try Spill(options, logs: logs, isStream: isStream, at: point?.spill)
        guard let logs, let point else {
            queues = RecordLog(path: logs?.queues, folder: folder)
            items = RecordLog(path: logs?.items, folder: folder)
            return
        }
        queues = try .reopen(path: logs.queues, length: point.queues, folder: folder)
        items = try .reopen(path: logs.items, length: point.items, folder: folder)
        (released, isOpen) = (Deque(point.released), point.isOpen)
    }

    func add(_ item: Item, for location: String) throws {
        let queue = try queues.number(of: location) ?? queues.put(Queue(), for: location)
        let number = try queues.change(queue) { queue in
            queue.count += 1
            return queue.count
        }
        try items.put(item, for: "\(number) \(location)")
    }

    /// All files that wait for a location, in their order. Only before the first of them was released.
    func forEachFile(at location: String, _ body: (RowFile, PeekedSource) throws -> Void) throws {
        guard let queue = try queues.number(of: location) else { return }
        for number in 1 ... (try queues.change(queue) { $0.count }) {
            guard case .file(let file, let rows)? = try items.record(of: "\(number) \(location)") else { continue }
            try body(file, spill.read(rows).source)
        }
    }

    /// The items that wait for this location are released, in their order.
    func release(_ location: String) throws {
        if try queues.number(of: location) != nil { released.append(location) }
    }

    /// All are released, location by location.
    func releaseAll() { isOpen = true }

    /// The next released item; nil where there is none.
    func next() throws -> Item? {
        while let location = isOpen
            ? (queuesGone < queues.count ? try queues.key(Int32(queuesGone)) : nil) : released.first
        {
            if let item = try next(at: location) { return item }
            if isOpen { queuesGone += 1 } else { released.removeFirst() }
        }
        return nil
    }

    private func next(at location: String) throws -> Item? {
        guard let queue = try queues.number(of: location) else { return nil }
        let number = try queues.change(queue) { queue -> Int? in
            guard queue.gone < queue.count else { return nil }
            queue.gone += 1
            return queue.gone
        }
        guard let number else { return nil }
        return try items.record(of: "\(number) \(location)")
    }

    /// nil: another process would not find what waits.
    func resumePoint() throws -> (point: ResumePoint, freed: @Sendable () -> Void)? {
        guard let (spill, freed) = spill.resumePoint() else { return nil }
        return (
            ResumePoint(
                queues: try queues.flush(), items: try items.flush(), released: Array(released), isOpen: isOpen,
                spill: spill), freed
        )
    }
}

extension PendingItems.Item: Recordable {
    init(from record: inout RecordReader) throws {
        guard let item = try? JSONDecoder().decode(Self.self, from: Data(try record.text().utf8)) else {
            throw RecordDamaged()
        }
        if case .file(let file, _) = item, !file.isPossible { throw RecordDamaged() }
        self = item
    }

    func write(to record: inout RecordWriter) {
        record.put(String(decoding: (try? JSONEncoder().encode(self)) ?? Data(), as: UTF8.self))
    }
}
