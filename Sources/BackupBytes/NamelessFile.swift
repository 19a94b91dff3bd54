import Foundation

/// A file without a name, gone with the process: memory on disk.
package final class NamelessFile: Sendable {
    private let descriptor: Int32
    private let folder: String

    package init(in folder: String, for purpose: String) throws(SystemFailure) {
        self.folder = folder
        descriptor = try Descriptor.nameless(in: folder, for: purpose)
    }

    deinit { close(descriptor) }

    package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemFailure) {
        try unsafe Descriptor.write(bytes, to: descriptor, at: offset, path: folder)
    }

    /// Fills `buffer` with what lies at `offset`; that many bytes must be there.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(SystemFailure) {
        guard !buffer.isEmpty else { return }
        let count = try unsafe Descriptor.read(into: buffer, from: descriptor, at: offset, path: folder)
        guard count == buffer.count else { throw SystemFailure(operation: "read", path: folder, code: EIO) }
    }

    /// A slab of it after another; that many bytes must be there.
    package func eachPiece(of range: Range<Int>, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let slab = Slab()
        var offset = range.lowerBound
        while offset < range.upperBound {
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: slab.room.prefix(range.upperBound - offset))
            let count = try unsafe Descriptor.read(into: room, from: descriptor, at: offset, path: folder)
            guard count == room.count else { throw SystemFailure(operation: "read", path: folder, code: EIO) }
            try unsafe body(.init(room))
            offset += count
        }
    }
}
