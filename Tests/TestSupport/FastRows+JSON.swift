import BackupBytes
import BackupRows
import BackupText

extension FastRows {
    /// Objects of JSON; `columns` of the table that are declared.
    package static func json(
        _ bytes: [UInt8], columns: [Column] = [], slab: Int = Slab.usualCapacity, chunk: Int = .max,
        options: ValueOptions = ValueOptions(), resuming: Bool = false
    ) throws -> FastRows {
        var setup = ReaderSetup(), rows = FastRows()
        setup.pool = SlabPool(capacity: slab)
        setup.lines.values = options
        func reader(_ bytes: [UInt8], at point: JSONReader.ResumePoint? = nil) throws -> JSONReader {
            try JSONReader(
                PeekedSource(BytesSource(bytes, chunk: chunk)), table: TableName(table: "t"), setup: setup, at: point
            ) { keys in keys.map { key in columns.first { $0.name == key } ?? Column(name: key) } }
        }
        try rows.read(
            reader(bytes), setup,
            another: !resuming ? nil : { point in try reader(Array(bytes[point.offset...]), at: point) })
        return rows
    }
}
