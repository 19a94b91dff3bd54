import AlibabaCloudCore
import BackupBytes
import CloudTestSupport
import DatabaseBackup
import Foundation
import Testing

@Suite struct DownloadSourceTests {
    /// Reads on a thread of its own, as the protocol asks.
    private func readAll(_ source: any ByteSource, chunk: Int = 10_000) async throws -> Data {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread {
                done.resume(with: Result {
                    var all = Data()
                    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: chunk, alignment: 1)
                    defer { buffer.deallocate() }
                    while case let count = try source.read(into: buffer), count > 0 { all.append(contentsOf: buffer[..<count]) }
                    return all
                })
            }
        }
    }

    @Test func `a download is a byte source that outlives its connections and links`() async throws {
        let it = try Surroundings(size: 9 << 20)
        let task = try await it.finishedTask()
        try await it.standIn.behave(["cuts": [1_000_000, 5_000_000], "kill_links_after_cut": true])
        let source = try await it.backups.open(task.id)
        #expect(source.length == 9 << 20)
        #expect(try await readAll(source).count == 9 << 20)
        #expect(try await it.standIn.record().served == 9 << 20)
    }

    @Test func `the end is an error when the checksum is wrong`() async throws {
        let it = try Surroundings()
        try await it.standIn.behave(["crc": "wrong"])
        let source = try await it.backups.open(it.finishedTask().id)
        await #expect { try await readAll(source) } throws: { isKind(.damaged)($0) }
    }

    @Test func `cancelling wakes a reader that is blocked`() async throws {
        let it = try Surroundings()
        let task = try await it.finishedTask()
        try await it.standIn.behave(["trickle": 20])
        let source = try await it.backups.open(task.id)
        Task.detached {
            try await Task.sleep(for: .milliseconds(100))
            source.cancel()
        }
        await #expect(throws: CancellationError.self) { try await readAll(source) }
    }

    @Test func `nobody reading stops the network`() async throws {
        let it = try Surroundings(size: 64 << 20)
        let source = try await it.backups.open(it.finishedTask().id)
        try await Task.sleep(for: .milliseconds(500))
        // 4 MiB of ours, and what the system's socket buffers hold.
        #expect(try await it.standIn.record().served < 32 << 20)
        source.cancel()
    }
}
