import BackupChanges
import BackupRows

extension ExportError {
    /// Why a binary log cannot be read.
    init(_ error: ChangeError, entry: String?, table: TableName?) {
        let (code, remedy): (Code, Remedy?) =
            switch error.kind {
            case .damaged: (.damaged, "fetch it again")
            case .unsupported: (.notConvertible, nil)
            case .overLimit: (.overLimit, "see \(.recordLimit)")
            case .statement: (.badStatement, "see \(.statements, "skip")")
            case .unknownColumns: (.badStructure, "see \(.structures)")
            case .badText: (.badRow, "see \(.invalidUTF8, "replace"), \(.structures)")
            }
        // Rows of an XA transaction may lie in an earlier log.
        let isElsewhere = error.file.map { $0 != ChangeLogs.name(of: entry ?? $0) } ?? false
        self.init(
            code, entry: entry, table: error.table ?? table, column: error.column, offset: error.position,
            why: error.why + (isElsewhere ? " (in \(error.file ?? ""))" : ""), remedy: remedy)
    }
}
