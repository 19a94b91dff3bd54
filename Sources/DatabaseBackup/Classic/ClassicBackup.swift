import AlibabaCloudCore
import Foundation

/// A full or an incremental backup of a classic plan.
public struct ClassicBackup: Sendable, Hashable {
    /// For a full backup its id; for an incremental one its name, such as `mysql-bin.000054`.
    public let id: String
    /// Incremental backups only: the job to name when asking for the download.
    public let job: String?
    /// The service's own word.
    public let status: String?
    /// Bytes.
    public let size: Int64?
    /// When the backup began.
    public let start: Date?
    /// When the backup ended.
    public let end: Date?
    /// When it was created.
    public let created: Date?
    /// When it was finished.
    public let finished: Date?
    /// When it is removed.
    public let expires: Date?
    /// What was backed up, in the service's own spelling.
    public let objects: String?
    /// How it is stored, in the service's own word.
    public let storage: String?
    /// Address and port of the database.
    public let endpoint: String?
    /// Why it failed.
    public let reason: String?

    init?(_ json: JSONValue) {
        guard let id = json["BackupSetId"].text else { return nil }
        self.id = id
        job = json["BackupSetJobId"].text
        status = json["BackupStatus"].text
        size = json["BackupSize"].integer
        start = json["StartTime"].instant
        end = json["EndTime"].instant
        created = json["CreateTime"].instant
        finished = json["FinishTime"].instant
        expires = json["BackupSetExpiredTime"].instant
        objects = json["BackupObjects"].text
        storage = json["StorageMethod"].text
        endpoint = json["SourceEndpointIpPort"].text
        reason = json["ErrMessage"].text
    }
}
