import AlibabaCloudCore
import Logging

/// What went wrong; see `CloudError`.
public typealias BackupError = CloudError

/// The door to the backups of one region: make them, ask for their download, wait, and fetch.
///
///     let backups = try DatabaseBackups(region: "cn-hangzhou")
///     let ensured = try await backups.ensureDownload(
///         DownloadRequest(instance: "rm-bp1…", source: .backupSet("146005"), format: .csv(header: true)))
///     let task = try await backups.wait(for: ensured.task.id, of: "rm-bp1…")
///     let report = try await backups.fetch(task.id, of: "rm-bp1…", to: "shop.tar.gz")
///
/// A value: copy it and use it from any number of tasks. Every method throws `CloudError`, or `CancellationError` when
/// its task is cancelled.
public struct DatabaseBackups: Sendable {
    /// The region of the instances, such as `cn-hangzhou`.
    public let region: String

    let client: ServiceClient
    let transport: any HTTPTransport
    let clock: Clockwork
    let logger: Logger

    /// - Parameters:
    ///   - region: the region of the instances, such as `cn-hangzhou`.
    ///   - credentials: where keys come from; the vendor's standard chain if nil.
    ///   - endpoint: one address for all products instead of the vendor's own; `https`, or `http` on loopback.
    ///   - transport: what speaks HTTP; the network, with proxies from the process's environment, if nil.
    ///   - retry: how often a call is tried again after throttling, HTTP 5xx and network errors.
    ///   - clock: the time, patience and chance that the library lives by.
    ///   - logger: gets notes on retries and reconnections, never a key, a token or the query of a link.
    public init(
        region: String, credentials: (any CredentialsProvider)? = nil, endpoint: String? = nil,
        transport: (any HTTPTransport)? = nil, retry: RetryPolicy = .standard, clock: Clockwork = .system,
        logger: Logger = Logger(label: "DatabaseBackup")
    ) throws(CloudError) {
        let transport = transport ?? NetworkTransport.fromEnvironment()
        self.region = region
        self.transport = transport
        self.clock = clock
        self.logger = logger
        client = ServiceClient(
            endpoint: try endpoint.map { text throws(CloudError) in .fixed(try Self.checked(endpoint: text)) }
                ?? .region(region),
            credentials: credentials ?? CredentialChain(transport: transport, clock: clock), transport: transport,
            retry: retry, clock: clock, logger: logger)
    }

    private static func checked(endpoint: String) throws(CloudError) -> SignedURL {
        let whole = endpoint.contains("://") ? endpoint : "https://\(endpoint)"
        let url = try SignedURL(whole, upgradingToHTTPS: false)
        guard url.scheme == "https" || url.isLoopback else {
            throw CloudError(
                .badArguments, "an http endpoint must be on this machine", location: url.description,
                advice: "Use https.")
        }
        return try SignedURL(whole)
    }

    /// Sends a call and adds what this library knows about the service's codes to an error.
    func send(_ call: APICall) async throws -> JSONValue {
        do {
            return try await client.send(call)
        } catch var error as CloudError {
            error.advice = error.advice ?? ServiceAdvice.text(for: error)
            error.remedy = error.remedy ?? ServiceAdvice.remedy(for: error)
            throw error
        }
    }
}
