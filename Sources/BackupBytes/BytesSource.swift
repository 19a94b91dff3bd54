import Synchronization

/// Bytes in memory as a source.
public final class BytesSource: ByteSource, Sendable {
    private let bytes: [UInt8]
    private let chunk: Int
    private let position = Atomic<Int>(0)

    /// Hands out at most `chunk` bytes a read: a way to show that no reader depends on how bytes arrive.
    public init(_ bytes: [UInt8], chunk: Int = .max) {
        self.bytes = bytes
        self.chunk = chunk
    }

    /// The number of bytes.
    public var length: Int? { bytes.count }

    /// Copies the next bytes; 0 at the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let position = position.load(ordering: .relaxed)
        let count = min(buffer.count, bytes.count - position, chunk)
        unsafe bytes.withUnsafeBytes {
            unsafe buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position ..< position + count]))
        }
        self.position.store(position + count, ordering: .relaxed)
        return count
    }
}
