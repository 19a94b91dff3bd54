import BackupExports
import Foundation
import Synchronization
import TestSupport
import Testing

/// A cancelled task ends with CancellationError, and leaves nothing that looks complete.
@Suite struct CancellationTests {
    /// Rows without end.
    final class EndlessSource: ByteSource {
        private let line = Array("1,2,3\n".utf8)
        private var position = 0
        var length: Int? { nil }

        func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
            for index in buffer.indices { buffer[index] = line[(position + index) % line.count] }
            position += buffer.count
            return buffer.count
        }
    }

    @Test(.timeLimit(.minutes(1))) func cancellingAConversion() async throws {
        let scratch = try Scratch(), folder = scratch.place("out")
        let (started, begin) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await BackupExport(source: EndlessSource(), name: "rows.csv").convert(
                toFolder: folder, progress: { _ in begin.yield() })
        }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let output = Output(folder)
        #expect(output.signsOfCompletion.isEmpty)
        #expect(output.manifest?["complete"] as? Bool == false)
        #expect(output.files.contains { $0.hasSuffix(".partial") })
    }

    /// A pipe that never says anything more: only its own `cancel` wakes it.
    final class SilentSource: ByteSource, ReadCanceller {
        private let gate = DispatchSemaphore(value: 0)
        private let blocks = Atomic(false), woken = Atomic(false)
        private let isFirst = Atomic(true)
        var length: Int? { nil }

        func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
            if isFirst.exchange(false, ordering: .relaxed) {
                buffer.copyBytes(from: Array("-- MySQL dump\nINSERT INTO t VALUES (1);\n".utf8))
                return 40
            }
            blocks.store(true, ordering: .releasing)
            gate.wait()
            woken.store(true, ordering: .releasing)
            throw CancellationError()
        }

        var canceller: (any ReadCanceller)? { self }
        func cancel() { gate.signal() }
        func isBlocked() async throws -> Bool { try await comes { blocks.load(ordering: .acquiring) } }
        func wasWoken() async throws -> Bool { try await comes { woken.load(ordering: .acquiring) } }

        /// Looks for twenty seconds; it holds no thread meanwhile.
        private func comes(_ condition: () -> Bool) async throws -> Bool {
            for _ in 0 ..< 2000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
            return condition()
        }
    }

    @Test(.timeLimit(.minutes(1))) func leavingALoopWakesASourceThatIsBlocked() async throws {
        let source = SilentSource()
        let task = Task { for try await _ in BackupExport(source: source, name: "rows.sql").tables() {} }
        #expect(try await source.isBlocked())
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await source.wasWoken())
    }

    @Test(.timeLimit(.minutes(1)), arguments: [true, false])
    func cancellingAnInspectionWakesASourceThatIsBlocked(isCancelledBefore: Bool) async throws {
        let source = SilentSource()
        let task = Task {
            while isCancelledBefore && !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
            return try await BackupExport(source: source, name: "rows.sql").inspect()
        }
        if !isCancelledBefore { #expect(try await source.isBlocked()) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test(.timeLimit(.minutes(1))) func cancellingALoopOverRows() async throws {
        let (started, begin) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            var rows = 0
            for try await table in BackupExport(source: EndlessSource(), name: "rows.csv").tables() {
                for try await _ in table.rows {
                    rows += 1
                    if rows == 10 { begin.yield() }
                }
            }
            return rows
        }
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }
}
