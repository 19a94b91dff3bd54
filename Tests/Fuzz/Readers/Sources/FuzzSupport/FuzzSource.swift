import BackupBytes

/// A file in memory that is read in pieces.
package final class FuzzSource: ByteSource {
    private let bytes: [UInt8]
    private let size: Int
    private var next = 0

    /// `size`: bytes of a read.
    package init(_ bytes: [UInt8], size: Int = .max) { (self.bytes, self.size) = (bytes, size) }

    package var length: Int? { bytes.count }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = min(size, buffer.count, bytes.count - next)
        buffer.copyBytes(from: bytes[next ..< next + count])
        next += count
        return count
    }
}
