/// A byte order mark at the front of a text: it says the encoding of all of it, whatever the text says of itself.
package enum UnicodeMark: Sendable {
    case utf8, utf16LittleEndian, utf16BigEndian

    package static let bytesNeeded = 4096

    /// nil: there is no mark. The first `bytesNeeded` bytes of text in UTF-16 hold a zero (half of a comma, a blank, a
    /// line end); those of a table whose first value is raw bytes do not.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        let holdsZero = unsafe bytes.count < 4 || bytes.prefix(Self.bytesNeeded).contains(0)
        if unsafe bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8
        } else if unsafe holdsZero && bytes.starts(with: [0xFF, 0xFE]) {
            self = .utf16LittleEndian
        } else if unsafe holdsZero && bytes.starts(with: [0xFE, 0xFF]) {
            self = .utf16BigEndian
        } else {
            return nil
        }
    }

    /// What the text is decoded from; nil: it is UTF-8 as it lies.
    package var charset: Charset? {
        switch self {
        case .utf8: nil
        case .utf16LittleEndian: Charset(named: "utf-16le")
        case .utf16BigEndian: Charset(named: "utf-16be")
        }
    }

    /// The first bytes of a text as UTF-8, without the mark, for those who look at its words: what is no text comes as
    /// U+FFFD.
    package static func plainHead(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let mark = unsafe UnicodeMark(bytes), mark != .utf8 else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: 2, to: bytes.count - 1, by: 2) {
            let (first, second) = unsafe (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            units.append(mark == .utf16LittleEndian ? second << 8 | first : first << 8 | second)
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
