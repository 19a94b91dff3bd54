import CCharsetTables

extension Charset {
    /// Decoding that continues from piece to piece, into memory of the caller.
    @safe package final class Decoder {
        private let charset: Charset
        private let iconv: IconvDecoder?

        package init(_ charset: Charset) {
            self.charset = charset
            if case .iconv(let name) = charset.encoding { iconv = IconvDecoder(name) } else { iconv = nil }
        }

        /// How decoding ended.
        package enum End { case done, cut, bad }

        /// Bytes of input and output up to the last whole character.
        package struct Piece {
            package var read: Int
            package var written: Int
            package var end: End
        }

        /// Room that always suffices for so many bytes of input.
        package static func room(for count: Int) -> Int { count * Int(BK_CHARSET_GROWTH) + Int(BK_CHARSET_SLACK) }

        /// The most bytes of input for which the room suffices.
        package static func input(for room: Int) -> Int {
            max(0, room - Int(BK_CHARSET_SLACK)) / Int(BK_CHARSET_GROWTH)
        }

        /// Decodes what is whole of the bytes, or, where the room does not suffice for all, of the first of them.
        package func decode(
            _ bytes: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
        ) -> Piece {
            let count = min(bytes.count, Self.input(for: room.count))
            let input = unsafe UnsafeBufferPointer(rebasing: bytes[..<count])
            guard let out = unsafe room.baseAddress, count > 0 else { return Piece(read: 0, written: 0, end: .done) }
            let result: bk_charset_result =
                switch charset.encoding {
                case .table(let table): unsafe table.decode(input, into: out)
                case .wide(let wide): unsafe wide.decode(input, into: out)
                case .iconv:
                    unsafe iconv?.decode(input, into: room)
                        ?? bk_charset_result(read: 0, written: 0, status: BK_CHARSET_BAD)
                case .utf8: unsafe copy(input, to: out)
                }
            let end: End =
                switch result.status {
                case BK_CHARSET_BAD: .bad
                case BK_CHARSET_CUT where count == bytes.count: .cut
                default: .done
                }
            return Piece(read: result.read, written: result.written, end: end)
        }

        /// Writes what is still held back, and returns its length: libc's CP1255 and CP1258 wait for accents after the
        /// last letter.
        package func finish(into room: UnsafeMutableBufferPointer<UInt8>) -> Int {
            unsafe iconv?.finish(into: room) ?? 0
        }

        private func copy(_ piece: UnsafeBufferPointer<UInt8>, to out: UnsafeMutablePointer<UInt8>) -> bk_charset_result
        {
            if let base = piece.baseAddress { unsafe out.update(from: base, count: piece.count) }
            return bk_charset_result(read: piece.count, written: piece.count, status: BK_CHARSET_DONE)
        }
    }
}
