import BackupRows

/// One value of a row: its kind, its bytes, and what they are in Swift, exactly or with an error that says where.
///
/// NULL is nil in every typed form.
public struct RowValue: Sendable {
    @usableFromInline let decoded: DecodedRows
    @usableFromInline let row: Int
    @usableFromInline let column: Int

    @inlinable init(_ decoded: DecodedRows, row: Int, column: Int) {
        self.decoded = decoded
        self.row = row
        self.column = column
    }

    /// What a value is.
    public enum Kind: String, Sendable, Hashable {
        case null
        /// Left out by the export (DEFAULT in an INSERT).
        case absent
        case text
        /// An integer, a decimal or a floating-point number, by its digits.
        case number
        case bool
        /// Bytes: BLOB, BINARY, bytea, GEOMETRY.
        case binary
        /// A JSON document, or PostgreSQL's array as one.
        case json
        /// Text in a column of this type.
        case date, time, timestamp
    }

    /// What the value is.
    public var kind: Kind {
        switch decoded.kind(at: position) {
        case .null: .null
        case .absent: .absent
        case .text:
            switch decoded.batch.layout.times[column] {
            case nil: .text
            case .date: .date
            case .time: .time
            case .timestamp: .timestamp
            }
        case .number: .number
        case .bool: .bool
        case .binary: .binary
        case .json: .json
        }
    }

    /// Whether the value is NULL.
    @inlinable public var isNull: Bool { decoded.isNull(at: position) }
    @inlinable var isAbsent: Bool { decoded.isAbsent(at: position) }

    /// Lends the value's bytes, for as long as `body` runs: text in UTF-8, digits, `true`, the bytes of a binary value,
    /// JSON on one line. NULL has none.
    @inlinable public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(decoded) {} }
        return try body(decoded.bytes(at: position))
    }

    /// A copy of those bytes.
    public var bytes: [UInt8]? { hasValue ? withBytes { Array($0) } : nil }

    /// Text, the digits of a number, JSON; bytes as the base64 or hex that a conversion writes.
    public var string: String? {
        switch decoded.kind(at: position) {
        case .null, .absent: nil
        case .binary: String(decoding: decoded.json(at: position).dropFirst().dropLast(), as: UTF8.self)
        default: withBytes { String(decoding: $0, as: UTF8.self) }
        }
    }

    /// The value as a conversion writes it: `1.10`, `"Ann"`, `null`, `{"a":1}`.
    public var json: String { String(decoding: decoded.json(at: position), as: UTF8.self) }

    /// Neither NULL nor left out.
    var hasValue: Bool { !isNull && !isAbsent }

    /// Its number among the decoded values.
    @inlinable var position: Int { row * decoded.columnCount + column }

    /// The error of a value that is not what was asked for.
    func failure(_ wanted: String) -> ExportError {
        let text = kind == .binary ? "\(bytes?.count ?? 0) bytes" : "“\((string ?? "NULL").prefix(40))”"
        return ExportError(
            .badValue, entry: decoded.batch.origin, table: decoded.batch.table, row: decoded.number(ofRow: row),
            column: decoded.batch.columns[column].name, offset: decoded.offset(ofRow: row),
            why: "\(text) is not \(wanted)")
    }
}

extension RowValue: CustomStringConvertible, Hashable {
    /// The text of a string value, the digits of a number, JSON; `null`.
    public var description: String { string ?? "null" }

    /// Whether both are of the same kind and the same bytes, wherever they come from.
    public static func == (first: RowValue, second: RowValue) -> Bool {
        first.kind == second.kind
            && first.withBytes { a in second.withBytes { b in a.elementsEqual(b) } }
    }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        withBytes { hasher.combine(bytes: $0) }
    }
}
