import BackupBytes
import Foundation
import TestSupport
import Testing

@testable import BackupArchives

/// Another process resumes in the middle of a Zstandard stream: the rest is what the `zstd` command's input was, or an
/// error.
@Suite struct ZstdResumePointTests {
    /// Long enough for several blocks of each nature: text, noise that lies raw, one byte repeated, what a block has
    /// just had once more.
    private static let mixed: [UInt8] = {
        var random = SeededRandom(seed: 11), bytes: [UInt8] = []
        let text = Array(
            (0 ..< 9000).map { "\($0),\"row \($0 &* 7919 % 1000)\",\($0 % 7 == 0 ? "NULL" : "x"),\($0 &* $0 % 977)\n" }
                .joined().utf8)
        for part in 0 ..< 10 {
            switch part % 4 {
            case 0, 3: bytes += text.dropFirst(Int.random(in: 0 ..< 100_000, using: &random))
            case 1:
                bytes += (0 ..< Int.random(in: 1 ... 300_000, using: &random)).map { _ in
                    UInt8.random(in: 0 ... 255, using: &random)
                }
            default: bytes += [UInt8](repeating: 0x41, count: Int.random(in: 1 ... 400_000, using: &random))
            }
        }
        return bytes
    }()
    private static let text = Array(
        (0 ..< 40_000).map { "\($0),\"row \($0 &* 7919 % 1000)\",\($0 &* $0 % 977)\n" }.joined().utf8)

    static let packings: [[String]] = [
        ["-1"], ["-3"], ["-9"], ["-19"], ["--fast=4"], ["-3", "-T2", "-B512KiB"], ["-3", "--no-check"],
        ["-19", "--no-check"],
        ["-1", "--zstd=wlog=14"], ["-3", "--zstd=wlog=10"], ["-3", "--stream-size=\(mixed.count)"], ["--long"],
    ]

