/// The values of one leaf, a chunk after another: levels and values of its pages, decoded in small pieces.
@safe final class LeafReader {
    let leaf: Leaf
    let form: TextForm
    /// For values inside lists and groups; nil for those of cells.
    let json: NestedText?
    private let tools: PageTools
    private let limits: ParquetLimits
    private let file: any RangedBytes

    private var pages: PageFeed?
    /// Values of the chunk that are in pages to come, and of the page that are not in `definitions` yet.
    private var chunkLeft = 0
    private var pageLeft = 0
    private let block = Block()
    private var decoder: (any ValueDecoder)?
    private var repetitionLevels: Levels
    private var definitionLevels: Levels
    private(set) var dictionary: DictionaryTexts?
    /// The values of this page are indexes of the dictionary.
    private(set) var isIndexed = false

    /// Levels of values that come next.
    let definitions: UnsafeMutablePointer<UInt32>
    private let repetitions: UnsafeMutablePointer<UInt32>
    private(set) var levelCount = 0
    private(set) var levelsUsed = 0
    /// Values of those levels that are there and have not been decoded.
    private var valuesToDecode = 0
    let values = ValueBuffer()

    init(_ leaf: Leaf, form: TextForm, json: NestedText?, of file: ParquetFile, tools: PageTools) {
        (self.leaf, self.form, self.json, self.tools) = (leaf, form, json, tools)
        (self.file, limits) = (file.file, file.limits)
        repetitionLevels = Levels(none: 0)
        definitionLevels = Levels(none: 0)
        unsafe definitions = .allocate(capacity: ValueBuffer.capacity)
        unsafe repetitions = .allocate(capacity: ValueBuffer.capacity)
    }

    deinit {
        unsafe definitions.deallocate()
        unsafe repetitions.deallocate()
    }

    /// Begins with the first value of a chunk. No page lies after byte `end`.
    func begin(_ chunk: ColumnChunk, before end: Int) throws {
        pages = try PageFeed(chunk, of: file, before: end, limits: limits, tools: tools)
        (chunkLeft, pageLeft, levelCount, levelsUsed, valuesToDecode) = (chunk.valueCount, 0, 0, 0, 0)
        (values.count, values.used) = (0, 0)
        (dictionary, decoder, isIndexed) = (nil, nil, false)
    }

    var levelsLeft: Int { levelCount - levelsUsed }
    /// Whether all values of the chunk have been used.
    var isAtEnd: Bool { levelsLeft == 0 && pageLeft == 0 && chunkLeft == 0 }
    /// Of the next value; only where there is one.
    var definition: UInt32 { unsafe definitions[levelsUsed] }
    var repetition: UInt32 { unsafe repetitions[levelsUsed] }

    /// Has levels of the next values at hand; false at the end of the chunk.
    func prepare() throws -> Bool {
        if levelsUsed < levelCount { return true }
        while pageLeft == 0 {
            if chunkLeft == 0 { return false }
            try nextPage()
        }
        let count = min(pageLeft, ValueBuffer.capacity)
        if leaf.maxRepetition > 0 { try unsafe repetitionLevels.decode(count, into: repetitions) }
        var there = count
        if leaf.maxDefinition > 0 {
            try unsafe definitionLevels.decode(count, into: definitions)
            let full = UInt32(leaf.maxDefinition)
            there = 0
            for index in 0 ..< count { there += unsafe definitions[index] == full ? 1 : 0 }
        }
        (levelCount, levelsUsed) = (count, 0)
        pageLeft -= count
        valuesToDecode = there
        return true
    }

    /// So many levels have been used.
    func useLevels(_ count: Int) { levelsUsed += count }

    /// Has a value at hand that is there.
    func prepareValue() throws {
        if values.left > 0 { return }
        guard valuesToDecode > 0, let decoder else { throw ParquetError.damaged("its values end too early") }
        values.used = 0
        values.count = 0
        values.count = try decoder.decode(valuesToDecode, into: values)
        valuesToDecode -= values.count
    }

