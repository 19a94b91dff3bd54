import CBackupKernels

/// Floats as MySQL prints them (my_gcvt), with the shortest digits that read back: without an exponent where the point
/// is among the first fifteen digits, or at most fourteen zeros before them.
///
///     0.0000000001    1e-16    999999999999999    1e15
enum FloatText {
    /// Bytes that a number needs, and what it is made of before.
    static let room = 96

    /// A finite number; returns the bytes of its text.
    @inline(__always)
    static func put(_ value: Double, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        if value.magnitude < 1e15, value == value.rounded(.towardZero), value != 0 {
            return unsafe bk_put_signed(Int64(value), out)
        }
        return unsafe put(value.description, out)
    }

    static func put(_ value: Float, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        unsafe put(value.description, out)
    }

    /// A description, as Swift has it: `1e-10`, `1.5`, `-2.0`.
    private static func put(_ description: String, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        var text = description
        return text.withUTF8 { bytes in unsafe put(bytes, out) }
    }

    private static func put(_ text: UnsafeBufferPointer<UInt8>, _ out: UnsafeMutablePointer<UInt8>) -> Int {
        // The digits alone, in front of which zeros are passed over.
        let digits = unsafe out + 64
        var count = 0, point: Int?, exponent = 0, at = 0, length = 0
        if unsafe text.first == UInt8(ascii: "-") {
            unsafe out[0] = UInt8(ascii: "-")
            (at, length) = (1, 1)
        }
        var place = 0
        while at < text.count {
            let byte = unsafe text[at]
            at += 1
            if byte == UInt8(ascii: ".") {
                point = count + place
            } else if byte == UInt8(ascii: "e") {
                exponent = unsafe number(UnsafeBufferPointer(rebasing: text[at...]))
                break
            } else if count == 0 && byte == UInt8(ascii: "0") {
                place += 1
            } else {
                unsafe digits[count] = byte
                count += 1
            }
        }
        // Digits stand after the point, which is moved by so much.
        place = (point ?? count + place) + exponent - place
        while unsafe count > 0 && digits[count - 1] == UInt8(ascii: "0") { count -= 1 }
        func add(_ byte: Unicode.Scalar, _ times: Int = 1) {
            for _ in 0 ..< times {
                unsafe out[length] = UInt8(ascii: byte)
                length += 1
            }
        }
        func add(_ range: Range<Int>) {
            for index in range {
                unsafe out[length] = unsafe digits[index]
                length += 1
            }
        }
        if count == 0 {
            add("0")
        } else if place < -14 || place > 15 {
            add(0 ..< 1)
            if count > 1 {
                add(".")
                add(1 ..< count)
            }
            add("e")
            length += unsafe bk_put_signed(Int64(place - 1), out + length)
        } else if place <= 0 {
            add("0")
            add(".")
            add("0", -place)
            add(0 ..< count)
        } else if place >= count {
            add(0 ..< count)
            add("0", place - count)
        } else {
            add(0 ..< place)
            add(".")
            add(place ..< count)
        }
        return length
    }

    /// The exponent of a description: `-10`, `+20`, `16`.
    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var value = 0
        for index in text.indices {
            let digit = unsafe text[index]
            if digit >= UInt8(ascii: "0") { value = value * 10 + Int(digit - UInt8(ascii: "0")) }
        }
        return unsafe text.first == UInt8(ascii: "-") ? -value : value
    }
}
