// Sends the lines of every table to a sink of one's own, here one that counts: swift run sample-own-sink EXPORT
import BackupExports
import BackupLake

final class CountingSink: RowSink {
    var bytes: [TableName: Int] = [:]

    func begin(_ table: TableName, columns: [OutputColumn]) { bytes[table] = 0 }
    func write(_ lines: UnsafeRawBufferPointer, rows: Int, of table: TableName) {
        bytes[table, default: 0] += lines.count
    }
}

let sink = CountingSink()
let report = try await BackupExport(path: CommandLine.arguments[1]).convert(into: sink)
for (table, bytes) in sink.bytes.sorted(by: { $0.key < $1.key }) { print("\(table): \(bytes) bytes of JSON lines") }
print("\(report.rows) rows in all")
