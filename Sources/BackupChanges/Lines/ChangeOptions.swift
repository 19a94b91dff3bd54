import BackupRows

/// How binary logs become change events.
package struct ChangeOptions: Sendable {
    /// The columns of a row beside what happened to it, instead of Debezium's envelope.
    package var isFlat = false
    /// Changes that are logged as statements are passed over and counted; else they are errors.
    package var skipsStatements = false
    /// The last event that has been loaded already: nothing up to it is delivered.
    package var after: LogPosition?
    /// Bytes of a transaction in memory; the rest of it waits in a file.
    package var transactionMemory = 16 << 20
    /// Where that file lies.
    package var folder = "/tmp"
    /// Which tables are wanted.
    package var wants: @Sendable (TableName) -> Bool = { _ in true }

    package init() {}
}
