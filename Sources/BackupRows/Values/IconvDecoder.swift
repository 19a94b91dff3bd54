import CCharsetTables

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// libc's decoder, for charsets that no server has.
@safe final class IconvDecoder {
    private let handle: iconv_t

    package init?(_ name: String) {
        guard let handle = unsafe Self.open(name) else { return nil }
        unsafe self.handle = unsafe handle
    }

    deinit { unsafe iconv_close(handle) }

    package static func knows(_ name: String) -> Bool { !name.isEmpty && IconvDecoder(name) != nil }

    private static func open(_ name: String) -> iconv_t? {
        let handle = unsafe iconv_open("UTF-8", name)
        return unsafe Int(bitPattern: handle) == -1 ? nil : handle
    }

    /// Writes what is held back; returns its length.
    func finish(into out: UnsafeMutableBufferPointer<UInt8>) -> Int {
        var output = unsafe UnsafeMutableRawPointer(out.baseAddress)?.assumingMemoryBound(to: CChar.self),
            room = out.count
        unsafe iconv(handle, nil, nil, &output, &room)
        return out.count - room
    }

    /// Decodes until the input or the room ends: both are of Charset.Decoder's sizes.
    package func decode(
        _ piece: UnsafeBufferPointer<UInt8>, into out: UnsafeMutableBufferPointer<UInt8>
    ) -> bk_charset_result {
        var input = unsafe UnsafeMutableRawPointer(mutating: piece.baseAddress)?.assumingMemoryBound(to: CChar.self),
            left = piece.count
        var output = unsafe UnsafeMutableRawPointer(out.baseAddress)?.assumingMemoryBound(to: CChar.self),
            room = out.count
        let isFailure = unsafe iconv(handle, &input, &left, &output, &room) == -1  // size_t comes as Int
        let failure = errno
        let status =
            !isFailure || failure == E2BIG ? BK_CHARSET_DONE : failure == EINVAL ? BK_CHARSET_CUT : BK_CHARSET_BAD
        return bk_charset_result(read: piece.count - left, written: out.count - room, status: status)
    }
}
