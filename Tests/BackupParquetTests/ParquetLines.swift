import BackupBytes
import BackupParquet
import BackupRows
import Foundation

/// The lines that a Parquet file becomes.
enum ParquetLines {
    /// - Throws: what the reader throws, and the first row that cannot be written, as a `RowFault`.
    static func lines(
        _ bytes: [UInt8], schema: TableSchema? = nil, values: ValueOptions = ValueOptions(),
        limits: ParquetLimits = ParquetLimits(), from row: Int = 0
    ) throws -> [String] {
        try read(bytes, schema: schema, values: values, limits: limits, from: row).lines
    }

    struct Result {
        var lines: [String] = []
        var layout: RowLayout?
        var batches: [Int] = []
        var replaced = 0
        var plainJSON = 0
    }

    static func read(
        _ bytes: [UInt8], schema: TableSchema? = nil, values: ValueOptions = ValueOptions(),
        limits: ParquetLimits = ParquetLimits(), from row: Int = 0
    ) throws -> Result {
        var setup = ReaderSetup(), result = Result()
        setup.lines.values = values
        setup.blocks = BlockPool(folder: FileManager.default.temporaryDirectory.path)
        let file = try ParquetFile(RangedArray(bytes), limits: limits)
        let reader = try ParquetReader(
            file, table: TableName(table: "t"), schema: schema, setup: setup,
            at: row == 0 ? nil : ParquetReader.ResumePoint(row: row))
        result.layout = reader.layout
        let emitter = Emitter(pool: SlabPool(), collectsFaults: false)
        while case .rows(let rows) = try reader.next() {
            let emitted = emitter.emit(try rows.batch())
            if emitted.faults.isEmpty { try Self.check(rows.lines(by: emitter), emitted) }
            if let fault = emitted.faults.first { throw fault }
            result.batches.append(rows.rowCount)
            result.replaced += emitted.replaced
            result.plainJSON += emitted.plainJSON
            for chunk in emitted.chunks {
                let text = String(decoding: chunk.slab.bytes, as: UTF8.self)
                result.lines += text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
                    String.init)
            }
        }
        return result
    }

    /// Lines are the same, however they are made.
    private static func check(_ lines: EmittedRows, _ others: EmittedRows) throws {
        func bytes(_ rows: EmittedRows) -> [UInt8] { rows.chunks.flatMap { Array($0.slab.bytes) } }
        guard bytes(lines) == bytes(others), lines.rows == others.rows, lines.bytes == others.bytes,
            lines.plainJSON == others.plainJSON, lines.replaced == others.replaced
        else { throw OtherLines() }
    }

    struct OtherLines: Error {}
}
