/// A stream of bytes, read once, from front to back, by one reader at a time.
///
/// This is where the two wings meet: a finished download *is* a byte source, and an export *reads* one.
///
/// `read(into:)` blocks its thread. Call it on a thread of your own, never on one of Swift's cooperative pool.
///
/// A source need not be `Sendable`: it is handed over to its reader, which reads it on one thread at a time. What other
/// threads may do, to end a read that waits, is a value of its own: `canceller`. For the same reason no conformance
/// belongs to an actor (`SendableMetatype`).
public protocol ByteSource: AnyObject, SendableMetatype {
    /// The whole length in bytes, where it is known before the end.
    var length: Int? { get }

    /// Fills `buffer` from its front and says how many bytes it wrote: at least one, or 0 at the end of the stream.
    /// An end that comes too early (a short file, a broken connection) is thrown, never returned as 0.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int

    /// Ends a `read` that waits. nil, unless a source has its own: most sources do not block for long. Asked for once,
    /// before the first read.
    var canceller: (any ReadCanceller)? { get }

    /// This source, where it can be read again from any offset and its length is known; nil where it only streams.
    var seekable: (any SeekableByteSource)? { get }

    /// This source, where it can show its bytes instead of copying them; nil where it cannot.
    var lending: (any LendingSource)? { get }

    /// This source, where another process can resume it; nil where it cannot.
    var restartable: (any RestartableByteSource)? { get }
}

extension ByteSource {
    /// nil: most sources do not block for long.
    public var canceller: (any ReadCanceller)? { nil }
    /// nil: most sources only stream.
    public var seekable: (any SeekableByteSource)? { nil }
    /// nil: most sources fill a buffer of their reader.
    public var lending: (any LendingSource)? { nil }
    /// nil: most sources end with their process.
    public var restartable: (any RestartableByteSource)? { nil }
}

/// Ends the reads of a byte source, from any thread.
public protocol ReadCanceller: Sendable {
    /// Makes a `read` that is blocked, and every later one, throw `CancellationError`. Any thread; any number of times.
    func cancel()
}

/// A byte source that can be read again from any offset.
public protocol SeekableByteSource: ByteSource {
    /// Reads at `offset` bytes from the front without moving the stream; 0 at or past the end.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int

    /// Continues the stream at `offset` bytes from the front.
    func seek(to offset: Int) throws
}

extension SeekableByteSource {
    /// nil where the length is not known: a pipe that was opened as a file.
    public var seekable: (any SeekableByteSource)? { length == nil ? nil : self }
}
