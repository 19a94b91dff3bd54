import BackupBytes

/// Text in another charset, decoded to UTF-8 as it is read.
package final class CharsetSource: ByteSource, @unchecked Sendable {
    private let source: any ByteSource
    private var decoder: Charset.Decoder
    private(set) var charset: Charset
    private let input = Slab()
    private var output: [UInt8] = []
    private var given = 0
    private var consumed = 0
    /// Behind what has been decoded.
    private var failure: UndecodableText?

    package init(_ source: any ByteSource, charset: Charset) {
        self.source = source
        self.charset = charset
        decoder = Charset.Decoder(charset)
    }

    package var length: Int? { nil }
    package func cancel() { source.cancel() }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while given == output.count {
            guard try decodeMore() else { return 0 }
        }
        let count = min(buffer.count, output.count - given)
        unsafe output.withUnsafeBytes { unsafe buffer.copyMemory(from: .init(rebasing: $0[given ..< given + count])) }
        given += count
        return count
    }

    /// What it was decoded from, again: `unread` came out of it last and nobody has used it.
    func undecoded(_ unread: [UInt8]) throws -> any ByteSource {
        let raw = try charset.encode(unread + output[given...])
        return unsafe ChainedSource(raw + [UInt8](input.bytes), source)
    }

    private func decodeMore() throws -> Bool {
        if let failure { throw failure }
        let left = input.count
        unsafe input.base.copyMemory(from: input.base + input.start, byteCount: left)
        input.start = 0
        input.end = left
        let count = try unsafe source.read(into: input.room)
        input.end += count
        if input.count == 0 { return false }
        if consumed == 0, let marked = unsafe charset.byMark(input.bytes) {
            charset = marked
            decoder = Charset.Decoder(marked)
        }
        output.removeAll(keepingCapacity: true)
        given = 0
        let used: Int
        do {
            used = try unsafe decoder.decode(input.bytes, offset: consumed) { unsafe output.append(contentsOf: $0) }
        } catch {
            if output.isEmpty { throw error }
            failure = error
            used = error.offset - consumed
        }
        if count == 0 && used < input.count && failure == nil { throw UndecodableText(charset: charset.name, offset: consumed + used) }
        consumed += used
        input.start = used
        return true
    }
}

/// Bytes in memory, then a source.
final class ChainedSource: ByteSource, @unchecked Sendable {
    private let first: [UInt8]
    private var given = 0
    private let second: any ByteSource

    init(_ first: [UInt8], _ second: any ByteSource) {
        self.first = first
        self.second = second
    }

    var length: Int? { nil }
    func cancel() { second.cancel() }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard given < first.count else { return try unsafe second.read(into: buffer) }
        let count = min(buffer.count, first.count - given)
        unsafe first.withUnsafeBytes { unsafe buffer.copyMemory(from: .init(rebasing: $0[given ..< given + count])) }
        given += count
        return count
    }
}
