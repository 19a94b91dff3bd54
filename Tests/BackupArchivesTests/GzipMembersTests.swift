import BackupArchives
import BackupBytes
import Foundation
import Synchronization
import TestSupport
import Testing

/// Members that other threads inflate ahead: the bytes and the errors are those of one reader.
@Suite struct GzipMembersTests {
    private enum Outcome: Equatable {
        case bytes([UInt8])
        case fault([UInt8], ArchiveFault)

        var bytes: [UInt8] {
            switch self {
            case .bytes(let bytes), .fault(let bytes, _): bytes
            }
        }
        var fault: ArchiveFault? { if case .fault(_, let fault) = self { fault } else { nil } }
    }

    /// What a source gives, up to its end or its error.
    private func outcome(_ source: any ByteSource, buffer: Int) -> Outcome {
        var bytes: [UInt8] = [], room = [UInt8](repeating: 0, count: buffer)
        do {
            while case let count = try room.withUnsafeMutableBytes({ try source.read(into: $0) }), count > 0 {
                bytes += room.prefix(count)
            }
            return .bytes(bytes)
        } catch let fault as ArchiveFault {
            return .fault(bytes, fault)
        } catch { return .bytes([]) }
    }

    /// The same with threads that help all the time.
    private func helped(_ packed: [UInt8], chunk: Int, buffer: Int) throws -> Outcome {
        let source = GzipMembersSource(BytesSource(packed, chunk: chunk), chunkLength: Self.chunkLength),
            ahead = source.ahead
        let isOver = Flag()
        let helpers = try (0 ..< 3).map { number in
            try Stage("helper.\(number)") { while !isOver.isSet { if !ahead.doSome() { usleep(20) } } }
        }
        while ahead.doSome() {}
        let found = outcome(source, buffer: buffer)
        isOver.set()
        for helper in helpers { helper.join() }
        return found
    }

    private func one(_ packed: [UInt8], chunk: Int, buffer: Int) -> Outcome {
        outcome(GzipSource(BytesSource(packed, chunk: chunk)), buffer: buffer)
    }

