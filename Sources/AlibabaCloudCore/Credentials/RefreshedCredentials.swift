import Foundation

/// Keeps credentials while they are good, and fetches new ones once for all who wait.
package actor RefreshedCredentials: CredentialsProvider {
    /// Temporary keys are renewed this long before their end.
    package static let margin: TimeInterval = 180

    private let sources: [any CredentialSource]
    private let clock: Clockwork
    private let advice: String
    private var current: Credentials?
    private var chosen: (any CredentialSource)?
    private var refresh: Task<Credentials, any Error>?

    /// - Parameter advice: what to do where no source has any.
    package init(sources: [any CredentialSource], clock: Clockwork, advice: String) {
        self.sources = sources
        self.clock = clock
        self.advice = advice
    }

    package func credentials() async throws -> Credentials {
        if let current, !isEnding(current) { return current }
        if let refresh { return try await refresh.value }
        let task = Task { try await self.load() }
        refresh = task
        defer { refresh = nil }
        do {
            let fresh = try await task.value
            current = fresh
            return fresh
        } catch {
            // Renewal began early, so what we have may still be good for a while.
            if let current, let end = current.expiration, end > clock.now() { return current }
            throw error
        }
    }

    private func isEnding(_ credentials: Credentials) -> Bool {
        credentials.expiration.map { $0.timeIntervalSince(clock.now()) <= Self.margin } ?? false
    }

    private func load() async throws -> Credentials {
        for source in chosen.map({ [$0] }) ?? sources {
            if let found = try await source.load() {
                chosen = source
                return found
            }
        }
        throw CloudError(
            .credentials, "no credentials were found in: \(sources.map(\.location).joined(separator: ", "))",
            advice: advice)
    }
}
