/// A backup to make of an RDS instance: the parameters of CreateBackup.
public struct InstanceBackup: Sendable, Hashable {
    /// The instance, `rm-…`.
    public var instance: String
    /// How to back up.
    public var method: Method

    /// Makes a backup; physical if nothing else is said.
    public init(instance: String, method: Method = .physical) {
        self.instance = instance
        self.method = method
    }

    /// How to back up, with what each method can choose.
    public enum Method: Sendable, Hashable {
        /// The engine's files. Instances on cloud disks make a snapshot whatever the method.
        case physical
        case snapshot
        /// SQL dumps, of the whole instance or of these databases.
        case logical(databases: [String] = [])
        /// SQL Server only: its own choices, of the whole instance or of these databases.
        case sqlServer(Kind, databases: [String] = [], retentionDays: Int? = nil)
    }

    /// What a backup of SQL Server holds.
    public enum Kind: String, Sendable {
        /// Full or incremental, as the service sees fit.
        case automatic = "Auto"
        case full = "FullBackup"
    }

    func parameters() -> [String: String?] {
        var query: [String: String?] = ["DBInstanceId": instance]
        func choose(_ databases: [String]) {
            query["BackupStrategy"] = databases.isEmpty ? "instance" : "db"
            query["DBName"] = databases.joined(separator: ",")
        }
        switch method {
        case .physical: query["BackupMethod"] = "Physical"
        case .snapshot: query["BackupMethod"] = "Snapshot"
        case .logical(let databases):
            query["BackupMethod"] = "Logical"
            choose(databases)
        case .sqlServer(let kind, let databases, let retentionDays):
            query["BackupMethod"] = "Physical"
            query["BackupType"] = kind.rawValue
            query["BackupRetentionPeriod"] = retentionDays.map { String($0) }
            choose(databases)
        }
        return query
    }
}
