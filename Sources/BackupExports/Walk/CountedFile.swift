import BackupBytes

/// A file whose counter knows the offset of the last read: an archive may skip and seek.
final class CountedFile: SeekableByteSource {
    private let file: any SeekableByteSource
    private let counter: ByteCounter
    private let start: Int
    private var position = 0

    init(_ file: any SeekableByteSource, _ counter: ByteCounter) {
        self.file = file
        self.counter = counter
        start = counter.countHere
    }

    var length: Int? { file.length }
    var canceller: (any ReadCanceller)? { file.canceller }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try file.read(into: buffer)
        position += count
        counter.set(start + position)
        return count
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try file.read(at: offset, into: buffer)
    }

    func seek(to offset: Int) throws {
        try file.seek(to: offset)
        position = offset
    }
}
