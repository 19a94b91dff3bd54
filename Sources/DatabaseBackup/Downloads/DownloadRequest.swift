import Foundation

/// What to convert and where to put it: the parameters of CreateDownload, such that no contradiction can be said.
public struct DownloadRequest: Sendable, Hashable {
    /// Whose backup: `rm-…`, `pgm-…`, `pc-…`, `dds-…`.
    public var instance: String
    /// Which data.
    public var source: Source
    /// What the data becomes.
    public var format: Format
    /// Where the archive goes.
    public var target: Target
    /// zstd instead of gzip.
    public var usesZstandard: Bool

    /// Makes a request; by default CSV with header lines, in gzip, to be fetched by a link.
    public init(
        instance: String, source: Source, format: Format = .csv(header: true), target: Target = .url,
        usesZstandard: Bool = false
    ) {
        self.instance = instance
        self.source = source
        self.format = format
        self.target = target
        self.usesZstandard = usesZstandard
    }

    /// Which data is converted: a backup set, or a moment.
    public enum Source: Sendable, Hashable {
        /// A finished full backup; `size` in bytes, if known.
        case backupSet(String, size: Int64? = nil)
        /// The data as of a moment within the retention of the log backups.
        case pointInTime(Date)
    }

    /// What the data is converted to.
    public enum Format: Sendable, Hashable {
        case csv(header: Bool)
        case sql
        case parquet
        /// The engine's files, `qp.xb` (MySQL): nothing that holds rows.
        case physical
        /// ApsaraDB for MongoDB only.
        case bson(MongoDocuments)
    }

    /// How to read a MongoDB instance.
    public struct MongoDocuments: Sendable, Hashable {
        /// Whether the instance is a sharded cluster.
        public var isCluster: Bool
        /// The database that holds the users; `admin` if nil.
        public var adminDatabase: String?
        /// Passed on to the service as it is.
        public var primaryKeyTypeOnly: Bool
        /// The name of the cluster.
        public var clusterName: String?

        /// Makes the choices for a MongoDB instance.
        public init(
            isCluster: Bool = false, adminDatabase: String? = nil, primaryKeyTypeOnly: Bool = false,
            clusterName: String? = nil
        ) {
            self.isCluster = isCluster
            self.adminDatabase = adminDatabase
            self.primaryKeyTypeOnly = primaryKeyTypeOnly
            self.clusterName = clusterName
        }
    }

    /// Where the archive goes: a link, or a bucket.
    public enum Target: Sendable, Hashable {
        /// A link, for three days.
        case url
        /// A bucket of the user's, of storage class Standard; the account needs the role AliyunDBSDefaultRole.
        case oss(bucket: String, path: String, region: String)
    }
}

extension DownloadRequest.Format {
    /// The format that the finished task will show.
    public var downloadFormat: DownloadFormat {
        switch self {
        case .csv(header: false): .csv
        case .csv(header: true): .csvWithHeader
        case .sql: .sql
        case .parquet: .parquet
        case .physical: .physical
        case .bson: .bson
        }
    }

    /// The spelling of the vendor's examples; the service is not known to mind the case.
    var wire: String {
        switch self {
        case .csv(header: false): "CSV"
        case .csv(header: true): "csv-with-header"
        case .sql: "SQL"
        case .parquet: "Parquet"
        case .physical: "qp.xb"
        case .bson: "Bson"
        }
    }
}
