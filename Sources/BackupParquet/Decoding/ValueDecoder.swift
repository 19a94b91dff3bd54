/// Decodes the values of one page.
protocol ValueDecoder: AnyObject {
    /// Decodes up to `wanted` values, at least one.
    func decode(_ wanted: Int) throws(ParquetError) -> ValueRun

    /// The bytes of values are put together, so that they may be far more than the page's.
    var makesBytes: Bool { get }
}

extension ValueDecoder {
    var makesBytes: Bool { false }
}

/// Makes the decoder of a page's values.
enum ValueDecoders {
    /// `page`: which the bytes are a part of. `dictionary`: the chunk's, where it has one.
    /// `mostBytes`: of the strings that are given at a time.
    static func decoder(
        _ encoding: Int, of leaf: Leaf, _ bytes: Cursor, in page: Block, valueCount: Int,
        dictionary: ChunkDictionary?, mostBytes: Int = ValueRun.mostBytes
    ) throws(ParquetError) -> any ValueDecoder {
        guard let encoding = ParquetEncoding(rawValue: encoding) else {
            throw .unsupported("its pages have an encoding that is not known (\(encoding))")
        }
        switch (encoding, leaf.type) {
        case (.plain, .boolean): return PlainBooleans(bytes, of: page.pool)
        case (.plain, .byteArray): return PlainStrings(bytes, in: page, mostBytes: mostBytes)
        case (.plain, .int96): return FixedBytes(bytes, in: page, width: 12)
        case (.plain, .fixedLengthByteArray) where leaf.isShortDecimal:
            return PlainDecimals(bytes, of: page.pool, width: leaf.length)
        case (.plain, .fixedLengthByteArray): return FixedBytes(bytes, in: page, width: leaf.length)
        case (.plain, _): return PlainNumbers(bytes, of: page.pool, leaf.type)
        case (.plainDictionary, _), (.rleDictionary, _):
            guard let dictionary else { throw .damaged("a page refers to a dictionary, and there is none") }
            return try DictionaryIndexes(bytes, of: dictionary)
        case (.rle, .boolean): return try RunBooleans(bytes, of: page.pool)
        case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
            return try DeltaNumbers(bytes, of: page.pool, isNarrow: leaf.type == .int32, limit: valueCount)
        case (.deltaLengthByteArray, .byteArray): return try DeltaLengthStrings(bytes, in: page, limit: valueCount)
        case (.deltaByteArray, .byteArray): return try DeltaStrings(bytes, of: page.pool, limit: valueCount, width: nil)
        case (.deltaByteArray, .fixedLengthByteArray):
            return try DeltaStrings(bytes, of: page.pool, limit: valueCount, width: leaf.length)
        case (.byteStreamSplit, .fixedLengthByteArray):
            return try SplitStreams(bytes, of: page.pool, leaf.type, width: leaf.length)
        case (.byteStreamSplit, .int32), (.byteStreamSplit, .int64), (.byteStreamSplit, .float),
            (.byteStreamSplit, .double):
            return try SplitStreams(bytes, of: page.pool, leaf.type, width: leaf.type.width ?? 0)
        default:
            throw .damaged("a page of \(leaf.type.name) values has an encoding that they cannot have (\(encoding))")
        }
    }
}
