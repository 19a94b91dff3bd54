import Foundation

/// Which log files of an instance to list.
public struct BinaryLogFilter: Sendable, Hashable {
    /// Whose logs: the hosts of an instance each write all changes to logs of their own.
    public enum Hosts: Sendable, Hashable {
        /// Those of the host that was the primary, so that no change comes twice.
        case primary
        /// Those of every host.
        case all
        /// Those of one host, by the number that the service calls HostInstanceID.
        case host(String)
    }

    /// Only logs with changes from then on; seven days before `until` if nil.
    public var since: Date?
    /// Only logs with changes up to then; now if nil.
    public var until: Date?
    /// Whose logs.
    public var hosts: Hosts
    /// Logs per call, 30 to 100.
    public var pageSize: Int

    /// Makes a filter; by default the logs of the primary of the last seven days.
    public init(since: Date? = nil, until: Date? = nil, hosts: Hosts = .primary, pageSize: Int = 100) {
        self.since = since
        self.until = until
        self.hosts = hosts
        self.pageSize = pageSize
    }

    /// The operation wants both ends of the time.
    func window(now: Date) -> (since: Date, until: Date) {
        let until = until ?? now
        return (since ?? until.addingTimeInterval(-7 * 86400), until)
    }
}
