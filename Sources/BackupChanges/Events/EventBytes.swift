import Foundation

/// Bytes of an event, read from their front. No read passes their end.
///
/// Numbers are little-endian, as all of the format is, but for the parts of values that say otherwise.
@safe struct EventBytes {
    private(set) var next: UnsafePointer<UInt8>
    private(set) var count: Int

    init(_ start: UnsafePointer<UInt8>, _ count: Int) {
        unsafe next = start
        self.count = count
    }

    var isEmpty: Bool { count == 0 }
    var buffer: UnsafeBufferPointer<UInt8> { unsafe .init(start: next, count: count) }

    subscript(index: Int) -> UInt8 { unsafe next[index] }

    private static func short() -> ChangeError { .damaged("it ends inside a value: a length in it is wrong") }

    @inline(__always)
    func check(_ wanted: Int) throws(ChangeError) { if wanted > count || wanted < 0 { throw Self.short() } }

    @inline(__always)
    mutating func skip(_ length: Int) throws(ChangeError) {
        try check(length)
        unsafe next += length
        count -= length
    }

    /// The next bytes.
    @inline(__always)
    mutating func take(_ length: Int) throws(ChangeError) -> EventBytes {
        try check(length)
        let taken = unsafe EventBytes(next, length)
        unsafe next += length
        count -= length
        return taken
    }

    @inline(__always)
    mutating func byte() throws(ChangeError) -> UInt8 {
        try check(1)
        let value = unsafe next.pointee
        unsafe next += 1
        count -= 1
        return value
    }

    /// A number of at most 8 bytes.
    @inline(__always)
    mutating func number(_ length: Int) throws(ChangeError) -> UInt64 {
        var value: UInt64 = 0
        if count >= 8 && length > 0 {
            let word = unsafe UInt64(littleEndian: UnsafeRawPointer(next).loadUnaligned(as: UInt64.self))
            value = word & UInt64.max >> UInt64(64 - 8 * length)
        } else {
            try check(length)
            for index in 0 ..< length { value |= unsafe UInt64(next[index]) << UInt64(8 * index) }
        }
        unsafe next += length
        count -= length
        return value
    }

    @inline(__always)
    mutating func int(_ length: Int) throws(ChangeError) -> Int {
        guard let value = Int(exactly: try number(length)) else { throw Self.short() }
        return value
    }

    /// A number of at most 8 bytes, the highest first.
    @inline(__always)
    mutating func bigEndian(_ length: Int) throws(ChangeError) -> UInt64 {
        var value: UInt64 = 0
        if count >= 8 && length > 0 {
            let word = unsafe UInt64(bigEndian: UnsafeRawPointer(next).loadUnaligned(as: UInt64.self))
            value = word >> UInt64(64 - 8 * length)
        } else {
            try check(length)
            for index in 0 ..< length { value = unsafe value << 8 | UInt64(next[index]) }
        }
        unsafe next += length
        count -= length
        return value
    }

    /// MySQL's packed integer: one byte up to 250, else 252, 253 or 254 and 2, 3 or 8 bytes.
    mutating func packed() throws(ChangeError) -> Int {
        let first = try byte()
        switch first {
        case ...250: return Int(first)
        case 252: return try int(2)
        case 253: return try int(3)
        case 254: return try int(8)
        default: throw .damaged("a packed number begins with \(first)")
        }
    }

    /// Text of so many bytes.
    mutating func text(_ length: Int) throws(ChangeError) -> String { try take(length).string }

    /// As text; U+FFFD where it is no UTF-8.
    var string: String { unsafe String(decoding: buffer, as: UTF8.self) }

    var array: [UInt8] { unsafe Array(buffer) }

    /// A bit of a bitmap whose lowest bit comes first.
    @inline(__always)
    func bit(_ index: Int) -> Bool { unsafe next[index >> 3] & (1 << UInt8(index & 7)) != 0 }

    func isEqual(_ other: [UInt8]) -> Bool {
        count == other.count
            && other.withUnsafeBufferPointer { unsafe memcmp(next, $0.baseAddress ?? next, count) == 0 }
    }
}
