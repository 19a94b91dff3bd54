import AlibabaCloudCore

/// A host of an RDS instance, by DescribeDBInstanceHAConfig.
public struct InstanceHost: Sendable, Hashable {
    /// The number that the service calls NodeId here and HostInstanceID elsewhere.
    public let id: String
    /// `Master` or `Slave`, in the service's own word.
    public let role: String?
    /// `Synchronized`, `Syncing`, `NotAvailable` or `NotSupport`, in the service's own word.
    public let synchronization: String?
    /// The zone in which it runs.
    public let zone: String?

    init?(_ json: JSONValue) {
        guard let id = json["NodeId"].text else { return nil }
        self.id = id
        role = json["NodeType"].text
        synchronization = json["SyncStatus"].text
        zone = json["ZoneId"].text
    }

    /// Whether it is the one that takes writes now.
    public var isPrimary: Bool { role?.lowercased() == "master" }
}
