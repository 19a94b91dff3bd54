import AlibabaCloudCore
import Foundation
import Synchronization

/// A clock whose hands move only when someone sleeps by it.
package final class TurnedClock: Sendable {
    private struct State {
        var now: Date
        var naps: [Duration] = []
        var nonces = 0
    }

    private let state: Mutex<State>

    package init(now: Date = Date(timeIntervalSince1970: 1_767_323_045)) {
        state = Mutex(State(now: now))
    }

    package var now: Date { state.withLock { $0.now } }
    /// Every sleep so far.
    package var naps: [Duration] { state.withLock { $0.naps } }

    package func advance(_ duration: Duration) {
        state.withLock { $0.now += duration / .seconds(1) }
    }

    /// - Parameter chance: what every throw of the dice gives.
    package func clockwork(chance: Double = 0) -> Clockwork {
        Clockwork(
            now: { self.now },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { $0.naps.append(duration) }
                self.advance(duration)
                await Task.yield()
            },
            nonce: {
                self.state.withLock { state in
                    state.nonces += 1
                    return "nonce-\(state.nonces)"
                }
            },
            chance: { chance })
    }
}
