/// Why a Parquet file cannot be read.
package struct ParquetError: Error, Equatable, Sendable {
    package enum Kind: Sendable {
        /// Its bytes contradict the format, or each other.
        case damaged
        /// The format has it, and it is not read.
        case unsupported
        /// A limit with a name was passed.
        case overLimit
    }

    /// A limit that its user can raise.
    package enum Limit: Sendable { case page, columns, expansion, spill }

    package var kind: Kind
    package var why: String
    /// The path of the column, where one is concerned.
    package var column: String?
    /// The byte of the file.
    package var offset: Int?
    /// The limit that was passed, where it can be raised.
    package var limit: Limit?

    init(_ kind: Kind, _ why: String, column: String? = nil, offset: Int? = nil, limit: Limit? = nil) {
        (self.kind, self.why, self.column, self.offset, self.limit) = (kind, why, column, offset, limit)
    }

    static func damaged(_ why: String) -> ParquetError { ParquetError(.damaged, why) }
    static func unsupported(_ why: String) -> ParquetError { ParquetError(.unsupported, why) }

    /// The same, of this column and byte, where they were not known.
    func located(column: String? = nil, offset: Int? = nil) -> ParquetError {
        var error = self
        error.column = error.column ?? column
        error.offset = error.offset ?? offset
        return error
    }
}
