/// The three offsets that matches may use again (RFC 8878, 3.1.1.5). Which they are is learned by decoding the
/// sequences of a block: three new ones make all three known, whatever they were before.
struct RepeatOffsets: Codable, Sendable, Equatable {
    private var first: UInt32?, second: UInt32?, third: UInt32?

    static let atFrameStart = RepeatOffsets(first: 1, second: 4, third: 8)
    static let unknown = RepeatOffsets()

    /// nil while one is not known.
    var all: [UInt32]? {
        guard let first, let second, let third else { return nil }
        return [first, second, third]
    }

    /// `value`: 1, 2 and 3 repeat, larger ones are new offsets and 3. After no literals, repeating means the next one.
    private mutating func use(_ value: UInt32, afterLiterals: Bool) {
        switch value + (value <= 3 && !afterLiterals ? 1 : 0) {
        case let new where value > 3: (first, second, third) = (new - 3, first, second)
        case 1: break
        case 2: (first, second) = (second, first)
        case 3: (first, second, third) = (third, first, second)
        default: (first, second, third) = (first.map { $0 &- 1 }, first, second)
        }
    }

    /// Follows the sequences of a block (3.1.1.3.2.1.2 and 4.1): bits read from the end to the front, of which lengths
    /// are passed by. Not known afterwards where they cannot be followed.
    mutating func follow(_ sequences: ZstdTables.Sequences, of block: Span<UInt8>, _ tables: ZstdTables) {
        guard sequences.count > 0 else { return }
        var next = self
        self = .unknown
        guard let literals = FSETable(tables.literalLengths, .literalLengths),
            let offsets = FSETable(tables.offsets, .offsets),
            let matches = FSETable(tables.matchLengths, .matchLengths),
            var bits = BackwardBits(block, from: sequences.start)
        else { return }
        var literal = bits.take(literals.log), offset = bits.take(offsets.log), match = bits.take(matches.log)
        for left in (0 ..< sequences.count).reversed() {
            let (l, o, m) = (literals.states[literal], offsets.states[offset], matches.states[match])
            next.use(UInt32(1 << Int(o.symbol) | bits.take(Int(o.symbol))), afterLiterals: l.symbol > 0)
            bits.pass(Self.literalLengthBits[Int(l.symbol)] + Self.matchLengthBits[Int(m.symbol)])
            if left > 0 {
                literal = Int(l.base) + bits.take(Int(l.bits))
                match = Int(m.base) + bits.take(Int(m.bits))
                offset = Int(o.base) + bits.take(Int(o.bits))
            }
            guard bits.left >= 0 else { return }
        }
        if bits.left == 0 { self = next }
    }

    /// Bits that follow a code (3.1.1.3.2.1.1).
    private static let literalLengthBits =
        Array(repeating: 0, count: 16) + [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
    private static let matchLengthBits =
        Array(repeating: 0, count: 32) + [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
}

/// Bits from the end of some bytes to their front. The highest bit that is set in the last byte says where they begin.
struct BackwardBits {
    /// With room after it, so that eight can be loaded anywhere.
    private let bytes: [UInt8]
    /// Bits not taken yet; negative: more were taken than there are.
    private(set) var left: Int

    init?(_ block: Span<UInt8>, from start: Int) {
        guard start < block.count, block[block.count - 1] != 0 else { return nil }
        left = (block.count - start) * 8 - 1 - block[block.count - 1].leadingZeroBitCount
        bytes = unsafe block.extracting(start...).withUnsafeBytes { unsafe Array($0) } + [0, 0, 0, 0, 0, 0, 0, 0]
    }

    /// At most 32. Beyond the front: 0.
    mutating func take(_ count: Int) -> Int {
        left -= count
        guard left >= 0 else { return 0 }
        let word = unsafe bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: left / 8, as: UInt64.self)
        return Int(truncatingIfNeeded: UInt64(littleEndian: word) >> UInt64(left % 8)) & (1 << count - 1)
    }

    mutating func pass(_ count: Int) { left -= count }
}
