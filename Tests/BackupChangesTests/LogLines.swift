import BackupBytes
import BackupChanges
import BackupRows
import Foundation
import Testing

/// The lines that logs become, and what is reported beside them.
struct LogLines {
    var lines: [String] = []
    var notes: [String] = []

    /// `size`: bytes of a read. `point`: where the first log is resumed. `canResume`: gets where the reader can be
    /// resumed, and how many lines came before. `whenRead`: gets lines as they come.
    init(
        _ logs: [(name: String, bytes: [UInt8])], changes: ChangeOptions = ChangeOptions(),
        values: ValueOptions = ValueOptions(), size: Int = .max, at point: ChangeReader.ResumePoint? = nil,
        canResume: (ChangeReader.ResumePoint, Int) throws -> Void = { _, _ in },
        whenRead: ([String]) -> Void = { _ in }
    ) throws {
        var setup = ReaderSetup()
        setup.lines = LineFormat(values: values, tagKey: "table")
        let session = ChangeSession(
            setup, changes,
            TableNames { _ in
                nil
            } declare: { _, _ in
                []
            })
        let emitter = Emitter(pool: SlabPool(), collectsFaults: false)
        for (index, (name, bytes)) in logs.enumerated() {
            let point = index == 0 ? point : nil
            let source = ShortReads(Array(bytes[(point?.offset ?? 0)...]), size: size)
            let reader = ChangeReader(source, file: name, origin: name, session: session, at: point)
            while let event = try reader.next() {
                switch event {
                case .rows(let rows):
                    let emitted = try rows.lines(by: emitter), written = Self.text(emitted)
                    if emitted.faults.isEmpty {
                        // The batch, which others than lines are made of, says the same.
                        #expect(Self.text(emitter.emit(try rows.batch())).joined() == written.joined())
                    }
                    let read = written.flatMap { text in
                        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
                    }
                    whenRead(read)
                    lines += read
                case .note(let text, _): notes.append(text)
                default: break
                }
                if let point = reader.resumePoint { try canResume(point, lines.count) }
            }
        }
        notes += session.end()
    }

    private static func text(_ rows: EmittedRows) -> [String] {
        rows.chunks.map { String(decoding: $0.slab.bytes, as: UTF8.self) }
    }
}

/// Bytes that come in pieces.
private final class ShortReads: ByteSource {
    private let bytes: [UInt8]
    private let size: Int
    private var next = 0

    init(_ bytes: [UInt8], size: Int) { (self.bytes, self.size) = (bytes, size) }

    var length: Int? { bytes.count }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = min(size, buffer.count, bytes.count - next)
        buffer.copyBytes(from: bytes[next ..< next + count])
        next += count
        return count
    }
}
