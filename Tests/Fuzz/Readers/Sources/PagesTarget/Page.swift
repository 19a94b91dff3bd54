import FuzzSupport

@testable import BackupParquet

/// The bytes of a page, and how many values are asked of it, so many at a time.
struct Page {
    private let bytes: [UInt8]
    private let count: Int
    private let step: Int

    init(_ bytes: [UInt8], count: Int, step: Int) { (self.bytes, self.count, self.step) = (bytes, count, step) }

    private func block() -> Block {
        let block = Block(bytes.count)
        block.room.copyBytes(from: bytes)
        return block
    }

    static func bytes(of number: Int64) -> [UInt8] {
        (0 ..< 8).map { UInt8(truncatingIfNeeded: number >> (8 * Int64($0))) }
    }

    /// So many values, `body` asked for a few at a time; nil where it refuses.
    private func decoded<Value>(_ body: (Int) throws -> [Value]) -> [Value]? {
        var values: [Value] = []
        do {
            while values.count < count { values += try body(min(step, count - values.count)) }
        } catch { return nil }
        return values
    }

    func compareHybrid(bits: Int) {
        let block = block()
        guard let cursor = try? block.cursor(0, bytes.count) else { return }
        var runs = HybridRuns(cursor, bits: bits), slow = SlowPages(bytes)
        let fast = decoded { some in
            var out = [UInt32](repeating: 0, count: some)
            try runs.decode(some, into: &out)
            return out
        }
        let expected = try? slow.hybrid(count, bits: bits).map { UInt32(truncatingIfNeeded: $0) }
        withExtendedLifetime(block) {}
        if fast != expected { found("runs of \(bits) bits: \(fast ?? []), not \(expected ?? [])") }
    }

    func compareLevels(limit: Int, isOld: Bool) {
        let block = block()
        guard let cursor = try? block.cursor(0, bytes.count) else { return }
        var levels = isOld ? Levels(packed: cursor, limit: limit) : Levels(runs: cursor, limit: limit)
        var slow = SlowPages(bytes)
        let fast = decoded { some in
            var out = [UInt8](repeating: 0, count: some)
            try levels.decode(some, into: &out)
            return out.map(UInt64.init)
        }
        let bits = Levels.bits(limit)
        var expected = isOld ? try? slow.packedLevels(count, bits: bits) : try? slow.hybrid(count, bits: bits)
        if expected?.contains(where: { $0 > UInt64(limit) }) == true { expected = nil }
        withExtendedLifetime(block) {}
        if fast != expected { found("levels up to \(limit): \(fast ?? []), not \(expected ?? [])") }
    }

    /// `slow`: the values of the page.
    func compare(
        _ encoding: ParquetEncoding, _ type: PhysicalType, length: Int = 0,
        _ slow: (inout SlowPages, Int) throws -> [[UInt8]]
    ) {
        let leaf = Leaf(path: ["x"], type: type, length: length, annotation: nil, maxDefinition: 0, maxRepetition: 0)
        let page = block()
        let decoder = try? ValueDecoders.decoder(
            encoding.rawValue, of: leaf, page.cursor(0, bytes.count), in: page, valueCount: count, dictionary: nil)
        let fast = decoder.flatMap { decoder in
            decoded { some in
                let run = try decoder.decode(some)
                return (0 ..< run.count).map { index in
                    if case .spans(let block) = run.kind { return Array(run.spans[index].bytes(block.base).bytes) }
                    return Self.bytes(of: run.numbers[index])
                }
            }
        }
        var pages = SlowPages(bytes)
        let expected = try? slow(&pages, count)
        if count > 0, fast != expected { found("\(encoding): \(fast ?? []), not \(expected ?? [])") }
    }

    // MARK: Thrift

    func readHeader() {
        bytes.withUnsafeBytes { bytes in
            var reader = ThriftReader(bytes)
            _ = try? PageHeader(&reader)
        }
    }

    func readFooter() {
        bytes.withUnsafeBytes { bytes in
            var reader = ThriftReader(bytes)
            guard let metadata = try? FileMetadata(&reader) else { return }
            _ = try? SchemaTree(metadata.schema, limits: ParquetLimits())
        }
    }
}
