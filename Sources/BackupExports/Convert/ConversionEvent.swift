import BackupLake
import BackupRows
import BackupText
import Logging

/// What a conversion reports as it happens.
public enum ConversionEvent: Sendable {
    case table(TableName)
    case entry(String, TableName?)
    case rejected(TableName, row: Int, reason: String)
    case warning(String, TableName?)
    /// Another run can resume from here: so many rows are safe.
    case checkpoint(rows: Int)
    /// The run resumes an earlier one, which has written so many rows.
    case resumed(rows: Int)
}

extension Logger {
    /// Warnings and resumed runs are for operators, the rest for who looks closer. No values of rows are logged.
    func log(_ event: ConversionEvent) {
        switch event {
        case .table(let table): debug("table", metadata: ["table": "\(table)"])
        case .entry(let entry, let table):
            debug("entry", metadata: ["entry": "\(entry)", "table": "\(table?.description ?? "")"])
        case .rejected(let table, let row, let reason):
            notice("row rejected", metadata: ["table": "\(table)", "row": "\(row)", "reason": "\(reason)"])
        case .warning(let text, let table): warning("\(text)", metadata: table.map { ["table": "\($0)"] })
        case .checkpoint(let rows): debug("checkpoint", metadata: ["rows": "\(rows)"])
        case .resumed(let rows): notice("resumed an earlier run", metadata: ["rows": "\(rows)"])
        }
    }

    func log(_ report: ConversionReport) {
        info(
            "converted",
            metadata: [
                "tables": "\(report.tables.count)", "rows": "\(report.rows)", "rejected": "\(report.rejected)",
                "input_bytes": "\(report.inputBytes)",
                "output_bytes": "\(report.bytes)", "seconds": "\(report.seconds)",
            ])
    }
}
