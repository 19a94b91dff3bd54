import BackupRows

/// How the values of one column lie in a row, and what they become: decided once for a table.
enum ValueForm {
    case integer(bytes: Int, isUnsigned: Bool)
    case decimal(precision: Int, scale: Int)
    case float, double
    case year
    /// MySQL's BIT of so many bytes.
    case bit(bytes: Int)
    case date
    /// Forms of servers before MySQL 5.6.4.
    case oldTime, oldDateTime, oldTimestamp
    /// By digits of the fraction.
    case time(Int), dateTime(Int), timestamp(Int)
    /// A length of so many bytes, then text. nil: it is UTF-8 as it lies.
    case text(lengthBytes: Int, TextDecoder?)
    /// The same, compressed by MariaDB; bytes where it is no text.
    case compressed(lengthBytes: Int, TextDecoder?, isText: Bool)
    /// `padded`: bytes of a BINARY, whose zeros at the end are not logged.
    case bytes(lengthBytes: Int, padded: Int)
    case json(lengthBytes: Int)
    /// MariaDB's JSON, which is text.
    case jsonText(lengthBytes: Int)
    /// By place, from 1; JSON strings. Without labels the number.
    case enumeration(bytes: Int, labels: [[UInt8]])
    case set(bytes: Int, labels: [[UInt8]])
    /// Types of MariaDB, in a BINARY of so many bytes.
    case uuid, inet4, inet6
    case null
}

extension ValueForm {
    /// Whether values are digits that `bigIntegers` or `decimals` may want as strings.
    func isQuoted(_ values: ValueOptions) -> Bool {
        if values.types == .text { return true }
        return switch self {
        case .integer(8, _): values.bigIntegers == .string
        case .bit(let bytes): bytes > 6 && values.bigIntegers == .string
        case .decimal: values.decimals == .string
        default: false
        }
    }

    /// The JSON type, for the manifest.
    func json(_ values: ValueOptions) -> String {
        switch self {
        case .integer, .decimal, .float, .double, .year, .bit: isQuoted(values) ? "string" : "number"
        case .bytes: values.binary.rawValue
        case .json, .jsonText: values.documents == .embed && values.types == .schema ? "json" : "string"
        case .compressed(_, _, false): values.binary.rawValue
        default: "string"
        }
    }
}
