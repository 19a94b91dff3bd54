import BackupChanges
import BackupRows
import Foundation
import TestSupport
import Testing

/// The logs of the fixtures: read in any pieces, spilled, cut and damaged.
@Suite struct OwnLogTests {
    static let logs = Files.below(Files.fixtures).filter { $0.hasPrefix("36-binlog") && $0.contains("/mysql-bin.") }

    private static var skipping: ChangeOptions {
        var options = ChangeOptions()
        options.skipsStatements = true
        options.folder = NSTemporaryDirectory()
        return options
    }

    private static func read(
        _ bytes: [UInt8], _ options: ChangeOptions = skipping, size: Int = .max
    ) throws -> LogLines {
        try LogLines([("mysql-bin.000001", bytes)], changes: options, size: size)
    }

    @Test(arguments: logs)
    func piecesOfAnySizeGiveTheSameLines(path: String) throws {
        let bytes = try Files.bytes(Files.fixtures + "/" + path), whole = try Self.read(bytes)
        #expect(!whole.lines.isEmpty)
        for size in [1, 2, 7, 19, 100, 4096] {
            let read = try Self.read(bytes, size: size)
            #expect(read.lines == whole.lines && read.notes == whole.notes, "\(size) bytes")
        }
    }

    @Test(arguments: logs)
    func transactionsThatSpillGiveTheSameLines(path: String) throws {
        let bytes = try Files.bytes(Files.fixtures + "/" + path), whole = try Self.read(bytes)
        for memory in [1, 60, 300, 2000] {
            var options = Self.skipping
            options.transactionMemory = memory
            #expect(try Self.read(bytes, options).lines == whole.lines, "\(memory) bytes")
        }
    }

    /// What comes after an event is what its line is followed by.
    @Test(arguments: logs)
    func whatComesAfterAnEventIsTheRest(path: String) throws {
        let bytes = try Files.bytes(Files.fixtures + "/" + path), whole = try Self.read(bytes).lines
        let positions = whole.compactMap { line in
            line.firstMatch(of: /"pos":([0-9]+),"row"/).flatMap { Int($0.1) }
        }
        #expect(positions.count == whole.count)
        for (index, position) in positions.enumerated() where positions.dropFirst(index + 1).first != position {
            var options = Self.skipping
            options.after = LogPosition(file: "mysql-bin.000001", position: position)
            #expect(try Self.read(bytes, options).lines == Array(whole[(index + 1)...]), "after \(position)")
        }
    }

    /// Tables of logs that come and go do not lend their columns to others.
    @Test func flatLinesHaveTheColumnsOfTheirTable() throws {
        var options = Self.skipping
        options.isFlat = true
        let names = Self.logs.filter { !$0.contains("compressed") }
        let texts = try names.map { try Files.bytes(Files.fixtures + "/" + $0) }
        let alone = try texts.map { try Self.read($0, options).lines }
        let logs = (0 ..< 40 * texts.count).map { index in
            (name: "mysql-bin.\(100_000 + index)", bytes: texts[index % texts.count])
        }
        let together = try LogLines(logs, changes: options).lines
        let wanted = (0 ..< logs.count).flatMap { index in
            alone[index % texts.count].map { $0.replacing("mysql-bin.000001", with: logs[index].name) }
        }
        #expect(together == wanted)
    }

    /// Also where the server that wrote the first log stopped, and named no other.
    @Test func missingLogsAreNamed() throws {
        let path = try #require(Self.logs.first { $0.contains("savepoints") })
        let bytes = try Files.bytes(Files.fixtures + "/" + path)
        var at = 4, end = 4
        while at < bytes.count {
            if bytes[at + 4] != 4 { end = at + Int(bytes[at + 9]) + Int(bytes[at + 10]) << 8 }
            at += Int(bytes[at + 9]) + Int(bytes[at + 10]) << 8
        }
        let stopped = Array(bytes[..<end])
        func notes(_ names: [String]) throws -> [String] {
            try LogLines(names.map { ($0, stopped) }, changes: Self.skipping).notes.filter { $0.contains("missing") }
        }
        #expect(try notes(["mysql-bin.000001", "mysql-bin.000002"]).isEmpty)
        let gap = try notes(["mysql-bin.000001", "mysql-bin.000003"])
        #expect(gap.count == 1 && gap[0].hasPrefix("mysql-bin.000003 comes after mysql-bin.000001"))
    }

    @Test(arguments: logs)
    func aLogThatIsCutGivesAFrontOfItsLinesAndNoOthers(path: String) throws {
        let bytes = try Files.bytes(Files.fixtures + "/" + path), whole = try Self.read(bytes).lines
        var ends = 0
        for end in stride(from: 0, to: bytes.count, by: Effort.rounds(1) > 1 ? 1 : 13) {
            do {
                let read = try Self.read(Array(bytes[..<end]))
                #expect(whole.starts(with: read.lines), "cut at \(end)")
                ends += 1
            } catch let error as ChangeError {
                #expect(error.kind == .damaged && error.position.map { $0 <= end } ?? true, "\(error)")
            }
        }
        #expect(ends > 0)
    }

    @Test(arguments: logs)
    func aBitThatIsAnotherFailsTheChecksum(path: String) throws {
        let bytes = try Files.bytes(Files.fixtures + "/" + path)
        var random = SeededRandom(seed: 18)
        for _ in 0 ..< Effort.rounds(60) {
            var damaged = bytes
            damaged[Int.random(in: 4 ..< bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0 ... 7, using: &random)
            #expect(throws: ChangeError.self) { try Self.read(damaged) }
        }
    }

    /// Without checksums: lines or one error, never a crash.
    @Test(arguments: logs)
    func damageThatNoChecksumShowsGivesLinesOrAnError(path: String) throws {
        let bytes = try Files.bytes(Files.fixtures + "/" + path)
        var random = SeededRandom(seed: 19), errors = 0
        for _ in 0 ..< Effort.rounds(300) {
            var damaged = bytes
            for _ in 0 ... Int.random(in: 0 ... 3, using: &random) {
                damaged[Int.random(in: 4 ..< bytes.count, using: &random)] =
                    [0, 1, 0x7F, 0x80, 0xFE, 0xFF, UInt8.random(in: 0 ... 255, using: &random)]
                    .randomElement(using: &random) ?? 0
            }
            do { _ = try Self.read(LogChecksums.renewed(damaged)) } catch let error as ChangeError {
                errors += 1
                #expect(!error.why.isEmpty)
            }
        }
        #expect(errors > 0)
    }
}
