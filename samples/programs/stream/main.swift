// Reads an export from any source of bytes, here one of our own over a file: swift run sample-stream EXPORT
// Batches come as arrays of rows; the task can be cancelled at any of them.
import BackupExports
import Synchronization

/// A source that counts what is read through it. `read` blocks, so it is only ever called on threads of the library.
final class CountingSource: ByteSource {
    let file: FileSource
    /// Apart from the source, which is handed over: any thread may look.
    let count: Count

    init(path: String, count: Count) throws {
        file = try FileSource(path: path)
        self.count = count
    }

    var length: Int? { file.length }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let read = try file.read(into: buffer)
        count.bytes.add(read, ordering: .relaxed)
        return read
    }
}

final class Count: Sendable {
    let bytes = Atomic(0)
}

let count = Count()
let export = BackupExport(source: try CountingSource(path: CommandLine.arguments[1], count: count), name: "shop")
for try await table in export.tables() {
    var rows = 0
    for try await batch in table.batches { rows += batch.count }
    print("\(table.name): \(rows) rows")
}
print("\(count.bytes.load(ordering: .relaxed)) bytes read")
