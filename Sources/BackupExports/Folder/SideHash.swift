import BackupBytes
import Crypto

/// SHA-256 on a thread of its own, so that bytes are hashed while they are being written.
final class SideHash {
    private let bench = Bench()
    private var stage: Stage?
    /// Fewer bytes are hashed sooner than they are handed over.
    private static let worthwhile = 32 * 1024

    deinit { bench.close() }

    /// Carries `hash` on over `bytes` while `write` is at work on them.
    func update(_ hash: inout SHA256, with bytes: UnsafeRawBufferPointer, during write: () throws -> Void) rethrows {
        if bytes.count < Self.worthwhile {
            try write()
            hash.update(bufferPointer: bytes)
            return
        }
        if stage == nil { stage = Stage("sluice.hash") { [bench] in bench.work() } }
        bench.put(hash, bytes)
        defer { hash = bench.take() }
        try write()
    }

    /// What the two threads hand to and fro.
    private final class Bench: @unchecked Sendable {
        private let gate = Gate()
        private var hash = SHA256()
        private var bytes: UnsafeRawBufferPointer?
        private var isClosed = false

        func put(_ hash: SHA256, _ bytes: UnsafeRawBufferPointer) {
            gate.locked {
                (self.hash, self.bytes) = (hash, bytes)
                gate.wakeAll()
            }
        }

        func take() -> SHA256 {
            gate.locked {
                while bytes != nil { gate.wait() }
                return hash
            }
        }

        func close() {
            gate.locked {
                isClosed = true
                gate.wakeAll()
            }
        }

        func work() {
            while let next = gate.locked(waitForWork) {
                hash.update(bufferPointer: next)
                gate.locked {
                    bytes = nil
                    gate.wakeAll()
                }
            }
        }

        private func waitForWork() -> UnsafeRawBufferPointer? {
            while bytes == nil && !isClosed { gate.wait() }
            return isClosed ? nil : bytes
        }
    }
}
