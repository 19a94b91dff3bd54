/// Pages decoded as the format's specification says it, bit by bit and value by value: what the fast decoders must
/// equal.
struct SlowPages {
    struct Damaged: Error {}

    let bytes: [UInt8]
    var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var left: Int { bytes.count - at }

    private mutating func byte() throws -> UInt8 {
        guard at < bytes.count else { throw Damaged() }
        at += 1
        return bytes[at - 1]
    }

    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: 0, to: 70, by: 7) {
            let byte = try byte()
            value |= UInt64(byte & 0x7F) << UInt64(shift)
            if byte < 0x80 { return value }
        }
        throw Damaged()
    }

    private mutating func zigzag() throws -> Int64 {
        let value = try varint()
        return value % 2 == 0 ? Int64(value / 2) : -Int64(value / 2) - 1
    }

    /// The value of `width` bits that begins at a bit of a piece of the bytes, the lowest bit first.
    private func value(_ width: Int, atBit bit: Int, from start: Int, end: Int) throws -> UInt64 {
        var value: UInt64 = 0
        for index in 0 ..< width {
            let offset = start + (bit + index) / 8
            guard offset < end else { throw Damaged() }
            value |= UInt64(bytes[offset] >> UInt8((bit + index) % 8) & 1) << UInt64(index)
        }
        return value
    }

    // MARK: Levels, indexes, booleans

    /// The hybrid of runs and packed bits.
    mutating func hybrid(_ count: Int, bits: Int) throws -> [UInt64] {
        var values: [UInt64] = []
        while values.count < count {
            if bits == 0 && left == 0 {
                values.append(0)
                continue
            }
            let header = try varint(), number = Int(clamping: header / 2)
            guard number <= 1 << 31 else { throw Damaged() }
            if header % 2 == 0 {
                var value: UInt64 = 0
                for index in 0 ..< (bits + 7) / 8 { value += UInt64(try byte()) << UInt64(8 * index) }
                for _ in 0 ..< min(number, count) { values.append(value) }
            } else {
                let size = min(number * bits, left)
                let held = bits == 0 ? number * 8 : size * 8 / bits
                if held == 0 && number > 0 { throw Damaged() }
                for index in 0 ..< min(held, count) {
                    values.append(try value(bits, atBit: index * bits, from: at, end: at + size))
                }
                at += size
            }
        }
        return Array(values[..<count])
    }

    /// The old form of levels: packed from the highest bit on.
    func packedLevels(_ count: Int, bits: Int) throws -> [UInt64] {
        var values: [UInt64] = []
        for index in 0 ..< count {
            var value: UInt64 = 0
            for bit in index * bits ..< (index + 1) * bits {
                guard bit / 8 < bytes.count else { throw Damaged() }
                value = value * 2 + UInt64(bytes[bit / 8] >> UInt8(7 - bit % 8) & 1)
            }
            values.append(value)
        }
        return values
    }

    // MARK: Differences

    /// DELTA_BINARY_PACKED, all values that are there.
    mutating func deltas(isNarrow: Bool, limit: Int) throws -> [Int64] {
        let perBlock = try varint(), parts = try varint(), total = try varint()
        var last = try zigzag()
        guard perBlock >= 1, perBlock <= 1 << 20, parts >= 1, parts <= perBlock, perBlock % parts == 0,
            perBlock / parts % 8 == 0, total <= UInt64(limit)
        else { throw Damaged() }
        func narrow(_ value: Int64) -> Int64 { isNarrow ? Int64(Int32(truncatingIfNeeded: value)) : value }
        last = narrow(last)
        var values = total > 0 ? [last] : []
        while values.count < total {
            let smallest = try zigzag()
            var widths: [Int] = []
            for _ in 0 ..< parts { widths.append(Int(try byte())) }
            for width in widths where values.count < total {
                guard width <= 64 else { throw Damaged() }
                let inPart = Int(perBlock / parts), size = inPart * width / 8
                let start = at, end = min(start + size, bytes.count)
                for index in 0 ..< inPart where values.count < total {
                    let difference = try value(width, atBit: index * width, from: start, end: end)
                    last = narrow(last &+ smallest &+ Int64(bitPattern: difference))
                    values.append(last)
                }
                at = end
            }
        }
        return values
    }

    private mutating func lengths(_ limit: Int) throws -> [Int] {
        try deltas(isNarrow: true, limit: limit).map(Int.init)
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= left else { throw Damaged() }
        defer { at += count }
        return Array(bytes[at ..< at + count])
    }

    // MARK: Bytes

    mutating func plainStrings(_ count: Int) throws -> [[UInt8]] {
        var values: [[UInt8]] = []
        for _ in 0 ..< count {
            var length = 0
            for index in 0 ..< 4 { length += Int(try byte()) << (8 * index) }
            values.append(try take(length))
        }
        return values
    }

    /// DELTA_LENGTH_BYTE_ARRAY.
    mutating func deltaLengthStrings(_ count: Int, limit: Int) throws -> [[UInt8]] {
        let lengths = try lengths(limit)
        guard lengths.count >= count else { throw Damaged() }
        var values: [[UInt8]] = []
        for length in lengths[..<count] { values.append(try take(length)) }
        return values
    }

    /// DELTA_BYTE_ARRAY.
    mutating func deltaStrings(_ count: Int, limit: Int) throws -> [[UInt8]] {
        let prefixes = try lengths(limit), suffixes = try lengths(limit)
        guard prefixes.count >= count, suffixes.count >= count else { throw Damaged() }
        var values: [[UInt8]] = [], last: [UInt8] = []
        for (prefix, suffix) in zip(prefixes, suffixes).prefix(count) {
            guard prefix >= 0, prefix <= last.count else { throw Damaged() }
            last = Array(last[..<prefix]) + (try take(suffix))
            values.append(last)
        }
        return values
    }

    /// BYTE_STREAM_SPLIT: each value's bytes.
    func split(_ count: Int, width: Int) throws -> [[UInt8]] {
        guard bytes.count % width == 0, count <= bytes.count / width else { throw Damaged() }
        let total = bytes.count / width
        return (0 ..< count).map { index in (0 ..< width).map { bytes[$0 * total + index] } }
    }
}
