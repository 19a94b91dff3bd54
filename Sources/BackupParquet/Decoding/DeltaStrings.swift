/// DELTA_BYTE_ARRAY: each value as the number of bytes it has in common with the one before it, and the rest.
@safe final class DeltaStrings: ValueDecoder {
    private var prefixes: DeltaLengths
    private var suffixes: DeltaLengths
    private var bytes: Cursor
    private var last: [UInt8] = []
    /// The values that were decoded last.
    private let block = Block()
    private let width: Int?

    /// Bytes of values that are put together at a time, unless one alone has more.
    private static let pieceLimit = 1 << 20
    private static let valueLimit = 256 << 20

    /// `width`: bytes that each value must have.
    init(_ bytes: Cursor, limit: Int, width: Int?) throws(ParquetError) {
        prefixes = try DeltaLengths(bytes, limit: limit)
        suffixes = try DeltaLengths(prefixes.rest, limit: limit)
        self.bytes = suffixes.rest
        self.width = width
    }

    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int {
        var made: [UInt8] = [], ends: [Int] = []
        while ends.count < wanted && made.count < Self.pieceLimit {
            let prefix = try prefixes.next(), suffix = try suffixes.next()
            guard prefix <= last.count else { throw .damaged("a value begins with more than the one before it has") }
            guard prefix + suffix <= Self.valueLimit else {
                throw ParquetError(.overLimit, "a value is longer than \(Self.valueLimit) bytes")
            }
            let rest: UnsafePointer<UInt8> = try unsafe bytes.take(suffix)
            last.removeLast(last.count - prefix)
            unsafe last.append(contentsOf: unsafe UnsafeBufferPointer(start: rest, count: suffix))
            if let width, last.count != width { throw .damaged("a value of \(last.count) bytes where \(width) belong") }
            made.append(contentsOf: last)
            ends.append(made.count)
        }
        block.begin(made.count)
        unsafe block.room.copyBytes(from: made)
        var start = 0
        for (index, end) in ends.enumerated() {
            unsafe values.spans[index] = unsafe ByteSpan(block.base + start, end - start)
            start = end
        }
        return ends.count
    }
}
