import BackupRows

/// A statement as far as a reader of rows has to know it.
enum SQLStatement {
    /// INSERT or REPLACE … VALUES: the tuples follow. `columns` is nil without a list.
    case insert(TableName, columns: [String]?)
    /// A row of defaults only.
    case insertDefaults(TableName)
    /// INSERT … SELECT, INSERT … SET: rows that only a server could make.
    case insertExpression(TableName)
    /// COPY … FROM stdin: the lines follow.
    case copy(TableName, columns: [String]?, CopyOptions)
    case createTable(TableSchema, TableCreation)
    /// CREATE TABLE that cannot be read, and why.
    case unreadableTable(String)
    case createView(TableName)
    /// MariaDB's CREATE TABLE … SEQUENCE=1.
    case createSequence(TableName)
    /// CREATE DOMAIN, CREATE TYPE of PostgreSQL: what its values are.
    case createType(TableName, ColumnKind)
    case createSchema(String)
    case createDatabase(String)
    case dropTables([TableName])
    case dropViews([TableName])
    /// DROP DATABASE, DROP SCHEMA.
    case dropNamespaces([String], isDatabase: Bool)
    /// TRUNCATE, DELETE without WHERE.
    case emptyTables([TableName])
    case renameTables([TableRename])
    case alterTable(AlterTable)
    case use(String)
    /// nil: back to the default.
    case searchPath([String]?, isLocal: Bool)
    /// SET ROLE, SET SESSION AUTHORIZATION; nil: no role that the file names.
    case user(String?)
    case settings([Setting])
    /// nil: the same database; no role that the file names.
    case connect(database: String?, user: String?)
    case delimiter([UInt8])
    case transaction(TransactionStep)
    /// It changes or brings rows, and only a server could carry it out.
    case notCarriedOut(PassedStatement, TableName?)
    /// No statement that is known. `table`: which it seems to speak of.
    case unknown(table: TableName?)
    /// Known, and of no effect on rows.
    case other
}

/// How CREATE TABLE treats a table that exists already.
enum TableCreation {
    case new, ifNotExists, orReplace
}

struct TableRename {
    var from: TableName
    /// In PostgreSQL a bare name: the schema stays.
    var to: TableName
}

enum TransactionStep {
    case begin, commit, rollback, rollbackToSavepoint
}
