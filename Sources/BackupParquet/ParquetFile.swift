import BackupBytes

/// A Parquet file: its footer, and what its columns are. It is read by ranges, for the footer is last.
///
///     PAR1 | pages of the row groups … | footer | length of the footer | PAR1
package final class ParquetFile {
    let file: any RangedBytes
    let limits: ParquetLimits
    let metadata: FileMetadata
    let schema: SchemaTree
    /// Where the footer begins: no page lies after it.
    let dataEnd: Int

    /// The first and last bytes of a file, and of one whose footer is encrypted.
    static let magic = Array("PAR1".utf8), encryptedMagic = Array("PARE".utf8)

    /// Reads the footer.
    /// - Throws: `ParquetError`, and what the file throws.
    package init(_ file: any RangedBytes, limits: ParquetLimits = ParquetLimits()) throws {
        (self.file, self.limits) = (file, limits)
        let block = Block(), length = file.length
        guard length >= 12 else { throw ParquetError.damaged("it is too short for a Parquet file") }
        let head = try Self.read(file, 0, 4, block)
        if head == Self.encryptedMagic { throw ParquetError.unsupported("its footer is encrypted (PARE)") }
        let tail = try Self.read(file, length - 8, 8, block), magic = Array(tail[4...])
        if magic == Self.encryptedMagic { throw ParquetError.unsupported("its footer is encrypted (PARE)") }
        guard head == Self.magic, magic == Self.magic else {
            throw ParquetError(.damaged, "it does not end with PAR1: it was cut, or is no Parquet", offset: length - 4)
        }
        let footer = tail[..<4].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard footer <= length - 12 else {
            throw ParquetError(.damaged, "its footer is said to have \(footer) bytes", offset: length - 8)
        }
        guard footer <= limits.footer else {
            throw ParquetError(.overLimit, "its footer is longer than \(limits.footer) bytes", offset: length - 8)
        }
        dataEnd = length - 8 - footer
        block.begin(footer)
        guard try unsafe file.read(at: dataEnd, into: block.room) == footer else {
            throw ParquetError(.damaged, "it ends inside the footer", offset: dataEnd)
        }
        do {
            var reader = unsafe ThriftReader(block.bytes)
            defer { withExtendedLifetime(block) {} }
            metadata = try FileMetadata(&reader)
        } catch {
            let fault = error
            let why = if case .invalid(let why) = fault { why } else { "it extends past its end" }
            throw ParquetError(.damaged, "its footer cannot be read: \(why)", offset: dataEnd)
        }
        schema = try SchemaTree(metadata.schema, limits: limits)
        try check()
    }

    private static func read(_ file: any RangedBytes, _ offset: Int, _ count: Int, _ block: Block) throws -> [UInt8] {
        block.begin(count)
        guard try unsafe file.read(at: offset, into: block.room) == count else {
            throw ParquetError(.damaged, "it ends too early", offset: offset)
        }
        return unsafe Array(block.bytes)
    }

    /// What the footer says must agree.
    private func check() throws(ParquetError) {
        var rows = 0
        for (number, group) in metadata.rowGroups.enumerated() {
            guard group.columns.count == schema.leaves.count else {
                throw .damaged(
                    "row group \(number + 1) has \(group.columns.count) columns, and the schema \(schema.leaves.count)")
            }
            guard group.rowCount >= 0, group.rowCount <= .max - rows else {
                throw .damaged("row group \(number + 1) is said to have \(group.rowCount) rows")
            }
            rows += group.rowCount
            for (chunk, leaf) in zip(group.columns, schema.leaves) {
                if chunk.isEncrypted {
                    throw ParquetError.unsupported("it is encrypted").located(column: leaf.name)
                }
                guard chunk.type == leaf.type else {
                    throw ParquetError.damaged("its pages and the schema have different types")
                        .located(column: leaf.name)
                }
                guard chunk.valueCount >= 0 else {
                    throw ParquetError.damaged("it is said to have \(chunk.valueCount) values")
                        .located(column: leaf.name)
                }
            }
        }
        if rows > 0 && schema.leaves.isEmpty { throw .damaged("it has \(rows) rows and no columns") }
        guard rows == metadata.rowCount else {
            throw .damaged("the footer says \(metadata.rowCount) rows, and its row groups have \(rows)")
        }
    }

    /// Rows of the file.
    package var rowCount: Int { metadata.rowCount }
    package var rowGroupCount: Int { metadata.rowGroups.count }
    /// The program that wrote it.
    package var writer: String? { metadata.writer }
    /// The columns whose values are stored.
    package var leaves: [Leaf] { schema.leaves }

    /// The codecs of its pages, in the order of their numbers.
    package var codecs: [String] {
        Set(metadata.rowGroups.flatMap { $0.columns.map(\.codec) }).sorted().map {
            ParquetCodec(rawValue: $0)?.name ?? "codec \($0)"
        }
    }
}
