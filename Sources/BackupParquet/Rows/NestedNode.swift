/// A node of a column of lists, maps and groups as its writer walks it: the tree in one array, children side by side.
struct NestedNode: Sendable {
    enum Kind: Sendable { case leaf, group, list, map }

    var kind = Kind.leaf
    /// The level of definition from which on it is there; under it, NULL where it is optional.
    var definition = 0
    var isOptional = false
    /// Its leaves, counted from the first of the column.
    var leaves = 0 ..< 0
    /// Of a list or map: levels from which on there is an element, and that continue it.
    var elementDefinition = 0
    var repetition = 0
    /// Its children: fields of a group, the element of a list, key and value of a map.
    var children = 0 ..< 0
    /// Of a field of a group: its name in JSON, with the colon, in the keys of the column.
    var key = 0 ..< 0
    /// Of a map: its keys are text.
    var hasTextKeys = false
}

/// The nodes of a column, the first of them the column itself.
struct NestedNodes: Sendable {
    private(set) var nodes: [NestedNode] = [NestedNode()]
    /// Names of fields, one after another.
    private(set) var keys: [UInt8] = []

    /// `forms`: of its leaves.
    init(_ node: SchemaNode, forms: [TextForm]) {
        add(node, at: 0, first: node.leaves.lowerBound, forms)
    }

    private mutating func add(_ node: SchemaNode, at index: Int, first: Int, _ forms: [TextForm]) {
        nodes[index].definition = node.definition
        nodes[index].isOptional = node.isOptional
        nodes[index].leaves = node.leaves.lowerBound - first ..< node.leaves.upperBound - first
        var children: [SchemaNode] = [], names: [[UInt8]] = []
        switch node.shape {
        case .leaf: return
        case .group(let fields):
            nodes[index].kind = .group
            children = fields.map(\.node)
            names = fields.map(\.key)
        case .list(let item, let definition, let repetition):
            nodes[index].kind = .list
            (nodes[index].elementDefinition, nodes[index].repetition) = (definition, repetition)
            children = [item]
        case .map(let key, let value, let definition, let repetition):
            nodes[index].kind = .map
            (nodes[index].elementDefinition, nodes[index].repetition) = (definition, repetition)
            nodes[index].hasTextKeys = key.leaf.map { forms[$0 - first] == .text } ?? false
            children = [key] + (value.map { [$0] } ?? [])
        }
        let start = nodes.count
        nodes[index].children = start ..< start + children.count
        nodes += Array(repeating: NestedNode(), count: children.count)
        for (number, name) in names.enumerated() {
            nodes[start + number].key = keys.count ..< keys.count + name.count
            keys += name
        }
        for (number, child) in children.enumerated() { add(child, at: start + number, first: first, forms) }
    }
}
