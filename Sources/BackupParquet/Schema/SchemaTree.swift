import BackupRows

/// The schema of a file: its columns, and the leaves that hold their values.
struct SchemaTree {
    /// The columns of its rows.
    private(set) var columns: [(name: String, node: SchemaNode)] = []
    /// In the order of the chunks of a row group.
    private(set) var leaves: [Leaf] = []
    /// About names that stand twice in a group.
    private(set) var warnings: [String] = []

    private let elements: [SchemaElement]
    private let limits: ParquetLimits
    private var next = 0
    private var path: [String] = []

    /// - Throws: where the tree contradicts itself, or has a part that is not read.
    init(_ elements: [SchemaElement], limits: ParquetLimits) throws(ParquetError) {
        (self.elements, self.limits) = (elements, limits)
        guard let root = elements.first, root.type == nil, root.childCount >= 0 else {
            throw .damaged("the schema has no root")
        }
        next = 1
        for _ in 0 ..< root.childCount {
            let name = try peek().name
            columns.append((name, try field(definition: 0, repetition: 0)))
        }
        if next < elements.count { throw .damaged("the schema has elements that belong to no group") }
    }

    private func peek(_ distance: Int = 0) throws(ParquetError) -> SchemaElement {
        guard next + distance < elements.count else { throw .damaged("the schema ends inside a group") }
        return elements[next + distance]
    }

    /// The next element of the schema and all under it. Levels: those of what it lies in.
    private mutating func field(definition: Int, repetition: Int) throws(ParquetError) -> SchemaNode {
        let element = try peek(), first = leaves.count
        switch element.repetition {
        case .required: return try content(definition, repetition, isOptional: false)
        case .optional: return try content(definition + 1, repetition, isOptional: true)
        case .repeated:
            // Repeated outside of a list: a list of values that are there.
            let item = try content(definition + 1, repetition + 1, isOptional: false)
            return SchemaNode(
                .list(item, definition: definition + 1, repetition: repetition + 1), definition: definition,
                isOptional: false, leaves: first ..< leaves.count)
        }
    }

    /// The same, whatever its repetition is: it is there from level `definition` on.
    private mutating func content(
        _ definition: Int, _ repetition: Int, isOptional: Bool
    ) throws(ParquetError) -> SchemaNode {
        let element = try peek(), first = leaves.count
        next += 1
        path.append(element.name)
        defer { path.removeLast() }
        if path.count > limits.depth {
            throw ParquetError(.overLimit, "the schema is nested deeper than \(limits.depth)")
        }
        let shape =
            element.type == nil
            ? try group(element, definition, repetition) : try leaf(element, definition, repetition)
        return SchemaNode(shape, definition: definition, isOptional: isOptional, leaves: first ..< leaves.count)
    }

    private mutating func leaf(
        _ element: SchemaElement, _ definition: Int, _ repetition: Int
    ) throws(ParquetError) -> SchemaNode.Shape {
        guard let type = element.type, element.childCount == 0 else {
            throw ParquetError.damaged("a column with values has columns under it").located(column: name)
        }
        if type == .fixedLengthByteArray, !(0 ... limits.page).contains(element.length) {
            throw ParquetError.damaged("its values have \(element.length) bytes").located(column: name)
        }
        if leaves.count == limits.columns {
            throw ParquetError(.overLimit, "it has more than \(limits.columns) columns", limit: .columns)
        }
        leaves.append(
            Leaf(
                path: path, type: type, length: element.length, annotation: element.annotation,
                maxDefinition: definition, maxRepetition: repetition))
        return .leaf(leaves.count - 1)
    }

    private mutating func group(
        _ element: SchemaElement, _ definition: Int, _ repetition: Int
    ) throws(ParquetError) -> SchemaNode.Shape {
        guard element.childCount > 0 else {
            throw ParquetError(.damaged, "a group has no columns").located(column: name)
        }
        switch element.annotation {
        case .variant: throw ParquetError.unsupported("VARIANT is not read").located(column: name)
        case .list:
            if let list = try list(element, definition, repetition) { return list }
        case .map, .mapKeyValue:
            if let map = try map(element, definition, repetition) { return map }
        default: break
        }
        return try fields(element.childCount, definition, repetition)
    }

    private mutating func fields(
        _ count: Int, _ definition: Int, _ repetition: Int
    ) throws(ParquetError) -> SchemaNode.Shape {
        var names: [String] = [], nodes: [SchemaNode] = []
        for _ in 0 ..< count {
            names.append(try peek().name)
            nodes.append(try field(definition: definition, repetition: repetition))
        }
        let keys = ColumnKeys(names)
        warnings += keys.warnings.map { "\(name): \($0)" }
        return .group(zip(keys.all, nodes).map { (JSONText.string($0) + [UInt8(ascii: ":")], $1) })
    }

    /// The forms that lists have and had (parquet-format, "Lists"); nil: it is none of them.
    private mutating func list(
        _ element: SchemaElement, _ definition: Int, _ repetition: Int
    ) throws(ParquetError) -> SchemaNode.Shape? {
        let middle = try peek()
        guard element.childCount == 1, middle.repetition == .repeated else { return nil }
        let (definition, repetition) = (definition + 1, repetition + 1)
        var isElement = middle.type != nil || middle.childCount != 1
        if !isElement {
            let isNamedSo = middle.name == "array" || middle.name == element.name + "_tuple"
            isElement = try peek(1).repetition == .repeated || isNamedSo
        }
        let item: SchemaNode
        if isElement {
            item = try content(definition, repetition, isOptional: false)
        } else {
            item = try inside(middle) { tree throws(ParquetError) in
                try tree.field(definition: definition, repetition: repetition)
            }
        }
        return .list(item, definition: definition, repetition: repetition)
    }

    /// nil: it is no map by its form.
    private mutating func map(
        _ element: SchemaElement, _ definition: Int, _ repetition: Int
    ) throws(ParquetError) -> SchemaNode.Shape? {
        let middle = try peek()
        guard element.childCount == 1, middle.repetition == .repeated, middle.type == nil,
            (1 ... 2).contains(middle.childCount)
        else { return nil }
        let (definition, repetition) = (definition + 1, repetition + 1)
        return try inside(middle) { (tree: inout SchemaTree) throws(ParquetError) -> SchemaNode.Shape in
            let key = try tree.field(definition: definition, repetition: repetition)
            let value =
                middle.childCount == 2 ? try tree.field(definition: definition, repetition: repetition) : nil
            return SchemaNode.Shape.map(key: key, value: value, definition: definition, repetition: repetition)
        }
    }

    private mutating func inside<Result>(
        _ middle: SchemaElement, _ body: (inout SchemaTree) throws(ParquetError) -> Result
    ) throws(ParquetError) -> Result {
        next += 1
        path.append(middle.name)
        defer { path.removeLast() }
        return try body(&self)
    }

    private var name: String { path.joined(separator: ".") }
}
