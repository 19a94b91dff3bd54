import BackupBytes

/// The dictionary of a chunk: its values, and their texts where many values of the chunk share one.
@safe final class ChunkDictionary {
    private let values: ValueRun
    /// nil: values are written one by one.
    let texts: DictionaryTexts?

    /// So many texts are found faster than they are made, where that is quick.
    private static let quickCount = 1 << 12

    /// Decodes the dictionary that is a page. `valueCount`: values of the chunk. `makesTexts`: it is held for long.
    init(
        _ decoder: any ValueDecoder, count: Int, valueCount: Int, form: TextForm, json: NestedText?,
        keyLength: Int = 0, makesTexts: Bool
    ) throws(ParquetError) {
        values = try decoder.decode(count)
        guard values.count == count else { throw .damaged("its dictionary ends too early") }
        let replaced = json?.replaced
        let most = json == nil && form.isQuick ? min(valueCount / 2, Self.quickCount) : valueCount / 2
        let texts =
            makesTexts && count <= most
            ? try DictionaryTexts(values, form: form, json: json, keyLength: keyLength) : nil
        // What is replaced is counted value by value.
        self.texts = json?.replaced == replaced ? texts : nil
    }

    var count: Int { values.count }
    /// Bytes that it needs.
    var countInMemory: Int {
        let page = if case .spans(let block) = values.kind { block.countInMemory } else { 0 }
        return page + values.countInMemory + (texts?.size ?? 0)
    }
    var countInFile: Int {
        let page = if case .spans(let block) = values.kind { block.countInFile } else { 0 }
        return page + values.countInFile
    }

    /// Whether its values lie in a file: few are to be used at a time.
    var isInFile: Bool { values.isInFile }
    func evict() { values.evict() }
    var pool: BlockPool? { values.pool }

    /// Bytes of the value at an index that it holds, where they are not few.
    func weight(_ index: UInt32) -> Int { values.weight(Int(index)) }

    /// The values at indexes that it holds.
    func values(at indexes: UnsafePointer<UInt32>, _ count: Int) -> ValueRun {
        switch values.kind {
        case .spans(let block):
            return unsafe ValueRun(spans: count, in: block) { spans in
                let from = unsafe values.spans
                var sum = 0
                for index in 0 ..< count {  // hot loop
                    let span = unsafe from[Int(indexes[index])]
                    unsafe spans[index] = span
                    sum += Int(span.count)
                }
                return sum
            }
        case .numbers, .indexes:
            let run = ValueRun(numbers: count, of: pool), from = unsafe values.numbers, out = unsafe run.numbers
            for index in 0 ..< count { unsafe out[index] = unsafe from[Int(indexes[index])] }  // hot loop
            return run
        }
    }
}
