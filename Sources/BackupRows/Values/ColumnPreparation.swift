import CBackupKernels
import CCharsetTables

/// Makes the values of one column ready: decoded from their charset, JSON on one line, arrays as JSON, bytes of base64,
/// the digits of bits. What it makes goes into an overlay; the batch stays as it is.
@safe final class ColumnPreparation {
    let column: Int
    private let preparation: EmitRule.Preparation
    private let layout: RowLayout
    private var plan: bk_plan
    /// What the kernels do with all rows at once; nil: each value is decoded here.
    private let kernelForm: bk_preparation?
    private let elements: bk_elements
    /// Of the column's charset, from value to value.
    private var decoder: Charset.Decoder?

    init(_ column: Int, _ preparation: EmitRule.Preparation, of layout: RowLayout) {
        self.column = column
        self.preparation = preparation
        self.layout = layout
        unsafe plan = unsafe layout.plan.kernel
        kernelForm =
            switch preparation {
            case .embedJSON(nil): BK_PREPARE_JSON
            case .array: BK_PREPARE_ARRAY
            case .hexOfBase64: BK_PREPARE_BASE64
            case .nested: BK_PREPARE_NESTED
            case .none, .decode, .embedJSON, .bits: nil
            }
        elements = Self.elements(of: preparation, values: layout.lines.values)
        if layout.spelling.hasColumnCharsets { unsafe plan.multibyte = preparation.multibyte }
    }

    /// What becomes of an array's elements.
    private static func elements(of preparation: EmitRule.Preparation, values: ValueOptions) -> bk_elements {
        if case .nested(let isEmbedded) = preparation {
            return bk_elements(rule: 0, is_json: isEmbedded ? 1 : 0, hex_output: 0)
        }
        guard case .array(let kind) = preparation else { return bk_elements() }
        let rule = EmitRule(for: kind, spelling: RowSpelling(), bytes: .raw, values: values)
        let isJSON = if case .embedJSON = rule.preparation { true } else { false }
        return bk_elements(
            rule: rule.kernel.rawValue, is_json: isJSON ? 1 : 0, hex_output: values.binary == .hex ? 1 : 0)
    }

    /// - Throws: `ArenaFull`.
    func prepare(_ batch: RowBatch, _ rows: Range<Int>, into overlay: Overlay) throws {
        if let kernelForm {
            try prepare(batch, rows, by: kernelForm, into: overlay)
        } else {
            try prepareEach(batch, rows, into: overlay)
        }
    }

    private func prepare(
        _ batch: RowBatch, _ rows: Range<Int>, by form: bk_preparation, into overlay: Overlay
    ) throws(ArenaFull) {
        let arena = overlay.arena
        var kernel = unsafe batch.kernel(isUTF8: overlay.inputIsUTF8, upTo: batch.rowCount), row = rows.lowerBound
        var prepared = unsafe bk_prepared()
        unsafe prepared.column = UInt32(column)
        unsafe prepared.preparation = form
        unsafe prepared.for_lines = overlay.writesLines ? 1 : 0
        unsafe prepared.elements = elements
        unsafe prepared.fields = unsafe overlay.fields.baseAddress
        unsafe prepared.scratch = unsafe overlay.scratch.base
        while true {
            unsafe prepared.memory = unsafe overlay.keys.memory
            unsafe prepared.arena = unsafe arena.base
            unsafe (prepared.used, prepared.capacity) = (arena.count, arena.capacity)
            let status = unsafe withUnsafePointer(to: &kernel) { kernel in
                unsafe withUnsafePointer(to: &plan) { plan in
                    unsafe (prepared.batch, prepared.plan) = unsafe (kernel, plan)
                    return unsafe bk_prepare(&prepared, &row, rows.upperBound)
                }
            }
            unsafe arena.commit(prepared.used - arena.count)
            guard status == BK_PREPARE_NO_ROOM else { break }
            if unsafe prepared.needed == 0 {
                unsafe overlay.keys.grow(for: prepared.memory)
            } else {
                try arena.extend(by: unsafe prepared.needed)
            }
        }
        unsafe overlay.counts.plainJSON += prepared.no_json
        let nulls = unsafe prepared.json_nulls
        if nulls > 0 { overlay.counts.jsonNulls[column, default: 0] += nulls }
    }

