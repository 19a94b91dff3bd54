import BackupRows
import CBackupKernels

/// Literals with a type of their own:
///
///     N'x '                                PostgreSQL: a char, which loses its trailing blanks in a column of text
///     N'…'  _utf8mb4'…'  CONVERT(0x… USING utf8mb4)    MySQL: text in UTF-8, whatever plain strings are in
extension RowBatch {
    /// Makes plain fields of them; those of MySQL stay marked where their column's text would be decoded.
    func settleTypedLiterals(_ dialect: SQLDialect) {
        let keepsBlanks = columns.map(\.isPostgresChar)
        let isDecoded = columns.indices.map(layout.isDecoded)
        for row in 0 ..< rowCount {
            for (column, index) in marks.fieldRange(ofRow: row).enumerated()
            where unsafe marks.fields[index].end & BK_TYPED.rawValue != 0 {
                unsafe marks.fields[index].end &= ~BK_TYPED.rawValue
                guard column < columns.count else { continue }
                if dialect.family == .postgresql {
                    if !keepsBlanks[column] { unsafe marks.fields[index] = withoutBlanks(marks.fields[index], dialect) }
                    continue
                }
                if unsafe marks.fields[index].start & ~UInt32(BK_OFFSET) == BK_HEX.rawValue {
                    unsafe marks.fields[index] = text(ofHex: marks.fields[index])
                }
                if isDecoded[column] { unsafe marks.fields[index].end |= BK_TYPED.rawValue }
            }
        }
    }

    private func withoutBlanks(_ field: bk_field, _ dialect: SQLDialect) -> bk_field {
        let start = Int(field.start & UInt32(BK_OFFSET)),
            bytes = unsafe UnsafeBufferPointer(start: inputBase, count: Int(field.end & UInt32(BK_OFFSET)))
        var end = bytes.count
        while unsafe end > start && bytes[end - 1] == 0x20 {
            end -= 1
            // `\ ` is a blank, too.
            let backslashes =
                unsafe dialect.backslashEscapes
                ? bytes[start ..< end].reversed().prefix { $0 == UInt8(ascii: "\\") }.count : 0
            if backslashes % 2 == 1 { end -= 1 }
        }
        return bk_field(start: field.start, end: field.end & ~UInt32(BK_OFFSET) | UInt32(end))
    }

    /// The bytes of hex digits as a string; as it is where they are none.
    private func text(ofHex field: bk_field) -> bk_field {
        let start = Int(field.start & UInt32(BK_OFFSET)), count = Int(field.end & UInt32(BK_OFFSET)) - start
        guard count % 2 == 0 else { return field }
        var bytes: [UInt8] = []
        for at in stride(from: start, to: start + count, by: 2) {
            let digits = unsafe String(decoding: UnsafeBufferPointer(start: inputBase + at, count: 2), as: UTF8.self)
            guard let byte = UInt8(digits, radix: 16) else { return field }
            bytes.append(byte)
        }
        let first = UInt32(arena.count)
        arena += bytes
        return bk_field(start: first | BK_QUOTED.rawValue, end: UInt32(arena.count) | BK_ARENA.rawValue)
    }
}

extension Column {
    /// PostgreSQL's char(n), whose values keep their blanks.
    fileprivate var isPostgresChar: Bool {
        guard let type = type?.lowercased() else { return false }
        return ["bpchar", "char", "nchar", "character"].contains { type.hasPrefix($0) } && !type.contains("varying")
    }
}
