import AlibabaCloudCore
import Foundation

/// The log files of an instance in a window of time: whose, in which order, and what is missing.
///
/// Each host of an instance writes all changes, its own or replicated, to logs with numbers of its own: one host's logs
/// are complete, and those of two hosts have each change twice. So `.primary` selects the logs of one host, and before
/// its first log those of a host that ended when this one began:
///
///     host 1   ── 000051 ── 000052 ──┊
///     host 2                         ┊── 000007 ── 000008 ──      the primary now: 000051, 000052, 000007, 000008
///     host 3   ── 000003 ── 000004 ──┊── 000005 ── 000006 ──      a standby: left out
public struct BinaryLogList: Sendable, Hashable {
    /// Logs of a host that are not in the list.
    public struct LeftOut: Sendable, Hashable {
        /// The host.
        public let host: String
        /// How many logs.
        public let count: Int
        /// The time of the first change in them.
        public let begin: Date?
    }

    /// Two logs of one host between whose numbers others should be.
    public struct Gap: Sendable, Hashable {
        /// The last log before the gap.
        public let before: BinaryLog
        /// The first log after the gap.
        public let after: BinaryLog
    }

    /// In the order of their changes: host after host, each host's by number.
    public let logs: [BinaryLog]
    /// Hosts whose logs are in the window but not in the list.
    public let leftOut: [LeftOut]

    /// The hosts of the logs, in their order.
    public var hosts: [String] {
        logs.map(\.host).reduce(into: []) { hosts, host in
            if hosts.last != host { hosts.append(host) }
        }
    }

    /// Where the numbers of a host's logs are not consecutive: the service has no file there, or not yet.
    public var gaps: [Gap] {
        zip(logs, logs.dropFirst()).compactMap { one, next in
            guard one.host == next.host, let number = one.number, let following = next.number, following > number + 1
            else { return nil }
            return Gap(before: one, after: next)
        }
    }

    /// How far the clocks of two hosts may differ.
    private static let slack: TimeInterval = 60

    /// - Parameters:
    ///   - found: all logs in the window, in any order; repeated ones count once.
    ///   - choice: whose logs to take.
    ///   - primary: the host that is the primary now; nil if unknown.
    /// - Throws: `CloudError` of kind `notFound` when it cannot be decided whose logs are meant.
    init(_ found: [BinaryLog], _ choice: BinaryLogFilter.Hosts, primary: String?) throws(CloudError) {
        var series = Self.series(of: found)
        let all = series
        switch choice {
        case .all: break
        case .host(let id):
            series = series.filter { $0.host == id }
            if series.isEmpty && !all.isEmpty {
                throw CloudError(.notFound, "host \(id) has no logs in this time; \(Self.names(of: all))")
            }
        case .primary: series = try Self.primaries(series, primary: primary)
        }
        logs = series.flatMap(\.logs)
        let taken = Set(series.map(\.host))
        leftOut = all.filter { !taken.contains($0.host) }.map {
            LeftOut(host: $0.host, count: $0.logs.count, begin: $0.begin)
        }
    }

    /// The logs of one host, in order.
    private struct Series {
        let host: String
        let logs: [BinaryLog]

        var begin: Date { logs.compactMap(\.begin).min() ?? .distantPast }
        var end: Date { logs.compactMap(\.end).max() ?? .distantFuture }

        func precedes(_ other: Series) -> Bool { end <= other.begin + BinaryLogList.slack && begin < other.begin }
    }

    private struct Key: Hashable {
        let host: String
        let name: String
        let begin: Date?
    }

    private static func series(of found: [BinaryLog]) -> [Series] {
        var seen: Set<Key> = []
        let unique = found.filter { seen.insert(Key(host: $0.host, name: $0.name, begin: $0.begin)).inserted }
        return Dictionary(grouping: unique, by: \.host).map { host, logs in
            Series(host: host, logs: logs.sorted { rank($0) < rank($1) })
        }.sorted { ($0.begin, $0.host) < ($1.begin, $1.host) }
    }

    private static func rank(_ log: BinaryLog) -> (Int, String, Date) {
        (log.number ?? -1, log.name, log.begin ?? .distantPast)
    }

    /// The primary's, and before them those of hosts that ended when the next one began.
    private static func primaries(_ series: [Series], primary: String?) throws(CloudError) -> [Series] {
        guard series.count > 1 else { return series }
        if let last = series.first(where: { $0.host == primary }) {
            var chain = [last]
            while let next = series.filter({ $0.precedes(chain[0]) }).max(by: { $0.end < $1.end }) {
                chain.insert(next, at: 0)
            }
            return chain
        }
        // Who is the primary does not matter where only one host was at work at any time.
        if zip(series, series.dropFirst()).allSatisfy({ $0.precedes($1) }) { return series }
        throw CloudError(
            .notFound, "which host was the primary in this time is not known; \(names(of: series))",
            advice: "Choose a host.", remedy: .chooseHost)
    }

    private static func names(of series: [Series]) -> String {
        "there are logs of " + series.map { "host \($0.host)" }.joined(separator: ", ")
    }
}
