import BackupBytes
import CXXHash

/// XXH64 with seed 0, the checksum of Zstandard's frames (RFC 8878, 3.1.1), computed by libxxhash. libzstd's own cannot
/// be taken out of it and carried on elsewhere.
///
/// It is saved as the numbers that the algorithm is made of, which every version of the library can carry on:
///
///     | 32 bytes: a b c d | 32 bytes: a b c d | … | up to 31 bytes: tail |
@safe struct XXHash64: Codable, Sendable {
    private static let stripe = 32

    private var state = xxhash64_state()

    init() { unsafe xxhash64_reset(&state) }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe xxhash64_update(&state, bytes.baseAddress, bytes.count)
    }

    var digest: UInt64 {
        var state = state
        return unsafe xxhash64_digest(&state)
    }

    // MARK: Saved

    private enum CodingKeys: CodingKey { case a, b, c, d, count, tail }

    /// - Throws: `RecordDamaged` where no stream leads to this state.
    init(from decoder: any Decoder) throws {
        let saved = try decoder.container(keyedBy: CodingKeys.self)
        let tail = try saved.decode([UInt8].self, forKey: .tail), count = try saved.decode(UInt64.self, forKey: .count)
        guard tail.count == Int(count % UInt64(Self.stripe)) else { throw RecordDamaged() }
        self.init()
        unsafe tail.withUnsafeBytes { unsafe update($0) }
        state.total_length = count
        // Lanes are the seed's until there is a stripe.
        state.lanes = (
            try saved.decode(UInt64.self, forKey: .a), try saved.decode(UInt64.self, forKey: .b),
            try saved.decode(UInt64.self, forKey: .c), try saved.decode(UInt64.self, forKey: .d)
        )
    }

    func encode(to encoder: any Encoder) throws {
        var saved = encoder.container(keyedBy: CodingKeys.self)
        try saved.encode(state.lanes.0, forKey: .a)
        try saved.encode(state.lanes.1, forKey: .b)
        try saved.encode(state.lanes.2, forKey: .c)
        try saved.encode(state.lanes.3, forKey: .d)
        try saved.encode(state.total_length, forKey: .count)
        let tail = unsafe withUnsafeBytes(of: state.buffer) { unsafe Array($0.prefix(Int(state.buffered))) }
        try saved.encode(tail, forKey: .tail)
    }
}
