import CBackupKernels

/// The next level and value of a leaf, while rows are written. It holds nothing: its slice must be there.
@safe struct LeafCursor {
    private let definitions: UnsafePointer<UInt8>?
    private let repetitions: UnsafePointer<UInt8>?
    private var level: Int
    private let end: Int
    private let full: Int
    /// Values of the run that is used, and the next of them.
    private var run: Int
    private var value: Int
    private var count = 0
    private var numbers: UnsafePointer<Int64>?
    private var spans: UnsafePointer<ByteSpan>?
    private var bytes: UnsafePointer<UInt8>?
    private var indexes: UnsafePointer<UInt32>?

    init(_ piece: SlicePiece, full: Int) {
        unsafe definitions = unsafe piece.slice.definitions.map { unsafe UnsafePointer($0.base) }
        unsafe repetitions = unsafe piece.slice.repetitions.map { unsafe UnsafePointer($0.base) }
        (level, end, self.full) = (piece.position.level, piece.end.level, full)
        (run, value) = (piece.position.run, piece.position.value)
        if run < piece.slice.runs.count { use(piece.slice.runs[run]) }
    }

    private mutating func use(_ run: ValueRun) {
        count = run.count
        unsafe numbers = nil
        unsafe spans = nil
        unsafe bytes = nil
        unsafe indexes = nil
        switch run.kind {
        case .numbers: unsafe numbers = unsafe UnsafePointer(run.numbers)
        case .spans(let block): unsafe (spans, bytes) = unsafe (UnsafePointer(run.spans), UnsafePointer(block.base))
        case .indexes: unsafe indexes = unsafe UnsafePointer(run.indexes)
        }
    }

    var isAtEnd: Bool { level == end }
    /// Levels of the next value; only where there is one.
    @inline(__always)
    var definition: Int { if let definitions = unsafe definitions { unsafe Int(definitions[level]) } else { full } }
    @inline(__always)
    var repetition: Int { if let repetitions = unsafe repetitions { unsafe Int(repetitions[level]) } else { 0 } }

    /// The next value is NULL, or a list that is empty.
    mutating func passLevel() { level += 1 }

    enum Value {
        case number(Int64)
        case bytes(ValueBytes)
        /// The text of a dictionary, by its index.
        case text(Int, run: Int)
    }

    /// The next value, which is there.
    @inline(__always)
    mutating func next(_ runs: [ValueRun]) throws(ParquetError) -> Value {
        if value == count {
            guard run + 1 < runs.count else { throw .damaged("its values end too early") }
            (run, value) = (run + 1, 0)
            use(runs[run])
        }
        defer {
            value += 1
            level += 1
        }
        if let numbers = unsafe numbers { return .number(unsafe numbers[value]) }
        if let spans = unsafe spans, let bytes = unsafe bytes { return .bytes(unsafe spans[value].bytes(bytes)) }
        if let indexes = unsafe indexes { return .text(unsafe Int(indexes[value]), run: run) }
        throw .damaged("its values end too early")
    }
}
