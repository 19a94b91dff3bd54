import BackupRows
import BackupText

extension ExportError {
    init(_ error: JSONRowsError, entry: String?, table: TableName?) {
        let (code, why, remedy): (Code, String, Remedy) =
            switch error.reason {
            case .changeMessages:
                (
                    .notConvertible,
                    "these are messages of change capture (Canal, DTS), each with the rows of a statement in `data`, "
                        + "and no rows of a table",
                    "convert a full export of the table"
                )
            case .openArray:
                (
                    .damaged, "the file ends inside the array of its rows",
                    "the download was cut: resume or fetch it again"
                )
            case .textAfterArray:
                (.damaged, "text follows the array of the rows", "a file of rows is one array, or an object a line")
            case .lostInArray:
                (
                    .damaged, "the array of rows is damaged, and nothing shows where the next row begins",
                    "fetch or write it again"
                )
            }
        self.init(code, entry: entry, table: table, row: error.row, offset: error.offset, why: why, remedy: remedy)
    }
}
