import BackupBytes

/// A file that is read by ranges.
package protocol RangedBytes: AnyObject {
    /// Its bytes.
    var length: Int { get }
    /// Reads at `offset` bytes from the front; fewer than asked for only at the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// A regular file, or another source that can be read from any place.
package final class RangedSource: RangedBytes {
    private let source: any SeekableByteSource
    package let length: Int

    /// nil: its length is not known.
    package init?(_ source: any SeekableByteSource) {
        guard let length = source.length else { return nil }
        (self.source, self.length) = (source, length)
    }

    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = try unsafe source.read(at: offset + filled, into: room)
            if count == 0 { break }
            filled += count
        }
        return filled
    }
}

/// Bytes in memory.
package final class RangedArray: RangedBytes {
    private let bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var length: Int { bytes.count }

    package func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = max(0, min(buffer.count, bytes.count - offset))
        unsafe bytes.withUnsafeBytes {
            if count > 0 { unsafe buffer.copyMemory(from: .init(rebasing: $0[offset ..< offset + count])) }
        }
        return count
    }
}
