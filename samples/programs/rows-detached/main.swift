// The same as in rows, in a task that belongs to no actor:
// swift run sample-rows-detached samples/exports/shop-mysql-csv.tar.gz
import BackupExports

let path = CommandLine.arguments[1]
try await Task.detached { [path] in
    for try await table in BackupExport(path: path).tables() {
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
}.value
