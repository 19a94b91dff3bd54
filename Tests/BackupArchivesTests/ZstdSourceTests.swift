import BackupArchives
import BackupBytes
import Foundation
import TestSupport
import Testing

/// Zstandard against the `zstd` command.
@Suite struct ZstdSourceTests {
    /// By libzstd alone, and block by block with places on the way: both the same, or both an error.
    private func inflate(_ bytes: [UInt8], chunk: Int = .max, buffer: Int = 64 * 1024) throws -> [UInt8] {
        let whole = Result { try Reading.all(ZstdSource(BytesSource(bytes, chunk: chunk)), buffer: buffer) }
        let cut = Result {
            try Reading.all(
                ZstdSource(BytesSource(bytes, chunk: chunk), resumeFolder: NSTemporaryDirectory(), firstResumePoint: 0),
                buffer: buffer)
        }
        #expect((try? whole.get()) == (try? cut.get()))
        return try whole.get()
    }

    @Test(arguments: SampleBytes.names)
    func sameBytesAsZstd(name: String) throws {
        let bytes = SampleBytes.named(name), packed = try Packing.zstd(bytes)
        #expect(try inflate(packed) == bytes)
        #expect(try inflate(packed, chunk: 1, buffer: 1) == bytes)
        let ours = bytes.withUnsafeBytes { [UInt8](ZstdCompressor().frame($0)) }
        #expect(try Packing.unzstd(ours) == bytes)
    }

    @Test func severalFramesAndSkippableOnes() throws {
        let a = SampleBytes.named("text"), b = SampleBytes.named("noise")
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
        let packed = try skippable + Packing.zstd(a) + skippable + Packing.zstd([]) + Packing.zstd(b)
        for chunk in [1, 3, 1000, .max] { #expect(try inflate(packed, chunk: chunk) == a + b) }
    }

    @Test(arguments: SampleBytes.names)
    func truncatedAtEveryByteIsAnError(name: String) throws {
        let packed = try Packing.zstd(SampleBytes.named(name))
        for cut in 0 ..< packed.count {
            #expect(throws: ArchiveFault.self, "cut at \(cut) of \(packed.count)") {
                try inflate(Array(packed.prefix(cut)))
            }
        }
    }

    @Test(arguments: SampleBytes.names)
    func oneFlippedBitNeverGivesOtherBytes(name: String) throws {
        let bytes = SampleBytes.named(name), packed = try Packing.zstd(bytes)
        for index in packed.indices {
            for bit in 0 ..< 8 {
                var flipped = packed
                flipped[index] ^= 1 << UInt8(bit)
                let found = try? inflate(flipped)
                #expect(found == nil || found == bytes, "bit \(bit) of byte \(index)")
            }
        }
    }

    @Test func whatFollowsTheLastFrameMustBeOne() throws {
        let packed = try Packing.zstd([1, 2, 3])
        #expect(throws: ArchiveFault.self) { try inflate(packed + Array("junk".utf8)) }
    }
}
