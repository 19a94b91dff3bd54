/// What the text of a column's values is, decided once a column.
enum TextForm: Hashable {
    // Of numbers.
    case signed, unsigned32, unsigned64
    /// `true` and `false`, or 1 and 0.
    case boolean, bit
    case float, double
    /// Digits, so many of them after the point.
    case decimal(scale: Int)
    case date
    case time(TimeText)
    case timestamp(TimeText)
    // Of bytes.
    case text, bytes, json, uuid, interval
    /// IEEE 754 of 16 bits.
    case half
    /// Two's complement, the highest byte first.
    case decimalBytes(scale: Int)
    /// Nanoseconds of a day, and the day.
    case int96(TimeText)

    /// Whether a text is the value's bytes as they are.
    var isAsStored: Bool { self == .text || self == .bytes || self == .json }

    /// Bytes that no text of a value of so many bytes passes.
    func room(_ count: Int) -> Int {
        switch self {
        case .decimal(let scale): 32 + scale
        case .decimalBytes(let scale): 32 + scale + count * 3
        default: 96
        }
    }
}

/// How a time of day or a timestamp is written.
struct TimeText: Hashable {
    enum Fraction: Hashable {
        /// All digits of the unit.
        case unit
        /// So many, and more where they say something.
        case digits(Int)
        /// None that say nothing: PostgreSQL.
        case needed
    }
    var unit: Annotation.TimeUnit
    var fraction = Fraction.unit
    /// `Z`, `+00`, or nothing.
    var zone = ""
}
