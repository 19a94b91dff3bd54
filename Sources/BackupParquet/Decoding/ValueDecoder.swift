/// Decodes the values of one page, which it holds no longer than the page is there.
protocol ValueDecoder: AnyObject {
    /// Decodes up to `wanted` values into the front of `values`, at least one; returns how many.
    func decode(_ wanted: Int, into values: ValueBuffer) throws(ParquetError) -> Int
}

/// Makes the decoder of a page's values.
enum ValueDecoders {
    /// `dictionaryCount`: how many values the dictionary of the chunk has; nil where it has none.
    static func decoder(
        _ encoding: Int, of leaf: Leaf, _ bytes: Cursor, valueCount: Int, dictionaryCount: Int?
    ) throws(ParquetError) -> any ValueDecoder {
        guard let encoding = ParquetEncoding(rawValue: encoding) else {
            throw .unsupported("its pages have an encoding that is not known (\(encoding))")
        }
        switch (encoding, leaf.type) {
        case (.plain, .boolean): return PlainBooleans(bytes)
        case (.plain, .byteArray): return PlainStrings(bytes)
        case (.plain, .int96): return FixedBytes(bytes, width: 12)
        case (.plain, .fixedLengthByteArray): return FixedBytes(bytes, width: leaf.length)
        case (.plain, _): return PlainNumbers(bytes, leaf.type)
        case (.plainDictionary, _), (.rleDictionary, _):
            guard let dictionaryCount else { throw .damaged("a page refers to a dictionary, and there is none") }
            return try DictionaryIndexes(bytes, limit: dictionaryCount)
        case (.rle, .boolean): return try RunBooleans(bytes)
        case (.deltaBinaryPacked, .int32), (.deltaBinaryPacked, .int64):
            return try DeltaNumbers(bytes, isNarrow: leaf.type == .int32, limit: valueCount)
        case (.deltaLengthByteArray, .byteArray): return try DeltaLengthStrings(bytes, limit: valueCount)
        case (.deltaByteArray, .byteArray): return try DeltaStrings(bytes, limit: valueCount, width: nil)
        case (.deltaByteArray, .fixedLengthByteArray):
            return try DeltaStrings(bytes, limit: valueCount, width: leaf.length)
        case (.byteStreamSplit, .fixedLengthByteArray): return try SplitStreams(bytes, leaf.type, width: leaf.length)
        case (.byteStreamSplit, .int32), (.byteStreamSplit, .int64), (.byteStreamSplit, .float),
            (.byteStreamSplit, .double):
            return try SplitStreams(bytes, leaf.type, width: leaf.type.width ?? 0)
        default:
            throw .damaged("a page of \(leaf.type.name) values has an encoding that they cannot have (\(encoding))")
        }
    }
}
