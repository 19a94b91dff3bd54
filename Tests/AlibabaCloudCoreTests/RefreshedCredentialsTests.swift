import AlibabaCloudCore
import CloudTestSupport
import Foundation
import Synchronization
import Testing

@Suite struct RefreshedCredentialsTests {
    /// Gives keys that live an hour by the clock; counts how often it is asked.
    private final class Source: CredentialSource {
        let location = "test"
        let clock: TurnedClock
        let loads = Mutex(0)
        let isBroken = Mutex(false)

        init(_ clock: TurnedClock) { self.clock = clock }

        func load() async throws -> Credentials? {
            if isBroken.withLock({ $0 }) { throw CloudError(.network, "away", canRetry: true) }
            let number = loads.withLock { count in
                count += 1
                return count
            }
            try await Task.sleep(for: .milliseconds(5))
            return Credentials(
                accessKeyID: "key\(number)", accessKeySecret: Secret("s"),
                expiration: clock.now.addingTimeInterval(3600))
        }
    }

    @Test func allWhoWaitShareOneRefresh() async throws {
        let source = Source(TurnedClock())
        let store = RefreshedCredentials(sources: [source], clock: source.clock.clockwork(), advice: "")
        try await withThrowingTaskGroup(of: Credentials.self) { group in
            for _ in 0 ..< 20 { group.addTask { try await store.credentials() } }
            for try await key in group { #expect(key.accessKeyID == "key1") }
        }
        #expect(source.loads.withLock { $0 } == 1)
    }

    @Test func keysAreRenewedThreeMinutesBeforeTheirEnd() async throws {
        let source = Source(TurnedClock())
        let store = RefreshedCredentials(sources: [source], clock: source.clock.clockwork(), advice: "")
        _ = try await store.credentials()
        source.clock.advance(.seconds(3600 - 181))
        #expect(try await store.credentials().accessKeyID == "key1")
        source.clock.advance(.seconds(1))
        #expect(try await store.credentials().accessKeyID == "key2")
    }

    @Test func whenRenewalFailsTheKeysAreUsedToTheirEnd() async throws {
        let source = Source(TurnedClock())
        let store = RefreshedCredentials(sources: [source], clock: source.clock.clockwork(), advice: "")
        _ = try await store.credentials()
        source.isBroken.withLock { $0 = true }
        source.clock.advance(.seconds(3500))
        #expect(try await store.credentials().accessKeyID == "key1")
        source.clock.advance(.seconds(101))
        await #expect(throws: CloudError.self) { try await store.credentials() }
    }
}
