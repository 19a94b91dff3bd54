import Crypto
import Synchronization

/// The hash of one file; up to date when the queue says so. One thread at a time adds to it, so its lock keeps nobody
/// waiting.
final class FileHash: Sendable {
    private let value: Mutex<SHA256>
    init(_ value: SHA256 = SHA256()) { self.value = Mutex(value) }

    func update(_ piece: Piece) { value.withLock { $0.update(bufferPointer: piece.bytes) } }
    var digits: String { Hex.text(value.withLock { $0.finalize() }) }
}
