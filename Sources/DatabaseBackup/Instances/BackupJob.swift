import AlibabaCloudCore

/// A backup in the making.
public struct BackupJob: Sendable, Hashable {
    /// The job.
    public let id: String
    /// The backup set, once there is one.
    public let backupSet: String?
    /// `NoStart`, `Preparing`, `Waiting`, `Uploading`, `Checking`, `Finished`, in the service's own words.
    public let progress: String?
    /// The service's own word.
    public let status: String?
    /// `Automated` or `Manual`.
    public let mode: String?
    /// Percent, as text.
    public let percent: String?
    /// What the job does, in the service's own word.
    public let action: String?

    init?(_ json: JSONValue) {
        guard let id = json["BackupJobId"].text else { return nil }
        self.id = id
        backupSet = json["BackupId"].text
        progress = json["BackupProgressStatus"].text
        status = json["BackupStatus"].text
        mode = json["JobMode"].text
        percent = json["Process"].text
        action = json["TaskAction"].text
    }
}
