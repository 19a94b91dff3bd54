/// A backup to make of an RDS instance: the parameters of CreateBackup.
public struct InstanceBackup: Sendable, Hashable {
    public var instance: String
    public var method: Method

    public init(instance: String, method: Method = .physical) {
        self.instance = instance
        self.method = method
    }

    public enum Method: Sendable, Hashable {
        /// The engine's files. Instances on cloud disks make a snapshot whatever the method.
        case physical
        case snapshot
        /// SQL dumps, of the whole instance or of these databases.
        case logical(databases: [String] = [])
        /// SQL Server only: its own choices, of the whole instance or of these databases.
        case sqlServer(Kind, databases: [String] = [], retentionDays: Int? = nil)
    }

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
