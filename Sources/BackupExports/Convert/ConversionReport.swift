import BackupTables
import Foundation

/// What a conversion has done: for the manifest, for `--json`, and for embedders.
public struct ConversionReport: Sendable {
    public struct Table: Sendable {
        public var name: TableName
        public var columns: [OutputColumn] = []
        /// Rows written.
        public var rows = 0
        /// Rows that could not be converted and were put aside.
        public var rejected = 0
        /// Bytes of JSON lines, before compression.
        public var bytes = 0
        /// Entries of the export that its rows came from.
        public var entries: [String] = []
        public var warnings: [String] = []
        /// Filled by the sink.
        public var files: [File] = []
        /// Blank lines skipped, U+FFFD written, values of JSON columns that are no JSON.
        var blank = 0, replaced = 0, plainJSON = 0
    }

    public struct File: Sendable, Codable, Equatable {
        public var path: String
        public var rows: Int
        public var bytes: Int
        public var sha256: String
    }

    /// Names of the inputs.
    public var inputs: [String] = []
    /// Bytes read of them, as they lie.
    public var inputBytes = 0
    public var tables: [Table] = []
    public var warnings: [String] = []
    public var spool = SpoolCost()
    public var seconds = 0.0

    public var rows: Int { tables.reduce(0) { $0 + $1.rows } }
    public var rejected: Int { tables.reduce(0) { $0 + $1.rejected } }
    public var bytes: Int { tables.reduce(0) { $0 + $1.bytes } }
}
