import BackupBytes
import CLinux
import Foundation
import Synchronization

/// A file of a folder.
///
/// Small files, and what is left of large ones, are written as everybody writes. The pieces of a large one go to the
/// disk past the page cache: then no core copies them into it, which takes about as long as all the rest
/// (Benchmarks/README).
///
///     | one piece, by the cache | piece | piece | … | the rest, by the cache |
///     0                      Piece.size
final class FolderFile: LakeFile {
    private let directory: OutputDirectory
    /// In the folder.
    private let name: String
    private let descriptor: Int32
    private let state: Mutex<State>
    private static let startLimit = 8 << 20

    private struct State {
        /// nil: not asked for yet; -1 on file systems that do not do it well.
        var pastCache: Int32?
        /// Bytes that the system was asked to bring to the disk: what the end has to wait for is little then.
        var started: Int
    }

    /// Takes the descriptor. `bytes`: what the file holds already.
    init(_ descriptor: Int32, _ name: String, in directory: OutputDirectory, bytes: Int = 0) {
        self.directory = directory
        self.name = name
        self.descriptor = descriptor
        state = Mutex(State(started: bytes))
    }

    deinit {
        close(descriptor)
        if let pastCache = state.withLock(\.pastCache), pastCache >= 0 { close(pastCache) }
    }

    private var path: String { directory.full(name) }

    func waits(toWrite count: Int, at offset: Int) -> Bool {
        guard count == Piece.size, offset > 0, offset % Piece.size == 0 else { return false }
        return pastCache != -1
    }

    private var pastCache: Int32 {
        state.withLock { state in
            if let pastCache = state.pastCache { return pastCache }
            let opened = openPastCache()
            state.pastCache = opened
            return opened
        }
    }

    private func openPastCache() -> Int32 {
        guard linux_appends_past_cache(descriptor) == 1 else { return -1 }
        return (try? directory.open(name, O_WRONLY | linux_past_cache)) ?? -1
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int, isWaiting: Bool) throws(SystemFailure) {
        if isWaiting { return try writePastCache(bytes, at: offset) }
        try Descriptor.write(bytes, to: descriptor, at: offset, path: path)
        let end = offset + bytes.count
        let started = state.withLock { state -> Int? in
            guard end - state.started >= Self.startLimit else { return nil }
            defer { state.started = end }
            return state.started
        }
        if let started { _ = linux_start_writing(descriptor, Int64(started), Int64(end - started)) }
    }

    private func writePastCache(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(SystemFailure) {
        let pastCache = pastCache
        var written = 0
        repeat {
            written = pwrite(pastCache, bytes.baseAddress, bytes.count, off_t(offset))
        } while written < 0 && errno == EINTR
        guard written >= 0 || errno == EINVAL else {
            throw SystemFailure(operation: "write", path: path, code: errno)
        }
        // What was not written at once is written the usual way, or that fails with the reason.
        let rest = UnsafeRawBufferPointer(rebasing: bytes[max(0, written)...])
        try Descriptor.write(rest, to: descriptor, at: offset + bytes.count - rest.count, path: path)
    }

    func sync() throws(SystemFailure) {
        guard fsync(descriptor) == 0 else { throw SystemFailure(operation: "write", path: path, code: errno) }
    }
}
