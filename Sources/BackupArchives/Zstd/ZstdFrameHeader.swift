/// The header of a frame that is read block by block (RFC 8878, 3.1.1.1).
///
///     magic 28 B5 2F FD | descriptor | window | content size
///                         ^ bit 2: a checksum follows the last block
struct ZstdFrameHeader: Codable, Sendable {
    /// The most bytes a header takes.
    static let longest = 18
    private static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    private static let checksumBit: UInt8 = 1 << 2, singleSegmentBit: UInt8 = 1 << 5

    /// Bytes of the header itself.
    let length: Int
    let windowSize: Int
    let contentSize: Int?
    let hasChecksum: Bool

    /// nil: not the whole header of such a frame, or it is unusual (skippable, of an old format, wants a dictionary).
    init?(_ bytes: Span<UInt8>) {
        guard bytes.count > 5, Self.magic.indices.allSatisfy({ bytes[$0] == Self.magic[$0] }) else { return nil }
        let descriptor = bytes[4], isSingleSegment = descriptor & Self.singleSegmentBit != 0
        // A dictionary's id, or the reserved bit.
        guard descriptor & 0b1011 == 0 else { return nil }
        let sizeAt = isSingleSegment ? 5 : 6, sizeLength = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
        length = sizeAt + sizeLength
        guard bytes.count >= length else { return nil }
        var stated: UInt64 = 0
        for index in 0 ..< sizeLength { stated |= UInt64(bytes[sizeAt + index]) << UInt64(8 * index) }
        guard stated <= Int.max / 2 else { return nil }
        contentSize = sizeLength == 0 ? nil : Int(stated) + (sizeLength == 2 ? 256 : 0)
        windowSize = isSingleSegment ? contentSize ?? 0 : Self.windowSize(bytes[5])
        hasChecksum = descriptor & Self.checksumBit != 0
    }

    /// 3.1.1.1.2: powers of two, and seven steps between two of them.
    private static func windowSize(_ descriptor: UInt8) -> Int {
        let base = 1 << (10 + Int(descriptor >> 3))
        return base + base / 8 * Int(descriptor & 7)
    }

    /// The same header for a frame without a checksum.
    static func withoutChecksum(_ header: Span<UInt8>) -> [UInt8] {
        var bytes = header.indices.map { header[$0] }
        bytes[4] &= ~checksumBit
        return bytes
    }

    /// The header of a frame that has this one's window and nothing else said.
    var forTheRest: [UInt8] {
        let window = (UInt8.min ... .max).first { Self.windowSize($0) >= windowSize } ?? .max
        return Self.magic + [0, window]
    }
}
