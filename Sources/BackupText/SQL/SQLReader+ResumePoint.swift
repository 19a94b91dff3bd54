import BackupBytes
import BackupRows

/// What a reader of SQL has to remember between two statements or two rows.
extension SQLReader {
    enum Mode: Codable {
        case statements
        /// After VALUES.
        case tuples
        /// After the last tuple, before the statement's end (ON DUPLICATE KEY …).
        case tail
        /// Inside COPY's lines; the first may be a header.
        case copy(CopyOptions, skipsHeader: Bool)

        /// After the head of an INSERT.
        var isInInsert: Bool {
            switch self {
            case .tuples, .tail: true
            case .statements, .copy: false
            }
        }
    }

    /// What is asked for each batch of a table, and changes with statements alone that change layouts, too.
    struct TableFacts {
        let layout: RowLayout
        let isView: Bool
        /// Of its rows in this file, in the catalog.
        let counter: SchemaCatalog.RowCounter
    }

    struct LayoutKey: Hashable, Codable {
        var table: TableName
        var columns: [ExactText]?
        var fieldCount: Int
        var dialect: SQLDialect
    }

    /// What the layout of a COPY was made of.
    struct CopyOrigin: Codable {
        var table: TableName
        var columns: [String]?
        var dialect: CSVDialect
    }

    /// The session between two statements or two rows.
    package struct ResumePoint: ReaderResumePoint {
        var text: TextResumePoint
        var isDecoded: Bool
        var session: SQLSession
        var mode: Mode
        var copy: CopyOrigin?
        var head: InsertHead.Record?
        var hasTuples: Bool
        var isClosed: Bool
        var lines: PassedLines
        var isWide: Bool

        package var offset: Int { text.file }

        /// Nothing has shown whose SQL it is.
        package var isAssumed: Bool { session.dialect.isAssumed }
    }
}
