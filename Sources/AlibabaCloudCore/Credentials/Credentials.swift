import Foundation

/// An access key, with a session token and an end when it is a temporary one. The secrets print as `***`.
public struct Credentials: Sendable, Hashable {
    /// The id of the access key: not a secret.
    public let accessKeyID: String
    /// What calls are signed with.
    public let accessKeySecret: Secret
    /// Of temporary credentials: goes along with every call.
    public let securityToken: Secret?
    /// When the service stops accepting them; nil for a permanent key.
    public let expiration: Date?

    /// Makes credentials; without an expiration they hold for good.
    public init(accessKeyID: String, accessKeySecret: Secret, securityToken: Secret? = nil, expiration: Date? = nil) {
        self.accessKeyID = accessKeyID
        self.accessKeySecret = accessKeySecret
        self.securityToken = securityToken
        self.expiration = expiration
    }
}

extension Credentials: CredentialsProvider {
    /// Itself: credentials that are given are their own provider.
    public func credentials() async throws -> Credentials { self }
}
