import BackupRows

/// Gives a sink of somebody's own the whole lines that `RowSink` promises.
package final class LineSink: BlockSink {
    private let sink: any RowSink

    package init(_ sink: any RowSink) { self.sink = sink }

    package var compression: Compression { .none }

    package func write(_ block: OutputBlock, of table: TableName) throws {
        guard case .lines(let lines) = block else { throw LakeError.linesAlone }
        try lines.withBytes { try sink.write($0, rows: lines.rows, of: table) }
    }

    package func begin(_ table: TableName, kind: TableKind, columns: [OutputColumn]) throws {
        try sink.begin(table, columns: columns)
    }
    package func pause(_ table: TableName) throws { try sink.pause(table) }
    package func drop(_ table: TableName) throws { try sink.drop(table) }
    package func discard(_ table: TableName) throws { try sink.discard(table) }
    package func commit(_ report: ConversionReport) throws { try sink.commit(report) }
    package func abandon(_ report: ConversionReport) { sink.abandon(report) }
}

extension LakeError {
    /// A compression was asked for, and the sink accepts lines alone.
    package static var linesAlone: LakeError {
        LakeError(
            .badOption, why: "a sink of one's own is given whole lines, and those are not compressed",
            remedy: "compress what the sink writes")
    }
}
