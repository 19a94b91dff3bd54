import BackupBytes
import BackupRows
import Synchronization

/// Writers of lines that wait for their next batch: each is used by one worker at a time.
final class ChangeWriters: Sendable {
    private let setup: ReaderSetup
    private let isFlat: Bool
    private let idle = Mutex<[Exclusive<ChangeLines>]>([])

    init(_ setup: ReaderSetup, isFlat: Bool) { (self.setup, self.isFlat) = (setup, isFlat) }

    func withOne<Result: Sendable>(_ body: (ChangeLines) throws -> Result) throws -> Result {
        let writer =
            idle.withLock { $0.popLast() } ?? Exclusive(ChangeLines(setup, isFlat: isFlat))
        defer { idle.withLock { $0.append(writer) } }
        return try writer.use { lines in try body(lines) }
    }
}
