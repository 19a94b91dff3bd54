import BackupBytes
import BackupRows

/// Writes JSON documents as MySQL prints them: embedded without blanks, or in a string with them.
@safe final class DocumentWriter {
    /// Where values go.
    private let target: LineText
    private let isEmbedded: Bool
    /// Documents that are to be strings.
    private lazy var spaced = LineText(pool: SlabPool(capacity: 64 * 1024, limit: 1))
    /// How deep values may lie: MySQL has the same bound.
    static let depthLimit = 101
    /// Bytes of the document that its values may still have: no two of them share any.
    private var left = 0
    /// JSON's own `null`, which looks like SQL's on a line.
    private(set) var nulls = 0

    init(_ target: LineText, _ values: ValueOptions) {
        self.target = target
        isEmbedded = values.documents == .embed && values.types == .schema
    }

    /// Writes binary JSON; no bytes at all are the literal `null`.
    func put(_ bytes: EventBytes) throws(ChangeError) {
        if bytes.isEmpty {
            nulls += 1
            return try target.append(isEmbedded ? "null" : "\"null\"")
        }
        left = bytes.count + Self.leastEntry
        let document = try BinaryDocument(bytes)
        if case .literal(0) = document.kind { nulls += 1 }
        try ending { out throws(ChangeError) in try write(document, out, depth: 0) }
    }

    /// Writes a document that differences were applied to.
    func put(_ document: DocumentTree) throws(ChangeError) {
        try ending { out throws(ChangeError) in try write(document, out) }
    }

    private func ending(_ body: (LineText) throws(ChangeError) -> Void) throws(ChangeError) {
        if isEmbedded { return try body(target) }
        spaced.truncate(to: LineText.front)
        try body(spaced)
        guard try target.appendString(spaced.written(from: LineText.front)) else {
            throw ChangeError(.badText, "a JSON document that is not UTF-8")
        }
    }

    private func separator(_ byte: UInt8, _ out: LineText) throws(ChangeError) {
        try out.append(byte)
        if !isEmbedded { try out.append(UInt8(ascii: " ")) }
    }

    private func check(_ depth: Int) throws(ChangeError) {
        guard depth < Self.depthLimit else { throw .damaged("a JSON document is deeper than MySQL allows") }
    }

    /// A value has so many bytes of the document. Without a bound, one that holds itself would have no end.
    private func count(_ bytes: Int) throws(ChangeError) {
        left -= bytes
        guard left >= 0 else { throw .damaged("values of a JSON document lie on one another") }
    }

    /// Bytes of the entry of a value: its type, and its offset or itself.
    private static let leastEntry = 3

    // MARK: Binary

    private func write(_ document: BinaryDocument, _ out: LineText, depth: Int) throws(ChangeError) {
        try check(depth)
        try count(Self.leastEntry)
        switch document.kind {
        case .object(let members):
            try out.append(UInt8(ascii: "{"))
            for index in 0 ..< members.count {
                if index > 0 { try separator(UInt8(ascii: ","), out) }
                try string(members.key(index), out)
                try separator(UInt8(ascii: ":"), out)
                try write(members.value(index), out, depth: depth + 1)
            }
            try out.append(UInt8(ascii: "}"))
        case .array(let cells):
            try out.append(UInt8(ascii: "["))
            for index in 0 ..< cells.count {
                if index > 0 { try separator(UInt8(ascii: ","), out) }
                try write(cells.value(index), out, depth: depth + 1)
            }
            try out.append(UInt8(ascii: "]"))
        default: try scalar(document, out)
        }
    }

    func scalar(_ document: BinaryDocument, _ out: LineText) throws(ChangeError) {
        switch document.kind {
        case .literal(0): try out.append("null")
        case .literal(1): try out.append("true")
        case .literal(2): try out.append("false")
        case .literal(let other): throw .damaged("a JSON document has the unknown literal \(other)")
        case .signed(let value): try out.append(number: Int(value))
        case .unsigned(let value): try out.append(digits: value)
        case .double(let value):
            guard value.isFinite else { throw .damaged("a JSON document has a number that is not finite") }
            try out.reserve(FloatText.room)
            let start = out.end
            out.commit(unsafe FloatText.put(value, out.next))
            // A double of a document is no integer.
            if !out.written(from: start).hasPointOrExponent { try out.append(".0") }
        case .string(let text): try string(text, out)
        case .opaque(let type, let bytes): try opaque(type, bytes, out)
        case .object, .array: break
        }
    }

