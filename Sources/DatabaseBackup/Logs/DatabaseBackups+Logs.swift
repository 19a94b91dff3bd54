import AlibabaCloudCore
import Foundation

/// The logs that RDS keeps of an instance.
extension DatabaseBackups {
    /// A list longer than this is not held in memory: the window is to be narrowed.
    private static var mostLogs: Int { 100_000 }

    /// The log files of an instance in the order of their changes, by default those of the primary only.
    ///
    ///     for try await log in backups.binaryLogs(of: "rm-bp1…", BinaryLogFilter(since: yesterday)) {
    ///         let report = try await backups.fetch(log, toFolder: "logs")
    ///     }
    public func binaryLogs(of instance: String, _ filter: BinaryLogFilter = BinaryLogFilter()) -> BinaryLogSequence {
        BinaryLogSequence { try await binaryLogList(of: instance, filter) }
    }

    /// The same at once, with what was left out and what is missing.
    ///
    /// - Throws: `CloudError` of kind `notFound` when it cannot be decided which host was the primary.
    public func binaryLogList(
        of instance: String, _ filter: BinaryLogFilter = BinaryLogFilter()
    ) async throws -> BinaryLogList {
        let window = filter.window(now: clock.now())
        let pages = listedBinaryLogs(
            of: instance, since: window.since, until: window.until, pageSize: filter.pageSize)
        let listed = try await pages.collected(limit: Self.mostLogs + 1)
        if listed.count > Self.mostLogs {
            throw CloudError(
                .refused, "the instance has more than \(Self.mostLogs) logs in this time", location: instance,
                advice: "Narrow the time.")
        }
        let found = listed.filter {
            $0.end ?? .distantFuture >= window.since && $0.begin ?? .distantPast <= window.until
        }
        guard filter.hosts == .primary, Set(found.map(\.host)).count > 1 else {
            return try BinaryLogList(found, filter.hosts, primary: nil)
        }
        do {
            let primary = try await instanceHosts(of: instance).first(where: \.isPrimary)
            return try BinaryLogList(found, .primary, primary: primary?.id)
        } catch let error as CloudError where [.credentials, .refused].contains(error.kind) || error.code != nil {
            // Who may not ask for the hosts can still be served where the logs leave no doubt.
            if let list = try? BinaryLogList(found, .primary, primary: nil) { return list }
            var error = error
            error.message = "which host is the primary cannot be asked: \(error.message)"
            error.remedy = .chooseHost
            throw error
        }
    }

    /// DescribeBinlogFiles: the log files of all hosts of an instance, page by page, in the service's order.
    ///
    /// - Parameters:
    ///   - instance: the instance, `rm-…`.
    ///   - since: only logs that end then or later; to the second.
    ///   - until: only logs that begin before; to the second.
    ///   - pageSize: logs per call, 30 to 100.
    public func listedBinaryLogs(
        of instance: String, since: Date, until: Date, pageSize: Int = 100
    ) -> PagedSequence<BinaryLog> {
        PagedSequence(firstPage: 1) { number in
            let call = APICall(
                .rds, "DescribeBinlogFiles",
                [
                    "DBInstanceId": instance, "StartTime": Timestamps.seconds(since),
                    "EndTime": Timestamps.seconds(until, roundingUp: true), "PageSize": String(pageSize),
                    "PageNumber": String(number),
                ])
            let answer = try await send(call)
            // An empty list has a count; an answer with neither is no list.
            guard answer["Items"] != .null || answer["TotalRecordCount"] != .null else {
                throw CloudError(
                    .unexpectedAnswer, "the answer is not the service's", location: call.action,
                    requestID: answer["RequestId"].text, advice: "Look for a proxy or a wrong endpoint.",
                    remedy: .chooseEndpoint)
            }
            let logs = try answer["Items"].items(under: "BinLogFile").map { item in
                guard let log = BinaryLog(item, of: instance) else {
                    throw CloudError(
                        .unexpectedAnswer, "the service lists a log without a name", location: call.action,
                        requestID: answer["RequestId"].text)
                }
                return log
            }
            return .init(items: logs, total: answer["TotalRecordCount"].integer)
        }
    }

    /// DescribeDBInstanceHAConfig: the hosts of an instance, the primary among them.
    public func instanceHosts(of instance: String) async throws -> [InstanceHost] {
        let answer = try await send(APICall(.rds, "DescribeDBInstanceHAConfig", ["DBInstanceId": instance]))
        return answer["HostInstanceInfos"].items(under: "NodeInfo").compactMap { InstanceHost($0) }
    }
}
