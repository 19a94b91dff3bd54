import BackupBytes
import Foundation
import TestSupport
import Testing

@testable import BackupArchives

/// The states of decoders in a checkpoint may have been changed by anybody: each that a decoder has left is opened,
/// and no other does more than give an error or other bytes.
@Suite struct ForgedResumePointTests {
    private static let mixed: [UInt8] = {
        var random = SeededRandom(seed: 5)
        let text = Array((0 ..< 30_000).map { "\($0),\"row \($0 &* 7919 % 1000)\",\($0 &* $0 % 977)\n" }.joined().utf8)
        let noise = (0 ..< 200_000).map { _ in UInt8.random(in: 0 ... 255, using: &random) }
        // A steep distribution has codes that are longer than the tables' first look.
        let steep = (0 ..< 300_000).map { _ in
            UInt8(truncatingIfNeeded: UInt.random(in: 1 ... .max, using: &random).leadingZeroBitCount &* 7)
        }
        return text + noise + steep + [UInt8](repeating: 0x41, count: 300_000) + text
    }()

    private static let python = """
        import sys, zlib
        words = [int(word) for word in sys.argv[1:]]
        deflate = zlib.compressobj(words[0], zlib.DEFLATED, 31, words[1], words[2])
        sys.stdout.buffer.write(deflate.compress(sys.stdin.buffer.read()) + deflate.flush())
        """

    /// Level, memory, and strategy of zlib: fixed codes are 4, Huffman alone 2, runs 3. Level 0 stores.
    static let packings = [
        ["1", "8", "0"], ["6", "8", "0"], ["9", "9", "0"], ["6", "8", "4"], ["6", "1", "2"], ["6", "8", "3"],
        ["0", "8", "0"],
    ]

    private func pack(_ words: [String]) throws -> [UInt8] {
        try Packing.through(["python3", "-c", Self.python] + words, Self.mixed)
    }

    /// A point at each refill, each as another process would find it.
    private func points(in packed: [UInt8], chunk: Int) throws -> [GzipResumePoint] {
        let source = GzipSource(BytesSource(packed, chunk: chunk), keepsResumePoints: true, resumePointDistance: 0)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 20_000, alignment: 1)
        defer { buffer.deallocate() }
        var found: [GzipResumePoint] = []
        while try source.read(into: buffer) > 0 {
            guard case .gzip(let point) = source.resumePoints.last(upTo: .max), point.packed > found.last?.packed ?? 0
            else {
                continue
            }
            found.append(try JSONDecoder().decode(GzipResumePoint.self, from: JSONEncoder().encode(point)))
        }
        return found
    }

    private func rest(of packed: [UInt8], at point: GzipResumePoint, chunk: Int = .max) throws -> [UInt8] {
        try Reading.all(
            GzipSource(BytesSource(Array(packed[min(point.packed, packed.count)...]), chunk: chunk), at: point))
    }

    @Test(arguments: packings)
    func eachThatWasLeftIsResumed(words: [String]) throws {
        let packed = try pack(words)
        for chunk in [1237, 30_011] {
            let points = try points(in: packed, chunk: chunk), step = max(1, points.count / 40)
            #expect(points.count > 5)
            for index in stride(from: 0, to: points.count, by: step) {
                #expect(
                    try rest(of: packed, at: points[index]) == Array(Self.mixed[points[index].inflated...]),
                    "from \(points[index].inflated)")
            }
        }
    }

    @Test(arguments: packings)
    func gzipStatesThatWereChanged(words: [String]) throws {
        let packed = try pack(words), points = try points(in: packed, chunk: 9001)
        var random = SeededRandom(seed: UInt64(words.joined()) ?? 1), refused = 0, read = 0
        for round in 0 ..< Effort.rounds(150) {
            let point = points[Int.random(in: 0 ..< points.count, using: &random)]
            var tree = try #require(JSONSerialization.jsonObject(with: JSONEncoder().encode(point)) as? [String: Any])
            let saved = try #require(tree["state"] as? String)
            var state = [UInt8](try #require(Data(base64Encoded: saved)))
            for _ in 0 ... round % 3 { Self.change(&state, &random) }
            tree["state"] = Data(state).base64EncodedString()
            let forged = try JSONDecoder().decode(
                GzipResumePoint.self, from: JSONSerialization.data(withJSONObject: tree))
            do {
                _ = try rest(of: packed, at: forged)
                read += 1
            } catch { refused += 1 }
        }
        #expect(refused > 0 && read > 0, "\(refused) refused, \(read) read")
    }

    /// A bit, a byte, or a whole field: in the tables, at the front, or at the end of them, where the lengths are.
    private static func change(_ state: inout [UInt8], _ random: inout SeededRandom) {
        let tables = 24_600, fields = 120
        let at =
            switch Int.random(in: 0 ..< 4, using: &random) {
            case 0: Int.random(in: 0 ..< 48, using: &random)
            case 1: Int.random(in: 0 ..< tables, using: &random)
            case 2: Int.random(in: 20_900 ..< 20_900 + 2 * fields, using: &random)
            default: Int.random(in: 0 ..< state.count - 4, using: &random)
            }
        switch Int.random(in: 0 ..< 3, using: &random) {
        case 0: state[at] ^= 1 << UInt8.random(in: 0 ..< 8, using: &random)
        case 1: state[at] = UInt8.random(in: 0 ... 255, using: &random)
        default: for index in at / 4 * 4 ..< at / 4 * 4 + 4 { state[index] = Bool.random(using: &random) ? 0xFF : 0x7F }
        }
    }

    @Test func zstdResumePointsThatWereChanged() throws {
        let packed = try Packing.zstd(Self.mixed, words: ["-3"])
        let source = ZstdSource(BytesSource(packed), resumeFolder: NSTemporaryDirectory(), firstResumePoint: 500_000)
        _ = try Reading.all(source)
        guard case .zstd(let point) = source.resumePoints.last(upTo: .max) else {
            return #expect(Bool(false), "no point")
        }
        let text = String(decoding: try JSONEncoder().encode(point), as: UTF8.self)
        var random = SeededRandom(seed: 9), refused = 0
        for _ in 0 ..< Effort.rounds(300) {
            // A digit or a letter of it: a number, a table, an offset, the window.
            var bytes = Array(text.utf8), at = 0
            repeat { at = Int.random(in: 0 ..< bytes.count, using: &random) } while !(0x30 ... 0x39).contains(bytes[at])
            bytes.replaceSubrange(at ... at, with: Array("\(Int.random(in: 0 ..< 1000, using: &random))".utf8))
            do {
                let forged = try JSONDecoder().decode(ZstdResumePoint.self, from: Data(bytes))
                let rest = BytesSource(Array(packed[min(max(0, forged.packed), packed.count)...]))
                _ = try Reading.all(ZstdSource(rest, at: forged, resumeFolder: NSTemporaryDirectory()))
            } catch { refused += 1 }
        }
        #expect(refused > 100, "\(refused)")
    }
}
