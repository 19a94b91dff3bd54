import BackupArchives
import BackupBytes
import BackupParquet
import BackupRows

extension Inspector {
    /// A Parquet file: what its footer says. One that cannot be read by ranges is spilled to get there.
    func describe(
        _ entry: Entry, _ part: DataPart, _ known: KnownTable, _ source: PeekedSource, _ counter: ByteCounter,
        _ found: inout Findings
    ) throws {
        var lines: [String] = []
        do {
            if let ranges = try ranges(of: source, counter) {
                let file = try ParquetFile(ranges)
                lines = Self.lines(file)
                if !found.tables.contains(known.name) {
                    let reader = try ParquetReader(
                        file, table: known.name, schema: known.schema, family: known.family, setup: ReaderSetup())
                    found.tables.putLast(.init(name: known.name.description, columns: reader.layout.outputColumns))
                }
            } else {
                lines = ["its footer comes after what was looked at"]
            }
        } catch let error as ParquetError {
            lines = ["not read: \(error.column.map { "column \($0): " } ?? "")\(error.why)"]
        }
        found.entries.append(
            .init(path: entry.path, role: "parquet", table: known.name.description, evidence: lines))
    }

    /// nil: it is longer than what is to be looked at.
    private func ranges(of source: PeekedSource, _ counter: ByteCounter) throws -> (any RangedBytes)? {
        if let seekable = source.seekable { return RangedSource(seekable) }
        let spill = try Spill(export.options, logs: nil, isStream: false)
        var rows = try spill.begin(at: nil, isRanged: true)
        while try spill.add(to: &rows, from: source) {
            try checkCancellation()
            if let limit, counter.count > limit { return nil }
        }
        return try spill.ranges(rows)
    }

    private static func lines(_ file: ParquetFile) -> [String] {
        let groups = file.rowGroupCount
        var lines = [
            "\(file.rowCount) rows in \(groups) row group\(groups == 1 ? "" : "s"), "
                + (file.codecs.isEmpty ? "no pages" : file.codecs.joined(separator: ", "))
                + (file.writer.map { ", written by \($0)" } ?? "")
        ]
        lines += file.leaves.prefix(linesShown).map { "\($0.name)  \($0.typeText)" }
        if file.leaves.count > linesShown { lines.append("and \(file.leaves.count - linesShown) more columns") }
        return lines
    }

    /// Columns that are listed.
    private static let linesShown = 100
}

extension EntryRole {
    var isParquet: Bool { if case .data(let part) = self { part.format == .parquet } else { false } }
}
