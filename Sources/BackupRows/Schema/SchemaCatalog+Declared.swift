import BackupBytes

extension SchemaCatalog {
    /// What is known by a name.
    package enum Declared: Recordable {
        case table(TableSchema)
        /// A name is a table's or a view's: mysqldump declares a table for each view first.
        case view
        case sequence
        /// How a table of MySQL is written, by its name in lower case; nil: two tables differ only in their case.
        case spelling(TableName?)

        private enum Code: Int { case view, table, spelling, sequence }

        package init(from record: inout RecordReader) throws {
            switch Code(rawValue: try record.number()) {
            case .view: self = .view
            case .sequence: self = .sequence
            case .table: self = .table(try TableSchema(from: &record))
            case .spelling: self = .spelling(try record.flag() ? TableName(from: &record) : nil)
            case nil: throw RecordDamaged()
            }
        }

        package func write(to record: inout RecordWriter) {
            switch self {
            case .view: record.put(Code.view.rawValue)
            case .sequence: record.put(Code.sequence.rawValue)
            case .table(let schema):
                record.put(Code.table.rawValue)
                schema.write(to: &record)
            case .spelling(let name):
                record.put(Code.spelling.rawValue)
                record.put(name != nil)
                name?.write(to: &record)
            }
        }
    }
}
