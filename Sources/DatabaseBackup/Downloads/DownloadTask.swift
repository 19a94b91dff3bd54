import AlibabaCloudCore
import Foundation

/// A download task: the conversion of one backup into an archive, and that archive for three days.
public struct DownloadTask: Sendable, Hashable {
    /// The task.
    public var id: DownloadTaskID
    /// Where it stands.
    public var state: TaskState
    /// What the archive holds.
    public var format: DownloadFormat?
    /// `URL` or `OSS`, in the service's own words.
    public var target: String?
    /// The path in the bucket, if the target is one.
    public var targetPath: String?
    /// How many tables are done.
    public var progress: TableProgress?
    /// The backup set that is converted.
    public var backupSet: String?
    /// The time the data is of.
    public var backupTime: Date?
    /// When the task was made.
    public var created: Date?
    /// Bytes the task has written.
    public var exportBytes: Int64?
    /// Bytes the task has read.
    public var importBytes: Int64?
    /// The region of the instance.
    public var region: String?
    /// The filter of databases, in the service's own spelling (`[shop]`).
    public var databases: String?
    /// Why it failed, where the service says so (classic DBS does).
    public var reason: String?

    /// Makes a task of which only id and state are known.
    public init(id: DownloadTaskID, state: TaskState) {
        self.id = id
        self.state = state
    }

    /// Nil when there is no task id, without which nothing can be done.
    init?(_ json: JSONValue) {
        guard let id = json["TaskId"].text else { return nil }
        self.init(
            id: DownloadTaskID(id), state: TaskState(json["DownloadStatus"].text ?? json["Status"].text ?? "unknown"))
        format = json["Format"].text.map { DownloadFormat($0) }
        target = json["TargetType"].text
        targetPath = json["TargetPath"].text
        progress = json["Progress"].text.flatMap { TableProgress($0) }
        backupSet = json["BakSetId"].text ?? json["BackupSetId"].text
        backupTime = json["BackupSetTime"].instant
        created = json["GmtCreate"].instant
        exportBytes = json["ExportDataSize"].integer
        importBytes = json["ImportDataSize"].integer
        region = json["RegionCode"].text
        databases = json["DbList"].text
        reason = json["ErrMessage"].text
    }
}
