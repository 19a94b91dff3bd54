import BackupParquet
import BackupRows
import Foundation
import TestSupport
import Testing

/// The files of Tests/ParquetFiles: every encoding and codec, and the lines that stand beside them.
@Suite struct OwnFilesTests {
    private static let folder = Files.root + "/Tests/ParquetFiles"
    static let names = Files.names(in: folder).filter { $0.hasSuffix(".ndjson") }.map { String($0.dropLast(7)) }

    static func bytes(_ name: String) throws -> [UInt8] { try Files.bytes("\(folder)/\(name).parquet") }

    static func lines(_ name: String) throws -> [String] {
        try Files.text("\(folder)/\(name).ndjson").split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }

    @Test(arguments: names)
    func aFileBecomesTheLinesThatWereMadeFromTheSameValues(name: String) throws {
        let lines = try ParquetLines.lines(try Self.bytes(name)), expected = try Self.lines(name)
        #expect(lines.count == expected.count)
        for (number, (line, wanted)) in zip(lines, expected).enumerated() where !LooseNumbers.same(line, wanted) {
            Issue.record("line \(number + 1) is \(line) where \(wanted) belongs")
            return
        }
    }

    @Test(arguments: names)
    func batchesOfAnySizeHaveTheSameLinesAndReadingResumesAtAnyOfTheirEnds(name: String) throws {
        let bytes = try Self.bytes(name), whole = try ParquetLines.lines(bytes)
        for (rows, weight) in [(1, 1 << 20), (2, 1), (7, 200), (5, 40), (1000, 500)] {
            var limits = ParquetLimits()
            (limits.batchRows, limits.batch) = (rows, weight)
            let read = try ParquetLines.read(bytes, limits: limits)
            #expect(read.lines == whole, "\(rows) rows, \(weight) bytes")
            for end in read.batches.indices.map({ read.batches[...$0].reduce(0, +) }) where end % 7 == 0 {
                let rest = try ParquetLines.read(bytes, limits: limits, from: end)
                #expect(rest.lines == Array(whole[end...]), "from row \(end)")
                let first = read.batches.indices.first { read.batches[...$0].reduce(0, +) == end } ?? 0
                #expect(rest.batches == Array(read.batches[(first + 1)...]), "from row \(end)")
            }
        }
    }

    /// Many columns have too much in memory together: the pages of others are in files.
    @Test(arguments: names)
    func columnsWhosePagesAreInFilesHaveTheSameLinesAndBatches(name: String) throws {
        let bytes = try Self.bytes(name)
        for (rows, weight) in [(2048, 1 << 20), (7, 200)] {
            var limits = ParquetLimits()
            (limits.batchRows, limits.batch) = (rows, weight)
            let whole = try ParquetLines.read(bytes, limits: limits)
            for (held, slices) in [(0, 0), (0, 20_000), (3000, 400)] {
                (limits.held, limits.slices, limits.step) = (held, slices, 100 + held)
                limits.pageInMemory = slices
                let read = try ParquetLines.read(bytes, limits: limits)
                #expect(read.lines == whole.lines, "\(held) bytes held, \(slices) in slices")
                #expect(read.batches == whole.batches, "\(held) bytes held, \(slices) in slices")
                let half = whole.batches.prefix(whole.batches.count / 2).reduce(0, +)
                let rest = try ParquetLines.read(bytes, limits: limits, from: half)
                #expect(rest.lines == Array(whole.lines[half...]))
            }
        }
    }

    @Test
    func optionsChangeValuesInsideListsAndGroupsAsTheyChangeCells() throws {
        var values = ValueOptions()
        (values.binary, values.bigIntegers, values.decimals) = (.hex, .string, .string)
        let flat = try ParquetLines.lines(try Self.bytes("plain"), values: values)
        let line = try #require(try JSONSerialization.jsonObject(with: Data(flat[0].utf8)) as? [String: Any])
        #expect(line["i64"] is String && line["dec"] is String && line["i32"] is NSNumber)
        let nested = try ParquetLines.lines(try Self.bytes("nested"), values: values)
        #expect(nested.allSatisfy { !$0.contains("=") })
        values.types = .text
        let texts = try ParquetLines.lines(try Self.bytes("nested"), values: values)
        let first = try #require(try JSONSerialization.jsonObject(with: Data(texts[1].utf8)) as? [String: Any])
        #expect(first.values.allSatisfy { $0 is String || $0 is NSNull })
    }
}
