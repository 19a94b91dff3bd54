import AlibabaCloudCore
import Foundation
import ObjectStores

extension DatabaseBackups {
    /// Fetches a log file into a folder, under its own name (with `.tar` at the end where the store has a tar of it).
    ///
    /// A half-fetched file of an earlier run is resumed, and one that is whole is only compared. The file gets its name
    /// when its size and checksum are those that the service lists. Links that expire are asked for again.
    ///
    /// - Parameters:
    ///   - log: as `binaryLogs(of:_:)` gave it.
    ///   - folder: made where it is missing.
    ///   - options: connections, resuming, network; the service decides how long links live.
    ///   - progress: called often, from any thread.
    /// - Throws: `CloudError` of kind `notReady` while the log is being uploaded, `notFound` when there is no link,
    ///   `damaged` when the bytes are not those that are listed, `outputExists` when another file bears the name.
    public func fetch(
        _ log: BinaryLog, toFolder folder: String, options: FetchOptions = FetchOptions(),
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws -> FetchReport {
        try log.checkNames()
        try log.checkReady()
        let path = folder + "/" + log.name
        let listed = ListedObject(size: log.size, checksum: log.checksum)
        let kept = KeptLog(listed: listed, path: path)
        // Reading a large file again holds a thread for seconds.
        if let report = try await withTaskExecutorPreference(DiskThread(), operation: { try kept.report() }) {
            return report
        }
        let first = (try log.url(on: options.network), log.link.expires)
        try Self.make(folder)
        return try await FileFetch(
            object: object(options, canRenew: true, first: first) { try await freshLink(to: log, on: options.network) },
            output: path, origin: "log \(log.name) of host \(log.host) of \(log.instance)", options: options,
            listed: listed, progress: progress
        ).run()
    }

    /// DescribeBinlogFiles signs new links with each answer.
    private func freshLink(to log: BinaryLog, on network: DownloadLink.Network) async throws -> LinkSource.Link {
        let window = BinaryLogFilter().window(now: clock.now())
        let begin = log.begin ?? log.end ?? window.since, end = log.end ?? log.begin ?? window.until
        for try await found in listedBinaryLogs(
            of: log.instance, since: begin.addingTimeInterval(-1), until: end.addingTimeInterval(1))
        where found.name == log.name && found.host == log.host {
            return (try found.url(on: network), found.link.expires)
        }
        throw CloudError(
            .notFound, "the service does not list the log any more", location: log.name,
            advice: "It may be past its retention.")
    }

    private static func make(_ folder: String) throws(CloudError) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch let error as CocoaError where error.code == .fileWriteOutOfSpace {
            throw CloudError(.diskFull, "the disk is full", location: folder, advice: "Make room and run it again.")
        } catch {
            throw CloudError(.outputFailed, "the folder cannot be made", location: folder)
        }
    }
}
