import BackupBytes
import BackupRows
import CBackupKernels

/// Writes values of a column of lists, maps and groups, put together from the levels of its leaves.
///
///     leaf        repetition  definition  value        [["a",null],[]]
///     a.x         0           3           "a"          a list and in it a list begin
///                 1           2           —            the inner one continues
///                 0           1           —            the next row
@safe final class NestedWriter {
    private let column: NestedColumn
    private let pieces: [SlicePiece]
    private let text: TextSlab
    private let texts: [NestedText]
    private let nodes: UnsafeMutablePointer<NestedNode>
    private let nodeCount: Int
    private let leaves: UnsafeMutablePointer<LeafCursor>
    private let keys: [UInt8]
    /// The bytes of a text in this row that is no UTF-8.
    private var badText: [UInt8]?
    /// Pairs of the maps that are being written, the innermost last.
    private var pairs: [PairsText.Pair] = []

    init(_ column: NestedColumn, _ pieces: [SlicePiece], _ text: TextSlab) {
        (self.column, self.pieces, self.text, texts) = (column, pieces, text, column.texts())
        (nodeCount, keys) = (column.tree.nodes.count, column.tree.keys)
        unsafe nodes = .allocate(capacity: nodeCount)
        unsafe nodes.initialize(from: column.tree.nodes, count: nodeCount)
        unsafe leaves = .allocate(capacity: pieces.count)
        for (index, piece) in pieces.enumerated() {
            unsafe (leaves + index).initialize(to: LeafCursor(piece, full: column.leaves[index].maxDefinition))
        }
    }

    deinit {
        unsafe nodes.deinitialize(count: nodeCount)
        unsafe nodes.deallocate()
        unsafe leaves.deallocate()
    }

    /// U+FFFD written for bytes that are not text.
    var replaced: Int { texts.reduce(0) { $0 + $1.replaced } }

    /// The bytes of a text of the row that is no UTF-8.
    func takeBadText() -> [UInt8]? {
        defer { badText = nil }
        return badText
    }

    /// Writes the value of the next row; returns whether it is NULL.
    func writeRow() throws(ParquetError) -> Bool {
        guard unsafe !leaves[0].isAtEnd else {
            throw ParquetError.damaged("it has fewer rows than the row group").located(column: column.leaves[0].name)
        }
        let isNull = unsafe nodes[0].isOptional && leaves[0].definition < nodes[0].definition
        try write(0, 0)
        for leaf in pieces.indices {
            guard unsafe leaves[leaf].isAtEnd || leaves[leaf].repetition == 0 else {
                throw ParquetError.damaged("a row continues where another column's begins")
                    .located(column: column.leaves[leaf].name)
            }
        }
        return isNull
    }

    /// Writes the next value of a node, whose leaves all continue the list of level `repetition`.
    private func write(_ index: Int, _ repetition: Int) throws(ParquetError) {
        let node = unsafe nodes + index, leaf = unsafe node.pointee.leaves.lowerBound
        guard unsafe !leaves[leaf].isAtEnd else {
            throw ParquetError.damaged("its values end inside a row").located(column: column.leaves[leaf].name)
        }
        let level = unsafe leaves[leaf].definition
        if unsafe level < node.pointee.definition {
            guard unsafe node.pointee.isOptional else { throw levels(leaf) }
            try unsafe pass(node.pointee.leaves, repetition, level)
            return try text.append("null")
        }
        switch unsafe node.pointee.kind {
        case .leaf: try writeValue(leaf, repetition)
        case .group:
            var separator = UInt8(ascii: "{")
            for child in unsafe node.pointee.children {
                try text.append(separator)
                separator = UInt8(ascii: ",")
                try appendKey(unsafe nodes[child].key)
                try write(child, repetition)
            }
            try text.append(UInt8(ascii: "}"))
        case .list:
            try text.append(UInt8(ascii: "["))
            let item = unsafe node.pointee.children.lowerBound
            if unsafe level < node.pointee.elementDefinition {
                try unsafe pass(node.pointee.leaves, repetition, level)
            } else {
                let own = unsafe node.pointee.repetition
                try write(item, repetition)
                while try continues(leaf, own) {
                    try text.append(UInt8(ascii: ","))
                    try write(item, own)
                }
            }
            try text.append(UInt8(ascii: "]"))
        case .map:
            if unsafe level < node.pointee.elementDefinition {
                try unsafe pass(node.pointee.leaves, repetition, level)
                return try text.append(unsafe node.pointee.hasTextKeys ? "{}" : "[]")
            }
            try unsafe writeMap(node.pointee, leaf, repetition)
        }
    }

