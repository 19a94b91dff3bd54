// Walks the tables of an export and looks at every row: swift run sample-rows samples/exports/shop-mysql-csv.tar.gz
import BackupExports

let export = BackupExport(path: CommandLine.arguments[1])
for try await table in export.tables() {
    print("\(table.name): \(table.columns.map(\.name).joined(separator: ", "))")
    var rows = 0, nulls = 0
    for try await row in table.rows {
        rows += 1
        nulls += row.keys.count { row[$0]?.isNull == true }
    }
    print("  \(rows) rows, \(nulls) NULLs")
}
