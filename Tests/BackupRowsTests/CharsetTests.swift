import BackupRows
import TestSupport
import Testing

/// The servers' tables. That each is what a server answers is judged by Tests/Truth; here is how they are used.
@Suite struct CharsetTests {
    private func text(_ bytes: [UInt8], _ name: String, _ family: SQLDialect.Family? = nil) throws -> String {
        String(decoding: try #require(Charset(named: name, family: family)).decode(bytes), as: UTF8.self)
    }

    @Test func oneNameIsTwoCharsets() throws {
        #expect(try text([0x81, 0x60], "sjis", .mysql) == "〜")
        #expect(try text([0x81, 0x61], "sjis", .mysql) == "‖")
        #expect(try text([0x81, 0x61], "SJIS", .postgresql) == "∥")
        #expect(try text([0xA8, 0xBC], "gb18030", .mysql) == "\u{1E3F}")
        #expect(try text([0xA8, 0xBC], "GB18030", .postgresql) == "\u{E7C7}")
        #expect(try text([0x80], "latin1", .mysql) == "€")
        #expect(try text([0x80], "LATIN1", .postgresql) == "\u{80}")
    }

    @Test func everyLengthOfSequence() throws {
        #expect(
            try text([0x41, 0x81, 0x30, 0x81, 0x30, 0xE3, 0x32, 0x9A, 0x35, 0xB0, 0xA1], "gb18030")
                == "A\u{80}\u{10FFFF}啊")
        #expect(try text([0x8E, 0xA2, 0xA1, 0xA1, 0xA4, 0xA1], "EUC_TW") == "\u{4E42}０")
        #expect(try text([0x8F, 0xA2, 0xB7, 0x8E, 0xB1, 0xB0, 0xA1], "ujis") == "~ｱ亜")
        #expect(try text([0xA4, 0xF7], "EUC_JIS_2004") == "か\u{309A}")
        #expect(try text([0xD8, 0x3D, 0xDE, 0x00], "utf16") == "😀")
        #expect(try text([0x00, 0x01, 0xF6, 0x00], "utf32") == "😀")
    }

    /// The first byte of the first bad character, wherever pieces are cut.
    @Test(arguments: [
        ("gbk", [0x41, 0xB0, 0xA1, 0xFF, 0x41] as [UInt8], 3), ("gbk", [0xB0, 0xA1, 0xB0], 2),
        ("sjis", [0x41, 0x81, 0x20], 1),
        ("ujis", [0x8F, 0xA2, 0x41], 0), ("gb18030", [0x42, 0x84, 0x39, 0x81, 0x30], 1),
        ("ucs2", [0x00, 0x41, 0xD8, 0x3D, 0xDE, 0x00], 2),
        ("greek", [0x41, 0xFF], 1), ("ascii", [0x41, 0x42, 0xC3, 0xA9], 2),
    ])
    func undecodable(name: String, bytes: [UInt8], offset: Int) throws {
        let charset = try #require(Charset(named: name))
        #expect(throws: UndecodableText(charset: name, offset: offset)) { try charset.decode(bytes) }
        // longer than a piece of the decoder
        let ahead = Array(repeating: charset.isASCIICompatible ? 0x61 : 0, count: 43_680) + bytes
        #expect(throws: UndecodableText(charset: name, offset: 43_680 + offset)) { try charset.decode(ahead) }
    }

    /// A character at every place, cut at every place.
    @Test(arguments: ["gbk", "gb18030", "EUC_TW", "eucjpms", "utf16", "EUC_JIS_2004", "koi8u"])
    func cutAnywhere(name: String) throws {
        let letters: [String: [UInt8]] = [
            "gbk": [0xBF, 0x5C, 0x61], "gb18030": [0x90, 0x30, 0x81, 0x30, 0x62],
            "EUC_TW": [0x8E, 0xA2, 0xA1, 0xA1, 0x63],
            "eucjpms": [0x8F, 0xA2, 0xC3, 0x64], "utf16": [0xD8, 0x3D, 0xDE, 0x00, 0x00, 0x41],
            "EUC_JIS_2004": [0xA4, 0xF7, 0x65], "koi8u": [0xA4],
        ]
        let letter = try #require(letters[name]), charset = try #require(Charset(named: name))
        let bytes = (0 ..< 8000).flatMap { _ in letter }
        let one = try charset.decode(letter), whole = try charset.decode(bytes)
        #expect(whole == (0 ..< 8000).flatMap { _ in one })
        var parts: [UInt8] = [], given = 0, end = 0
        let decoder = Charset.Decoder(charset)
        while given < bytes.count {
            end = min(bytes.count, end + 1 + given % 97)
            parts += unsafe [UInt8](unsafeUninitializedCapacity: Charset.Decoder.room(for: end - given)) {
                room, count in
                let piece = unsafe Array(bytes[given ..< end]).withUnsafeBufferPointer {
                    unsafe decoder.decode($0, into: room)
                }
                given += piece.read
                count = piece.written
            }
        }
        #expect(parts == whole)
    }

    @Test func namesOfBothFamiliesAndOfIANA() throws {
        for name in ["utf8mb3", "UNICODE", "SQL_ASCII", "UTF-8"] { #expect(try #require(Charset(named: name)).isUTF8) }
        for name in ["Windows-1252", "cp1252", "WIN1252"] { #expect(try text([0x80], name) == "€") }
        #expect(try text([0xA4], "ISO-8859-15") == "€")
        #expect(try text([0x1B, 0x24, 0x42, 0x24, 0x22], "iso-2022-jp") == "あ")  // libc's: no server has it
        for name in ["klingon", "MULE_INTERNAL", ""] { #expect(Charset(named: name) == nil) }
        #expect(throws: UnknownCharset("iso-2022-jp", family: .mysql)) {
            try Charset(declared: "iso-2022-jp", family: .mysql)
        }
        #expect(throws: UnknownCharset("EUC_JP", family: .mysql)) { try Charset(declared: "EUC_JP", family: .mysql) }
        #expect(throws: UnknownCharset("cp850", family: .postgresql)) {
            try Charset(declared: "cp850", family: .postgresql)
        }
    }

    @Test func asciiIsNotEverywhere() throws {
        #expect(try #require(Charset(named: "swe7")).isASCIICompatible == false)
        #expect(try #require(Charset(named: "JOHAB")).isASCIICompatible)
        #expect(try text([0x5B, 0x5C, 0x5D], "swe7") == "ÄÖÅ")
    }
}
