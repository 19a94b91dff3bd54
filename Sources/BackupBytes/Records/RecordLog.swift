import DequeModule
import Foundation

/// Records by key, in the order in which they came, of which only those used last are in memory: the others lie in a
/// file, so that memory does not grow with their number (but for four bytes a removed one).
///
/// The file is a log: a record that has changed is written again after the others, and the last one counts. So a copy
/// of the file's first bytes, up to where it ended at some time, is the state at that time.
///
///     | bytes of key | bytes of record (-1: removed) | checksum | key | record | …
package final class RecordLog<Record: Recordable> {
    /// Records in memory.
    private static var residentLimit: Int { 128 }

    private let path: String?
    private let folder: String
    private var file: LogFile?
    private var end = 0
    /// Where each record lies, plus one, by its number; 0: not written yet.
    private let offsets: PagedNumbers
    private let numbers: KeyIndex
    /// The number that the next new record will have.
    package private(set) var nextNumber: Int32 = 0
    /// From this number on no record has come into the file.
    private var neverWritten: Int32 = 0
    private var residents: [Int32: Resident] = [:]
    /// Residents by age, with those that were used again since.
    private var ages: Deque<(number: Int32, use: Int)> = []
    private var uses = 0
    /// In order.
    private var removed: [Int32] = []

    private final class Resident {
        let key: String
        var record: Record
        var isDirty: Bool
        var use: Int

        init(key: String, record: Record, isDirty: Bool, use: Int) {
            (self.key, self.record, self.isDirty, self.use) = (key, record, isDirty, use)
        }
    }

    /// `path`: the file's name, for a log that another process is to resume with; nil for a file without a name, made
    /// when it is needed. `folder`: where files without a name are made.
    package init(path: String? = nil, folder: String = NSTemporaryDirectory()) {
        self.path = path
        self.folder = folder
        offsets = PagedNumbers(folder: folder)
        numbers = KeyIndex(folder: folder)
    }

    /// Records there are, without removed ones.
    package var count: Int { Int(nextNumber) - removed.count }

    /// Numbers of records, in order.
    package var all: some Sequence<Int32> { (0 ..< count).lazy.map { [self] in number(at: $0) } }

    /// The number of the record that has `position` others before it.
    package func number(at position: Int) -> Int32 {
        var low = 0, high = removed.count
        while low < high {
            let middle = (low + high) / 2
            if Int(removed[middle]) - middle <= position { low = middle + 1 } else { high = middle }
        }
        return Int32(position + low)
    }

    package func number(of key: String) throws -> Int32? { try numbers.number(of: ExactText(key)).map { Int32($0) } }

    /// Adds a record, or changes the one of this key.
    @discardableResult
    package func put(_ record: Record, for key: String) throws -> Int32 {
        if let number = try number(of: key) {
            try change(number) { $0 = record }
            return number
        }
        let number = nextNumber
        try numbers.put(Int(number), for: ExactText(key))
        nextNumber += 1
        try admit(number, key, record, isDirty: true)
        return number
    }

    package func record(of key: String) throws -> Record? { try number(of: key).map { try record($0) } }

    package func key(_ number: Int32) throws -> String { try resident(number).key }

    package func record(_ number: Int32) throws -> Record { try resident(number).record }

    package func change<Result>(_ number: Int32, _ body: (inout Record) throws -> Result) throws -> Result {
        let resident = try resident(number)
        resident.isDirty = true
        return try body(&resident.record)
    }

    package func remove(_ key: String) throws {
        guard let number = try number(of: key) else { return }
        residents[number] = nil
        try forget(key, number)
        if try offsets.number(at: Int(number)) > 0 { try append(key, nil) }
    }

    private func forget(_ key: String, _ number: Int32) throws {
        try numbers.remove(ExactText(key))
        removed.insert(number, at: removed.firstIndex { $0 > number } ?? removed.count)
    }

    // MARK: Memory

    private func resident(_ number: Int32) throws -> Resident {
        uses += 1
        if let known = residents[number] {
            known.use = uses
            noteUse(of: number)
            return known
        }
        let (key, record) = try read(at: try offsets.number(at: Int(number)) - 1)
        return try admit(number, key, record, isDirty: false)
    }

    @discardableResult
    private func admit(_ number: Int32, _ key: String, _ record: Record, isDirty: Bool) throws -> Resident {
        uses += 1
        let resident = Resident(key: key, record: record, isDirty: isDirty, use: uses)
        residents[number] = resident
        noteUse(of: number)
        while residents.count > Self.residentLimit { try dismissOldest() }
        return resident
    }

    private func noteUse(of number: Int32) {
        if ages.last?.number == number { ages.removeLast() }
        ages.append((number, uses))
        if ages.count > 8 * Self.residentLimit { ages.removeAll { residents[$0.number]?.use != $0.use } }
    }

    private func dismissOldest() throws {
        while let (number, use) = ages.popFirst() {
            guard let resident = residents[number], resident.use == use else { continue }
            if resident.isDirty { try write(number, resident) }
            residents[number] = nil
            return
        }
    }

    // MARK: The file

    /// Writes what has changed. The file's length then is the state of now.
    package func flush() throws -> Int {
        for number in residents.keys.sorted() where residents[number]!.isDirty {
            try write(number, residents[number]!)
            residents[number]!.isDirty = false
        }
        try file?.write()
        return end
    }

    /// Records come into the file in the order of their numbers, since a process that opens it again numbers them so:
    /// those that were never written and have lower numbers go first.
    private func write(_ number: Int32, _ resident: Resident) throws {
        while neverWritten < number {
            let earlier = neverWritten
            neverWritten += 1
            guard let resident = residents[earlier] else { continue }
            residents[earlier]?.isDirty = false
            try writeNow(earlier, resident)
        }
        neverWritten = max(neverWritten, number + 1)
        try writeNow(number, resident)
    }

    private func writeNow(_ number: Int32, _ resident: Resident) throws {
        try offsets.set(end + 1, at: Int(number))
        var writer = RecordWriter()
        resident.record.write(to: &writer)
        try append(resident.key, writer.bytes)
    }

    private func append(_ key: String, _ record: [UInt8]?) throws {
        if file == nil { file = try LogFile(path: path, folder: folder) }
        var head = RecordWriter()
        head.put(key.utf8.count)
        head.put(record?.count ?? -1)
        head.put(bits: RecordChecksum.of(key.utf8, record, at: end))
        end += try file!.append(head.bytes + Array(key.utf8) + (record ?? []))
    }

    private func read(at offset: Int) throws -> (String, Record) {
        guard let file, offset >= 0 else { throw RecordDamaged() }
        let (key, record, _) = try file.read(at: offset)
        var reader = RecordReader(record ?? [])
        return (key, try Record(from: &reader))
    }

    /// Opens a log that another process has left, as it was when it was `length` bytes long; what follows is cut
    /// off.
    package static func reopen(path: String, length: Int, folder: String) throws -> RecordLog {
        let log = RecordLog(path: path, folder: folder)
        guard length > 0 else { return log }
        let file = try LogFile(reopening: path, length: length)
        log.file = file
        while log.end < length {
            let (key, record, bytes) = try file.read(at: log.end)
            let number = try log.number(of: key) ?? log.nextNumber
            if record != nil {
                if number == log.nextNumber {
                    try log.numbers.put(Int(number), for: ExactText(key))
                    log.nextNumber += 1
                }
                try log.offsets.set(log.end + 1, at: Int(number))
            } else if number < log.nextNumber {
                try log.forget(key, number)
            }
            log.end += bytes
        }
        log.neverWritten = log.nextNumber
        return log
    }
}
