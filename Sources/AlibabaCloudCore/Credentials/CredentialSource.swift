/// One link of the chain: where credentials may lie.
package protocol CredentialSource: Sendable {
    /// Where it looks, for people: "environment variables", "profile ‘prod’ of ~/.aliyun/config.json".
    var location: String { get }

    /// What lies there, or nil when the source is not in use at all.
    ///
    /// - Throws: `CloudError` when the source is in use and broken; the chain then stops, so that no other account is
    ///   used by accident.
    func load() async throws -> Credentials?
}
