import BackupRows
import Foundation

extension RowValue {
    /// - Throws: `ExportError` where the value is not written as an integer, or does not fit.
    public var int: Int? { get throws(ExportError) { try integer() } }

    /// An integer of any width. Text counts as a number where it is written as one.
    ///
    /// - Throws: `ExportError` where the value is not written as an integer, or does not fit.
    public func integer<Integer: FixedWidthInteger>(
        as type: Integer.Type = Integer.self
    ) throws(ExportError) -> Integer? {
        guard hasValue else { return nil }
        guard isWritten, let integer = withBytes({ Integer(digits: $0) }) else { throw failure("\(type)") }
        return integer
    }

    /// The nearest double, as everywhere in Swift; `NaN` and infinities as PostgreSQL writes them.
    ///
    /// - Throws: `ExportError` where the value is no number, or one beyond the largest double.
    public var double: Double? {
        get throws(ExportError) {
            guard hasValue else { return nil }
            guard isWritten, let text = string else { throw failure("a Double") }
            if let first = text.utf8.first(where: { $0 != UInt8(ascii: "-") }), first > UInt8(ascii: "9") {
                switch text.lowercased() {
                case "nan": return .nan
                case "infinity", "inf": return .infinity
                case "-infinity", "-inf": return -.infinity
                default: throw failure("a Double")
                }
            }
            guard let double = Double(text), double.isFinite else { throw failure("a Double") }
            return double
        }
    }

    /// The number with all its digits.
    ///
    /// - Throws: `ExportError` where the value is no number, or has more than the 38 digits of a `Decimal`.
    public var decimal: Decimal? {
        get throws(ExportError) {
            guard hasValue else { return nil }
            guard isWritten, let decimal = withBytes({ DecimalDigits($0)?.decimal }) else { throw failure("a Decimal") }
            return decimal
        }
    }

    /// `true` and `false`, and what databases write for them: 1 and 0, t and f.
    ///
    /// - Throws: `ExportError` for all else.
    public var bool: Bool? {
        get throws(ExportError) {
            guard hasValue else { return nil }
            switch isWritten || kind == .bool ? string : nil {
            case "true", "1", "t": return true
            case "false", "0", "f": return false
            default: throw failure("a Bool")
            }
        }
    }

    /// A number, or text that may be one.
    private var isWritten: Bool { kind == .number || kind == .text }
}

extension FixedWidthInteger {
    /// Decimal digits, after a minus sign or not.
    fileprivate init?(digits: UnsafeRawBufferPointer) {
        let isNegative = digits.first == UInt8(ascii: "-"), first = isNegative ? 1 : 0
        guard first < digits.count else { return nil }
        self = 0
        for index in first ..< digits.count {
            let digit = digits[index] &- UInt8(ascii: "0")
            guard digit <= 9, let unit = Self(exactly: digit) else { return nil }
            let (tens, overflows) = multipliedReportingOverflow(by: 10)
            let (sum, isTooMuch) =
                isNegative ? tens.subtractingReportingOverflow(unit) : tens.addingReportingOverflow(unit)
            guard !overflows, !isTooMuch else { return nil }
            self = sum
        }
    }
}

/// A number as a sign, digits and a power of ten.
struct DecimalDigits {
    private var isNegative = false
    /// Without zeros that lead or trail.
    private var digits: [UInt8] = []
    private var exponent = 0

    /// nil: it is no number as JSON has them.
    init?(_ text: UnsafeRawBufferPointer) {
        var rest = text[...]
        if rest.first == UInt8(ascii: "-") {
            isNegative = true
            rest = rest.dropFirst()
        }
        let whole = Self.digits(&rest)
        var fraction: [UInt8] = []
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            fraction = Self.digits(&rest)
            if fraction.isEmpty { return nil }
        }
        guard !whole.isEmpty else { return nil }
        if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
            let written = String(decoding: rest.dropFirst(), as: UTF8.self)
            guard let power = Int(written), abs(power) < 100_000 else { return nil }
            exponent = power
            rest = rest.dropFirst(rest.count)
        }
        guard rest.isEmpty else { return nil }
        digits = Array((whole + fraction).drop { $0 == UInt8(ascii: "0") })
        exponent -= fraction.count
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
    }

    private static func digits(_ rest: inout Slice<UnsafeRawBufferPointer>) -> [UInt8] {
        let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        rest = rest.dropFirst(digits.count)
        return Array(digits)
    }

    /// nil where it would lose digits.
    var decimal: Decimal? {
        if digits.isEmpty { return 0 }
        guard digits.count <= 38, (-127 ... 127).contains(exponent) else { return nil }
        var significand = Decimal(0)
        // Nineteen digits at a time fit into 64 bits.
        for start in stride(from: 0, to: digits.count, by: 19) {
            let piece = digits[start ..< min(start + 19, digits.count)]
            let number = piece.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
            significand = significand * Decimal(sign: .plus, exponent: piece.count, significand: 1) + Decimal(number)
        }
        return Decimal(sign: isNegative ? .minus : .plus, exponent: exponent, significand: significand)
    }
}
