import BackupRows
import CBackupKernels

/// PostgreSQL's literals with a type of their own, made plain fields:
///
///     N'x '    'ab '::char(2)    1.5::int    U&'d!0061t' UESCAPE '!'
@safe struct CastResolution {
    private let layout: RowLayout
    private let input: UnsafePointer<UInt8>
    private let arena: Arena
    private let dialect: SQLDialect
    private let types: [CastType?]
    private var plain: PlainCasts

    /// What a literal is beside its bytes.
    private struct Literal {
        var isNational = false
        var isUnicode = false
        /// After its closing quote.
        var end: Int
    }

    /// `input`: what the fields' offsets count from. `arena`: takes the values.
    init(_ layout: RowLayout, _ dialect: SQLDialect, _ input: UnsafePointer<UInt8>, into arena: Arena) {
        (self.layout, self.dialect, self.arena) = (layout, dialect, arena)
        unsafe self.input = unsafe input
        types = layout.columns.map { CastType(of: $0) }
        plain = unsafe PlainCasts(types, input)
    }

    /// Makes plain fields of all typed literals.
    mutating func resolve(_ marks: Marks) {
        var row = 0
        while let index = plain.makePlain(marks, from: &row) {
            let column = index - marks.fieldRange(ofRow: row).lowerBound
            unsafe marks.fields[index].end &= ~BK_TYPED.rawValue
            unsafe marks.fields[index] = resolve(marks.fields[index], column, recordEnd: Int(marks.rows[row].end))
        }
    }

    /// The field that the server would have stored; BK_REFUSED where that is not plain to see.
    private mutating func resolve(_ field: bk_field, _ column: Int, recordEnd: Int) -> bk_field {
        let literal = literal(field)
        var lexer = unsafe SQLLexer(
            UnsafeRawBufferPointer(start: input, count: recordEnd), from: literal.end, isWhole: true,
            dialect: dialect)
        var value = value(of: field, literal, &lexer), casts = 0
        let type = types[column]
        if literal.isNational { value = value?.cast(to: .bpchar) }
        while value != nil, let cast = cast(&lexer) {
            casts += 1
            if casts == 1, !literal.isNational, !literal.isUnicode {
                plain.learn(cast, at: literal.end ..< lexer.position, column, of: type)
            }
            value = cast.name.name.isEmpty ? nil : value?.cast(to: cast)
        }
        if literal.isNational && casts == 0 && type == nil { value = value?.cast(to: .text) }
        let first = arena.count
        guard let stored = value?.stored(in: type), (try? arena.append(stored.bytes)) != nil else {
            while cast(&lexer) != nil {}
            let isBare = field.start & ~UInt32(BK_OFFSET) == BK_BARE.rawValue
            let start = field.start & UInt32(BK_OFFSET) - (isBare ? 0 : 1)
            return bk_field(start: start | BK_REFUSED.rawValue, end: max(start, UInt32(lexer.position)))
        }
        return arena.field(from: first, stored.isQuoted ? BK_QUOTED : BK_BARE)
    }

    /// The next `::type`; one without a name where it cannot be read.
    private func cast(_ lexer: inout SQLLexer) -> CastType? {
        var ahead = lexer
        for _ in 0 ..< 2 {
            guard let token = try? ahead.next(), ahead.symbol(token) == UInt8(ascii: ":") else { return nil }
        }
        let type = try? CastType(&ahead)
        lexer = ahead
        return type ?? CastType()
    }

    private func literal(_ field: bk_field) -> Literal {
        let start = Int(field.start & UInt32(BK_OFFSET)), end = Int(field.end & UInt32(BK_OFFSET))
        let kind = field.start & ~UInt32(BK_OFFSET)
        if kind == BK_BARE.rawValue { return Literal(end: end) }
        let bytes = unsafe input
        if unsafe bytes[end] == UInt8(ascii: "$") {  // $tag$…$tag$
            var past = end + 1
            while unsafe bytes[past] != UInt8(ascii: "$") { past += 1 }
            return Literal(end: past + 1)
        }
        let before = unsafe start > 1 ? bytes[start - 2] : 0
        return Literal(
            isNational: before | 0x20 == UInt8(ascii: "n"),
            isUnicode: unsafe before == UInt8(ascii: "&") && start > 2 && bytes[start - 3] | 0x20 == UInt8(ascii: "u"),
            end: end + 1)
    }

    /// nil: it is no string, or has an escape that means nothing.
    private func value(of field: bk_field, _ literal: Literal, _ lexer: inout SQLLexer) -> CastValue? {
        let kind = field.start & ~UInt32(BK_OFFSET)
        guard kind == BK_BARE.rawValue || kind == BK_QUOTED.rawValue || kind == BK_ESCAPED.rawValue else { return nil }
        guard let text = unsafe layout.text(of: field, in: input, undoesEscapes: !literal.isUnicode) else { return nil }
        if kind == BK_BARE.rawValue { return CastValue(bare: text) }
        guard literal.isUnicode else { return CastValue(text: text) }
        var ahead = lexer
        if let word = try? ahead.next(), ahead.word(word) == "uescape", let string = try? ahead.next() {
            lexer = ahead
            guard let escape = unsafe string.range.count == 3 ? lexer.bytes[string.range.lowerBound + 1] : nil else {
                return nil
            }
            return UnicodeEscapes.undone(text, escape: escape).map { CastValue(text: $0) }
        }
        return UnicodeEscapes.undone(text).map { CastValue(text: $0) }
    }
}

extension CastType {
    fileprivate static let text = CastType("text") ?? CastType()
    fileprivate static let bpchar = CastType("bpchar") ?? CastType()
}
