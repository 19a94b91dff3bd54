import BackupBytes
import BackupRows

/// The part files of one table, as far as they are.
struct TableParts {
    /// The table's folder, below the output folder.
    var path: String
    let kind: TableKind
    /// Parts that are whole, by their final names.
    var whole: [ConversionReport.File] = []
    /// The one that is being written; its hash is known when it was evicted and not written to since.
    var open: ConversionReport.File?
    /// How many have their final names.
    var named = 0

    init(path: String, kind: TableKind) { (self.path, self.kind) = (path, kind) }
}

extension TableParts: Recordable {
    init(from record: inout RecordReader) throws {
        path = try record.text()
        guard let kind = TableKind(rawValue: try record.text()) else { throw RecordDamaged() }
        self.kind = kind
        whole = try record.list(of: ConversionReport.File.self)
        open = try record.list(of: ConversionReport.File.self).first
        named = try record.count()
        guard named <= whole.count,
            path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy(
                PartPath.isFolderName)
        else {
            throw RecordDamaged()
        }
    }

    func write(to record: inout RecordWriter) {
        record.put(path)
        record.put(kind.rawValue)
        record.put(whole)
        record.put(open.map { [$0] } ?? [])
        record.put(named)
    }
}

extension ConversionReport.File: Recordable {
    package init(from record: inout RecordReader) throws {
        self.init(
            path: try record.text(), rows: try record.count(), bytes: try record.count(), sha256: try record.text())
        guard PartPath.isValid(path) else { throw RecordDamaged() }
    }

    package func write(to record: inout RecordWriter) {
        record.put(path)
        record.put(rows)
        record.put(bytes)
        record.put(sha256)
    }
}
