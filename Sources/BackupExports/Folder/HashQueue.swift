import BackupBytes
import Crypto

/// SHA-256 of what is written, behind the writing: who writes leaves the lines here, and whoever has nothing else to do hashes
/// them, in their order, one at a time. So hashing and writing, which take about as long, are on two cores.
final class HashQueue: @unchecked Sendable {
    /// The hash of one file; up to date when the queue says so.
    final class FileHash: @unchecked Sendable {
        fileprivate var value: SHA256
        init(_ value: SHA256 = SHA256()) { self.value = value }
    }

    private struct Item {
        let lines: Lines
        let hash: FileHash
    }

    /// As many lines are kept; who writes more hashes first.
    private static let limit = 8

    private let gate = Gate()
    private var waiting: [Item] = []
    private var isHashing = false

    func add(_ lines: Lines, to hash: FileHash) {
        gate.locked { waiting.append(Item(lines: lines, hash: hash)) }
        hashDown(to: Self.limit)
    }

    /// Hashes what is next, unless another thread is at it. Any thread.
    /// - Returns: whether there was anything to do.
    func hashOn() -> Bool {
        guard let item = gate.locked({ takeFirst() }) else { return false }
        item.lines.withBytes { item.hash.value.update(bufferPointer: $0) }
        gate.locked {
            isHashing = false
            gate.wakeAll()
        }
        return true
    }

    /// The hash of all that was added to it, as hexadecimal digits.
    func digest(of hash: FileHash) -> String {
        hashDown(to: 0)
        return Hex.text(hash.value.finalize())
    }

    private func takeFirst() -> Item? {
        if isHashing || waiting.isEmpty { return nil }
        isHashing = true
        return waiting.removeFirst()
    }

    private func hashDown(to count: Int) {
        while gate.locked({ waiting.count > count || (count == 0 && isHashing) }) {
            if !hashOn() { gate.locked { while isHashing { gate.wait() } } }
        }
    }
}
