import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// An operation of the system that failed.
public struct SystemFailure: Error, CustomStringConvertible {
    /// The operation that failed, such as `open`.
    public let operation: String
    /// The path, as it was given.
    public let path: String
    /// The system's `errno`.
    public let code: Int32

    /// Makes an error of an operation, the path and the system's error number.
    public init(operation: String, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// The system gives no more of something: descriptors, threads, memory. Later it may.
    package var isShortage: Bool { [EMFILE, ENFILE, ENOMEM, EAGAIN, ENOBUFS].contains(code) }

    /// What cannot be done, where, and why.
    public var description: String { unsafe "cannot \(operation) \(path): \(String(cString: strerror(code)))" }
}

/// A file, a pipe or standard input as a source.
public final class FileSource: ByteSource, ReadCanceller {
    /// The path, as it was given.
    public let path: String
    /// The length of a regular file in bytes, when it was opened.
    public let length: Int?
    /// Which file it is, and as it was when it was opened; nil for a pipe.
    package let identity: FileIdentity?
    private let descriptor: Int32
    private let ownsDescriptor: Bool
    /// For what may keep a reader waiting: a pipe, a terminal.
    private let waits = Mutex(Waits())

    private struct Waits {
        /// Made when something is read.
        var alarm: Alarm?
        var isCancelled = false
    }

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
        identity = unsafe fstat(descriptor, &status) == 0 ? FileIdentity(status) : nil
        length = identity?.size
        if length != nil { posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
    }

    deinit { if ownsDescriptor { close(descriptor) } }

    /// The process's standard input.
    public static var standardInput: FileSource { FileSource(descriptor: STDIN_FILENO, path: "standard input") }

    /// Itself.
    public var canceller: (any ReadCanceller)? { self }

    /// Wakes a `read` that waits for a pipe.
    public func cancel() {
        waits.withLock {
            $0.isCancelled = true
            $0.alarm?.ring()
        }
    }

    /// nil for a file, which keeps nobody waiting.
    private func alarm() throws -> Alarm? {
        if isSeekable { return nil }
        return try waits.withLock {
            if $0.isCancelled { throw CancellationError() }
            let alarm = try $0.alarm ?? Alarm()
            $0.alarm = alarm
            return alarm
        }
    }

    /// Reads the next bytes; 0 at the end.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let alarm = try alarm()
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
    /// Reads bytes at an offset, without moving the position; 0 at the end.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = unsafe pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            if errno != EINTR { throw SystemFailure(operation: "read", path: path, code: errno) }
        }
    }

    /// Moves the position to an offset in bytes from the start.
    public func seek(to offset: Int) throws {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
            throw SystemFailure(operation: "seek", path: path, code: errno)
        }
    }

    /// Whether it is a regular file, which can be read again from any offset.
    public var isSeekable: Bool { length != nil }
}
