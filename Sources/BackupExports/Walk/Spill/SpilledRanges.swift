import BackupBytes
import BackupParquet

/// A spilled file, read by ranges.
final class SpilledRanges: RangedBytes {
    private let frames: ZstdFrames

    init(_ frames: ZstdFrames) { self.frames = frames }

    var length: Int { frames.length }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try frames.read(at: offset, into: buffer)
    }
}
