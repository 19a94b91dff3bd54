import BackupBytes

/// A stream as an input: its source belongs to the one reading that comes first.
public final class StreamInput: Sendable {
    /// For messages, and for the table of a single file.
    public let name: String
    /// Bytes of it, where known.
    let length: Int?
    /// The source, where another process can resume it.
    let restartable: (any RestartableByteSource)?
    private let source: Handoff<any ByteSource>

    /// Hands the source over: no one else may read it from now on.
    public init(_ source: sending any ByteSource, name: String) {
        self.name = name
        length = source.length
        restartable = source.restartable
        self.source = Handoff(source)
    }

    /// - Throws: `ExportError` where it has a reader: a stream is read once, and a second reader would find its middle.
    func claim() throws -> sending any ByteSource {
        guard let source = source.take(), SourceClaims.claim(source) else {
            throw ExportError(
                .outOfTurn, entry: name, why: "this stream has a reader already, and is read once",
                remedy: "open another one")
        }
        return source
    }
}
