/// A column as the loop over the values of a row sees it: numbers alone, so that no value costs a count of references.
struct ColumnStep {
    enum Kind: UInt8 {
        case signed, unsigned, decimal, double, year, bit, date, time, dateTime, timestamp
        /// UTF-8 as it lies.
        case text
        case enumeration
        /// What the column's form says.
        case other
    }

    var kind: Kind
    /// Digits are written as a string.
    var isQuoted: Bool
    var isHidden: Bool
    /// It holds binary JSON.
    var isDocument: Bool
    /// Bytes of a value or of its length, digits of a fraction, digits of a decimal.
    var size: Int32 = 0
    /// Digits after the point; how many labels there are.
    var more: Int32 = 0
    /// Where `,"name":` lies in the texts of the table, and its bytes.
    var key: Int32 = 0
    var keyLength: Int32 = 0
    /// The first of its labels among those of the table.
    var label: Int32 = 0

    init(_ column: ChangedColumn) {
        (isQuoted, isHidden, isDocument) = (column.isQuoted, column.isHidden, column.isDocument)
        switch column.form {
        case .integer(let bytes, let isUnsigned): (kind, size) = (isUnsigned ? .unsigned : .signed, Int32(bytes))
        case .decimal(let precision, let scale): (kind, size, more) = (.decimal, Int32(precision), Int32(scale))
        case .double: kind = .double
        case .year: kind = .year
        case .bit(let bytes): (kind, size) = (.bit, Int32(bytes))
        case .date: kind = .date
        case .time(let digits): (kind, size) = (.time, Int32(digits))
        case .dateTime(let digits): (kind, size) = (.dateTime, Int32(digits))
        case .timestamp(let digits): (kind, size) = (.timestamp, Int32(digits))
        case .text(let lengthBytes, nil): (kind, size) = (.text, Int32(lengthBytes))
        case .enumeration(let bytes, let labels) where !labels.isEmpty:
            (kind, size, more) = (.enumeration, Int32(bytes), Int32(labels.count))
        default: kind = .other
        }
    }
}
