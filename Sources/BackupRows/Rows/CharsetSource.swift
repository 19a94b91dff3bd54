import BackupBytes

/// Text in another charset, decoded to UTF-8 as it is read, from the slab of the file into the reader's own:
///
///     input    |decoded already (pieces)|start  not yet  end|        a piece ends after a line feed where it can
///                                        ↓
///     buffer   |text that is given      |
///
/// A buffer too small for a decoder's room gets its bytes through `output`.
final class CharsetSource: ByteSource {
    private let source: any ByteSource
    private var decoder: Charset.Decoder
    private(set) var charset: Charset
    private var input = Slab()
    /// For the next input.
    private var spare: Slab?
    /// Text that is decoded and not given.
    private let output = Slab(capacity: Charset.Decoder.room(for: smallestInput))
    private static let smallestInput = 4096
    /// Bytes of the file that have been decoded, and of the text that they have become.
    private var file: Int
    private var text: Int
    /// Where decoding can begin anew, in the file and in the text: the last ones.
    private var marks: [(file: Int, text: Int)]
    /// A piece of the file apart; a record is not longer than all of them.
    private static let markLimit = 4096
    /// After what has been decoded.
    private var failure: UndecodableText?
    private var isAtEnd = false
    /// What has been decoded and may not have been used yet, as it was in the file.
    private var pieces: [Piece] = []

    /// Decoded bytes, where they lie.
    private struct Piece {
        var slab: Slab
        var range: Range<Int>
        var file: Int
        var text: Int

        var raw: UnsafeBufferPointer<UInt8> {
            let start = unsafe slab.base.assumingMemoryBound(to: UInt8.self) + range.lowerBound
            return unsafe UnsafeBufferPointer(start: start, count: range.count)
        }
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
        while output.count == 0 {
            if let failure { throw failure }
            if Charset.Decoder.input(for: buffer.count) >= Self.smallestInput {
                let written = try unsafe decodeMore(into: buffer)
                if written > 0 || isAtEnd { return written }
            } else {
                output.reset()
                output.end = try unsafe decodeMore(into: output.room)
                if output.count == 0 && isAtEnd { return 0 }
            }
        }
        let count = min(buffer.count, output.count)
        unsafe buffer.copyMemory(from: .init(rebasing: output.bytes[..<count]))
        output.start += count
        return count
    }

    /// Where another one can begin so that this offset of the text comes soon; nil where a charset has states, or that
    /// is too long ago.
    package func resumePoint(upTo offset: Int) -> (file: Int, text: Int)? { marks.last { $0.text <= offset } }

    /// Nobody will ask for what came before this offset of the text.
    package func forget(before offset: Int) {
        let kept = pieces.dropFirst().firstIndex { $0.text > offset } ?? pieces.count
        guard kept > 1 else { return }
        let forgotten = pieces[..<(kept - 1)].map(\.slab)
        pieces.removeFirst(kept - 1)
        spare = forgotten.first { !isInUse($0) } ?? spare
    }

    private func isInUse(_ slab: Slab) -> Bool { slab === input || pieces.contains { $0.slab === slab } }

    /// What the text from this offset on was decoded from, and where in the file that begins.
    func undecoded(from offset: Int) throws -> (source: any ByteSource, file: Int) {
        var raw: [UInt8] = [], start = file
        for piece in pieces.reversed() {
            let isFirst = piece.text <= offset
            let used = isFirst ? unsafe length(of: offset - piece.text, in: piece.raw) : 0
            unsafe raw.insert(contentsOf: piece.raw[used...], at: 0)
            start = piece.file + used
            if isFirst { break }
        }
        return unsafe (ChainedSource(raw + [UInt8](input.bytes), source), start)
    }

    /// How many of these bytes become so many bytes of text.
    private func length(of text: Int, in raw: UnsafeBufferPointer<UInt8>) -> Int {
        let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Charset.Decoder.room(for: raw.count))
        defer { unsafe room.deallocate() }
        var low = 0, high = raw.count
        while low < high {
            let middle = (low + high) / 2
            let start = unsafe UnsafeBufferPointer(rebasing: raw[..<middle])
            if unsafe Charset.Decoder(charset).decode(start, into: room).written < text {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Decodes what there is room for, and reads where nothing is left to decode; returns how many bytes of text that
    /// became.
    private func decodeMore(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let room = unsafe buffer.assumingMemoryBound(to: UInt8.self)
        let written = unsafe decode(into: room)
        if written > 0 || failure != nil { return written }
        if try fill() { return 0 }
        // A character that is cut stays cut.
        if input.count > 0 { throw UndecodableText(charset: charset.name, offset: file) }
        isAtEnd = true
        return unsafe decoder.finish(into: room)
    }

    /// Reads after what is not decoded yet; false at the end of the file.
    private func fill() throws -> Bool {
        var next = input
        if pieces.contains(where: { $0.slab === input }) {
            next = spare ?? Slab()
            spare = nil
        }
        let left = input.count
        unsafe next.base.copyMemory(from: input.base + input.start, byteCount: left)
        (next.start, next.end) = (0, left)
        input = next
        let count = try unsafe source.read(into: input.room)
        input.end += count
        if file == 0, let marked = unsafe charset.byMark(input.bytes) {
            charset = marked
            decoder = Charset.Decoder(marked)
        }
        return count > 0
    }

    /// Decodes to the last line feed that there is room for, and what follows; returns how many bytes of text that
    /// became. A failure stands after them.
    private func decode(into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
        let bytes = unsafe input.bytes.prefix(Charset.Decoder.input(for: room.count))
        guard unsafe !bytes.isEmpty else { return 0 }
        let lines =
            unsafe charset.isASCIICompatible ? bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0 : bytes.count
        var written = unsafe decode(lines, into: room)
        if lines > 0 { mark() }
        if written.isWhole {
            let rest = unsafe UnsafeMutableBufferPointer(rebasing: room[written.count...])
            written.count += unsafe decode(bytes.count - lines, into: rest).count
        }
        return written.count
    }

    /// So many of the bytes at hand, but for a character that is cut; the room suffices for them.
    private func decode(
        _ count: Int, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> (count: Int, isWhole: Bool) {
        let bytes = unsafe UnsafeRawBufferPointer(rebasing: input.bytes.prefix(count))
        let piece = unsafe decoder.decode(bytes.assumingMemoryBound(to: UInt8.self), into: room)
        if piece.read > 0 {
            let range = input.start ..< input.start + piece.read
            pieces.append(Piece(slab: input, range: range, file: file, text: text))
        }
        file += piece.read
        input.start += piece.read
        text += piece.written
        if piece.end == .bad { failure = UndecodableText(charset: charset.name, offset: file) }
        return (piece.written, piece.read == count)
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
