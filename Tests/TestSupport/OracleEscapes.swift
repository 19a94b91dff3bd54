/// What stands after a backslash, by the manuals.
enum OracleEscapes {
    enum Meaning { case mysql, mysqlSQL, copy }

    private static let controls: [Character: UInt8] = ["b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11]

    /// `index` stands after the backslash, and is moved past the escape.
    static func undo(_ text: [UInt8], _ index: inout Int, _ meaning: Meaning) -> [UInt8] {
        let byte = text[index], letter = Character(UnicodeScalar(byte))
        if meaning == .copy {
            let octal = digits(text[index...], from: 0x30 ... 0x37, atMost: 3)
            if !octal.isEmpty {
                index += octal.count
                return [UInt8(truncatingIfNeeded: octal.reduce(0) { $0 * 8 + Int($1 - 0x30) })]
            }
            let hex =
                letter == "x"
                ? text[(index + 1)...].prefix(2).prefix { Character(UnicodeScalar($0)).isHexDigit && $0 < 0x80 } : []
            if let value = UInt8(String(decoding: hex, as: UTF8.self), radix: 16) {
                index += 1 + hex.count
                return [value]
            }
            index += 1
            return [controls[letter] ?? byte]
        }
        index += 1
        switch letter {
        case "0": return [0]
        case "Z": return [0x1A]
        case "b", "n", "r", "t": return [controls[letter] ?? byte]
        case "%", "_": return meaning == .mysqlSQL ? [0x5C, byte] : [byte]
        default: return [byte]
        }
    }

    private static func digits(
        _ text: ArraySlice<UInt8>, from range: ClosedRange<UInt8>, atMost count: Int
    ) -> ArraySlice<UInt8> {
        text.prefix(count).prefix { range.contains($0) }
    }
}
