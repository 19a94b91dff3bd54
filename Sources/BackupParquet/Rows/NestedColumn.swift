import BackupBytes
import BackupRows
import CBackupKernels

/// A column of lists, maps and groups: a row's value is JSON text, put together from the levels of its leaves.
///
///     leaf        repetition  definition  value        [["a",null],[]]
///     a.x         0           3           "a"          a list and in it a list begin
///                 1           2           —            the inner one continues
///                 0           1           —            the next row
@safe final class NestedColumn: BatchColumn {
    private let node: SchemaNode
    /// The readers of its leaves; the first is that of leaf number `first`.
    private let readers: [LeafReader]
    private let first: Int
    private var carried = Carried()
    /// Rows are JSON, or text that is to be a string.
    private let kind: bk_kind
    /// The bytes of a text in this row that is no UTF-8.
    private var badText: [UInt8]?
    private var replacedBefore = 0

    private static let null = Array("null".utf8)

    init(_ node: SchemaNode, _ readers: [LeafReader], isText: Bool) {
        (self.node, self.readers, first) = (node, readers, node.leaves.lowerBound)
        kind = isText ? BK_QUOTED : BK_JSON
    }

    func begin(_ chunks: [ColumnChunk], before end: Int) throws {
        carried = Carried()
        for (reader, chunk) in zip(readers, chunks) {
            try locating(reader) { try reader.begin(chunk, before: end) }
        }
    }

    var isText: Bool { true }
    var isAtEnd: Bool { carried.count == 0 && readers.allSatisfy(\.isAtEnd) }

    func skip(_ rows: Int) throws {
        let text = TextSlab(Slab(capacity: 4096))
        for _ in 0 ..< rows {
            try writeRow(text)
            text.truncate(to: TextSlab.front)
        }
    }

    func carry(from row: Int, of batch: BatchRows, _ column: Int, written: Int) {
        carried.keep(row ..< max(row, written), of: batch, column)
    }

    func write(_ column: Int, into batch: BatchRows, number: Int) throws -> Int {
        var row = try carried.write(column, weighs: true, from: 0, into: batch)
        let text = batch.text
        while row < batch.rowCount {
            let start = text.end
            badText = nil
            let isNull = try writeRow(text)
            if let badText {
                // The kernel that writes the line finds it, and reports where.
                text.truncate(to: start)
                try text.append(badText)
                batch.put(text.field(from: start, BK_QUOTED), column, row)
            } else if isNull {
                text.truncate(to: start)
                batch.put(TextSlab.null, column, row)
            } else {
                batch.put(text.field(from: start, kind), column, row)
            }
            try text.append(0x0A)
            row += 1
            if !isNull, !batch.weigh(text.end - start - 1, row - 1) { break }
        }
        let replaced = readers.reduce(0) { $0 + ($1.json?.replaced ?? 0) }
        batch.replaced += replaced - replacedBefore
        replacedBefore = replaced
        return row
    }

    /// Writes the value of the next row; returns whether it is NULL.
    @discardableResult
    private func writeRow(_ text: TextSlab) throws -> Bool {
        let lead = readers[0]
        guard try locating(lead, { try lead.prepare() }) else {
            throw ParquetError.damaged("it has fewer rows than the row group").located(column: lead.leaf.name)
        }
        let isNull = node.isOptional && lead.definition < node.definition
        try write(node, 0, text)
        for reader in readers {
            guard try locating(reader, { try !reader.prepare() || reader.repetitionOrNone == 0 }) else {
                throw ParquetError.damaged("a row continues where another column's begins")
                    .located(column: reader.leaf.name)
            }
        }
        return isNull
    }

    private func locating<Result>(_ reader: LeafReader, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as ParquetError { throw error.located(column: reader.leaf.name) }
    }

    // MARK: Values

    /// The reader of the first leaf of a node, with a value at hand.
    private func lead(_ node: SchemaNode) throws -> LeafReader {
        let reader = readers[node.leaves.lowerBound - first]
        guard try locating(reader, { try reader.prepare() }) else {
            throw ParquetError.damaged("its values end inside a row").located(column: reader.leaf.name)
        }
        return reader
    }

