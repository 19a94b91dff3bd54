import Foundation

/// An access key, with a session token and an end when it is a temporary one. The secrets print as `***`.
public struct Credentials: Sendable, Hashable {
    public let accessKeyID: String
    public let accessKeySecret: Secret
    public let securityToken: Secret?
    /// When the service stops accepting them; nil for a permanent key.
    public let expiration: Date?

    public init(accessKeyID: String, accessKeySecret: Secret, securityToken: Secret? = nil, expiration: Date? = nil) {
        self.accessKeyID = accessKeyID
        self.accessKeySecret = accessKeySecret
        self.securityToken = securityToken
        self.expiration = expiration
    }
}

extension Credentials: CredentialsProvider {
    public func credentials() async throws -> Credentials { self }
}
