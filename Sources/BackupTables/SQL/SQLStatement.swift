/// A statement as far as a reader of rows has to know it.
enum SQLStatement {
    /// INSERT or REPLACE … VALUES: the tuples follow. `columns` is nil without a list.
    case insert(TableName, columns: [String]?)
    /// A row of defaults only.
    case insertDefaults(TableName)
    /// INSERT … SELECT, INSERT … SET: rows that only a server could make.
    case insertExpression(TableName)
    /// COPY … FROM stdin: the lines follow.
    case copy(TableName, columns: [String]?, CSVDialect)
    /// COPY with options that are not known, or in binary.
    case copyOptions(TableName)
    case createTable(TableSchema)
    /// CREATE TABLE that cannot be read, and why.
    case unreadableTable(String)
    case createView(TableName)
    case createDomain(String, ColumnKind)
    case use(String)
    case searchPath(String?)
    case setting(name: String, value: String)
    case connect(String)
    case delimiter([UInt8])
    /// UPDATE, DELETE, TRUNCATE, LOAD DATA: it changes rows, and only a server could carry it out.
    case change(String)
    case other
}
