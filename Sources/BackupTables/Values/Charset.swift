#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Bytes that are not text in the charset they are said to be in.
package struct UndecodableText: Error, Equatable {
    package let charset: String
    /// Offset of the first bad byte.
    package let offset: Int
}

/// A charset by the name that MySQL, PostgreSQL or IANA gives it, decoded to UTF-8 by libc's iconv.
package struct Charset: Hashable, Sendable {
    package let name: String
    private let iconvName: String

    /// nil for a name that is not known.
    package init?(named name: String) {
        let key = name.lowercased().filter { $0.isLetter || $0.isNumber }
        self.name = name
        iconvName = Self.databaseNames[key] ?? name
        guard let handle = unsafe Self.open(iconvName) else { return nil }
        unsafe iconv_close(handle)
    }

    /// The kernels' enum bk_multibyte.
    var multibyte: UInt8 { SQLDialect(family: .mysql, charset: name).multibyte }

    /// Whether text in it is UTF-8 already.
    package var isUTF8: Bool { iconvName == "UTF-8" }

    /// Where a server's name differs from iconv's. MySQL's latin1 is Windows-1252 with the five holes filled.
    private static let databaseNames: [String: String] = [
        "utf8": "UTF-8", "utf8mb3": "UTF-8", "utf8mb4": "UTF-8", "unicode": "UTF-8", "ascii": "UTF-8", "usascii": "UTF-8", "sqlascii": "UTF-8",
        "latin1": "CP1252", "latin2": "ISO-8859-2", "latin3": "ISO-8859-3", "latin4": "ISO-8859-4", "latin5": "ISO-8859-9",
        "latin6": "ISO-8859-10", "latin7": "ISO-8859-13", "latin8": "ISO-8859-14", "latin9": "ISO-8859-15", "latin10": "ISO-8859-16",
        "iso88595": "ISO-8859-5", "iso88596": "ISO-8859-6", "iso88597": "ISO-8859-7", "iso88598": "ISO-8859-8",
        "win": "CP1251", "win866": "CP866", "win874": "CP874", "win1250": "CP1250", "win1251": "CP1251", "win1252": "CP1252", "win1253": "CP1253",
        "win1254": "CP1254", "win1255": "CP1255", "win1256": "CP1256", "win1257": "CP1257", "win1258": "CP1258",
        "cp1250": "CP1250", "cp1251": "CP1251", "cp1256": "CP1256", "cp1257": "CP1257",
        "cp850": "CP850", "cp852": "CP852", "cp866": "CP866", "koi8r": "KOI8-R", "koi8u": "KOI8-U", "greek": "ISO-8859-7",
        "hebrew": "ISO-8859-8", "macroman": "MACINTOSH", "macce": "MAC-CENTRALEUROPE", "armscii8": "ARMSCII-8", "tis620": "TIS-620",
        "geostd8": "GEORGIAN-PS", "hp8": "HP-ROMAN8", "swe7": "ISO646-SE", "keybcs2": "CP895",
        "gbk": "CP936", "cp936": "CP936", "gb2312": "EUC-CN", "euccn": "EUC-CN", "gb18030": "GB18030", "big5": "CP950",
        "cp932": "CP932", "sjis": "CP932", "shiftjis": "CP932", "ujis": "EUC-JP", "eucjp": "EUC-JP", "eucjpms": "EUC-JP-MS", "euckr": "UHC", "uhc": "UHC", "johab": "JOHAB",
        "euctw": "EUC-TW", "ucs2": "UCS-2BE", "utf16": "UTF-16BE", "utf16le": "UTF-16LE", "utf16be": "UTF-16BE", "utf32": "UTF-32BE",
    ]

    private static func open(_ name: String) -> iconv_t? {
        let handle = unsafe iconv_open("UTF-8", name)
        return unsafe Int(bitPattern: handle) == -1 ? nil : handle
    }

    /// The text as UTF-8.
    package func decode(_ bytes: [UInt8]) throws(UndecodableText) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count * 2)
        let decoded = unsafe bytes.withUnsafeBytes { buffer in
            Result { () throws(UndecodableText) in
                let decoder = Decoder(self)
                let rest = try unsafe decoder.decode(buffer, offset: 0) { unsafe out.append(contentsOf: $0) }
                unsafe decoder.finish { unsafe out.append(contentsOf: $0) }
                return rest
            }
        }
        let rest = try decoded.get()
        if rest < bytes.count { throw UndecodableText(charset: name, offset: rest) }
        return name == "sjis" ? Self.mysqlSJIS(out) : out
    }

    /// UTF-8 that was decoded from this charset, as it was.
    func encode(_ text: [UInt8]) throws(UndecodableText) -> [UInt8] {
        let handle = unsafe iconv_open(iconvName, "UTF-8")
        defer { unsafe iconv_close(handle) }
        var text = text, out = [UInt8](repeating: 0, count: 4 * text.count + 16), left = text.count, room = out.count
        let count = text.count
        let result = unsafe text.withUnsafeMutableBytes { from in
            unsafe out.withUnsafeMutableBytes { into in
                var input = unsafe from.bindMemory(to: CChar.self).baseAddress, output = unsafe into.bindMemory(to: CChar.self).baseAddress
                return unsafe iconv(handle, &input, &left, &output, &room)
            }
        }
        guard result != -1, left == 0 else { throw UndecodableText(charset: name, offset: count - left) }
        return Array(out.dropLast(room))
    }

    /// MySQL's sjis, unlike its cp932, has the backslash U+005C at 815F, where iconv has U+FF3C.
    private static func mysqlSJIS(_ text: [UInt8]) -> [UInt8] {
        String(decoding: text, as: UTF8.self).replacing("\u{FF3C}", with: "\\").utf8.map { $0 }
    }

    /// Whether bytes below 0x80 mean ASCII.
    package var isASCIICompatible: Bool { !iconvName.hasPrefix("UCS-2") && !iconvName.hasPrefix("UTF-16") && !iconvName.hasPrefix("UTF-32") }

    /// Whether decoding may begin behind any line feed (in UTF-16 and UTF-32, at any character): nothing that came before changes what follows.
    var isStatelessAcrossLines: Bool { Self.databaseNames.values.contains(iconvName) || iconvName.hasPrefix("ISO-8859-") }

    /// UTF-16 in the byte order that a mark at the front tells; nil where there is none, or the name says the order.
    func byMark(_ bytes: UnsafeRawBufferPointer) -> Charset? {
        guard ["utf16", "utf-16"].contains(name.lowercased()), unsafe bytes.starts(with: [0xFF, 0xFE]) else { return nil }
        return Charset(named: "utf-16le")
    }

    /// The text as UTF-8, with U+FFFD for each byte that is none.
    package func decodeReplacing(_ bytes: [UInt8], count: inout Int) -> [UInt8] {
        var rest = bytes[...], out: [UInt8] = []
        while true {
            do {
                return out + (try decode(Array(rest)))
            } catch {
                out += (try? decode(Array(rest.prefix(error.offset)))) ?? []
                out += Array("\u{FFFD}".utf8)
                count += 1
                rest = rest.dropFirst(error.offset + 1)
            }
        }
    }

    /// Decoding that goes on from piece to piece.
    @safe package final class Decoder {
        private let charset: Charset
        private let handle: iconv_t
        private let isLatin1: Bool
        private let out = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 16)

        package init(_ charset: Charset) {
            self.charset = charset
            isLatin1 = charset.iconvName == "CP1252"
            // The name was tried when the charset was made.
            unsafe handle = unsafe iconv_open("UTF-8", charset.iconvName)
        }

        deinit {
            unsafe iconv_close(handle)
            unsafe out.deallocate()
        }

        /// What is still held back: CP1255 and CP1258 wait for accents behind the last letter.
        package func finish(emit: (UnsafeRawBufferPointer) -> Void) {
            var output: UnsafeMutablePointer<CChar>? = unsafe out.bindMemory(to: CChar.self).baseAddress
            var room = unsafe out.count
            unsafe iconv(handle, nil, nil, &output, &room)
            unsafe emit(.init(rebasing: out[..<(out.count - room)]))
        }

        /// Decodes as much as is whole, in pieces; returns how many bytes that was. `offset` is where `bytes` lie, for errors.
        package func decode(
            _ bytes: UnsafeRawBufferPointer, offset: Int, emit: (UnsafeRawBufferPointer) -> Void
        ) throws(UndecodableText) -> Int {
            var input = unsafe UnsafeMutablePointer(mutating: bytes.bindMemory(to: CChar.self).baseAddress)
            var left = bytes.count
            while left > 0 {
                var output: UnsafeMutablePointer<CChar>? = unsafe out.bindMemory(to: CChar.self).baseAddress
                var room = unsafe out.count
                let result = unsafe iconv(handle, &input, &left, &output, &room)
                let failure = errno
                if unsafe room < out.count { unsafe emit(.init(rebasing: out[..<(out.count - room)])) }
                guard result == -1 else { continue }  // size_t comes as Int
                switch failure {
                case E2BIG: continue
                case EINVAL: return bytes.count - left
                default:
                    guard isLatin1 else { throw UndecodableText(charset: charset.name, offset: offset + bytes.count - left) }
                    // MySQL's latin1 maps 81, 8D, 8F, 90 and 9D to the control characters of the same number.
                    unsafe out[0] = 0xC2
                    unsafe out[1] = unsafe UInt8(bitPattern: input![0])
                    unsafe emit(.init(rebasing: out[..<2]))
                    unsafe input! += 1
                    left -= 1
                }
            }
            return bytes.count
        }
    }
}
