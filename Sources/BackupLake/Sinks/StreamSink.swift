import BackupRows
import Foundation

/// Writes the lines of all tables to one descriptor (a pipe, a terminal, a file that is open already).
public final class StreamSink: BlockSink {
    /// Of the blocks that it accepts; set before the first.
    package var compression = Compression.none
    private let descriptor: Int32
    private let allowsManyTables: Bool
    private var first: TableName?

    /// `allowsManyTables`: the lines say themselves which table they are of.
    public init(descriptor: Int32, allowsManyTables: Bool) {
        self.descriptor = descriptor
        self.allowsManyTables = allowsManyTables
    }

    /// Refuses a second table, unless many are allowed.
    package func begin(_ table: TableName, kind: TableKind, columns: [OutputColumn]) throws {
        if let first, first != table, !allowsManyTables {
            throw LakeError(
                .badOption, why: "the export has several tables (\(first), \(table)), and their lines would mix",
                remedy: "see \(.tagKey), \(.tables), \(.output)")
        }
        first = first ?? table
    }

    /// Forgets the table, so that another may come.
    package func drop(_ table: TableName) { if first == table { first = nil } }

    /// Writes the lines at once.
    package func write(_ block: OutputBlock, of table: TableName) throws {
        try block.withBytes { try LakeError.write($0, to: descriptor, "the output") }
    }

    package func discard(_ table: TableName) throws { throw LakeError.cannotDiscard(table) }
    package func pause(_ table: TableName) {}
    package func commit(_ report: ConversionReport) {}
    package func abandon(_ report: ConversionReport) {}
}
