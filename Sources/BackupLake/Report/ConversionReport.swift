import BackupBytes
import BackupRows

/// What a conversion has done: for the manifest, for `--json`, and for embedders.
public struct ConversionReport: Sendable {
    /// What was written of one table.
    public struct Table: Sendable {
        /// The table's true name.
        public var name: TableName
        /// What its lines are.
        public var kind: TableKind
        /// Its columns, as lines have them.
        public var columns: [OutputColumn] = []
        /// Rows written.
        public var rows = 0
        /// Rows that could not be converted and were rejected.
        public var rejected = 0
        /// Bytes of JSON lines, before compression.
        public var bytes = 0
        /// Entries of the export that its rows came from.
        public var entries: [String] = []
        /// What is odd, a line each.
        public var warnings: [String] = []
        /// Blank lines skipped, U+FFFD written, values of JSON columns that are no JSON.
        package var blank = 0, replaced = 0, plainJSON = 0
        /// JSON's own `null`, by key.
        package var jsonNulls: [ExactText: Int] = [:]
        /// NULLs of BIT that may be values, by key.
        package var bitNulls: [ExactText: Int] = [:]

        package init(
            name: TableName, kind: TableKind = .rows, columns: [OutputColumn] = [], rows: Int = 0, rejected: Int = 0,
            bytes: Int = 0,
            entries: [String] = [], warnings: [String] = []
        ) {
            (self.name, self.kind) = (name, kind)
            self.columns = columns
            self.rows = rows
            self.rejected = rejected
            self.bytes = bytes
            self.entries = entries
            self.warnings = warnings
        }
    }

    /// A file that the folder sink has written.
    public struct File: Sendable, Codable, Equatable {
        /// Below the output folder.
        public var path: String
        /// Lines in the file.
        public var rows: Int
        /// Bytes of the file.
        public var bytes: Int
        /// The hash of the file, in hex.
        public var sha256: String
    }

    /// A part of a server's binary logs.
    public struct LogRange: Sendable, Codable, Equatable {
        /// A byte of a log.
        public struct Position: Sendable, Codable, Equatable {
            /// The log's name.
            public var file: String
            /// Bytes before it.
            public var pos: Int

            package init(file: String, pos: Int) { (self.file, self.pos) = (file, pos) }
        }

        /// Where the first transaction begins that the output has.
        public var from: Position
        /// Where the last one ends.
        public var to: Position

        package init(from: Position, to: Position) { (self.from, self.to) = (from, to) }
    }

    /// Names of the inputs.
    public var inputs: [String] = []
    /// Bytes read of them, as they lie.
    public var inputBytes = 0
    /// In the order in which the export first names them.
    public let tables: ReportedTables
    /// The options that shaped the output, by the command's names for them.
    public var options: [String: String] = [:]
    /// What is odd and belongs to no table, a line each.
    public var warnings: [String] = []
    /// What data cost that came before its structure.
    public var spill = SpillCost()
    /// Of binary logs: from where to where they were read.
    public var logs: LogRange?
    /// How long the run took.
    public var seconds = 0.0

    package init(tables: ReportedTables) { self.tables = tables }

    /// Rows that were written, of all tables.
    public var rows: Int { tables.reduce(0) { $0 + $1.rows } }
    /// Rows that were rejected, of all tables.
    public var rejected: Int { tables.reduce(0) { $0 + $1.rejected } }
    /// Bytes of lines, before compression, of all tables.
    public var bytes: Int { tables.reduce(0) { $0 + $1.bytes } }
}