    private func writeMap(_ node: NestedNode, _ leaf: Int, _ before: Int) throws(ParquetError) {
        let first = pairs.count, begin = text.end
        var repetition = before
        repeat {
            try text.append(pairs.count == first ? UInt8(ascii: "{") : UInt8(ascii: ","))
            let start = text.end
            try write(node.children.lowerBound, repetition)
            let colon = text.end
            try text.append(UInt8(ascii: ":"))
            if node.children.count == 2 {
                try write(node.children.lowerBound + 1, repetition)
            } else {
                try text.append("null")
            }
            pairs.append(.init(key: start ..< colon, value: colon + 1 ..< text.end))
            repetition = node.repetition
        } while try continues(leaf, node.repetition)
        try text.append(UInt8(ascii: "}"))
        try PairsText.end(pairs[first...], from: begin, hasTextKeys: node.hasTextKeys, text)
        pairs.removeLast(pairs.count - first)
    }

    private func appendKey(_ range: Range<Int>) throws(ParquetError) {
        try text.reserve(range.count)
        let out = unsafe text.next
        for index in range { unsafe out[index - range.lowerBound] = keys[index] }
        text.commit(range.count)
    }

    /// Whether the next value continues the list of this level.
    private func continues(_ leaf: Int, _ own: Int) throws(ParquetError) -> Bool {
        if unsafe leaves[leaf].isAtEnd { return false }
        let level = unsafe leaves[leaf].repetition
        guard level <= own else { throw levels(leaf) }
        return level == own
    }

    /// Uses one value of each leaf of a node that is NULL or empty.
    private func pass(_ range: Range<Int>, _ repetition: Int, _ level: Int) throws(ParquetError) {
        for leaf in range {
            guard unsafe !leaves[leaf].isAtEnd, unsafe leaves[leaf].definition == level,
                isAt(repetition, leaf)
            else { throw levels(leaf) }
            unsafe leaves[leaf].passLevel()
        }
    }

    @inline(__always)
    private func isAt(_ repetition: Int, _ leaf: Int) -> Bool {
        unsafe leaves[leaf].repetition == repetition || pieces[leaf].slice.repetitions == nil
    }

    private func levels(_ leaf: Int) -> ParquetError {
        ParquetError.damaged("its levels do not agree with each other, or with another column's")
            .located(column: column.leaves[leaf].name)
    }

    private func writeValue(_ leaf: Int, _ repetition: Int) throws(ParquetError) {
        guard isAt(repetition, leaf) else { throw levels(leaf) }
        let start = text.end, isGood: Bool
        do {
            switch try unsafe leaves[leaf].next(pieces[leaf].slice.runs) {
            case .number(let number): isGood = try texts[leaf].put(number, text)
            case .bytes(let bytes): isGood = try texts[leaf].put(bytes, text)
            case .text(let index, let run):
                guard case .indexes(let dictionary) = pieces[leaf].slice.runs[run].kind else { return }
                try text.append(dictionary.text(index))
                isGood = dictionary.isGood(index)
            }
        } catch { throw error.located(column: column.leaves[leaf].name) }
        if !isGood && badText == nil {
            badText = unsafe Array(UnsafeBufferPointer(start: text.base + start, count: text.end - start))
        }
    }
}
