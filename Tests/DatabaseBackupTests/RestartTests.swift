import AlibabaCloudCore
import BackupBytes
import CloudTestSupport
import Foundation
import Testing

@testable import DatabaseBackup

/// A download that another process goes on with.
@Suite struct RestartTests {
    private static let size = 9 << 20

    @Test func `another source goes on from a place, and the whole is verified`() async throws {
        let it = try Surroundings(size: Self.size)
        let task = try await it.finishedTask()
        let first = try await it.backups.open(task.id)
        let all = try await first.readAll()
        let place = try #require(first.resumePoint(upTo: 5_000_000))
        #expect(place.offset <= 5_000_000 && place.offset > 5_000_000 - 2 * ResumePointMarks.distance)
        #expect(place.checksum != nil && first.start == 0)

        let before = try await it.standIn.record().served
        try await it.standIn.behave(["cuts": [1, 1_000_000], "kill_links_after_cut": true])
        let second = try await it.backups.open(task.id, from: place)
        #expect(second.identity == first.identity && second.start == place.offset && second.length == Self.size)
        #expect(second.resumePoint(upTo: place.offset) == place && second.resumePoint(upTo: place.offset - 1) == nil)
        #expect(try await second.readAll() == all.dropFirst(place.offset))
        // One byte asks what the object is; none of the others is sent twice.
        #expect(try await it.standIn.record().served == before + 1 + Self.size - place.offset)
    }

    @Test func `every place that is given can be gone on from`() async throws {
        let it = try Surroundings(size: Self.size)
        let task = try await it.finishedTask()
        let source = try await it.backups.open(task.id)
        let all = try await source.readAll()
        #expect(source.resumePoint(upTo: 0) == nil && source.resumePoint(upTo: ResumePointMarks.distance - 1) == nil)
        let places = Set((0 ... 9).compactMap { source.resumePoint(upTo: $0 << 20)?.offset })
        #expect(places.count >= 3)  // a mark a MiB, or fewer where bytes come in larger pieces
        for offset in places {
            let place = try #require(source.resumePoint(upTo: offset))
            #expect(try await it.backups.open(task.id, from: place).readAll() == all.dropFirst(offset))
        }
    }

    @Test func `bytes before the place count for the checksum`() async throws {
        let it = try Surroundings(size: Self.size)
        let task = try await it.finishedTask()
        let source = try await it.backups.open(task.id)
        _ = try await source.readAll()
        var place = try #require(source.resumePoint(upTo: 5_000_000))
        place.checksum? ^= 1
        await #expect { try await it.backups.open(task.id, from: place).readAll() } throws: { isKind(.damaged)($0) }
        place.checksum = nil
        await #expect { try await it.backups.open(task.id, from: place) } throws: { isKind(.objectChanged)($0) }
    }

    @Test func `a changed object has another identity, whatever the link`() async throws {
        let it = try Surroundings()
        let task = try await it.finishedTask()
        let identity = try await it.backups.open(task.id).identity
        try await it.standIn.behave(["generation": 2])
        #expect(try await it.backups.open(task.id).identity == identity)
        #expect(!identity.contains("Signature"))
        for change in [["etag": "E2"], ["etag": "E1", "crc": "wrong"], ["crc": "none"]] {
            try await it.standIn.behave(change)
            #expect(try await it.backups.open(task.id).identity != identity)
        }
        #expect(try await Surroundings(size: 100).sourceOfATask().identity != identity)
    }

    @Test func `at the end there is nothing left but to verify`() async throws {
        let it = try Surroundings(size: 1000)
        let task = try await it.finishedTask()
        let right = UInt64(try await it.standIn.record().crc64)
        #expect(
            try await it.backups.open(task.id, from: SourceResumePoint(offset: 1000, checksum: right)).readAll().isEmpty
        )
        let wrong = try await it.backups.open(task.id, from: SourceResumePoint(offset: 1000, checksum: 1))
        await #expect { try await wrong.readAll() } throws: { isKind(.damaged)($0) }
    }

    @Test func `a place beyond the end is another object's`() async throws {
        let it = try Surroundings(size: 1000)
        let task = try await it.finishedTask()
        await #expect {
            try await it.backups.open(task.id, from: SourceResumePoint(offset: 1001, checksum: 1))
        } throws: {
            isKind(.objectChanged)($0)
        }
    }

    @Test func `a store without checksums or ranges`() async throws {
        let it = try Surroundings(size: 3_000_000)
        let task = try await it.finishedTask()
        try await it.standIn.behave(["crc": "none"])
        let source = try await it.backups.open(task.id)
        let all = try await source.readAll()
        let place = try #require(source.resumePoint(upTo: 2_000_000))
        #expect(place.checksum == nil)
        #expect(try await it.backups.open(task.id, from: place).readAll() == all.dropFirst(place.offset))
        try await it.standIn.behave(["ignore_ranges": true])
        let whole = try await it.backups.open(task.id)
        _ = try await whole.readAll()
        #expect(whole.resumePoint(upTo: 3_000_000) == nil)
    }

    @Test func `marks are few and reach far enough back`() {
        let marks = ResumePointMarks(start: SourceResumePoint(offset: 0))
        for offset in stride(from: 0, through: 1 << 30, by: 50_000) { marks.pass(SourceResumePoint(offset: offset)) }
        #expect(marks.last(upTo: 1 << 29) == nil)
        let reach = (1 << 30) - (64 << 20)
        #expect(marks.last(upTo: reach).map { $0.offset > reach - 2 * ResumePointMarks.distance } == true)
        #expect(marks.last(upTo: .max).map { $0.offset > (1 << 30) - 2 * ResumePointMarks.distance } == true)
    }
}

extension Surroundings {
    fileprivate func sourceOfATask() async throws -> DownloadSource { try await backups.open(finishedTask().id) }
}
