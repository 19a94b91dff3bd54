import AlibabaCloudCore
import CloudTestSupport
import Foundation
import Testing

@testable import DatabaseBackup

@Suite struct OperationTests {
    @Test func createDownloadSendsAllThatWasSaidAndReadsLongs() async throws {
        let it = try Surroundings()
        var request = DownloadRequest(
            instance: "rm-example", source: .backupSet("146005", size: 99), format: .physical,
            target: .oss(bucket: "lake", path: "in/", region: "cn-beijing"), usesZstandard: true)
        let task = try await it.backups.createDownload(request)
        #expect(task.state == .initializing && task.format == .physical && task.backupSet == "146005")
        #expect(task.created != nil && task.exportBytes == 0 && task.progress == TableProgress(done: 0, total: 0))
        let query = try await it.standIn.record().calls[0].query
        #expect(
            query == [
                "RegionCode": "cn-hangzhou", "InstanceName": "rm-example", "BakSetType": "full", "BakSetId": "146005",
                "BakSetSize": "99", "FormatType": "qp.xb", "IsPhysical": "true", "TargetType": "OSS",
                "TargetBucket": "lake",
                "TargetPath": "in/", "TargetOssRegion": "cn-beijing", "UseZstd": "true",
            ])
        request.source = .pointInTime(Date(timeIntervalSince1970: 1_661_329_050.5))
        await #expect(throws: CloudError.self) { try await it.backups.createDownload(request) }
        let second = try await it.standIn.record().calls[1].query
        #expect(second["BakSetType"] == "pitr" && second["DownloadPointInTime"] == "1661329050500")
    }

    @Test(arguments: ["wrapped", "bare"])
    func tasksComePageByPageNumbersAsStringsStatesInAnySpelling(content: String) async throws {
        let it = try Surroundings()
        try await it.standIn.behave(["content": content, "largest_page": 2, "states": ["finished"]])
        for _ in 0 ..< 5 { _ = try await it.backups.createDownload(Surroundings.request) }
        let tasks = try await it.backups.downloadTasks(DownloadTaskFilter(instance: "rm-example", pageSize: 2))
            .collected()
        #expect(tasks.count == 5 && Set(tasks.map(\.id)).count == 5)
        #expect(try await it.standIn.record().count("DescribeDownloadTask") == 3)
        let none = DownloadTaskFilter(
            instance: "rm-example", backupSet: "146005", state: .queueing, kind: .full, since: .distantPast,
            until: Date())
        #expect(try await it.backups.downloadTasks(none).collected().isEmpty)
    }

    @Test func linksAreSignedForAsLongAsAskedAndReadAsSeconds() async throws {
        let it = try Surroundings()
        let task = try await it.finishedTask()
        let asked = Date()
        let link = try await it.backups.downloadLink(task.id, lifetime: .seconds(300))
        #expect(wasGiven(link.expires, seconds: 300, since: asked))
        #expect(try link.url(on: .internal).path.contains("internal"))
        #expect(!"\(link)".contains("Signature="))
    }

    @Test func supportIsATextThatSaysTrue() async throws {
        let it = try Surroundings()
        #expect(try await it.backups.supportsDownload("rm-example"))
        try await it.standIn.behave(["supported": false])
        #expect(try await !it.backups.supportsDownload("rm-example"))
    }

    @Test func classicDownloadsCarryATokenSoTheSameOneIsTheSameTask() async throws {
        let it = try Surroundings()
        let first = try await it.backups.createClassicDownload(.full(backupSet: "full1"), token: "once")
        try await it.standIn.lie("do-then-cut", on: "CreateIncrementBackupSetDownload")
        let log = try await it.backups.createClassicDownload(.incremental(job: "job1", name: "mysql-bin.000054"))
        #expect(try await it.backups.createClassicDownload(.full(backupSet: "full1"), token: "once") == first)
        #expect(try await it.backups.classicDownloadTasks(plan: "plan1").collected().count == 2)
        let done = try await it.backups.wait(for: log)
        #expect(done.state == .finished && done.format == .native)
        let link = try await it.backups.findClassicDownloadTask(log)?.link
        #expect(link?.publicURL?.isLoopback == true)
    }

    @Test func classicBackupsComeInPagesFrom0() async throws {
        let it = try Surroundings()
        let full = try await it.backups.classicFullBackups(plan: "plan1", showStorageType: true, pageSize: 2)
            .collected()
        #expect(full.map(\.id) == ["full0", "full1", "full2"])
        let logs = try await it.backups.classicIncrementalBackups(plan: "plan1").collected()
        #expect(logs.first?.job == "job1" && logs.first?.size == 77)
    }

    @Test func anRDSBackupFromItsStartToItsSet() async throws {
        let it = try Surroundings()
        let job = try await it.backups.createBackup(
            InstanceBackup(instance: "rm-example", method: .logical(databases: ["a", "b"])))
        #expect(try await it.backups.wait(forBackup: job, of: "rm-example") == "146000")
        let query = try await it.standIn.record().calls[0].query
        #expect(
            query == [
                "DBInstanceId": "rm-example", "BackupMethod": "Logical", "BackupStrategy": "db", "DBName": "a,b",
            ])
        #expect(try await it.backups.backupJobs(of: "rm-example").isEmpty)
    }

    @Test func aBackupJobThatIsNoLongerListedHasMadeTheNewestSet() async throws {
        let it = try Surroundings()
        try await it.standIn.behave(["jobs_vanish": true])
        let job = try await it.backups.createBackup(InstanceBackup(instance: "rm-example"))
        #expect(try await it.backups.wait(forBackup: job, of: "rm-example") == "146005")
    }

    @Test func aBackupThatIsAlreadyBeingMadeIsFound() async throws {
        let it = try Surroundings()
        let job = try await it.backups.createBackup(InstanceBackup(instance: "rm-example"))
        let found = try await it.backups.ensureBackup(InstanceBackup(instance: "rm-example"))
        #expect(found.job == job && found.existed)
    }

    @Test func afterAnUnclearStartTheJobIsLookedUpNotStartedAgain() async throws {
        let it = try Surroundings()
        try await it.standIn.lie("do-then-500", on: "CreateBackup")
        _ = try await it.backups.ensureBackup(InstanceBackup(instance: "rm-example"))
        #expect(try await it.standIn.record().count("CreateBackup") == 1)
    }

    @Test func backupSetsOfRDSAndPolarDBIdsAsNumbersSizesAsTexts() async throws {
        let it = try Surroundings()
        let rds = try await it.backups.backupSets(of: "rm-example").collected()
        #expect(rds.first?.id == "146005" && rds.first?.instance == "5882781" && rds.first?.isAvailable == true)
        #expect(rds.first?.consistent == Date(timeIntervalSince1970: 1_661_329_050))
        let polar = try await it.backups.clusterBackupSets(of: "pc-example").collected()
        #expect(polar.first?.size == 4096 && polar.first?.level == "Level-2")
    }
}
