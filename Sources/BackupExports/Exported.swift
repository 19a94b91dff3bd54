// What users of this library meet: sources of bytes, names of tables, columns, rows, options for values.
@_exported public import BackupBytes
@_exported public import BackupRows
@_exported public import BackupText