    /// The first point after so many bytes.
    private func point(in packed: [UInt8], after first: Int) throws -> ZstdResumePoint? {
        let source = ZstdSource(BytesSource(packed), resumeFolder: NSTemporaryDirectory(), firstResumePoint: first)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 50_000, alignment: 1)
        defer { buffer.deallocate() }
        while try source.read(into: buffer) > 0 {
            if case .zstd(let point) = source.resumePoints.last(upTo: .max), point.packed > 0 { return point }
        }
        return nil
    }

    /// Every point there is, each as another process would find it.
    private func points(in packed: [UInt8], apart: Int = 1) throws -> [ZstdResumePoint] {
        var found: [ZstdResumePoint] = [], next = 0
        while let point = try point(in: packed, after: next) {
            found.append(try JSONDecoder().decode(ZstdResumePoint.self, from: JSONEncoder().encode(point)))
            next = point.inflated + apart
        }
        return found
    }

    private func rest(
        of packed: [UInt8], at point: ZstdResumePoint, chunk: Int = .max, buffer: Int = 64 * 1024
    ) throws -> [UInt8] {
        try Reading.all(
            ZstdSource(
                BytesSource(Array(packed[point.packed...]), chunk: chunk), at: point,
                resumeFolder: NSTemporaryDirectory()),
            buffer: buffer)
    }

    @Test(arguments: packings)
    func fromEveryResumePointTheSameRest(words: [String]) throws {
        let packed = try Packing.zstd(Self.mixed, words: words)
        let points = try points(in: packed, apart: 100_000)
        #expect(points.count > 5)
        for point in points {
            #expect(try rest(of: packed, at: point) == Array(Self.mixed[point.inflated...]), "from \(point.inflated)")
        }
    }

    @Test(arguments: [("--long=28", NSTemporaryDirectory()), ("--long", "/nowhere")])
    func noneWhereTheWindowIsMoreThanIsKeptOrCannotBe(word: String, folder: String) throws {
        let source = ZstdSource(
            BytesSource(try Packing.zstd(Self.text, words: [word])), resumeFolder: folder, firstResumePoint: 1,
            windowLimit: 1 << 28)
        #expect(try Reading.all(source) == Self.text)
        #expect(source.resumePoints.last(upTo: Self.text.count - 1)?.inflated == 0)
    }

    @Test(arguments: ["text", "noise", "zeros"], [[], ["--no-check"]])
    func ofOneNature(name: String, words: [String]) throws {
        var random = SeededRandom(seed: 12)
        let bytes: [UInt8] =
            switch name {
            case "text": Self.text
            case "noise": (0 ..< 600_000).map { _ in UInt8.random(in: 0 ... 255, using: &random) }
            default: [UInt8](repeating: 0, count: 900_000)
            }
        let packed = try Packing.zstd(bytes, words: words), points = try points(in: packed)
        #expect(points.count > 1)
        for point in points {
            #expect(try rest(of: packed, at: point) == Array(bytes[point.inflated...]))
            #expect(try rest(of: packed, at: point, chunk: 1, buffer: 1000) == Array(bytes[point.inflated...]))
        }
    }

    /// After a frame, in the second of several, and over a skippable one; the points of one that has resumed are
    /// points, too.
    @Test func inSeveralFrames() throws {
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 4, 0, 0, 0, 1, 2, 3, 4]
        let packed =
            try Packing.zstd(Self.text) + skippable + Packing.zstd([])
            + Packing.zstd(Self.text, words: ["-1", "--no-check"]) + Packing.zstd([1, 2])
        let whole = Self.text + Self.text + [1, 2], points = try points(in: packed, apart: 120_000)
        #expect(
            points.contains { $0.frame == nil } && points.contains { $0.frame != nil && $0.inflated > Self.text.count })
        for point in points { #expect(try rest(of: packed, at: point) == Array(whole[point.inflated...])) }
    }

    @Test func fromAResumePointOfOneThatWasResumed() throws {
        let bytes = Array(repeating: Self.text, count: 1 + (2 * ZstdSource.resumePointDistance) / Self.text.count)
            .flatMap(
                \.self)
        let packed = try Packing.zstd(bytes, words: ["-1"])
        let first = try #require(try point(in: packed, after: 100_000))
        let second = try ZstdSource(
            BytesSource(Array(packed[first.packed...])), at: first, resumeFolder: NSTemporaryDirectory())
        _ = try Reading.all(second)
        guard case .zstd(let later) = second.resumePoints.last(upTo: .max) else {
            return #expect(Bool(false), "no point")
        }
        #expect(later.inflated >= first.inflated + ZstdSource.resumePointDistance && later.frames == 0)
        #expect(try rest(of: packed, at: later) == Array(bytes[later.inflated...]))
    }

    @Test func damageAfterAResumePointIsAnError() throws {
        var random = SeededRandom(seed: 13)
        let packed = try Packing.zstd(Self.text), point = try #require(try point(in: packed, after: 300_000))
        let expected = Array(Self.text[point.inflated...])
        for cut in [point.packed, point.packed + 1, packed.count - 5, packed.count - 1] {
            #expect(throws: ArchiveFault.self, "cut at \(cut)") { try rest(of: Array(packed[..<cut]), at: point) }
        }
        for _ in 0 ..< Effort.rounds(60) {
            var damaged = packed
            damaged[Int.random(in: point.packed ..< packed.count, using: &random)] ^=
                1 << UInt8.random(in: 0 ... 7, using: &random)
            let found = try? rest(of: damaged, at: point)
            #expect(found == nil || found == expected)
        }
    }

    /// Our own look at tables and sequences stops at nothing, and lets pass what libzstd does.
    @Test(arguments: [["-1"], ["-3", "--no-check"], ["-19", "--no-check"]])
    func damagedAnywhereItIsWhatLibzstdAloneSays(words: [String]) throws {
        var random = SeededRandom(seed: 14)
        let packed = try Packing.zstd(Array(Self.text.prefix(30_000)) + Self.mixed.suffix(200_000), words: words)
        for _ in 0 ..< Effort.rounds(300) {
            var damaged = packed
            // Mostly where the first block's tables are.
            let end = Bool.random(using: &random) ? 200 : packed.count
            for _ in 0 ..< Int.random(in: 1 ... 3, using: &random) {
                damaged[Int.random(in: 4 ..< end, using: &random)] = UInt8.random(in: 0 ... 255, using: &random)
            }
            let whole = try? Reading.all(ZstdSource(BytesSource(damaged))),
                cut = try? Reading.all(
                    ZstdSource(BytesSource(damaged), resumeFolder: NSTemporaryDirectory(), firstResumePoint: 0))
            #expect(whole == cut)
        }
    }

    @Test func aDamagedResumePointIsAnError() throws {
        let packed = try Packing.zstd(Self.text), point = try #require(try point(in: packed, after: 300_000))
        var text = String(decoding: try JSONEncoder().encode(point), as: UTF8.self)
        let window = try #require(text.firstRange(of: "\"window\":\""))
        let middle = text.index(window.upperBound, offsetBy: 5000)
        text.replaceSubrange(middle ... middle, with: text[middle] == "A" ? "B" : "A")
        #expect(throws: (any Error).self) {
            try rest(of: packed, at: JSONDecoder().decode(ZstdResumePoint.self, from: Data(text.utf8)))
        }
    }
}
