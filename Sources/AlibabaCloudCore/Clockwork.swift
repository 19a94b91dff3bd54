import Foundation

/// Everything a call takes from outside its own arguments: the time, the patience, and chance.
///
/// Tests turn the hands themselves, so a two-hour wait takes no time and a signature is always the same.
public struct Clockwork: Sendable {
    /// The present moment, as the signature and the link's remaining life see it.
    public var now: @Sendable () -> Date
    /// Waits; throws `CancellationError` when the task is cancelled meanwhile.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// A value never used before: the signature's nonce, the classic API's client token.
    public var nonce: @Sendable () -> String
    /// A number in 0..<1, for the jitter of retries.
    public var chance: @Sendable () -> Double

    /// Makes a clock of the given parts; tests give their own.
    public init(
        now: @escaping @Sendable () -> Date,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        nonce: @escaping @Sendable () -> String,
        chance: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.nonce = nonce
        self.chance = chance
    }

    /// The machine's own clock and generator of random numbers.
    public static let system = Clockwork(
        now: { Date() },
        sleep: { try await Task.sleep(for: $0) },
        nonce: { UUID().uuidString.lowercased().replacing("-", with: "") },
        chance: { Double.random(in: 0 ..< 1) })
}
