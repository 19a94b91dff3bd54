import BackupBytes
import CBackupKernels

/// The values of a chunk's dictionary, their texts made once. In a batch each is written once, however often it occurs.
@safe final class DictionaryTexts {
    /// What is known of a text.
    struct Marks: OptionSet {
        let rawValue: UInt8
        /// JSON escapes none of its bytes.
        static let clean = Marks(rawValue: 1)
        /// It is no UTF-8, and should be.
        static let badText = Marks(rawValue: 2)
    }

    private(set) var texts: [ByteSpan] = []
    private(set) var marks: [Marks] = []
    /// By value: the batch that has it, and where.
    private let places: UnsafeMutablePointer<Location>
    private struct Location {
        var batch: Int
        var field: bk_field
    }
    private let made = Block()

    /// Decodes the dictionary of a page. `form`: of texts in cells; with `json`, of values inside lists and groups.
    init(
        _ decoder: any ValueDecoder, count: Int, page: Block, form: TextForm, json: NestedText?
    ) throws(ParquetError) {
        unsafe places = .allocate(capacity: max(1, count))
        unsafe places.initialize(repeating: Location(batch: -1, field: TextSlab.null), count: count)
        let values = ValueBuffer(), text = TextSlab(Slab(capacity: 4096))
        var ends: [Int] = [], left = count
        texts.reserveCapacity(count)
        marks.reserveCapacity(count)
        while left > 0 {
            let decoded = try decoder.decode(min(left, ValueBuffer.capacity), into: values)
            left -= decoded
            for index in 0 ..< decoded {
                if let json {
                    let isGood =
                        try unsafe form.isOfBytes
                        ? unsafe json.put(values.spans[index], text) : json.put(values.numbers[index], text)
                    marks.append(isGood ? [] : .badText)
                } else if form.isAsStored {
                    // Bytes of pages stay where they are; those that a decoder makes do not.
                    let span = unsafe values.spans[index]
                    try text.append(span)
                    marks.append(CleanText.isClean(span) ? .clean : [])
                } else {
                    try FlatColumn.put(values, index, form, text)
                    marks.append(.clean)
                }
                ends.append(text.end)
            }
        }
        made.begin(text.end)
        unsafe made.room.copyMemory(from: .init(start: text.base, count: text.end))
        var start = TextSlab.front
        for end in ends {
            unsafe texts.append(ByteSpan(made.base + start, end - start))
            start = end
        }
        withExtendedLifetime(page) {}
    }

    deinit { unsafe places.deallocate() }

    var count: Int { texts.count }

    /// The mark of a value in the batch with this number, written where it is not there yet.
    @inline(__always)
    func field(_ index: Int, batch: Int, _ text: TextSlab, endsApart: Bool) throws(ParquetError) -> bk_field {
        if unsafe places[index].batch == batch { return unsafe places[index].field }
        let value = texts[index], start = text.end
        try text.append(value)
        let field = text.field(from: start, BK_QUOTED, isClean: marks[index].contains(.clean))
        if endsApart { try text.append(0x0A) }
        unsafe places[index] = Location(batch: batch, field: field)
        return field
    }
}
