import AlibabaCloudCore
import CloudTestSupport
import DatabaseBackup
import Foundation
import Synchronization
import Testing

@Suite struct FetchTests {
    private static let size = 3_000_000

    @Test func aFileHasItsNameOnlyWhenVerified() async throws {
        let (it, folder) = (try Surroundings(size: Self.size), try Folder())
        let task = try await it.finishedTask()
        let report = try await it.backups.fetch(task.id, to: folder.file("a.tar.gz"))
        let record = try await it.standIn.record()
        #expect(report.verification == .checksum && String(report.checksum) == record.crc64)
        #expect(report.fetched == Self.size && report.connections == 1 && record.served == Self.size)
        #expect(folder.names == ["a.tar.gz"] && folder.bytes("a.tar.gz")?.count == Self.size)
    }

    @Test(arguments: [false, true])
    func cutConnectionsAndDeadLinksCostNoByteTwice(killingLinks: Bool) async throws {
        let (it, folder) = (try Surroundings(size: Self.size), try Folder())
        let task = try await it.finishedTask()
        try await it.standIn.behave([
            "cuts": [100_000, 1, 2_000_000], "kill_links_after_cut": killingLinks, "store_errors": 1,
        ])
        let report = try await it.backups.fetch(task.id, to: folder.file("a"))
        let record = try await it.standIn.record()
        #expect(report.verification == .checksum && record.served == Self.size)
        #expect(record.count("DescribeDownloadBackupSetStorageInfo") == (killingLinks ? 4 : 1))
        #expect(record.requests.contains { $0.range == "bytes=100001-" && $0.if_match == "\"E1\"" })
    }

    @Test func severalRangesAtOnceMakeTheSameFile() async throws {
        let (it, folder) = (try Surroundings(size: 64 << 20), try Folder())
        let task = try await it.finishedTask()
        try await it.standIn.behave(["cuts": [1, 7_000_000]])
        let report = try await it.backups.fetch(task.id, to: folder.file("a"), options: FetchOptions(parallel: 4))
        #expect(report.verification == .checksum && report.bytes == 64 << 20)
        let ranges = Set(try await it.standIn.record().requests.compactMap(\.range))
        #expect(ranges.isSuperset(of: ["bytes=0-0", "bytes=0-16777215", "bytes=50331648-67108863"]))
    }

