import BackupBytes

/// How much a slice is to have.
struct SliceSize {
    /// Rows that are needed.
    var rows: Int
    /// It ends with the row whose values pass so many bytes.
    var weight: Int
    /// Rows there may be, as long as the slice has no more than `spare` bytes.
    var mostRows: Int
    var spare: Int
}

/// A slice that is being decoded: what is left of the one before it, and levels and values after that.
///
/// It ends after so many rows, or with the row whose values pass a number of bytes. That depends on the rows alone, so
/// that a reader which resumes there makes the same batches.
@safe struct SliceBuilder {
    private let pool: BlockPool
    private let isRepeated: Bool
    private let full: UInt8
    /// What a level weighs beside its value.
    private let each: Int
    private let size: SliceSize
    private var definitions: [UInt8] = []
    private var repetitions: [UInt8] = []
    private var levelCount = 0
    /// Rows that have begun.
    private(set) var rows = 0
    private var runs: [ValueRun] = []
    /// Bytes of its values that are spans.
    private(set) var byteCount = 0
    /// Bytes of its values at the most; exact where `isExact`.
    private var bound = 0
    private var isExact = true
    private var isClosed = false
    /// Levels after which it looks at how much it has.
    private static let step = 2048

    init(_ leaf: Leaf, each: Int, _ size: SliceSize, of pool: BlockPool) {
        self.pool = pool
        (isRepeated, full) = (leaf.maxRepetition > 0, UInt8(leaf.maxDefinition))
        (self.each, self.size) = (each, size)
    }

    /// Begins with what comes after a position in a slice.
    mutating func begin(with slice: LeafSlice, after position: SlicePosition) {
        let count = slice.levelCount - position.level
        guard count > 0 else { return }
        if let levels = slice.definitions {
            unsafe definitions.append(contentsOf: levels.bytes[position.level ..< slice.levelCount])
        } else if full > 0 {
            definitions += Array(repeating: full, count: count)
        }
        if let levels = slice.repetitions {
            unsafe repetitions.append(contentsOf: levels.bytes[position.level ..< slice.levelCount])
        }
        levelCount = count
        rows = slice.rowCount - position.row
        for (number, run) in slice.runs[position.run...].enumerated() {
            add(number == 0 ? run.from(position.value) : run)
        }
    }

    /// Whether what it has passes the number of bytes.
    private mutating func isHeavy() -> Bool {
        guard bound + levelCount * each > size.weight else { return false }
        if !isExact { (bound, isExact) = (runs.reduce(0) { $0 + $1.weight }, true) }
        return bound + levelCount * each > size.weight
    }

    /// It has the rows that are needed, and as many bytes as there are for more.
    private var isEnough: Bool { rows >= size.rows && bound + levelCount * 8 > size.spare }

    /// Nothing is to be added. Of lists, a row that may continue is not over.
    mutating func isFull() -> Bool {
        isClosed || (!isRepeated && (rows >= size.mostRows || isEnough || (rows > 0 && isHeavy())))
    }

    /// The values have more bytes than there are to be.
    mutating func isPastWeight() -> Bool { isHeavy() }

    /// How many of the levels that come next belong to it; 0: the next begins another row. `byRow`: those of one row.
    mutating func count(
        _ available: Int, of levels: UnsafePointer<UInt8>, byRow: Bool
    ) throws(ParquetError) -> Int {
        guard isRepeated else {
            return min(available, (rows < size.rows ? size.rows : size.mostRows) - rows, Self.step)
        }
        var begun = rows, past = 0
        let limit = isEnough ? rows : rows < size.rows ? size.rows : size.mostRows
        let most = isHeavy() ? max(1, begun) : byRow ? min(limit, begun + 1) : limit
        while past < available {
            if unsafe levels[past] == 0 {
                if begun == most { break }
                begun += 1
            } else if begun == 0 {
                throw .damaged("its levels continue a list before the first row")
            }
            past += 1
        }
        rows = begun
        if past == 0 { isClosed = true }
        return past
    }

    mutating func add(_ run: ValueRun) {
        if run.count == 0 { return }
        runs.append(run)
        byteCount += run.byteCount
        bound += run.bound
        if case .indexes = run.kind { isExact = false }
    }

    mutating func add(definitions: UnsafePointer<UInt8>, repetitions: UnsafePointer<UInt8>, _ count: Int) {
        if full > 0 {
            unsafe self.definitions.append(contentsOf: UnsafeBufferPointer(start: definitions, count: count))
        }
        if isRepeated {
            unsafe self.repetitions.append(contentsOf: UnsafeBufferPointer(start: repetitions, count: count))
        } else {
            rows += count
        }
        levelCount += count
    }

    /// The slice.
    func end() -> LeafSlice {
        var slice = LeafSlice(rowCount: rows, levelCount: levelCount, runs: runs, bound: bound + levelCount * each)
        slice.heaviest = (runs.map(\.heaviest).max() ?? 0) + each
        let values = runs.reduce(0) { $0 + $1.count }
        if full > 0 && values < levelCount { slice.definitions = block(definitions) }
        if isRepeated { slice.repetitions = block(repetitions) }
        return slice
    }

    private func block(_ bytes: [UInt8]) -> Block {
        let block = Block(bytes.count, of: pool)
        unsafe block.room.copyBytes(from: bytes)
        return block
    }
}
