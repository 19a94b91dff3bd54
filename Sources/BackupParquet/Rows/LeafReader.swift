/// The values of one leaf, a chunk after another: its pages, decoded slice by slice.
@safe final class LeafReader {
    let leaf: Leaf
    let form: TextForm
    /// For values inside lists and groups; nil for those of cells.
    private let json: NestedText?
    let tools: PageTools
    let limits: ParquetLimits
    private let file: any RangedBytes

    var pages: PageFeed?
    /// Values of the chunk that are in pages to come, and of the page that have not been used.
    var chunkLeft = 0
    var pageLeft = 0
    private var chunkCount = 0
    var block: Block
    var decoder: (any ValueDecoder)?
    private var repetitionLevels: Levels
    private var definitionLevels: Levels
    var dictionary: ChunkDictionary?
    /// Bytes that it holds, in memory and in files, as they are counted for all columns.
    private var held = 0
    private var spilled = 0

    /// Levels of values that come next.
    private let definitions: UnsafeMutablePointer<UInt8>
    private let repetitions: UnsafeMutablePointer<UInt8>
    var levelCount = 0
    var levelsUsed = 0
    /// Fewer where there are very many columns.
    private let levelCapacity: Int
    private static let mostLevels = 2048, levelsOfAll = 4 << 20

    /// The slice whose rows come next, and the position before them.
    var slice = LeafSlice()
    private(set) var position = SlicePosition()

    init(_ leaf: Leaf, form: TextForm, json: NestedText?, of file: ParquetFile, tools: PageTools) {
        (self.leaf, self.form, self.json, self.tools) = (leaf, form, json, tools)
        (self.file, limits, block) = (file.file, file.limits, Block(of: tools.pool))
        repetitionLevels = Levels(none: 0)
        definitionLevels = Levels(none: 0)
        levelCapacity = min(Self.mostLevels, max(64, Self.levelsOfAll / file.schema.leaves.count))
        unsafe definitions = .allocate(capacity: levelCapacity)
        unsafe repetitions = .allocate(capacity: levelCapacity)
    }

    deinit {
        unsafe definitions.deallocate()
        unsafe repetitions.deallocate()
    }

    /// Begins with the first value of a chunk. No page lies after byte `end`.
    func begin(_ chunk: ColumnChunk, before end: Int) throws {
        pages = try PageFeed(chunk, of: file, before: end, limits: limits, tools: tools)
        (chunkLeft, chunkCount, pageLeft, levelCount, levelsUsed) = (chunk.valueCount, chunk.valueCount, 0, 0, 0)
        release()
        (slice, position) = (LeafSlice(), SlicePosition())
    }

    var levelsLeft: Int { levelCount - levelsUsed }
    /// Rows of the slice that have not been used.
    var rowsLeft: Int { slice.rowCount - position.row }
    /// Whether all values of the chunk have been used.
    var isAtEnd: Bool { rowsLeft == 0 && levelsLeft == 0 && pageLeft == 0 && chunkLeft == 0 }
    private var full: UInt8 { UInt8(leaf.maxDefinition) }
    private var isRepeated: Bool { leaf.maxRepetition > 0 }
    /// What each level weighs beside its value.
    private var each: Int { json == nil ? 0 : leaf.weight }

    // MARK: Slices

    /// Uses rows of the slice.
    func use(_ rows: Int) { position = slice.position(rows, after: position, full: full) }

    /// Adds the bytes of its next rows to these weights.
    func weigh(into weights: inout [Int]) {
        slice.weigh(from: position, into: &weights, full: full, each: each)
    }

    /// Has a slice of so many rows, or of fewer where they have many bytes; of none at the end of the chunk. `columns`:
    /// how many there are that share the memory.
    func readSlice(_ rows: Int, columns: Int) throws {
        let spare = limits.slices / columns
        let most = min(spare / 8, limits.sliceRows)
        let size = SliceSize(rows: rows, weight: limits.batch, mostRows: max(rows, most), spare: spare)
        var next = SliceBuilder(leaf, each: each, size, of: tools.pool)
        next.begin(with: slice, after: position)
        while !next.isFull(), try prepare() {
            // Where a row ends is known where another begins, or the chunk ends.
            let count = try unsafe next.count(
                levelsLeft, of: repetitions + levelsUsed, byRow: decoder?.makesBytes == true)
            if count == 0 { break }
            try decodeValues(count, into: &next)
        }
        slice = next.end()
        position = SlicePosition()
        slice.detach()
        block.evict()
        dictionary?.evict()
    }

    /// Decodes the values of so many levels into a slice, or of fewer where these have many bytes.
    private func decodeValues(_ count: Int, into next: inout SliceBuilder) throws {
        let (levels, repetitions) = unsafe (definitions + levelsUsed, repetitions + levelsUsed)
        let used = try decodeValues(count) { run in
            next.add(run)
            if isRepeated && next.byteCount > TextSlab.limit {
                throw ParquetError(.overLimit, "the values of a row are longer than \(TextSlab.limit) bytes")
            }
            return isRepeated || !next.isPastWeight()
        }
        unsafe next.add(definitions: levels, repetitions: repetitions, used)
    }