    /// Short, so that many chunks make a small test.
    private static let chunkLength = 16 * 1024
    /// What the inflater may not have given out when its source fails.
    private static let heldBack = 256 * 1024
    private static let text = (0 ..< 4_000).map { "\($0),order \($0 &* 2_654_435_761 % 99_991),1.10\n" }.joined()
    private static let noise = (0 ..< 30_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 7 ^ $0 >> 3) }

    /// Members of all lengths, some of them with whole members inside that are stored, and so can be seen.
    private static func members(_ random: inout SeededRandom, count: Int) throws -> [[UInt8]] {
        let inside = try Packing.gzip(Array(text.utf8.prefix(500)))
        return try (0 ..< count).map { _ in
            let length = [0, 1, 70, 500, 6_528, 40_000].randomElement(using: &random) ?? 0
            switch Int.random(in: 0 ..< 4, using: &random) {
            case 0: return try Packing.gzip(Array(text.utf8.prefix(length)), level: 1)
            case 1: return try Packing.gzip(Array(noise.prefix(length)), level: 1)
            case 2: return try Packing.gzip(Array((0 ..< 1 + length / 500).map { _ in inside }.joined()), level: 1)
            default: return try Packing.gzip(Array(text.utf8.suffix(length)))
            }
        }
    }

    @Test func theBytesAreThoseOfOneReader() throws {
        var random = SeededRandom(seed: 11)
        for _ in 0 ..< Effort.rounds(40) {
            let members = try Self.members(&random, count: 12)
            var packed: [UInt8] = []
            while packed.count < 400_000 { packed += members.randomElement(using: &random) ?? [] }
            let chunk = [1000, 70_000, .max].randomElement(using: &random) ?? 1000,
                buffer = [5000, 262_144].randomElement(using: &random) ?? 5000
            #expect(try helped(packed, chunk: chunk, buffer: buffer) == one(packed, chunk: chunk, buffer: buffer))
        }
    }

    /// Padding, what follows that is no gzip, a cut, a changed byte, a long member among short ones.
    @Test func theErrorsAreThoseOfOneReader() throws {
        var random = SeededRandom(seed: 12)
        let members = try Self.members(&random, count: 12)
        let long = try Packing.gzip(Array((0 ..< 30).map { _ in Self.noise }.joined()), level: 1)
        for round in 0 ..< Effort.rounds(120) {
            var packed: [UInt8] = []
            while packed.count < 250_000 { packed += members.randomElement(using: &random) ?? [] }
            switch round % 6 {
            case 0: packed += [UInt8](repeating: 0, count: Int.random(in: 1 ... 100_000, using: &random))
            case 1: packed += Array("<html>".utf8)
            case 2: packed.removeLast(Int.random(in: 1 ... 200_000, using: &random))
            case 3: packed[Int.random(in: 0 ..< packed.count, using: &random)] ^= 16
            case 4: packed += [0, 0] + (members.last ?? [])
            default: packed += long + packed + long
            }
            let chunk = [4096, .max].randomElement(using: &random) ?? 4096
            let found = try helped(packed, chunk: chunk, buffer: 100_000),
                wanted = one(packed, chunk: chunk, buffer: 100_000)
            #expect(found.fault?.aligned(to: wanted.fault) == wanted.fault, "round \(round)")
            // What is read at once with an error is lost, and that hangs on where the reads begin.
            let common = min(found.bytes.count, wanted.bytes.count)
            #expect(found.bytes.prefix(common) == wanted.bytes.prefix(common), "round \(round)")
            #expect(found.fault != nil || found.bytes.count == wanted.bytes.count, "round \(round)")
        }
    }

    /// What comes before a source fails is read first, whichever thread has inflated it.
    @Test func aSourceThatFailsDoesSoAfterWhatItGave() throws {
        var random = SeededRandom(seed: 14)
        let members = try Self.members(&random, count: 12)
        var packed: [UInt8] = []
        while packed.count < 300_000 { packed += members.randomElement(using: &random) ?? [] }
        for _ in 0 ..< Effort.rounds(20) {
            let given = Array(packed.prefix(Int.random(in: 1 ..< packed.count, using: &random)))
            func read(_ source: any ByteSource) -> [UInt8] {
                var bytes: [UInt8] = [], room = [UInt8](repeating: 0, count: 5000)
                #expect(throws: FailingSource.Failed.self) {
                    while case let count = try room.withUnsafeMutableBytes({ try source.read(into: $0) }), count > 0 {
                        bytes += room.prefix(count)
                    }
                }
                return bytes
            }
            let wanted = read(GzipSource(FailingSource(given)))
            let source = GzipMembersSource(FailingSource(given), chunkLength: Self.chunkLength)
            _ = source.ahead.doSome()
            // Up to what lies in the inflater at that moment.
            let found = read(source), common = min(found.count, wanted.count)
            #expect(found.prefix(common) == wanted.prefix(common) && common > wanted.count - Self.heldBack)
        }
    }

    @Test func anUnpackingWithManyCallersGivesTheSame() throws {
        var random = SeededRandom(seed: 15)
        let members = try Self.members(&random, count: 12)
        var packed: [UInt8] = []
        while packed.count < 2_000_000 { packed += members.randomElement(using: &random) ?? [] }
        let wanted = one(packed, chunk: .max, buffer: 100_000)
        let unpacking = Unpacking(BytesSource(packed), name: "x.csv.gz", readsAhead: .manyCallers)
        let isOver = Flag(), control = unpacking.control
        let helpers = try (0 ..< 3).map { number in
            try Stage("helper.\(number)") { while !isOver.isSet { if !control.inflateAhead() { usleep(20) } } }
        }
        guard case .file(_, let source)? = try unpacking.next()?.content else { throw Failed() }
        let found = outcome(source, buffer: 100_000)
        isOver.set()
        for helper in helpers { helper.join() }
        #expect(found == wanted)
    }

    /// Where others have inflated, it can be resumed between two members.
    @Test func itResumesAtEveryPoint() throws {
        var random = SeededRandom(seed: 13)
        let members = try Self.members(&random, count: 12)
        var packed: [UInt8] = []
        while packed.count < 4 << 20 { packed += members.randomElement(using: &random) ?? [] }
        guard case .bytes(let all) = one(packed, chunk: .max, buffer: 100_000) else { throw Failed() }
        let source = GzipMembersSource(BytesSource(packed), keepsResumePoints: true)
        var room = [UInt8](repeating: 0, count: 300_000), read = 0, seen: Set<Int> = []
        _ = source.ahead.doSome()
        while case let count = try room.withUnsafeMutableBytes({ try source.read(into: $0) }), count > 0 {
            read += count
            while source.ahead.doSome() {}
            guard case .gzip(let point)? = source.resumePoints.last(upTo: read), seen.insert(point.packed).inserted
            else { continue }
            let rest = try GzipSource(BytesSource(Array(packed.dropFirst(point.packed))), at: point)
            #expect(try Reading.all(rest) == Array(all.dropFirst(point.inflated)))
        }
        #expect(read == all.count && seen.count > 1)
    }

    private struct Failed: Error {}
}

/// Gives some bytes, and then fails.
private final class FailingSource: ByteSource {
    struct Failed: Error {}
    private let bytes: BytesSource
    init(_ bytes: [UInt8]) { self.bytes = BytesSource(bytes, chunk: 4096) }

    var length: Int? { nil }
    var canceller: (any ReadCanceller)? { nil }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try bytes.read(into: buffer)
        if count == 0 { throw Failed() }
        return count
    }
}

extension ArchiveFault {
    /// The same fault at the other's offset, where ISA-L knows its own only within some bytes.
    fileprivate func aligned(to other: ArchiveFault?) -> ArchiveFault {
        guard case .damaged(let format, let why, let offset) = self, why == "impossible compressed data",
            case .damaged(_, _, let otherOffset) = other, abs(offset - otherOffset) <= 16
        else { return self }
        return .damaged(format: format, why: why, offset: otherOffset)
    }
}

/// Set once, seen by all.
private final class Flag: Sendable {
    private let value = Atomic(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
