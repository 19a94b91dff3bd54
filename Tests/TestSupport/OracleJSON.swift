/// JSON strings written the slow, obvious way (RFC 8259, section 7).
package enum OracleJSON {
    package static func string(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\u{8}": out += "\\b"
            case "\u{C}": out += "\\f"
            case "\u{0}" ..< "\u{20}":
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }

    /// Bytes before the first that is not UTF-8.
    package static func validPrefix(_ bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        while count < bytes.count {
            let rest = bytes.dropFirst(count)
            guard
                let length = (1 ... 4).first(where: {
                    $0 <= rest.count && String(validating: rest.prefix($0), as: UTF8.self) != nil
                })
            else { return count }
            count += length
        }
        return count
    }
}