    private func string(_ text: EventBytes, _ out: LineText) throws(ChangeError) {
        try count(text.count)
        guard try out.appendString(text) else { throw ChangeError(.badText, "a JSON document that is not UTF-8") }
    }

    /// DECIMAL as a number, dates and times with six digits of fraction; all else as MySQL names it, in base64.
    private func opaque(_ type: UInt8, _ bytes: EventBytes, _ out: LineText) throws(ChangeError) {
        var rest = bytes
        switch type {
        case ColumnType.newDecimal:
            let precision = Int(try rest.byte()), scale = Int(try rest.byte())
            guard (1 ... 81).contains(precision), scale <= precision else {
                throw .damaged("a JSON document has a DECIMAL of \(precision) digits, \(scale) after the point")
            }
            return try DecimalText.put(&rest, precision, scale, out)
        case ColumnType.date, ColumnType.time, ColumnType.dateTime, ColumnType.timestamp:
            let packed = Int64(bitPattern: try rest.number(8)), value = packed.magnitude
            let fraction = value & 0xFF_FFFF, clock = value >> 24
            try out.append(UInt8(ascii: "\""))
            switch type {
            case ColumnType.date: try TimeText.putPackedDate(clock, out)
            case ColumnType.time:
                if packed < 0 { try out.append(UInt8(ascii: "-")) }
                try TimeText.putClock(clock >> 12 & 1023, clock >> 6 & 63, clock & 63, out)
                try TimeText.putFraction(fraction, 6, out)
            default:
                try TimeText.putPacked(clock, out)
                try TimeText.putFraction(fraction, 6, out)
            }
            try out.append(UInt8(ascii: "\""))
        default:
            try out.append("\"base64:type")
            try out.append(digits: UInt64(type))
            try out.append(UInt8(ascii: ":"))
            try count(bytes.count)
            try out.appendBase64(bytes)
            try out.append(UInt8(ascii: "\""))
        }
    }

    // MARK: Trees

    private func write(_ tree: DocumentTree, _ out: LineText, depth: Int = 0) throws(ChangeError) {
        try check(depth)
        switch tree {
        case .scalar(let text): try out.append(text)
        case .array(let cells):
            try out.append(UInt8(ascii: "["))
            for (index, cell) in cells.enumerated() {
                if index > 0 { try separator(UInt8(ascii: ","), out) }
                try write(cell, out, depth: depth + 1)
            }
            try out.append(UInt8(ascii: "]"))
        case .object(let members):
            try out.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { try separator(UInt8(ascii: ","), out) }
                _ = try out.appendString(member.key)
                try separator(UInt8(ascii: ":"), out)
                try write(member.value, out, depth: depth + 1)
            }
            try out.append(UInt8(ascii: "}"))
        }
    }

    /// A tree of a binary document, which can be changed.
    func tree(_ bytes: EventBytes) throws(ChangeError) -> DocumentTree {
        left = bytes.count + Self.leastEntry
        return try tree(try BinaryDocument(bytes), depth: 0)
    }

    private func tree(_ document: BinaryDocument, depth: Int) throws(ChangeError) -> DocumentTree {
        try check(depth)
        try count(Self.leastEntry)
        switch document.kind {
        case .object(let container):
            var members: [DocumentTree.Member] = []
            for index in 0 ..< container.count {
                members.append(
                    .init(
                        key: try container.key(index).array,
                        value: try tree(try container.value(index), depth: depth + 1)))
            }
            return .object(members)
        case .array(let container):
            var cells: [DocumentTree] = []
            for index in 0 ..< container.count { cells.append(try tree(try container.value(index), depth: depth + 1)) }
            return .array(cells)
        default:
            let start = target.end
            try scalar(document, target)
            let text = target.written(from: start).array
            target.truncate(to: start)
            return .scalar(text)
        }
    }
}

extension EventBytes {
    /// Whether the text of a number has a point or an exponent.
    fileprivate var hasPointOrExponent: Bool {
        (0 ..< count).contains { self[$0] == UInt8(ascii: ".") || self[$0] == UInt8(ascii: "e") }
    }
}
