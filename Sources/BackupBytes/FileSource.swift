#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// An operation of the system that failed.
public struct SystemFailure: Error, CustomStringConvertible {
    public let operation: String
    public let path: String
    /// The system's `errno`.
    public let code: Int32

    public init(operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    public var description: String { unsafe "cannot \(operation) \(path): \(String(cString: strerror(code)))" }
}

/// A file, a pipe or standard input as a source.
public final class FileSource: ByteSource, @unchecked Sendable {
    public let path: String
    public let length: Int?
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    /// For what may keep a reader waiting: a pipe, a terminal.
    private let alarm: Alarm?

    /// Opens the file at `path`.
    public convenience init(path: String) throws(SystemFailure) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemFailure(operation: "open", path: path, code: errno) }
        self.init(descriptor: descriptor, path: path, ownsDescriptor: true)
    }

    /// Reads a descriptor that is open already, from where it stands.
    public init(descriptor: Int32, path: String, ownsDescriptor: Bool = false) {
        self.descriptor = descriptor
        self.path = path
        self.ownsDescriptor = ownsDescriptor
        var status = stat()
        length = unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
        alarm = length == nil ? Alarm() : nil
        if length != nil { posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
    }

    deinit { if ownsDescriptor { close(descriptor) } }

    public static var standardInput: FileSource { FileSource(descriptor: STDIN_FILENO, path: "standard input") }

    public func cancel() { alarm?.ring() }

    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            if let alarm, alarm.rings(before: descriptor) { throw CancellationError() }
            #if canImport(Glibc)
            let count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            #else
            let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
            #endif
            if count >= 0 { return count }
            if errno != EINTR { throw SystemFailure(operation: "read", path: path, code: errno) }
        }
    }
}

extension FileSource: SeekableByteSource {
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { throw SystemFailure(operation: "read", path: path, code: errno) }
        }
    }

    public func seek(to offset: Int) throws {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw SystemFailure(operation: "seek", path: path, code: errno)
        }
    }

    /// Whether it is a regular file, which can be read again from any place.
    public var isSeekable: Bool { length != nil }
}
