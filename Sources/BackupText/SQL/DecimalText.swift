/// A decimal number as its digits, with the server's rounding: half away from zero.
struct DecimalText: Equatable {
    var isNegative: Bool
    /// Without zeros in front, but for one alone.
    private(set) var whole: [UInt8]
    private(set) var fraction: [UInt8]

    /// nil: no number of digits with at most one point (an exponent is none, nor is NaN).
    init?(_ text: [UInt8]) {
        var rest = text[...]
        while let first = rest.first, Self.isSpace(first) { rest.removeFirst() }
        while let last = rest.last, Self.isSpace(last) { rest.removeLast() }
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let parts = rest.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.allSatisfy({ $0.allSatisfy(Self.isDigit) }), parts.contains(where: { !$0.isEmpty }) else {
            return nil
        }
        whole = Array(parts[0].drop { $0 == UInt8(ascii: "0") })
        if whole.isEmpty { whole = [UInt8(ascii: "0")] }
        fraction = parts.count > 1 ? Array(parts[1]) : []
    }

    var isZero: Bool { (whole + fraction).allSatisfy { $0 == UInt8(ascii: "0") } }
    var hasFraction: Bool { fraction.contains { $0 != UInt8(ascii: "0") } }
    /// Digits that count.
    var precision: Int { whole == [UInt8(ascii: "0")] ? fraction.count : whole.count + fraction.count }

    /// With so many digits after the point.
    func rounded(to scale: Int) -> DecimalText {
        var result = self
        if fraction.count <= scale {
            result.fraction += [UInt8](repeating: UInt8(ascii: "0"), count: scale - fraction.count)
            return result
        }
        let isUp = fraction[scale] >= UInt8(ascii: "5")
        result.fraction = Array(fraction[..<scale])
        if isUp { result.increment() }
        return result
    }

    /// One more in the last place.
    private mutating func increment() {
        var digits = whole + fraction, place = digits.count - 1
        while place >= 0 && digits[place] == UInt8(ascii: "9") {
            digits[place] = UInt8(ascii: "0")
            place -= 1
        }
        if place >= 0 { digits[place] += 1 } else { digits.insert(UInt8(ascii: "1"), at: 0) }
        (whole, fraction) = (Array(digits.dropLast(fraction.count)), Array(digits.suffix(fraction.count)))
    }

    /// `-1.50`; zero has no sign.
    var text: [UInt8] {
        (isNegative && !isZero ? [UInt8(ascii: "-")] : []) + whole
            + (fraction.isEmpty ? [] : [UInt8(ascii: ".")] + fraction)
    }

    /// The same without zeros at the end.
    var shortest: DecimalText {
        var result = self
        while result.fraction.last == UInt8(ascii: "0") { result.fraction.removeLast() }
        return result
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30 ... 0x39).contains(byte) }
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09 ... 0x0D).contains(byte) }
}
