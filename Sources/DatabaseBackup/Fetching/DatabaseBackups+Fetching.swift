import AlibabaCloudCore
import BackupBytes
import Foundation
import ObjectStores

extension DatabaseBackups {
    /// Fetches a finished task's archive into a file.
    ///
    /// A `path.partial` of an earlier run is resumed. The file gets its name when its size, and its checksum if the
    /// store sends one, are right.
    ///
    /// - Parameters:
    ///   - id: a finished task.
    ///   - path: the file to make.
    ///   - options: connections, resuming, lifetime of links, network.
    ///   - progress: called often, from any thread.
    public func fetch(
        _ id: DownloadTaskID, to path: String, options: FetchOptions = FetchOptions(),
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws -> FetchReport {
        try await FileFetch(
            object: object(of: id, options: options), output: path, origin: "task \(id)", options: options,
            progress: progress
        ).run()
    }

    /// Fetches the object of a link. When the link dies there is no other: fetching by task survives that.
    public func fetch(
        _ link: SignedURL, to path: String, options: FetchOptions = FetchOptions(),
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws -> FetchReport {
        try await FileFetch(
            object: object(of: link, options: options), output: path, origin: "link \(link)", options: options,
            progress: progress
        ).run()
    }

    /// A finished task's archive as a stream of bytes, for reading without touching the disk.
    ///
    /// - Parameters:
    ///   - id: a finished task.
    ///   - options: lifetime of links, network, retries.
    ///   - point: where to begin, as `DownloadSource.resumePoint(upTo:)` gave it, in this process or an earlier one.
    ///     Compare the `identity` of the two sources: they belong to the same object when it is equal.
    public func open(
        _ id: DownloadTaskID, options: FetchOptions = FetchOptions(), from point: SourceResumePoint? = nil
    ) async throws -> DownloadSource {
        try await DownloadSource(object(of: id, options: options), from: point)
    }

    /// The object of a link, as a stream of bytes; see `open(_:options:from:)` of a task.
    public func open(
        _ link: SignedURL, options: FetchOptions = FetchOptions(), from point: SourceResumePoint? = nil
    ) async throws -> DownloadSource {
        try await DownloadSource(object(of: link, options: options), from: point)
    }

    private func object(of id: DownloadTaskID, options: FetchOptions) -> ObjectOrigin {
        object(options, canRenew: true) {
            if id.isClassic {
                // Classic DBS has no operation for links: reading the task again signs new ones.
                guard let task = try await findClassicDownloadTask(id) else {
                    throw CloudError(.notFound, "there is no task \(id)", advice: "Check the id and the region.")
                }
                return (try task.link.url(on: options.network), nil)
            }
            let link = try await downloadLink(id, lifetime: options.linkLifetime)
            return (try link.url(on: options.network), link.expires)
        }
    }

    private func object(of link: SignedURL, options: FetchOptions) -> ObjectOrigin {
        object(options, canRenew: false) { (link, nil) }
    }

    func object(
        _ options: FetchOptions, canRenew: Bool, first: LinkSource.Link? = nil,
        ask: @escaping @Sendable () async throws -> LinkSource.Link
    ) -> ObjectOrigin {
        ObjectOrigin(
            requests: LinkSource(canRenew: canRenew, clock: clock, first: first, ask: ask), transport: transport,
            retry: options.retry, clock: clock, logger: logger)
    }
}
