import BackupBytes

/// An input, what is read of it being copied for files that wait.
final class CopiedSource: ByteSource {
    private let source: any ByteSource
    private let copy: ArchiveCopy?
    private var offset: Int

    /// `copy`: nil where nobody waits. `source` stands at the offset `start` of the input.
    init(_ source: sending any ByteSource, into copy: ArchiveCopy?, from start: Int = 0) {
        self.source = source
        self.copy = copy
        offset = start
    }

    var length: Int? { source.length }
    var canceller: (any ReadCanceller)? { source.canceller }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source.read(into: buffer)
        try copy?.add(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer).prefix(count)), at: offset)
        offset += count
        return count
    }
}
