import AlibabaCloudCore
import Foundation

/// Which backup sets to list: the filters that RDS and PolarDB share.
public struct BackupSetFilter: Sendable, Hashable {
    /// Only this set.
    public var backupSet: String?
    /// `Success` or `Failed`.
    public var status: String?
    /// `Automated` or `Manual`.
    public var mode: String?
    /// Only sets from then on.
    public var since: Date?
    /// Only sets before.
    public var until: Date?
    /// Sets per call.
    public var pageSize: Int

    /// Makes a filter that lets all sets pass, but for what is given.
    public init(
        backupSet: String? = nil, status: String? = nil, mode: String? = nil, since: Date? = nil, until: Date? = nil,
        pageSize: Int = 30
    ) {
        self.backupSet = backupSet
        self.status = status
        self.mode = mode
        self.since = since
        self.until = until
        self.pageSize = pageSize
    }

    func parameters(page: Int) -> [String: String?] {
        [
            "BackupId": backupSet, "BackupStatus": status, "BackupMode": mode,
            "StartTime": since.map(Timestamps.minutes),
            "EndTime": until.map(Timestamps.minutes), "PageSize": String(pageSize), "PageNumber": String(page),
        ]
    }
}
