import AlibabaCloudCore
import Foundation

/// A download task of classic DBS, with all that the service reports.
public struct ClassicDownloadTask: Sendable, Hashable {
    /// The task.
    public let id: DownloadTaskID
    /// The task's name.
    public let name: String?
    /// The service's own word: `checking`, `init`, `check_pass`, `pause`, `schedule`, `running`, `stop`, `finish`.
    public let status: String
    /// What the archive holds.
    public let format: DownloadFormat?
    /// Bytes.
    public let size: Int64?
    /// The kind of database, in the service's own word.
    public let databaseType: String?
    /// When the task was made.
    public let created: Date?
    /// When the task finished.
    public let finished: Date?
    /// `manual` or `auto`.
    public let way: String?
    /// `cbs_backup_sub_full` or `cbs_backup_sub_cont`.
    public let jobType: String?
    /// The backup set that is converted.
    public let backupSet: String?
    /// For incremental sets the name of the log, `mysql-bin.000054`.
    public let backupSetCode: String?
    /// The backup plan.
    public let plan: String?
    /// The backup gateway, for automatic downloads.
    public let gateway: Int64?
    /// The folder on that gateway.
    public let folder: String?
    /// Where it goes, in the service's own word.
    public let targetType: String?
    /// Why it failed.
    public let reason: String?
    /// Present once a manual download has been converted.
    public let link: DownloadLink

    init?(_ json: JSONValue) {
        guard let id = json["BackupSetDownloadTaskId"].text else { return nil }
        self.id = DownloadTaskID(id)
        name = json["BackupSetDownloadTaskName"].text
        status = json["BackupSetDownloadStatus"].text ?? "unknown"
        format = json["BackupSetDataFormat"].text.map { DownloadFormat($0) }
        size = json["BackupSetDataSize"].integer
        databaseType = json["BackupSetDbType"].text
        created = json["BackupSetDownloadCreateTime"].instant
        finished = json["BackupSetDownloadFinishTime"].instant
        way = json["BackupSetDownloadWay"].text
        jobType = json["BackupSetJobType"].text
        backupSet = json["BackupSetId"].text
        backupSetCode = json["BackupSetCode"].text
        plan = json["BackupPlanId"].text
        gateway = json["BackupGatewayId"].integer
        folder = json["BackupSetDownloadDir"].text
        targetType = json["BackupSetDownloadTargetType"].text
        reason = json["ErrMessage"].text
        // A link that cannot be read must not hide the task.
        link =
            (try? DownloadLink(
                publicText: json["BackupSetDownloadInternetUrl"].text,
                internalText: json["BackupSetDownloadIntranetUrl"].text,
                expires: nil)) ?? DownloadLink(publicURL: nil, internalURL: nil, expires: nil)
    }

    /// The state in the words of advanced download. `stop` is classic DBS's word for failed.
    public var state: TaskState {
        switch status.lowercased() {
        case "checking", "init", "check_pass": .initializing
        case "pause", "schedule": .queueing
        case "running": .running
        case "finish": .finished
        case "stop": .failed
        default: .other(status)
        }
    }

    /// The name of the binary log that an incremental set is, `mysql-bin.000054`; nil for full sets.
    public var logName: String? { jobType == "cbs_backup_sub_cont" ? backupSetCode : nil }

    /// The same task as the common type.
    public var task: DownloadTask {
        var task = DownloadTask(id: id, state: state)
        task.format = format
        task.target = targetType
        task.targetPath = folder
        task.backupSet = backupSet
        task.created = created
        task.exportBytes = size
        task.reason = reason
        return task
    }
}
