import BackupArchives
import BackupBytes
import TestSupport
import Testing

/// ISA-L against zlib and the system's gzip: the same bytes, or an error where they have one.
@Suite struct GzipSourceTests {
    private func inflate(_ bytes: [UInt8], chunk: Int = .max, buffer: Int = 64 * 1024) throws -> [UInt8] {
        try Reading.all(GzipSource(BytesSource(bytes, chunk: chunk)), buffer: buffer)
    }

    @Test(arguments: SampleBytes.names, [1, 6, 9])
    func sameBytesAsGzipAndZlib(name: String, level: Int) throws {
        let bytes = SampleBytes.named(name), packed = try Packing.gzip(bytes, level: level)
        #expect(try inflate(packed) == bytes)
        #expect(ZlibOracle.inflate(packed) == bytes)
        #expect(try inflate(packed, chunk: 1, buffer: 1) == bytes)
        #expect(try inflate(packed, chunk: 7, buffer: 100) == bytes)
    }

    @Test(arguments: SampleBytes.names)
    func whatWePackGzipUnpacks(name: String) throws {
        let bytes = SampleBytes.named(name)
        let packed = bytes.withUnsafeBytes { [UInt8](GzipCompressor().member($0)) }
        #expect(try Packing.gunzip(packed) == bytes)
        #expect(try inflate(packed + packed) == bytes + bytes)
    }

    @Test func severalMembersAndZeroPadding() throws {
        let a = SampleBytes.named("text"), b = SampleBytes.named("noise")
        let packed = try Packing.gzip(a) + Packing.gzip([]) + Packing.gzip(b)
        for padding in [0, 1, 511, 100_000] {
            for chunk in [1, 512, .max] where chunk > 1 || padding < 1000 {
                #expect(try inflate(packed + [UInt8](repeating: 0, count: padding), chunk: chunk) == a + b)
            }
        }
    }

    /// Members may follow padding only as gzip's own tools would have it: not at all.
    @Test func somethingAfterThePaddingIsAnError() throws {
        let packed = try Packing.gzip([1, 2, 3])
        #expect(throws: ArchiveFault.self) { try inflate(packed + [0, 0, 7]) }
        #expect(throws: ArchiveFault.self) { try inflate(packed + Array("<html>".utf8)) }
    }

    @Test(arguments: SampleBytes.names)
    func truncatedAtEveryByteIsAnError(name: String) throws {
        let packed = try Packing.gzip(SampleBytes.named(name))
        for cut in 0 ..< packed.count {
            #expect(throws: ArchiveFault.self, "cut at \(cut) of \(packed.count)") {
                try inflate(Array(packed.prefix(cut)))
            }
        }
    }

    /// One flipped bit anywhere: an error, or the same bytes (fields of the header that mean nothing). Never other
    /// bytes.
    @Test(arguments: SampleBytes.names)
    func oneFlippedBitNeverGivesOtherBytes(name: String) throws {
        let bytes = SampleBytes.named(name), packed = try Packing.gzip(bytes)
        for index in packed.indices {
            for bit in 0 ..< 8 {
                var flipped = packed
                flipped[index] ^= 1 << UInt8(bit)
                let found = try? inflate(flipped)
                #expect(found == nil || found == bytes, "bit \(bit) of byte \(index)")
            }
        }
    }

    @Test func headerWithNameExtraAndComment() throws {
        // RFC 1952: FEXTRA, FNAME, FCOMMENT, FHCRC are stepped over.
        let plain = try Packing.gzip(Array("hello".utf8))
        var header = Array(plain[..<10])
        header[3] = 0b0001_1100
        let packed = header + [3, 0, 1, 2, 3] + Array("name\0comment\0".utf8) + plain[10...]
        #expect(ZlibOracle.inflate(packed) == Array("hello".utf8))
        for chunk in [1, 2, 5, .max] { #expect(try inflate(packed, chunk: chunk) == Array("hello".utf8)) }
    }

    /// Random changes: what zlib refuses is refused, what both take is the same.
    @Test func agreesWithZlibOnDamage() throws {
        var random = SeededRandom(seed: 5)
        let packed = try Packing.gzip(SampleBytes.named("text")) + Packing.gzip(SampleBytes.named("noise"))
        for _ in 0 ..< Effort.rounds(800) {
            var changed = packed
            for _ in 0 ..< Int.random(in: 1 ... 3, using: &random) {
                changed[Int.random(in: 0 ..< changed.count, using: &random)] = UInt8.random(
                    in: 0 ... 255, using: &random)
            }
            let ours = try? inflate(changed, chunk: Int.random(in: 1 ... 300, using: &random)),
                zlib = ZlibOracle.inflate(changed)
            if let zlib { #expect(ours == nil || ours == zlib) } else { #expect(ours == nil) }
        }
    }
}
