import TestSupport
import Testing

@testable import BackupParquet

/// Each decoder beside a slow one, over random pages, whole and damaged: the same values, or both refuse.
@Suite struct DecoderTests {
    private static let most = 700

    private func leaf(_ type: PhysicalType, length: Int = 0) -> Leaf {
        Leaf(path: ["x"], type: type, length: length, annotation: nil, maxDefinition: 0, maxRepetition: 0)
    }

    /// The values of a page, decoded in pieces of random sizes: the bytes of each, those of numbers the lowest first.
    private func decode(
        _ bytes: [UInt8], _ encoding: ParquetEncoding, _ leaf: Leaf, _ count: Int, limit: Int,
        _ pages: inout RandomPages
    ) throws -> [[UInt8]] {
        let page = Block(bytes.count)
        page.room.copyBytes(from: bytes)
        let decoder = try ValueDecoders.decoder(
            encoding.rawValue, of: leaf, page.cursor(0, bytes.count), in: page, valueCount: limit, dictionary: nil)
        var values: [[UInt8]] = []
        while values.count < count {
            let run = try decoder.decode(min(count - values.count, pages.int(1 ... 300)))
            let cut = pages.int(0 ... run.count)
            values += (0 ..< cut).map { Self.bytes(of: run, $0) }
            let rest = run.from(cut)
            values += (0 ..< rest.count).map { Self.bytes(of: rest, $0) }
        }
        return values
    }

