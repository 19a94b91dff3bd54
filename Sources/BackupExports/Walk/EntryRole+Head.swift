import BackupArchives
import BackupRows
import BackupText

extension EntryRole {
    /// So many of the first bytes show it.
    static let headLength = 4096

    /// What an entry is, by its path and its first bytes.
    init(_ entry: Entry, head: UnsafeRawBufferPointer, options: ExportOptions) {
        if options.readsLogs, Self.isLog(head) {
            self = .log
            return
        }
        if !entry.isAlone, let file = ShellFile(path: entry.path, head: head) {
            self = .shell(file)
            return
        }
        self.init(
            path: entry.path, isAlone: entry.isAlone, format: options.format, dialect: options.dialect,
            look: Look(head, readsParquet: options.readsParquet))
        guard case .data(var part) = self else { return }
        part.isAlone = entry.isAlone
        if !entry.isAlone, !part.isTree, part.format.isDelimited { part.shell = ShellPart(path: entry.path) }
        self = .data(part)
    }
}

extension EntryRole.Look {
    fileprivate init(_ head: UnsafeRawBufferPointer, readsParquet: Bool) {
        let looksLikeSQL =
            UnicodeMark.plainHead(head).map { $0.withUnsafeBytes { SQLHead.looksLikeSQL($0) } }
            ?? SQLHead.looksLikeSQL(head)
        if readsParquet && ContentKind(firstBytes: head) == .parquet {
            self = .parquet
        } else {
            let first = UnsafeRawBufferPointer(rebasing: head.prefix(EntryRole.headLength))
            self = looksLikeSQL ? .sql : JSONHead.looksLikeRows(first) ? .json : .other
        }
    }
}

extension DataPart.Format {
    fileprivate var isDelimited: Bool {
        switch self {
        case .csv, .tab: true
        case .sql, .parquet, .json: false
        }
    }
}

extension EntryRole {
    /// Whether it begins as a binary log, or as an encrypted one.
    fileprivate static func isLog(_ head: UnsafeRawBufferPointer) -> Bool {
        ContentKind(firstBytes: head) == .mysqlBinlog || head.starts(with: [0xFD, 0x62, 0x69, 0x6E])
    }
}

extension ExportOptions {
    /// Whether what begins as a binary log is read as that.
    fileprivate var readsLogs: Bool { format == .auto || format == .binlog }
    /// Whether what begins as Parquet is read as that.
    fileprivate var readsParquet: Bool { format == .auto || format == .parquet }
}
