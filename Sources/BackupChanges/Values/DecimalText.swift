import CBackupKernels

/// DECIMAL as it is stored: nine digits in four bytes, the highest first, what remains in fewer; the first bit is set
/// where it is not negative, and a negative one has all other bits inverted.
///
///     DECIMAL(5,2)   -12.34   7F F3 DD   →   00 0C 22 inverted, with the first bit
enum DecimalText {
    private static let bytesOfDigits = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4]

    static func length(_ precision: Int, _ scale: Int) -> Int {
        let whole = precision - scale
        return whole / 9 * 4 + bytesOfDigits[whole % 9] + scale / 9 * 4 + bytesOfDigits[scale % 9]
    }

    static func put(
        _ row: inout EventBytes, _ precision: Int, _ scale: Int, _ out: LineText
    ) throws(ChangeError) {
        var rest = try row.take(length(precision, scale))
        guard !rest.isEmpty else { return try out.append(UInt8(ascii: "0")) }
        // 81 digits in groups of nine, the sign, the point and a zero before it.
        try out.reserve(160)
        let isNegative = rest[0] & 0x80 == 0, mask: UInt64 = isNegative ? .max : 0, start = unsafe out.next
        unsafe start[0] = UInt8(ascii: "-")
        var isFirst = true, at = isNegative ? 1 : 0
        func group(_ digits: Int) throws(ChangeError) -> UInt64 {
            let bytes = bytesOfDigits[digits]
            var value = try rest.bigEndian(bytes)
            if isFirst { value ^= 0x80 << UInt64(8 * (bytes - 1)) }
            isFirst = false
            value = (value ^ mask) & (1 << UInt64(8 * bytes) - 1)
            guard value < powers[digits] else { throw .damaged("a DECIMAL has more digits than belong to it") }
            return value
        }
        let whole = precision - scale
        var hasDigits = false
        if whole % 9 > 0 {
            let value = try group(whole % 9)
            if value > 0 {
                at += unsafe bk_put_unsigned(value, start + at)
                hasDigits = true
            }
        }
        for _ in 0 ..< whole / 9 {
            let value = try group(9)
            if hasDigits {
                unsafe bk_put_digits(value, 9, start + at)
                at += 9
            } else if value > 0 {
                at += unsafe bk_put_unsigned(value, start + at)
                hasDigits = true
            }
        }
        if !hasDigits {
            unsafe start[at] = UInt8(ascii: "0")
            at += 1
        }
        if scale > 0 {
            unsafe start[at] = UInt8(ascii: ".")
            at += 1
            for _ in 0 ..< scale / 9 {
                unsafe bk_put_digits(try group(9), 9, start + at)
                at += 9
            }
            if scale % 9 > 0 {
                unsafe bk_put_last_digits(try group(scale % 9), scale % 9, start + at)
                at += scale % 9
            }
        }
        out.commit(at)
    }

    private static let powers: [UInt64] = [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    ]
}
