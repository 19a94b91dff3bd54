import BackupParquet
import BackupRows
import Foundation
import TestSupport
import Testing

/// Damaged files: rows or one clear error, never a crash, never memory that a small file cannot need.
@Suite struct MutationTests {
    static let names = OwnFilesTests.names

    private static var limits: ParquetLimits {
        var limits = ParquetLimits()
        limits.page = 1 << 20
        return limits
    }

    /// Reads as long as there are not more rows than the file was made with, many times over.
    private static func read(_ bytes: [UInt8]) -> String? {
        do {
            let file = try ParquetFile(RangedArray(bytes), limits: limits)
            guard file.rowCount < 10_000 else { return "too many rows" }
            _ = try ParquetLines.lines(bytes, limits: limits)
            return nil
        } catch let error as ParquetError {
            return error.why
        } catch let fault as RowFault {
            return fault.code.reason
        } catch { return "\(error)" }
    }

    @Test(arguments: names)
    func aByteThatIsAnotherGivesRowsOrAnError(name: String) throws {
        let bytes = try OwnFilesTests.bytes(name)
        var random = SeededRandom(seed: 34), errors = 0
        let rounds = Effort.rounds(60)
        for round in 0 ..< rounds {
            var damaged = bytes
            // The footer, which says where all else lies, as often as the pages.
            let from = round % 2 == 0 ? max(0, bytes.count - 2000) : 0
            for _ in 0 ... Int.random(in: 0 ... 2, using: &random) {
                let at = Int.random(in: from ..< bytes.count, using: &random)
                damaged[at] =
                    [0, 1, 0x7F, 0x80, 0xFF, damaged[at] ^ 1 << UInt8.random(in: 0 ... 7, using: &random)]
                    .randomElement(using: &random) ?? 0
            }
            if let why = Self.read(damaged) {
                errors += 1
                #expect(!why.isEmpty)
            }
        }
        #expect(errors > 0)
    }

    @Test(arguments: names)
    func aFileThatIsCutAnywhereIsDamaged(name: String) throws {
        let bytes = try OwnFilesTests.bytes(name)
        var random = SeededRandom(seed: 35)
        for _ in 0 ..< Effort.rounds(20) {
            let end = Int.random(in: 0 ..< bytes.count, using: &random)
            #expect(Self.read(Array(bytes[..<end])) != nil)
        }
    }

    @Test
    func anyOtherFilesBytesAreReadOrRefused() throws {
        let folder = Files.corpus + "/parquet"
        var random = SeededRandom(seed: 36), outcomes = 0
        for name in Files.below(folder) where name.hasSuffix(".parquet") {
            let bytes = try Files.bytes(folder + "/" + name)
            guard bytes.count < 8000 else { continue }
            for _ in 0 ..< Effort.rounds(20) {
                var damaged = bytes
                damaged[Int.random(in: 4 ..< bytes.count - 8, using: &random)] = UInt8.random(
                    in: 0 ... 255, using: &random)
                _ = Self.read(damaged)
                outcomes += 1
            }
        }
        #expect(outcomes > 0 || !Files.exists(folder))
    }
}
