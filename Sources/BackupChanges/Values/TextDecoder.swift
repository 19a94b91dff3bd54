import BackupRows

/// Decodes the texts of one column to UTF-8. Used by one thread.
@safe final class TextDecoder {
    let charset: Charset
    private let decoder: Charset.Decoder

    init(_ charset: Charset) {
        self.charset = charset
        decoder = Charset.Decoder(charset)
    }

    /// The text as UTF-8; nil where it is none in the charset.
    func decode(_ bytes: EventBytes) -> [UInt8]? {
        let room = Charset.Decoder.room(for: bytes.count)
        var isWhole = false
        let text = unsafe [UInt8](unsafeUninitializedCapacity: room) { out, count in
            let piece = unsafe decoder.decode(bytes.buffer, into: out)
            count = piece.written
            isWhole = piece.end == .done && piece.read == bytes.count
            if isWhole {
                let rest = unsafe UnsafeMutableBufferPointer(rebasing: out[count...])
                count += unsafe decoder.finish(into: rest)
            }
        }
        return isWhole ? text : nil
    }
}