    /// Decodes the values of so many levels, as long as `body` wants more; returns how many levels it has used.
    @discardableResult
    func decodeValues(_ count: Int, _ body: (ValueRun) throws -> Bool) throws -> Int {
        guard let decoder else { throw ParquetError.damaged("its values end too early") }
        let levels = unsafe definitions + levelsUsed, full = full
        var there = count
        if leaf.maxDefinition > 0 {
            there = 0
            for index in 0 ..< count { there += unsafe levels[index] == full ? 1 : 0 }  // hot loop
        }
        var done = 0, wantsMore = true
        while done < there && wantsMore {
            let run = try decoder.decode(there - done)
            done += run.count
            wantsMore = try body(run)
        }
        var used = count
        if done < there {
            // The levels of those values, and of what is NULL between them.
            var left = done
            used = 0
            while left > 0 {
                left -= leaf.maxDefinition == 0 ? 1 : unsafe levels[used] == full ? 1 : 0
                used += 1
            }
        }
        levelsUsed += used
        return used
    }

    /// Has levels of the next values at hand; false at the end of the chunk.
    func prepare() throws -> Bool {
        if levelsUsed < levelCount { return true }
        while pageLeft == 0 {
            if chunkLeft == 0 { return false }
            try nextPage()
        }
        let count = min(pageLeft, levelCapacity)
        if leaf.maxRepetition > 0 { try unsafe repetitionLevels.decode(count, into: repetitions) }
        if leaf.maxDefinition > 0 { try unsafe definitionLevels.decode(count, into: definitions) }
        (levelCount, levelsUsed) = (count, 0)
        pageLeft -= count
        return true
    }

    // MARK: Pages

    /// Passes over rows, right after `begin`.
    func skip(_ rows: Int, columns: Int) throws {
        var left = rows
        if !isRepeated { left -= try skipPages(ofRows: rows) }
        while left > 0 {
            try readSlice(min(left, levelCapacity), columns: columns)
            guard slice.rowCount > 0 else { throw ParquetError.damaged("it has fewer values than rows") }
            // The slice may have rows after them.
            let some = min(left, rowsLeft)
            left -= some
            use(some)
        }
    }

    /// Passes over pages that hold no more than so many rows, each of which is one value; returns how many rows.
    private func skipPages(ofRows rows: Int) throws -> Int {
        var skipped = 0
        while let pages, chunkLeft > 0 {
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

    func nextPage() throws {
        guard let pages else { throw ParquetError.damaged("it has no pages") }
        switch try pages.peek().kind {
        case .dictionary: try readDictionary()
        case .other: try pages.skip()
        case .data, .dataV2:
            // Values of the page before may still be used where they lie.
            (decoder, block) = (nil, Block(of: tools.pool))
            count()
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
            header.encoding, of: leaf, bytes, in: block, valueCount: header.valueCount, dictionary: dictionary)
        chunkLeft -= header.valueCount
        pageLeft = header.valueCount
        count()
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

    func readDictionary() throws {
        guard let pages, dictionary == nil, decoder == nil else {
            throw ParquetError.damaged("it has a second dictionary, or one after its values")
        }
        let held = Block(of: tools.pool), page = try pages.next(into: held), header = page.header
        do {
            guard [ParquetEncoding.plain.rawValue, ParquetEncoding.plainDictionary.rawValue].contains(header.encoding)
            else { throw ParquetError.damaged("its dictionary has an encoding that it cannot have") }
            // A value of a dictionary has a byte at least, but for booleans and those of no bytes.
            guard header.valueCount <= max(1 << 16, held.count) else {
                throw ParquetError.damaged("its dictionary is said to have \(header.valueCount) values")
            }
            let plain = try ValueDecoders.decoder(
                ParquetEncoding.plain.rawValue, of: leaf, held.cursor(0, held.count), in: held,
                valueCount: header.valueCount, dictionary: nil, mostBytes: .max)
            dictionary = try ChunkDictionary(
                plain, count: header.valueCount, valueCount: chunkCount, form: form, json: json,
                keyLength: json == nil ? leaf.weight : 0, makesTexts: !held.isInFile && tools.held <= limits.held)
            dictionary?.evict()
            count()
        } catch let error as ParquetError { throw error.located(offset: page.offset) }
    }

    /// Counts what is held.
    private func count() {
        let now = block.countInMemory + (dictionary?.countInMemory ?? 0)
        let files = block.countInFile + (dictionary?.countInFile ?? 0)
        tools.held += now - held
        tools.spilled += files - spilled
        (held, spilled) = (now, files)
    }

    /// Holds no page.
    private func release() {
        (dictionary, decoder, block) = (nil, nil, Block(of: tools.pool))
        count()
    }
}
