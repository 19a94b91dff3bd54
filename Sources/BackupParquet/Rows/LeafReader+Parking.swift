/// Columns that have too much in memory together let go of their pages between slices, and read them again.
extension LeafReader {
    /// A page of more bytes is not held for values that are being written.
    static let largePage = 8 << 20

    var isParked: Bool { parked != nil }

    /// The pages held are too many, and this one is not the one large page that there has to be.
    var isToBeParked: Bool {
        guard tools.held > limits.held, parked == nil, held > 0 else { return false }
        return held <= limits.held / 2 || tools.held - held > limits.held / 2
    }

    /// Lets go of the page and the dictionary. The slice holds them no longer.
    func park() {
        slice.detach()
        let isOver = chunkLeft + pageLeft + levelsLeft == 0
        parked = isOver || decoder == nil ? nil : pageCount - pageLeft - levelsLeft
        release()
        (pageLeft, levelCount, levelsUsed) = (0, 0, 0)
    }

    /// Has the page and the dictionary again, and goes to where it was.
    func unpark() throws {
        guard let used = parked, let pages else { return }
        if let offset = dictionaryOffset {
            pages.go(to: offset)
            try readDictionary()
        }
        pages.go(to: pageOffset)
        chunkLeft = chunkLeftBefore
        try nextPage()
        parked = nil
        var left = used
        while left > 0, try prepare() {
            let count = min(left, levelsLeft)
            try decodeValues(count) { _ in true }
            left -= count
        }
    }

    /// Counts what is held.
    func count() {
        let now = block.count + (dictionary?.size ?? 0)
        tools.held += now - held
        held = now
    }

    /// Holds no page.
    func release() {
        (dictionary, decoder, block) = (nil, nil, Block())
        count()
    }
}
