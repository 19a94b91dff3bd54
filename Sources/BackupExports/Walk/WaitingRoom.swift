import BackupBytes
import BackupLake
import BackupRows
import BackupText
import Foundation

/// A file of rows, and what its name and first bytes say of it.
struct RowFile: Codable {
    var role: EntryRole
    var origin: String
    /// Its name says SQL, and its first bytes do not.
    var isDoubtful = false
    var isEmpty = false

    var isDoubtfulSQL: Bool { if case .data(let data) = role { data.format == .sql && isDoubtful } else { false } }

    func noSQL(of table: TableName?) -> ExportError {
        ExportError(
            .badStructure, entry: origin, table: table, why: "there is no SQL in it", advice: "see --format csv")
    }

    /// Whether a walk can have noted it, and it is not made up.
    var isPossible: Bool {
        switch role {
        case .data(let data): !data.names.isEmpty
        case .dump, .shell: true
        case .structure, .ignored: false
        }
    }
}

/// What waits for a structure, or for the types of a schema, by the place where that will be: files of rows, whose
/// bytes lie in the spool, and tables that are to be told of.
///
/// It lies in two logs, so that memory does not grow with it and another process can take it up:
///
///     place → how many wait there, how many of them have gone on
///     place, number → what waits
final class WaitingRoom {
    enum Guest: Codable {
        case file(RowFile, Spool.Segment)
        case table(at: String)
    }

    /// What was there when the logs were so long.
    struct Place: Codable {
        var queues: Int
        var guests: Int
        /// The places whose guests go on next.
        var released: [String]
        var isOpen: Bool
        var spool: Spool.Place
    }

    let spool: Spool
    private let queues: RecordLog<Queue>
    private let guests: RecordLog<Guest>
    private var released: ArraySlice<String> = []
    /// All are released; those of the first queues have gone.
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

    /// `logs`: where it outlives the process, the spool too where it has a place there.
    init(_ options: ExportOptions, logs: WorkFolder.Logs?, at place: Place? = nil) throws {
        let folder = options.spoolPlace
        spool = try Spool(path: logs?.spool, folder: folder, limit: options.limits.spool, at: place?.spool)
        guard let logs, let place else {
            queues = RecordLog(path: logs?.queues, folder: folder)
            guests = RecordLog(path: logs?.guests, folder: folder)
            return
        }
        queues = try .reopen(path: logs.queues, length: place.queues, folder: folder)
        guests = try .reopen(path: logs.guests, length: place.guests, folder: folder)
        (released, isOpen) = (place.released[...], place.isOpen)
    }

    func add(_ guest: Guest, for place: String) throws {
        let queue = try queues.number(of: place) ?? queues.put(Queue(), for: place)
        let number = try queues.change(queue) { queue in
            queue.count += 1
            return queue.count
        }
        try guests.put(guest, for: "\(number) \(place)")
    }

    /// All files that wait or have waited for a place, in their order. Only before the first of them has gone on.
    func forEachFile(at place: String, _ body: (RowFile, any ByteSource) throws -> Void) throws {
        guard let queue = try queues.number(of: place) else { return }
        for number in 1 ... (try queues.change(queue) { $0.count }) {
            guard case .file(let file, let segment)? = try guests.record(of: "\(number) \(place)") else { continue }
            try body(file, spool.source(segment))
        }
    }

    /// Those who wait for this place may go on, in their order.
    func release(_ place: String) throws {
        if try queues.number(of: place) != nil { released.append(place) }
    }

    /// All may go on, place by place.
    func releaseAll() { isOpen = true }

    /// The next who goes on; nil: nobody may.
    func next() throws -> Guest? {
        while let place = isOpen
            ? (queuesGone < queues.count ? try queues.key(Int32(queuesGone)) : nil) : released.first
        {
            if let guest = try next(at: place) { return guest }
            if isOpen { queuesGone += 1 } else { released.removeFirst() }
        }
        return nil
    }

    private func next(at place: String) throws -> Guest? {
        guard let queue = try queues.number(of: place) else { return nil }
        let number = try queues.change(queue) { queue -> Int? in
            guard queue.gone < queue.count else { return nil }
            queue.gone += 1
            return queue.gone
        }
        guard let number else { return nil }
        return try guests.record(of: "\(number) \(place)")
    }

    /// nil: another process would not find what waits.
    func place() throws -> (place: Place, freed: @Sendable () -> Void)? {
        guard spool.canBeGoneOnWith else { return nil }
        let (spool, freed) = spool.place()
        return (
            Place(
                queues: try queues.flush(), guests: try guests.flush(), released: Array(released), isOpen: isOpen,
                spool: spool), freed
        )
    }
}

extension WaitingRoom.Guest: Recordable {
    init(from record: inout RecordReader) throws {
        guard let guest = try? JSONDecoder().decode(Self.self, from: Data(try record.text().utf8)) else {
            throw RecordDamaged()
        }
        if case .file(let file, _) = guest, !file.isPossible { throw RecordDamaged() }
        self = guest
    }

    func write(to record: inout RecordWriter) {
        record.put(String(decoding: (try? JSONEncoder().encode(self)) ?? Data(), as: UTF8.self))
    }
}
