import CBackupKernels

/// Rows of a batch as values: what each is and its bytes, nothing in JSON. Most bytes are the input's own, in the slab
/// of the batch, which is kept; others lie in an arena.
///
///     input     7,"O""Neill",\N⏎
///     values    number 7 · text O"Neill · null
///
/// Unchecked because of its memory. The rule: its maker hands the memory over, filled, and nothing writes to it
/// any more.
@usableFromInline @safe package final class DecodedRows: @unchecked Sendable {
    package let batch: RowBatch
    /// How many rows there are; each has a value for every column.
    @usableFromInline package let count: Int
    @usableFromInline package let columnCount: Int
    /// Row by row: offsets and kinds as bk_field has them, the end in the high half.
    @usableFromInline let values: UnsafePointer<UInt64>
    @usableFromInline let input: UnsafePointer<UInt8>
    @usableFromInline let made: UnsafePointer<UInt8>
    private let memory: UnsafeMutablePointer<bk_field>
    private let arena: Arena
    /// The batch's rows they came from, blank lines among them.
    private let rows: Range<Int>
    private let blankRows: [Int]

    /// Takes the memory of the values, and the arena, which nobody may change any more.
    init(
        _ batch: RowBatch, rows: Range<Int>, blankRows: [Int], values: UnsafeMutablePointer<bk_field>, arena: Arena
    ) {
        self.batch = batch
        self.rows = rows
        self.blankRows = blankRows
        count = rows.count - blankRows.count
        columnCount = batch.columns.count
        unsafe memory = unsafe values
        unsafe self.values = unsafe UnsafePointer(UnsafeRawPointer(values).assumingMemoryBound(to: UInt64.self))
        self.arena = arena
        unsafe input = unsafe batch.inputBase
        unsafe made = unsafe UnsafePointer(arena.base)
    }

    deinit { unsafe memory.deallocate() }

    /// What a value is.
    package enum Kind: UInt8, Sendable {
        case null
        /// Left out by the export (DEFAULT in an INSERT).
        case absent
        /// In UTF-8.
        case text
        /// Its digits as JSON has them.
        case number
        /// `true` or `false`.
        case bool
        /// The bytes themselves.
        case binary
        /// JSON on one line: a document, an array.
        case json
    }

    /// `position`: of the value, row by row: row × columns + column.
    package func kind(at position: Int) -> Kind { Kind(rawValue: rawKind(at: position)) ?? .null }

    /// The raw value of its kind.
    @inlinable package func rawKind(at position: Int) -> UInt8 {
        unsafe UInt8(truncatingIfNeeded: values[position] >> 28 & 15)
    }

    @inlinable package func isNull(at position: Int) -> Bool { rawKind(at: position) == 0 }
    @inlinable package func isAbsent(at position: Int) -> Bool { rawKind(at: position) == 1 }

    /// The bytes of a value, which are valid as long as these rows are.
    @inlinable package func bytes(at position: Int) -> UnsafeRawBufferPointer {
        let value = unsafe values[position], offsets = UInt64(0x0FFF_FFFF)
        let start = Int(truncatingIfNeeded: value & offsets), end = Int(truncatingIfNeeded: value >> 32 & offsets)
        let base = unsafe value >> 61 & 1 == 0 ? input : made
        return unsafe UnsafeRawBufferPointer(start: base + start, count: end - start)
    }

    /// Number of a row in its entry, from 1.
    package func number(ofRow index: Int) -> Int { batch.firstRowNumber + batchRow(index) }

    /// Offset of a row's record in the entry, uncompressed.
    package func offset(ofRow index: Int) -> Int {
        unsafe batch.slabOffset + Int(batch.rows[batchRow(index)].start)
    }

    private func batchRow(_ index: Int) -> Int {
        var row = rows.lowerBound + index
        for blank in blankRows where blank <= row { row += 1 }
        return row
    }

    /// The value as a conversion writes it; empty where it is absent.
    package func json(at position: Int) -> [UInt8] {
        let isHex = batch.layout.lines.values.binary == .hex
        switch kind(at: position) {
        case .null: return Array("null".utf8)
        case .absent: return []
        case .number, .bool, .json: return unsafe Array(bytes(at: position))
        case .text:
            let quote = [UInt8(ascii: "\"")]
            return unsafe quote + JSONText.escape(Array(bytes(at: position))) + quote
        case .binary: return unsafe JSONText.binary(bytes(at: position), isHex: isHex)
        }
    }

    /// A row as a conversion writes it, without the end of the line.
    package func line(ofRow index: Int) -> [UInt8] {
        let layout = batch.layout
        var members: [[UInt8]] = []
        if let key = layout.lines.tagKey {
            members.append(JSONText.member(key, JSONText.string("\(layout.table)")))
        }
        for column in 0 ..< columnCount {
            let position = index * columnCount + column, kind = kind(at: position)
            if kind == .absent || (kind == .null && layout.lines.values.omitsNulls) { continue }
            members.append(JSONText.member(layout.keys[column], json(at: position)))
        }
        return [UInt8(ascii: "{")] + Array(members.joined(separator: [UInt8(ascii: ",")])) + [UInt8(ascii: "}")]
    }
}
