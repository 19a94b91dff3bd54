/// Random numbers that are the same for the same seed (SplitMix64).
package struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Bytes mostly from `alphabet`, so that the few that mean something meet often.
    package mutating func bytes(_ count: Int, from alphabet: [UInt8]) -> [UInt8] {
        (0 ..< count).map { _ in
            UInt8.random(in: 0 ... 31, using: &self) == 0
                ? UInt8.random(in: 0 ... 255, using: &self) : alphabet.randomElement(using: &self) ?? 0
        }
    }
}
