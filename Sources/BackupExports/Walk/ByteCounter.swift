import BackupBytes
import Synchronization

/// How far an input has been read; looked at from other threads.
final class ByteCounter: Sendable {
    private let value = Atomic<Int>(0)
    /// Bytes that an earlier run has read of files which this one passes by.
    private let before = Atomic<Int>(0)
    var count: Int { value.load(ordering: .relaxed) + before.load(ordering: .relaxed) }
    func add(_ count: Int) { value.add(count, ordering: .relaxed) }
    /// Of this run alone.
    var countHere: Int { value.load(ordering: .relaxed) }
    func set(_ countHere: Int) { value.store(countHere, ordering: .relaxed) }
    func noteBytesPassedBy(_ count: Int) { before.add(count, ordering: .relaxed) }
}

final class CountedSource: ByteSource, @unchecked Sendable {
    private let source: any ByteSource
    private let counter: ByteCounter

    init(_ source: any ByteSource, _ counter: ByteCounter) {
        self.source = source
        self.counter = counter
    }

    var length: Int? { source.length }
    func cancel() { source.cancel() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source.read(into: buffer)
        counter.add(count)
        return count
    }
}

/// The same for a file, whose place counts: an archive may skip and seek.
final class CountedFile: SeekableByteSource, @unchecked Sendable {
    private let file: FileSource
    private let counter: ByteCounter
    private let start: Int
    private var position = 0

    init(_ file: FileSource, _ counter: ByteCounter) {
        self.file = file
        self.counter = counter
        start = counter.countHere
    }

    var length: Int? { file.length }
    func cancel() { file.cancel() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try file.read(into: buffer)
        position += count
        counter.set(start + position)
        return count
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int { try file.read(at: offset, into: buffer) }

    func seek(to offset: Int) throws {
        try file.seek(to: offset)
        position = offset
    }
}
