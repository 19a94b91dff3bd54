import CBackupKernels

/// What the servers, and IANA, call charsets.
enum CharsetNames {
    /// A name without case and punctuation, as PostgreSQL compares them.
    package static func key(_ name: String) -> String {
        name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }

    /// nil: the server has no charset of this name, or none that can be text.
    package static func encoding(_ key: String, of family: SQLDialect.Family) -> Charset.Encoding? {
        switch (family, key) {
        case (.mysql, "utf8"), (.mysql, "utf8mb3"), (.mysql, "utf8mb4"): .utf8
        case (.mysql, "ucs2"): .wide(.ucs2)
        case (.mysql, "utf16"): .wide(.utf16BE)
        case (.mysql, "utf16le"): .wide(.utf16LE)
        case (.mysql, "utf32"): .wide(.utf32BE)
        case (.mysql, _): CharsetTable(key, of: .mysql).map { .table($0) }
        // SQL_ASCII is bytes of any charset: they are checked to be UTF-8.
        case (.postgresql, "utf8"), (.postgresql, "unicode"), (.postgresql, "sqlascii"): .utf8
        case (.postgresql, _): CharsetTable(postgreSQLAliases[key] ?? key, of: .postgresql).map { .table($0) }
        }
    }

    /// Names that neither server knows: those of the servers' charsets elsewhere, and libc's.
    static func iana(_ name: String) -> Charset.Encoding? {
        let key = key(name)
        if let wide = wideNames[key] { return .wide(wide) }
        if key == "usascii" { return encoding("ascii", of: .mysql) }
        if let table = ianaNames[key] { return encoding(table.key, of: table.family) }
        return key != "muleinternal" && IconvDecoder.knows(name) ? .iconv(name) : nil
    }

    private static let wideNames: [String: WideEncoding] = [
        "utf16be": .utf16BE, "utf32be": .utf32BE, "utf32le": .utf32LE,
    ]

    private static let ianaNames: [String: (key: String, family: SQLDialect.Family)] = [
        "cp1252": ("win1252", .postgresql), "cp1253": ("win1253", .postgresql), "cp1254": ("win1254", .postgresql),
        "cp1255": ("win1255", .postgresql), "cp1258": ("win1258", .postgresql), "cp874": ("win874", .postgresql),
        "ibm866": ("cp866", .mysql), "ibm850": ("cp850", .mysql), "ibm852": ("cp852", .mysql),
        "windows31j": ("cp932", .mysql), "eucjpms": ("eucjpms", .mysql), "cp949": ("uhc", .postgresql),
    ]

    /// PostgreSQL's own other names (pg_char_to_encoding knows them).
    private static let postgreSQLAliases: [String: String] = [
        "abc": "win1258", "tcvn": "win1258", "tcvn5712": "win1258", "vscii": "win1258", "alt": "win866",
        "win": "win1251", "koi8": "koi8r",
        "mskanji": "sjis", "shiftjis": "sjis", "win932": "sjis", "windows932": "sjis", "win936": "gbk",
        "windows936": "gbk",
        "win949": "uhc", "windows949": "uhc", "win950": "big5", "windows950": "big5",
        "windows866": "win866", "windows874": "win874", "windows1250": "win1250", "windows1251": "win1251",
        "windows1252": "win1252",
        "windows1253": "win1253", "windows1254": "win1254", "windows1255": "win1255", "windows1256": "win1256",
        "windows1257": "win1257", "windows1258": "win1258",
        "iso88591": "latin1", "iso88592": "latin2", "iso88593": "latin3", "iso88594": "latin4", "iso88599": "latin5",
        "iso885910": "latin6", "iso885913": "latin7", "iso885914": "latin8", "iso885915": "latin9",
        "iso885916": "latin10",
    ]

    /// The kernels' enum bk_multibyte: charsets in which 0x5C may be the second byte of a character.
    package static func multibyte(_ name: String) -> UInt8 {
        let kind =
            switch key(name) {
            case "gbk", "cp936", "win936", "windows936": BK_GBK
            case "gb18030": BK_GB18030
            case "cp932", "sjis", "shiftjis", "mskanji", "win932", "windows932", "windows31j", "shiftjis2004": BK_CP932
            case "big5", "win950", "windows950", "cp950": BK_BIG5
            default: BK_SINGLE
            }
        return UInt8(kind.rawValue)
    }
}
