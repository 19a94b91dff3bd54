import BackupBytes
import BackupRows
import CBackupKernels

/// The head of an INSERT, its text up to VALUES, and what its rows are. Statements with the same head have rows of the
/// same layout.
@safe final class InsertHead {
    let table: TableName
    let columns: [String]?
    /// REPLACE and INSERT IGNORE.
    let conflict: PassedStatement?
    /// nil before the first row has shown how many fields there are, where no columns are listed.
    private(set) var layout: RowLayout?
    private(set) var fieldCount: Int?
    /// The statement's first bytes, at least up to the first bracket, and how many of them are the head; 0: it is never
    /// found again.
    private let text: [UInt8]
    private let length: Int
    /// The same for the kernels.
    private let bytes: UnsafeMutablePointer<UInt8>

    /// `text`: see above.
    init(of table: TableName, columns: [String]?, text: [UInt8] = [], length: Int = 0) {
        (self.table, self.columns, self.text, self.length) = (table, columns, text, length)
        conflict = SQLReader.conflict(ofHead: text.prefix(length))
        unsafe bytes = .allocate(capacity: text.count + Int(BK_SLACK))
        for index in text.indices { unsafe bytes[index] = text[index] }
        for index in 0 ..< Int(BK_SLACK) { unsafe bytes[text.count + index] = 0 }
    }

    deinit { unsafe bytes.deallocate() }

    func use(_ layout: RowLayout, fieldCount: Int) { (self.layout, self.fieldCount) = (layout, fieldCount) }

    /// The same head of rows with another number of fields.
    func again() -> InsertHead { InsertHead(of: table, columns: columns, text: text, length: length) }

    func hasText(of other: InsertHead) -> Bool { text == other.text && table == other.table }

    /// Gives it to the kernels. Returns its number, or `Marks.noHead` where they know as many as they can.
    func add(to heads: OpaquePointer) -> UInt32 { unsafe bk_add_head(heads, bytes, text.count, length) }
}

extension InsertHead {
    /// What a reader that resumes needs of it.
    struct Record: Codable {
        var table: TableName
        var columns: [String]?
        var fieldCount: Int?
        var text: [UInt8]
        var length: Int
    }

    var record: Record {
        Record(table: table, columns: columns, fieldCount: fieldCount, text: text, length: length)
    }

    convenience init(_ record: Record) throws(RecordDamaged) {
        guard record.length >= 0, record.length <= record.text.count, record.fieldCount ?? 0 >= 0 else {
            throw RecordDamaged()
        }
        self.init(of: record.table, columns: record.columns, text: record.text, length: record.length)
    }
}
