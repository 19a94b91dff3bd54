import AlibabaCloudCore
import Foundation

/// A finished backup of an RDS instance or a PolarDB cluster.
public struct BackupSet: Sendable, Hashable {
    /// A link to one database of a logical backup.
    public struct DatabaseLink: Sendable, Hashable {
        public let database: String?
        public let link: DownloadLink
    }

    public let id: String
    /// Bytes.
    public let size: Int64?
    public let status: String?
    public let method: String?
    public let mode: String?
    public let type: String?
    public let start: Date?
    public let end: Date?
    /// The moment the data is of.
    public let consistent: Date?
    public let isAvailable: Bool?
    public let checksum: String?
    public let engine: String?
    public let engineVersion: String?
    public let instance: String?
    public let expires: String?
    /// A JSON text, as it came.
    public let encryption: String?
    public let storageClass: String?
    public let storeStatus: String?
    public let metaStatus: String?
    public let isCopyOnly: Bool?
    /// PolarDB only.
    public let level: String?
    /// Present for backups on local disks; snapshots need CreateDownload.
    public let link: DownloadLink
    public let databaseLinks: [DatabaseLink]

    init?(_ json: JSONValue) {
        guard let id = json["BackupId"].text else { return nil }
        self.id = id
        size = json["BackupSize"].integer ?? json["BackupSetSize"].integer
        status = json["BackupStatus"].text
        method = json["BackupMethod"].text
        mode = json["BackupMode"].text
        type = json["BackupType"].text
        start = json["BackupStartTime"].instant
        end = json["BackupEndTime"].instant
        consistent = json["ConsistentTime"].instant
        isAvailable = json["IsAvail"].flag
        checksum = json["Checksum"].text
        engine = json["Engine"].text
        engineVersion = json["EngineVersion"].text
        instance = json["DBClusterId"].text ?? json["HostInstanceID"].text
        expires = json["ExpectExpireTime"].text
        encryption = json["Encryption"].text
        storageClass = json["StorageClass"].text
        storeStatus = json["StoreStatus"].text
        metaStatus = json["MetaStatus"].text
        isCopyOnly = json["CopyOnlyBackup"].flag
        level = json["BackupsLevel"].text
        link = Self.link(json["BackupDownloadURL"].text, json["BackupIntranetDownloadURL"].text)
        databaseLinks = json["BackupDownloadLinkByDB"].items(under: "BackupDownloadLinkByDB").map {
            DatabaseLink(
                database: $0["DataBase"].text, link: Self.link($0["DownloadLink"].text, $0["IntranetDownloadLink"].text)
            )
        }
    }

    /// A link that cannot be read must not hide the backup.
    private static func link(_ publicText: String?, _ internalText: String?) -> DownloadLink {
        (try? DownloadLink(publicText: publicText, internalText: internalText, expires: nil))
            ?? DownloadLink(publicURL: nil, internalURL: nil, expires: nil)
    }
}
