import BackupBytes
import Synchronization

/// Reads a source to its end.
package enum Reading {
    package static func all(_ source: any ByteSource, buffer size: Int = 64 * 1024) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try source.read(into: buffer)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// A source that fails at its n-th read, counted from 0, and counts its reads.
package final class FailingSource: ByteSource, Sendable {
    package struct Failure: Error, Equatable { package init() {} }

    private let bytes: [UInt8]
    private let chunk: Int
    private let failsAt: Int?
    private let position = Atomic(0)
    private let readsBegun = Atomic(0)

    package init(_ bytes: [UInt8], chunk: Int, failsAt: Int?) {
        self.bytes = bytes
        self.chunk = chunk
        self.failsAt = failsAt
    }

    package var length: Int? { nil }
    package var reads: Int { readsBegun.load(ordering: .relaxed) }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if readsBegun.add(1, ordering: .relaxed).oldValue == failsAt { throw Failure() }
        let position = position.load(ordering: .relaxed)
        let count = min(buffer.count, chunk, bytes.count - position)
        bytes.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position ..< position + count])) }
        self.position.store(position + count, ordering: .relaxed)
        return count
    }
}
