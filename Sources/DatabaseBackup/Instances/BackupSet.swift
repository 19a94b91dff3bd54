import AlibabaCloudCore
import Foundation

/// A finished backup of an RDS instance or a PolarDB cluster.
public struct BackupSet: Sendable, Hashable {
    /// A link to one database of a logical backup.
    public struct DatabaseLink: Sendable, Hashable {
        /// The name of the database.
        public let database: String?
        /// The link to its file.
        public let link: DownloadLink
    }

    /// The backup set.
    public let id: String
    /// Bytes.
    public let size: Int64?
    /// The service's own word.
    public let status: String?
    /// How it was made: `Logical`, `Physical`, `Snapshot`.
    public let method: String?
    /// `Automated` or `Manual`.
    public let mode: String?
    /// `FullBackup` or `IncrementalBackup`.
    public let type: String?
    /// When the backup began.
    public let start: Date?
    /// When the backup ended.
    public let end: Date?
    /// The moment the data is of.
    public let consistent: Date?
    /// Whether it can be used.
    public let isAvailable: Bool?
    /// The store's checksum, as text.
    public let checksum: String?
    /// The engine of the database.
    public let engine: String?
    /// Its version.
    public let engineVersion: String?
    /// The instance or the cluster.
    public let instance: String?
    /// When it is removed, as the service spells it.
    public let expires: String?
    /// A JSON text, as it came.
    public let encryption: String?
    /// The class of the storage.
    public let storageClass: String?
    /// The state of its storage, in the service's own word.
    public let storeStatus: String?
    /// The state of its metadata, in the service's own word.
    public let metaStatus: String?
    /// Whether it is a copy-only backup (SQL Server).
    public let isCopyOnly: Bool?
    /// PolarDB only.
    public let level: String?
    /// Present for backups on local disks; snapshots need CreateDownload.
    public let link: DownloadLink
    /// The links to the databases of a logical backup.
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
