import BackupBytes

/// DELTA_BYTE_ARRAY: each value as the number of bytes it has in common with the one before it, and the rest.
@safe final class DeltaStrings: ValueDecoder {
    private let pool: BlockPool?
    private var prefixes: DeltaLengths
    private var suffixes: DeltaLengths
    private var bytes: Cursor
    /// The value that was made last, and its block.
    private var block = Block()
    private var last = (start: 0, count: 0)
    private let width: Int?

    /// Bytes of values that are put together at a time, unless one alone has more.
    private static let pieceLimit = ValueRun.mostBytes
    private static let valueLimit = 256 << 20

    /// `width`: bytes that each value must have.
    init(_ bytes: Cursor, of pool: BlockPool?, limit: Int, width: Int?) throws(ParquetError) {
        self.pool = pool
        prefixes = try DeltaLengths(bytes, limit: limit)
        suffixes = try DeltaLengths(prefixes.rest, limit: limit)
        self.bytes = suffixes.rest
        self.width = width
    }

    var makesBytes: Bool { true }

    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun {
        var parts: [(prefix: Int, count: Int)] = [], sum = 0, before = last.count
        parts.reserveCapacity(wanted)
        while parts.count < wanted && sum < Self.pieceLimit {
            let prefix = try prefixes.next(), suffix = try suffixes.next()
            guard prefix <= before else { throw .damaged("a value begins with more than the one before it has") }
            before = prefix + suffix
            guard before <= Self.valueLimit else {
                throw ParquetError(.overLimit, "a value is longer than \(Self.valueLimit) bytes")
            }
            if let width, before != width { throw .damaged("a value of \(before) bytes where \(width) belong") }
            parts.append((prefix, before))
            sum += before
        }
        let made = Block(sum, of: pool), out = unsafe made.base
        var from = unsafe UnsafePointer(block.base) + last.start, at = 0
        let run = try unsafe ValueRun(spans: parts.count, in: made) { spans throws(ParquetError) in
            for index in parts.indices {  // hot loop
                let (prefix, count) = parts[index], rest: UnsafePointer<UInt8> = try unsafe bytes.take(count - prefix)
                unsafe (out + at).update(from: from, count: prefix)
                unsafe (out + at + prefix).update(from: rest, count: count - prefix)
                unsafe spans[index] = ByteSpan(at, count)
                unsafe from = unsafe UnsafePointer(out) + at
                last = (at, count)
                at += count
            }
            return at
        }
        block = made
        return run
    }
}
