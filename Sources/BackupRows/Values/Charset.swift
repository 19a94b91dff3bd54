import CBackupKernels
import CCharsetTables

/// Bytes that are not text in the charset they are said to be in.
package struct UndecodableText: Error, Equatable {
    package let charset: String
    /// Offset of the first bad byte.
    package let offset: Int

    package init(charset: String, offset: Int) { (self.charset, self.offset) = (charset, offset) }
}

/// A charset that nobody here has a table for.
package struct UnknownCharset: Error, Equatable {
    package let name: String
    /// Whose statement names it, where one does.
    package let family: SQLDialect.Family?
    /// Of the column that is declared to be in it.
    package var column: String?

    package init(_ name: String, family: SQLDialect.Family? = nil, column: String? = nil) {
        (self.name, self.family, self.column) = (name, family, column)
    }
}

/// A charset, decoded to UTF-8. Those of MySQL and PostgreSQL are decoded by these servers' own tables.
///
/// One name can be two charsets: `gb18030`, `sjis` or `euckr` of MySQL is not PostgreSQL's.
package struct Charset: Hashable, Sendable {
    /// How text in it is turned into UTF-8.
    enum Encoding: Hashable, Sendable {
        case utf8
        case table(CharsetTable)
        case wide(WideEncoding)
        /// By libc, under this name: what neither server knows.
        case iconv(String)
    }

    package let name: String
    /// Whose name it was taken for first.
    package let family: SQLDialect.Family?
    let encoding: Encoding

    /// A name by which a user may call it: one of the family's, of the other's, or of IANA's. nil: it is not known.
    package init?(named name: String, family: SQLDialect.Family? = nil) {
        let key = CharsetNames.key(name), first = family ?? .mysql
        let other: SQLDialect.Family = first == .mysql ? .postgresql : .mysql
        guard
            let encoding = CharsetNames.encoding(key, of: first) ?? CharsetNames.encoding(key, of: other)
                ?? CharsetNames.iana(name)
        else { return nil }
        (self.name, self.family, self.encoding) = (name, family, encoding)
    }

    /// A name as a statement for the server says it, which nobody else's can be.
    package init(declared name: String, family: SQLDialect.Family) throws(UnknownCharset) {
        guard let encoding = CharsetNames.encoding(CharsetNames.key(name), of: family) else {
            throw UnknownCharset(name, family: family)
        }
        (self.name, self.family, self.encoding) = (name, family, encoding)
    }

    init(name: String, family: SQLDialect.Family?, encoding: Encoding) {
        (self.name, self.family, self.encoding) = (name, family, encoding)
    }

    /// The kernels' enum bk_multibyte.
    package var multibyte: UInt8 { CharsetNames.multibyte(name) }

    /// Whether ASCII is ASCII in it and a table decodes the rest: what the kernels do with whole rows.
    var kernelTable: OpaquePointer? {
        guard case .table(let table) = encoding, table.isASCIICompatible else { return nil }
        return unsafe table.kernel
    }

    /// Whether text in it is UTF-8 already.
    package var isUTF8: Bool { encoding == .utf8 }

    /// Whether bytes below 0x80 mean ASCII.
    package var isASCIICompatible: Bool {
        switch encoding {
        case .utf8: true
        case .table(let table): table.isASCIICompatible
        case .wide: false
        case .iconv(let name):
            !["UCS", "UTF-16", "UTF-32", "UTF-7", "EBCDIC", "ISO-2022"].contains { name.uppercased().hasPrefix($0) }
        }
    }

    /// UTF-16 and its relatives: delimiters and quotes are more than a byte.
    package var isWide: Bool { if case .wide = encoding { true } else { false } }

    /// Whether every byte is a character.
    package var isSingleByte: Bool {
        guard case .table(let table) = encoding else { return false }
        return table.isSingleByte
    }

    /// Whether decoding may begin after any line feed (in UTF-16 and UTF-32, at any character): nothing that came
    /// before changes what follows.
    var isStatelessAcrossLines: Bool {
        if case .iconv(let name) = encoding { name.uppercased().hasPrefix("ISO-8859-") } else { true }
    }

    /// UTF-16 in the byte order that a mark at the front shows; nil where there is none, or the name says the order.
    func byMark(_ bytes: UnsafeRawBufferPointer) -> Charset? {
        guard CharsetNames.key(name) == "utf16", unsafe bytes.starts(with: [0xFF, 0xFE]) else { return nil }
        return Charset(named: "utf-16le")
    }

    /// The text as UTF-8.
    package func decode(_ bytes: [UInt8]) throws(UndecodableText) -> [UInt8] {
        if isUTF8 { return bytes }
        var out: [UInt8] = []
        let read = decode(bytes[...], into: &out)
        if read < bytes.count { throw UndecodableText(charset: name, offset: read) }
        return out
    }

    /// The text as UTF-8, with U+FFFD for each byte that is none.
    package func decodeReplacing(_ bytes: [UInt8], count: inout Int) -> [UInt8] {
        if isUTF8 { return bytes }
        var out: [UInt8] = [], read = 0
        while true {
            read += decode(bytes[read...], into: &out)
            if read == bytes.count { return out }
            out += Array("\u{FFFD}".utf8)
            count += 1
            read += 1
        }
    }

    /// Decodes the bytes up to the first that is no text, and returns how many these are.
    private func decode(_ bytes: ArraySlice<UInt8>, into out: inout [UInt8]) -> Int {
        let decoder = Decoder(self)
        var rest = bytes, end = Decoder.End.done
        while !rest.isEmpty && end == .done {
            let room = Decoder.room(for: min(rest.count, 16 * 1024))
            out += unsafe [UInt8](unsafeUninitializedCapacity: room) { room, written in
                let piece = unsafe rest.withUnsafeBufferPointer { unsafe decoder.decode($0, into: room) }
                rest = rest.dropFirst(piece.read)
                (written, end) = (piece.written, piece.end)
            }
        }
        out += unsafe [UInt8](unsafeUninitializedCapacity: Decoder.room(for: 1)) { room, written in
            written = unsafe decoder.finish(into: room)
        }
        return bytes.count - rest.count
    }
}
