/// Gives credentials for the next call. Called before every attempt, so a provider keeps what it has for as long as it
/// is good.
public protocol CredentialsProvider: Sendable {
    /// - Throws: `CloudError` of kind `credentials` when there are none.
    func credentials() async throws -> Credentials
}
