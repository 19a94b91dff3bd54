import BackupBytes
import BackupRows
import BackupText
import Foundation

/// SQL of an unknown family, whose head both families read alike: a backslash further on, which they
/// read differently, is an error.
final class AlikeSource: ByteSource {
    private let source: any ByteSource
    private let origin: String
    private var offset: Int

    /// `source` begins at byte `offset` of the file.
    init(_ source: any ByteSource, from offset: Int = 0, origin: String) {
        self.source = source
        self.offset = offset
        self.origin = origin
    }

    var length: Int? { source.length }
    var canceller: (any ReadCanceller)? { source.canceller }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source.read(into: buffer)
        if count > 0, let start = buffer.baseAddress, let found = memchr(start, Int32(UInt8(ascii: "\\")), count) {
            let difference = SQLDifference(
                what: "a backslash", offset: offset + (UnsafeRawPointer(found) - UnsafeRawPointer(start)))
            throw SQLFamilyFinding.Verdict.undecided(difference).error(origin: origin)
        }
        offset += count
        return count
    }
}
