/// A transaction whose end has not been read yet, or whose events are being delivered.
final class Transaction {
    let changes: ChangeStore
    var gtid: String?
    var thread: Int?
    /// Where it begins.
    let start: LogPosition
    /// BEGIN, or MariaDB's GTID, has opened it: only its COMMIT, ROLLBACK or XID ends it.
    var isExplicit = false
    /// Of an XA transaction.
    var xid: String?
    /// Logs that its events lie in.
    private(set) var files: [String] = []
    private(set) var tables: [ChangedTable] = []
    private var savepoints: [(name: String, count: Int)] = []
    /// Where its commit is; known when it is delivered.
    var end: LogPosition?

    init(at start: LogPosition, gtid: String?, memoryLimit: Int, folder: String) {
        (self.start, self.gtid) = (start, gtid)
        changes = ChangeStore(memoryLimit: memoryLimit, folder: folder)
    }

    var isEmpty: Bool { changes.count == 0 }

    /// The number of this log among those that its events lie in.
    func number(of file: String) -> Int {
        if files.last != file { files.append(file) }
        return files.count - 1
    }

    func number(of table: ChangedTable) -> Int {
        if let number = tables.lastIndex(where: { $0 === table }) { return number }
        tables.append(table)
        return tables.count - 1
    }

    // MARK: Savepoints

    func setSavepoint(_ name: String) {
        savepoints.removeAll { $0.name.lowercased() == name.lowercased() }
        savepoints.append((name, changes.count))
    }

    /// false: it has none of this name.
    func rollBack(to name: String) -> Bool {
        guard let index = savepoints.lastIndex(where: { $0.name.lowercased() == name.lowercased() }) else {
            return false
        }
        changes.truncate(to: savepoints[index].count)
        savepoints.removeSubrange((index + 1)...)
        return true
    }
}
