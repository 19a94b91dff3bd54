/// Floats as MySQL prints them (my_gcvt), with the shortest digits that read back: without an exponent where the point
/// is among the first fifteen digits, or at most fourteen zeros before them.
///
///     0.0000000001    1e-16    999999999999999    1e15
enum FloatText {
    /// `description`: of a finite number, as Swift has it: `1e-10`, `1.5`, `-2.0`.
    static func text(_ description: String) -> [UInt8] {
        var digits: [UInt8] = [], point: Int?, exponent = 0, rest = Array(description.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "."): point = digits.count
            case UInt8(ascii: "e"):
                exponent = Int(String(decoding: rest, as: UTF8.self)) ?? 0
                rest = []
            default: digits.append(byte)
            }
        }
        // Digits stand after the point, which is moved by so much.
        var place = (point ?? digits.count) + exponent
        let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leading)
        place -= leading
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let sign = isNegative ? [UInt8(ascii: "-")] : []
        guard !digits.isEmpty else { return sign + [UInt8(ascii: "0")] }
        func zeros(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "0"), count: max(0, count)) }
        let dot = [UInt8(ascii: ".")]
        if place < -14 || place > 15 {
            let first = [digits[0]] + (digits.count > 1 ? dot + digits.dropFirst() : [])
            return sign + first + Array("e\(place - 1)".utf8)
        }
        if place <= 0 { return sign + Array("0.".utf8) + zeros(-place) + digits }
        if place >= digits.count { return sign + digits + zeros(place - digits.count) }
        return sign + digits[..<place] + dot + digits[place...]
    }
}
