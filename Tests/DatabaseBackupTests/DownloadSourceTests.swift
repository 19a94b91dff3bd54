import AlibabaCloudCore
import BackupBytes
import CloudTestSupport
import DatabaseBackup
import Foundation
import Synchronization
import Testing

@Suite struct DownloadSourceTests {
    @Test func aDownloadIsAByteSourceThatOutlivesItsConnectionsAndLinks() async throws {
        let it = try Surroundings(size: 9 << 20)
        let task = try await it.finishedTask()
        try await it.standIn.behave(["cuts": [1_000_000, 5_000_000], "kill_links_after_cut": true])
        let source = try await it.backups.open(task.id)
        #expect(source.length == 9 << 20)
        #expect(try await source.readAll().count == 9 << 20)
        #expect(try await it.standIn.record().served == 9 << 20)
    }

    @Test func theEndIsAnErrorWhenTheChecksumIsWrong() async throws {
        let it = try Surroundings()
        try await it.standIn.behave(["crc": "wrong"])
        let source = try await it.backups.open(it.finishedTask().id)
        await #expect { try await source.readAll() } throws: { isKind(.damaged)($0) }
    }

    @Test func noReaderGetsAllBytesBeforeTheChecksumIsRight() async throws {
        let it = try Surroundings(size: 300_000)
        try await it.standIn.behave(["crc": "wrong"])
        let source = try await it.backups.open(it.finishedTask().id)
        let seen = Mutex(0)
        await #expect { try await source.readAll { count in seen.withLock { $0 += count } } } throws: {
            isKind(.damaged)($0)
        }
        #expect(seen.withLock { $0 } < 300_000)
    }

    @Test func cancellingWakesAReaderThatIsBlocked() async throws {
        let it = try Surroundings()
        let task = try await it.finishedTask()
        try await it.standIn.behave(["trickle": 20])
        let source = try await it.backups.open(task.id)
        Task.detached {
            try await Task.sleep(for: .milliseconds(100))
            source.cancel()
        }
        await #expect(throws: CancellationError.self) { try await source.readAll() }
    }

    @Test func withoutAReaderTheNetworkStops() async throws {
        let it = try Surroundings(size: 64 << 20)
        let source = try await it.backups.open(it.finishedTask().id)
        try await Task.sleep(for: .milliseconds(500))
        // 4 MiB of ours, and what the system's socket buffers hold.
        #expect(try await it.standIn.record().served < 32 << 20)
        source.cancel()
    }
}
