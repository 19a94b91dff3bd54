import BackupRows
import BackupText

/// How far a conversion is.
public struct ConversionProgress: Sendable {
    /// The table that is being read, where one is.
    public var table: TableName?
    /// Bytes read of the inputs as they lie, and how many there are, where known.
    public var inputBytes = 0
    /// Bytes of all inputs; nil where one has no known length.
    public var inputTotal: Int?
    /// Rows and bytes written.
    public var rows = 0
    /// Bytes of lines so far, before compression.
    public var outputBytes = 0
}
