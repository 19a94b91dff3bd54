import BackupRows

/// Why a binary log cannot be turned into change events.
package struct ChangeError: Error, Equatable, Sendable {
    package enum Kind: Sendable {
        /// Its bytes contradict the format, or each other; or it ends inside an event.
        case damaged
        /// The format has it, and it is not read: encryption, formats of servers before MySQL 5.1.
        case unsupported
        /// A limit with a name was passed.
        case overLimit
        /// A change is logged as a statement: what it did to rows is not in the log.
        case statement
        /// Nobody knows the columns that values are of.
        case unknownColumns
        /// A value that is no text of its column's charset.
        case badText
    }

    package var kind: Kind
    package var why: String
    /// The name of the log, as lines have it.
    package var file: String?
    /// Where the event starts in it.
    package var position: Int?
    package var table: TableName?
    package var column: String?

    init(_ kind: Kind, _ why: String, table: TableName? = nil, column: String? = nil) {
        (self.kind, self.why, self.table, self.column) = (kind, why, table, column)
    }

    static func damaged(_ why: String) -> ChangeError { ChangeError(.damaged, why) }
    static func unsupported(_ why: String) -> ChangeError { ChangeError(.unsupported, why) }

    /// The same at this event, where that was not known.
    func located(_ file: String, _ position: Int) -> ChangeError {
        var error = self
        if error.position == nil { (error.file, error.position) = (file, position) }
        return error
    }

    func located(table: TableName? = nil, column: String? = nil) -> ChangeError {
        var error = self
        error.table = error.table ?? table
        error.column = error.column ?? column
        return error
    }
}
