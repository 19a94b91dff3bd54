// Walks the tables of an export and looks at every row: swift run sample-rows samples/exports/shop-mysql-csv.tar.gz
import BackupExports

let export = BackupExport(path: CommandLine.arguments[1])
for try await table in export.tables() {
    print("\(table.name): \(table.columns.map(\.name).joined(separator: ", "))")
    var rows = 0, nulls = 0, bytes = 0
    for try await row in table.rows {
        rows += 1
        for value in row.values {
            if value.isNull { nulls += 1 }
            bytes += value.withBytes { $0.count }
        }
    }
    print("  \(rows) rows, \(nulls) NULLs, \(bytes) bytes")
}
