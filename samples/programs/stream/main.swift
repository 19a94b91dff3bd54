// Reads an export from any source of bytes, here one of our own over a file: swift run sample-stream EXPORT
// Batches come as arrays of rows; the task can be cancelled at any of them.
import BackupExports

/// A source that counts what is read through it. `read` blocks, so it is only ever called on threads of the library.
final class CountingSource: ByteSource, @unchecked Sendable {
    let file: FileSource
    private(set) var count = 0

    init(path: String) throws { file = try FileSource(path: path) }

    var length: Int? { file.length }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let read = try file.read(into: buffer)
        count += read
        return read
    }
}

let source = try CountingSource(path: CommandLine.arguments[1])
let export = BackupExport(source: source, name: "shop")
for try await table in export.tables() {
    var rows = 0
    for try await batch in table.batches { rows += batch.count }
    print("\(table.name): \(rows) rows")
}
print("\(source.count) bytes read")
