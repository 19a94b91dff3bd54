/// Bytes of a part file up to a border, in memory that is used again when they have been written and hashed.
///
/// Unchecked because of its memory. The rule: one thread fills it, and lets go of it when it adds it to the queue. From
/// then on it is only read, by the thread that writes and by the one that hashes, until the queue, under its gate,
/// finds that both are done and gives it to the next thread that fills.
final class Piece: @unchecked Sendable {
    static let size = 1 << 20

    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)
    private(set) var file: PartFile?
    private(set) var hash: FileHash?
    private(set) var offset = 0
    private(set) var count = 0

    deinit { memory.deallocate() }

    /// Begins it at this offset of a file.
    func begin(_ file: PartFile?, _ hash: FileHash?, at offset: Int) {
        (self.file, self.hash, self.offset, count) = (file, hash, offset, 0)
    }

    var bytes: UnsafeRawBufferPointer { .init(rebasing: memory[..<count]) }
    var isFull: Bool { (offset + count) % Self.size == 0 && count > 0 }

    /// Takes as many bytes as there is room before the border.
    func append(_ bytes: UnsafeRawBufferPointer.SubSequence) -> Int {
        let added = min(bytes.count, Self.size - (offset + count) % Self.size)
        UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: .init(rebasing: bytes.prefix(added)))
        count += added
        return added
    }
}
