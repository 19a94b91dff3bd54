import AlibabaCloudCore

/// How the bytes of one object are asked for: by a link that is signed and dies, or by requests that are signed each.
package protocol ObjectRequests: Sendable {
    /// Whether asking again can give another link.
    var canRenew: Bool { get }
    /// Whether the object may be a page of HTML or XML. An archive is none: then such a page comes from a proxy.
    var mayBeMarkup: Bool { get }

    /// Where the object lies.
    ///
    /// - Parameter dead: a link that was refused: another one is wanted.
    func link(insteadOf dead: SignedURL?) async throws -> SignedURL

    /// The request with what lets it in.
    func authorized(_ request: HTTPRequest) async throws -> HTTPRequest

    /// What an answer with an error status means.
    ///
    /// - Parameter text: the beginning of the body, usually `<Error><Code>…`.
    func refusal(status: Int, text: String) -> CloudError
}
