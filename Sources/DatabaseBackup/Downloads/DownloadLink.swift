import AlibabaCloudCore
import Foundation

/// Where a finished task's archive lies, for as long as the links live.
public struct DownloadLink: Sendable, Hashable {
    /// Which of the two links to use.
    public enum Network: String, Sendable, CaseIterable {
        /// From anywhere; traffic over the monthly quota is billed.
        case `public`
        /// From ECS in the same region and network: free and faster; elsewhere it times out or is refused.
        case `internal`
    }

    /// The link for any network.
    public let publicURL: SignedURL?
    /// The link for the vendor's own network, in the same region.
    public let internalURL: SignedURL?
    /// When the service says that the links die.
    public let expires: Date?

    /// Makes a link of its two addresses.
    public init(publicURL: SignedURL?, internalURL: SignedURL?, expires: Date?) {
        self.publicURL = publicURL
        self.internalURL = internalURL
        self.expires = expires
    }

    init(publicText: String?, internalText: String?, expires: Date?) throws(CloudError) {
        self.init(
            publicURL: try publicText.map { text throws(CloudError) in try SignedURL(text) },
            internalURL: try internalText.map { text throws(CloudError) in try SignedURL(text) }, expires: expires)
    }

    /// - Throws: `CloudError` of kind `notFound` when the service gave no such link.
    public func url(on network: Network) throws(CloudError) -> SignedURL {
        let url = network == .public ? publicURL : internalURL
        if let url { return url }
        throw CloudError(
            .notFound, "the task has no \(network.rawValue) link",
            advice:
                "A link exists from the end of the task on, for three days, and only for tasks whose target is a URL.")
    }
}
