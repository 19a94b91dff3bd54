import CISAL

/// CRC-64/XZ (ECMA-182, reflected), the checksum that the store keeps of every object, computed by ISA-L.
///
/// Of "123456789" it is 11051210869376104954.
package struct CRC64: Sendable, Hashable {
    package private(set) var value: UInt64 = 0

    package init() {}

    /// Continues where another left off.
    package init(value: UInt64) { self.value = value }

    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return }
        value = crc64_ecma_refl(value, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
    }

    /// Appends `count` bytes whose own checksum is `other`, without seeing them.
    ///
    /// A checksum is linear: shifting by one zero bit is a 64 x 64 bit matrix, squaring that matrix doubles the shift,
    /// so `count` bytes are shifted over in as many steps as `count` has bits.
    package mutating func append(_ other: CRC64, count: Int64) {
        var shift = Self.oneBit
        for _ in 0 ..< 3 { shift = Self.squared(shift) }  // one byte
        var left = count
        while left > 0 {
            if left & 1 == 1 { value = Self.times(shift, value) }
            shift = Self.squared(shift)
            left >>= 1
        }
        value ^= other.value
    }

    /// Column n is what bit n becomes after one zero bit.
    private static let oneBit: [UInt64] = [0xC96C_5795_D787_0F42] + (0 ..< 63).map { 1 << UInt64($0) }

    private static func times(_ matrix: [UInt64], _ vector: UInt64) -> UInt64 {
        var (sum, rest) = (UInt64(0), vector)
        while rest != 0 {
            sum ^= matrix[rest.trailingZeroBitCount]
            rest &= rest - 1
        }
        return sum
    }

    private static func squared(_ matrix: [UInt64]) -> [UInt64] {
        matrix.map { times(matrix, $0) }
    }
}
