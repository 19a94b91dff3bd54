/// The charsets of collations, by their numbers in both servers (SHOW COLLATION).
enum Collations {
    /// Of MySQL and MariaDB; 63 is `binary`. nil: the number is not known.
    static func charset(of collation: Int) -> String? {
        switch collation {
        // MariaDB: NOPAD collations are 1024 above the others, those of UCA 14.0.0 have 256 for each charset.
        case 1024 ..< 2048: charset(of: collation - 1024)
        case 2048 ..< 3328: ["utf8mb3", "utf8mb4", "ucs2", "utf16", "utf32"][(collation - 2048) >> 8]
        case 576 ... 579: "utf8mb3"
        case 608 ... 611: "utf8mb4"
        case 640 ... 643: "ucs2"
        case 672 ... 675: "utf16"
        case 736 ... 739: "utf32"
        case 101 ... 124: "utf16"
        case 128 ... 151, 159: "ucs2"
        case 160 ... 183: "utf32"
        case 192 ... 215, 223: "utf8mb3"
        case 224 ... 247, 255 ... 323: "utf8mb4"
        case 248 ... 250: "gb18030"
        default: single[collation]
        }
    }

    /// utf8mb4_bin
    static let utf8mb4Binary = 46

    private static let single: [Int: String] = {
        let charsets: [(String, [Int])] = [
            ("big5", [1, 84]), ("latin2", [2, 9, 21, 27, 77]), ("dec8", [3, 69]), ("cp850", [4, 80]),
            ("latin1", [5, 8, 15, 31, 47, 48, 49, 94]), ("hp8", [6, 72]), ("koi8r", [7, 74]), ("swe7", [10, 82]),
            ("ascii", [11, 65]), ("ujis", [12, 91]), ("sjis", [13, 88]), ("cp1251", [14, 23, 50, 51, 52]),
            ("hebrew", [16, 71]), ("tis620", [18, 89]), ("euckr", [19, 85]), ("latin7", [20, 41, 42, 79]),
            ("koi8u", [22, 75]), ("gb2312", [24, 86]), ("greek", [25, 70]), ("cp1250", [26, 34, 44, 66, 99]),
            ("gbk", [28, 87]), ("cp1257", [29, 58, 59]), ("latin5", [30, 78]), ("armscii8", [32, 64]),
            ("utf8mb3", [33, 76, 83]), ("ucs2", [35, 90]), ("cp866", [36, 68]), ("keybcs2", [37, 73]),
            ("macce", [38, 43]), ("macroman", [39, 53]), ("cp852", [40, 81]), ("utf8mb4", [45, 46]),
            ("utf16", [54, 55]), ("utf16le", [56, 62]), ("cp1256", [57, 67]), ("utf32", [60, 61]), ("binary", [63]),
            ("geostd8", [92, 93]), ("cp932", [95, 96]), ("eucjpms", [97, 98]),
        ]
        var names: [Int: String] = [:]
        for (name, numbers) in charsets { for number in numbers { names[number] = name } }
        return names
    }()
}