    // MARK: Pages

    /// Passes over pages that hold no more than so many rows, each of which is one value; returns how many rows.
    func skipPages(ofRows rows: Int) throws -> Int {
        var skipped = 0
        while let pages, pageLeft == 0, levelsLeft == 0, chunkLeft > 0 {
            let header = try pages.peek()
            switch header.kind {
            case .dictionary: try readDictionary()
            case .other: try pages.skip()
            case .data, .dataV2:
                guard header.valueCount <= min(rows - skipped, chunkLeft) else { return skipped }
                try pages.skip()
                chunkLeft -= header.valueCount
                skipped += header.valueCount
            }
        }
        return skipped
    }

    private func nextPage() throws {
        guard let pages else { throw ParquetError.damaged("it has no pages") }
        switch try pages.peek().kind {
        case .dictionary: try readDictionary()
        case .other: try pages.skip()
        case .data, .dataV2:
            let page = try pages.next(into: block)
            do { try begin(page) } catch { throw error.located(offset: page.offset) }
        }
    }

    private func begin(_ page: Page) throws(ParquetError) {
        let header = page.header
        guard header.valueCount <= chunkLeft else {
            throw .damaged("a page has \(header.valueCount) values where \(chunkLeft) are left")
        }
        var bytes = try block.cursor(0, block.count)
        if header.kind == .dataV2 {
            repetitionLevels = Levels(runs: try bytes.take(header.repetitionBytes), limit: leaf.maxRepetition)
            definitionLevels = Levels(runs: try bytes.take(header.definitionBytes), limit: leaf.maxDefinition)
        } else {
            repetitionLevels = try levels(header, header.repetitionEncoding, leaf.maxRepetition, &bytes)
            definitionLevels = try levels(header, header.definitionEncoding, leaf.maxDefinition, &bytes)
        }
        decoder = try ValueDecoders.decoder(
            header.encoding, of: leaf, bytes, valueCount: header.valueCount, dictionaryCount: dictionary?.count)
        isIndexed = decoder is DictionaryIndexes
        chunkLeft -= header.valueCount
        pageLeft = header.valueCount
    }

    /// Levels of a page of the first version.
    private func levels(
        _ header: PageHeader, _ encoding: Int, _ limit: Int, _ bytes: inout Cursor
    ) throws(ParquetError) -> Levels {
        if limit == 0 { return Levels(none: 0) }
        switch ParquetEncoding(rawValue: encoding) {
        case .rle:
            let count = try bytes.length()
            return Levels(runs: try bytes.take(count), limit: limit)
        case .bitPacked:
            let count = (header.valueCount * Levels.bits(limit) + 7) / 8
            return Levels(packed: try bytes.take(count), limit: limit)
        default: throw .damaged("its levels have an encoding that they cannot have (\(encoding))")
        }
    }

    private func readDictionary() throws {
        guard let pages, dictionary == nil, decoder == nil else {
            throw ParquetError.damaged("it has a second dictionary, or one after its values")
        }
        let held = Block(), page = try pages.next(into: held), header = page.header
        do {
            guard [ParquetEncoding.plain.rawValue, ParquetEncoding.plainDictionary.rawValue].contains(header.encoding)
            else { throw ParquetError.damaged("its dictionary has an encoding that it cannot have") }
            guard header.valueCount <= max(1, held.count) * 8 else {
                throw ParquetError.damaged("its dictionary is said to have \(header.valueCount) values")
            }
            let plain = try ValueDecoders.decoder(
                ParquetEncoding.plain.rawValue, of: leaf, held.cursor(0, held.count), valueCount: header.valueCount,
                dictionaryCount: nil)
            dictionary = try DictionaryTexts(plain, count: header.valueCount, page: held, form: form, json: json)
        } catch let error as ParquetError { throw error.located(offset: page.offset) }
    }
}
