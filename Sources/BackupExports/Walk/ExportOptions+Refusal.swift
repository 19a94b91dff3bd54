import BackupArchives
import BackupRows
import BackupText

extension ExportOptions {
    /// Formats that are known and not read. A page of text beside the data of an archive is no reason to stop.
    func refuse(_ kind: ContentKind, _ entry: Entry, _ role: EntryRole) throws {
        if kind == .empty && entry.isAlone {
            throw ExportError(.noTables, entry: entry.origin, why: "the input is empty")
        }
        if role == .log { return }
        if case .data = role, format == .binlog && kind != .empty {
            throw ExportError(
                .notConvertible, entry: entry.origin, why: "this is no binary log", remedy: "see \(.format)")
        }
        if case .data(let data) = role {
            if data.format == .parquet { return }
            if format == .parquet && kind != .empty {
                throw ExportError(
                    .notConvertible, entry: entry.origin, why: "this is no Parquet file", remedy: "see \(.format)")
            }
            let isUnknown = kind == .text || kind == .unknownBinary
            if isUnknown && format == .auto && entry.path.lowercased().hasSuffix(".parquet") {
                throw ExportError(
                    .damaged, entry: entry.origin, why: "its name says Parquet, and it does not begin with PAR1",
                    remedy: "see \(.format)")
            }
        }
        // Rows may begin with raw bytes: only a lone file is refused for that.
        if kind == .text || kind == .empty || (kind == .unknownBinary && !entry.isAlone) { return }
        if case .data(let data) = role, format == .csv && data.format != .sql { return }
        // UTF-16 without a mark is full of zeros: what the user says it is, it is.
        if kind == .unknownBinary, let encoding, Charset(named: encoding)?.isASCIICompatible == false { return }
        var isData = entry.isAlone
        if case .data = role { isData = true }
        if !isData && (kind == .html || kind == .xml || kind == .sqlite) { return }
        if role == .ignored && kind == .program { return }
        throw ExportError(.notConvertible, entry: entry.origin, why: "this is \(kind.explanation)")
    }
}
