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

    public struct Entry: Sendable, Encodable {
        public var path: String
        /// `structure`, `csv`, `csv with header`, `tab`, `sql`, `dump`, `not converted`.
        public var role: String
        public var table: String?
        /// Why it is taken for that, and what its first bytes look like.
        public var evidence: [String]
    }

    public struct Table: Sendable, Encodable {
        public var name: String
        public var columns: [OutputColumn]
    }

    public var entries: [Entry] = []
    public var tables: [Table] = []
    /// Bytes of the input, as it lies, that were read.
    public var bytesRead = 0
    /// Nothing is left that was not looked at.
    public var isWhole = true

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
