import AlibabaCloudCore
import Foundation

extension DatabaseBackups {
    /// Makes the task, or finds the one that exists for the same data, format and target.
    ///
    /// The service makes a second task, and charges for it, when it is asked twice; and it has no token against that.
    /// So the list is read first, and again after a failure that leaves open whether the task was made.
    ///
    /// - Parameters:
    ///   - request: the data, format and target of the task.
    ///   - retryingFailed: restarts a failed task that blocks the instance. Otherwise an error explains it.
    /// - Throws: `CloudError`, of kind `taskBlocked` when another task stands in the way.
    public func ensureDownload(_ request: DownloadRequest, retryingFailed: Bool = false) async throws -> EnsuredDownload
    {
        let plan = CreationPlan(request: request)
        let before = try await recentTasks(like: request)
        switch plan.step(given: before) {
        case .use(let task): return EnsuredDownload(task: task, origin: .found)
        case .blocked(let task): return try await handleFailed(task, of: request, retrying: retryingFailed)
        case .create: break
        }
        guard try await supportsDownload(request.instance) else {
            throw CloudError(
                .refused, "instance \(request.instance) has no advanced download", location: "DescribeDownloadSupport",
                advice: "See ‘Preconditions’ of the vendor's help: engine, version, disk type, no encryption.")
        }
        do {
            return EnsuredDownload(task: try await createDownload(request), origin: .created)
        } catch let error as CloudError where error.kind == .unclear {
            let known = Set(before.map(\.id))
            if let task = try await lookUp(request, patience: [2, 4, 8], where: { !known.contains($0.id) }) {
                return EnsuredDownload(task: task, origin: .created)
            }
            throw error
        } catch let error as CloudError where error.code == "DBS.DownloadTask.JobAlreadyExist" {
            if let task = try await lookUp(request, patience: [], where: { $0.state != .expired }) {
                return EnsuredDownload(task: task, origin: .found)
            }
            throw error
        } catch let error as CloudError where error.code == "DBS.DownloadTask.OnlyOneRunningOrFailedTask" {
            throw try await explain(error, request: request, retryingFailed: retryingFailed)
        }
    }

    private func handleFailed(
        _ task: DownloadTask, of request: DownloadRequest, retrying: Bool
    ) async throws -> EnsuredDownload {
        guard retrying else { throw Self.blocked(by: task, code: nil) }
        try await retryDownload(task.id, of: request.instance)
        let current = try await findDownloadTask(task.id, of: request.instance)
        return EnsuredDownload(task: current ?? task, origin: .retried)
    }

    private func explain(_ error: CloudError, request: DownloadRequest, retryingFailed: Bool) async throws -> CloudError
    {
        let tasks = try await downloadTasks(DownloadTaskFilter(instance: request.instance)).collected(limit: 100)
        guard let blocker = CreationPlan.blocker(among: tasks) else { return error }
        var explained = Self.blocked(by: blocker, code: error.code)
        explained.requestID = error.requestID
        if blocker.state == .failed && retryingFailed {
            try await retryDownload(blocker.id, of: request.instance)
            explained.advice = "It has been set going again: run this once more when it has finished."
        }
        return explained
    }

    private static func blocked(by task: DownloadTask, code: String?) -> CloudError {
        let what = [task.format?.word, task.backupSet.map { "of backup set \($0)" }].compactMap { $0 }.joined(
            separator: " ")
        return CloudError(
            .taskBlocked,
            "task \(task.id) (\(task.state.word)\(what.isEmpty ? "" : ", \(what)")) stands in the way of a new one",
            location: "CreateDownload", code: code,
            advice: task.state == .failed
                ? "Retry it; failed tasks cost nothing."
                : "An instance has one task at a time: wait for it.",
            remedy: task.state == .failed ? .retryFailed : nil)
    }

    /// Looks for a task like the request, at once and after each of the waits.
    private func lookUp(
        _ request: DownloadRequest, patience seconds: [Int], where isOurs: (DownloadTask) -> Bool
    ) async throws -> DownloadTask? {
        let plan = CreationPlan(request: request)
        for wait in [0] + seconds {
            if wait > 0 { try await clock.sleep(.seconds(wait)) }
            if let task = try await recentTasks(like: request).first(where: { plan.matches($0) && isOurs($0) }) {
                return task
            }
        }
        return nil
    }

    /// The newest tasks for the same source; at most a hundred are looked at.
    private func recentTasks(like request: DownloadRequest) async throws -> [DownloadTask] {
        var filter = DownloadTaskFilter(instance: request.instance)
        switch request.source {
        case .backupSet(let id, _): filter.backupSet = id
        case .pointInTime: filter.kind = .pointInTime
        }
        return try await downloadTasks(filter).collected(limit: 100)
    }
}
