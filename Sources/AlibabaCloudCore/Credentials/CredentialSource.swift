/// One link of the chain: a place where credentials may lie.
package protocol CredentialSource: Sendable {
    /// Where it looks, for people: "environment variables", "profile ‘prod’ of ~/.aliyun/config.json".
    var location: String { get }

    /// What lies there, or nil when the place is not in use at all.
    ///
    /// - Throws: `CloudError` when the place is in use and broken; the chain then stops, so that no other account is
    ///   used by accident.
    func load() async throws -> Credentials?
}
