import BackupBytes
import BackupRows
import BackupText
import Foundation

/// What the real readers make of some bytes: lines, faults and other events, in order, whatever the batches were. The
/// rows of one table come together: how those of several tables mix is not promised.
package struct FastRows: Equatable {
    package var lines: [UInt8] = []
    /// `table row code` of each row that could not be read or written.
    package var faults: [String] = []
    package var cuts = 0
    package var timesResumed = 0
    /// Batches whose rows the reader had counted only.
    package var timesCounted = 0

    package init(lines: [UInt8] = []) { self.lines = lines }

    package var text: String { String(decoding: lines, as: UTF8.self) }

    /// `another`: a reader that resumes there replaces it after every batch, as in another process.
    package mutating func read<Reader: RowReader>(
        _ reader: Reader, _ setup: ReaderSetup, collectsFaults: Bool = true,
        another: ((Reader.ResumePoint) throws -> Reader)? = nil
    ) throws {
        var reader = reader
        let emitter = Emitter(pool: setup.pool, collectsFaults: collectsFaults)
        var tables: [(name: TableName, lines: [UInt8], faults: [String])] = [], ending: [String] = []
        func index(_ name: TableName) -> Int {
            if let known = tables.firstIndex(where: { $0.name == name }) { return known }
            tables.append((name, [], []))
            return tables.count - 1
        }
        defer {
            lines += tables.flatMap(\.lines)
            faults += tables.flatMap(\.faults) + ending
        }
        while let event = try next(of: reader, &ending) {
            switch event {
            case .rows(let rows):
                if case .unmade = rows { timesCounted += 1 }
                let emitted = emitter.emit(try rows.batch())
                for chunk in emitted.chunks {
                    tables[index(rows.table)].lines += chunk.slab.bytes
                    setup.pool.giveBack(chunk.slab)
                }
                tables[index(rows.table)].faults += emitted.faults.map {
                    "\(rows.table) \($0.row) \($0.code) \($0.offset)"
                }
                if let another, let point = reader.resumePoint {
                    let encoded = try JSONEncoder().encode(point)
                    reader = try another(JSONDecoder().decode(Reader.ResumePoint.self, from: encoded))
                    timesResumed += 1
                }
            case .fault(let fault, let table):
                tables[index(table)].faults.append("\(table) \(fault.row) \(fault.code) \(fault.offset)")
            case .cut: cuts += 1
            case .declared, .view, .warning, .met, .dropped, .note, .removes: break
            }
        }
    }

    /// nil at the end, and at what ends the reading, which is a fault here.
    private func next(of reader: some RowReader, _ ending: inout [String]) throws -> RowEvent? {
        do { return try reader.next() } catch let error as StatementError {
            ending.append("statement \(error.offset) line \(error.line ?? 0) \(error.reason) \(error.text)")
            return nil
        } catch let error as JSONRowsError {
            ending.append("json \(error.offset) row \(error.row ?? 0) \(error.reason)")
            return nil
        }
    }

    /// Delimited text with columns c1 … cN by the first row, or those of its header.
    package static func csv(
        _ bytes: [UInt8], _ dialect: CSVDialect, charset: Charset? = nil, slab: Int = Slab.usualCapacity,
        chunk: Int = .max,
        options: ValueOptions = ValueOptions(), resuming: Bool = false, marksInWorkers: Bool = false
    ) throws -> FastRows {
        var setup = ReaderSetup(), rows = FastRows()
        setup.hasManyWorkers = marksInWorkers
        setup.pool = SlabPool(capacity: slab)
        setup.lines.values = options
        func reader(_ bytes: [UInt8], at point: CSVReader.ResumePoint? = nil) throws -> CSVReader {
            try CSVReader(
                PeekedSource(BytesSource(bytes, chunk: chunk)), charset: charset, table: TableName(table: "t"),
                dialect: dialect,
                setup: setup, at: point
            ) { header, count, dialect in
                let names = header ?? (0 ..< (count ?? 0)).map { "c\($0 + 1)" }
                return RowLayout(
                    table: TableName(table: "t"), columns: names.map { Column(name: $0) }, spelling: dialect.spelling(),
                    lines: setup.lines)
            }
        }
        try rows.read(
            reader(bytes), setup,
            another: !resuming
                ? nil
                : { point in try reader(Array(bytes[point.offset...]), at: point) })
        return rows
    }

    /// SQL text, without a database.
    package static func sql(
        _ bytes: [UInt8], _ family: SQLDialect.Family, charset: String? = nil, slab: Int = Slab.usualCapacity,
        chunk: Int = .max, resuming: Bool = false, marksInWorkers: Bool = false
    ) throws -> FastRows {
        var setup = ReaderSetup(), rows = FastRows()
        setup.hasManyWorkers = marksInWorkers
        setup.pool = SlabPool(capacity: slab)
        setup.lines.values.invalidUTF8 = .replace
        let catalog = SchemaCatalog()
        let reader = try SQLReader(
            PeekedSource(BytesSource(bytes, chunk: chunk)), dialect: SQLDialect(family: family, charset: charset),
            database: nil,
            catalog: catalog, setup: setup)
        try rows.read(
            reader, setup,
            another: !resuming
                ? nil
                : { point in
                    try SQLReader(
                        PeekedSource(BytesSource(Array(bytes[point.offset...]), chunk: chunk)), at: point,
                        catalog: catalog, setup: setup)
                })
        return rows
    }
}
