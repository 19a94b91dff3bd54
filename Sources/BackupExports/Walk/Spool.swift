import BackupArchives
import BackupBytes
import Foundation

/// Entries that wait on disk, compressed, until their structure comes: one file without a name, gone with the process
/// however that ends.
final class Spool {
    /// Where the bytes of one entry lie in the file.
    struct Segment {
        var offset: Int
        var compressedBytes: Int
    }

    private let folder: String
    private let limit: Int
    private var file: Int32 = -1
    private var end = 0
    var cost = SpoolCost()

    /// `limit`: compressed bytes, in all.
    init(folder: String, limit: Int) {
        self.folder = folder
        self.limit = limit
    }

    deinit { if file >= 0 { close(file) } }

    /// Takes all of `source`.
    func add(_ source: any ByteSource) throws -> Segment {
        let began = ContinuousClock.now
        if file < 0 { try open() }
        let compressor = ZstdCompressor(level: 1), slab = Slab()
        var segment = Segment(offset: end, compressedBytes: 0)
        while true {
            slab.reset()
            slab.end = try source.read(into: slab.room)
            if slab.count == 0 { break }
            let frame = compressor.frame(slab.bytes)
            cost.bytes += slab.count
            segment.compressedBytes += frame.count
            guard end + frame.count <= limit else {
                throw ExportError(
                    .overLimit, why: "data that waits for its structure passes --spool-limit (\(limit) bytes)",
                    advice: "convert from a file instead of a pipe, or raise --spool-limit")
            }
            try write(frame)
        }
        cost.parts += 1
        cost.compressedBytes += segment.compressedBytes
        cost.seconds += (ContinuousClock.now - began).seconds
        return segment
    }

    /// The bytes again.
    func source(_ segment: Segment) -> any ByteSource {
        segment.compressedBytes == 0 ? BytesSource([]) : ReadAhead(ZstdSource(SegmentSource(self, segment)))
    }

    private func open() throws {
        do { file = try Descriptor.nameless(in: folder, for: "spool") } catch { throw failure(error.code) }
    }

    private func write(_ frame: Data) throws {
        do {
            try frame.withUnsafeBytes { try Descriptor.write($0, to: file, at: end, path: folder) }
        } catch let failed as SystemFailure { throw failure(failed.code) }
        end += frame.count
    }

    private func failure(_ code: Int32) -> ExportError {
        ExportError(
            code == ENOSPC || code == EDQUOT ? .diskFull : .outputFailed, why: "cannot spool to \(folder): \(String(cString: strerror(code)))",
            advice: "see --spool-dir")
    }

    fileprivate func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try FileSource(descriptor: file, path: "spool file").read(at: offset, into: buffer)
    }
}

/// What waiting on disk has cost.
public struct SpoolCost: Sendable, Codable, Equatable {
    /// Data parts that waited.
    public var parts = 0
    /// Their bytes, and what they took on disk.
    public var bytes = 0
    public var compressedBytes = 0
    /// Time spent writing them.
    public var seconds = 0.0
}

private final class SegmentSource: ByteSource, @unchecked Sendable {
    private let spool: Spool
    private var offset: Int
    private let end: Int

    init(_ spool: Spool, _ segment: Spool.Segment) {
        self.spool = spool
        offset = segment.offset
        end = segment.offset + segment.compressedBytes
    }

    var length: Int? { end - offset }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard offset < end else { return 0 }
        let count = try spool.read(at: offset, into: .init(rebasing: buffer.prefix(end - offset)))
        offset += count
        return count
    }
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
