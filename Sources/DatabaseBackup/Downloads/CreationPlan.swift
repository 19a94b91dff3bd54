import AlibabaCloudCore

/// Whether a new task is needed: a pure decision over the tasks that exist.
struct CreationPlan: Sendable {
    enum Step: Sendable, Equatable {
        /// A task for the same data, format and target has finished or is under way.
        case use(DownloadTask)
        /// It has failed, and a failed task blocks new ones.
        case blocked(by: DownloadTask)
        case create
    }

    let request: DownloadRequest

    func step(given tasks: [DownloadTask]) -> Step {
        let same = tasks.filter(matches)
        let usable = same.filter { $0.state != .failed && $0.state != .expired }
        if let finished = usable.first(where: { $0.state == .finished }) ?? usable.first { return .use(finished) }
        if let failed = same.first(where: { $0.state == .failed }) { return .blocked(by: failed) }
        return .create
    }

    /// Tasks of any kind that stand in the way of a new one.
    static func blocker(among tasks: [DownloadTask]) -> DownloadTask? {
        tasks.first { $0.state == .failed } ?? tasks.first { !$0.state.isFinal }
    }

    func matches(_ task: DownloadTask) -> Bool {
        guard task.format == request.format.downloadFormat else { return false }
        switch request.source {
        case .backupSet(let id, _):
            if task.backupSet != id { return false }
        case .pointInTime(let moment):
            guard let time = task.backupTime, abs(time.timeIntervalSince(moment)) < 1 else { return false }
        }
        switch request.target {
        case .url: return (task.target ?? "URL").lowercased() == "url"
        case .oss(_, let path, _): return task.target?.lowercased() == "oss" && (task.targetPath ?? path).contains(path)
        }
    }
}
