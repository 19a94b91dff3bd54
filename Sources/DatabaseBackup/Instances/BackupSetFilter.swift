import AlibabaCloudCore
import Foundation

/// Which backup sets to list: the filters that RDS and PolarDB share.
public struct BackupSetFilter: Sendable, Hashable {
    public var backupSet: String?
    /// `Success` or `Failed`.
    public var status: String?
    /// `Automated` or `Manual`.
    public var mode: String?
    public var since: Date?
    public var until: Date?
    public var pageSize: Int

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
