import BackupBytes
import BackupRows
import BackupText

/// From where the rows of each table come, so that two tables of one name are never taken for one: a dump that makes a
/// table fills it alone, and the files of a table lie in one folder.
final class TableHomes {
    private let log: RecordLog<Home>

    private struct Home: Recordable {
        var name: String
        init(_ name: String) { self.name = name }
        init(from record: inout RecordReader) throws { name = try record.text() }
        func write(to record: inout RecordWriter) { record.put(name) }
    }

    /// `length`: that of the log of a walk that is resumed.
    init(_ path: String?, folder: String, length: Int? = nil) throws {
        log =
            if let path, let length { try .reopen(path: path, length: length, folder: folder) } else {
                RecordLog(path: path, folder: folder)
            }
    }

    func flush() throws -> Int { try log.flush() }

    /// A dump makes the table, or a view of its name.
    func noteDeclaration(of table: TableName, in dump: String) throws {
        try log.put(Home(dump), for: "made \(table.key)")
    }
    func noteView(_ name: TableName, in dump: String) throws { try log.put(Home(dump), for: "view \(name.key)") }

    /// Rows of a table come from a dump.
    func admit(_ table: TableName, fromDump dump: String) throws {
        if let other = try log.record(of: "view \(table.key)")?.name, !Self.same(other, dump) {
            throw clash(table, other, dump, "\(other) makes a view of its name")
        }
        guard let maker = try log.record(of: "made \(table.key)")?.name, Self.same(maker, dump) else { return }
        try admit(table, from: dump)
    }

    /// A file has rows of the table.
    func noteRows(of table: TableName, in file: String) throws {
        let key = "from \(table.key)"
        if try log.number(of: key) == nil { try log.put(Home(file), for: key) }
    }

    /// Another file that has filled the table; `isMaker`: it has made the table, too.
    func filler(of table: TableName, otherThan file: String, isMaker: Bool) throws -> String? {
        guard let other = try log.record(of: "from \(table.key)")?.name, !Self.same(other, file) else { return nil }
        guard isMaker else { return other }
        return try log.record(of: "made \(table.key)").map { Self.same($0.name, other) } == true ? other : nil
    }

    /// Rows of a table come from files of a folder.
    func admit(_ table: TableName, fromFolder folder: String) throws {
        try admit(table, from: folder.isEmpty ? "the folder" : folder)
    }

    private func admit(_ table: TableName, from home: String) throws {
        let key = "rows \(table.key)"
        guard let other = try log.record(of: key)?.name else {
            try log.put(Home(home), for: key)
            return
        }
        if !Self.same(other, home) { throw clash(table, other, home, "its rows come from \(other), too") }
    }

    private static func same(_ a: String, _ b: String) -> Bool { ExactText(a) == ExactText(b) }

    private func clash(_ table: TableName, _ first: String, _ second: String, _ why: String) -> ExportError {
        ExportError(
            .badStructure, entry: second, table: table, why: "\(why): tables of two databases, or the same twice",
            remedy: "convert them apart, or see \(.duplicates, "append")")
    }
}