    private func prepareEach(_ batch: RowBatch, _ rows: Range<Int>, into overlay: Overlay) throws {
        var kernel = unsafe batch.kernel(isUTF8: false, upTo: batch.rowCount)
        for row in rows {
            let range = batch.fieldRange(ofRow: row)
            guard range.count == layout.columns.count else { continue }
            let index = range.lowerBound + column, field = unsafe batch.fields[index]
            guard unsafe needsWork(field, kernel) else { continue }
            let scratch = unsafe overlay.scratch.base
            if unsafe bk_is_null(&kernel, &plan, field) != 0 {
                if let ready = try resolveNull(overlay) { overlay.replace(index, by: ready) }
                continue
            }
            // An escape without meaning stays: the kernel will report it.
            let length = unsafe Int(bk_unescape(&kernel, &plan, field, scratch))
            guard length >= 0 else { continue }
            let value = unsafe UnsafeBufferPointer(start: scratch, count: length)
            do {
                if let ready = try unsafe prepare(value, isUTF8: field.end & BK_TYPED.rawValue != 0, overlay) {
                    overlay.replace(index, by: ready)
                }
            } catch let error as UndecodableText {
                let start = Int(field.start & UInt32(BK_OFFSET))
                overlay.put(.init(code: .badUTF8, column: column, offset: start + error.offset), batch, row)
            }
        }
    }

    private func needsWork(_ field: bk_field, _ kernel: bk_batch) -> Bool {
        let kind = field.start & ~UInt32(BK_OFFSET)
        if [BK_ABSENT.rawValue, BK_REFUSED.rawValue, BK_JSON.rawValue].contains(kind) { return false }
        // A literal that is no string (a number, a hex literal of binary) says itself what it is.
        let isString = kind == BK_QUOTED.rawValue || kind == BK_ESCAPED.rawValue
        if !isString && layout.rules[column].kernel == BK_RULE_LITERAL { return false }
        // A number or a word without quotes: the kernel knows what the server makes of it, or that nobody does.
        let isWord = kind == BK_BARE.rawValue || kind == BK_BITS.rawValue
        if isWord && layout.spelling.literals != nil { return false }
        guard preparation.leavesASCII && kind != BK_HEX.rawValue else { return true }
        // Where no byte is beyond ASCII, its escapes stand for none either.
        let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
        guard let bytes = unsafe field.end & BK_ARENA.rawValue == 0 ? kernel.in : kernel.arena else { return false }
        return unsafe !Self.isASCII(.init(start: bytes + start, count: end - start))
    }

