import BackupBytes
import BackupRows
import CBackupKernels
import Synchronization

/// The texts of a dictionary's values, made once, one after another and a line feed after each.
@safe final class DictionaryTexts: Sendable {
    /// Bytes of all texts.
    let bytes: Block
    private let memory: Block
    private let values: ValueRun
    /// The most that a value weighs.
    let heaviest: Int

    private enum Known {
        case unmade
        /// nil: it has none.
        case made(KnownPieces?)
    }
    private let known = Mutex(Known.unmade)
    private let keyLength: Int

    /// Texts of more bytes are made anew for each value.
    private static let limit = 4 << 20
    /// Few and short texts are copied into each batch at once.
    private static let smallCount = 256, smallSize = 4096

    /// `form`: of texts in cells; with `json`, of values inside lists and groups. `keyLength`: of a piece, beside the
    /// text. nil: they have too many bytes.
    init?(_ values: ValueRun, form: TextForm, json: NestedText?, keyLength: Int) throws(ParquetError) {
        self.keyLength = keyLength
        let text = TextSlab(Slab(capacity: 4096)), kind = json == nil && form == .interval ? BK_JSON : BK_QUOTED
        let memory = Block(values.count * MemoryLayout<bk_field>.size, of: values.pool)
        let fields = unsafe UnsafeMutableRawPointer(memory.base).assumingMemoryBound(to: bk_field.self)
        var heaviest = 0
        for index in 0 ..< values.count {
            let start = text.end
            let isClean = try Self.write(values, index, form, json, text)
            var field = text.field(from: start, kind, isClean: isClean && kind == BK_QUOTED)
            // As it lies in `bytes`.
            field.start -= UInt32(TextSlab.front)
            field.end -= UInt32(TextSlab.front)
            unsafe fields[index] = field
            heaviest = max(heaviest, values.weight(index))
            try text.append(0x0A)
            if text.end > Self.limit { return nil }
        }
        bytes = Block(text.end - TextSlab.front, of: values.pool)
        unsafe bytes.room.copyMemory(from: .init(start: text.base + TextSlab.front, count: bytes.count))
        (self.memory, self.values, self.heaviest) = (memory, values, heaviest)
    }

    /// Returns whether JSON escapes none of the text's bytes; with `json`, whether it is UTF-8, as it has to be.
    private static func write(
        _ values: ValueRun, _ index: Int, _ form: TextForm, _ json: NestedText?, _ text: TextSlab
    ) throws(ParquetError) -> Bool {
        guard case .spans(let block) = values.kind else {
            let number = unsafe values.numbers[index]
            if let json { return try json.put(number, text) }
            try text.reserve(form.room(8))
            text.commit(unsafe ValueText.put(number, form, text.next))
            return true
        }
        let value = unsafe values.spans[index].bytes(block.base)
        if let json { return try json.put(value, text) }
        if form.isAsStored {
            try text.append(value)
            return CleanText.isClean(value)
        }
        try ValueText.append(value, form, text)
        return true
    }

    /// Their marks, in a batch whose slab has `bytes` at its front.
    var fields: UnsafePointer<bk_field> {
        unsafe UnsafeRawPointer(memory.base).assumingMemoryBound(to: bk_field.self)
    }

    var count: Int { values.count }
    var pool: BlockPool? { memory.pool }

    /// What a value weighs: as much as it would without a dictionary.
    @inline(__always)
    func weight(_ index: Int) -> Int { values.weight(index) }

    var isSmall: Bool { count <= Self.smallCount && bytes.count <= Self.smallSize }
    /// Bytes of memory that they and their pieces need.
    var size: Int { 2 * (memory.count + bytes.count) + count * keyLength }

    /// One text.
    func text(_ index: Int) -> ValueBytes {
        let field = unsafe fields[index], start = Int(field.start & UInt32(BK_OFFSET))
        return unsafe ValueBytes(bytes.base + start, Int(field.end & UInt32(BK_OFFSET)) - start)
    }

    /// Its values as pieces of lines, made when they are first needed; nil where they cannot be.
    func pieces(_ rows: ParquetRows, _ column: Int, _ emitter: Emitter) -> KnownPieces? {
        known.withLock { known in
            if case .made(let pieces) = known { return pieces }
            let pieces = unsafe KnownPieces(fields, count, bytes, rows, column, emitter)
            known = .made(pieces)
            return pieces
        }
    }

    /// Bytes of a text.
    @inline(__always)
    func length(_ index: Int) -> Int {
        let field = unsafe fields[index]
        return Int(field.end & UInt32(BK_OFFSET)) - Int(field.start & UInt32(BK_OFFSET))
    }

    /// Whether a text inside lists and groups is UTF-8, as it has to be.
    func isGood(_ index: Int) -> Bool { unsafe fields[index].end & BK_CLEAN.rawValue != 0 }
}
