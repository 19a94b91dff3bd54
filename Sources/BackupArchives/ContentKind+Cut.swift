/// Archives that were cut to so little that their first bytes no longer say what they are: read as text, they would be
/// a row.
extension ContentKind {
    private static let magics: [(kind: ContentKind, magic: [UInt8])] =
        [
            (.gzip, [0x1F, 0x8B]), (.zstd, [0x28, 0xB5, 0x2F, 0xFD]), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]),
            (.lz4, [0x04, 0x22, 0x4D, 0x18]),
            (.zip, [0x50, 0x4B, 0x03, 0x04]), (.sevenZip, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
        ]
        + (0x31 ... 0x39).flatMap { level -> [(ContentKind, [UInt8])] in
            bzip2Blocks.map { (.bzip2, [0x42, 0x5A, 0x68, level] + $0) }
        }

    /// What follows `BZh9`: a block, or the end of an empty file.
    static let bzip2Blocks: [[UInt8]] = [[0x31, 0x41, 0x59, 0x26, 0x53, 0x59], [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]]

    /// What a lone file was that has been cut to `bytes`; nil where nothing says so. Its name may only say more of a
    /// file too short to say it.
    package init?(cutTo bytes: UnsafeRawBufferPointer, name: String) {
        guard unsafe !bytes.isEmpty && bytes.count < 512 else { return nil }
        let first = unsafe bytes[0], isTextual = first >= 0x20 && first < 0x80
        for (kind, magic) in Self.magics where unsafe bytes.count < magic.count && magic.starts(with: bytes) {
            if bytes.count > 1 || !isTextual || kind.suffixes.contains(where: name.hasSuffix) {
                self = kind
                return
            }
        }
        guard unsafe Self.isCutTarHeader(bytes) || name.hasSuffix(".tar") else { return nil }
        self = .tar
    }

    /// A path, zeros up to byte 100, and octal numbers.
    private static func isCutTarHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let path = unsafe bytes.prefix(100)
        guard let end = unsafe path.firstIndex(of: 0), end > 0 else { return false }
        return unsafe path[..<end].allSatisfy { $0 >= 0x20 } && path[end...].allSatisfy { $0 == 0 }
            && bytes.dropFirst(100).prefix(48).allSatisfy { $0 == 0 || $0 == 0x20 || (0x30 ... 0x37).contains($0) }
    }

    /// Endings of names that go with it.
    var suffixes: [String] {
        switch self {
        case .gzip: [".gz", ".gzip", ".tgz"]
        case .zstd: [".zst", ".zstd"]
        case .xz: [".xz"]
        case .bzip2: [".bz2"]
        case .lz4: [".lz4"]
        case .zip: [".zip"]
        case .sevenZip: [".7z"]
        default: []
        }
    }
}
