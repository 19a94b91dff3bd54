import AlibabaCloudCore
import Foundation

/// Which download tasks to list: all filters of DescribeDownloadTask.
public struct DownloadTaskFilter: Sendable, Hashable {
    /// What tasks convert: full backups, or moments.
    public enum Kind: String, Sendable, CaseIterable {
        case full
        case pointInTime = "pitr"
    }

    /// The order of the list, by time of creation.
    public enum Order: String, Sendable, CaseIterable {
        case oldestFirst = "asc"
        case newestFirst = "desc"
    }

    /// The instance whose tasks are listed.
    public var instance: String
    /// Only tasks of this backup set.
    public var backupSet: String?
    /// Only tasks in this state.
    public var state: TaskState?
    /// Only tasks of this kind.
    public var kind: Kind?
    /// By the time the tasks were created.
    public var since: Date?
    /// Only tasks created before.
    public var until: Date?
    /// The order of the list.
    public var order: Order
    /// `ds-<instance>_<region>`.
    public var dataSource: String?
    /// MongoDB only.
    public var clusterName: String?
    /// Tasks per call.
    public var pageSize: Int

    /// Makes a filter that lets all tasks of the instance pass, but for what is given.
    public init(
        instance: String, backupSet: String? = nil, state: TaskState? = nil, kind: Kind? = nil, since: Date? = nil,
        until: Date? = nil, order: Order = .newestFirst, dataSource: String? = nil, clusterName: String? = nil,
        pageSize: Int = 30
    ) {
        self.instance = instance
        self.backupSet = backupSet
        self.state = state
        self.kind = kind
        self.since = since
        self.until = until
        self.order = order
        self.dataSource = dataSource
        self.clusterName = clusterName
        self.pageSize = pageSize
    }

    func parameters(region: String, page: Int) -> [String: String?] {
        [
            "RegionCode": region, "InstanceName": instance, "DatasourceId": dataSource, "BackupSetId": backupSet,
            "State": state?.word, "TaskType": kind?.rawValue, "StartTime": since.map(Timestamps.milliseconds),
            "EndTime": until.map(Timestamps.milliseconds), "PageSize": String(pageSize), "CurrentPage": String(page),
            "OrderDirect": order.rawValue, "OrderColumn": "gmt_create", "ClusterName": clusterName,
        ]
    }
}