    private static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe bk_ascii_prefix(bytes.baseAddress, bytes.count) == bytes.count
    }

    /// The field of the value that looks like NULL; nil where it is NULL, or may be.
    private func resolveNull(_ overlay: Overlay) throws -> bk_field? {
        guard case .bits(let count, let form) = preparation else { return nil }
        if form == .nullOrValue { overlay.counts.bitNulls[column, default: 0] += 1 }
        guard form == .value else { return nil }
        let start = overlay.arena.count
        try overlay.arena.append(Self.digits(ofBits: count, Self.nullBits))
        return overlay.arena.field(from: start, BK_BARE)
    }

    /// The field of the ready value; nil where the value stays as it is.
    private func prepare(
        _ value: UnsafeBufferPointer<UInt8>, isUTF8: Bool, _ overlay: Overlay
    ) throws -> bk_field? {
        let arena = overlay.arena, start = arena.count
        switch preparation {
        case .none: return nil
        case .decode(let charset):
            try unsafe copy(value, from: isUTF8 ? nil : charset, overlay)
        case .embedJSON(let charset):
            try unsafe copy(value, from: isUTF8 ? nil : charset, overlay)
            return try embedded(from: start, overlay)
        case .bits(let count, _):
            try unsafe arena.append(Self.digits(ofBits: count, Array(value)))
            return arena.field(from: start, BK_BARE)
        case .array, .hexOfBase64, .nested: return nil
        }
        return arena.field(from: start, BK_QUOTED)
    }

    /// The text at the end of the arena as JSON on one line; where it is none, as it is.
    private func embedded(from start: Int, _ overlay: Overlay) throws -> bk_field {
        let arena = overlay.arena
        let length = arena.count - start
        try arena.reserve(length)
        let text = unsafe arena.base + start
        guard let written = unsafe overlay.keys.writeLine(of: text, length, to: text + length) else {
            overlay.counts.plainJSON += 1
            return arena.field(from: start, BK_QUOTED)
        }
        unsafe text.update(from: text + length, count: written)
        if unsafe written == 4 && text[0] == UInt8(ascii: "n") { overlay.counts.jsonNulls[column, default: 0] += 1 }
        arena.truncate(to: start + written)
        return arena.field(from: start, BK_JSON)
    }

    /// Puts the text into the arena as UTF-8; nil: it is that already.
    private func copy(_ value: UnsafeBufferPointer<UInt8>, from charset: Charset?, _ overlay: Overlay) throws {
        let arena = overlay.arena, start = arena.count
        guard let charset, unsafe !(charset.isASCIICompatible && Self.isASCII(value)) else {
            return try unsafe arena.append(value)
        }
        do {
            try unsafe decode(value, charset, arena)
            if layout.spelling.refusesUTF8 { try unsafe refuseUTF8(value, decodedFrom: start, charset, arena) }
        } catch let error as UndecodableText {
            decoder = nil
            arena.truncate(to: start)
            guard layout.lines.values.invalidUTF8 == .replace else { throw error }
            try unsafe arena.append(charset.decodeReplacing(Array(value), count: &overlay.counts.replaced))
        }
    }

    private func decode(_ value: UnsafeBufferPointer<UInt8>, _ charset: Charset, _ arena: Arena) throws {
        let decoder = self.decoder ?? Charset.Decoder(charset)
        self.decoder = decoder
        var read = 0, end = Charset.Decoder.End.done
        while read < value.count && end == .done {
            let rest = unsafe UnsafeBufferPointer(rebasing: value[read...])
            let room = try unsafe arena.room(Charset.Decoder.room(for: rest.count))
            let piece = unsafe decoder.decode(rest, into: room)
            arena.commit(piece.written)
            read += piece.read
            end = piece.end
        }
        if read < value.count { throw UndecodableText(charset: charset.name, offset: read) }
        let room = try unsafe arena.room(Charset.Decoder.room(for: 1))
        arena.commit(unsafe decoder.finish(into: room))
    }

    /// Bytes that would be other text in UTF-8 do not show which of the two they are.
    private func refuseUTF8(
        _ value: UnsafeBufferPointer<UInt8>, decodedFrom start: Int, _ charset: Charset, _ arena: Arena
    ) throws(UndecodableText) {
        guard unsafe bk_utf8_valid_prefix(value.baseAddress, value.count) == value.count else { return }
        let text = unsafe UnsafeBufferPointer(start: arena.base + start, count: arena.count - start)
        if unsafe !value.elementsEqual(text) { throw UndecodableText(charset: charset.name, offset: 0) }
    }

    private static let nullBits = Array(#"\N"#.utf8)

    /// The number of which these are the bytes; something that is none where there are too few, or it has more bits.
    private static func digits(ofBits count: Int, _ value: [UInt8]) -> [UInt8] {
        let number = value.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let fits = value.count == (count + 7) / 8 && (count >= 64 || number >> UInt64(count) == 0)
        return Array((fits ? "\(number)" : "\(value.count) bytes").utf8)
    }
}
