import AlibabaCloudCore
import Foundation

extension DatabaseBackups {
    /// One task of either kind of DBS, as it stands.
    ///
    /// - Parameters:
    ///   - id: the task.
    ///   - instance: needed for tasks of advanced download (`dt-…`), ignored for classic ones.
    /// - Throws: `CloudError` of kind `notFound` when there is none.
    public func downloadTask(_ id: DownloadTaskID, of instance: String? = nil) async throws -> DownloadTask {
        if let task = try await look(for: id, of: instance) { return task }
        throw CloudError(.notFound, "there is no task \(id)", advice: "Check the id, the instance and the region.")
    }

    /// Waits until a task has finished.
    ///
    /// - Parameters:
    ///   - id: the task.
    ///   - instance: needed for tasks of advanced download (`dt-…`), ignored for classic ones.
    ///   - policy: how often to look, and when to give up.
    ///   - seen: called with each look at the task.
    /// - Returns: the finished task.
    /// - Throws: `CloudError` of kind `taskFailed`, `taskExpired`, `timedOut` or `notFound`.
    public func wait(
        for id: DownloadTaskID, of instance: String? = nil, policy: WaitPolicy = .standard,
        seen: @Sendable (DownloadTask) -> Void = { _ in }
    ) async throws -> DownloadTask {
        var last: DownloadTask?
        try await poll(subject: "task \(id)", policy: policy) {
            guard let task = try await look(for: id, of: instance) else { return .missing }
            last = task
            seen(task)
            return switch task.state {
            case .finished: .finished
            case .failed: .failed(reason: task.reason)
            case .expired: .expired
            default: .ongoing("\(task.state.word) \(task.progress?.description ?? "")")
            }
        }
        guard let last else { throw CloudError(.notFound, "there is no task \(id)") }
        return last
    }

    /// Waits until a backup job of an RDS instance has made its backup set.
    ///
    /// - Returns: the backup set's id.
    public func wait(
        forBackup job: String, of instance: String, policy: WaitPolicy = .standard,
        seen: @Sendable (BackupJob) -> Void = { _ in }
    ) async throws -> String {
        let start = clock.now()
        var (set, wasSeen) = (nil as String?, false)
        try await poll(subject: "backup job \(job)", policy: policy) {
            guard let found = try await backupJobs(of: instance, job: job).first(where: { $0.id == job }) else {
                // The service may stop listing a job that is over.
                if wasSeen { set = try await newestBackupSet(of: instance, since: start) }
                return set == nil ? .missing : .finished
            }
            wasSeen = true
            seen(found)
            set = found.backupSet
            switch (found.progress ?? found.status ?? "").lowercased() {
            case "finished", "success":
                if set == nil { set = try await newestBackupSet(of: instance, since: start) }
                return set == nil ? .ongoing("finished") : .finished
            case "failed": return .failed(reason: found.status)
            case let progress:
                if found.status?.lowercased() == "failed" { return .failed(reason: nil) }
                return .ongoing("\(progress) \(found.percent ?? "")")
            }
        }
        guard let set else {
            throw CloudError(.unexpectedAnswer, "the backup finished without a set", location: "DescribeBackupTasks")
        }
        return set
    }

    /// The last set that was finished after a moment, give or take ten minutes of difference between the clocks.
    private func newestBackupSet(of instance: String, since start: Date) async throws -> String? {
        let filter = BackupSetFilter(status: "Success", since: start.addingTimeInterval(-86400))
        let sets = try await backupSets(of: instance, filter).collected(limit: 100)
        return sets.filter { ($0.end ?? .distantPast) > start.addingTimeInterval(-600) }
            .max { ($0.end ?? .distantPast) < ($1.end ?? .distantPast) }?.id
    }

    private func look(for id: DownloadTaskID, of instance: String?) async throws -> DownloadTask? {
        if id.isClassic { return try await findClassicDownloadTask(id)?.task }
        guard let instance else {
            throw CloudError(
                .badArguments, "the instance of task \(id) is needed",
                advice: "The service finds tasks by instance only.")
        }
        return try await findDownloadTask(id, of: instance)
    }

    private func poll(subject: String, policy: WaitPolicy, look: () async throws -> Waiter.Sighting) async throws {
        var waiter = Waiter(policy: policy, subject: subject, start: clock.now())
        while true {
            let sighting: Waiter.Sighting
            do {
                sighting = try await look()
            } catch let error as CloudError where error.canRetry {
                logger.info("the service cannot be asked; waiting on", metadata: ["reason": "\(error)"])
                sighting = .unreachable(error)
            }
            switch waiter.observe(sighting, at: clock.now()) {
            case .done: return
            case .stop(let error): throw error
            case .lookAgain(let wait): try await clock.sleep(wait)
            }
        }
    }
}
