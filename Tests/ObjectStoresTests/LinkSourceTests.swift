import AlibabaCloudCore
import CloudTestSupport
import Foundation
import Synchronization
import Testing

@testable import ObjectStores

@Suite final class LinkSourceTests: Sendable {
    private let asked = Mutex(0)
    private let clock = TurnedClock()

    /// Links that live an hour, each with its number.
    private func ask() async throws -> LinkSource.Link {
        let number = asked.withLock { count in
            count += 1
            return count
        }
        try await Task.sleep(for: .milliseconds(5))
        return (try SignedURL("https://h.example/\(number)"), clock.now.addingTimeInterval(3600))
    }

    @Test func allWhoFindALinkDeadShareOneRenewal() async throws {
        let links = LinkSource(canRenew: true, clock: clock.clockwork(), ask: ask)
        let dead = try await links.link(insteadOf: nil)
        try await withThrowingTaskGroup(of: SignedURL.self) { group in
            for _ in 0 ..< 10 { group.addTask { try await links.link(insteadOf: dead) } }
            for try await link in group { #expect(link.path == "/2") }
        }
        #expect(try await links.link(insteadOf: dead).path == "/2")
    }

    @Test func aLinkInItsLastHalfMinuteIsNotUsedForANewConnection() async throws {
        let links = LinkSource(canRenew: true, clock: clock.clockwork(), ask: ask)
        _ = try await links.link(insteadOf: nil)
        clock.advance(.seconds(3569))
        #expect(try await links.link(insteadOf: nil).path == "/1")
        clock.advance(.seconds(2))
        #expect(try await links.link(insteadOf: nil).path == "/2")
    }
}
