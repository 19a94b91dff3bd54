/// A literal of PostgreSQL under its casts, `'ab '::char(2)::text`, as far as what the server makes of it is plain to
/// see. What is not is nil.
struct CastValue {
    enum Form: Equatable {
        /// A string that no cast has given a type.
        case unknown
        case text, char, integer, numeric, float, boolean
        case other(CastType)
    }

    private(set) var form: Form
    private(set) var bytes: [UInt8]

    /// A string.
    init(text: [UInt8]) { (form, bytes) = (.unknown, text) }

    /// A literal without quotes.
    init?(bare: [UInt8]) {
        let word = String(decoding: bare, as: UTF8.self).lowercased()
        if word == "true" || word == "false" {
            (form, bytes) = (.boolean, Array(word.utf8))
        } else {
            guard let number = DecimalText(bare) else { return nil }
            (form, bytes) = (bare.contains(UInt8(ascii: ".")) ? .numeric : .integer, number.text)
        }
    }

    private init(_ form: Form, _ bytes: [UInt8]) { (self.form, self.bytes) = (form, bytes) }

    /// What the server makes of it by `::type`.
    func cast(to type: CastType) -> CastValue? {
        switch type.family {
        case .text: asText.map { CastValue(.text, Self.cut($0, type.length)) }
        case .char: (form == .char ? bytes : asText).map { CastValue(.char, Self.fitted($0, type.length)) }
        case .integer: integer(type) ?? (number == nil ? asWritten(type) : nil)
        case .numeric: numeric(type) ?? (number == nil ? asWritten(type) : nil)
        case .float: float(type) ?? asWritten(type)
        case .boolean: boolean
        case .other: asWritten(type)
        }
    }

    /// A value whose text under this type is not known here, `'Infinity'::float8`: a column of the same type takes it
    /// as it would without the cast.
    private func asWritten(_ type: CastType) -> CastValue? {
        form == .unknown || form == .other(type) ? CastValue(.other(type), bytes) : nil
    }

    /// As text: a char loses the blanks at its end.
    private var asText: [UInt8]? {
        switch form {
        case .char: Array(bytes.reversed().drop { $0 == 0x20 }.reversed())
        case .other: nil
        default: bytes
        }
    }

    /// So many characters at the most.
    private static func cut(_ text: [UInt8], _ length: Int?) -> [UInt8] {
        guard let length, text.count > length else { return text }
        var count = 0
        return Array(
            text.prefix { byte in
                if byte & 0xC0 != 0x80 { count += 1 }
                return count <= length
            })
    }

    /// So many characters, the last of them blanks where there are fewer.
    private static func fitted(_ text: [UInt8], _ length: Int?) -> [UInt8] {
        guard let length else { return text }
        let cut = cut(text, length), count = cut.count { $0 & 0xC0 != 0x80 }
        return cut + [UInt8](repeating: 0x20, count: max(0, length - count))
    }

    /// What a column of so many characters takes: only blanks may be too many.
    private static func taken(_ text: [UInt8]?, _ length: Int?) -> (bytes: [UInt8], isQuoted: Bool)? {
        guard let text else { return nil }
        let cut = cut(text, length)
        return text[cut.count...].allSatisfy { $0 == 0x20 } ? (cut, true) : nil
    }

    private var number: DecimalText? {
        switch form {
        case .unknown, .text, .char, .integer, .numeric, .float: DecimalText(bytes)
        case .boolean, .other: nil
        }
    }

    private func integer(_ type: CastType) -> CastValue? {
        if form == .boolean && type.name.name == "int4" {
            return CastValue(.integer, [UInt8(ascii: bytes.count == 4 ? "1" : "0")])
        }
        guard let number else { return nil }
        // Only a numeric is rounded half away from zero; a string with a point is none.
        if form != .numeric && (form == .float ? number.hasFraction : bytes.contains(UInt8(ascii: "."))) { return nil }
        let text = number.rounded(to: 0).text
        guard let value = Int(String(decoding: text, as: UTF8.self)) else { return nil }
        let fits =
            switch type.name.name {
            case "int2": Int16(exactly: value) != nil
            case "int4": Int32(exactly: value) != nil
            default: true
            }
        return fits ? CastValue(.integer, text) : nil
    }

    private func numeric(_ type: CastType) -> CastValue? {
        guard let number, type.scale.map({ $0 >= 0 }) ?? true else { return nil }
        guard let scale = type.scale, let precision = type.arguments.first else {
            return CastValue(.numeric, number.text)
        }
        let rounded = number.rounded(to: scale)
        return rounded.precision <= max(precision, scale) ? CastValue(.numeric, rounded.text) : nil
    }

    /// Few digits, which the server prints as they are.
    private func float(_ type: CastType) -> CastValue? {
        guard let number = number?.shortest else { return nil }
        let limit = type.name.name == "float4" || (type.length ?? 53) < 25 ? 6 : 15
        let isSmall = number.whole == [UInt8(ascii: "0")] && number.fraction.starts(with: Array("000".utf8))
        return number.precision <= limit && !isSmall && !(number.isZero && number.isNegative)
            ? CastValue(.float, number.text) : nil
    }

    private var boolean: CastValue? {
        guard form == .unknown || form == .text || form == .boolean else { return nil }
        let word = String(decoding: bytes, as: UTF8.self).lowercased().trimmingSpace
        func begins(_ words: String...) -> Bool {
            words.contains { !word.isEmpty && word != "o" && $0.hasPrefix(word) }
        }
        if begins("true", "yes", "on", "1") { return CastValue(.boolean, Array("true".utf8)) }
        return begins("false", "no", "off", "0") ? CastValue(.boolean, Array("false".utf8)) : nil
    }

    /// What a column stores of it; `isQuoted`: as a string. `type`: nil where the column's is not known.
    func stored(in type: CastType?) -> (bytes: [UInt8], isQuoted: Bool)? {
        guard let type else {
            switch form {
            case .unknown, .text, .other: return (bytes, true)
            case .integer, .numeric, .float, .boolean: return (bytes, false)
            case .char: return nil  // a column of text stores it without blanks, one of char(n) with
            }
        }
        switch (form, type.family) {
        case (.unknown, .text): return Self.taken(bytes, type.length)
        case (.unknown, _): return (bytes, true)
        case (.other(let own), _): return own.isSame(as: type) ? (bytes, true) : nil
        case (.char, .text) where type.isDeclared: return nil  // it may be of char(n)
        case (.char, .char), (.text, .char): return (bytes, true)
        case (_, .text): return Self.taken(asText, type.length)
        case (_, .char): return asText.map { ($0, true) }
        case (.integer, .integer), (.boolean, .boolean): return (bytes, false)
        case (.integer, .float), (.numeric, .float), (.float, .float): return float(type).map { ($0.bytes, false) }
        case (.numeric, .integer): return integer(type).map { ($0.bytes, false) }
        case (.float, .integer): return integer(type).map { ($0.bytes, false) }
        case (.integer, .numeric), (.numeric, .numeric), (.float, .numeric):
            return numeric(type).map { ($0.bytes, false) }
        default: return nil
        }
    }
}
