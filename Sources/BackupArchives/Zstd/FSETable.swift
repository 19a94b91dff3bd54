/// How likely each symbol is, as a block or a dictionary describes it (RFC 8878, 4.1.1).
struct FSEDescription {
    private(set) var log: Int
    /// Shares of 1 << log; -1: less than one.
    private(set) var shares: [Int] = []
    /// Bytes of the description.
    private(set) var length = 0

    /// nil: impossible, or beyond what a table of sequences may have.
    init?(_ bytes: Span<UInt8>, maximumLog: Int, maximumSymbol: Int) {
        var bit = 0
        func peek(_ count: Int) -> Int {
            var value = 0
            for index in 0 ..< 3 where bit / 8 + index < bytes.count {
                value |= Int(bytes[bit / 8 + index]) << (8 * index)
            }
            return value >> (bit % 8) & (1 << count - 1)
        }
        log = peek(4) + 5
        bit += 4
        guard log <= maximumLog else { return nil }
        var left = 1 << log
        while left > 0 {
            // A value of 0 ... left + 1 takes so many bits that the smaller ones can do with one less.
            let width = Int.bitWidth - (left + 1).leadingZeroBitCount, small = 1 << width - 1 - (left + 1)
            let low = peek(width - 1)
            var value = low
            if low < small {
                bit += width - 1
            } else {
                value = peek(width)
                if value >= 1 << (width - 1) { value -= small }
                bit += width
            }
            shares.append(value - 1)
            left -= abs(value - 1)
            if value == 1 {
                while true {
                    let zeros = peek(2)
                    bit += 2
                    shares += repeatElement(0, count: zeros)
                    guard zeros == 3, shares.count <= maximumSymbol else { break }
                }
            }
            guard shares.count <= maximumSymbol + 1 else { return nil }
        }
        length = (bit + 7) / 8
        guard left == 0, length <= bytes.count else { return nil }
    }
}

/// A table to decode with (RFC 8878, 4.1.1, from shares to states).
struct FSETable {
    struct State {
        var symbol: UInt8
        /// Bits to read for the next state, and what to add to them.
        var bits: UInt8
        var base: UInt16
    }

    let log: Int
    private(set) var states: [State]

    /// One symbol, always (RLE mode).
    init(always symbol: UInt8) {
        log = 0
        states = [State(symbol: symbol, bits: 0, base: 0)]
    }

    init(_ description: FSEDescription) {
        log = description.log
        let size = 1 << log
        states = Array(repeating: State(symbol: 0, bits: 0, base: 0), count: size)
        var last = size - 1
        for (symbol, share) in description.shares.enumerated() where share == -1 {
            states[last].symbol = UInt8(symbol)
            last -= 1
        }
        var position = 0
        let step = size >> 1 + size >> 3 + 3
        for (symbol, share) in description.shares.enumerated() where share > 0 {
            for _ in 0 ..< share {
                states[position].symbol = UInt8(symbol)
                repeat { position = (position + step) & (size - 1) } while position > last
            }
        }
        var next = description.shares.map(abs)
        for index in states.indices {
            let symbol = Int(states[index].symbol), bits = log - (Int.bitWidth - 1 - next[symbol].leadingZeroBitCount)
            states[index].bits = UInt8(bits)
            states[index].base = UInt16(next[symbol] << bits - size)
            next[symbol] += 1
        }
    }
}
