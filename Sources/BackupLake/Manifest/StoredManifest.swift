import BackupBytes
import BackupRows
import Foundation

/// A manifest as it lies in a folder.
struct StoredManifest: Decodable {
    struct Source: Decodable {
        var inputs: [String]
        var bytes: Int
        var options: [String: String]
        var seconds: Double
        var spill: SpillCost

        enum CodingKeys: String, CodingKey {
            case inputs, bytes, options, seconds
            case spill = "spool"
        }
    }

    struct Table: Decodable {
        var database: String?
        var schema: String?
        var table: String
        /// nil: an earlier version wrote it.
        var kind: TableKind?
        var rows: Int
        var rejected: Int
        var bytes: Int
        var columns: [OutputColumn]
        var files: [ConversionReport.File]
        var entries: [String]
        var warnings: [String]
    }

    var version: Int
    var complete: Bool
    var source: Source
    var tables: [Table]
    var warnings: [String]
    var logs: ConversionReport.LogRange?

    /// nil: there is none, or it is somebody else's.
    /// - Throws: where it lists what no run has written.
    static func read(in store: any LakeStore) throws -> StoredManifest? {
        guard let data = try store.contents(of: Manifest.name, limit: .max) else { return nil }
        guard let manifest = try? JSONDecoder().decode(StoredManifest.self, from: data), manifest.version == 1 else {
            return nil
        }
        if let wrong = manifest.parts.first(where: { !PartPath.isValid($0.path) }) {
            throw LakeError(
                .outputExists,
                why: "\(store.location(of: Manifest.name)) lists “\(wrong.path)”, which no run has written")
        }
        return manifest
    }

    var parts: [ConversionReport.File] { tables.flatMap(\.files) }

    /// What the run that wrote it has reported.
    func report() throws -> ConversionReport {
        var report = ConversionReport(tables: ReportedTables(log: RecordLog()))
        (report.inputs, report.inputBytes, report.options) = (source.inputs, source.bytes, source.options)
        (report.warnings, report.spill, report.seconds) = (warnings, source.spill, source.seconds)
        report.logs = logs
        for table in tables {
            try report.tables.add(
                ConversionReport.Table(
                    name: TableName(database: table.database, schema: table.schema, table: table.table),
                    kind: table.kind ?? .rows, columns: table.columns, rows: table.rows,
                    rejected: table.rejected, bytes: table.bytes, entries: table.entries, warnings: table.warnings))
        }
        return report
    }
}
