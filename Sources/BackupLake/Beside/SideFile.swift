import BackupBytes
import Foundation

/// A file that a run writes beside its output: rejected rows, events. Opened and truncated as any tool does: links are
/// followed, modes and other names stay, pipes and devices are written into.
package final class SideFile: Sendable {
    package enum Kind: Sendable {
        /// A regular file, which can be cut at a checkpoint.
        case file
        /// What was written is gone: a pipe, a socket, a descriptor that somebody else has opened.
        case stream
        /// What is written is kept nowhere, or not by us: /dev/null, a terminal.
        case device
    }

    package let path: String
    package let kind: Kind
    private let descriptor: Int32

    /// `keeping`: what a regular file holds stays, and can be read. Waits for the reader of a named pipe, until
    /// `isCancelled`.
    package init(path: String, keeping: Bool = false, isCancelled: () -> Bool = { false }) throws {
        signal(SIGPIPE, SIG_IGN)
        self.path = path
        if let named = Self.descriptor(namedBy: path) {
            descriptor = fcntl(named, F_DUPFD_CLOEXEC, 3)
            guard descriptor >= 0 else { throw Self.failure("open", path, errno) }
            kind = Self.kind(of: descriptor) == .device ? .device : .stream
            return
        }
        let flags = (keeping ? O_RDWR : O_WRONLY) | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
        var opened = open(path, flags, 0o666)
        while opened < 0 && errno == ENXIO && Self.isPipe(path) {
            if isCancelled() { throw CancellationError() }
            usleep(20_000)
            opened = open(path, (flags & ~O_RDWR) | O_WRONLY)
        }
        descriptor = opened
        guard opened >= 0 else { throw Self.failure("write", path, errno) }
        _ = fcntl(opened, F_SETFL, fcntl(opened, F_GETFL) & ~O_NONBLOCK)
        kind = Self.kind(of: opened)
        if kind == .file && !keeping { try cut(to: 0) }
    }

    deinit { close(descriptor) }

    /// Whether a run that writes there can be resumed.
    package static func canBeResumed(_ path: String) -> Bool {
        if descriptor(namedBy: path) != nil { return false }
        var status = stat()
        guard stat(path, &status) == 0 else { return true }
        return [S_IFREG, S_IFCHR].contains(status.st_mode & S_IFMT)
    }

    package func write(_ bytes: some ContiguousBytes) throws {
        do { try bytes.withUnsafeBytes { try Descriptor.write($0, to: descriptor, path: path) } } catch let failure
            as SystemFailure
        {
            throw Self.failure("write", path, failure.code)
        }
    }

    /// Of a regular file.
    package var length: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Writing continues after these bytes of a regular file; what follows them is removed.
    package func cut(to length: Int) throws {
        guard ftruncate(descriptor, off_t(length)) == 0, lseek(descriptor, off_t(length), SEEK_SET) >= 0 else {
            throw Self.failure("cut", path, errno)
        }
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        do { return try Descriptor.read(into: buffer, from: descriptor, at: offset, path: path) } catch {
            throw Self.failure("read", path, error.code)
        }
    }

    /// Waits until a regular file has reached the disk.
    package func sync() throws {
        if kind == .file, fsync(descriptor) != 0 { throw Self.failure("write", path, errno) }
    }

    // MARK: What it is

    /// 3 for `/dev/fd/3`: opening such a name would truncate, and write over what others write there.
    private static func descriptor(namedBy path: String) -> Int32? {
        switch path {
        case "/dev/stdout": return 1
        case "/dev/stderr": return 2
        default:
            for folder in ["/dev/fd/", "/proc/self/fd/"] where path.hasPrefix(folder) {
                return Int32(path.dropFirst(folder.count))
            }
            return nil
        }
    }

    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }

    private static func kind(of descriptor: Int32) -> Kind {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .stream }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFCHR: .device
        default: .stream
        }
    }

    /// A reader that has gone away is no reason to end quietly here: what it was to get is lost.
    private static func failure(_ operation: String, _ path: String, _ code: Int32) -> LakeError {
        guard code == EPIPE else { return .output(operation, path, code) }
        return LakeError(.outputFailed, why: "cannot write \(path): its reader has gone away")
    }
}