    private static func bytes(of run: ValueRun, _ index: Int) -> [UInt8] {
        if case .spans(let block) = run.kind { return Array(run.spans[index].bytes(block.base).bytes) }
        let number = run.numbers[index]
        return (0 ..< 8).map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }
    }

    private func bytes(_ numbers: [Int64]) -> [[UInt8]] {
        numbers.map { number in (0 ..< 8).map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) } }
    }

    /// Compares the decoders over many pages; returns how many both refuse. `make`: the bytes of a page of so many
    /// values; `slow`: its values.
    private func compare(
        _ encoding: ParquetEncoding, _ leaf: Leaf, seed: UInt64,
        _ make: (inout RandomPages, Int) -> [UInt8], _ slow: ([UInt8], Int) throws -> [[UInt8]]
    ) throws -> Int {
        var pages = RandomPages(seed: seed), refused = 0
        for round in 0 ..< Effort.rounds(150) {
            let count = pages.int(0 ... Self.most)
            var page = make(&pages, count)
            if round % 3 > 0 { page = pages.damaged(page) }
            let expected = try? slow(page, count)
            let found = try? decode(page, encoding, leaf, count, limit: count, &pages)
            refused += expected == nil ? 1 : 0
            if count > 0 { #expect(found == expected, "round \(round), \(count) values") }
            if round % 3 == 0 { #expect(expected != nil) }
        }
        return refused
    }

    @Test
    func hybridRunsAreThoseOfTheSlowDecoder() throws {
        var pages = RandomPages(seed: 171)
        for round in 0 ..< Effort.rounds(600) {
            let bits = round % 33, count = pages.int(1 ... Self.most), limit = (UInt64(1) << UInt64(bits)) - 1
            var bytes = pages.hybrid(count, bits: bits, limit: limit)
            if round % 2 > 0 { bytes = pages.damaged(bytes) }
            var slow = SlowPages(bytes)
            let expected = try? slow.hybrid(count, bits: bits).map { UInt32(truncatingIfNeeded: $0) }
            let block = Block(bytes.count)
            block.room.copyBytes(from: bytes)
            var fast = HybridRuns(try block.cursor(0, bytes.count), bits: bits), found: [UInt32]? = []
            do {
                var left = count
                while left > 0 {
                    let some = min(left, pages.int(1 ... 200))
                    var out = [UInt32](repeating: 0, count: some)
                    try fast.decode(some, into: &out)
                    found? += out
                    left -= some
                }
            } catch { found = nil }
            #expect(found == expected, "\(bits) bits, round \(round)")
        }
    }

    @Test
    func levelsInBothFormsAreThoseOfTheSlowDecoderAndNoneIsBeyondItsMaximum() throws {
        var pages = RandomPages(seed: 172), refused = 0
        for round in 0 ..< Effort.rounds(600) {
            let limit = pages.int(1 ... 9), bits = Levels.bits(limit), count = pages.int(1 ... Self.most)
            let isOld = round % 2 == 0
            var bytes = pages.hybrid(count, bits: bits, limit: UInt64(limit))
            if isOld || round % 4 == 1 { bytes = pages.damaged(bytes) }
            var slow = SlowPages(bytes)
            var expected = isOld ? try? slow.packedLevels(count, bits: bits) : try? slow.hybrid(count, bits: bits)
            if expected?.contains(where: { $0 > UInt64(limit) }) == true { expected = nil }
            let block = Block(bytes.count)
            block.room.copyBytes(from: bytes)
            let cursor = try block.cursor(0, bytes.count)
            var levels = isOld ? Levels(packed: cursor, limit: limit) : Levels(runs: cursor, limit: limit)
            var out = [UInt8](repeating: 0, count: count)
            let found = (try? levels.decode(count, into: &out)).map { out.map(UInt64.init) }
            refused += expected == nil ? 1 : 0
            #expect(found == expected, "levels up to \(limit), round \(round)")
        }
        #expect(refused > 0)
    }

    @Test(arguments: [true, false])
    func deltaNumbersAreThoseOfTheSlowDecoder(isNarrow: Bool) throws {
        let refused = try compare(.deltaBinaryPacked, leaf(isNarrow ? .int32 : .int64), seed: 173) { pages, count in
            pages.deltas(pages.numbers(count, isNarrow: isNarrow))
        } _: { page, count in
            var slow = SlowPages(page)
            let values = try slow.deltas(isNarrow: isNarrow, limit: count)
            guard values.count >= count else { throw SlowPages.Damaged() }
            return bytes(Array(values[..<count]))
        }
        #expect(refused > 0)
    }

    @Test
    func stringsOfAllEncodingsAreThoseOfTheSlowDecoder() throws {
        var refused = try compare(.plain, leaf(.byteArray), seed: 174) { pages, count in
            pages.plain(pages.strings(count))
        } _: { page, count in
            var slow = SlowPages(page)
            return try slow.plainStrings(count)
        }
        refused += try compare(.deltaLengthByteArray, leaf(.byteArray), seed: 175) { pages, count in
            pages.deltaLength(pages.strings(count))
        } _: { page, count in
            var slow = SlowPages(page)
            return try slow.deltaLengthStrings(count, limit: count)
        }
        refused += try compare(.deltaByteArray, leaf(.byteArray), seed: 176) { pages, count in
            pages.delta(pages.strings(count))
        } _: { page, count in
            var slow = SlowPages(page)
            return try slow.deltaStrings(count, limit: count)
        }
        #expect(refused > 0)
    }

    @Test
    func splitStreamsAreThoseOfTheSlowDecoder() throws {
        for (type, width) in [
            (PhysicalType.double, 8), (.int64, 8), (.float, 4), (.int32, 4), (.fixedLengthByteArray, 5),
        ] {
            let refused = try compare(.byteStreamSplit, leaf(type, length: width), seed: 177) { pages, count in
                (0 ..< count * width).map { _ in UInt8(pages.int(0 ... 255)) }
            } _: { page, count in
                try SlowPages(page).split(count, width: width).map { value in
                    // Numbers of four bytes are widened, those with a sign by it.
                    let fill: UInt8 = type == .int32 && (value.last ?? 0) >= 0x80 ? 0xFF : 0
                    return value.count == 4 ? value + Array(repeating: fill, count: 4) : value
                }
            }
            #expect(refused > 0)
        }
    }

    @Test(arguments: [true, false])
    func anIndexBeyondTheDictionaryIsRefusedAndOthersGiveItsValues(makesTexts: Bool) throws {
        func block(_ bytes: [UInt8]) -> Block {
            let block = Block(bytes.count)
            block.room.copyBytes(from: bytes)
            return block
        }
        let page = block([7, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0])
        let dictionary = try ChunkDictionary(
            PlainNumbers(page.cursor(0, 12), of: nil, .int32), count: 3, valueCount: 100, form: .signed, json: nil,
            makesTexts: makesTexts)
        // Two bits each: five times an index.
        func run(_ index: UInt8) throws -> ValueRun {
            let bytes = block([2, 10, index])
            return try DictionaryIndexes(bytes.cursor(0, 3), of: dictionary).decode(5)
        }
        let found = try run(2)
        if case .indexes(let texts) = found.kind {
            #expect(makesTexts && String(decoding: texts.text(Int(found.indexes[4])).bytes, as: UTF8.self) == "9")
        } else {
            #expect(!makesTexts && found.numbers[4] == 9)
        }
        let error = #expect(throws: ParquetError.self) { try run(3) }
        #expect(error?.why == "an index of 3 where the dictionary has 3 values")
    }

    @Test
    func numbersAsTextAreThoseOfSwift() {
        var pages = RandomPages(seed: 178)
        for round in 0 ..< Effort.rounds(20_000) {
            let value = Int64(bitPattern: pages.random.next()) >> Int64(round % 64), scale = round % 22
            var out = [UInt8](repeating: 0, count: 128)
            var count = out.withUnsafeMutableBufferPointer { NumberText.put(value, $0.baseAddress!) }
            #expect(String(decoding: out[..<count], as: UTF8.self) == "\(value)")
            count = out.withUnsafeMutableBufferPointer { DecimalText.put(value, scale: scale, $0.baseAddress!) }
            var digits = String(value.magnitude)
            digits = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
            if scale > 0 { digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -scale)) }
            #expect(String(decoding: out[..<count], as: UTF8.self) == (value < 0 ? "-" : "") + digits)
        }
    }
}
