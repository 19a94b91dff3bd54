import BackupArchives
import BackupBytes
import BackupLake
import BackupRows
import BackupText
import Foundation

/// What an export holds, as far as it was looked at.
public struct ExportInspection: Sendable, Encodable {
    /// Input bytes that are looked at unless all are asked for: 8 MiB.
    public static let usualLimit = 8 << 20

    /// A file of the input.
    public struct Entry: Sendable, Encodable {
        /// Its path in the archive or folder.
        public var path: String
        /// `structure`, `csv`, `csv with header`, `tab`, `sql`, `parquet`, `dump`, `not converted`.
        public var role: String
        /// The table that it belongs to.
        public var table: String?
        /// Why it is taken for that, and what its first bytes look like.
        public var evidence: [String]
    }

    /// A table, with its columns.
    public struct Table: Sendable, Encodable {
        /// Its true name.
        public var name: String
        /// Its columns, in order.
        public var columns: [OutputColumn]
    }

    /// The files, in the order of the input.
    public var entries: [Entry] = []
    /// The tables, in the order they were met.
    public var tables: [Table] = []
    /// Bytes of the input, as it lies, that were read.
    public var bytesRead = 0
    /// Nothing is left that was not looked at.
    public var isWhole = true

    /// The inspection as one JSON object.
    public func json() throws -> Data { try JSONLine.encode(self) }
}

extension BackupExport {
    /// Looks at the export without converting it; `limit` input bytes, or all.
    ///
    /// - Throws: `ExportError`; `CancellationError` when the task is cancelled.
    public func inspect(limit: Int? = ExportInspection.usualLimit) async throws -> ExportInspection {
        let inspector = Inspector(self, limit: limit)
        return try await withTaskCancellationHandler {
            try await Stage.run("sluice.inspect") { try inspector.run() }
        } onCancel: {
            inspector.cancel()
        }
    }
}
