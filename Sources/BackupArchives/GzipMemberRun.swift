import BackupBytes
import CISAL
import Foundation

/// Whole members of gzip, one after another, inflated: the CRC-32 and length of each are verified.
///
///     chunk k                              chunk k + 1
///     … ][ member ][ member ][ member      ][ member …
///        ↑ start                            ↑ end: the first member that begins in the next chunk
///
/// What it is made from begins with a header as far as that can be seen. Whether a member begins there is known when
/// the members before have been inflated: a run whose start is not where they end is never read.
struct GzipMemberRun: Sendable {
    /// Offset of the compressed stream.
    var start: Int
    var end: Int
    var members = 0
    var inflated = 0
    var slabs: [Slab] = []

    /// A run is not continued after so many inflated bytes, and no member may become longer than that.
    static let mostInflated = 2 << 20

    /// The members from `start` on, up to the last that begins in `chunk` and ends in `next`; nil where there is none.
    init?(exactlyAt start: Int, in chunk: GzipChunk, _ next: GzipChunk?, _ pool: SlabPool) {
        (self.start, end) = (start, start)
        let inflater = GzipMemberInflater(pool)
        while end < chunk.end, inflated < Self.mostInflated,
            let member = inflater.member(at: end, in: chunk, next, into: &slabs, atMost: Self.mostInflated)
        {
            end = member.end
            inflated += member.inflated
            members += 1
        }
        if members == 0 { return nil }
    }

    /// The members from the first header in `chunk` on that begins one.
    init?(firstIn chunk: GzipChunk, _ next: GzipChunk?, _ pool: SlabPool) {
        var from = chunk.start
        for _ in 0 ..< Self.mostGuesses {
            guard let start = chunk.header(from: from) else { return nil }
            if let run = GzipMemberRun(exactlyAt: start, in: chunk, next, pool) {
                self = run
                return
            }
            from = start + 1
        }
        return nil
    }

    /// Stored data may hold any number of bytes that look like a header.
    private static let mostGuesses = 8
}

/// A piece of the compressed stream.
struct GzipChunk: Sendable {
    let start: Int
    let bytes: [UInt8]
    var end: Int { start + bytes.count }

    /// Where bytes lie that a header may begin with (RFC 1952, 2.3.1), from an offset on.
    func header(from offset: Int) -> Int? {
        unsafe bytes.withUnsafeBytes { bytes in
            var index = offset - start
            while index + 4 <= bytes.count {
                guard let found = unsafe memchr(bytes.baseAddress! + index, 0x1F, bytes.count - index) else {
                    return nil
                }
                index = unsafe UnsafeRawPointer(found) - bytes.baseAddress!
                if unsafe index + 4 <= bytes.count && bytes[index + 1] == 0x8B && bytes[index + 2] == 8
                    && bytes[index + 3] & 0xE0 == 0
                {
                    return start + index
                }
                index += 1
            }
            return nil
        }
    }
}
