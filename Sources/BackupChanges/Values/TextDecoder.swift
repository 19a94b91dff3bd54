import BackupBytes
import BackupRows

/// Decodes texts of columns to UTF-8. Used by one thread.
@safe final class TextDecoder {
    private var known: [ObjectIdentifier: Known] = [:]
    private var last: Known?
    private let text = LineText(pool: SlabPool(capacity: 64 * 1024, limit: 1))

    /// Decoders that are kept.
    private static let limit = 1024

    private struct Known {
        /// Kept, so that no other one has its identity.
        let column: ColumnCharset
        let decoder: Charset.Decoder
    }

    /// The text as UTF-8, until the next call; nil where it is none in the charset.
    func decode(_ bytes: EventBytes, _ column: ColumnCharset) throws(ChangeError) -> EventBytes? {
        let decoder = decoder(of: column)
        text.truncate(to: LineText.front)
        let room = Charset.Decoder.room(for: bytes.count)
        try text.reserve(room)
        let piece = unsafe decoder.decode(bytes.buffer, into: .init(start: text.next, count: room))
        guard piece.end == .done, piece.read == bytes.count else { return nil }
        text.commit(piece.written)
        text.commit(unsafe decoder.finish(into: .init(start: text.next, count: room - piece.written)))
        return text.written(from: LineText.front)
    }

    private func decoder(of column: ColumnCharset) -> Charset.Decoder {
        if let last, last.column === column { return last.decoder }
        let found = known[ObjectIdentifier(column)] ?? Known(column: column, decoder: .init(column.charset))
        if known.count >= Self.limit { known.removeAll() }
        known[ObjectIdentifier(column)] = found
        last = found
        return found.decoder
    }
}
