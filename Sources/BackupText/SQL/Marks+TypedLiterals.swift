import BackupRows
import CBackupKernels

/// Literals with a type of their own:
///
///     N'x '  'x '::char(1)  U&'d\0061t'    PostgreSQL: a char, which loses its trailing blanks in a text; casts
///     N'…'  _utf8mb4'…'  CONVERT(0x… USING utf8mb4)    MySQL: text in UTF-8, whatever plain strings are in
extension Marks {
    /// Makes plain fields of them; those of MySQL stay marked where their column's text would be decoded. Returns the
    /// bytes of those that are other bytes than the input's.
    func resolveTypedLiterals(_ layout: RowLayout, _ dialect: SQLDialect, _ input: UnsafePointer<UInt8>) -> Arena? {
        guard unsafe kernel.typed_count > 0 else { return nil }
        let arena = Arena(), columns = layout.columns
        if dialect.family == .postgresql {
            var casts = unsafe CastResolution(layout, dialect, input, into: arena)
            casts.resolve(self)
            return arena
        }
        let isDecoded = columns.indices.map(layout.isDecoded)
        for row in unsafe rows.indices {
            for (column, index) in fieldRange(ofRow: row).enumerated()
            where unsafe fields[index].end & BK_TYPED.rawValue != 0 {
                unsafe fields[index].end &= ~BK_TYPED.rawValue
                guard column < columns.count else { continue }
                if unsafe fields[index].start & ~UInt32(BK_OFFSET) == BK_HEX.rawValue {
                    unsafe fields[index] = text(ofHex: fields[index], input, into: arena)
                }
                if isDecoded[column] { unsafe fields[index].end |= BK_TYPED.rawValue }
            }
        }
        return arena
    }

    /// The bytes of hex digits as a string; as it is where they are none.
    private func text(ofHex field: bk_field, _ input: UnsafePointer<UInt8>, into arena: Arena) -> bk_field {
        let start = Int(field.start & UInt32(BK_OFFSET)), count = Int(field.end & UInt32(BK_OFFSET)) - start
        guard count % 2 == 0 else { return field }
        var bytes: [UInt8] = []
        for at in stride(from: start, to: start + count, by: 2) {
            let digits = unsafe String(decoding: UnsafeBufferPointer(start: input + at, count: 2), as: UTF8.self)
            guard let byte = UInt8(digits, radix: 16) else { return field }
            bytes.append(byte)
        }
        let first = arena.count
        // Two digits are a byte: an arena has room for all of a slab's.
        do { try arena.append(bytes) } catch { return field }
        return arena.field(from: first, BK_QUOTED)
    }
}
