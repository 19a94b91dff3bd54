import BackupRows
import CBackupKernels

/// Literals of PostgreSQL whose type changes nothing, known without reading the type anew for each value:
///
///     '2024-01-01'::date    in a column of date: the same cast as in the row before
///     N'x'                  in a column of text, where no blank is at its end
@safe struct PlainCasts {
    private let input: UnsafePointer<UInt8>
    /// By column, the last cast that changes nothing.
    private var columns: [bk_plain_cast]

    /// `types`: of the columns.
    init(_ types: [CastType?], _ input: UnsafePointer<UInt8>) {
        unsafe self.input = unsafe input
        unsafe columns = types.map { type in
            let takesNational = type.map { $0.family == .char || $0.isPlainText } ?? true
            return unsafe bk_plain_cast(
                cast: nil, cast_length: 0, digits: 0, takes_national: takesNational ? 1 : 0)
        }
    }

    /// Makes plain fields of such literals, from `row` on. Returns the index of the first typed field that is none of
    /// them, and its row in `row`; nil at the end.
    func makePlain(_ marks: Marks, from row: inout Int) -> Int? {
        var index = 0
        unsafe marks.mark { marks in
            unsafe columns.withUnsafeBufferPointer {
                unsafe index = bk_plain_casts(input, marks, $0.baseAddress, $0.count, &row)
            }
        }
        return index < 0 ? nil : index
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
        unsafe columns[index].cast = unsafe input + range.lowerBound
        unsafe columns[index].cast_length = UInt32(range.count)
        unsafe columns[index].digits = UInt32(digits)
    }

    private static func endsValue(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == UInt8(ascii: ")") }
}

extension CastType {
    /// It takes any text as it is.
    fileprivate var isPlainText: Bool { family == .text && arguments.isEmpty && !isDeclared }
}