    /// Writes the next value of a node, whose leaves all continue the list of level `repetition`.
    private func write(_ node: SchemaNode, _ repetition: Int, _ text: TextSlab) throws {
        let lead = try lead(node), level = lead.definitionOrFull
        if level < node.definition {
            guard node.isOptional else { throw levels(lead) }
            try use(node, repetition, level)
            return try text.append(Self.null)
        }
        switch node.shape {
        case .leaf: try writeValue(lead, repetition, text)
        case .group(let fields):
            var separator = UInt8(ascii: "{")
            for field in fields {
                try text.append(separator)
                separator = UInt8(ascii: ",")
                try text.append(field.key)
                try write(field.node, repetition, text)
            }
            try text.append(UInt8(ascii: "}"))
        case .list(let item, let definition, let own):
            try text.append(UInt8(ascii: "["))
            if level < definition {
                try use(node, repetition, level)
            } else {
                try write(item, repetition, text)
                while try continues(node, own) {
                    try text.append(UInt8(ascii: ","))
                    try write(item, own, text)
                }
            }
            try text.append(UInt8(ascii: "]"))
        case .map(let key, let value, let definition, let own):
            if level < definition {
                try use(node, repetition, level)
                return try text.append(Array((hasTextKeys(key) ? "{}" : "[]").utf8))
            }
            try writeMap(key, value, node, repetition, own, text)
        }
    }

    private func writeMap(
        _ key: SchemaNode, _ value: SchemaNode?, _ node: SchemaNode, _ repetition: Int, _ own: Int, _ text: TextSlab
    ) throws {
        var pairs = PairsText(from: text.end, hasTextKeys: hasTextKeys(key)), repetition = repetition
        repeat {
            try text.append(pairs.isEmpty ? UInt8(ascii: "{") : UInt8(ascii: ","))
            let start = text.end
            try write(key, repetition, text)
            let colon = text.end
            try text.append(UInt8(ascii: ":"))
            if let value { try write(value, repetition, text) } else { try text.append(Self.null) }
            pairs.add(key: start ..< colon, value: colon + 1 ..< text.end)
            repetition = own
        } while try continues(node, own)
        try text.append(UInt8(ascii: "}"))
        try pairs.end(text)
    }

    private func hasTextKeys(_ key: SchemaNode) -> Bool {
        guard let leaf = key.leaf else { return false }
        return readers[leaf - first].form == .text
    }

    /// Whether the next value continues the list of this level.
    private func continues(_ node: SchemaNode, _ own: Int) throws -> Bool {
        let reader = readers[node.leaves.lowerBound - first]
        guard try locating(reader, { try reader.prepare() }) else { return false }
        guard reader.repetitionOrNone <= own else { throw levels(reader) }
        return reader.repetitionOrNone == own
    }

    /// Uses one value of each leaf of a node that is NULL or empty.
    private func use(_ node: SchemaNode, _ repetition: Int, _ level: Int) throws {
        for leaf in node.leaves {
            let reader = readers[leaf - first]
            guard try locating(reader, { try reader.prepare() }), reader.definitionOrFull == level,
                reader.repetitionOrNone == repetition || reader.leaf.maxRepetition == 0
            else { throw levels(reader) }
            reader.useLevels(1)
        }
    }

    private func levels(_ reader: LeafReader) -> ParquetError {
        ParquetError.damaged("its levels do not agree with each other, or with another column's")
            .located(column: reader.leaf.name)
    }

    private func writeValue(_ reader: LeafReader, _ repetition: Int, _ text: TextSlab) throws {
        guard reader.repetitionOrNone == repetition || reader.leaf.maxRepetition == 0, let json = reader.json else {
            throw levels(reader)
        }
        try locating(reader) {
            try reader.prepareValue()
            let values = reader.values, index = values.used, start = text.end
            var isGood = true
            if reader.isIndexed, let dictionary = reader.dictionary {
                let position = unsafe Int(values.indexes[index])
                try text.append(dictionary.texts[position])
                isGood = !dictionary.marks[position].contains(.badText)
            } else if json.form.isOfBytes {
                let value = unsafe values.spans[index]
                isGood = try json.put(value, text)
            } else {
                _ = try unsafe json.put(values.numbers[index], text)
            }
            if !isGood && badText == nil {
                badText = unsafe Array(UnsafeBufferPointer(start: text.base + start, count: text.end - start))
            }
            values.used += 1
            reader.useLevels(1)
        }
    }
}

extension LeafReader {
    /// Of the next value, as it is where levels are not written.
    fileprivate var definitionOrFull: Int { leaf.maxDefinition == 0 ? 0 : Int(definition) }
    fileprivate var repetitionOrNone: Int { leaf.maxRepetition == 0 ? 0 : Int(repetition) }
}
