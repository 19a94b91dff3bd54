import BackupBytes

/// Values of a page, decoded one after another and not yet written: numbers, where bytes lie, or indexes of a
/// dictionary.
///
/// Numbers are two's complement in 64 bits, floats their bits, booleans 0 and 1.
@safe struct ValueRun: Sendable {
    enum Kind: Sendable {
        case numbers
        /// Of bytes that lie in this block.
        case spans(Block)
        /// Of values whose texts are made.
        case indexes(DictionaryTexts)
    }

    let kind: Kind
    private(set) var count: Int
    /// Values of the memory that come before them.
    private var first = 0
    /// Bytes of the values, where they are spans.
    private(set) var byteCount = 0
    /// No value has more bytes, where these are not few.
    private(set) var heaviest = 0
    private let memory: Block

    /// Numbers, which are to be written.
    init(numbers count: Int, of pool: BlockPool?) {
        (kind, self.count) = (.numbers, count)
        memory = Block(count * 8, of: pool)
    }

    /// Indexes, which are to be written.
    init(indexes count: Int, of texts: DictionaryTexts) {
        (kind, self.count, heaviest) = (.indexes(texts), count, texts.heaviest)
        memory = Block(count * 4, of: texts.pool)
    }

    /// Spans; `fill` writes them, and returns the bytes they have.
    init<Failure: Error>(
        spans count: Int, in block: Block, _ fill: (UnsafeMutablePointer<ByteSpan>) throws(Failure) -> Int
    ) throws(Failure) {
        (kind, self.count) = (.spans(block), count)
        memory = Block(count * 8, of: block.pool)
        byteCount = try unsafe fill(spans)
        var most: UInt32 = 0
        for index in 0 ..< count { unsafe most = max(most, spans[index].count) }  // hot loop
        heaviest = Int(most)
    }

    var numbers: UnsafeMutablePointer<Int64> { unsafe Self.memory(memory) + first }
    var spans: UnsafeMutablePointer<ByteSpan> { unsafe Self.memory(memory) + first }
    var indexes: UnsafeMutablePointer<UInt32> { unsafe Self.memory(memory) + first }

    private static func memory<Value>(_ block: Block) -> UnsafeMutablePointer<Value> {
        unsafe UnsafeMutableRawPointer(block.base).assumingMemoryBound(to: Value.self)
    }

    var pool: BlockPool? { memory.pool }
    /// Bytes that only it has.
    var countInMemory: Int { memory.countInMemory }
    var countInFile: Int { memory.countInFile }
    /// Whether its values or what they lie in are a file.
    var isInFile: Bool {
        if case .spans(let block) = kind { memory.isInFile || block.isInFile } else { memory.isInFile }
    }

    func evict() {
        memory.evict()
        if case .spans(let block) = kind { block.evict() }
    }

    /// The first so many; those after them have no bytes.
    func first(_ count: Int) -> ValueRun {
        var front = self
        front.count = count
        return front
    }

    /// Those from `index` on.
    func from(_ index: Int) -> ValueRun {
        if index == 0 { return self }
        var rest = self
        rest.first += index
        rest.count -= index
        if case .spans = kind { rest.byteCount = rest.weight }
        return rest
    }

    /// Bytes of all its values, where these are not few.
    var weight: Int {
        var sum = 0
        for index in 0 ..< count { sum += weight(index) }
        return sum
    }

    /// Bytes of a value, where these are not few: of numbers none.
    @inline(__always)
    func weight(_ index: Int) -> Int {
        switch kind {
        case .numbers: 0
        case .spans: unsafe Int(spans[index].count)
        case .indexes(let texts): unsafe texts.weight(Int(indexes[index]))
        }
    }

    /// The same at the most, without a look at each.
    var bound: Int {
        switch kind {
        case .numbers: 0
        case .spans: byteCount
        case .indexes: count * heaviest
        }
    }

    /// The same values, copied out of a page in a file, unless they are large: those stay there.
    func detached() -> ValueRun {
        guard case .spans(let block) = kind, block.isInFile, byteCount <= Self.mostCopied else { return self }
        let own = Block(byteCount, of: pool)
        var end = 0
        return unsafe ValueRun(spans: count, in: own) { spans in
            for index in 0 ..< count {
                let span = unsafe self.spans[index], length = Int(span.count)
                unsafe (own.base + end).update(from: block.base + Int(span.start), count: length)
                unsafe spans[index] = ByteSpan(end, length)
                end += length
                // Wherever one lies, the system has what is around it in memory too.
                if index & 63 == 63 { block.evict() }
            }
            return end
        }
    }

    /// A decoder gives no more bytes at a time, unless one value alone has more.
    static let mostBytes = 1 << 20
    private static let mostCopied = 2 * mostBytes
}
