import BackupBytes

/// Text in another charset, decoded to UTF-8 as it is read.
final class CharsetSource: ByteSource {
    private let source: any ByteSource
    private var decoder: Charset.Decoder
    private(set) var charset: Charset
    private let input = Slab()
    private var output: [UInt8] = []
    private var given = 0
    /// Bytes of the file that have been decoded, and of the text that they have become.
    private var file: Int
    private var text: Int
    /// Where decoding can begin anew, in the file and in the text: the last ones.
    private var marks: [(file: Int, text: Int)]
    /// A piece of the file apart; a record is not longer than all of them.
    private static let markLimit = 4096
    /// After what has been decoded.
    private var failure: UndecodableText?
    /// What has been decoded and may not have been used yet, as it was in the file.
    private var pieces: [Piece] = []

    private struct Piece {
        package var raw: [UInt8]
        package var file: Int
        package var text: Int
    }

    /// `source` begins at byte `file` of a file and `text` of its text.
    package init(_ source: any ByteSource, charset: Charset, file: Int = 0, text: Int = 0) {
        self.source = source
        self.charset = charset
        (self.file, self.text, marks) = (file, text, [(file, text)])
        decoder = Charset.Decoder(charset)
    }

    package var length: Int? { nil }
    var canceller: (any ReadCanceller)? { source.canceller }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while given == output.count {
            guard try decodeMore() else { return 0 }
        }
        let count = min(buffer.count, output.count - given)
        unsafe output.withUnsafeBytes { unsafe buffer.copyMemory(from: .init(rebasing: $0[given ..< given + count])) }
        given += count
        return count
    }

    /// Where another one can begin so that this offset of the text comes soon; nil where a charset has states, or that
    /// is too long ago.
    package func resumePoint(upTo offset: Int) -> (file: Int, text: Int)? { marks.last { $0.text <= offset } }

    /// Nobody will ask for what came before this offset of the text.
    package func forget(before offset: Int) {
        while pieces.count > 1 && pieces[1].text <= offset { pieces.removeFirst() }
    }

    /// What the text from this offset on was decoded from, and where in the file that begins.
    func undecoded(from offset: Int) throws -> (source: any ByteSource, file: Int) {
        var raw: [UInt8] = [], start = file
        for piece in pieces.reversed() {
            raw.insert(contentsOf: piece.raw, at: 0)
            start = piece.file
            guard piece.text <= offset else { continue }
            let used = try length(of: offset - piece.text, in: piece.raw)
            raw.removeFirst(used)
            start += used
            break
        }
        return unsafe (ChainedSource(raw + [UInt8](input.bytes), source), start)
    }

    /// How many of these bytes become so many bytes of text.
    private func length(of text: Int, in raw: [UInt8]) throws -> Int {
        var low = 0, high = raw.count
        while low < high {
            let middle = (low + high) / 2
            var decoded = 0
            _ = try unsafe raw.withUnsafeBytes { bytes in
                try unsafe Charset.Decoder(charset).decode(.init(rebasing: bytes[..<middle]), offset: 0) {
                    decoded += $0.count
                }
            }
            if decoded < text { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func decodeMore() throws -> Bool {
        if let failure { throw failure }
        let left = input.count
        unsafe input.base.copyMemory(from: input.base + input.start, byteCount: left)
        input.start = 0
        input.end = left
        let count = try unsafe source.read(into: input.room)
        input.end += count
        if file == 0, let marked = unsafe charset.byMark(input.bytes) {
            charset = marked
            decoder = Charset.Decoder(marked)
        }
        output.removeAll(keepingCapacity: true)
        given = 0
        if input.count > 0 {
            do {
                let lines =
                    charset.isASCIICompatible ? unsafe input.bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 : input.count
                try decode(lines)
                if lines > 0 { mark() }
                if input.start == lines { try decode(input.count) }
            } catch {
                if output.isEmpty { throw error }
                failure = error
            }
            if count == 0 && input.count > 0 && failure == nil {
                throw UndecodableText(charset: charset.name, offset: file)
            }
        } else {
            unsafe decoder.finish { unsafe output.append(contentsOf: $0) }
        }
        return !output.isEmpty || count > 0
    }

    /// So many of the bytes at hand, but for a character that is cut.
    private func decode(_ count: Int) throws(UndecodableText) {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: input.bytes.prefix(count))
        let before = output.count
        var used = 0
        defer {
            if used > 0 { unsafe pieces.append(Piece(raw: Array(bytes.prefix(used)), file: file, text: text)) }
            file += used
            input.start += used
            text += output.count - before
        }
        do {
            used = try unsafe decoder.decode(bytes, offset: file) { unsafe output.append(contentsOf: $0) }
        } catch {
            used = error.offset - file
            throw error
        }
    }

    private func mark() {
        guard charset.isStatelessAcrossLines else { return }
        if marks.count >= 2 * Self.markLimit { marks.removeFirst(Self.markLimit) }
        marks.append((file, text))
    }
}

/// Bytes in memory, then a source.
final class ChainedSource: ByteSource {
    private let first: [UInt8]
    private var given = 0
    private let second: any ByteSource

    package init(_ first: [UInt8], _ second: any ByteSource) {
        self.first = first
        self.second = second
    }

    package var length: Int? { nil }
    var canceller: (any ReadCanceller)? { second.canceller }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard given < first.count else { return try unsafe second.read(into: buffer) }
        let count = min(buffer.count, first.count - given)
        unsafe first.withUnsafeBytes { unsafe buffer.copyMemory(from: .init(rebasing: $0[given ..< given + count])) }
        given += count
        return count
    }
}
