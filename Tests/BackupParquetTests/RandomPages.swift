import TestSupport

/// Bytes of pages from a seed: as writers make them, in all the forms that the format allows.
struct RandomPages {
    var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func int(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    private func varint(_ value: UInt64) -> [UInt8] {
        var bytes: [UInt8] = [], left = value
        while left >= 0x80 {
            bytes.append(UInt8(left & 0x7F) | 0x80)
            left >>= 7
        }
        return bytes + [UInt8(left)]
    }

    private func zigzag(_ value: Int64) -> [UInt8] { varint(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    /// Values of so many bits, the lowest bit first, one after another.
    private func packed(_ values: [UInt64], bits: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (values.count * bits + 7) / 8)
        for (number, value) in values.enumerated() {
            for bit in 0 ..< bits where value >> UInt64(bit) & 1 == 1 {
                bytes[(number * bits + bit) / 8] |= 1 << UInt8((number * bits + bit) % 8)
            }
        }
        return bytes
    }

    /// Runs and packed groups of at least so many values up to `limit`.
    mutating func hybrid(_ count: Int, bits: Int, limit: UInt64) -> [UInt8] {
        var bytes: [UInt8] = [], made = 0
        while made < count {
            if Bool.random(using: &random) {
                let run = int(0 ... 40), value = UInt64.random(in: 0 ... limit, using: &random)
                bytes += varint(UInt64(run) << 1) + (0 ..< (bits + 7) / 8).map { UInt8(value >> UInt64(8 * $0) & 0xFF) }
                made += run
            } else {
                let groups = int(1 ... 9)
                let values = (0 ..< groups * 8).map { _ in UInt64.random(in: 0 ... limit, using: &random) }
                bytes += varint(UInt64(groups) << 1 | 1) + packed(values, bits: bits)
                made += groups * 8
            }
        }
        return bytes
    }

    /// DELTA_BINARY_PACKED of these values.
    mutating func deltas(_ values: [Int64]) -> [UInt8] {
        let parts = int(1 ... 4), inPart = 8 * int(1 ... 6), perBlock = parts * inPart
        var bytes = varint(UInt64(perBlock)) + varint(UInt64(parts)) + varint(UInt64(values.count))
        bytes += zigzag(values.first ?? 0)
        let differences = zip(values.dropFirst(), values).map { $0 &- $1 }
        for start in stride(from: 0, to: differences.count, by: perBlock) {
            let block = differences[start ..< min(start + perBlock, differences.count)]
            let smallest = block.min() ?? 0
            var widths: [UInt8] = [], data: [UInt8] = []
            for part in 0 ..< parts {
                let from = start + part * inPart, to = min(from + inPart, block.endIndex)
                let over = from < to ? block[from ..< to].map { UInt64(bitPattern: $0 &- smallest) } : []
                let width = over.map { 64 - $0.leadingZeroBitCount }.max() ?? int(0 ... 64)
                widths.append(UInt8(width))
                // Parts after the last value may be missing.
                if over.isEmpty { continue }
                data += packed(over + Array(repeating: 0, count: inPart - over.count), bits: width)
            }
            bytes += zigzag(smallest) + widths + data
        }
        return bytes
    }

    /// Numbers of all sizes, some of them close together.
    mutating func numbers(_ count: Int, isNarrow: Bool) -> [Int64] {
        let shift = UInt64(int(0 ... 63))
        return (0 ..< count).map { _ in
            let value = Int64(bitPattern: random.next()) >> Int64(shift)
            return isNarrow ? Int64(Int32(truncatingIfNeeded: value)) : value
        }
    }

    mutating func strings(_ count: Int) -> [[UInt8]] {
        var last: [UInt8] = []
        return (0 ..< count).map { _ in
            let kept = int(0 ... last.count)
            last = Array(last[..<kept]) + random.bytes(int(0 ... 12), from: Array("abc\"\\".utf8))
            return last
        }
    }

    func plain(_ strings: [[UInt8]]) -> [UInt8] {
        strings.flatMap { string in (0 ..< 4).map { UInt8(string.count >> (8 * $0) & 0xFF) } + string }
    }

    mutating func deltaLength(_ strings: [[UInt8]]) -> [UInt8] {
        deltas(strings.map { Int64($0.count) }) + strings.flatMap(\.self)
    }

    mutating func delta(_ strings: [[UInt8]]) -> [UInt8] {
        var prefixes: [Int64] = [], rests: [[UInt8]] = [], last: [UInt8] = []
        for string in strings {
            let common = zip(last, string).prefix { $0 == $1 }.count
            prefixes.append(Int64(common))
            rests.append(Array(string[common...]))
            last = string
        }
        return deltas(prefixes) + deltaLength(rests)
    }

    /// The same with a byte changed, or without its end.
    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        guard !bytes.isEmpty else { return bytes }
        var bytes = bytes
        if int(0 ... 2) == 0 { return Array(bytes[..<int(0 ... bytes.count - 1)]) }
        for _ in 0 ... int(0 ... 2) { bytes[int(0 ... bytes.count - 1)] = UInt8(int(0 ... 255)) }
        return bytes
    }
}
