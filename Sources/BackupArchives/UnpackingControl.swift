import BackupBytes
import Synchronization

/// What any thread may ask of an unpacking while another one reads it.
package final class UnpackingControl: Sendable {
    /// Of the source that all layers read. nil for a folder, whose files keep nobody waiting.
    private let canceller: (any ReadCanceller)?
    private let ahead = Mutex<ReadAheadQueue?>(nil)
    private let members = Mutex<GzipMembersAhead?>(nil)

    init(_ canceller: (any ReadCanceller)?) { self.canceller = canceller }

    /// Another layer is inflated ahead.
    func begin(_ ahead: ReadAheadQueue) { self.ahead.withLock { $0 = ahead } }

    /// Another layer's members are inflated ahead.
    func begin(_ members: GzipMembersAhead) { self.members.withLock { $0 = members } }

    /// Whether more can be had without waiting for a layer that is being inflated ahead.
    package var isAtHand: Bool { ahead.withLock(\.self)?.isAtHand ?? true }

    /// Inflates ahead, if that is left to callers.
    /// - Returns: whether there was anything to do.
    package func inflateAhead() -> Bool {
        if ahead.withLock(\.self)?.readOn() == true { return true }
        return members.withLock(\.self)?.doSome() ?? false
    }

    /// Ends a read that waits.
    package func cancel() {
        ahead.withLock(\.self)?.cancel()
        canceller?.cancel()
    }
}
