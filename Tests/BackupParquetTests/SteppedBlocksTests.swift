import BackupBytes
import CLZ4
import CSnappy
import Foundation
import TestSupport
import Testing

@testable import BackupParquet

/// Pages in files are decompressed in steps: beside the libraries, which do all at once.
struct SteppedBlocksTests {
    private let pool = BlockPool(folder: FileManager.default.temporaryDirectory.path)
    private let decompressor = Decompressor()

    /// Bytes with repetitions near and far, literals, and long runs of one byte.
    private func content(_ random: inout SeededRandom) -> [UInt8] {
        var bytes: [UInt8] = []
        for _ in 0 ..< Int.random(in: 0 ... 60, using: &random) {
            switch Int.random(in: 0 ..< 4, using: &random) {
            case 0:
                bytes += (0 ..< Int.random(in: 1 ... 900, using: &random)).map { _ in
                    .random(in: 0 ... 255, using: &random)
                }
            case 1:
                bytes += Array(
                    repeating: .random(in: 0 ... 255, using: &random), count: .random(in: 1 ... 5000, using: &random))
            default:
                guard !bytes.isEmpty else { continue }
                let start = Int.random(in: bytes.indices, using: &random)
                bytes += bytes[start ..< min(bytes.count, start + .random(in: 1 ... 3000, using: &random))]
            }
        }
        return bytes
    }

    private func compressed(_ bytes: [UInt8], _ codec: ParquetCodec) -> [UInt8] {
        var count = codec == .snappy ? snappy_max_compressed_length(bytes.count) : bytes.count + bytes.count / 200 + 64
        var out = [UInt8](repeating: 0, count: count)
        bytes.withUnsafeBytes { from in
            out.withUnsafeMutableBytes { to in
                let (start, end) = (from.bindMemory(to: CChar.self), to.bindMemory(to: CChar.self))
                if codec == .snappy {
                    #expect(snappy_compress(start.baseAddress, bytes.count, end.baseAddress, &count) == SNAPPY_OK)
                } else {
                    count = Int(
                        LZ4_compress_default(start.baseAddress, end.baseAddress, Int32(bytes.count), Int32(to.count)))
                }
            }
        }
        return Array(out.prefix(count))
    }

    /// nil: it is refused.
    private func decompressed(_ packed: [UInt8], _ codec: ParquetCodec, _ count: Int, step: Int?) throws -> [UInt8]? {
        let from = Block(packed.count, of: pool), to = Block(of: pool)
        from.room.copyBytes(from: packed)
        try to.beginInFile(count)
        let steps = step.map { PageSteps($0, [from, to]) } ?? PageSteps(0, [])
        do { try decompressor.decompress(from.bytes, codec: codec, into: to.room, steps) } catch { return nil }
        return Array(to.bytes)
    }

    @Test(arguments: [ParquetCodec.snappy, .lz4Raw])
    func stepsGiveWhatTheLibraryGives(codec: ParquetCodec) throws {
        var random = SeededRandom(seed: 17)
        for _ in 0 ..< 40 {
            let bytes = content(&random)
            let packed = compressed(bytes, codec)
            for step in [1, 100, 4096, 1 << 20] {
                #expect(try decompressed(packed, codec, bytes.count, step: step) == bytes, "steps of \(step)")
            }
        }
    }

    @Test(arguments: [ParquetCodec.snappy, .lz4Raw])
    func whatIsDamagedIsRefusedOrGivesWhatTheLibraryGives(codec: ParquetCodec) throws {
        var random = SeededRandom(seed: 17), refused = 0
        for _ in 0 ..< 400 {
            let bytes = content(&random)
            var packed = compressed(bytes, codec)
            packed[.random(in: packed.indices, using: &random)] = .random(in: 0 ... 255, using: &random)
            if Bool.random(using: &random) { packed.removeLast(.random(in: 1 ... packed.count, using: &random)) }
            let known = try decompressed(packed, codec, bytes.count, step: nil)
            let found = try decompressed(packed, codec, bytes.count, step: 100)
            if known == nil { refused += 1 } else { #expect(found == known) }
        }
        #expect(refused > 0)
    }
}
