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
        let file = try ParquetFile(RangedArray(bytes), limits: limits)
        let reader = try ParquetReader(
            file, table: TableName(table: "t"), schema: schema, setup: setup,
            at: row == 0 ? nil : ParquetReader.ResumePoint(row: row))
        result.layout = reader.layout
        let emitter = Emitter(pool: SlabPool(), collectsFaults: false)
        while case .rows(let rows) = try reader.next() {
            let emitted = emitter.emit(try rows.batch())
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
}
