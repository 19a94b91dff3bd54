/// A part of the schema's tree as readers of values see it: the layers that only carry lists and maps are gone.
///
///     optional group tags (LIST) {              list, NULL where the level is under 1, empty where it is under 2
///       repeated group list {
///         optional binary element (STRING)      its element, NULL where the level is under 3
///       }
///     }
final class SchemaNode: Sendable {
    enum Shape: Sendable {
        /// The number of the leaf.
        case leaf(Int)
        /// `key`: its name in JSON, with the colon.
        case group([(key: [UInt8], node: SchemaNode)])
        /// Levels from which on there is an element, and that continue the list.
        case list(SchemaNode, definition: Int, repetition: Int)
        case map(key: SchemaNode, value: SchemaNode?, definition: Int, repetition: Int)
    }

    let shape: Shape
    /// The level of definition from which on it is there.
    let definition: Int
    /// Under that level it is NULL; where it is not optional, only what it lies in can be.
    let isOptional: Bool
    /// The leaves under it.
    let leaves: Range<Int>

    init(_ shape: Shape, definition: Int, isOptional: Bool, leaves: Range<Int>) {
        (self.shape, self.definition, self.isOptional, self.leaves) = (shape, definition, isOptional, leaves)
    }

    /// nil: it is made of others.
    var leaf: Int? { if case .leaf(let leaf) = shape { leaf } else { nil } }

    /// The only node without lists and groups around it.
    var isFlat: Bool { leaf != nil }
}
