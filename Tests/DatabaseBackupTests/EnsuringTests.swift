import AlibabaCloudCore
import CloudTestSupport
import DatabaseBackup
import Testing

@Suite struct EnsuringTests {
    @Test func aTaskForTheSameSetAndFormatIsFoundNotMadeAgain() async throws {
        let it = try Surroundings()
        let first = try await it.backups.ensureDownload(Surroundings.request)
        let second = try await it.backups.ensureDownload(Surroundings.request)
        #expect(first.origin == .created && second.origin == .found && first.task.id == second.task.id)
        #expect(try await it.standIn.record().count("CreateDownload") == 1)
    }

    @Test func anotherFormatIsAnotherTask() async throws {
        let it = try Surroundings()
        _ = try await it.finishedTask()
        var request = Surroundings.request
        request.format = .sql
        #expect(try await it.backups.ensureDownload(request).origin == .created)
    }

    @Test(arguments: ["do-then-500", "do-then-cut"])
    func afterAnUnclearFailureTheTaskIsLookedUp(lie: String) async throws {
        let it = try Surroundings()
        try await it.standIn.lie(lie, on: "CreateDownload")
        #expect(try await it.backups.ensureDownload(Surroundings.request).origin == .created)
        #expect(try await it.standIn.record().count("CreateDownload") == 1)
    }

    @Test func whenItIsNotThereEitherThatIsSaidAndNothingIsRepeated() async throws {
        let it = try Surroundings()
        try await it.standIn.lie("html-500", on: "CreateDownload")
        await #expect { try await it.backups.ensureDownload(Surroundings.request) } throws: { isKind(.unclear)($0) }
        #expect(try await it.standIn.record().count("CreateDownload") == 1)
    }

    @Test func throttlingIsWaitedOutAsTheHeadersSay() async throws {
        let it = try Surroundings()
        try await it.standIn.lie("throttle", on: "CreateDownload")
        #expect(try await it.backups.ensureDownload(Surroundings.request).origin == .created)
        #expect(it.clock.naps == [.milliseconds(700)])
    }

    @Test func aFailedTaskBlocksAndIsRetriedWhenAsked() async throws {
        let it = try Surroundings()
        try await it.standIn.behave(["states": ["initializing", "failed"]])
        let id = try await it.backups.createDownload(Surroundings.request).id
        await #expect { try await it.backups.wait(for: id, of: "rm-example") } throws: { isKind(.taskFailed)($0) }
        await #expect { try await it.backups.ensureDownload(Surroundings.request) } throws: {
            isKind(.taskBlocked)($0) && "\($0)".contains(id.description) && ($0 as? CloudError)?.remedy == .retryFailed
        }
        let retried = try await it.backups.ensureDownload(Surroundings.request, retryingFailed: true)
        #expect(retried.origin == .retried && retried.task.id == id)
        #expect(try await it.backups.wait(for: id, of: "rm-example").state == .finished)
    }

    @Test func anotherTaskInTheWayIsNamed() async throws {
        let it = try Surroundings()
        let running = try await it.backups.createDownload(Surroundings.request)
        var request = Surroundings.request
        request.source = .backupSet("other")
        await #expect { try await it.backups.ensureDownload(request) } throws: {
            isKind(.taskBlocked)($0) && "\($0)".contains(running.id.description)
        }
    }

    @Test func aDocumentedRefusalComesWithWhatToDo() async throws {
        let it = try Surroundings()
        try await it.standIn.lie("DBS.DownloadTask.OssForbid", on: "CreateDownload")
        await #expect { try await it.backups.ensureDownload(Surroundings.request) } throws: {
            "\($0)".contains("AliyunDBSDefaultRole") && ($0 as? CloudError)?.requestID == "REQ-E"
        }
    }
}
