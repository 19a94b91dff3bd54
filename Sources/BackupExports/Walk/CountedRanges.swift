import BackupBytes
import BackupParquet

/// A file that is read by ranges, in any order, and counted as if it were read once from front to back: what is read
/// again does not count, and what is passed over does when the file is let go.
final class CountedRanges: RangedBytes {
    private let ranges: RangedSource
    private let counter: ByteCounter
    /// Bytes that have not been counted.
    private var left: Int

    /// `met`: bytes of it that were counted before. nil: its length is not known.
    init?(_ source: any SeekableByteSource, _ counter: ByteCounter, met: Int) {
        guard let ranges = RangedSource(source) else { return nil }
        (self.ranges, self.counter) = (ranges, counter)
        left = max(0, ranges.length - met)
    }

    deinit { counter.add(left) }

    var length: Int { ranges.length }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try ranges.read(at: offset, into: buffer), more = min(left, count)
        counter.add(more)
        left -= more
        return count
    }
}
