import AlibabaCloudCore
import Foundation

/// Advanced download, DBS 2021-01-01: one method an operation.
extension DatabaseBackups {
    /// CreateDownload. Costs a conversion fee, cannot be cancelled, and is not repeated after an unclear failure: most
    /// callers want `ensureDownload(_:)`, which looks first.
    ///
    /// - Throws: `CloudError` of kind `unclear` when the service may or may not have made the task.
    public func createDownload(_ request: DownloadRequest) async throws -> DownloadTask {
        let answer = try await send(
            APICall(.advancedDownload, "CreateDownload", request.parameters(region: region), repetition: .lookFirst))
        guard let task = DownloadTask(answer["Data"]) else {
            throw CloudError(
                .unclear, "the service made a task but did not name it", location: "CreateDownload",
                requestID: answer["RequestId"].text, advice: "List the instance's tasks.")
        }
        return task
    }

    /// DescribeDownloadTask: the tasks of an instance, newest first unless the filter says otherwise.
    public func downloadTasks(_ filter: DownloadTaskFilter) -> PagedSequence<DownloadTask> {
        PagedSequence(firstPage: 1) { number in
            let answer = try await send(
                APICall(.advancedDownload, "DescribeDownloadTask", filter.parameters(region: region, page: number)))
            let data = answer["Data"]
            let pages = data["TotalPages"].integer ?? Int64.max
            let tasks = data["Content"].items(under: "List").compactMap { DownloadTask($0) }
            return .init(items: tasks, isLast: Int64(number) >= pages)
        }
    }

    /// One task, found by going through the instance's tasks: the service has no other way.
    ///
    /// - Returns: nil when the service lists no such task (a task just made may be missing for a moment).
    public func findDownloadTask(_ id: DownloadTaskID, of instance: String) async throws -> DownloadTask? {
        for try await task in downloadTasks(DownloadTaskFilter(instance: instance)) where task.id == id {
            return task
        }
        return nil
    }

    /// DescribeDownloadBackupSetStorageInfo: fresh links to a finished task's archive.
    ///
    /// - Parameters:
    ///   - id: a finished task.
    ///   - lifetime: 300 to 86400 seconds.
    public func downloadLink(_ id: DownloadTaskID, lifetime: Duration = .seconds(7200)) async throws -> DownloadLink {
        try await link(["TaskId": id.description], lifetime: lifetime)
    }

    /// DescribeDownloadBackupSetStorageInfo, by instance and backup set instead of task.
    public func downloadLink(
        backupSet: String, of instance: String, clusterName: String? = nil, lifetime: Duration = .seconds(7200)
    ) async throws -> DownloadLink {
        try await link(
            ["InstanceName": instance, "BackupSetId": backupSet, "ClusterName": clusterName], lifetime: lifetime)
    }

    private func link(_ which: [String: String?], lifetime: Duration) async throws -> DownloadLink {
        let seconds = min(max(lifetime.components.seconds, 300), 86400)
        let common: [String: String?] = ["RegionCode": region, "Duration": String(seconds)]
        let data = try await send(
            APICall(
                .advancedDownload, "DescribeDownloadBackupSetStorageInfo", common.merging(which) { first, _ in first })
        )["Data"]
        return try DownloadLink(
            publicText: data["PublicUrl"].text, internalText: data["PrivateUrl"].text,
            expires: data["ExpirationTime"].instant)
    }

    /// DescribeDownloadSupport: whether the instance has advanced download at all.
    public func supportsDownload(_ instance: String, clusterName: String? = nil) async throws -> Bool {
        let answer = try await send(
            APICall(
                .advancedDownload, "DescribeDownloadSupport",
                ["RegionCode": region, "InstanceName": instance, "ClusterName": clusterName]))
        return answer["Data"].flag ?? false
    }

    /// RetryDownloadTask: sets a failed task going again.
    public func retryDownload(_ id: DownloadTaskID, of instance: String, clusterName: String? = nil) async throws {
        _ = try await send(
            APICall(
                .advancedDownload, "RetryDownloadTask",
                ["RegionCode": region, "InstanceName": instance, "TaskId": id.description, "ClusterName": clusterName],
                repetition: .lookFirst))
    }
}
