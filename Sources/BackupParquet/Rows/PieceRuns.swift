import BackupRows
import CBackupKernels

/// Makes the runs of each column of a batch: known pieces where values have a dictionary, numbers as they are, texts
/// where they lie; what has another form becomes text first.
@safe final class PieceRuns {
    private let rows: ParquetRows
    private let emitter: Emitter
    /// Texts that are made for this batch.
    let text: TextSlab
    /// Memory that runs are in.
    private var blocks: [Block] = []

    init(_ rows: ParquetRows, _ emitter: Emitter) {
        (self.rows, self.emitter) = (rows, emitter)
        text = TextSlab(rows.slabs.take(), of: rows.slabs)
    }

    deinit { rows.slabs.giveBack(text.slab) }

    /// The runs of a column of values; nil: they are written another way.
    func runs(of flat: FlatWriter, _ index: Int) throws(ParquetError) -> [PieceRun]? {
        let piece = rows.pieces[flat.leaf]
        var runs: [PieceRun] = [], number = piece.position.run, value = piece.position.value
        while number < piece.end.run || (number == piece.end.run && value < piece.end.value) {
            guard number < piece.slice.runs.count else { return nil }
            let values = piece.slice.runs[number], past = number == piece.end.run ? piece.end.value : values.count
            if past > value {
                guard let run = try run(values, value, past - value, flat, index) else { return nil }
                runs.append(run)
            }
            (number, value) = (number + 1, 0)
        }
        return runs
    }

    private func run(
        _ values: ValueRun, _ first: Int, _ count: Int, _ flat: FlatWriter, _ index: Int
    ) throws(ParquetError) -> PieceRun? {
        let value = rows.plan.columns[index].value
        switch values.kind {
        case .indexes(let texts):
            guard let known = texts.pieces(rows, index, emitter) else { return nil }
            return unsafe PieceRun(BK_PIECE_KNOWN, count, UnsafeRawPointer(values.indexes + first), of: known)
        case .numbers:
            let numbers = unsafe UnsafePointer(values.numbers + first)
            if let booleans = flat.booleans {
                guard let known = booleans.pieces(rows, index, emitter) else { return nil }
                return unsafe PieceRun(BK_PIECE_BOOL, count, UnsafeRawPointer(numbers), of: known)
            }
            guard let value, value == .text || flat.form.isDigits else { return nil }
            if let form = flat.form.piece {
                return unsafe PieceRun(
                    form, count, UnsafeRawPointer(numbers), isQuoted: value != .digits, scale: flat.form.scale)
            }
            return try unsafe rendered(count, isQuoted: value != .digits) { index throws(ParquetError) in
                try unsafe append(numbers[index], flat.form, isQuoted: value != .digits)
            }
        case .spans(let block):
            let spans = unsafe UnsafePointer(values.spans + first), base = unsafe UnsafePointer(block.base)
            if flat.form == .text || flat.form == .json {
                guard value == .text else { return nil }
                return unsafe PieceRun(BK_PIECE_TEXT, count, UnsafeRawPointer(spans), bytes: base, isQuoted: true)
            }
            let isJSON = flat.form == .interval
            guard flat.form != .bytes, isJSON || value == .text || (value != nil && flat.form.isDigits) else {
                return nil
            }
            return try unsafe rendered(count, isQuoted: !isJSON && value != .digits) { index throws(ParquetError) in
                try unsafe ValueText.append(spans[index].bytes(base), flat.form, text)
            }
        }
    }

    /// The text of a number; what is no number in JSON is in quotes.
    private func append(_ number: Int64, _ form: TextForm, isQuoted: Bool) throws(ParquetError) {
        try text.reserve(form.room(8) + 2)
        let isFinite =
            switch form {
            case .float: Float(bitPattern: UInt32(truncatingIfNeeded: number)).isFinite
            case .double: Double(bitPattern: UInt64(bitPattern: number)).isFinite
            default: true
            }
        if isFinite || isQuoted { return text.commit(unsafe ValueText.put(number, form, text.next)) }
        try text.append(UInt8(ascii: "\""))
        text.commit(unsafe ValueText.put(number, form, text.next))
        try text.append(UInt8(ascii: "\""))
    }

    /// Values whose text `body` writes.
    private func rendered(
        _ count: Int, isQuoted: Bool, _ body: (Int) throws(ParquetError) -> Void
    ) throws(ParquetError) -> PieceRun {
        let block = Block(count * 8, of: rows.setup.blocks)
        blocks.append(block)
        let places = unsafe UnsafeMutableRawPointer(block.base).assumingMemoryBound(to: bk_piece.self)
        for index in 0 ..< count {
            let start = text.end
            try body(index)
            unsafe places[index] = bk_piece(start: UInt32(start), length: UInt32(text.end - start))
        }
        return unsafe PieceRun(BK_PIECE_READY, count, UnsafeRawPointer(places), isQuoted: isQuoted)
    }

    /// The run of a column of lists, maps and groups, and a level for each row: 1 where it has a value.
    func run(of nested: NestedColumn, _ index: Int) throws(ParquetError) -> (PieceRun, levels: UnsafePointer<UInt8>)? {
        let isText = nested.values.types == .text
        if isText && rows.plan.columns[index].value != .text { return nil }
        let writer = NestedWriter(nested, Array(rows.pieces[nested.numbers]), text)
        let pool = rows.setup.blocks, levels = Block(rows.rowCount, of: pool)
        let block = Block(rows.rowCount * 8, of: pool)
        blocks += [levels, block]
        let places = unsafe UnsafeMutableRawPointer(block.base).assumingMemoryBound(to: bk_piece.self)
        var count = 0
        for row in 0 ..< rows.rowCount {
            let start = text.end, isNull = try writer.writeRow()
            if writer.takeBadText() != nil { return nil }
            unsafe levels.base[row] = isNull ? 0 : 1
            if isNull {
                text.truncate(to: start)
            } else {
                unsafe places[count] = bk_piece(start: UInt32(start), length: UInt32(text.end - start))
                count += 1
            }
        }
        guard writer.replaced == 0 else { return nil }
        let run = unsafe PieceRun(
            isText ? BK_PIECE_TEXT : BK_PIECE_READY, count, UnsafeRawPointer(places), isQuoted: isText)
        return unsafe (run, UnsafePointer(levels.base))
    }
}

extension TextForm {
    /// As the kernel writes numbers of this form itself.
    fileprivate var piece: bk_piece_form? {
        switch self {
        case .signed, .bit: BK_PIECE_SIGNED
        case .decimal(let scale), .decimalBytes(let scale): (0 ... 8).contains(scale) ? BK_PIECE_DECIMAL : nil
        case .date: BK_PIECE_DATE
        default: nil
        }
    }

    fileprivate var scale: Int {
        switch self {
        case .decimal(let scale), .decimalBytes(let scale): scale
        default: 0
        }
    }

    /// Its texts are numbers of JSON, but for NaN and the infinities of floats.
    fileprivate var isDigits: Bool {
        switch self {
        case .signed, .unsigned32, .unsigned64, .bit, .float, .double, .decimal, .decimalBytes: true
        default: false
        }
    }

    /// The kernel writes its numbers faster than they are found in a large dictionary.
    var isQuick: Bool { piece != nil || self == .text }
}
