import AlibabaCloudCore
import Foundation

/// Classic DBS, 2019-03-06: one method an operation. Its pages are counted from 0.
extension DatabaseBackups {
    /// CreateFullBackupSetDownload or CreateIncrementBackupSetDownload. Both carry a client token, so they are safely
    /// repeated.
    ///
    /// - Parameters:
    ///   - download: the backup and the format.
    ///   - token: give the same one to mean the same request, across runs too; a new one if nil.
    public func createClassicDownload(_ download: ClassicDownload, token: String? = nil) async throws -> DownloadTaskID
    {
        let clientToken = token ?? clock.nonce()
        let call =
            switch download {
            case .full(let set, let format):
                APICall(
                    .classicBackup, "CreateFullBackupSetDownload",
                    ["BackupSetId": set, "BackupSetDataFormat": format.rawValue, "ClientToken": clientToken])
            case .incremental(let job, let name, let format):
                APICall(
                    .classicBackup, "CreateIncrementBackupSetDownload",
                    [
                        "BackupSetId": job, "BackupSetName": name, "BackupSetDataFormat": format.rawValue,
                        "ClientToken": clientToken,
                    ])
            }
        let answer = try await send(call)
        guard let id = answer["BackupSetDownloadTaskId"].text else {
            throw CloudError(
                .unexpectedAnswer, "the service made a task but did not name it", location: call.action,
                requestID: answer["RequestId"].text)
        }
        return DownloadTaskID(id)
    }

    /// DescribeBackupSetDownloadTaskList, for one plan.
    public func classicDownloadTasks(plan: String, pageSize: Int = 30) -> PagedSequence<ClassicDownloadTask> {
        classicTasks(["BackupPlanId": plan], pageSize: pageSize)
    }

    /// DescribeBackupSetDownloadTaskList, for one task; nil when there is none.
    public func findClassicDownloadTask(_ id: DownloadTaskID) async throws -> ClassicDownloadTask? {
        for try await task in classicTasks(["BackupSetDownloadTaskId": id.description], pageSize: 30)
        where task.id == id {
            return task
        }
        return nil
    }

    /// DescribeFullBackupList.
    public func classicFullBackups(
        plan: String, backupSet: String? = nil, since: Date? = nil, until: Date? = nil, showStorageType: Bool? = nil,
        pageSize: Int = 30
    ) -> PagedSequence<ClassicBackup> {
        let filter = classicFilter(
            plan: plan, backupSet: backupSet, since: since, until: until, showStorageType: showStorageType)
        return classicPages("DescribeFullBackupList", filter, pageSize: pageSize, wrapper: "FullBackupFile") {
            ClassicBackup($0)
        }
    }

    /// DescribeIncrementBackupList.
    public func classicIncrementalBackups(
        plan: String, backupSet: String? = nil, since: Date? = nil, until: Date? = nil, showStorageType: Bool? = nil,
        pageSize: Int = 30
    ) -> PagedSequence<ClassicBackup> {
        let filter = classicFilter(
            plan: plan, backupSet: backupSet, since: since, until: until, showStorageType: showStorageType)
        return classicPages("DescribeIncrementBackupList", filter, pageSize: pageSize, wrapper: "IncrementBackupFile") {
            ClassicBackup($0)
        }
    }

    private func classicTasks(_ filter: [String: String?], pageSize: Int) -> PagedSequence<ClassicDownloadTask> {
        classicPages(
            "DescribeBackupSetDownloadTaskList", filter, pageSize: pageSize, wrapper: "BackupSetDownloadTaskDetail"
        ) { ClassicDownloadTask($0) }
    }

    private func classicFilter(
        plan: String, backupSet: String?, since: Date?, until: Date?, showStorageType: Bool?
    ) -> [String: String?] {
        [
            "BackupPlanId": plan, "BackupSetId": backupSet, "StartTimestamp": since.map(Timestamps.milliseconds),
            "EndTimestamp": until.map(Timestamps.milliseconds), "ShowStorageType": showStorageType.map { String($0) },
        ]
    }

    private func classicPages<Element: Sendable>(
        _ action: String, _ filter: [String: String?], pageSize: Int, wrapper: String,
        read: @escaping @Sendable (JSONValue) -> Element?
    ) -> PagedSequence<Element> {
        PagedSequence(firstPage: 0) { number in
            let page: [String: String?] = ["PageNum": String(number), "PageSize": String(pageSize)]
            let answer = try await send(APICall(.classicBackup, action, filter.merging(page) { $1 }))
            let pages = answer["TotalPages"].integer ?? Int64.max
            return .init(
                items: answer["Items"].items(under: wrapper).compactMap(read), isLast: Int64(number) + 1 >= pages)
        }
    }
}
