import Foundation

/// Records by key, in the order in which they came, of which only those used last are in memory: the others lie in a file, so
/// that memory does not grow with their number (but for some 30 bytes each).
///
/// The file is a log: a record that has changed is written again behind the others, and the last one counts. So a copy of the
/// file's first bytes, up to where it ended at some time, is the state at that time.
///
///     | bytes of key | bytes of record (-1: removed) | key | record | …
package final class RecordLog<Record: Recordable> {
    /// Records in memory.
    private static var residentLimit: Int { 1024 }

    private let path: String?
    private let folder: String
    private var file: LogFile?
    private var end = 0
    /// Where each record lies, by its number; -1: not written yet.
    private var places: [Int] = []
    /// Numbers by the hash of the key: two keys with one hash are less likely than a broken disk.
    private var numbers: [Int: Int32] = [:]
    private var residents: [Int32: Resident] = [:]
    /// Residents by age, with those that were used again since.
    private var ages: [(number: Int32, use: Int)] = []
    private var oldest = 0
    private var uses = 0
    private var removed: Set<Int32> = []

    private struct Resident {
        var key: String
        var record: Record
        var isDirty: Bool
        var use: Int
    }

    /// `path`: the file's name, for a log that another process is to go on with; nil for a file without a name in `folder`, made when it is needed.
    package init(path: String? = nil, folder: String = NSTemporaryDirectory()) {
        self.path = path
        self.folder = folder
    }

    /// Records there are, without removed ones.
    package var count: Int { places.count - removed.count }
    /// The number that the next new record will have.
    package var nextNumber: Int32 { Int32(places.count) }
    /// Numbers of records, in order.
    package var all: [Int32] { (0 ..< Int32(places.count)).filter { !removed.contains($0) } }

    package func number(of key: String) -> Int32? { numbers[key.hashValue] }

    /// Adds a record, or changes the one of this key.
    @discardableResult
    package func put(_ record: Record, for key: String) throws -> Int32 {
        if let number = numbers[key.hashValue] {
            try change(number) { $0 = record }
            return number
        }
        let number = Int32(places.count)
        places.append(-1)
        numbers[key.hashValue] = number
        try admit(number, key, record, isDirty: true)
        return number
    }

    package func record(of key: String) throws -> Record? { try number(of: key).map { try record($0) } }

    package func record(_ number: Int32) throws -> Record { try resident(number).record }

    package func change<Result>(_ number: Int32, _ body: (inout Record) throws -> Result) throws -> Result {
        _ = try resident(number)
        residents[number]?.isDirty = true
        return try body(&residents[number]!.record)
    }

    package func remove(_ key: String) throws {
        guard let number = numbers.removeValue(forKey: key.hashValue) else { return }
        residents[number] = nil
        removed.insert(number)
        if places[Int(number)] >= 0 { try append(key, nil) }
    }

    // MARK: Memory

    private func resident(_ number: Int32) throws -> Resident {
        uses += 1
        if residents[number] != nil {
            residents[number]!.use = uses
            noteUse(of: number)
            return residents[number]!
        }
        let (key, record) = try read(at: places[Int(number)])
        try admit(number, key, record, isDirty: false)
        return residents[number]!
    }

    private func admit(_ number: Int32, _ key: String, _ record: Record, isDirty: Bool) throws {
        uses += 1
        residents[number] = Resident(key: key, record: record, isDirty: isDirty, use: uses)
        noteUse(of: number)
        while residents.count > Self.residentLimit { try dismissOldest() }
    }

    private func noteUse(of number: Int32) {
        if ages.last?.number == number { ages.removeLast() }
        ages.append((number, uses))
        if ages.count > 8 * Self.residentLimit { dropStaleAges() }
    }

    private func dropStaleAges() {
        ages = ages[oldest...].filter { residents[$0.number]?.use == $0.use }
        oldest = 0
    }

    private func dismissOldest() throws {
        while oldest < ages.count {
            let (number, use) = ages[oldest]
            oldest += 1
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

    private func write(_ number: Int32, _ resident: Resident) throws {
        places[Int(number)] = end
        var writer = RecordWriter()
        resident.record.write(to: &writer)
        try append(resident.key, writer.bytes)
    }

    private func append(_ key: String, _ record: [UInt8]?) throws {
        if file == nil { file = try LogFile(path: path, folder: folder) }
        var head = RecordWriter()
        head.put(key.utf8.count)
        head.put(record?.count ?? -1)
        end += try file!.append(head.bytes + Array(key.utf8) + (record ?? []))
    }

    private func read(at place: Int) throws -> (String, Record) {
        guard let file, place >= 0 else { throw RecordDamaged() }
        let (key, record, _) = try file.read(at: place)
        var reader = RecordReader(record ?? [])
        return (key, try Record(from: &reader))
    }

    /// Takes up a log that another process has left, as it was when it was `length` bytes long; what lies behind is cut off.
    package static func reopen(path: String, length: Int) throws -> RecordLog {
        let log = RecordLog(path: path)
        guard length > 0 else { return log }
        let file = try LogFile(reopening: path, length: length)
        log.file = file
        while log.end < length {
            let (key, record, bytes) = try file.read(at: log.end)
            if let number = log.numbers[key.hashValue] {
                log.places[Int(number)] = log.end
                if record == nil {
                    log.numbers[key.hashValue] = nil
                    log.removed.insert(number)
                }
            } else if record != nil {
                log.numbers[key.hashValue] = Int32(log.places.count)
                log.places.append(log.end)
            }
            log.end += bytes
        }
        return log
    }
}
