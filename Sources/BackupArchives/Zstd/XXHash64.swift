import BackupBytes

/// XXH64 with seed 0, the checksum of Zstandard's frames (RFC 8878, 3.1.1). libzstd's own cannot be taken out of it and
/// carried on elsewhere.
///
///     | 32 bytes: a b c d | 32 bytes: a b c d | … | up to 31 bytes: tail |
@safe struct XXHash64: Codable, Sendable, Equatable {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87, prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F,
        prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63, prime5: UInt64 = 0x27D4_EB2F_1656_67C5
    private static let stripe = 32

    private var a = prime1 &+ prime2, b = prime2, c: UInt64 = 0, d = 0 &- prime1
    private var count: UInt64 = 0
    /// What is left of the last stripe.
    private var tail: [UInt8] = []

    /// Whether it can have come about, and is not made up.
    var isPossible: Bool { tail.count < Self.stripe }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        count &+= UInt64(bytes.count)
        var bytes = unsafe bytes[...]
        if !tail.isEmpty {
            let missing = unsafe bytes.prefix(Self.stripe - tail.count)
            unsafe tail.append(contentsOf: missing)
            unsafe bytes = unsafe bytes.dropFirst(missing.count)
            guard tail.count == Self.stripe else { return }
            unsafe tail.withUnsafeBytes { unsafe addStripes($0) }
            tail.removeAll(keepingCapacity: true)
        }
        let whole = unsafe bytes.count / Self.stripe * Self.stripe
        unsafe addStripes(.init(rebasing: bytes.prefix(whole)))
        unsafe tail.append(contentsOf: bytes.dropFirst(whole))
    }

    private mutating func addStripes(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        var (a, b, c, d) = (a, b, c, d), at = 0
        while at < bytes.count {
            a = unsafe Self.round(a, base.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            b = unsafe Self.round(b, base.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self))
            c = unsafe Self.round(c, base.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self))
            d = unsafe Self.round(d, base.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self))
            at += Self.stripe
        }
        (self.a, self.b, self.c, self.d) = (a, b, c, d)
    }

    var digest: UInt64 {
        var hash = Self.prime5
        if count >= Self.stripe {
            hash = Self.rotated(a, 1) &+ Self.rotated(b, 7) &+ Self.rotated(c, 12) &+ Self.rotated(d, 18)
            for lane in [a, b, c, d] { hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4 }
        }
        hash &+= count
        var rest = tail[...]
        func take(_ size: Int) -> UInt64 {
            defer { rest = rest.dropFirst(size) }
            return rest.prefix(size).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        while rest.count >= 8 { hash = Self.rotated(hash ^ Self.round(0, take(8)), 27) &* Self.prime1 &+ Self.prime4 }
        if rest.count >= 4 { hash = Self.rotated(hash ^ take(4) &* Self.prime1, 23) &* Self.prime2 &+ Self.prime3 }
        while !rest.isEmpty { hash = Self.rotated(hash ^ take(1) &* Self.prime5, 11) &* Self.prime1 }
        hash = (hash ^ hash >> 33) &* Self.prime2
        hash = (hash ^ hash >> 29) &* Self.prime3
        return hash ^ hash >> 32
    }

    @inline(__always) private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        rotated(lane &+ UInt64(littleEndian: word) &* prime2, 31) &* prime1
    }

    @inline(__always) private static func rotated(_ value: UInt64, _ bits: UInt64) -> UInt64 {
        value &<< bits | value &>> (64 &- bits)
    }
}
