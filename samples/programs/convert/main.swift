// Converts an export to a folder a table, and says how it goes: swift run sample-convert EXPORT FOLDER
import BackupExports

var options = ExportOptions()
options.tables = TableFilter(included: ["shop.*"], excluded: ["*.events"])
options.values.binary = .hex

let export = BackupExport(path: CommandLine.arguments[1], options: options)
do {
    let report = try await export.convert(toFolder: CommandLine.arguments[2]) { progress in
        if progress.rows % 100_000 == 0 { print("\(progress.rows) rows, \(progress.inputBytes) bytes read") }
    }
    for table in report.tables { print("\(table.name): \(table.rows) rows") }
} catch let error as ExportError {
    print("\(error.code): \(error)")  // what, where, why, and what to do
}
