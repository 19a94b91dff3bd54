// Walks the tables of an export and looks at every row: swift run sample-rows samples/exports/shop-mysql-csv.tar.gz
import BackupExports

let path = CommandLine.arguments[1]
// At top level, rows come to the main actor a batch at a time; with --detached, to none.
if CommandLine.arguments.contains("--detached") {
    try await Task.detached { [path] in try await walk(path) }.value
} else {
    try await walk(path)
}

/// Wherever it is called, it stays there: a loop over rows leaves its actor once a batch.
func walk(_ path: String, on actor: isolated (any Actor)? = #isolation) async throws {
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
}
