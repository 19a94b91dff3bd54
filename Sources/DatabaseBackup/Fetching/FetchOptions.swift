import AlibabaCloudCore

/// How to fetch.
public struct FetchOptions: Sendable, Hashable {
    /// Ranges fetched at the same time, each over a connection of its own; of at least 16 MiB each.
    public var parallel: Int
    /// Whether to resume what an earlier run left; otherwise it is removed.
    public var resumes: Bool
    /// How long the links that are asked for shall live; 300 to 86400 seconds.
    public var linkLifetime: Duration
    /// Which of the two links to fetch from.
    public var network: DownloadLink.Network
    /// How often to connect again without a byte of progress.
    public var retry: RetryPolicy

    /// Makes options; by default one connection over the public network, resuming.
    public init(
        parallel: Int = 1, resumes: Bool = true, linkLifetime: Duration = .seconds(7200),
        network: DownloadLink.Network = .public,
        retry: RetryPolicy = RetryPolicy(attempts: 10, shortest: .seconds(1), longest: .seconds(60))
    ) {
        self.parallel = parallel
        self.resumes = resumes
        self.linkLifetime = linkLifetime
        self.network = network
        self.retry = retry
    }
}
