import CBackupKernels

/// Decimals as text: all digits of their scale.
enum DecimalText {
    /// An unscaled value.
    @inline(__always)
    static func put(_ value: Int64, scale: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        if scale <= 8 { return unsafe bk_put_decimal(value, scale, out) }
        return unsafe putLong(value, scale: scale, out)
    }

    private static func putLong(_ value: Int64, scale: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var start = 0
        if value < 0 {
            unsafe out[0] = UInt8(ascii: "-")
            start = 1
        }
        let count = unsafe NumberText.put(value.magnitude, out + start)
        return unsafe start + point(count, scale, out + start)
    }

    /// Puts the point into digits that stand at `out`, with zeros in front where there are too few.
    static func point(_ count: Int, _ scale: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        if scale == 0 { return count }
        let zeros = max(0, scale + 1 - count), whole = count + zeros - scale
        // From the end on: the digits after the point, the point, those before it.
        var to = whole + 1 + scale - 1
        for digit in stride(from: count + zeros - 1, through: 0, by: -1) {
            unsafe out[to] = digit >= zeros ? out[digit - zeros] : UInt8(ascii: "0")
            to -= 1
            if digit == whole {
                unsafe out[to] = UInt8(ascii: ".")
                to -= 1
            }
        }
        return whole + 1 + scale
    }

    /// Two's complement of any length, the highest byte first.
    static func put(_ bytes: UnsafeBufferPointer<UInt8>, scale: Int, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        let isNegative = unsafe bytes.first.map { $0 >= 0x80 } ?? false
        if bytes.count <= 8 {
            var value: Int64 = isNegative ? -1 : 0
            for index in bytes.indices { value = unsafe value << 8 | Int64(bytes[index]) }
            return unsafe put(value, scale: scale, out)
        }
        if let value = unsafe narrow(bytes, isNegative: isNegative) { return unsafe put(value, scale: scale, out) }
        var limbs = unsafe magnitude(bytes, isNegative: isNegative)
        var groups: [UInt64] = []
        repeat { groups.append(divide(&limbs)) } while !limbs.isEmpty
        var start = 0, count = 0
        if isNegative {
            unsafe out[0] = UInt8(ascii: "-")
            start = 1
        }
        for (index, group) in groups.reversed().enumerated() {
            if index == 0 {
                count = unsafe NumberText.put(group, out + start)
            } else {
                unsafe NumberText.putDigits(group, groupDigits, out + start + count)
                count += groupDigits
            }
        }
        return unsafe start + point(count, scale, out + start)
    }

    /// The value, where 64 bits hold it.
    private static func narrow(_ bytes: UnsafeBufferPointer<UInt8>, isNegative: Bool) -> Int64? {
        let fill: UInt8 = isNegative ? 0xFF : 0, front = bytes.count - 8
        for index in 0 ..< front where unsafe bytes[index] != fill { return nil }
        guard let base = bytes.baseAddress else { return nil }
        let low = unsafe UInt64(bigEndian: UnsafeRawPointer(base + front).loadUnaligned(as: UInt64.self))
        let value = Int64(bitPattern: low)
        return (value < 0) == isNegative ? value : nil
    }

    private static let groupDigits = 18, groupBound: UInt64 = 1_000_000_000_000_000_000

    /// By 64 bits, the lowest first; without zeros at the end.
    private static func magnitude(_ bytes: UnsafeBufferPointer<UInt8>, isNegative: Bool) -> [UInt64] {
        var limbs: [UInt64] = [], limb: UInt64 = 0, shift: UInt64 = 0, carry = isNegative
        for index in bytes.indices.reversed() {
            var byte = unsafe bytes[index]
            if isNegative {
                byte = ~byte
                if carry { (byte, carry) = byte.addingReportingOverflow(1) }
            }
            limb |= UInt64(byte) << shift
            shift += 8
            if shift == 64 {
                limbs.append(limb)
                (limb, shift) = (0, 0)
            }
        }
        limbs.append(limb)
        // The lowest number has no positive one of as many bytes.
        if carry { if shift == 0 { limbs[limbs.count - 1] |= 1 } else { limbs[limbs.count - 1] |= 1 << shift } }
        while limbs.last == 0 { limbs.removeLast() }
        return limbs
    }

    /// Divides by 10^18; returns the remainder.
    private static func divide(_ limbs: inout [UInt64]) -> UInt64 {
        var rest: UInt64 = 0
        for index in limbs.indices.reversed() {
            let (quotient, remainder) = groupBound.dividingFullWidth((rest, limbs[index]))
            limbs[index] = quotient
            rest = remainder
        }
        while limbs.last == 0 { limbs.removeLast() }
        return rest
    }
}
