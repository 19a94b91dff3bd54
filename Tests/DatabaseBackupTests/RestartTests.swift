import AlibabaCloudCore
import BackupBytes
import CloudTestSupport
import Foundation
import Testing

@testable import DatabaseBackup
@testable import ObjectStores

/// A download that another process resumes.
@Suite struct RestartTests {
    private static let size = 9 << 20

    @Test func anotherSourceResumesAtAPointAndTheWholeIsVerified() async throws {
        let it = try Surroundings(size: Self.size)
        let task = try await it.finishedTask()
        let first = try await it.backups.open(task.id)
        let all = try await first.readAll()
        let point = try #require(first.resumePoint(upTo: 5_000_000))
        #expect(point.offset <= 5_000_000 && point.offset > 5_000_000 - 2 * ResumePointMarks.distance)
        #expect(point.checksum != nil && first.start == 0)

        let before = try await it.standIn.record().served
        try await it.standIn.behave(["cuts": [1, 1_000_000], "kill_links_after_cut": true])
        let second = try await it.backups.open(task.id, from: point)
        #expect(second.identity == first.identity && second.start == point.offset && second.length == Self.size)
        #expect(second.resumePoint(upTo: point.offset) == point && second.resumePoint(upTo: point.offset - 1) == nil)
        #expect(try await second.readAll() == all.dropFirst(point.offset))
        // One byte asks what the object is; none of the others is sent twice.
        #expect(try await it.standIn.record().served == before + 1 + Self.size - point.offset)
    }

    @Test func anotherSourceResumesAtEveryPointThatIsGiven() async throws {
        let it = try Surroundings(size: Self.size)
        let task = try await it.finishedTask()
        let source = try await it.backups.open(task.id)
        let all = try await source.readAll()
        #expect(source.resumePoint(upTo: 0) == nil && source.resumePoint(upTo: ResumePointMarks.distance - 1) == nil)
        let points = Set((0 ... 9).compactMap { source.resumePoint(upTo: $0 << 20)?.offset })
        #expect(points.count >= 3)  // a mark a MiB, or fewer where bytes come in larger pieces
        for offset in points {
            let point = try #require(source.resumePoint(upTo: offset))
            #expect(try await it.backups.open(task.id, from: point).readAll() == all.dropFirst(offset))
        }
    }

    @Test func bytesBeforeTheResumePointCountForTheChecksum() async throws {
        let it = try Surroundings(size: Self.size)
        let task = try await it.finishedTask()
        let source = try await it.backups.open(task.id)
        _ = try await source.readAll()
        var point = try #require(source.resumePoint(upTo: 5_000_000))
        point.checksum? ^= 1
        await #expect { try await it.backups.open(task.id, from: point).readAll() } throws: { isKind(.damaged)($0) }
        point.checksum = nil
        await #expect { try await it.backups.open(task.id, from: point) } throws: { isKind(.objectChanged)($0) }
    }

    @Test func aChangedObjectHasAnotherIdentityWhateverTheLink() async throws {
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

    @Test func atTheEndThereIsNothingLeftButToVerify() async throws {
        let it = try Surroundings(size: 1000)
        let task = try await it.finishedTask()
        let right = UInt64(try await it.standIn.record().crc64)
        #expect(
            try await it.backups.open(task.id, from: SourceResumePoint(offset: 1000, checksum: right)).readAll().isEmpty
        )
        let wrong = try await it.backups.open(task.id, from: SourceResumePoint(offset: 1000, checksum: 1))
        await #expect { try await wrong.readAll() } throws: { isKind(.damaged)($0) }
    }

    @Test func aResumePointBeyondTheEndIsOfAnotherObject() async throws {
        let it = try Surroundings(size: 1000)
        let task = try await it.finishedTask()
        await #expect {
            try await it.backups.open(task.id, from: SourceResumePoint(offset: 1001, checksum: 1))
        } throws: {
            isKind(.objectChanged)($0)
        }
    }

    @Test func aStoreWithoutChecksumsOrRanges() async throws {
        let it = try Surroundings(size: 3_000_000)
        let task = try await it.finishedTask()
        try await it.standIn.behave(["crc": "none"])
        let source = try await it.backups.open(task.id)
        let all = try await source.readAll()
        let point = try #require(source.resumePoint(upTo: 2_000_000))
        #expect(point.checksum == nil)
        #expect(try await it.backups.open(task.id, from: point).readAll() == all.dropFirst(point.offset))
        try await it.standIn.behave(["ignore_ranges": true])
        let whole = try await it.backups.open(task.id)
        _ = try await whole.readAll()
        #expect(whole.resumePoint(upTo: 3_000_000) == nil)
    }

    @Test func marksAreFewAndReachFarEnoughBack() {
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
