import BackupBytes

/// What a reader finds, in the order of the entry.
package enum RowEvent {
    case rows(ReadRows)
    /// A record that cannot be read; the reader has stepped over it.
    case fault(RowFault, TableName)
    /// A table is declared here.
    case declared(TableSchema)
    /// What looked like a table is a view: it has no rows of its own.
    case view(TableName)
    /// A table that nobody has declared is named here, with its columns as far as they are known.
    case met(TableName, [Column])
    /// All that came of the table before in this file is no more: the table is removed, or only its rows (`isEmptied`).
    case dropped(TableName, isEmptied: Bool)
    /// The file removes the table, or its rows, and has met none of them; `what` it does, and where. `isForGood`: it
    /// does not make the table again.
    case removes(TableName, what: String, isForGood: Bool)
    case warning(String)
    /// A warning that counts, about a table where that is known.
    case note(String, TableName?)
    /// A sign that the file was cut: a warning, or an error where the user is strict.
    case cut(String)
}

/// A format: bytes in, row batches out.
package protocol RowReader: AnyObject {
    associatedtype ResumePoint: ReaderResumePoint

    /// The next event; nil at the end.
    func next() throws -> RowEvent?

    /// Where another reader can resume, between two records; nil where none can just now.
    var resumePoint: ResumePoint? { get }
}

/// Where a reader of one format can be resumed, and what it knows by then.
package protocol ReaderResumePoint: Codable, Sendable {
    /// The byte of the file at which reading resumes.
    var offset: Int { get }
}

/// What all readers of a conversion share.
package struct ReaderSetup: Sendable {
    /// How lines are written.
    package var lines = LineFormat()
    package var binaryForm = BinaryForm.raw
    /// Slabs for input; batches give them back.
    package var pool = SlabPool(limit: 32)
    /// Slabs of rows of many tables: batches of few rows would cost more than their rows do. As each slab makes many
    /// batches, few slabs are under way.
    package var widePool = SlabPool(capacity: 4 * Slab.usualCapacity, limit: 4)
    package var marks = MarksPool()
    /// Memory for pages of columns and what is decoded of them.
    package var blocks = BlockPool()
    /// There are more workers than a thread that inflates and one that marks keep busy: readers count records of
    /// delimited text and workers mark them, and threads that are idle inflate members of gzip.
    package var hasManyWorkers = false
    /// The longest record, in bytes.
    package var recordLimit = ReaderSetup.usualRecordLimit
    /// Columns of one table.
    package var columnLimit = 65_536
    /// SQL that is no statement we know is passed over and counted; else it is an error.
    package var skipsUnknownStatements = false
    /// The name of what is read, for people.
    package var origin = ""

    package static let usualRecordLimit = 256 * 1024 * 1024 - 1

    package init() {}
}
