import AlibabaCloudCore
import Foundation

/// Gives the link for the next connection: asked for late, kept while it lives, renewed once for all who find it dead.
package actor LinkSource: ObjectRequests {
    package typealias Link = (url: SignedURL, expires: Date?)

    /// Whether asking again can give another link.
    package nonisolated let canRenew: Bool
    private let ask: @Sendable () async throws -> Link
    private let clock: Clockwork
    private var current: Link?
    private var renewal: Task<Link, any Error>?

    /// - Parameter first: a link that is known already.
    package init(
        canRenew: Bool, clock: Clockwork, first: Link? = nil, ask: @escaping @Sendable () async throws -> Link
    ) {
        self.canRenew = canRenew
        self.clock = clock
        self.ask = ask
        current = first
    }

    /// - Parameter dead: the link that was refused; a caller who comes late gets the one that has replaced it.
    package func link(insteadOf dead: SignedURL?) async throws -> SignedURL {
        if let current, current.url != dead, !isEnding(current) { return current.url }
        if let renewal { return try await renewal.value.url }
        let task = Task { [ask] in try await ask() }
        renewal = task
        defer { renewal = nil }
        let fresh = try await task.value
        current = fresh
        return fresh.url
    }

    package nonisolated var mayBeMarkup: Bool { false }

    /// As it is: the link was signed without further headers, and a header that begins with `x-oss-` would count.
    package nonisolated func authorized(_ request: HTTPRequest) -> HTTPRequest { request }

    package nonisolated func refusal(status: Int, text: String) -> CloudError {
        StoreRefusal.ofLink(status: status, text: text)
    }

    /// Within the last half minute a new connection would not be worth its link.
    private func isEnding(_ link: Link) -> Bool {
        link.expires.map { $0.timeIntervalSince(clock.now()) < 30 } ?? false
    }
}
