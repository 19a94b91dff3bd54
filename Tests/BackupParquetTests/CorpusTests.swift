import BackupParquet
import BackupRows
import Foundation
import TestSupport
import Testing

/// Other people's Parquet files: the rows that are written beside them, or a clear error.
@Suite(.enabled(if: Files.exists(Files.corpus + "/parquet"), "no corpus beside this package"))
struct CorpusTests {
    private static let folder = Files.corpus + "/parquet"
    static let files = Files.below(folder).filter { $0.hasSuffix(".parquet") }

    /// Each file has its rows where the corpus says which; else rows or an error, both without a crash.
    @Test(arguments: files)
    func fileHasItsRows(name: String) throws {
        let bytes = try Files.bytes(Self.folder + "/" + name)
        guard let expected = try Self.expected(name) else {
            let fault = Self.fault(bytes)
            #expect(fault != nil || !Self.mustFail(name), "it is read, and should not be")
            return
        }
        let lines = try ParquetLines.lines(bytes)
        #expect(lines.count == expected.count)
        for (number, (line, wanted)) in zip(lines, expected).enumerated() where !LooseNumbers.same(line, wanted) {
            Issue.record("line \(number + 1) is \(line.prefix(600)) where \(wanted.prefix(600)) belongs")
            return
        }
    }

    /// Batches of any size have the same lines, and reading can resume at any of their ends.
    @Test(arguments: files)
    func batchesOfAnySizeHaveTheSameLines(name: String) throws {
        let bytes = try Files.bytes(Self.folder + "/" + name)
        guard let whole = try? ParquetLines.lines(bytes), bytes.count < 200_000 else { return }
        for (rows, weight) in [(1, 1 << 20), (3, 20), (7, 300), (1000, 100)] where whole.count * rows < 300_000 {
            var limits = ParquetLimits()
            (limits.batchRows, limits.batch) = (rows, weight)
            let read = try ParquetLines.read(bytes, limits: limits)
            #expect(read.lines == whole, "\(rows) rows, \(weight) bytes")
            let ends = read.batches.indices.map { read.batches[...$0].reduce(0, +) }
            for end in ends.shuffled().prefix(3) + ends.suffix(1) {
                let rest = try ParquetLines.read(bytes, limits: limits, from: end)
                #expect(rest.lines == Array(whole[end...]), "from row \(end)")
            }
        }
    }

    static func fault(_ bytes: [UInt8]) -> String? {
        do { _ = try ParquetLines.lines(bytes) } catch { return "\(error)" }
        return nil
    }

    private static func mustFail(_ name: String) -> Bool {
        name.contains("damaged-") || name.contains("encrypt")
    }

    private static func expected(_ name: String) throws -> [String]? {
        let stem = String(name.dropLast(".parquet".count)), file = stem.split(separator: "/").last ?? ""
        let found = ["data-\(file)", "\(file)--\(file)"].map { "\(folder)/expected/\($0).jsonl.gz" }
            .first(where: Files.exists)
        guard let found else { return nil }
        let text = String(decoding: try Packing.gunzip(try Files.bytes(found)), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}
