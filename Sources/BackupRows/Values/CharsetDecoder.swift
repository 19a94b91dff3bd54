import CCharsetTables

extension Charset {
    /// Decoding that continues from piece to piece.
    @safe package final class Decoder {
        private let charset: Charset
        private let iconv: IconvDecoder?
        private let out = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 * 1024)
        private static let pieceLength = (64 * 1024 - Int(BK_CHARSET_SLACK)) / Int(BK_CHARSET_GROWTH)

        package init(_ charset: Charset) {
            self.charset = charset
            if case .iconv(let name) = charset.encoding { iconv = IconvDecoder(name) } else { iconv = nil }
        }

        deinit { unsafe out.deallocate() }

        /// What is still held back: libc's CP1255 and CP1258 wait for accents after the last letter.
        package func finish(emit: (UnsafeRawBufferPointer) -> Void) {
            if let iconv { unsafe emit(.init(rebasing: UnsafeRawBufferPointer(out)[..<iconv.finish(into: out)])) }
        }

        /// Decodes as much as is whole, in pieces; returns how many bytes that was. `offset` is where `bytes` lie, for
        /// errors.
        package func decode(
            _ bytes: UnsafeRawBufferPointer, offset: Int, emit: (UnsafeRawBufferPointer) -> Void
        ) throws(UndecodableText) -> Int {
            var used = 0
            while used < bytes.count {
                let piece = unsafe UnsafeRawBufferPointer(rebasing: bytes[used...].prefix(Self.pieceLength))
                    .assumingMemoryBound(to: UInt8.self)
                let isLast = used + piece.count == bytes.count
                let result = unsafe decode(piece)
                if result.written > 0 { unsafe emit(.init(rebasing: UnsafeRawBufferPointer(out)[..<result.written])) }
                used += result.read
                switch result.status {
                case BK_CHARSET_BAD: throw UndecodableText(charset: charset.name, offset: offset + used)
                case BK_CHARSET_CUT: if isLast { return used }
                default: break
                }
            }
            return used
        }

        private func decode(_ piece: UnsafeBufferPointer<UInt8>) -> bk_charset_result {
            guard let out = unsafe out.baseAddress else {
                return bk_charset_result(read: 0, written: 0, status: BK_CHARSET_CUT)
            }
            return switch charset.encoding {
            case .table(let table): unsafe table.decode(piece, into: out)
            case .wide(let wide): unsafe wide.decode(piece, into: out)
            case .iconv:
                unsafe iconv?.decode(piece, into: self.out)
                    ?? bk_charset_result(read: 0, written: 0, status: BK_CHARSET_BAD)
            case .utf8: unsafe copy(piece, to: out)
            }
        }

        private func copy(_ piece: UnsafeBufferPointer<UInt8>, to out: UnsafeMutablePointer<UInt8>) -> bk_charset_result
        {
            if let base = piece.baseAddress { unsafe out.update(from: base, count: piece.count) }
            return bk_charset_result(read: piece.count, written: piece.count, status: BK_CHARSET_DONE)
        }
    }
}