    @Test func whatAnInterruptedRunLeftIsResumed() async throws {
        let (it, folder) = (try Surroundings(size: Self.size), try Folder())
        let task = try await it.finishedTask()
        try await it.standIn.behave(["cuts": [1_234_567]])
        let once = FetchOptions(retry: RetryPolicy(attempts: 1))
        await #expect { try await it.backups.fetch(task.id, to: folder.file("a"), options: once) } throws: {
            isKind(.network)($0)
        }
        #expect(folder.names == ["a.partial", "a.partial.state"])
        #expect(folder.bytes("a.partial")?.count == 1_234_567)
        #expect(
            String(decoding: folder.bytes("a.partial.state") ?? Data(), as: UTF8.self).contains("Signature") == false)
        let report = try await it.backups.fetch(task.id, to: folder.file("a"))
        #expect(report.fetched == Self.size - 1_234_567 && report.verification == .checksum)
        #expect(try await it.standIn.record().served == Self.size)
    }

    @Test func halfOfSomethingElseIsNeitherResumedNorRemoved() async throws {
        let (it, folder) = (try Surroundings(size: Self.size), try Folder())
        let task = try await it.finishedTask()
        try Data("half".utf8).write(to: URL(filePath: folder.file("a.partial")))
        await #expect { try await it.backups.fetch(task.id, to: folder.file("a")) } throws: {
            isKind(.outputExists)($0)
        }
        try await it.standIn.behave(["cuts": [1000]])
        _ = try? await it.backups.fetch(
            task.id, to: folder.file("b"), options: FetchOptions(retry: RetryPolicy(attempts: 1)))
        await #expect { try await it.backups.fetch("dt-other", to: folder.file("b")) } throws: {
            isKind(.outputExists)($0)
        }
        #expect(folder.bytes("a.partial") == Data("half".utf8) && folder.bytes("b.partial")?.count == 1000)
    }

    @Test func withoutResumingItBeginsAnew() async throws {
        let (it, folder) = (try Surroundings(size: Self.size), try Folder())
        let task = try await it.finishedTask()
        try await it.standIn.behave(["cuts": [1000]])
        _ = try? await it.backups.fetch(
            task.id, to: folder.file("a"), options: FetchOptions(retry: RetryPolicy(attempts: 1)))
        let report = try await it.backups.fetch(task.id, to: folder.file("a"), options: FetchOptions(resumes: false))
        #expect(report.fetched == Self.size)
    }

    @Test(arguments: ["http", "slashes", "quoted"])
    func linksAreReadInEveryForm(form: String) async throws {
        let (it, folder) = (try Surroundings(), try Folder())
        try await it.standIn.behave(["url_form": form])
        let task = try await it.finishedTask()
        #expect(try await it.backups.fetch(task.id, to: folder.file("a")).verification == .checksum)
    }

    @Test func aChangedObjectIsNotMixedWithTheOldOne() async throws {
        let (it, folder) = (try Surroundings(size: Self.size), try Folder())
        let task = try await it.finishedTask()
        try await it.standIn.behave(["cuts": [1000]])
        _ = try? await it.backups.fetch(
            task.id, to: folder.file("a"), options: FetchOptions(retry: RetryPolicy(attempts: 1)))
        try await it.standIn.behave(["etag": "E2"])
        await #expect { try await it.backups.fetch(task.id, to: folder.file("a")) } throws: {
            isKind(.objectChanged)($0)
        }
        #expect(folder.names.contains("a.partial") && !folder.names.contains("a"))
    }

    @Test func aWrongChecksumGivesNoFile() async throws {
        let (it, folder) = (try Surroundings(), try Folder())
        try await it.standIn.behave(["crc": "wrong"])
        let task = try await it.finishedTask()
        await #expect { try await it.backups.fetch(task.id, to: folder.file("a")) } throws: { isKind(.damaged)($0) }
        #expect(folder.names.isEmpty)
    }

    @Test func withoutAChecksumTheSizeIsWhatWasVerified() async throws {
        let (it, folder) = (try Surroundings(), try Folder())
        try await it.standIn.behave(["crc": "none"])
        let task = try await it.finishedTask()
        #expect(try await it.backups.fetch(task.id, to: folder.file("a")).verification == .size)
    }

    @Test(arguments: ["text/html; charset=utf-8", "application/xml", "application/octet-stream"])
    func aPageIsNeverSavedAsData(contentType: String) async throws {
        let (it, folder) = (try Surroundings(), try Folder())
        try await it.standIn.behave(["page": contentType])
        let task = try await it.finishedTask()
        await #expect { try await it.backups.fetch(task.id, to: folder.file("a")) } throws: { isKind(.network)($0) }
        #expect(folder.names.isEmpty)
    }

    @Test func theWholeObjectInsteadOfTheRestIsReadFromTheStart() async throws {
        let (it, folder) = (try Surroundings(size: Self.size), try Folder())
        let task = try await it.finishedTask()
        try await it.standIn.behave(["cuts": [1000], "ignore_ranges": true])
        #expect(try await it.backups.fetch(task.id, to: folder.file("a")).verification == .checksum)
        #expect(try await it.standIn.record().served == Self.size + 1000)
    }

    @Test func aStoreWithoutRangesIsReadInOnePieceHoweverManyWereAskedFor() async throws {
        let (it, folder) = (try Surroundings(size: 40 << 20), try Folder())
        let task = try await it.finishedTask()
        try await it.standIn.behave(["ignore_ranges": true])
        let report = try await it.backups.fetch(task.id, to: folder.file("a"), options: FetchOptions(parallel: 2))
        #expect(report.verification == .checksum && report.connections == 1)
    }

    @Test func anEmptyObjectIsAnEmptyFile() async throws {
        let (it, folder) = (try Surroundings(size: 0), try Folder())
        let task = try await it.finishedTask()
        #expect(try await it.backups.fetch(task.id, to: folder.file("a")).bytes == 0)
        #expect(folder.names == ["a"])
    }

    @Test(arguments: [1, 2])
    func whicheverRequestFailsNoFileLooksCompleteAndTheNextRunMakesIt(parallel: Int) async throws {
        let (it, folder) = (try Surroundings(size: 33 << 20), try Folder())
        let task = try await it.finishedTask()
        let options = FetchOptions(parallel: parallel, retry: RetryPolicy(attempts: 1))
        for number in 1 ... 6 {
            let sent = Mutex(0)
            let network = NetworkTransport(environment: [:])
            let failing = ScriptedTransport { request in
                let isTheOne = sent.withLock { sent in
                    sent += 1
                    return sent == number
                }
                if isTheOne { throw CloudError(.network, "as told", canRetry: true) }
                return try await network.send(request)
            }
            let backups = try DatabaseBackups(
                region: "cn-hangzhou", credentials: StandIn.key, endpoint: it.standIn.address, transport: failing,
                retry: RetryPolicy(attempts: 1), clock: it.clock.clockwork())
            let name = "a\(number)"
            do {
                _ = try await backups.fetch(task.id, to: folder.file(name), options: options)
            } catch let error as CloudError {
                #expect(error.kind == .network && !folder.names.contains(name))
            }
            if !folder.names.contains(name) {
                #expect(
                    try await backups.fetch(task.id, to: folder.file(name), options: options).verification == .checksum)
            }
            #expect(folder.names.filter { $0.hasPrefix(name) } == [name])
        }
    }

    @Test func aDeadLinkThatCannotBeRenewedSaysSoWithoutItsQuery() async throws {
        let (it, folder) = (try Surroundings(), try Folder())
        let task = try await it.finishedTask()
        let link = try await it.backups.downloadLink(task.id).url(on: .public)
        try await it.standIn.behave(["generation": 2])
        await #expect { try await it.backups.fetch(link, to: folder.file("a")) } throws: {
            isKind(.linkExpired)($0) && "\($0)".contains("Request has expired.") && !"\($0)".contains("Signature=")
        }
    }

    @Test func aFileThatExistsIsLeftAlone() async throws {
        let (it, folder) = (try Surroundings(), try Folder())
        try Data("mine".utf8).write(to: URL(filePath: folder.file("a")))
        await #expect { try await it.backups.fetch("dt-1", to: folder.file("a")) } throws: { isKind(.outputExists)($0) }
        #expect(folder.bytes("a") == Data("mine".utf8))
    }
}
