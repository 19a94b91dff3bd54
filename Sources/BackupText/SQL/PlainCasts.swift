import BackupRows
import CBackupKernels

/// Literals of PostgreSQL whose type changes nothing, known without reading the type anew for each value:
///
///     '2024-01-01'::date    in a column of date: the same cast as in the row before
///     N'x'                  in a column of text, where no blank is at its end
@safe struct PlainCasts {
    private let input: UnsafePointer<UInt8>
    private var columns: [Column]

    private struct Column {
        /// As the last cast that changes nothing is written, `::` included.
        var cast: [UInt8] = []
        var digits = 0
        let takesNational: Bool
    }

    /// `types`: of the columns.
    init(_ types: [CastType?], _ input: UnsafePointer<UInt8>) {
        unsafe self.input = unsafe input
        columns = types.map { type in
            Column(takesNational: type.map { $0.family == .char || $0.isPlainText } ?? true)
        }
    }

    /// The field without its type; nil where that may change it.
    func resolved(_ field: bk_field, _ index: Int) -> bk_field? {
        if field.end & BK_CARE.rawValue != 0 { return nil }
        let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
        let kind = field.start & ~UInt32(BK_OFFSET), flags = field.end & BK_CLEAN.rawValue
        if kind == BK_BARE.rawValue {
            guard end - start <= columns[index].digits, unsafe isInteger(start ..< end), hasCast(index, at: end) else {
                return nil
            }
            return bk_field(start: field.start, end: UInt32(end) | flags)
        }
        guard kind == BK_QUOTED.rawValue || kind == BK_ESCAPED.rawValue, start > 1,
            unsafe input[end] == UInt8(ascii: "'"), unsafe input[start - 1] == UInt8(ascii: "'")
        else { return nil }
        let before = unsafe input[start - 2] | 0x20,
            plain = bk_field(
                start: UInt32(start) | BK_QUOTED.rawValue, end: UInt32(end) | flags)
        switch before {
        case UInt8(ascii: "n"):
            let isEnd = unsafe Self.endsValue(input[end + 1])
            return unsafe isEnd && columns[index].takesNational && input[end - 1] != 0x20 ? plain : nil
        case UInt8(ascii: "&"): return nil
        default: return columns[index].digits == 0 && hasCast(index, at: end + 1) ? plain : nil
        }
    }

    private func hasCast(_ index: Int, at position: Int) -> Bool {
        let count = columns[index].cast.count
        for offset in 0 ..< count where unsafe input[position + offset] != columns[index].cast[offset] { return false }
        return unsafe count > 0 && Self.endsValue(input[position + count])
    }

    private static func endsValue(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") }

    /// Digits without a zero in front: what the server writes, too.
    private func isInteger(_ range: Range<Int>) -> Bool {
        for index in range where unsafe input[index] &- 0x30 > 9 { return false }
        return unsafe input[range.lowerBound] != 0x30 || range.count == 1
    }

    /// A value has the one cast that stands at `range`, in a column of `type`: nil where that is not known.
    mutating func learn(_ cast: CastType, at range: Range<Int>, _ index: Int, of type: CastType?) {
        let digits = ["int2": 4, "int4": 9, "int8": 18][cast.name.name] ?? 0
        let isPlain =
            switch cast.family {
            case .other: !cast.name.name.isEmpty && type.map(cast.isSame) ?? true
            case .text: cast.isPlainText && type.map { $0.isPlainText || $0.family == .char } ?? true
            case .integer: digits > 0 && type.map { $0.family == .integer } ?? true
            case .char, .numeric, .float, .boolean: false
            }
        guard isPlain, unsafe Self.endsValue(input[range.upperBound]) else { return }
        columns[index].cast = range.map { unsafe input[$0] }
        columns[index].digits = digits
    }
}

extension CastType {
    /// It takes any text as it is.
    fileprivate var isPlainText: Bool { family == .text && arguments.isEmpty && !isDeclared }
}
