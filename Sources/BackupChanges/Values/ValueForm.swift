import BackupRows

/// How the values of one column lie in a row, and what they become: decided once for a table.
enum ValueForm: Sendable {
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
    case text(lengthBytes: Int, ColumnCharset?)
    /// The same, compressed by MariaDB; bytes where it is no text.
    case compressed(lengthBytes: Int, ColumnCharset?, isText: Bool)
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
    /// Bytes of a value; where values have lengths of their own, bytes of the length, negated.
    var width: Int8 {
        switch self {
        case .integer(let bytes, _), .bit(let bytes), .enumeration(let bytes, _), .set(let bytes, _): Int8(bytes)
        case .decimal(let precision, let scale): Int8(DecimalText.length(precision, scale))
        case .float, .oldTimestamp: 4
        case .double, .oldDateTime: 8
        case .year: 1
        case .date, .oldTime: 3
        case .time(let digits): Int8(3 + (digits + 1) / 2)
        case .dateTime(let digits): Int8(5 + (digits + 1) / 2)
        case .timestamp(let digits): Int8(4 + (digits + 1) / 2)
        case .text(let lengthBytes, _), .compressed(let lengthBytes, _, _), .bytes(let lengthBytes, _),
            .json(let lengthBytes), .jsonText(let lengthBytes):
            -Int8(lengthBytes)
        case .uuid, .inet4, .inet6: -1
        case .null: 0
        }
    }

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
