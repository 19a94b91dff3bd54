import CBackupKernels

/// A value that Swift could not prepare; the kernel stops at its row.
struct PreparedFault {
    package var column: Int
    /// Of the first byte that is no text, in the slab; escapes before it in the value shift it by a little.
    package var offset: Int
}

/// The columns whose values need more than a kernel does: other charsets, embedded JSON, PostgreSQL's arrays. Their
/// fields are rewritten to point at ready bytes in the batch's arena, so that the kernel still writes every row in one
/// call.
@safe struct ColumnPreparation {
    private let batch: RowBatch
    private let scratch: UnsafeMutablePointer<UInt8>
    private(set) var plainJSON = 0
    /// JSON's own `null`, by column: on a line it looks like SQL's.
    private(set) var jsonNulls: [Int: Int] = [:]
    /// U+FFFD written for bytes that are not text.
    private(set) var replaced = 0
    /// By row.
    private(set) var faults: [Int: PreparedFault] = [:]

    package init(_ batch: RowBatch, scratch: UnsafeMutableRawPointer) {
        self.batch = batch
        unsafe self.scratch = unsafe scratch.assumingMemoryBound(to: UInt8.self)
    }

    package mutating func run() {
        let layout = batch.layout
        guard !layout.prepared.isEmpty else { return }
        var plan = unsafe layout.plan
        for row in 0 ..< batch.rowCount {
            let range = batch.marks.fieldRange(ofRow: row)
            guard range.count == layout.columns.count else { continue }
            for (column, preparation) in layout.prepared {
                unsafe prepare(row, column, at: range.lowerBound + column, preparation, &plan)
            }
        }
    }

    private mutating func prepare(
        _ row: Int, _ column: Int, at index: Int, _ preparation: EmitRule.Preparation, _ plan: inout bk_plan
    ) {
        let field = unsafe batch.marks.fields[index]
        let kind = field.start & ~UInt32(BK_OFFSET)
        guard kind != BK_ABSENT.rawValue else { return }
        // A literal that is no string (a number, a hex literal of binary) says itself what it is.
        if batch.layout.rules[column].kernel == BK_RULE_LITERAL, kind != BK_QUOTED.rawValue, kind != BK_ESCAPED.rawValue
        {
            return
        }
        // A number or a word without quotes: the kernel knows what the server makes of it, or that nobody does.
        if unsafe batch.layout.plan.literals != 0, kind == BK_BARE.rawValue || kind == BK_BITS.rawValue { return }
        if preparation.leavesASCII && kind != BK_HEX.rawValue && isASCII(field) { return }
        if batch.layout.hasColumnCharsets { unsafe plan.multibyte = preparation.multibyte }
        let scratch = unsafe scratch
        let length = unsafe batch.withKernel(isUTF8: false) { kernel in
            unsafe bk_is_null(kernel, &plan, field) != 0 ? Int.min : Int(bk_unescape(kernel, &plan, field, scratch))
        }
        guard length >= 0 else { return }  // NULL; or an escape without meaning, which the kernel will report
        let value = unsafe UnsafeBufferPointer(start: scratch, count: length)
        let isUTF8 = field.end & BK_TYPED.rawValue != 0
        switch preparation {
        case .none: break
        case .decode(let charset):
            if let text = unsafe isUTF8 ? Array(value) : decode(value, charset, row, column) {
                replace(index, text, BK_QUOTED)
            }
        case .embedJSON(let charset):
            var bytes = unsafe Array(value)
            if let charset, !isUTF8 {
                guard let text = unsafe decode(value, charset, row, column) else { return }
                bytes = text
            }
            if let json = JSONEmbedding.oneLine(bytes) {
                if json.count == 4 && json[0] == UInt8(ascii: "n") { jsonNulls[column, default: 0] += 1 }
                replace(index, json, BK_JSON)
            } else {
                plainJSON += 1
                replace(index, bytes, BK_QUOTED)
            }
        case .hexOfBase64:
            // What is no base64 stays as it is, and is no hexadecimal either: the kernel stops there.
            if let hex = unsafe Base64Text.hex(value) { replace(index, hex, BK_QUOTED) }
        case .bits(let count): replace(index, unsafe Self.digits(ofBits: count, value), BK_BARE)
        case .array(let element):
            if let json = unsafe PostgresArray.json(value, element: element, options: batch.layout.options) {
                replace(index, json, BK_JSON)
            }
        }
    }

    /// No byte of the value as it is written is beyond ASCII; then its escapes stand for none either.
    private func isASCII(_ field: bk_field) -> Bool {
        unsafe batch.withKernel(isUTF8: false) { kernel in
            let bytes = unsafe field.end & UInt32(BK_ARENA.rawValue) == 0 ? kernel.pointee.in : kernel.pointee.arena
            let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
            guard let bytes = unsafe bytes else { return true }
            return unsafe UnsafeBufferPointer(start: bytes + start, count: end - start).allSatisfy { $0 < 0x80 }
        }
    }

    private mutating func decode(
        _ value: UnsafeBufferPointer<UInt8>, _ charset: Charset, _ row: Int, _ column: Int
    ) -> [UInt8]? {
        if unsafe !value.contains(where: { $0 >= 0x80 }) && charset.isASCIICompatible { return unsafe Array(value) }
        do throws(UndecodableText) {
            let text = unsafe try charset.decode(Array(value))
            if batch.layout.refusesUTF8, unsafe bk_utf8_valid_prefix(value.baseAddress, value.count) == value.count,
                unsafe !value.elementsEqual(text)
            {
                throw UndecodableText(charset: charset.name, offset: 0)
            }
            return text
        } catch {
            if batch.layout.options.invalidUTF8 == .replace {
                return unsafe charset.decodeReplacing(Array(value), count: &replaced)
            }
            let field = unsafe batch.marks.fields[batch.marks.fieldRange(ofRow: row).lowerBound + column]
            if faults[row] == nil {
                faults[row] = PreparedFault(column: column, offset: Int(field.start & UInt32(BK_OFFSET)) + error.offset)
            }
            return [0xFF]  // no text: the kernel stops here
        }
    }

    /// The number of which these are the bytes; something that is none where there are too few, or it has more bits.
    private static func digits(ofBits count: Int, _ value: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let number = unsafe value.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let fits = value.count == (count + 7) / 8 && (count >= 64 || number >> UInt64(count) == 0)
        return Array((fits ? "\(number)" : "\(value.count) bytes").utf8)
    }

    private func replace(_ index: Int, _ bytes: [UInt8], _ kind: bk_kind) {
        let start = UInt32(batch.arena.count)
        batch.arena += bytes
        unsafe batch.marks.fields[index] = bk_field(
            start: start | kind.rawValue, end: UInt32(batch.arena.count) | BK_ARENA.rawValue)
    }
}
